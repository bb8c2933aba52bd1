"""Members', offices' and cases' keys, as far as can be seen without opening any."""

from __future__ import annotations

from typing import Final

from safeconduct.cases.models import Case
from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.checks.databases import can_be_read
from safeconduct.config.deployment.home import Home
from safeconduct.intake.models import Delivery
from safeconduct.people.models import Member, Office
from safeconduct.vault.models import CaseKey, MemberKey, OfficeKey, Part


def members_without_key(home: Home, serving: Serving) -> str | None:
    """Each member who is here has a key, of the revision that their own row names.

    The key store is written first: after a kill it may be one ahead, and the next opening puts that right.
    """
    if not can_be_read(home, serving):
        return None
    held = dict(MemberKey.objects.values_list("member", "revision"))
    here = Member.objects.filter(left_at=None).values_list("code", "key_revision")
    lost = sum(held.get(code) not in {revision, revision + 1} for code, revision in here)
    return f"{lost} members have no key that fits." if lost else None


def offices_without_key(home: Home, serving: Serving) -> str | None:
    """Each office's newest key is held by somebody who is here, and by nobody who left.

    Copies for a code that no member ever had are of an invitation that was cut off: nobody was told what opens them.
    """
    if not can_be_read(home, serving):
        return None
    here = set(Member.objects.filter(left_at=None).values_list("code", "office_id"))
    known = set(Member.objects.values_list("code", flat=True))
    holders: dict[tuple[str, int], set[str]] = {}
    for code, generation, member in OfficeKey.objects.values_list("office", "generation", "member"):
        holders.setdefault((code, generation), set()).add(member)
    amiss = 0
    for office in Office.objects.filter(elsewhere=False):
        held_by = holders.get((office.code, office.generation), set())
        at_work = {each for each, works_in in here if works_in == office.code}
        amiss += not (held_by & at_work) or bool((held_by & known) - at_work)
    return (
        f"{amiss} offices' keys are held by nobody who is here, or by somebody who is not."
        if amiss
        else None
    )


def members_not_vouched_for(home: Home, serving: Serving) -> str | None:
    """Each holder of an office's key was vouched for by that office."""
    if not can_be_read(home, serving):
        return None
    holders = set(OfficeKey.objects.values_list("member", flat=True))
    vouched = set(MemberKey.objects.filter(voucher__isnull=False).values_list("member", flat=True))
    lost = len(holders - vouched)
    return (
        f"{lost} members hold an office's key and no office vouches for theirs." if lost else None
    )


def cases_without_key(home: Home, serving: Serving) -> str | None:
    """A cover whose office holds no key: shredded halfway, or an older main database was restored."""
    if not can_be_read(home, serving):
        return None
    lost = covers_without_key()
    return f"{lost} cases have a cover and no key." if lost else None


def deliveries_without_key(home: Home, serving: Serving) -> str | None:
    """A delivery that was not forgotten and whose office holds no key: an older key store was restored."""
    if not can_be_read(home, serving):
        return None
    held = set(CaseKey.objects.filter(part=Part.CONTENTS).values_list("case", "office").iterator())
    kept = Delivery.objects.filter(shredded_at=None).values_list("code", "office_id")
    lost = sum(delivery not in held for delivery in kept)
    return f"{lost} deliveries of sheets and texts have no key." if lost else None


def covers_without_key() -> int:
    """How many covers name a key that their office does not hold."""
    held = set(
        CaseKey.objects.filter(part=Part.CARD).values_list("case", "version", "office").iterator()
    )
    covers = Case.objects.values_list("code", "key_version", "office_id").iterator()
    return sum(cover not in held for cover in covers)


CHECKS: Final = (
    Check(
        "SCD44",
        members_without_key,
        "Invite these members again, or part with them again; if all lost theirs, restore the key store.",
        # Parting with somebody may have been cut off just here: the others must be able to come in and end it.
        grave=False,
    ),
    Check(
        "SCD45",
        offices_without_key,
        "Restore the key store, or part with the member again: that renews the key.",
    ),
    Check(
        "SCD46",
        members_not_vouched_for,
        "Somebody may have put a key in. Compare with the backup of the keys first.",
    ),
    Check(
        "SCD47",
        cases_without_key,
        "The job that shreds ends what it began; after a restore of an older main database, shred them.",
        grave=False,
    ),
    Check(
        "SCD49",
        deliveries_without_key,
        "Restore the key store of the same day, or hand these sheets in again.",
        grave=False,
    ),
)
