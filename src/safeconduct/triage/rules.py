"""Which rulebook counts in an office: the one that ships with the operation, or one that a coordinator put in force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from safeconduct.cases.wording import operation
from safeconduct.core.errors import BadPack, RulesAltered
from safeconduct.core.rulebook import Rulebook
from safeconduct.journal.deeds import Deed
from safeconduct.journal.queries import lines
from safeconduct.packs.rulebook_text import digest_of, read_rulebook
from safeconduct.triage.models import LoadedRules, RulesInForce
from safeconduct.triage.vouching import is_vouched_for
from safeconduct.vault.keyring import Keyring

CALLED = "the rulebook"  # what messages call a text that a member gave


@dataclass(frozen=True, slots=True)
class Rules:
    """A rulebook ready to be asked. `version` is a short digest of its text."""

    rulebook: Rulebook
    version: str
    name: str


def rules_for(office: str, ring: Keyring | None) -> Rules:
    """The rulebook in force in an office, by a ring of that office; another's ring can vouch for nothing there.

    Without a ring nothing is checked but the text: for a preview alone, by which nothing is written. Raises
    RulesAltered where the text is not the one that was loaded, or the rulebook not the one that was put in force.
    """
    newest = in_force(office, ring)
    if ring is not None and ring.office == office and _differs(office, newest):
        newest = in_force(office, ring)  # perhaps one was put in force between the two looks
        if _differs(office, newest):
            raise RulesAltered(version=newest.version if newest else shipped_rules().version)
    if newest is None or newest.loaded is None:
        return shipped_rules()
    if newest.loaded.version != newest.version:
        raise RulesAltered(version=newest.version)
    return rules_of(newest.loaded)


def in_force(office: str, ring: Keyring | None) -> RulesInForce | None:
    """Since when, by whom, and why; None: the shipped one, of which nobody has decided.

    A row that the office does not vouch for is passed over.
    """
    rows = RulesInForce.objects.filter(office=office).select_related("loaded").order_by("-pk")
    if ring is None or ring.office != office:
        return rows.first()
    return next((row for row in rows if is_vouched_for(ring, row)), None)


def version_in_force(office: str, ring: Keyring) -> str:
    """Its version, whether or not it can be read."""
    newest = in_force(office, ring)
    shipped = newest is None or newest.loaded_id is None
    return shipped_rules().version if shipped or newest is None else newest.version


def is_readable(office: str, ring: Keyring) -> bool:
    """Whether cases can be assessed by what is in force: else another is put in force without comparing."""
    try:
        rules_for(office, ring)
    except (RulesAltered, BadPack):
        return False
    return True


def shipped_rules() -> Rules:
    rulebook = operation().rulebook
    return Rules(rulebook, rulebook.version, operation().name)


def rules_of(loaded: LoadedRules) -> Rules:
    """Raises RulesAltered: whoever may write into the database is not thereby whoever makes the rules."""
    if digest_of(loaded.text) != loaded.version:
        raise RulesAltered(version=loaded.version)
    return Rules(_read(loaded.text), loaded.version, loaded.name)


def rules_by(office: str, version: str) -> Rules | None:
    """A rulebook that this office has, by its version; None where there is none."""
    if version == shipped_rules().version:
        return shipped_rules()
    loaded = LoadedRules.objects.filter(office=office, version=version).first()
    return rules_of(loaded) if loaded else None


def _differs(office: str, newest: RulesInForce | None) -> bool:
    """Whether the journal says that another was put in force last: where a row was removed, no older one counts."""
    last = lines(about=office, deeds=[Deed.RULES_IN_FORCE], most=1).lines
    told = last[0].facts.get("rules") if last else None
    return told != (newest.version if newest else None)


@lru_cache(maxsize=16)
def _read(text: str) -> Rulebook:
    return read_rulebook(text, called=CALLED, schemes=[each.code for each in operation().schemes])
