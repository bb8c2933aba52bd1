"""One case key, made by one member and opened by a colleague, and by nobody else."""

from __future__ import annotations

import secrets

import pytest
from django.db import transaction
from tests.cast import AT

from safeconduct.core.errors import NoKey
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.vault.actions.case_keys import new_case_keys, open_case_keys
from safeconduct.vault.sealing import Place, open_sealed, seal

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_colleague_opens_what_was_sealed_and_a_stranger_does_not(cast):
    keys = new_case_keys(
        cast.alice.ring,
        case="K1",
        office=cast.home.code,
        generation=1,
        public=bytes(cast.home.public),
    )
    place = Place("cases_version", "E1", "note", 1)
    sealed = seal(keys.card, b"a fictional name", place)
    opened = open_case_keys(cast.bob.ring, case="K1", version=1)
    assert open_sealed(opened.card, sealed, place) == b"a fictional name"
    with pytest.raises(NoKey):
        open_case_keys(cast.charlie.ring, case="K1", version=1)


def test_lines_follow_each_other(cast):
    for _ in range(3):
        with transaction.atomic():
            write_line(Deed.CASE_SEEN, by=cast.alice.actor, at=AT, about=secrets.token_hex(4))
    numbers = list(Line.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Line.objects.filter(deed=Deed.CASE_SEEN).count() == 3
