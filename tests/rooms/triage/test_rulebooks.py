"""Rulebooks of an office: loaded, compared on the caseload, put in force, and every case assessed anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.triage.callers import again, answered, caller, interpreter, opened_case
from tests.rooms.triage.rulebooks import SMALL, in_force, loaded, shipped_text
from tests.rooms.triage.working import LEASE, work

from safeconduct.cases.actions import change_cover, share_case
from safeconduct.cases.actions.offices import confirm_office
from safeconduct.cases.models import Case, State
from safeconduct.core.errors import (
    BadPack,
    JobAlreadyAsked,
    NoRight,
    RulesAltered,
    RulesInForceAlready,
    RulesNeedName,
    RulesNeedReason,
    RulesNotCompared,
    RulesNotLoaded,
    RulesTextUnfit,
)
from safeconduct.core.rulebook import Rulebook
from safeconduct.jobs.models import Job
from safeconduct.journal.models import Line
from safeconduct.packs.rulebook_text import digest_of, read_rulebook
from safeconduct.triage import runs
from safeconduct.triage.actions import (
    ask_for_override,
    ask_to_compare,
    ask_to_reassess,
    assess_case,
    decide_override,
    load_rules,
    put_in_force,
)
from safeconduct.triage.actions.rules import COMPARE, REASSESS
from safeconduct.triage.models import LoadedRules, Moved, Reassessment, RulesInForce, Standing
from safeconduct.triage.rules import CALLED, rules_for, rules_of, shipped_rules
from safeconduct.triage.sealed import why_of
from safeconduct.vault.wrapping import fingerprint

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WHY = "September's letter named new groups."


def caseload(cast: Cast) -> dict[str, str]:
    """Three assessed cases of three members, by what was told."""
    told = {
        "interpreter": (cast.alice, interpreter()),
        "hiding": (cast.bob, caller(answered(in_hiding="yes"))),
        "nothing": (cast.carol, caller()),
    }
    codes = {name: opened_case(by, *each, at=AT).code for name, (by, each) in told.items()}
    for name, code in codes.items():
        assess_case(told[name][0], code, at=AT)
    return codes


def bands(codes: dict[str, str]) -> dict[str, str]:
    return {name: Case.objects.get(code=code).band for name, code in codes.items()}


def test_the_shipped_one_counts_until_somebody_decides_otherwise(cast: Cast):
    assert rules_for(cast.home.code, cast.carol.ring) == shipped_rules()
    rules = in_force(cast.carol, at=AT)
    now = rules_for(cast.home.code, cast.carol.ring)
    assert (now.version, now.name, len(now.rulebook.rules)) == (rules.version, "Ours", 2)
    assert rules_for(cast.other.code, cast.charlie.ring) == shipped_rules()
    row = RulesInForce.objects.get()
    assert (why_of(cast.alice.ring, row), row.by) == (WHY, cast.carol.member)
    line = Line.objects.get(deed="rules put in force")
    assert line.facts["rules"] == rules.version


def test_going_back_to_the_shipped_one(cast: Cast):
    in_force(cast.carol, at=AT)
    work(cast.carol, REASSESS, at=AT)
    shipped = shipped_rules().version
    ask_to_compare(cast.carol, shipped, at=AT)
    work(cast.carol, COMPARE, at=AT)
    put_in_force(cast.carol, shipped, why=WHY, at=AT + timedelta(minutes=1))
    assert rules_for(cast.home.code, cast.carol.ring) == shipped_rules()


def test_the_shipped_one_as_a_text_says_the_same(cast: Cast):
    rules = loaded(cast.carol, at=AT, text=shipped_text())
    ours, theirs = rules_of(rules).rulebook, shipped_rules().rulebook
    assert (ours.facts, ours.rules, ours.points) == (theirs.facts, theirs.rules, theirs.points)


def test_the_same_text_is_kept_once_whatever_its_line_ends(cast: Cast):
    first = loaded(cast.carol, at=AT)
    again_ = loaded(cast.carol, at=AT, text="\ufeff" + SMALL.replace("\n", "\r\n"), name="Else")
    assert (first.pk, again_.name) == (again_.pk, "Ours")
    assert Line.objects.filter(deed="rules loaded").count() == 1


def test_who_may_change_rules(cast: Cast):
    version = loaded(cast.carol, at=AT).version
    for by in (cast.alice, cast.dana, cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            load_rules(by, name="x", text=SMALL, at=AT)
        with pytest.raises(NoRight):
            ask_to_compare(by, version, at=AT)
        with pytest.raises(NoRight):
            put_in_force(by, version, why=WHY, at=AT)
    with pytest.raises(RulesNotLoaded):  # another office's
        ask_to_compare(cast.charlie, version, at=AT)


def test_nothing_counts_before_it_was_compared(cast: Cast):
    version = loaded(cast.carol, at=AT).version
    with pytest.raises(RulesNotCompared):
        put_in_force(cast.carol, version, why=WHY, at=AT)
    ask_to_compare(cast.carol, version, at=AT)
    with pytest.raises(RulesNotCompared):  # asked for, and not done
        put_in_force(cast.carol, version, why=WHY, at=AT)
    with pytest.raises(JobAlreadyAsked):
        ask_to_compare(cast.carol, version, at=AT)
    with pytest.raises(RulesNeedReason):
        put_in_force(cast.carol, version, why="because", at=AT)
    with pytest.raises(RulesInForceAlready):
        put_in_force(cast.carol, shipped_rules().version, why=WHY, at=AT)
    for name in ("", "  ", "x" * 61):
        with pytest.raises(RulesNeedName):
            load_rules(cast.carol, name=name, text=SMALL, at=AT)


def test_a_text_that_was_altered_by_hand_counts_for_nothing(cast: Cast):
    codes = caseload(cast)
    before = bands(codes)
    in_force(cast.carol, at=AT)
    LoadedRules.objects.update(text=SMALL.replace("urgent", "emergency", 1))
    with pytest.raises(RulesAltered):
        rules_for(cast.home.code, cast.carol.ring)
    with pytest.raises(RulesAltered):
        assess_case(cast.alice, codes["interpreter"], at=AT)
    assert bands(codes) == before


# --- compared ------------------------------------------------------------------------------------------


def test_a_comparison_tells_who_would_move_and_moves_nobody(cast: Cast):
    codes = caseload(cast)
    before = bands(codes)
    rows = list(Case.objects.order_by("code").values())
    version = loaded(cast.carol, at=AT).version
    run = ask_to_compare(cast.carol, version, at=AT)
    job = work(cast.carol, COMPARE, at=AT)
    assert (job.done_steps, job.all_steps) == (3, 3)
    assert list(Case.objects.order_by("code").values()) == rows
    run.refresh_from_db()
    assert run.counts["cases"] == 3
    assert before == {
        "interpreter": "urgent",
        "hiding": before["hiding"],
        "nothing": "not assessed",
    }
    assert sum(run.counts["bands"].values()) == 3
    moved = {each.case: each for each in run.moved.all()}
    hiding = moved[codes["hiding"]]
    assert (hiding.band_before, hiding.band_after) == (before["hiding"], "emergency")
    assert moved[codes["interpreter"]].band_after == "urgent"
    assert moved[codes["interpreter"]].schemes_lost
    line = Line.objects.get(deed="cases compared")
    assert line.facts["cases"] == 3


def test_only_open_cases_of_the_office_are_looked_at(cast: Cast):
    codes = caseload(cast)
    opened = again(cast.carol, codes["nothing"], AT)
    change_cover(
        opened, expected_revision=opened.cover.cover_revision, at=AT, state=State.SETTLED.value
    )
    theirs = opened_case(cast.charlie, at=AT)
    heard = fingerprint(bytes(cast.home.public))
    confirm_office(cast.charlie, cast.home, told_fingerprint=heard, at=AT)
    share_case(theirs, cast.home.code, extent="all", at=AT)
    run = ask_to_compare(cast.carol, loaded(cast.carol, at=AT).version, at=AT)
    work(cast.carol, COMPARE, at=AT)
    run.refresh_from_db()
    assert run.counts["cases"] == 2


# --- put in force ----------------------------------------------------------------------------------------


def test_every_case_is_assessed_anew_and_the_diff_of_who_moved_stays(cast: Cast):
    codes = caseload(cast)
    before = bands(codes)
    in_force(cast.carol, at=AT)
    assert bands(codes) == before, "not before the job"
    job = work(cast.carol, REASSESS, at=AT)
    assert job.finished_at
    assert bands(codes) == {
        "interpreter": "urgent",
        "hiding": "emergency",
        "nothing": "not assessed",
    }
    run = Reassessment.objects.get(writes=True)
    assert run.finished_at
    compared = Reassessment.objects.get(writes=False)
    assert {m.case: m.band_after for m in run.moved.all()} == {
        m.case: m.band_after for m in compared.moved.all()
    }
    for name in ("cases", "moved", "bands", "broken"):
        assert run.counts[name] == compared.counts[name], name
    version = rules_for(cast.home.code, cast.carol.ring).version
    assert set(Standing.objects.values_list("rules", flat=True)) == {version}
    for code in codes.values():
        cover = again(cast.carol, code, AT).cover  # opens: the seals hold
        assert Standing.objects.get(case=code).revision == cover.revision


def test_nothing_moves_the_second_time(cast: Cast):
    caseload(cast)
    ask_to_reassess(cast.carol, at=AT)
    revisions = list(Case.objects.order_by("code").values_list("revision", flat=True))
    work(cast.carol, REASSESS, at=AT)
    assert list(Case.objects.order_by("code").values_list("revision", flat=True)) == revisions
    assert not Moved.objects.exists()


def test_what_a_colleague_noted_first_of_a_case_that_had_no_standing_stays(cast: Cast, monkeypatch):
    """Both saw that there was none; the colleague's is of a later revision of the case."""
    opened = opened_case(cast.alice, at=AT)
    told = {"case": opened.code, "office": cast.home.code, "rules": "x", "on": AT.date()}
    real = runs.put_standings

    def put_meanwhile(standings):
        Standing.objects.create(**told, band="emergency", asks=1, revision=9)
        real(standings)

    monkeypatch.setattr(runs, "put_standings", put_meanwhile)
    runs._put_unmoved([Standing(**told, band="urgent", asks=5, revision=1)])
    kept = Standing.objects.get()
    assert (kept.band, kept.revision) == ("emergency", 9)


def test_an_agreed_band_outlives_a_change_of_rules(cast: Cast):
    codes = caseload(cast)
    opened = again(cast.alice, codes["interpreter"], AT)
    reason = "Her brother was taken last night."
    row = ask_for_override(opened, band="routine", until=AT.date(), reason=reason, at=AT)
    decide_override(cast.carol, row.code, agreed=True, at=AT)
    in_force(cast.carol, at=AT)
    work(cast.carol, REASSESS, at=AT)
    assert bands(codes)["interpreter"] == "routine"
    ask_to_reassess(cast.carol, at=AT + timedelta(days=1))
    work(cast.carol, REASSESS, at=AT + timedelta(days=1))
    assert bands(codes)["interpreter"] == "urgent"
    row.refresh_from_db()
    assert row.ended_at


def test_killed_anywhere_and_run_again_it_ends_the_same(cast: Cast, monkeypatch):
    """Each case is a transaction of its own: cut off after any of them, nothing is lost and nothing is told twice."""
    codes = caseload(cast)
    before = bands(codes)
    in_force(cast.carol, at=AT)
    real = runs._move
    for turn in range(2):
        done = []

        def cut_off(*told, _done=done, **more):
            if _done:
                raise KeyboardInterrupt
            _done.append(real(*told, **more))

        monkeypatch.setattr(runs, "_move", cut_off)
        with pytest.raises(KeyboardInterrupt):
            work(cast.carol, REASSESS, at=AT + turn * 2 * LEASE)
    monkeypatch.setattr(runs, "_move", real)
    work(cast.carol, REASSESS, at=AT + 5 * LEASE)
    run = Reassessment.objects.get(writes=True)
    compared = Reassessment.objects.get(writes=False)
    assert {(m.case, m.band_before, m.band_after) for m in run.moved.all()} == {
        (m.case, m.band_before, m.band_after) for m in compared.moved.all()
    }
    assert {m.case: m.band_before for m in run.moved.all()}.items() <= {
        codes[name]: band for name, band in before.items()
    }.items()
    assert run.counts["bands"] == compared.counts["bands"]
    assert Job.objects.get(kind=REASSESS).finished_at


# --- what is no rulebook -----------------------------------------------------------------------------------


def without(part: str) -> str:
    return SMALL.replace(f"\n{part}:", f"\nx_{part}:", 1)


BROKEN = {
    "empty": ("", "empty"),
    "a list": ("- a\n- b\n", "set of 'field: value' lines"),
    "a word": ("rules", "set of 'field: value' lines"),
    "no facts": (without("facts"), "x_facts"),
    "no rules": (without("rules"), "x_rules"),
    "no points": (without("points"), "x_points"),
    "rules empty": (
        SMALL[: SMALL.index("rules:")] + "rules: []\n" + SMALL[SMALL.index("points:") :],
        "holds no rules",
    ),
    "not YAML": (SMALL + "\n  ]: {", "line"),
    "tab": (SMALL.replace("  - rule: hiding", "\t- rule: hiding"), "line"),
    "alias": (
        SMALL.replace("note: Ours.", "note: &a Ours.", 1).replace("note: Ours.", "note: *a", 1),
        "*a",
    ),
    "unknown fact": (SMALL.replace("{in_hiding: 'yes'}", "{in_hidding: 'yes'}"), "in_hidding"),
    "unknown value": (SMALL.replace("{in_hiding: 'yes'}", "{in_hiding: 'maybe'}"), "maybe"),
    "derived fact": (SMALL.replace("  in_hiding:\n", "  age_group:\n", 1), "age_group"),
    "no source": (SMALL.replace("    verified: no\n    note: Ours.\n", "", 1), "names no source"),
    "no reason": (SMALL.replace("    reason: They hide.\n", "", 1), "reason"),
    "unknown band": (SMALL.replace("band: emergency", "band: dire"), "dire"),
    "neither scheme nor band": (SMALL.replace("    band: emergency\n", "", 1), "hiding"),
    "both": (
        SMALL.replace("    band: emergency\n", "    band: emergency\n    scheme: ACRS\n", 1),
        "hiding",
    ),
    "unknown scheme": (
        SMALL.replace("    band: emergency\n", "    scheme: NOWHERE\n    reason_not: No.\n", 1),
        "NOWHERE",
    ),
    "twice": (SMALL.replace("rule: interpreters", "rule: hiding"), "hiding"),
    "points upside down": (SMALL.replace("emergency: 8", "emergency: 3"), "emergency"),
    "points missing": (SMALL.replace(" priority: 2,", ""), "priority"),
    "a wide place": (
        SMALL.replace('"{Who} interpreted."', '"{Who:>99999999} interpreted."'),
        "set out",
    ),
    "a conversion": (SMALL.replace('"{Who} interpreted."', '"{Who!r} interpreted."'), "set out"),
    "an attribute": (
        SMALL.replace('"{Who} interpreted."', '"{Who.__class__} interpreted."'),
        "Who.__class__",
    ),
    "an open brace": (SMALL.replace('"{Who} interpreted."', '"{Who interpreted."'), "{"),
    "a field too many": (
        SMALL.replace("    title: in hiding\n", "    titel: in hiding\n"),
        "titel",
    ),
    "a bad day": (
        SMALL.replace("    title: in hiding\n", "    title: x\n    since: 2021-13-01\n"),
        "2021-13-01",
    ),
    "days in reverse": (
        SMALL.replace(
            "    title: in hiding\n", "    title: x\n    since: 2021-09-01\n    until: 2021-08-01\n"
        ),
        "2021-08-01",
    ),
    "deep": ("a: " + "[" * 200 + "]" * 200, "line"),
    "nothing but zeros": ("\0" * 50, "not a text"),
    "half a letter": (SMALL.replace("They hide", "They \ud800 hide"), "halves of letters"),
    "far too long": ("# " + "x" * 1_100_000 + SMALL, "over 1 MB"),
    "no web address": (
        SMALL.replace(
            "    verified: no\n", "    verified: no\n    source_url: javascript:alert(1)\n", 1
        ),
        "not a web address",
    ),
    "python": ("!!python/object/apply:os.system ['true']", "rulebook"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_no_rulebook_is_refused_with_line_and_mend(name: str):
    text, told = BROKEN[name]
    with pytest.raises((BadPack, RulesTextUnfit)) as refused:
        read_rulebook(text, called=CALLED, schemes=["ACRS"])
    said = str(refused.value)
    assert told in said
    assert refused.value.code.startswith("SC")
    assert "the rulebook" in said or "rulebook" in said
    assert len(said) < 900


def test_of_what_is_no_rulebook_nothing_is_kept(cast: Cast):
    for text, _ in BROKEN.values():
        with pytest.raises((BadPack, RulesTextUnfit)):
            load_rules(cast.carol, name="Ours", text=text, at=AT)
    assert not LoadedRules.objects.exists()
    assert not Line.objects.filter(deed="rules loaded").exists()


def test_from_an_altered_one_there_is_a_way_out(cast: Cast):
    codes = caseload(cast)
    in_force(cast.carol, at=AT)
    work(cast.carol, REASSESS, at=AT)
    LoadedRules.objects.update(text=SMALL.replace("urgent", "emergency", 1))
    put_in_force(
        cast.carol, shipped_rules().version, why="Somebody changed it.", at=AT + timedelta(hours=1)
    )
    work(cast.carol, REASSESS, at=AT + timedelta(hours=1))
    assert bands(codes)["interpreter"] == "urgent"
    assert set(Standing.objects.values_list("rules", flat=True)) == {shipped_rules().version}


# --- what was put in force by hand ---------------------------------------------------------------------------


def by_hand(cast: Cast, text: str, **columns: object) -> LoadedRules:
    """Both rows as whoever writes into the database would make them, without a key of the office."""
    told = {"office": cast.home, "version": digest_of(text)}
    rules = LoadedRules.objects.create(
        **told, name="Ours", text=text, loaded_by=cast.carol.member, loaded_at=AT
    )
    row = {"loaded": rules, "since": AT, "by": cast.carol.member, "sealed_why": b""}
    row |= {"voucher": b"\0" * 32, "voucher_generation": 1}
    RulesInForce.objects.create(**told, **row | columns)
    return rules


def test_a_row_made_by_hand_puts_nothing_in_force(cast: Cast):
    codes = caseload(cast)
    before = bands(codes)
    by_hand(cast, SMALL.replace("urgent", "emergency", 1), since=AT + timedelta(days=9999))
    assert rules_for(cast.home.code, cast.carol.ring) == shipped_rules()
    ask_to_reassess(cast.carol, at=AT)
    work(cast.carol, REASSESS, at=AT)
    assert bands(codes) == before
    rules = in_force(cast.carol, at=AT)
    assert rules_for(cast.home.code, cast.alice.ring).version == rules.version
    # Nor does a run that was made by hand assess anybody by it.
    work(cast.carol, REASSESS, at=AT)
    ask_to_reassess(cast.carol, at=AT)
    Reassessment.objects.filter(finished_at=None).update(after=shipped_rules().version)
    work(cast.carol, REASSESS, at=AT)
    assert set(Standing.objects.values_list("rules", flat=True)) == {rules.version}


@pytest.mark.parametrize("how", ["put back", "removed", "copied", "another text", "marked anew"])
def test_rows_that_were_changed_by_hand_count_for_nothing_and_there_is_a_way_out(
    cast: Cast, how: str
):
    codes = caseload(cast)
    first = in_force(cast.carol, at=AT)
    work(cast.carol, REASSESS, at=AT)
    later = AT + timedelta(hours=1)
    second = in_force(cast.carol, at=later, text=SMALL.replace("hide", "are hiding", 1))
    work(cast.carol, REASSESS, at=later)
    row = RulesInForce.objects.get(loaded=second)
    other = SMALL.replace("urgent", "emergency", 1)
    if how == "put back":
        RulesInForce.objects.filter(pk=row.pk).update(loaded=first, version=first.version)
    elif how == "removed":
        row.delete()
    elif how == "copied":
        earlier = RulesInForce.objects.get(loaded=first)
        earlier.pk = None
        earlier.save(force_insert=True)
        row.delete()
    elif how == "another text":
        LoadedRules.objects.filter(pk=second.pk).update(text=other, version=digest_of(other))
    else:
        RulesInForce.objects.filter(pk=row.pk).update(voucher=b"\0" * 32)
    before = bands(codes)
    for code in codes.values():
        with pytest.raises(RulesAltered):
            assess_case(cast.carol, code, at=later)
    assert bands(codes) == before
    put_in_force(cast.carol, first.version, why="Somebody changed it.", at=later)
    assert rules_for(cast.home.code, cast.alice.ring).version == first.version


def test_a_rulebook_that_this_software_cannot_read_any_more_is_told_and_there_is_a_way_out(
    cast: Cast, monkeypatch
):
    """As after an upgrade whose operation has no such scheme any more."""
    text = SMALL.replace("    band: emergency\n", "    scheme: ACRS\n    reason_not: No.\n", 1)
    code = opened_case(cast.alice, at=AT).code
    in_force(cast.carol, at=AT, text=text)
    work(cast.carol, REASSESS, at=AT)

    def read(text: str) -> Rulebook:
        return read_rulebook(text, called=CALLED, schemes=["ARAP-1"])

    monkeypatch.setattr("safeconduct.triage.rules._read", read)
    with pytest.raises(BadPack):
        rules_for(cast.home.code, cast.carol.ring)
    page = at_the_desk(cast.alice).get(f"/cases/{code}/")
    assert page.status_code == 200
    assert "ACRS" in page.content.decode()
    assert at_the_desk(cast.carol).get("/triage/rules/").status_code == 200
    put_in_force(cast.carol, shipped_rules().version, why="The letter went.", at=AT)
    assert rules_for(cast.home.code, cast.carol.ring) == shipped_rules()
