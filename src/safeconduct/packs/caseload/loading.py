"""A pack's folder `caseload`: what a fictional caseload of the operation is drawn from.

profiles.yaml        kinds of principals: why a family asks, and the words in which offices write it
distributions.yaml   how large families are, how many offices hear of them, what is left out, how often
names.csv            names as people spell them; left out: people are known by numbers
arrivals.csv         the share of all pleas that arrives on each day; left out: every day alike
words.csv            words for facts that no profile tells; left out: none
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from safeconduct.core.errors import DayOutsideOperation, MissingField, StrayFile, Unordered
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook.rules import CONTEXTS, FactKind
from safeconduct.packs.caseload.distributions import distributions_of, rates_of
from safeconduct.packs.caseload.plain import evenly, plain_model
from safeconduct.packs.caseload.profiles import checked_value, kind_of, profiles_of
from safeconduct.packs.caseload.records import Arrivals, CaseloadModel, SpelledName, Told
from safeconduct.packs.folders import Folder, folder_of
from safeconduct.packs.located import did_you_mean
from safeconduct.packs.reading import read_csv, read_yaml, shown_as
from safeconduct.packs.sources import SOURCE_COLUMNS, Codes, source_of

FOLDER = "caseload"
KINDS = (
    *("given_f", "given_m", "before_f", "before_m", "after_f", "after_m"),
    *("family", "title", "title_m", "title_f"),
)
_OPTIONAL = ("names.csv", "arrivals.csv", "words.csv")
_FILES = ("profiles.yaml", "distributions.yaml", *_OPTIONAL)
_NAME = ("name", "kind", "weight", "latin", "native", *SOURCE_COLUMNS)
_WORDS = ("fact", "value", "context", "words", *SOURCE_COLUMNS)
_ARRIVALS = ("on", "share", *SOURCE_COLUMNS)


def load_caseload_model(code_or_path: str | Path, operation: Operation) -> CaseloadModel:
    """What a fictional caseload of `operation` is drawn from, by the folder `caseload` of its pack.

    `code_or_path` is what the operation was loaded from. A pack without the folder gets the plain
    model, made from the operation alone. Raises BadPack's subclasses: each names the file, the line and the mend.
    """
    folder = folder_of(code_or_path) / FOLDER
    if not any((folder / name).is_file() for name in _FILES):
        return plain_model(operation)
    _check_names(folder)
    kinds = operation.rulebook.facts
    drawn_with = read_yaml(folder / "distributions.yaml").fields(
        ("distributions", "rates"), required=("distributions", "rates"), of="distributions.yaml"
    )
    names, arrivals, words = (folder / name for name in _OPTIONAL)
    return CaseloadModel(
        names=_names(names) if names.is_file() else (),
        profiles=profiles_of(read_yaml(folder / "profiles.yaml"), kinds),
        distributions=distributions_of(drawn_with["distributions"], kinds),
        rates=rates_of(drawn_with["rates"], kinds),
        arrivals=_arrivals(arrivals, operation) if arrivals.is_file() else evenly(operation),
        fact_words=_fact_words(words, kinds) if words.is_file() else {},
    )


def _check_names(folder: Folder) -> None:
    """A table with a slip in its name would be left out in silence."""
    found: Iterable[Folder] = folder.iterdir()
    for file in found:
        if file.name.endswith((".csv", ".yaml", ".yml")) and file.name not in _FILES:
            advice = did_you_mean(file.name, _FILES, what="The files of a caseload are")
            raise StrayFile(
                file=shown_as(file), advice=f"{advice} Rename it, or move it elsewhere."
            )


def _names(file: Folder) -> tuple[SpelledName, ...]:
    rows = read_csv(file, _NAME, required=("name", "kind", "weight", "latin"), of="a name")
    given: Mapping[str, Codes] = {kind: Codes() for kind in KINDS}
    names = []
    for row in rows:
        kind = row["kind"].one_of(KINDS)
        native = row.get("native")
        name = SpelledName(
            name=given[kind].take(row["name"]),
            kind=kind,
            weight=row["weight"].number(least=0.001),
            latin=row["latin"].parts(),
            native=native.parts() if native else (),
            source=source_of(row),
        )
        if not name.latin:
            row["latin"].refuse(MissingField, of=row.of, field="latin")
        names.append(name)
    return tuple(names)


def _arrivals(file: Folder, operation: Operation) -> tuple[Arrivals, ...]:
    """The days in their order, none after the operation's last. Those before its first count as the first."""
    rows = read_csv(file, _ARRIVALS, required=("on", "share"), of="a day of arrivals")
    days: list[Arrivals] = []
    before: tuple[date, int] | None = None
    for row in rows:
        on = row["on"].date()
        if on > operation.ends:
            row["on"].refuse(DayOutsideOperation, found=on, ends=operation.ends)
        if before is not None and on <= before[0]:
            row["on"].refuse(
                Unordered, found=on, before=before[0], first_line=before[1], field="on"
            )
        before = on, row.entry.line
        share = row["share"].number(least=0, most=1)
        days.append(Arrivals(on=on, share=share, source=source_of(row)))
    return tuple(days)


def _fact_words(
    file: Folder, kinds: Mapping[str, FactKind]
) -> Mapping[tuple[str, str], tuple[Told, ...]]:
    words: dict[tuple[str, str], list[Told]] = defaultdict(list)
    required = ("fact", "value", "context", "words")
    for row in read_csv(file, _WORDS, required=required, of="words for a fact"):
        source_of(row)
        kind = kind_of(row["fact"], row["fact"].text(), kinds)
        value = checked_value(row["value"], row["value"].text(), kind)
        told = Told(context=row["context"].one_of(CONTEXTS), words=row["words"].text())
        words[kind.name, value].append(told)
    return {key: tuple(told) for key, told in words.items()}
