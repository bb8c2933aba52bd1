"""A rulebook as a folder of data: facts, rules, points, phrases, and the trials that hold them.

facts.yaml         what may be asked, with the question that asks it
*.rules.yaml       the rules, in the order of the files' names
points.yaml        what each member adds to a household's priority
phrases.csv        words in a sheet that state a fact, and in which columns they do
*.cases.yaml       what the rules must say of made-up people (packs/trials.py)
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from safeconduct.core.errors import (
    DatesOutOfOrder,
    ExtraPointsUnclear,
    FactIsDerived,
    NoReasonHere,
    NoRules,
    NoSource,
    NotAmongChoices,
    PointsOutOfOrder,
    RepeatedCode,
    SchemeOrBand,
    UnknownFact,
    UnknownFactValue,
    UnknownPlaceInReason,
)
from safeconduct.core.facts import Sex, Source
from safeconduct.core.rulebook.known import DERIVED_FACTS
from safeconduct.core.rulebook.logic import every_part, facts_in
from safeconduct.core.rulebook.rules import (
    ALONE,
    BANDS,
    CONTEXTS,
    Band,
    Condition,
    ExtraPoints,
    FactKind,
    Phrase,
    Points,
    Rule,
    Rulebook,
)
from safeconduct.core.rulebook.sentences import WHO, places_in
from safeconduct.core.rulebook.wording import Phrasebook
from safeconduct.packs.conditions import Reader
from safeconduct.packs.located import Fields, Located, did_you_mean
from safeconduct.packs.reading import read_csv, read_text, read_yaml
from safeconduct.packs.sources import check_address

Folder = Path | Traversable

_SOURCE = ("source_url", "source_date", "verified", "note")
_RULE = (
    *("rule", "title", "scheme", "band", "since", "until", "when"),
    *("reason", "reason_not", "reason_unless", "forgotten"),
)
_CONTEXTS = (*CONTEXTS, ALONE)
_FACT = ("of", "label", "question", "values", "many", "from_age", "to_age", "of_sex", "of_province")


def load_rulebook(folder: Folder) -> Rulebook:
    """The rulebook in a folder, every rule checked against the vocabulary.

    Raises BadPack's subclasses: each names the file, the line and the mend.
    """
    files = files_ending(folder, ".rules.yaml")
    texts = [read_text(file) for file in (folder / "facts.yaml", *files, folder / "points.yaml")]
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return rulebook_from(
        read_yaml(folder / "facts.yaml"),
        (read_yaml(file) for file in files),
        read_yaml(folder / "points.yaml"),
        version=digest[:12],
        shown=str(folder),
    )


def rulebook_from(
    facts: Located, rules: Iterable[Located], points: Located, *, version: str, shown: str
) -> Rulebook:
    """The rulebook of its three parts, wherever they stood. Raises as `load_rulebook`."""
    kinds = _facts(facts)
    made = tuple(_rules(rules, kinds))
    if not made:
        raise NoRules(file=shown)
    return Rulebook(version=version, facts=kinds, rules=made, points=_points(points, kinds))


def load_phrases(file: Folder, kinds: Mapping[str, FactKind]) -> Phrasebook:
    """The phrases of a CSV file with the columns words, language, fact, value, context, ready to read
    with.

    `context` limits a phrase to the columns of a sheet in which it counts (work, employer, threat,
    subject, notes) or to where it stands `alone`, with | between them; empty: it counts anywhere. A
    phrase without fact and value states nothing: it keeps the words within it from being read.

    Raises UnknownFact, FactIsDerived and UnknownFactValue beside what `read_csv` raises.
    """
    columns = ("words", "language", "fact", "value", "context")
    rows = read_csv(file, columns, required=columns[:2], of="a phrase")
    return Phrasebook(_phrase(row, kinds) for row in rows)


def _phrase(row: Fields, kinds: Mapping[str, FactKind]) -> Phrase:
    words, language = row.text("words"), row.text("language")
    if "fact" not in row and "value" not in row:
        return Phrase(words=words, language=language, kind=None, value="")
    fact, value, limits = row["fact"], row["value"], row.get("context")
    kind = kinds.get(fact.text())
    if kind is None:
        advice = did_you_mean(fact.text(), kinds)
        fact.refuse(UnknownFact, found=fact.text(), advice=advice)
    if (
        kind.derived and kind.of == "person"
    ):  # who lives together may be told in words; ages may not
        fact.refuse(FactIsDerived, found=kind.name)
    if value.text() not in kind.values:
        advice = did_you_mean(value.text(), kind.values, what="It may be")
        value.refuse(UnknownFactValue, found=value.text(), fact=kind.name, advice=advice)
    contexts = limits.parts() if limits else ()
    for found in contexts:
        if limits and found not in _CONTEXTS:
            advice = did_you_mean(found, _CONTEXTS, what="It may be")
            limits.refuse(NotAmongChoices, field="context", found=found, advice=advice)
    return Phrase(
        words=words,
        language=language,
        kind=kind,
        value=value.text(),
        contexts=frozenset(contexts),
    )


def files_ending(folder: Folder, ending: str) -> list[Folder]:
    """The files of a folder whose names end so, in the order of their names."""
    if not folder.is_dir():
        return []
    found: Iterable[Folder] = folder.iterdir()
    return sorted((file for file in found if file.name.endswith(ending)), key=lambda f: f.name)


# --- facts ---------------------------------------------------------------------


def _facts(written: Located) -> dict[str, FactKind]:
    kinds: dict[str, FactKind] = {}
    for name, entry in written.pairs():
        if name in DERIVED_FACTS:
            entry.refuse(FactIsDerived, line=entry.key_line, found=name)
        kinds[name] = _fact(name, entry)
    return {**kinds, **DERIVED_FACTS}


def _fact(name: str, entry: Located) -> FactKind:
    fields = entry.fields(
        _FACT, required=("of", "label", "question", "values"), of=f"the fact '{name}'"
    )
    values, words = _values(fields["values"])
    many, of_sex, of_province = (fields.get(field) for field in ("many", "of_sex", "of_province"))
    return FactKind(
        name=name,
        of=fields["of"].one_of(("person", "household")),
        values=values,
        label=fields.text("label"),
        question=fields.text("question"),
        many=many is not None and many.yes_or_no(),
        nobody=next((value for value in ("no", "none") if value in values), None),
        from_age=fields.whole("from_age", least=0, most=120),
        to_age=fields.whole("to_age", least=0, most=120),
        of_sex=Sex(of_sex.one_of(tuple(Sex))) if of_sex else None,
        of_province=of_province.one_of(values) if of_province else None,
        words=words,
    )


def _values(written: Located) -> tuple[tuple[str, ...], dict[str, str]]:
    if written.is_list:
        return written.texts(), {}
    words = {value: said.text() or value for value, said in written.pairs()}
    return tuple(words), words


# --- rules ---------------------------------------------------------------------


def _rules(files: Iterable[Located], kinds: Mapping[str, FactKind]) -> Iterator[Rule]:
    first_lines: dict[str, str] = {}
    for file in files:
        for entry in file.items():
            rule = _rule(entry, kinds)
            if rule.rule_id in first_lines:
                entry.refuse(
                    RepeatedCode,
                    field="rule",
                    found=rule.rule_id,
                    first_line=first_lines[rule.rule_id],
                )
            first_lines[rule.rule_id] = f"{entry.line} of {entry.file}"
            yield rule


def _rule(entry: Located, kinds: Mapping[str, FactKind]) -> Rule:
    required = ("rule", "title", "when", "reason")
    fields = entry.fields((*_RULE, *_SOURCE), required=required, of="a rule")
    rule_id, scheme, band = fields.text("rule"), fields.text("scheme"), fields.get("band")
    if bool(scheme) is (band is not None):
        found = "both" if scheme else "neither"
        entry.refuse(SchemeOrBand, rule=rule_id, found=found)
    condition = Reader(kinds=kinds, exclusions=bool(scheme)).read(fields["when"])
    _check_reasons(fields, condition, kinds)
    since, until = fields.date("since"), fields.date("until")
    if since and until and until < since:
        fields["until"].refuse(
            DatesOutOfOrder,
            later_field="until",
            later=until,
            earlier_field="since",
            earlier=since,
        )
    forgotten = fields.get("forgotten")
    return Rule(
        rule_id=rule_id,
        title=fields.text("title"),
        when=condition,
        reason=fields.text("reason"),
        reason_not=fields.text("reason_not"),
        reason_unless=fields.text("reason_unless"),
        source=_source(fields),
        since=since,
        until=until,
        scheme=scheme or None,
        band=Band(band.one_of(_BANDS_OF_RULES)) if band else None,
        forgotten=forgotten is not None and forgotten.yes_or_no(),
    )


_BANDS_OF_RULES = tuple(band.value for band in BANDS if band is not Band.NOT_ASSESSED)


def _check_reasons(fields: Fields, condition: Condition, kinds: Mapping[str, FactKind]) -> None:
    rule_id = fields.text("rule")
    excludes = any(part.unless for part in every_part(condition))
    needed = {
        "reason_not": "scheme" in fields and "Say what the scheme asks for that nobody has told.",
        "reason_unless": excludes and "Say what excludes the family, and what would change that.",
    }
    for name, advice in needed.items():
        if advice and name not in fields:
            fields.entry.refuse(NoReasonHere, rule=rule_id, field=name, advice=advice)
    # With several people in a rule, {Who} would not say which of them is meant.
    has_person = any(part.anyone for part in every_part(condition))
    places = {*kinds, *(WHO if has_person else ())}
    for name in ("reason", "reason_not", "reason_unless"):
        _check_places(fields.get(name), places)


def _check_places(sentence: Located | None, places: Collection[str]) -> None:
    if sentence is None:
        return
    try:
        found = places_in(sentence.text())
    except ValueError:  # a brace that opens and does not close
        found = frozenset("{")
    for name in sorted(found - set(places)):
        advice = did_you_mean(name, places, what="A sentence may hold")
        sentence.refuse(UnknownPlaceInReason, found=name, advice=advice)


def _source(fields: Fields) -> Source:
    """Where a rule comes from; a rule that is the pack's own assumption says so in `note`."""
    verified = fields.get("verified")
    is_verified = verified is None or verified.yes_or_no()
    url, as_of, note = (fields.text(name) for name in ("source_url", "source_date", "note"))
    if not (url and as_of if is_verified else note):
        fields.entry.refuse(NoSource, of=fields.of)
    if url:
        check_address(fields["source_url"])
    return Source(url=url or None, as_of=as_of or None, verified=is_verified, note=note)


# --- points --------------------------------------------------------------------


def _points(written: Located, kinds: Mapping[str, FactKind]) -> Points:
    fields = written.fields(("bands", "extra", *_SOURCE), required=("bands",), of="the points")
    bands = fields["bands"].fields(tuple(BANDS), required=tuple(BANDS), of="the bands' points")
    by_band = {band: bands[band].number() for band in BANDS}
    below = 0.0
    for band in (Band.ROUTINE, Band.PRIORITY, Band.URGENT, Band.EMERGENCY):
        if by_band[band] <= below:
            bands[band].refuse(PointsOutOfOrder, band=band, points=by_band[band])
        below = by_band[band]
    if by_band[Band.NOT_ASSESSED] != by_band[Band.ROUTINE]:
        unfit = bands[Band.NOT_ASSESSED]
        unfit.refuse(PointsOutOfOrder, band=Band.NOT_ASSESSED, points=unfit.text())
    extra = tuple(_extra(item, kinds) for item in fields.items("extra"))
    return Points(by_band=by_band, extra=extra, source=_source(fields))


def _extra(entry: Located, kinds: Mapping[str, FactKind]) -> ExtraPoints:
    names = ("title", "when", "points")
    fields = entry.fields((*names, *_SOURCE), required=names, of="extra points")
    condition = Reader(kinds=kinds, exclusions=False, of=None).read(fields["when"])
    if any(part.anyone for part in every_part(condition)):
        fields["when"].refuse(ExtraPointsUnclear, found="of anyone")
    if len({kinds[fact].of for fact in facts_in(condition)}) > 1:
        fields["when"].refuse(ExtraPointsUnclear, found="of both")
    return ExtraPoints(
        title=fields.text("title"),
        when=condition,
        points=fields["points"].number(least=0),
        source=_source(fields),
    )
