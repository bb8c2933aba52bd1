"""Names in bulk give what names one by one give: the same parts, scores and alignments, to the last digits."""

from __future__ import annotations

import random

import numpy as np
import pytest
from data_names import DIFFERENT, SAME
from hypothesis import given, strategies as st

from safeconduct.core.names import compare, many, many_hearing, many_told
from safeconduct.core.names.hearing import _COST, distance
from safeconduct.core.names.many import NameTable
from safeconduct.core.names.many_hearing import Gaps, Words
from safeconduct.core.names.many_told import compare_many
from safeconduct.core.names.meeting import meet
from safeconduct.core.names.parts import token_score
from safeconduct.core.names.reading import BINDING, Token, read
from safeconduct.core.names.sounds import VOWELS

Pair = tuple[str, str]

ODD = [
    "",
    "   ",
    "12 345",
    "!?",
    "x" * 250,
    "ab " * 90,
    "Z" * 39 + " Zalmai",
    "A",
    "ع",
    "A. B. C.",
    "M. Karimi",
    "Kar1mi Z0hra",
    "Noor Zai",
    "Noorzai",
    "Ahmad Noor Zai Khan",
    "Khan Noorzai Ahmad",
    "Gul Ab Noor Zai Mohammad Zai",
    "Gulab Noorzai Mohammadzai",
    "Salman bin Muhammad",
    "Muhammad bin Salman",
    "Abdul",
    "Ullah",
    "al",
    "Abdul-Rahman-Popal",
    "Habib  Ullah\tStanikzai",
    "نعیمBarech",
    "گل‌آقا شیرزی",
    "Дмитрий Каримов",
    "陳 大文",
    "Chan 陳",
    "Aya",
    "Ia Ua",
    "Daoud",
    "Oudad",
    "Sardar Amir Wali Noor Gul Mir Khan Jan",
    "Khan Jan Amir Mir Gul Sardar Noor Wali",
]

JOINED = [
    ("Mohammad Ali Karimi", "محمدعلی کریمی"),
    ("Gul Agha", "گلآغا"),
    ("Ali Reza Noor Zai", "علیرضا نورزی"),
    ("Noor Zai Mohammad Ali", "Mohammadali Noorzai"),
    ("Nur Agha Zai", "نوراغا"),
    ("Mir Wais", "Mirwais Mir Wais"),
    ("Mirwais Mir", "Mir Wais Wais"),
    ("Shir Zad Zad", "Shirzad Shir Zad"),
]


def words() -> list[str]:
    """The words of fictional names in both scripts, and those that touch their neighbours."""
    told = {word for pair in (*SAME, *DIFFERENT) for name in pair for word in name.split()}
    return sorted(told | BINDING | {"A.", "م", "Naeem-Barech", "7", "李", "Ab", "Ullah,"})


def made_up(count: int, chance: random.Random) -> list[str]:
    known = words()
    return [" ".join(chance.choices(known, k=chance.randint(1, 5))) for _ in range(count)]


def near(name: str, chance: random.Random) -> str:
    """The name as another hand may write it: parts in another order, gone, joined, or with a slip."""
    parts = name.split()
    for _ in range(chance.randint(0, 2)):
        at = chance.randrange(len(parts))
        slip = chance.randrange(4)
        if slip == 0:
            chance.shuffle(parts)
        elif slip == 1 and len(parts) > 1:
            del parts[at]
        elif slip == 2:
            parts[at : at + 2] = ["".join(parts[at : at + 2])]
        else:
            cut = chance.randrange(len(parts[at]))
            parts[at] = parts[at][:cut] + chance.choice(["", "a", "r", " "]) + parts[at][cut + 1 :]
            parts[at] = parts[at] or "b"
    return " ".join(parts)


def pairs(count: int = 1200) -> list[Pair]:
    chance = random.Random(7)
    names = made_up(count, chance)
    close = [(name, near(name, chance)) for name in names]
    far = [(chance.choice(names), chance.choice(names)) for _ in range(count)]
    odd = [(chance.choice(ODD), chance.choice(ODD + names[:40])) for _ in range(count // 2)]
    return [*SAME, *DIFFERENT, *JOINED, *close, *far, *odd, *((name, name) for name in ODD)]


def bits(part: Token) -> float:
    return 2.0 + len(part.skeleton) + part.weight


def numbered(asked: list[Pair]) -> tuple[NameTable, many.Ints, many.Ints]:
    texts = sorted({name for pair in asked for name in pair})
    place = {text: at for at, text in enumerate(texts)}
    a, b = (np.array([place[pair[side]] for pair in asked], dtype=np.int64) for side in (0, 1))
    return NameTable(texts), a, b


def shown(parts: list[Token] | tuple[Token, ...]) -> list[tuple[str, str, bool]]:
    return [(part.word, part.sound, part.parent) for part in parts]


def test_every_name_is_read_as_it_is_read_alone() -> None:
    chance = random.Random(3)
    known = words()
    texts = [*ODD, *made_up(3000, chance), *(f"{chance.choice(known)} {word}" for word in known)]
    table = NameTable(texts)
    for number, text in enumerate(texts):
        assert shown(table.parts_of(number)) == shown(read(text)), text


def test_scores_and_bits_are_those_of_names_one_by_one() -> None:
    asked = pairs()
    table, a, b = numbered(asked)
    found = table.scores(a, b, rarity=bits, nearly=0.4)
    for at, (one, two) in enumerate(asked):
        meeting = meet(one, two)
        agreed = sum(
            (1.0 if score >= 0.96 else 0.4 * max(0.0, (score - 0.5) / 0.46)) * min(bits(x), bits(y))
            for x, y, score, _ in meeting.met
        )
        lone = (sum(part.weight for part in side) for side in (meeting.lone_a, meeting.lone_b))
        expected = (meeting.score, meeting.fit, meeting.rarity, agreed, min(*lone, 2.0))
        assert found.met[at] == len(meeting.met)
        told = (found.score, found.fit, found.rarity, found.agreed, found.against)
        assert [each[at] for each in told] == pytest.approx(expected, abs=1e-9), (one, two)


def test_alignments_are_told_as_for_one_pair() -> None:
    asked = pairs(500)
    found = list(compare_many([a for a, _ in asked], [b for _, b in asked]))
    assert len(found) == 1
    for at, (one, two) in enumerate(asked):
        match = compare(one, two)
        assert found[0].text[at] == match.text
        assert found[0].same[at] == match.same
        assert found[0].score[at] == pytest.approx(match.score, abs=1e-9)


def test_it_does_not_matter_how_many_are_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = pairs(60)[-110:]
    table, a, b = numbered(asked)
    whole = table.scores(a, b)
    told = [text for found in compare_many(*zip(*asked, strict=True)) for text in found.text]
    alone = [numbered([pair])[0].scores(np.array([0]), np.array([0])) for pair in asked[:5]]
    assert all(len(each.score) == 1 for each in alone)
    monkeypatch.setattr(many, "_CELLS", 300)
    monkeypatch.setattr(many, "_PAIRS", 37)
    monkeypatch.setattr(many_told, "_AT_ONCE", 41)
    monkeypatch.setattr(many_hearing, "_BLOCK", 5)
    table, a, b = numbered(asked)
    parts = table.scores(a, b)
    np.testing.assert_array_equal(parts.score, whole.score)
    turned = table.scores(b, a)
    np.testing.assert_array_equal(turned.score, whole.score)
    again = [text for found in compare_many(*zip(*asked, strict=True)) for text in found.text]
    assert again == told


def test_nothing_asked_is_nothing_told() -> None:
    none = np.empty(0, dtype=np.int64)
    assert NameTable([]).scores(none, none).score.shape == (0,)
    assert NameTable(["", "1"]).scores(np.array([0, 1]), np.array([1, 1])).score.tolist() == [0, 0]
    assert list(compare_many([], [])) == []


def test_a_name_without_letters_has_no_parts() -> None:
    table = NameTable(["", "Ali Wali", "7"])
    assert table.starts.tolist() == [0, 0, 2, 2]
    assert [table.tokens[number].word for number in table.parts] == ["ali", "wali"]


SOUNDS = sorted({letter for pair in _COST for letter in pair} | VOWELS | {*"hyŁĐǍ王я"})


@given(
    st.lists(
        st.tuples(st.text(st.sampled_from(SOUNDS), min_size=1, max_size=9), st.booleans()),
        min_size=1,
        max_size=20,
    )
)
def test_words_are_as_far_apart_as_one_by_one(sounds: list[tuple[str, bool]]) -> None:
    heard = Words([word for word, _ in sounds], np.array([by for _, by in sounds]), Gaps())
    x, y = (side.ravel() for side in np.indices((len(sounds), len(sounds))))
    alone = [
        distance(a, b, a_written=a_written, b_written=b_written)
        for a, a_written in sounds
        for b, b_written in sounds
    ]
    assert heard.distances(x, y).tolist() == alone


def test_every_two_parts_score_as_they_do_alone() -> None:
    table = NameTable([word for word in words() if read(word)])
    parts = many.Parts(table.tokens, Gaps())
    chance = np.random.default_rng(5)
    x, y = chance.integers(0, len(table.tokens), (2, 30_000))
    alone = [
        token_score(table.tokens[a], table.tokens[b])
        for a, b in zip(x.tolist(), y.tolist(), strict=True)
    ]
    np.testing.assert_array_equal(parts.scores(x, y), alone)
