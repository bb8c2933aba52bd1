"""Law 1 as a property: whatever stands in a sheet, every row of it has one end, also after undoing and once more."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import again, csv, run_import, run_undo, taken

from safeconduct.cases.models import Case
from safeconduct.core.errors import BadSheet, NothingToImport
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.actions.looking import read_delivery
from safeconduct.intake.actions.undoing import undo_import
from safeconduct.intake.assessing import unassessed
from safeconduct.intake.models import Delivery, End, Plea
from safeconduct.intake.queries import without_an_end

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "keys"])]

NAMES = st.sampled_from(
    ["Zarmina Madeup", "Gul Madeup", "", "Total", "\u202eanimraZ", "زرمینه", "x" * 300, "=1+1", "-"]
)
CELLS = st.sampled_from(
    ["", "A1", "B2", "1366", "31/31/1990", "0799000111", "Kabul", "self", "son", "\u200b", "99999"]
)
ROWS = st.lists(
    st.tuples(CELLS, NAMES, *[CELLS] * 6).map(lambda row: ",".join(f'"{cell}"' for cell in row)),
    min_size=1,
    max_size=12,
)


def read(by, content: bytes) -> Delivery | None:
    delivery = taken_again(by, content)
    try:
        read_delivery(by, delivery.code, at=AT, assess=unassessed)
    except BadSheet:
        return None
    return again(delivery)


def taken_again(by, content: bytes) -> Delivery:
    Delivery.objects.update(digest=None)  # an example may repeat another's bytes
    return taken(by, content)


def begin_and_run(by, delivery: Delivery) -> bool:
    try:
        begin_import(by, delivery.code, at=AT)
    except NothingToImport:
        return False
    run_import(by)
    return True


def check_that_rows_add_up(delivery: Delivery) -> None:
    found = again(delivery)
    pleas = Plea.objects.filter(delivery=found)
    assert found.rows == found.accepted + found.quarantined + found.repeated
    assert sum(each.rows for each in pleas) + found.repeated == found.rows
    assert not without_an_end(found.office_id, on=AT.date()).filter(delivery=found).exists()
    attached = pleas.filter(end=End.ATTACHED)
    cases = Case.objects.filter(code__in=attached.values("case"))
    assert attached.count() == cases.count() == attached.values("case").distinct().count()


@given(rows=ROWS, undo=st.booleans())
@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_row_has_one_end(cast: Cast, rows: list[str], undo: bool):
    delivery = read(cast.alice, csv(*rows))
    if delivery is None or not begin_and_run(cast.alice, delivery):
        return
    check_that_rows_add_up(delivery)
    if undo:
        undo_import(cast.alice, delivery.code, why="wrong-file", at=AT)
        run_undo(cast.alice)
        read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
        assert begin_and_run(cast.alice, delivery)
        check_that_rows_add_up(delivery)
