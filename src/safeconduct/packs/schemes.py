"""Reading schemes.yaml and authorities.yaml: the ways to safety, and whom a case is raised with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from safeconduct.core.errors import DatesOutOfOrder
from safeconduct.core.operation import Authority, ReferralField, Scheme, Span
from safeconduct.packs.days import span_of
from safeconduct.packs.located import Fields, Located
from safeconduct.packs.sources import Codes, known, known_all, source_of

_SOURCE = ("source_url", "source_date", "verified", "source_note")
_SCHEME = (
    "code", "name", "parent", "opened", "opened_by", "closed", "quota_people", "quota_first_year", "lead",
    "application", "precedent", "note", *_SOURCE,
)  # fmt: skip
_AUTHORITY = (
    "code", "name", "schemes", "address", "subject_line", "fields", "version_date", "acknowledge_working_days",
    "reply_working_days", *_SOURCE,
)  # fmt: skip
SCHEMES, AUTHORITIES = "schemes.yaml", "authorities.yaml"


def schemes_of(listed: Located) -> tuple[Scheme, ...]:
    """The schemes of a pack, in the order written. A category or pathway names its scheme as `parent`."""
    entries = [
        entry.fields(_SCHEME, required=("code", "name", "lead"), of="a scheme")
        for entry in listed.items()
    ]
    codes = Codes()
    for entry in entries:
        codes.take(entry["code"])
    return tuple(_scheme(entry, codes.lines) for entry in entries)


def _scheme(entry: Fields, codes: Collection[str]) -> Scheme:
    opened, closed = _span(entry, "opened"), _span(entry, "closed")
    opened_by = entry.date("opened_by")
    if opened and opened_by:
        if opened_by < opened[0]:
            _refuse_order(entry, "opened_by", str(opened_by), "opened", entry.text("opened"))
        opened = (opened[0], min(opened_by, opened[1]))
    if opened and closed and closed[1] < opened[0]:
        _refuse_order(entry, "closed", entry.text("closed"), "opened", entry.text("opened"))
    precedent = entry.get("precedent")
    parent = entry.get("parent")
    return Scheme(
        code=entry["code"].text(),
        name=entry["name"].text(),
        parent=known(parent, codes, SCHEMES) if parent else None,
        opened=_day(opened),
        closed=_day(closed),
        opened_text=entry.text("opened"),
        closed_text=entry.text("closed"),
        quota_people=entry.whole("quota_people", least=0),
        quota_first_year=entry.whole("quota_first_year", least=0),
        lead=entry["lead"].text(),
        application=entry.text("application"),
        note=entry.text("note"),
        precedent=precedent.yes_or_no() if precedent else False,
        source=source_of(entry, note="source_note"),
        opened_span=opened,
        closed_span=closed,
    )


def _span(entry: Fields, name: str) -> Span | None:
    value = entry.get(name)
    return span_of(value) if value else None


def _day(span: Span | None) -> date | None:
    """The day itself, where it was published and not only its month."""
    return span[0] if span and span[0] == span[1] else None


def _refuse_order(
    entry: Fields, later_field: str, later: str, earlier_field: str, earlier: str
) -> None:
    entry[later_field].refuse(
        DatesOutOfOrder,
        later_field=later_field,
        later=later,
        earlier_field=earlier_field,
        earlier=earlier,
    )


def authorities_of(listed: Located, schemes: Collection[str]) -> tuple[Authority, ...]:
    """The authorities of a pack, each with the fields it wants in a referral."""
    codes = Codes()
    return tuple(_authority(entry, codes, schemes) for entry in listed.items())


def _authority(listed: Located, codes: Codes, schemes: Collection[str]) -> Authority:
    required = ("code", "name", "address", "subject_line", "version_date")
    entry = listed.fields(_AUTHORITY, required=required, of="an authority")
    names = Codes()
    return Authority(
        code=codes.take(entry["code"]),
        name=entry["name"].text(),
        schemes=known_all(entry.get("schemes"), schemes, SCHEMES),
        address=entry["address"].text(),
        subject_line=entry["subject_line"].text(),
        fields=tuple(_referral_field(item, names) for item in entry.items("fields")),
        version_date=entry["version_date"].date(),
        acknowledge_working_days=entry.whole("acknowledge_working_days", least=0),
        reply_working_days=entry.whole("reply_working_days", least=0),
        source=source_of(entry, note="source_note"),
    )


def _referral_field(listed: Located, names: Codes) -> ReferralField:
    columns = ("name", "label", "required")
    entry = listed.fields(columns, required=columns, of="a referral's field")
    return ReferralField(
        name=names.take(entry["name"]),
        label=entry["label"].text(),
        required=entry["required"].yes_or_no(),
    )
