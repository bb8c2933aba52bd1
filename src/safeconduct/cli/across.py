"""`safeconduct across`: who stands on two organisations' lists, without sharing names. EXPERIMENTAL."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from safeconduct.cli.link import read_people
from safeconduct.cli.options import Amount
from safeconduct.cli.progress import progress_shown
from safeconduct.cli.tables import read_table, read_text, tell_left_out
from safeconduct.core.errors import (
    ExperimentalNotAgreed,
    KeptBesideEncoding,
    NoSuchFile,
    RoundKeyOpen,
)
from safeconduct.core.linkage.across import (
    BANDS,
    DEFAULT,
    KEY_BYTES,
    Encoded,
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
from safeconduct.reports.writing import refuse_to_replace, write_csv, written_whole

MAPPING_COLUMNS = ("number", "person_id")
PAIR_COLUMNS = ("number_a", "number_b", "band")
FOUND_COLUMNS = ("person_id", "their_number", "band")
WARNING = "EXPERIMENTAL: not reviewed from outside, and not for the field (docs/across.md)."

_FILE = click.Path(path_type=Path)
_OTHERS_MAY_READ = 0o077
_BAND_NAMES = tuple(band for band, _ in BANDS)


@click.group()
def across() -> None:
    """EXPERIMENTAL: who stands on two organisations' lists, without sharing names?

    \b
    safeconduct across key kabul-1 -o round.key --experimental         one party; give the other a copy
    safeconduct across encode people.csv --key round.key -o give/ours.txt --mapping ours.csv --experimental
    safeconduct across compare ours.txt theirs.txt -o pairs.csv --experimental     the linkage unit, without the key
    safeconduct across resolve pairs.csv --mapping ours.csv -o found.csv --experimental

    Its protection has not been reviewed from outside: use made-up people only. docs/across.md tells which
    attacks are known.
    """


def _experimental(command: Callable[..., None]) -> Callable[..., None]:
    """Refuse to run without --experimental; with it, say aloud what this is."""

    @click.option("--experimental", is_flag=True, help="I know that this is experimental.")
    @wraps(command)
    def agreed(*, experimental: bool, **given: Any) -> None:
        if not experimental:
            raise ExperimentalNotAgreed
        click.echo(WARNING, err=True)
        command(**given)

    return agreed


@across.command()
@click.argument("round_name", metavar="ROUND")
@click.option("-o", "--out", required=True, type=_FILE, help="Where the key goes.")
@_experimental
def key(round_name: str, out: Path) -> None:
    """Make the key of the round called ROUND.

    Both parties need the same key; the linkage unit must never have it. Compare the key check by telephone, and
    destroy the key when the round is over.
    """
    if out.exists():
        raise click.UsageError(f"{out} is there already: a key is never replaced. Name another.")
    made = new_round_key(round_name, secrets.token_bytes(KEY_BYTES))
    with written_whole(out) as file:
        file.write(key_text(made))
    click.echo(f"Key of round {made.round_id}, key check {made.check}: {out}")


@across.command(name="encode")
@click.argument("people", type=_FILE)
@click.option("--key", "key_file", required=True, type=_FILE, help="The key of the round.")
@click.option("-o", "--out", required=True, type=_FILE, help="The encoding, to give away.")
@click.option("--mapping", required=True, type=_FILE, help="Numbers to your ids (CSV), to keep.")
@click.option(
    "--decoys",
    type=Amount(min=0, max=1),
    default=DEFAULT.decoys,
    show_default=True,
    help="Invented people among the encoded, as a share of the real ones.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_experimental
def encode_command(
    people: Path, key_file: Path, out: Path, mapping: Path, decoys: float, as_json: bool
) -> None:
    """Encode the list PEOPLE (in the format of `safeconduct link`) under the key of the round.

    The encoding holds numbers and bits: no name, no id. Put your own list in order first (`safeconduct link`):
    somebody who stands in it twice is found less surely.
    """
    for written in (out, mapping):
        refuse_to_replace(written, [people, key_file])
    _keep_apart(out, [key_file, mapping, people])
    round_key = _read_key(key_file)
    records = read_people(people)
    with progress_shown() as tell:
        own = secrets.token_bytes(KEY_BYTES)
        encoded = encode(records, round_key, own, Protection(decoys=decoys), tell)
    write_csv(mapping, MAPPING_COLUMNS, _mapping_rows(encoded), exact=True)
    with written_whole(out) as file:
        file.writelines(encoding_lines(encoded))
    told = {
        "round": encoded.round_id,
        "check": encoded.check,
        "numbers": len(encoded.numbers),
        "people": sum(person is not None for person in encoded.person_ids),
        "left_out": len(encoded.left_out),
    }
    click.echo(json.dumps(told) if as_json else _encoded_words(told, out))


@across.command(name="compare")
@click.argument("a", type=_FILE)
@click.argument("b", type=_FILE)
@click.option("-o", "--out", required=True, type=_FILE, help="Pairs of numbers (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_experimental
def compare_command(a: Path, b: Path, out: Path, as_json: bool) -> None:
    """Compare the encodings A and B: the linkage unit's part, for which it needs no key.

    Out come pairs of numbers with a band and nothing else. Destroy both encodings afterwards.
    """
    refuse_to_replace(out, [a, b])
    ours, theirs = (read_encoding(read_text(path), path) for path in (a, b))
    with progress_shown() as tell:
        pairs = compare_encodings(ours, theirs, tell)
    write_csv(out, PAIR_COLUMNS, ((p.number_a, p.number_b, p.band) for p in pairs), exact=True)
    told = {band: sum(pair.band == band for pair in pairs) for band in _BAND_NAMES}
    words = ", ".join(f"{count} {band}" for band, count in told.items())
    click.echo(json.dumps(told) if as_json else f"{len(pairs)} pairs ({words}): {out}")


@across.command(name="resolve")
@click.argument("pairs", type=_FILE)
@click.option("--mapping", required=True, type=_FILE, help="Your own numbers to your ids (CSV).")
@click.option("-o", "--out", required=True, type=_FILE, help="Your people who were found (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_experimental
def resolve_command(pairs: Path, mapping: Path, out: Path, as_json: bool) -> None:
    """Turn the numbers of PAIRS back into your own ids. Software proposes; a person decides with the other party."""
    refuse_to_replace(out, [pairs, mapping])
    given = _read_pairs(pairs)
    found = resolve(given, _read_mapping(mapping))
    write_csv(
        out, FOUND_COLUMNS, ((f.person_id, f.their_number, f.band) for f in found), exact=True
    )
    told = {"found": len(found), "decoys_let_go": len(given) - len(found)}
    words = f"{told['found']} people found, {told['decoys_let_go']} decoys let go: {out}"
    click.echo(json.dumps(told) if as_json else words)


def _keep_apart(out: Path, kept: list[Path]) -> None:
    """Nothing that undoes an encoding may lie where it is given away from."""
    folder = out.resolve().parent
    for each in kept:
        if each.resolve().is_relative_to(folder):
            raise KeptBesideEncoding(path=each, folder=folder)


def _read_key(path: Path) -> RoundKey:
    text = read_text(path)
    try:
        mode = path.stat().st_mode
    except OSError as gone:
        raise NoSuchFile(path=path) from gone
    if mode & _OTHERS_MAY_READ:
        raise RoundKeyOpen(path=path)
    return key_from_text(text, path)


def _mapping_rows(encoded: Encoded) -> list[tuple[str, str]]:
    """Every number once, a decoy without a person; then those left out, without a number: nobody is lost."""
    numbered = zip(encoded.numbers, encoded.person_ids, strict=True)
    rows = [(number, person or "") for number, person in numbered]
    return [*rows, *(("", person) for person in encoded.left_out)]


def _encoded_words(told: dict[str, Any], out: Path) -> str:
    return (
        f"Round {told['round']}, key check {told['check']}: {told['people']} people and "
        f"{told['numbers'] - told['people']} decoys encoded, {told['left_out']} left out "
        f"(too little is told of them). {out}"
    )


def _read_pairs(path: Path) -> list[MatchedNumbers]:
    table = read_table(path, PAIR_COLUMNS)
    tell_left_out(table, PAIR_COLUMNS)
    pairs = []
    for line in table:
        if line["band"] not in _BAND_NAMES:
            fix = (
                f"It should be one of {', '.join(_BAND_NAMES)}: ask the linkage unit for the file."
            )
            raise table.refuse(line, "band", "what stands there is no band", fix)
        pairs.append(MatchedNumbers(line["number_a"], line["number_b"], line["band"]))
    return pairs


def _read_mapping(path: Path) -> dict[str, str | None]:
    table = read_table(path, MAPPING_COLUMNS)
    return {line["number"]: line["person_id"] or None for line in table if line["number"]}
