"""What to ask first: each unknown fact, by how much hearing it could change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from safeconduct.core.facts import Ask
from safeconduct.core.rulebook.rules import Band, FactKind

# How much a question may matter: it could raise the band so far, or open a scheme. Only the order
# of the questions hangs on these, no outcome.
_WEIGHT = {Band.EMERGENCY: 8.0, Band.URGENT: 4.0, Band.PRIORITY: 2.0, Band.ROUTINE: 1.0}
_SCHEME = 1.0


class Questions:
    """Makes each question once, however many families it is asked of."""

    def __init__(self, kinds: Mapping[str, FactKind]) -> None:
        self._kinds = kinds
        self._made: dict[tuple[str, tuple[str, ...]], Ask] = {}

    def ask(self, fact: str, settles: tuple[str, ...]) -> Ask:
        made = self._made.get((fact, settles))
        if made is None:
            made = Ask(fact=fact, question=self._kinds[fact].question, settles=settles)
            self._made[fact, settles] = made
        return made


class Asking:
    """Gathers, over all rules, the facts that are missing of a family and what each would settle."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._matters: dict[str, float] = {}
        self._settles: dict[str, dict[str, None]] = {}

    def would_raise(self, band: Band, facts: Sequence[str]) -> None:
        """Hearing these facts may raise the household to a band."""
        self._note(facts, band.value, _WEIGHT[band])

    def would_settle(self, scheme: str, facts: Sequence[str]) -> None:
        """Hearing these facts may settle whether the household is eligible for a scheme."""
        self._note(facts, scheme, _SCHEME)

    def _note(self, facts: Sequence[str], what: str, weight: float) -> None:
        for fact in facts:
            self._settles.setdefault(fact, {})[what] = None
            # A fact that must come together with others settles less by itself.
            self._matters[fact] = self._matters.get(fact, 0.0) + weight / len(facts)

    def asks(self) -> tuple[Ask, ...]:
        """The questions, the one that could change most first; among equals in alphabetical order."""
        facts = sorted(self._matters, key=lambda fact: (-self._matters[fact], fact))
        return tuple(self._questions.ask(fact, tuple(self._settles[fact])) for fact in facts)
