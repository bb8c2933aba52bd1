"""What members judge of two records: kept whole, superseded, withdrawn, disagreed about (core/linkage/judgements)."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import JudgementIncomplete, NotAsJudged, RepeatedJudgement
from safeconduct.core.linkage.judgements import (
    Judgement,
    PlainEvidence,
    Verdict,
    Withdrawal,
    in_order,
    judgement_on,
    live,
    unjudged,
)
from safeconduct.core.linkage.judging_text import judgements_from_bytes, judgements_to_bytes
from safeconduct.core.linkage.merged_view import merged_view
from safeconduct.core.linkage.records import Evidence, LinkRecord, Pair
from safeconduct.core.linkage.standing import JudgedPair, Standing, judged_pairs

MONDAY = datetime(2021, 8, 16, 9, tzinfo=UTC)
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
A_WORD = Judgement(
    judgement_id="j0",
    record_a="a",
    record_b="b",
    verdict=SAME,
    by="alice",
    office="harbour",
    at=MONDAY,
)
TAKEN_BACK = Withdrawal(
    judgement_id="j0", by="carol", at=MONDAY + timedelta(days=9), why="It was her sister."
)
PROPOSED = Pair(
    person_a="b",
    person_b="a",
    probability=0.99,
    match_weight=6.5,
    decision="same",
    evidence=(
        Evidence(
            field="given_name",
            level="agrees",
            weight=7.5,
            sentence="Torpekai is Turpekai",
            plain="The given names agree, and are rare.",
        ),
    ),
    apart=("their births lie years apart",),
)


def word(number: int, verdict: Verdict, by: str = "alice", **changed: object) -> Judgement:
    """The judgement of that number, said so many hours after Monday morning."""
    told = {"judgement_id": f"j{number}", "at": MONDAY + timedelta(hours=number)} | changed
    return replace(A_WORD, verdict=verdict, by=by, **told)


def standing_of(*words: Judgement, **options: object) -> JudgedPair:
    return judged_pairs(live(words), **options)["a", "b"]


# --- a judgement --------------------------------------------------------------------


def test_a_judgement_keeps_what_was_proposed_and_its_verdict_is_the_members() -> None:
    kept = judgement_on(
        PROPOSED, DIFFERENT, judgement_id="j1", by="bob", office="harbour", at=MONDAY, model="5f"
    )
    assert kept.records == ("a", "b")
    assert (kept.verdict, kept.by, kept.model) == (DIFFERENT, "bob", "5f")
    assert (kept.match_weight, kept.probability) == (6.5, 0.99)
    assert kept.reasons == (
        PlainEvidence(
            field="given_name",
            level="agrees",
            weight=7.5,
            sentence="The given names agree, and are rare.",
        ),
        PlainEvidence(
            field="rule", level="held apart", weight=0.0, sentence="their births lie years apart"
        ),
    )


def test_a_judgement_quotes_no_name() -> None:
    kept = judgement_on(
        PROPOSED, SAME, judgement_id="j1", by="bob", office="harbour", at=MONDAY, model="5f"
    )
    assert b"rpekai" not in judgements_to_bytes([kept])


def test_a_judgement_is_never_altered() -> None:
    with pytest.raises(FrozenInstanceError):
        A_WORD.verdict = DIFFERENT  # type: ignore[misc]


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"record_b": "a"}, "one record, not of two"),
        ({"record_a": "c"}, "do not stand in order"),
        ({"by": " "}, "by is empty"),
        ({"office": ""}, "office is empty"),
        ({"judgement_id": ""}, "judgement_id is empty"),
        ({"by": "\ud800"}, "cannot be written"),
        ({"at": datetime(2021, 8, 16)}, "no zone"),
        ({"at": datetime.min.replace(tzinfo=UTC)}, "time is not one"),
        ({"match_weight": float("nan")}, "not a finite number"),
        ({"probability": 1.5}, "not between 0 and 1"),
    ],
)
def test_a_judgement_that_could_not_count_is_refused(changed: dict[str, object], what: str) -> None:
    with pytest.raises(JudgementIncomplete, match=what):
        replace(A_WORD, **changed)


@pytest.mark.parametrize("changed", [{"by": ""}, {"why": ""}, {"at": datetime(2021, 8, 16)}])
def test_a_withdrawal_says_who_when_and_why(changed: dict[str, object]) -> None:
    with pytest.raises(JudgementIncomplete):
        replace(TAKEN_BACK, **changed)


# --- which words are live -----------------------------------------------------------


def test_a_members_later_word_on_a_pair_takes_the_place_of_the_earlier() -> None:
    earlier, later = word(1, SAME), word(2, DIFFERENT)
    assert live([later, earlier]) == (later,)


def test_another_members_word_or_one_on_another_pair_takes_nobodys_place() -> None:
    words = (word(1, SAME), word(2, SAME, by="bob"), word(3, SAME, record_b="c"))
    assert live(words) == words


def test_of_two_words_in_one_moment_the_greater_id_counts() -> None:
    first, second = word(1, SAME, at=MONDAY), word(2, DIFFERENT, at=MONDAY)
    assert live([second, first]) == (second,)


def test_a_withdrawn_word_counts_as_never_said_so_that_the_earlier_one_is_live_again() -> None:
    earlier, later = word(1, SAME), word(2, DIFFERENT)
    assert live([earlier, later], [replace(TAKEN_BACK, judgement_id="j2")]) == (earlier,)


def test_the_same_judgement_told_twice_is_one_and_two_of_one_id_are_refused() -> None:
    assert live([A_WORD, A_WORD]) == (A_WORD,)
    with pytest.raises(RepeatedJudgement):
        live([A_WORD, replace(A_WORD, verdict=DIFFERENT)])


def test_a_proposal_is_to_be_judged_until_a_judgement_of_it_is_live() -> None:
    assert unjudged([PROPOSED], []) == (PROPOSED,)
    assert unjudged([PROPOSED], [A_WORD]) == ()
    assert unjudged([PROPOSED], [A_WORD], [TAKEN_BACK]) == (PROPOSED,)


# --- how a pair stands --------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ([word(1, SAME)], Standing.SAME),
        ([word(1, DIFFERENT)], Standing.DIFFERENT),
        ([word(1, UNSURE)], Standing.UNSURE),
        ([word(1, SAME), word(2, DIFFERENT, by="bob")], Standing.CONTESTED),
        ([word(1, DIFFERENT), word(2, SAME, by="bob")], Standing.CONTESTED),
        ([word(1, UNSURE), word(2, SAME, by="bob")], Standing.SAME),
        ([word(1, SAME), word(2, UNSURE, by="bob")], Standing.DOUBTED),
        ([word(1, SAME), word(2, UNSURE, by="bob"), word(3, SAME, by="dana")], Standing.SAME),
        ([word(1, DIFFERENT), word(2, UNSURE, by="bob")], Standing.DIFFERENT),
    ],
)
def test_how_a_pair_stands(words: list[Judgement], standing: Standing) -> None:
    assert standing_of(*words).standing is standing


@pytest.mark.parametrize("settled", [word(3, SAME, by="bob"), word(3, DIFFERENT)])
def test_a_disagreement_is_settled_when_one_of_them_judges_anew(settled: Judgement) -> None:
    pair = standing_of(word(1, SAME), word(2, DIFFERENT, by="bob"), settled)
    assert pair.standing.value == settled.verdict.value


def test_a_merge_between_offices_waits_for_both() -> None:
    offices = {"a": "harbour", "b": "hill"}
    ours, theirs = word(1, SAME), word(2, SAME, by="bob", office="hill")
    assert standing_of(ours, office_of=offices).awaited == ("hill",)
    assert standing_of(theirs, office_of=offices).awaited == ("harbour",)
    assert standing_of(ours, theirs, office_of=offices).standing is Standing.SAME


def test_another_offices_unsure_or_a_third_offices_same_is_not_its_yes() -> None:
    offices = {"a": "harbour", "b": "hill"}
    third = word(2, SAME, by="erin", office="mill")
    unsure = word(0, UNSURE, by="bob", office="hill")
    pair = standing_of(unsure, word(1, SAME), third, office_of=offices)
    assert (pair.standing, pair.awaited) == (Standing.AWAITED, ("hill",))


def test_a_record_of_an_unknown_office_waits() -> None:
    pair = standing_of(word(1, SAME), office_of={"a": "harbour"})
    assert pair.awaited == ("an office that is not known",)


# --- written and read ---------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
TIMES = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=4, minutes=30))]),
)
FIGURES = st.floats(allow_nan=False, allow_infinity=False)
REASONS = st.builds(PlainEvidence, field=TEXTS, level=TEXTS, weight=FIGURES, sentence=TEXTS)


@st.composite
def any_judgement(draw: st.DrawFn) -> Judgement:
    one, two = in_order(*draw(st.tuples(TEXTS, TEXTS).filter(lambda pair: pair[0] != pair[1])))
    return Judgement(
        judgement_id=draw(TEXTS),
        record_a=one,
        record_b=two,
        verdict=draw(st.sampled_from(Verdict)),
        by=draw(TEXTS),
        office=draw(TEXTS),
        at=draw(TIMES),
        model=draw(st.none() | TEXTS),
        match_weight=draw(st.none() | FIGURES),
        probability=draw(st.none() | st.floats(0, 1)),
        reasons=tuple(draw(st.lists(REASONS, max_size=2))),
    )


WITHDRAWALS = st.builds(Withdrawal, judgement_id=TEXTS, by=TEXTS, at=TIMES, why=TEXTS)


@settings(max_examples=40, deadline=None)
@given(st.lists(any_judgement(), max_size=4), st.lists(WITHDRAWALS, max_size=3), st.randoms())
def test_judgements_are_read_as_written_and_written_alike_in_any_order(
    judgements: list[Judgement], withdrawals: list[Withdrawal], chance
) -> None:
    written = judgements_to_bytes(judgements, withdrawals)
    read = judgements_from_bytes(written)
    assert tuple(map(set, read)) == (set(judgements), set(withdrawals))
    chance.shuffle(judgements)
    assert judgements_to_bytes(judgements * 2, withdrawals[::-1]) == written


def test_one_moment_is_written_in_one_way() -> None:
    kabul = timezone(timedelta(hours=4, minutes=30))
    there = replace(A_WORD, at=MONDAY.astimezone(kabul), match_weight=-0.0)
    assert judgements_to_bytes([there]) == judgements_to_bytes([replace(A_WORD, match_weight=0.0)])


def test_the_lines_stand_in_order_of_time() -> None:
    lines = judgements_to_bytes([word(n, SAME) for n in (11, 2, 7)]).splitlines()[1:]
    assert [json.loads(line)["judgement_id"] for line in lines] == ["j2", "j7", "j11"]


WRITTEN = judgements_to_bytes([A_WORD, word(1, DIFFERENT)], [TAKEN_BACK])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WRITTEN) - 1), st.binary(max_size=3), st.integers(0, 30))
def test_a_changed_file_is_refused_or_reads_as_something_else(
    at: int, put: bytes, out: int
) -> None:
    """A file that can be read is always one that would be written so: no two files say the same thing."""
    changed = WRITTEN[:at] + put + WRITTEN[at + out :]
    try:
        read = judgements_from_bytes(changed)
    except NotAsJudged:
        return
    assert judgements_to_bytes(*read) == changed


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (b'"judgements"', b'"persons"', 1),
        (b'"kind":"judgement"', b'"kind":"rumour"', 2),
        (b'"verdict":"same"', b'"verdict":"certain"', 2),
        (b'"by":"alice"', b'"by":5', 2),
        (b'"by":"alice"', b'"by":""', 2),
        (b'"by":"alice"', b'"by":"\\ud800"', 2),
        (b'"model":null', b'"model":"\\ud800"', 2),
        (b'"reasons":[]', b'"reasons":[{"field":"x"}]', 2),
        (b'"reasons":[]', b'"reasons":[],"note":"x"', 2),
        (b'"model":null', b'"model":' + b"[" * 100_000, 2),
        (b'"probability":null', b'"probability":1', 2),
        (b'"probability":null', b'"probability":1e999', 2),
        (b"+00:00", b"", 2),
        (b"\n", b"\r\n", 1),
        (WRITTEN, b"", 1),
        (WRITTEN, WRITTEN[:-1], 4),
        (WRITTEN, WRITTEN + WRITTEN.splitlines(keepends=True)[1], 5),
    ],
)
def test_a_line_that_is_not_as_written_is_named(old: bytes, new: bytes, line: int) -> None:
    with pytest.raises(NotAsJudged, match=rf"^Line {line} "):
        judgements_from_bytes(WRITTEN.replace(old, new, 1))


# --- all records of a person side by side -------------------------------------------

FIRST = LinkRecord(
    person_id="a",
    given_name="Torpekai",
    phones=("0701234567", "0709876543"),
    birth=UncertainDate.of_year(1990),
)
SECOND = LinkRecord(
    person_id="b",
    given_name="Turpekai",
    phones=("0709876543",),
    birth=UncertainDate.of_day(date(1990, 3, 14)),
)
THIRD = LinkRecord(person_id="c", given_name="Turpekai", province="AF01")
RECORDS = {record.person_id: record for record in (FIRST, SECOND, THIRD)}


def test_the_merged_view_shows_every_value_with_who_tells_it_the_most_told_first() -> None:
    view = merged_view(("c", "a", "b"), RECORDS)
    told = {name: [(each.value, each.by) for each in values] for name, values in view.items()}
    assert told["given_name"] == [("Turpekai", ("b", "c")), ("Torpekai", ("a",))]
    assert told["phones"] == [("0709876543", ("a", "b")), ("0701234567", ("a",))]
    assert told["birth"] == [(FIRST.birth, ("a",)), (SECOND.birth, ("b",))]
    assert told["passport"] == []


def test_each_record_can_be_read_out_of_the_merged_view_again() -> None:
    view = merged_view(tuple(RECORDS), RECORDS)
    for record in RECORDS.values():
        own = {
            name: [each.value for each in values if record.person_id in each.by]
            for name, values in view.items()
        }
        assert own["given_name"] == [record.given_name]
        assert sorted(own["phones"]) == sorted(record.phones)
        assert own["birth"] == ([record.birth] if record.birth else [])
