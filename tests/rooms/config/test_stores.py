"""What a database refuses, in an operator's words; of its own words none that may quote a value."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from safeconduct.cli.faults import refusal_of, tell_our_fault
from safeconduct.config.deployment.stores import in_our_words

NAME = "Zarghuna"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (OperationalError("database is locked"), "another program holds it"),
        (OperationalError("database or disk is full"), "its disk is full"),
        (OperationalError("attempt to write a readonly database"), "may not write it"),
        (OperationalError("unable to open database file"), "cannot be opened"),
        (OperationalError("disk I/O error"), "its disk did not do what was asked"),
        (DatabaseError("file is not a database"), "damaged, or something else"),
        (DatabaseError("database disk image is malformed"), "its file is damaged"),
        (OperationalError("no such column: x.y"), "not those of this version"),
        (
            OperationalError(
                'connection failed: connection to server at "h", port 1 failed: Connection refused\n\tIs it?'
            ),
            "cannot be used: Connection refused. ",
        ),
        (
            OperationalError('connection failed: x failed: FATAL:  database "d" does not exist'),
            'cannot be used: database "d" does not exist. ',
        ),
        (ProgrammingError('invalid connection option "nosuch"\n'), "invalid connection option"),
        (OperationalError(f"deadlock\nCONTEXT: row {NAME}"), "it stopped (OperationalError)"),
    ],
)
def test_a_refusal_says_what_and_how_to_mend_it(wrong: DatabaseError, told: str):
    words = str(in_our_words(wrong, "default"))
    assert words.startswith("The main database cannot be used: ")
    assert told in words
    assert NAME not in words


def test_a_file_that_cannot_be_used_is_named():
    refusal = refusal_of(PermissionError(13, "Permission denied", "/srv/x"))
    assert refusal is not None
    assert (refusal.code, "/srv/x" in str(refusal)) == ("SC859", True)


@pytest.mark.parametrize("fault", [IntegrityError(f"Key (handle)=({NAME})"), ValueError(NAME)])
def test_a_fault_of_the_program_quotes_nothing(fault: Exception, capsys):
    assert refusal_of(fault) is None
    assert tell_our_fault(fault) == 1
    told = capsys.readouterr().err
    assert type(fault).__name__ in told
    assert NAME not in told
