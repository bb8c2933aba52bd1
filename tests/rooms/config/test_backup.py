"""A backup comes back whole, or not at all; and shredded is shredded, whichever backup is restored."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections, models, transaction
from hypothesis import given, strategies as st
from tests.cast import AT, PASSPHRASE
from tests.rooms.cases.families import FAMILY
from tests.rooms.config.conftest import SECRET
from tests.rooms.config.deployments import at_home, home_in

from safeconduct.cases.actions import ask_to_shred, open_case
from safeconduct.cases.actions.shredding import agree_to_shred
from safeconduct.cases.models import Ground
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.deployment.backup import making
from safeconduct.config.deployment.backup.cells import line_of, row_of
from safeconduct.config.deployment.backup.files import read_encrypted, write_encrypted
from safeconduct.config.deployment.backup.making import make_backup
from safeconduct.config.deployment.backup.restoring import restore
from safeconduct.config.deployment.backup.tables import columns_of, rows_of, tables_in
from safeconduct.config.deployment.checks import look_at
from safeconduct.config.deployment.checks.checking import Serving
from safeconduct.core.errors import (
    AlreadyDeployed,
    BackupNotOpened,
    BackupNotWhole,
    BackupNotWritten,
    BackupOfAnother,
    FoldersTheSame,
    KeyBackupOlder,
    NotABackup,
    Refused,
)
from safeconduct.jobs.models import Job
from safeconduct.journal.actions import BY_ITSELF, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import note_head
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify
from safeconduct.people.actions.leaving import REWRAP, leave
from safeconduct.people.actions.locking import change_passphrase
from safeconduct.people.models import Member
from safeconduct.people.opening import unlocked
from safeconduct.people.present import Present
from safeconduct.vault.age import new_identity

# A whole deployment is made, backed up and restored in most of these.
pytestmark = pytest.mark.slow

LATER = AT + timedelta(hours=1)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of both databases, but what a restore itself adds to the journal."""
    found = {}
    for database in ("default", "keys"):
        for table in tables_in(database):
            names = [field.attname for field in columns_of(table)]
            found[table._meta.label_lower] = [
                tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
                for row in rows_of(table, database).order_by("pk").values_list(*names)
            ]
    del found["journal.head"], found["vault.notedhead"]
    restored = (Deed.RESTORED.value, Deed.BACKED_UP.value)
    found["journal.line"] = [
        line for line in found["journal.line"] if not any(deed in line for deed in restored)
    ]
    return found


def backed_up(deployed, folder: Path, *, at: datetime = AT):
    return make_backup(deployed.home, to=folder / "main", keys_to=folder / "keys-copy", at=at)


def restored(made, deployed, folder: Path, settings, then: Callable[[], Any] = everything):
    """Restore to a new home; what `then` finds there."""
    there = home_in(folder)
    with at_home(there, settings):
        told = restore(there, main=made.main, keys=made.keys, identity=deployed.identity, at=LATER)
        return told, then()


def log_in(handle: str, passphrase: str = PASSPHRASE) -> Present:
    member = Member.objects.get(handle=handle)
    return Present(member, unlocked(member, passphrase))


# --- the way there and back ----------------------------------------------------------------


def test_everything_comes_back_and_cases_open(deployed, tmp_path, settings):
    opened = open_case(deployed.cast.alice, FAMILY, at=AT)
    code, told_before = opened.code, [kept.says for kept in opened.everything()]
    made, before = backed_up(deployed, tmp_path), everything()

    def then():
        assert everything() == before
        assert verify().head.number == len(before["journal.line"]) + 1
        assert Line.objects.order_by("-number")[0].deed == Deed.RESTORED
        opened = case_for(log_in("alice"), code, Purpose.CASEWORK, at=LATER)
        assert [kept.says for kept in opened.everything()] == told_before

    told, _ = restored(made, deployed, tmp_path / "there", settings, then)
    assert (told.lost_lines, told.without_key) == (0, 0)
    assert (tmp_path / "there/home/server.key").read_text().strip() == SECRET


def test_what_was_acknowledged_after_the_backup_is_told_to_be_missing(deployed, tmp_path, settings):
    old = backed_up(deployed, tmp_path)
    for _ in range(3):
        with transaction.atomic():
            write_line(Deed.CAME_IN, by=BY_ITSELF, at=AT)
    note_head(AT)
    new = backed_up(deployed, tmp_path, at=LATER)
    told, _ = restored(replace(old, keys=new.keys), deployed, tmp_path / "there", settings)
    assert told.lost_lines == 4  # the line of the first backup as well


def test_a_shredded_case_cannot_be_opened_from_an_older_backup(deployed, tmp_path, settings):
    cast = deployed.cast
    kept, gone = (open_case(cast.carol, FAMILY, at=AT).code for _ in range(2))
    old = backed_up(deployed, tmp_path)
    opened = case_for(cast.carol, gone, Purpose.SHREDDING, at=AT)
    ask_to_shred(opened, Ground.OPENED_BY_MISTAKE, at=AT)
    agree_to_shred(cast.dana, gone, at=AT)
    new = backed_up(deployed, tmp_path, at=LATER)
    assert new.keys == old.keys, "only the newest copy of the keys exists"

    def then():
        carol = log_in("carol")
        case_for(carol, kept, Purpose.CASEWORK, at=LATER)
        with pytest.raises(Refused):
            case_for(carol, gone, Purpose.CASEWORK, at=LATER)

    told, _ = restored(replace(old, keys=new.keys), deployed, tmp_path / "there", settings, then)
    assert told.without_key == 1


def test_keys_that_were_renewed_since_fit_an_older_main_database(deployed, tmp_path, settings):
    """A passphrase was changed, and a member left, which renews the office's key."""
    cast = deployed.cast
    opened = open_case(cast.carol, FAMILY, at=AT)
    old = backed_up(deployed, tmp_path)
    carol = log_in("carol")
    change_passphrase(carol, old=PASSPHRASE, new="another set of plain words", doors=(), at=AT)
    bob = cast.bob.member.code
    leave(log_in("carol", "another set of plain words"), member=bob, at=AT)
    new = backed_up(deployed, tmp_path, at=LATER)

    def then():
        present = log_in("carol", "another set of plain words")
        assert case_for(present, opened.code, Purpose.CASEWORK, at=LATER).everything()
        assert not Member.objects.get(code=bob).is_active
        assert Job.objects.get(kind=REWRAP).office == carol.office.code
        found = {each.number for each in look_at(home_in(tmp_path), Serving(at=LATER))}
        assert not found & {"SCD40", "SCD44", "SCD45", "SCD46", "SCD47"}

    restored(replace(old, keys=new.keys), deployed, tmp_path / "there", settings, then)


def test_others_write_while_it_is_made_and_one_moment_is_in_it(
    deployed, tmp_path, settings, monkeypatch
):
    """Lines written while the first table is read are in neither file, and nobody waits for the backup."""
    wrote: list[int] = []

    def write_meanwhile() -> None:
        with transaction.atomic():
            wrote.append(write_line(Deed.CAME_IN, by=BY_ITSELF, at=AT).number)
        connections["default"].close()

    here = [connections[alias] for alias in ("default", "keys")]

    def in_another_thread() -> None:
        for connection in here:
            other = type(connection)(connection.settings_dict, connection.alias)
            connections[connection.alias] = other
        write_meanwhile()
        connections["keys"].close()

    whole = making.lines_of_tables

    def slowly(tables, database):
        for number, line in enumerate(whole(tables, database)):
            if number == 0:  # the rows are counted, none was read
                thread = threading.Thread(target=in_another_thread)
                thread.start()
                thread.join(10)
            yield line

    monkeypatch.setattr(making, "lines_of_tables", slowly)
    count = Line.objects.count()
    made = backed_up(deployed, tmp_path)
    assert len(wrote) == 2, "two writers, one for each file"
    _, after = restored(made, deployed, tmp_path / "there", settings)
    assert len(after["journal.line"]) == count


def test_nothing_is_in_clear_on_the_way(deployed, tmp_path):
    made = backed_up(deployed, tmp_path)
    written = made.main.read_bytes() + made.keys.read_bytes()
    assert written.count(b"age-encryption.org/v1") == 2
    for word in (b"Harbour Street", b"alice", SECRET.encode(), b"caseworker", b"journal"):
        assert word not in written
    assert {path.name for path in made.main.parent.iterdir()} == {made.main.name}


# --- what is refused, and that nothing is left ------------------------------------------------


def test_a_backup_and_its_keys_never_lie_together(deployed, tmp_path):
    for keys_to in (tmp_path / "one", tmp_path / "one" / "within"):
        with pytest.raises(FoldersTheSame):
            make_backup(deployed.home, to=tmp_path / "one", keys_to=keys_to, at=AT)


def test_it_is_restored_to_where_nothing_is(deployed, tmp_path):
    made = backed_up(deployed, tmp_path)
    with pytest.raises(AlreadyDeployed):
        restore(deployed.home, main=made.main, keys=made.keys, identity=deployed.identity, at=AT)


def test_it_opens_with_its_identity_alone(deployed, tmp_path, settings):
    made = backed_up(deployed, tmp_path)
    with pytest.raises(BackupNotOpened):
        restored(made, deployed._replace(identity=new_identity()), tmp_path / "there", settings)


def test_the_two_files_are_not_taken_for_each_other(deployed, tmp_path, settings):
    made = backed_up(deployed, tmp_path)
    with pytest.raises(NotABackup):
        restored(replace(made, main=made.keys, keys=made.main), deployed, tmp_path / "t", settings)


def test_older_keys_are_not_taken(deployed, tmp_path, settings):
    old = backed_up(deployed, tmp_path / "one")
    new = backed_up(deployed, tmp_path / "two", at=LATER)
    with pytest.raises(KeyBackupOlder):
        restored(replace(new, keys=old.keys), deployed, tmp_path / "there", settings)


@pytest.mark.parametrize("which", ["main", "keys"])
@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:],
        lambda raw: raw + b"more",
        lambda raw: b"",
    ],
)
def test_an_altered_file_leaves_nothing_behind(deployed, tmp_path, settings, which, harm):
    made = backed_up(deployed, tmp_path)
    path = getattr(made, which)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises((BackupNotOpened, BackupNotWhole)):
        restored(made, deployed, tmp_path / "there", settings)
    assert not (tmp_path / "there" / "home").exists()
    assert not (tmp_path / "there" / "keystore").exists()


def rewritten(made, deployed, change: Callable[[list[Any]], list[Any]]) -> None:
    """The main backup again, well encrypted, with other lines in it: whoever has the recipient can make one."""
    lines: list[Any] = []
    read_encrypted(made.main, lines.append, identity=deployed.identity)
    told = (line_of(line) for line in change(lines))
    write_encrypted(made.main, told, recipients=[deployed.identity.recipient])


def _without_last_journal_line(lines):
    rows = [
        index for index, line in enumerate(lines) if isinstance(line, list) and "came in" in line
    ]
    return lines[: rows[-1]] + lines[rows[-1] + 1 :]


def _another_deployment(lines):
    return [{"safeconduct": {**lines[0]["safeconduct"], "deployment": "another"}}, *lines[1:]]


def _a_changed_line(lines):
    return [
        [*line[:2], "ZZZZZZZZ", *line[3:]] if isinstance(line, list) and "came in" in line else line
        for line in lines
    ]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (_without_last_journal_line, BackupNotWhole),
        (_another_deployment, BackupOfAnother),
        (_a_changed_line, Refused),
        (lambda lines: [*lines, {"table": "no.such", "columns": []}], BackupNotWhole),
        (lambda lines: [*lines, [1]], BackupNotWhole),
        (lambda lines: [["no manifest"], *lines], NotABackup),
    ],
)
def test_a_backup_that_somebody_else_wrote_is_noticed(
    deployed, tmp_path, settings, change, refusal
):
    made = backed_up(deployed, tmp_path)
    rewritten(made, deployed, change)
    with pytest.raises(refusal):
        restored(made, deployed, tmp_path / "there", settings)
    assert not (tmp_path / "there" / "home").exists()


def test_a_disk_that_is_full_leaves_the_last_backup_as_it_was(tmp_path, monkeypatch):
    identity, path = new_identity(), tmp_path / "some.age"
    write_encrypted(path, iter([b"{}\n"]), recipients=[identity.recipient])
    before = path.read_bytes()

    def full(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BackupNotWritten, match="No space left"):
        write_encrypted(path, iter([b"{}\n"]), recipients=[identity.recipient])
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["some.age"]


def test_rows_that_cannot_be_read_to_their_end_leave_it_too_and_are_told_as_they_are(tmp_path):
    identity, path = new_identity(), tmp_path / "some.age"
    write_encrypted(path, iter([b"{}\n"]), recipients=[identity.recipient])
    before = path.read_bytes()

    def broken():
        yield b"{}\n"
        raise DatabaseError("gone")

    with pytest.raises(DatabaseError, match="gone"):
        write_encrypted(path, broken(), recipients=[identity.recipient])
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["some.age"]


# --- cells ----------------------------------------------------------------------------------------


FIELDS: dict[str, tuple[models.Field[Any, Any], st.SearchStrategy[Any]]] = {
    "text": (models.CharField(), st.text()),
    "number": (models.BigIntegerField(), st.integers()),
    "truth": (models.BooleanField(), st.booleans()),
    "raw": (models.BinaryField(), st.binary()),
    "time": (models.DateTimeField(), st.datetimes(timezones=st.just(UTC))),
    "day": (models.DateField(), st.dates()),
    "json": (models.JSONField(), st.recursive(st.none() | st.integers() | st.text(), st.lists)),
}


@given(st.fixed_dictionaries({name: st.none() | each for name, (_, each) in FIELDS.items()}))
def test_every_value_comes_back_exactly(values: dict[str, Any]):
    fields = []
    for name, (field, _) in FIELDS.items():
        field.attname = name
        fields.append(field)
    written = line_of([values[name] for name in FIELDS])
    assert row_of(fields, json.loads(written)) == values


def test_times_keep_their_microseconds():
    at = datetime(2021, 8, 15, 6, 0, 0, 123456, tzinfo=UTC)
    assert b"123456" in line_of([at])
    assert line_of([date(2021, 8, 15)]) == b'["2021-08-15"]\n'
