"""Names of people who do not exist, put together at random from the model's lists, and how they come to be written.

A family spells each of its names in one way. Whoever tells of the family writes it so too, or in another way of
the list: one way for each name and plea, so that a father and his children agree on a page. What is written is
always one of the listed spellings; only `slips` changes letters.
"""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.core.facts import Sex
from safeconduct.packs.caseload.records import CaseloadModel, SpelledName
from safeconduct.rehearsal.caseload.assumed import NAME_TRIES, SECOND_NAME_BEFORE, SPELLINGS_FALL
from safeconduct.rehearsal.caseload.dice import Choices, Dice

_GIVEN = ("given_f", "given_m")
_BESIDE = ("before_f", "before_m", "after_f", "after_m")


class Name:
    """A listed name, ready to be spelled. A spelling's weight falls with its place in the list."""

    __slots__ = ("latin", "native", "parts")

    def __init__(self, listed: SpelledName) -> None:
        self.parts = frozenset(listed.name.split("_"))
        self.latin = _by_place(listed.latin)
        # Without a native spelling a name is written in Latin letters on a native page too.
        self.native = _by_place(listed.native or listed.latin)


def _by_place(spellings: tuple[str, ...]) -> Choices[str]:
    placed = enumerate(spellings, start=1)
    return Choices((spelling, 1 / place**SPELLINGS_FALL) for place, spelling in placed)


Names = tuple[Name, ...]
"""One after the other: the given names of one person."""


class NameBook:
    """The model's names by kind. A model without names of a kind gives none: people are known by numbers."""

    def __init__(self, model: CaseloadModel) -> None:
        listed = {kind: _listed(model.named(kind)) for kind in (*_GIVEN, *_BESIDE, "family")}
        self._listed = listed
        titles = model.named("title")
        self._titles = {
            Sex.FEMALE: _listed(titles + model.named("title_f")),
            Sex.MALE: _listed(titles + model.named("title_m")),
        }
        counts = model.distributions["given_names_in_a_name"].choices
        self._how_many = Choices((int(many), weight) for many, weight in counts.items())

    def given(self, sex: Sex, dice: Dice, taken: set[Name]) -> Names:
        """Given names whose main one nobody among `taken` bears, as far as a few tries find it."""
        kind = "f" if sex is Sex.FEMALE else "m"
        listed = self._listed[f"given_{kind}"]
        if listed is None:
            return ()
        main = dice.one(listed)
        for _ in range(NAME_TRIES):
            if main not in taken:
                break
            main = dice.one(listed)
        taken.add(main)
        return self._with_others(main, kind, dice)

    def _with_others(self, main: Name, kind: str, dice: Dice) -> Names:
        """A name of one part may have others beside it: one before or after it, or both."""
        many = dice.one(self._how_many)
        if many == 1 or len(main.parts) > 1:
            return (main,)
        both = many > 2
        is_first = dice.chance(SECOND_NAME_BEFORE)
        before = self._beside(main, f"before_{kind}", dice) if both or is_first else ()
        after = self._beside(main, f"after_{kind}", dice) if both or not is_first else ()
        return (*before, main, *after)

    def _beside(self, main: Name, kind: str, dice: Dice) -> Names:
        listed = self._listed[kind]
        name = dice.one(listed) if listed else main
        return () if name.parts & main.parts else (name,)

    def family(self, dice: Dice) -> Names:
        """The name of a family."""
        return _one(self._listed["family"], dice)

    def title(self, sex: Sex, dice: Dice) -> Names:
        """A title that may stand before the name of somebody of this sex, where the list has one."""
        return _one(self._titles.get(sex), dice)


def _one(listed: Choices[Name] | None, dice: Dice) -> Names:
    return (dice.one(listed),) if listed else ()


def _listed(names: Iterable[SpelledName]) -> Choices[Name] | None:
    pairs = [(Name(each), each.weight) for each in names]
    return Choices(pairs) if pairs else None


class Spelling:
    """How one hand spells: each name in one way, wherever it stands.

    `own` is the family's own hand, from which this one departs with `variant`; without it, every name is spelled
    as chance has it. `native` tells the script.
    """

    __slots__ = ("_dice", "_known", "_own", "_variant")

    def __init__(self, dice: Dice, *, own: Spelling | None = None, variant: float = 1.0) -> None:
        self._dice = dice
        self._own = own
        self._variant = variant
        self._known: dict[tuple[Name, bool], str] = {}

    def of(self, names: Names, *, native: bool = False) -> str | None:
        """The names as this hand writes them, with spaces between; None where there are none."""
        if not names:
            return None
        return " ".join([self.of_one(name, native) for name in names])

    def of_one(self, name: Name, native: bool) -> str:
        """One name as this hand writes it, now and ever after."""
        found = self._known.get((name, native))
        if found is None:
            if self._own is None or self._dice.chance(self._variant):
                found = self._dice.one(name.native if native else name.latin)
            else:
                found = self._own.of_one(name, native)
            self._known[name, native] = found
        return found
