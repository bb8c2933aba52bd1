"""EXPERIMENTAL linkage across organisations: what meets, what is refused, and what an encoding does not hold."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import (
    EncodingNotWhole,
    NobodyToEncode,
    NumberNotOurs,
    RoundKeyUnclear,
    RoundsDiffer,
    SameEncoding,
)
from safeconduct.core.facts import Sex
from safeconduct.core.linkage import LinkRecord
from safeconduct.core.linkage.across import (
    BANDS,
    DEFAULT,
    EncodingFile,
    MatchedNumbers,
    Protection,
    RoundKey,
    compare_encodings,
    encode,
    encoding_lines,
    key_from_text,
    key_text,
    new_round_key,
    read_encoding,
    resolve,
)
from safeconduct.core.linkage.across.comparing import band_of, best_pairs, in_common
from safeconduct.core.linkage.across.decoys import decoys_of
from safeconduct.core.linkage.across.grams import grams_of, tells_enough
from safeconduct.core.names import keys

KEY = new_round_key("spring-1", bytes(range(32)))
OURS, THEIRS = bytes([1] * 32), bytes([2] * 32)
NO_DECOYS = replace(DEFAULT, decoys=0.0)

NAEEM = LinkRecord(
    person_id="CASE-0017",
    household_id="HOUSE-5",
    given_name="Naeem",
    family_name="Barech",
    father_name="Karim",
    sex=Sex.MALE,
    birth=UncertainDate.of_day(date(1988, 3, 14)),
)
RAHIM = replace(
    NAEEM,
    person_id="CASE-0018",
    given_name="Rahim",
    birth=UncertainDate.of_day(date(1990, 7, 2)),
)
ZOHRA = replace(
    NAEEM,
    person_id="CASE-0019",
    household_id="HOUSE-6",
    given_name="Zohra",
    family_name="Mohammadi",
    father_name="Anwar",
    sex=Sex.FEMALE,
    birth=UncertainDate.of_year(1999),
)
NAEEM_TOLD_AGAIN = LinkRecord(
    person_id="X-1",
    native_name="نعیم بریڅ",
    father_name="کریم",
    sex=Sex.MALE,
    birth=UncertainDate.of_year(1988),
)
STRANGER = LinkRecord(
    person_id="X-2",
    given_name="Torpekai",
    family_name="Stanekzai",
    father_name="Gul Ahmad",
    birth=UncertainDate.of_year(1975),
)


def file_of(
    records: Sequence[LinkRecord],
    key: RoundKey = KEY,
    own: bytes = OURS,
    protection: Protection = NO_DECOYS,
) -> EncodingFile:
    return read_encoding(text_of(records, key, own, protection), "given.txt")


def text_of(
    records: Sequence[LinkRecord],
    key: RoundKey = KEY,
    own: bytes = OURS,
    protection: Protection = NO_DECOYS,
) -> str:
    return "".join(encoding_lines(encode(records, key, own, protection)))


# --- what meets -------------------------------------------------------------------


def test_one_person_told_in_two_scripts_is_found_and_the_brother_is_not() -> None:
    ours = encode([NAEEM, RAHIM, ZOHRA], KEY, OURS, NO_DECOYS)
    theirs = encode([NAEEM_TOLD_AGAIN, STRANGER], KEY, THEIRS, NO_DECOYS)
    files = (read_encoding("".join(encoding_lines(each)), "given.txt") for each in (ours, theirs))
    pairs = compare_encodings(*files)
    mapping = dict(zip(ours.numbers, ours.person_ids, strict=True))
    assert [found.person_id for found in resolve(pairs, mapping)] == ["CASE-0017"]
    assert pairs[0].band in dict(BANDS)


def test_both_parties_resolve_the_same_pairs_to_the_same_people() -> None:
    ours = encode([NAEEM, RAHIM, ZOHRA], KEY, OURS)
    theirs = encode([replace(NAEEM, person_id="B-1"), replace(ZOHRA, person_id="B-2")], KEY, THEIRS)
    a, b = (read_encoding("".join(encoding_lines(each)), "g") for each in (ours, theirs))
    pairs = compare_encodings(a, b)
    of_ours = dict(zip(ours.numbers, ours.person_ids, strict=True))
    of_theirs = dict(zip(theirs.numbers, theirs.person_ids, strict=True))
    at_a = {found.their_number: found.person_id for found in resolve(pairs, of_ours)}
    at_b = [(found.person_id, found.their_number) for found in resolve(pairs, of_theirs)]
    together = {(at_a[number], person) for number, person in of_theirs.items() if number in at_a}
    assert together == {(of_ours[number], person) for person, number in at_b}
    assert together == {("CASE-0017", "B-1"), ("CASE-0019", "B-2")}


def test_the_share_in_common_is_estimated_whatever_the_folds_and_the_noise() -> None:
    people = [replace(NAEEM, person_id="1"), replace(RAHIM, person_id="2")]
    estimates = []
    for protection in (Protection(folds=1, noise=0, decoys=0), NO_DECOYS):
        long = replace(protection, length=1 << 15)
        one, two = (
            encode([each], KEY, own, long) for each, own in zip(people, (OURS, THEIRS), strict=True)
        )
        unlike = np.bitwise_count(one.codes ^ two.codes).sum(axis=1)
        share = in_common(unlike, long.length, folds=long.folds, noise=long.noise)
        estimates.append(float(share[0]))
    assert estimates[0] == pytest.approx(estimates[1], abs=0.03)
    assert 0.2 < estimates[0] < 0.9


def test_the_best_and_next_best_are_those_of_the_whole_table() -> None:
    chance = np.random.default_rng(4)
    a, b = (chance.integers(0, 256, (count, 16), dtype=np.uint8) for count in (150, 90))
    at_a, at_b, scores = best_pairs(a, b, folds=1, noise=0.0)
    table = np.bitwise_count(a[:, None, :] ^ b[None, :, :]).sum(axis=2).astype(int)
    shares = 1 - 2 * table / 128
    assert list(at_b) == [table[row].argmin() for row in at_a]
    assert all(
        table[row, column] == table[:, column].min() for row, column in zip(at_a, at_b, strict=True)
    )
    for row, column, score in zip(at_a, at_b, scores, strict=True):
        others = np.concatenate([np.delete(shares[row], column), np.delete(shares[:, column], row)])
        assert score == pytest.approx(2 * shares[row, column] - max(others.max(), 0.0))


def test_each_number_stands_in_one_pair_at_most() -> None:
    twice = [replace(NAEEM, person_id="B-1"), replace(NAEEM, person_id="B-2")]
    pairs = compare_encodings(file_of([NAEEM, ZOHRA]), file_of(twice, own=THEIRS))
    assert len(pairs) <= 1


@pytest.mark.parametrize(
    ("score", "people", "band"),
    [
        (1.0, 10, "sure"), (0.75, 2_000, "sure"), (0.75, 20_000, "likely"), (0.57, 2_000, "likely"),
        (0.5, 2_000, "possible"), (0.5, 10, "possible"), (0.49, 10, None), (0.94, 10**9, "likely"),
    ],
)  # fmt: skip
def test_a_longer_list_asks_more_of_a_band(score: float, people: int, band: str | None) -> None:
    assert band_of(score, people) == band


# --- who is encoded -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "enough"),
    [
        (NAEEM, True),
        (NAEEM_TOLD_AGAIN, True),
        (LinkRecord(person_id="1", given_name="Naeem"), False),
        (LinkRecord(person_id="1", given_name="Naeem", birth=UncertainDate.of_year(1988)), False),
        (LinkRecord(person_id="1", given_name="Naeem", family_name="Barech"), False),
        (LinkRecord(person_id="1", given_name="Naeem", native_name="نعیم", father_name="Karim"), False),
        (LinkRecord(person_id="1", given_name="Naeem", family_name="Barech", father_name="Karim"), True),
        (LinkRecord(person_id="1", father_name="Karim", birth=UncertainDate.of_year(1988)), False),
        (LinkRecord(person_id="1"), False),
    ],
)  # fmt: skip
def test_nobody_is_encoded_of_whom_too_little_is_told(record: LinkRecord, enough: bool) -> None:
    assert tells_enough(record) is enough


def test_those_left_out_are_told_and_nobody_is_lost() -> None:
    little = LinkRecord(person_id="little", given_name="Naeem")
    encoded = encode([NAEEM, little, ZOHRA], KEY, OURS)
    assert encoded.left_out == ("little",)
    assert sorted(filter(None, encoded.person_ids)) == ["CASE-0017", "CASE-0019"]


def test_a_list_of_whom_too_little_is_told_is_refused() -> None:
    with pytest.raises(NobodyToEncode):
        encode([LinkRecord(person_id="1", given_name="Naeem")], KEY, OURS)


# --- what an encoding holds ------------------------------------------------------------


def test_no_name_no_key_of_a_name_and_no_id_stands_in_an_encoding() -> None:
    people = [NAEEM, RAHIM, ZOHRA, replace(NAEEM_TOLD_AGAIN, household_id="HOUSE-9")]
    text = text_of(people, protection=replace(DEFAULT, decoys=1.0))
    # Of the bits, base64 may spell any four letters by chance: what they hold is looked for in the raw bytes.
    lines = text.splitlines()[2:-1]
    raw = b"".join(base64.b64decode(line.split(" ")[1]) for line in lines)
    shown = "\n".join([*text.splitlines()[:2], *(line.split(" ")[0] for line in lines)])
    for record in people:
        names = [record.given_name, record.family_name, record.father_name, record.native_name]
        told = [*filter(None, names), record.person_id, record.household_id or ""]
        told += [key for name in names if name for key in keys(name) if len(key) > 2]
        told += [gram for gram in grams_of(record) if len(gram) > 6]
        for each in told:
            assert each not in shown
            assert each.encode() not in raw
    assert KEY.secret.hex() not in text
    assert KEY.secret not in raw


def test_all_codes_are_of_one_length_and_their_ones_tell_nothing_of_how_much_was_told() -> None:
    rich = [
        replace(NAEEM, person_id=str(number), family_name=f"Barech{number}zai")
        for number in range(200)
    ]
    poor = [
        replace(STRANGER, person_id=f"p{number}", father_name=None, household_id=None)
        for number in range(200)
    ]
    encoded = encode([*rich, *poor], KEY, OURS, NO_DECOYS)
    ones = np.bitwise_count(encoded.codes).sum(axis=1)
    of_poor = np.asarray([str(person).startswith("p") for person in encoded.person_ids])
    assert abs(ones - DEFAULT.length / 2).max() < 6 * np.sqrt(DEFAULT.length) / 2
    assert abs(ones[of_poor].mean() - ones[~of_poor].mean()) < 0.02 * DEFAULT.length


def test_two_equal_records_have_unequal_codes() -> None:
    encoded = encode(
        [NAEEM, replace(NAEEM, person_id="again", household_id="HOUSE-8")], KEY, OURS, NO_DECOYS
    )
    assert (encoded.codes[0] != encoded.codes[1]).any()


def test_the_order_is_not_that_of_the_list() -> None:
    people = [replace(NAEEM, person_id=f"{number:03}") for number in range(100)]
    ids = encode(people, KEY, OURS, NO_DECOYS).person_ids
    assert sorted(map(str, ids)) == [person.person_id for person in people]
    assert list(map(str, ids)) != sorted(map(str, ids))


def test_decoys_are_real_grams_put_together_anew() -> None:
    people = [NAEEM, ZOHRA, STRANGER]
    made = decoys_of(people, 5, lambda what, choices: sum(what.encode()) * 7 % choices)
    known = {gram for person in people for gram in grams_of(person, people)}
    assert len(made) == 5
    assert all(set(grams) <= known for grams in made)


def test_decoys_are_let_go_by_their_own_party() -> None:
    encoded = encode([NAEEM, ZOHRA, STRANGER, RAHIM], KEY, OURS, replace(DEFAULT, decoys=1.0))
    assert encoded.person_ids.count(None) == 4
    mapping = dict(zip(encoded.numbers, encoded.person_ids, strict=True))
    pairs = [MatchedNumbers(number, "cafe0123-1", "possible") for number in encoded.numbers]
    assert len(resolve(pairs, mapping)) == 4


def test_a_run_can_be_repeated_and_another_partys_randomness_gives_another_file() -> None:
    assert text_of([NAEEM, ZOHRA]) == text_of([NAEEM, ZOHRA])
    assert text_of([NAEEM, ZOHRA]) != text_of([NAEEM, ZOHRA], own=THEIRS)


# --- the key ------------------------------------------------------------------------


def test_another_key_changes_half_of_all_bits() -> None:
    other = new_round_key("spring-1", bytes([7] * 32))
    same, changed = (encode([NAEEM, ZOHRA], key, OURS, NO_DECOYS) for key in (KEY, other))
    share = np.bitwise_count(same.codes ^ changed.codes).sum() / (2 * DEFAULT.length)
    assert 0.45 < share < 0.55
    assert same.check != changed.check


def test_the_round_is_part_of_the_key() -> None:
    other = RoundKey("spring-2", KEY.secret)
    assert other.check != KEY.check
    assert other.for_use("draw") != KEY.for_use("draw")


def test_a_key_is_never_shown_by_its_repr() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in repr(KEY)


def test_a_key_comes_back_from_its_file() -> None:
    assert key_from_text(key_text(KEY), "round.key") == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not a key",
        key_text(KEY)[:-20],
        key_text(KEY).replace("spring-1", "spring-2"),
        key_text(KEY).replace("key: 00", "key: 01"),
        key_text(KEY).replace("key: 00", "key: zz"),
        key_text(KEY).replace("version 1", "version 2"),
    ],
)
def test_a_key_file_that_was_altered_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(RoundKeyUnclear) as refused:
        key_from_text(text, "round.key")
    assert "round.key" in str(refused.value)
    assert KEY.secret.hex()[4:20] not in str(refused.value)


@pytest.mark.parametrize("randomness", [b"", b"short", bytes(32), bytes([1] * 33)])
def test_a_key_of_another_length_or_of_nothing_is_refused(randomness: bytes) -> None:
    with pytest.raises(RoundKeyUnclear):
        new_round_key("spring-1", randomness)


@pytest.mark.parametrize("name", ["", "two words", "a/b", "x" * 41, "line\nbreak", "-dash"])
def test_a_round_is_named_in_plain_letters(name: str) -> None:
    with pytest.raises(RoundKeyUnclear):
        new_round_key(name, bytes([1] * 32))


# --- what is refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "protection", "what"),
    [
        (new_round_key("spring-2", bytes(range(32))), NO_DECOYS, "round"),
        (new_round_key("spring-1", bytes([9] * 32)), NO_DECOYS, "key"),
        (KEY, replace(NO_DECOYS, length=1024), "length"),
        (KEY, replace(NO_DECOYS, folds=2), "folds"),
        (KEY, replace(NO_DECOYS, noise=0.1), "noise"),
    ],
)
def test_files_of_another_agreement_are_refused(
    key: RoundKey, protection: Protection, what: str
) -> None:
    with pytest.raises(RoundsDiffer, match=what):
        compare_encodings(file_of([NAEEM]), file_of([ZOHRA], key, THEIRS, protection))


def test_names_read_by_another_edition_are_refused() -> None:
    theirs = replace(file_of([ZOHRA], own=THEIRS), edition="000000000000")
    with pytest.raises(RoundsDiffer, match="edition"):
        compare_encodings(file_of([NAEEM]), theirs)


def test_one_file_given_twice_is_refused() -> None:
    with pytest.raises(SameEncoding):
        compare_encodings(file_of([NAEEM]), file_of([NAEEM]))


@pytest.mark.parametrize("kept", [0, 10, 60, 0.3, 0.6, 0.9, -1, -2])
def test_a_file_that_was_cut_is_refused(kept: float) -> None:
    text = text_of([NAEEM, RAHIM, ZOHRA])
    cut = text[: int(len(text) * kept)] if isinstance(kept, float) else text[:kept]
    with pytest.raises(EncodingNotWhole, match="given"):
        read_encoding(cut, "given.txt")


def test_a_file_without_its_middle_or_with_a_changed_sign_is_refused() -> None:
    lines = text_of([NAEEM, RAHIM, ZOHRA]).splitlines(keepends=True)
    with pytest.raises(EncodingNotWhole):
        read_encoding("".join([*lines[:3], *lines[4:]]), "given.txt")
    changed = lines[3].replace(lines[3][20], "A" if lines[3][20] != "A" else "B", 1)
    with pytest.raises(EncodingNotWhole):
        read_encoding("".join([*lines[:3], changed, *lines[4:]]), "given.txt")


def test_pairs_of_another_round_are_not_resolved() -> None:
    encoded = encode([NAEEM], KEY, OURS, NO_DECOYS)
    mapping = dict(zip(encoded.numbers, encoded.person_ids, strict=True))
    with pytest.raises(NumberNotOurs):
        resolve([MatchedNumbers("cafe0123-1", "cafe4567-1", "sure")], mapping)
    with pytest.raises(NumberNotOurs):
        resolve([MatchedNumbers(encoded.numbers[0], encoded.numbers[0], "sure")], mapping)
