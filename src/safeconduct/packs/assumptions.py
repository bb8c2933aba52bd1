"""Numbers that no source gives: stated by name, each with the sentence that is shown wherever it was used."""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.core.errors import NoAssumption
from safeconduct.core.operation import Assumption
from safeconduct.packs.located import Located


def assumptions_of(written: Located | None) -> dict[str, Assumption]:
    """The assumptions of operation.yaml: under each name a value and a sentence."""
    if written is None:
        return {}
    return {name: _assumption(name, entry) for name, entry in written.pairs()}


def _assumption(name: str, entry: Located) -> Assumption:
    columns = ("value", "sentence")
    fields = entry.fields(columns, required=columns, of=f"the assumption '{name}'")
    return Assumption(name=name, value=fields["value"].number(), sentence=fields["sentence"].text())


def assumed(assumptions: Mapping[str, Assumption], name: str, needed_for: str, file: str) -> float:
    """The value assumed under a name. Raises NoAssumption where the pack does not state it."""
    if name not in assumptions:
        raise NoAssumption(file=file, name=name, needed_for=needed_for)
    return assumptions[name].value
