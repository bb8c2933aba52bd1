"""A shredded key is in no file of the key store any more: neither in the database nor in its write-ahead log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from safeconduct.config.settings import _SQLITE
from safeconduct.vault.actions.case_keys import new_case_keys, shred_case_keys
from safeconduct.vault.actions.wiping import wipe_what_was_deleted
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import CaseKey
from safeconduct.vault.wrapping import new_pair


@pytest.fixture
def store(tmp_path: Path, django_db_blocker) -> Iterator[Path]:
    """A key store in files of its own, as an office has it."""
    if "sqlite" not in settings.DATABASES["keys"]["ENGINE"]:
        pytest.skip("files of the key store are searched on SQLite alone")
    before = connections["keys"]
    file = tmp_path / "keys.sqlite"
    del connections["keys"]
    connections.settings["keys"] = {**before.settings_dict, "NAME": file, "OPTIONS": dict(_SQLITE)}
    with django_db_blocker.unblock():
        call_command("migrate", database="keys", verbosity=0)
        yield file
        connections["keys"].close()
    connections.settings["keys"] = before.settings_dict
    connections["keys"] = before


def raw(store: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(store.parent.iterdir()))


def two_cases() -> tuple[list[bytes], list[bytes]]:
    pair = new_pair()
    ring = Keyring("", b"", "HOME", {1: pair.private})
    for case in ("K1", "K2"):
        new_case_keys(ring, case=case, office="HOME", generation=1, public=pair.public)
    gone = [bytes(each.wrapped) for each in CaseKey.objects.filter(case="K1")]
    stay = [bytes(each.wrapped) for each in CaseKey.objects.filter(case="K2")]
    return gone, stay


def pieces(blob: bytes) -> list[bytes]:
    """Every 16 bytes of it: a page's end may part it, and a piece is too much already."""
    return [blob[start : start + 16] for start in range(0, len(blob) - 15, 16)]


def test_no_piece_of_a_shredded_key_is_left_in_any_file(store: Path):
    gone, stay = two_cases()
    assert all(each in raw(store) for each in gone)
    assert shred_case_keys("K1") == 2
    # The log still has the page as it was: this is what the wiping is for.
    assert any(each in raw(store) for each in gone)
    assert wipe_what_was_deleted().complete
    found = raw(store)
    assert not [piece for blob in gone for piece in pieces(blob) if piece in found]
    assert all(each in found for each in stay)


def test_a_reader_who_holds_the_log_is_told_of_and_the_next_try_wipes(store: Path):
    gone, _ = two_cases()
    reader = sqlite3.connect(store, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM vault_casekey").fetchone()
    connections["keys"].cursor().execute("PRAGMA busy_timeout=1")
    shred_case_keys("K1")
    wiped = wipe_what_was_deleted()
    assert not wiped.complete
    assert "next try" in wiped.left
    reader.close()
    assert wipe_what_was_deleted().complete
    assert not any(each in raw(store) for each in gone)


def test_it_is_not_called_within_a_transaction(store: Path):
    with transaction.atomic(using="keys"), pytest.raises(AssertionError):
        wipe_what_was_deleted()
