"""One table knows every column of bytes in the product: what it is, who can read it, who ends it."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.db.models import BinaryField

from safeconduct.vault.fields import PLAIN_BYTES, SEALED_FIELDS

LISTED = [each.field for each in SEALED_FIELDS] + list(PLAIN_BYTES)


def columns(kind: type | None = None) -> set[str]:
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if kind is None or isinstance(field, kind)
    }


def test_every_column_of_bytes_is_sealed_or_said_to_be_plain():
    missing = sorted(columns(BinaryField) - set(LISTED))
    assert not missing, (
        f"{', '.join(missing)}: not in vault/fields.py. Sealed: add a SealedField(column, SealedBy..., what it holds, "
        "the function that forgets it). Public keys, hashes and seals: add a line to PLAIN_BYTES that says what it is."
    )


def test_nothing_is_listed_that_no_model_has():
    strange = sorted(set(LISTED) - columns())
    assert not strange, f"{', '.join(strange)}: renamed or gone; change vault/fields.py too."


def test_nothing_is_listed_twice():
    assert len(LISTED) == len(set(LISTED))


def test_whoever_is_to_forget_a_field_exists():
    lost = []
    for path in sorted({each.forgotten_by for each in SEALED_FIELDS}):
        module, _, name = path.rpartition(".")
        if not callable(getattr(import_module(module), name, None)):
            lost.append(path)
    assert not lost, (
        f"{', '.join(lost)}: no such function; change `forgotten_by` in vault/fields.py."
    )
