"""A canary row: a household that does not exist, another one in every export, so that a leaked list tells its way.

It is derived by HMAC from the export's code and a key drawn for that export, and marked nowhere in the file. It must
do no harm, and where that and being plausible conflict, harm decides:

- Its name is put together from made-up pieces, because a real name would point at whoever bears it. Assumption: no
  family bears such a name. `with_canary` also refuses one that shares a word of its name, its code or its telephone
  with anybody of the list, or with the others that it is told of.
- It has no document, no exact place, no needs and no scheme, and nobody has assessed it: nobody is sought by it, and
  no seat is kept for it. It counts one person. An export holds one household too many, and the office knows.
- Its telephone is of the ranges that Ofcom keeps for drama ("Telephone numbers for use in TV and radio drama
  programmes"): nobody is reached there. Somebody who knows those ranges can tell the canary; we accept that.
- Its birth is a year only, as with many on such lists.

It traces a list that was passed on or copied, also in part; not one from which somebody removed that row.
"""

from __future__ import annotations

import hashlib
import hmac
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.codes import draw_code, spelt
from safeconduct.core.errors import CanaryKeyTooShort, CanaryLikeAFamily, CanaryWithoutCode
from safeconduct.core.plain_text import plain
from safeconduct.exports.files.columns import CASE_CODE, Column
from safeconduct.exports.files.table import Cell, Table, table_of

LEAST_KEY = 32  # bytes
TRIES = 20
_BOUND = b"safeconduct canary row 1"
_CODE_LETTERS = 8  # where the list has no code to take the length from
_FEWEST_LETTERS = 4
_MARKS = ("case_code", "full_name", "native_name", "father_name", "phones")
_SHORTEST_MARK = 4  # signs; less than that is met by chance

# Made-up pieces of names, in both scripts: assumption, see above.
_FIRST = (
    ("Zarv", "زرو"),
    ("Mihr", "میهر"),
    ("Tov", "تو"),
    ("Shan", "شن"),
    ("Bril", "بریل"),
    ("Navr", "ناور"),
    ("Gulv", "گلو"),
    ("Horm", "هورم"),
    ("Parz", "پرز"),
    ("Sork", "سورک"),
    ("Vand", "وند"),
    ("Darm", "درم"),
)
_OF_ONE = (
    ("esh", "یش"),
    ("ukan", "وکان"),
    ("ilar", "یلار"),
    ("odin", "ودین"),
    ("amut", "اموت"),
    ("erox", "یروخ"),
)
_OF_FAMILIES = (
    ("avand", "اوند"),
    ("izgar", "یزگر"),
    ("ofzai", "وفزی"),
    ("umkhel", "ومخیل"),
    ("eshtar", "یشتر"),
)


@dataclass(frozen=True, slots=True)
class Canary:
    """A row that belongs to one export. Keep `attempt` and `code_letters` with the export: they make it again."""

    export_id: str
    attempt: int
    code_letters: int
    cells: tuple[tuple[str, Cell], ...]  # column name and cell, in the order of the columns

    @property
    def row(self) -> tuple[Cell, ...]:
        return tuple(cell for _, cell in self.cells)


def canary(
    columns: Sequence[Column],
    *,
    export_id: str,
    key: bytes,
    attempt: int = 0,
    code_letters: int = _CODE_LETTERS,
    hyphens: bool = False,
) -> Canary:
    """The canary of an export for these columns; the same each time. `code_letters` is without the check sign.

    Raises CanaryKeyTooShort, CanaryWithoutCode.
    """
    if len(key) < LEAST_KEY:
        raise CanaryKeyTooShort(found=len(key), least=LEAST_KEY)
    if CASE_CODE not in columns:
        raise CanaryWithoutCode(heading=CASE_CODE.heading)
    drawn = _Drawn(key, export_id, attempt)
    name, family, father = (
        _made_up(drawn, endings) for endings in (_OF_ONE, _OF_FAMILIES, _OF_ONE)
    )
    phone = ("+447700900", "+442079460")[drawn.below(2)] + f"{drawn.below(1000):03d}"
    household: dict[str, Cell] = {
        "band": "not assessed",
        "household_size": 1,
        "full_name": f"{name[0]} {family[0]}",
        "native_name": f"{name[1]} {family[1]}",
        "father_name": father[0],
        "relation": "principal",
        "sex": "FM"[drawn.below(2)],
        "birth_date": str(1970 + drawn.below(25)),
        "phones": phone,
    }
    # Last, so that a code of another length leaves the rest as it is.
    code = draw_code(code_letters, drawn.below)
    household["case_code"] = spelt(code) if hyphens else code
    cells = tuple((column.name, household.get(column.name)) for column in columns)
    return Canary(export_id, attempt, code_letters, cells)


def with_canary(
    table: Table,
    *,
    export_id: str,
    key: bytes,
    others: Iterable[str] = (),
) -> tuple[Table, Canary]:
    """The table with its canary among the rows, and that canary.

    It stands in its place where the rows are in the order of their codes, anywhere otherwise. `others` are names, codes
    and telephones that no canary may share beside those of the table. Raises CanaryLikeAFamily, CanaryKeyTooShort,
    CanaryWithoutCode.
    """
    told = [str(cell) for row in table.rows for cell in row if cell is not None]
    taken = {mark for text in (*told, *others) for mark in _words_of(text)}
    codes = [str(row[table.columns.index(CASE_CODE)] or "") for row in _coded(table)]
    first = codes[0].replace("-", "") if codes else ""
    for attempt in range(TRIES):
        drawn = canary(
            table.columns,
            export_id=export_id,
            key=key,
            attempt=attempt,
            code_letters=max(len(first) - 1, _FEWEST_LETTERS) if first else _CODE_LETTERS,
            hyphens=any("-" in code for code in codes),
        )
        if taken.isdisjoint(mark for text in _marked(drawn).values() for mark in _words_of(text)):
            at = _place(codes, drawn, key)
            rows = [*table.rows[:at], drawn.row, *table.rows[at:]]
            return table_of(table.columns, rows), drawn
    raise CanaryLikeAFamily(tries=TRIES)


def whose(row: Sequence[object], candidates: Iterable[Canary]) -> Canary | None:
    """The canary that a found row is, whole or in part, in whatever order its cells stand; None where none can be told.

    Its code alone is enough; without it, two marks of others (name, name in own script, father's name, telephone).
    Where two candidates fit equally well, none is named: an office is not accused by chance.
    """
    found = {mark for cell in row if cell is not None for mark in _marks_of(str(cell))}
    fits = []
    for candidate in candidates:
        code = set(_marks_of(str(dict(candidate.cells).get("case_code") or "")))
        shared = sum(not found.isdisjoint(_marks_of(text)) for text in _marked(candidate).values())
        if code & found:
            fits.append((len(_MARKS) + shared, candidate))
        elif shared >= 2:
            fits.append((shared, candidate))
    best = max((count for count, _ in fits), default=0)
    named = [candidate for count, candidate in fits if count == best]
    return named[0] if len(named) == 1 else None


def _coded(table: Table) -> tuple[tuple[Cell, ...], ...]:
    if CASE_CODE not in table.columns:
        raise CanaryWithoutCode(heading=CASE_CODE.heading)
    return table.rows


def _place(codes: list[str], drawn: Canary, key: bytes) -> int:
    code = str(dict(drawn.cells)["case_code"])
    if codes == sorted(codes) and len(codes) > 1:
        return bisect(codes, code)
    return _Drawn(key, f"place of {drawn.export_id}", drawn.attempt).below(len(codes) + 1)


def _marked(drawn: Canary) -> dict[str, str]:
    """The cells by which a canary is known."""
    return {name: str(cell) for name, cell in drawn.cells if name in _MARKS and cell is not None}


def _words_of(text: str) -> Iterator[str]:
    """The marks of a text and of each of its words."""
    for piece in (text, *text.split()):
        yield from _marks_of(piece)


def _marks_of(text: str) -> Iterator[str]:
    """What a cell is known by: its letters and digits as one; the end of a telephone number, however it is written."""
    signs = "".join(filter(str.isalnum, plain(text)))
    if len(signs) >= _SHORTEST_MARK:
        yield signs
    if signs.isdigit() and len(signs) >= 9:
        yield signs[-9:]


def _made_up(drawn: _Drawn, endings: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    latin, own = _FIRST[drawn.below(len(_FIRST))]
    latin_end, own_end = endings[drawn.below(len(endings))]
    return latin + latin_end, own + own_end


class _Drawn:
    """Numbers that look drawn, and are the same for whoever has the key: HMAC-SHA256 over a count (RFC 2104)."""

    def __init__(self, key: bytes, export_id: str, attempt: int) -> None:
        self._key = key
        self._about = b"\0".join((_BOUND, export_id.encode(), str(attempt).encode()))
        self._count = 0

    def below(self, limit: int) -> int:
        self._count += 1
        message = self._about + b"\0" + str(self._count).encode()
        # Of 256 bits, so that no number under `limit` is noticeably likelier than another.
        return int.from_bytes(hmac.digest(self._key, message, hashlib.sha256), "big") % limit
