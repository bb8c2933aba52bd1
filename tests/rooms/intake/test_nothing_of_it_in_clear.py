"""Law 3: of a sheet, a message and a call, nothing that names anybody stands in any column of either database."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import connections
from tests.cast import Cast, at_the_desk
from tests.rooms.intake.arrivals import NAMES, SHEET, run_import

from safeconduct.config.clock import now
from safeconduct.intake.models import Delivery, End, Plea
from safeconduct.intake.uploads import SheetsInMemory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TOLD = (*NAMES, "under the door", "she is alone", "447700900177", "our own list", "aunt in Leeds")
MESSAGE = "Our aunt in Leeds asks: Gulmakai is hidden, call +447700900177"


def everything_stored() -> bytes:
    """Every value of every table of both databases."""
    found = []
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [value for row in cursor.fetchall() for value in row]
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in found
    )


def test_nothing_of_what_arrived_stands_in_clear(cast: Cast, caplog):
    alice = at_the_desk(cast.alice)
    file = io.BytesIO(SHEET)
    file.name = "our own list.csv"
    alice.post("/intake/upload/", {"sheets": [file]})
    delivery = Delivery.objects.get()
    columns = alice.get(f"/intake/{delivery.code}/columns/").context["columns"]
    fields = [each["field"] or "" for each in columns]
    sent = {"field": [*fields[:-1], ""], "revision": delivery.revision}
    alice.post(f"/intake/{delivery.code}/columns/", sent)
    delivery.refresh_from_db()
    alice.get(f"/intake/{delivery.code}/")
    alice.post(f"/intake/{delivery.code}/begin/", {"revision": delivery.revision})
    run_import(cast.alice, at=now())
    held = Plea.objects.get(end=End.QUARANTINED)
    alice.get(f"/intake/pleas/{held.code}/")
    alice.post("/intake/text/", {"text": MESSAGE})
    stored = everything_stored()
    assert delivery.code.encode() in stored
    assert [told for told in TOLD if told.encode() in stored] == []
    assert not any(told in caplog.text for told in TOLD)


def test_uploads_are_held_in_memory_alone(rf):
    handlers = rf.get("/").upload_handlers
    assert [type(each) for each in handlers] == [MemoryFileUploadHandler]
    assert issubclass(SheetsInMemory, MemoryFileUploadHandler)
