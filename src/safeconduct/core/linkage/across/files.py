"""The files of a round as text: the key, and an encoding, which holds numbers and bits and nothing else of anybody."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from safeconduct.core.errors import EncodingNotWhole, RoundKeyUnclear
from safeconduct.core.linkage.across.encoding import Encoded
from safeconduct.core.linkage.across.rounds import RoundKey

_KEY_TITLE = "safeconduct across: key of one round, version 1, EXPERIMENTAL"
_TITLE = "safeconduct across: encoding, version 1, EXPERIMENTAL"
_END = "end "
_HEADER = {
    "round": str, "check": str, "edition": str, "file": str, "length": int, "folds": int, "noise": float,
    "records": int,
}  # fmt: skip
# Longer codes than any that are written would only serve to fill a memory.
_LONGEST = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodingFile:
    """An encoding as the linkage unit reads it. `codes`: uint8, a row for each number, length / 8 bytes."""

    round_id: str
    check: str
    edition: str
    length: int
    folds: int
    noise: float
    file_id: str
    numbers: tuple[str, ...]
    codes: npt.NDArray[np.uint8]


# --- the key --------------------------------------------------------------------


def key_text(key: RoundKey) -> str:
    """A key's file: a title, the round, the key in hexadecimal, the key check."""
    return f"{_KEY_TITLE}\nround: {key.round_id}\nkey: {key.secret.hex()}\ncheck: {key.check}\n"


def key_from_text(text: str, where: object) -> RoundKey:
    """The key of a file called `where` in messages. Raises RoundKeyUnclear; the key itself is never quoted."""
    lines = text.splitlines()
    told = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    if not lines or lines[0] != _KEY_TITLE or not {"round", "key", "check"} <= set(told):
        raise RoundKeyUnclear(what=where, problem="it is not a key file of this version")
    if not re.fullmatch(r"[0-9a-f]{64}", told["key"]):
        raise RoundKeyUnclear(what=where, problem="the key is not 64 hexadecimal digits")
    key = RoundKey(told["round"], bytes.fromhex(told["key"]))
    if key.check != told["check"]:
        raise RoundKeyUnclear(what=where, problem="key and key check do not belong together")
    return key


# --- an encoding ----------------------------------------------------------------


def encoding_lines(encoded: Encoded) -> Iterator[str]:
    """The lines of an encoding's file: title, header, a line for each number, and a digest of all of it."""
    digest = sha256()
    for line in _lines(encoded):
        digest.update(line.encode())
        yield line
    yield f"{_END}{digest.hexdigest()}\n"


def _lines(encoded: Encoded) -> Iterator[str]:
    header = {
        "round": encoded.round_id,
        "check": encoded.check,
        "edition": encoded.edition,
        "length": encoded.protection.length,
        "folds": encoded.protection.folds,
        "noise": float(encoded.protection.noise),
        "file": encoded.file_id,
        "records": len(encoded.numbers),
    }
    yield f"{_TITLE}\n"
    yield f"{json.dumps(header)}\n"
    for number, code in zip(encoded.numbers, encoded.codes, strict=True):
        yield f"{number} {base64.b64encode(code.tobytes()).decode()}\n"


def read_encoding(text: str, where: object) -> EncodingFile:
    """An encoding from the text of a file called `where` in messages. Raises EncodingNotWhole."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0] != f"{_TITLE}\n":
        raise EncodingNotWhole(path=where, problem="it is not an encoding of this version")
    if len(lines) < 3 or not lines[-1].startswith(_END) or not lines[-1].endswith("\n"):
        raise EncodingNotWhole(path=where, problem="its end is missing")
    if lines[-1][len(_END) :].strip() != sha256("".join(lines[:-1]).encode()).hexdigest():
        raise EncodingNotWhole(path=where, problem="its digest is not that of its lines")
    header = _header(lines[1], where)
    length, rows = int(header["length"]), lines[2:-1]
    if len(rows) != header["records"]:
        problem = f"it holds {len(rows)} records and tells of {header['records']}"
        raise EncodingNotWhole(path=where, problem=problem)
    numbers, codes = _records(rows, length // 8, str(header["file"]), where)
    return EncodingFile(
        round_id=str(header["round"]),
        check=str(header["check"]),
        edition=str(header["edition"]),
        length=length,
        folds=int(header["folds"]),
        noise=float(header["noise"]),
        file_id=str(header["file"]),
        numbers=numbers,
        codes=codes,
    )


def _header(line: str, where: object) -> dict[str, str | int | float]:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    shape = isinstance(header, dict) and header.keys() == _HEADER.keys()
    if not shape or any(type(header[name]) is not kind for name, kind in _HEADER.items()):
        raise EncodingNotWhole(path=where, problem="line 2 is not the header of this version")
    length, folds, noise = header["length"], header["folds"], header["noise"]
    if not (0 < length <= _LONGEST and length % 64 == 0 and 0 < folds <= 16 and 0 <= noise < 0.5):
        raise EncodingNotWhole(path=where, problem="its length, folds or noise cannot be")
    return dict(header)


def _records(
    rows: Sequence[str], width: int, file_id: str, where: object
) -> tuple[tuple[str, ...], npt.NDArray[np.uint8]]:
    numbers: list[str] = []
    codes = np.empty((len(rows), width), np.uint8)
    for at, row in enumerate(rows):
        number, _, code = row.rstrip("\n").partition(" ")
        try:
            raw = base64.b64decode(code, validate=True)
        except binascii.Error:
            raw = b""
        if len(raw) != width or number != f"{file_id}-{at + 1}":
            raise EncodingNotWhole(
                path=where, problem=f"line {at + 3} is not a number with its bits"
            )
        numbers.append(number)
        codes[at] = np.frombuffer(raw, np.uint8)
    return tuple(numbers), codes
