"""Each check of `doctor`, both ways: silent on a healthy deployment, and heard when that one thing is amiss."""

from __future__ import annotations

import os
import re
import resource
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connections
from tests.cast import AT
from tests.rooms.config.conftest import SECRET

from safeconduct.cases.actions import open_case
from safeconduct.cases.models import Case
from safeconduct.config.deployment.checks import CHECKS, databases, look_at, machine
from safeconduct.config.deployment.checks.checking import Serving
from safeconduct.config.deployment.home import Home, LastBackup, remember_backup
from safeconduct.people.models import Member
from safeconduct.vault.costs import CHEAPEST, FIELD
from safeconduct.vault.models import MemberKey, NotedHead, OfficeKey

NOW = AT + timedelta(hours=1)
OPERATOR = Path(__file__).parents[3] / "docs" / "operator.md"


def numbers(home: Home, **serving: object) -> set[str]:
    return {found.number for found in look_at(home, Serving(**{"at": NOW, **serving}))}


@pytest.fixture
def healthy(deployed, settings, monkeypatch, tmp_path):
    """Nothing is amiss. What the tests themselves take cheaply is put right here."""
    settings.SECRET_KEY, settings.PASSPHRASE_COST = SECRET, FIELD
    settings.ALLOWED_HOSTS = ["desk.example"]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (0, 0))
    no_swap = tmp_path / "swaps"
    no_swap.write_text("Filename Type Size Used Priority\n")
    monkeypatch.setattr(machine, "SWAPS", no_swap)
    remember_backup(deployed.home, LastBackup(AT, tmp_path / "main", tmp_path / "keys-elsewhere"))
    assert numbers(deployed.home) == set()
    return SimpleNamespace(
        home=deployed.home,
        cast=deployed.cast,
        settings=settings,
        patch=monkeypatch,
        folder=tmp_path,
    )


def in_sql(alias: str, *statements: str) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def swap_on(healthy):
    (healthy.folder / "swaps").write_text(
        "Filename Type Size Used Priority\n/dev/sda9 partition 9 0 -2\n"
    )


def keys_beside_data(healthy):
    told = connections["keys"].settings_dict
    healthy.patch.setitem(
        told, "NAME", Path(connections["default"].settings_dict["NAME"]).parent / "k"
    )


def in_the_same_database(healthy):
    main = connections["default"].settings_dict
    for key in ("ENGINE", "HOST", "PORT", "NAME"):
        healthy.patch.setitem(connections["keys"].settings_dict, key, main[key])


def a_case_without_key(healthy):
    Case.objects.create(
        code="CASE00001",
        office=healthy.cast.home,
        opened_at=AT,
        changed_at=AT,
        keep_until=AT.date(),
        card_seal=b"",
        contents_seal=b"",
    )


def a_case_removed(healthy):
    open_case(healthy.cast.alice, at=AT)
    Case.objects.all().delete()


def a_far_server(healthy):
    healthy.patch.setattr(databases, "_servers", lambda: ["default"])
    healthy.patch.setattr(databases, "_shown", lambda _alias, _name: "on")
    healthy.patch.setattr(databases, "_encrypts", lambda _alias: False)
    healthy.patch.setitem(connections["default"].settings_dict, "HOST", "db.example")


def set_to(name, value):
    return lambda healthy: setattr(healthy.settings, name, value)


def policy(**directives):
    def change(healthy):
        told = healthy.settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        changed = {key.replace("_", "-"): value for key, value in directives.items()}
        healthy.settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**told, **changed}}

    return change


def without_middleware(name):
    def change(healthy):
        kept = [each for each in healthy.settings.MIDDLEWARE if name not in each]
        healthy.settings.MIDDLEWARE = kept

    return change


CHANGE_A_LINE = "UPDATE journal_line SET member = 'X' WHERE number = 2"
AMISS = [
    ("SCD01", lambda each: each.home.folder.rename(each.folder / "elsewhere")),
    ("SCD02", lambda each: each.home.secret.unlink()),
    ("SCD02", lambda each: each.home.secret.write_text("")),
    ("SCD03", lambda each: each.home.secret.chmod(0o640)),
    ("SCD04", lambda each: (each.home.folder / "main.sqlite").chmod(0o644)),
    ("SCD04", lambda each: each.home.keys.chmod(0o755)),
    ("SCD05", keys_beside_data),
    ("SCD10", set_to("DEBUG", True)),
    ("SCD11", set_to("SECRET_KEY", "short")),
    ("SCD11", set_to("SECRET_KEY", "a" * 60)),
    ("SCD13", set_to("ALLOWED_HOSTS", ["*"])),
    ("SCD13", set_to("ALLOWED_HOSTS", [])),
    ("SCD14", policy(script_src=["'self'", "'unsafe-inline'"])),
    ("SCD14", policy(img_src=["https:"])),
    ("SCD14", policy(default_src=["'self'"])),
    ("SCD14", policy(form_action=[])),
    ("SCD15", set_to("SESSION_ENGINE", "django.contrib.sessions.backends.db")),
    ("SCD16", set_to("FILE_UPLOAD_HANDLERS", ["django.core.files.uploadhandler.TemporaryFileUploadHandler"])),
    ("SCD17", set_to("SESSION_COOKIE_SAMESITE", "Lax")),
    ("SCD17", set_to("BEHIND_TLS", True)),
    ("SCD18", set_to("PASSPHRASE_COST", CHEAPEST)),
    ("SCD20", without_middleware("CSPMiddleware")),
    ("SCD20", without_middleware("member_at_the_desk")),
    ("SCD22", set_to("NOT_UNDERSTOOD", ["SAFECONDUCT_TLS"])),
    ("SCD23", set_to("OPERATION", "nowhere-1900")),
    ("SCD30", lambda each: (each.home.keys / "keys.sqlite").rename(each.folder / "gone.sqlite")),
    ("SCD31", lambda _: in_sql("default", "PRAGMA journal_mode=DELETE")),
    ("SCD32", lambda _: in_sql("default", "PRAGMA synchronous=NORMAL")),
    ("SCD32", lambda _: in_sql("keys", "PRAGMA synchronous=OFF")),
    ("SCD33", lambda _: in_sql("keys", "PRAGMA secure_delete=FAST")),
    ("SCD34", in_the_same_database),
    ("SCD35", lambda _: in_sql("default", "DELETE FROM django_migrations WHERE app = 'cases'")),
    ("SCD36", a_far_server),
    ("SCD40", lambda _: in_sql("default", "DROP TRIGGER journal_line_stays", CHANGE_A_LINE)),
    ("SCD40", lambda _: NotedHead.objects.create(number=99, hash=b"x" * 32, noted_at=AT)),
    ("SCD41", lambda _: in_sql("default", "DROP TRIGGER journal_line_kept")),
    ("SCD44", lambda each: MemberKey.objects.filter(member=each.cast.alice.member.code).delete()),
    ("SCD44", lambda each: Member.objects.filter(handle="bob").update(key_revision=5)),
    ("SCD45", lambda each: OfficeKey.objects.filter(office=each.cast.other.code).delete()),
    ("SCD45", lambda each: Member.objects.filter(handle="bob").update(left_at=AT)),
    ("SCD46", lambda _: MemberKey.objects.update(voucher=None)),
    ("SCD47", a_case_without_key),
    ("SCD48", a_case_removed),
    ("SCD50", lambda each: each.home.recipient.write_text("nobody")),
    ("SCD51", lambda each: each.home.last_backup.unlink()),
    ("SCD52", lambda each: remember_backup(each.home, LastBackup(AT, each.folder, each.folder / "in"))),
    ("SCD60", swap_on),
    ("SCD61", lambda each: each.patch.setattr(resource, "getrlimit", lambda _which: (-1, -1))),
    ("SCD62", lambda each: each.patch.setattr(os, "geteuid", lambda: 0)),
]  # fmt: skip


@pytest.mark.parametrize(("number", "break_it"), AMISS, ids=[number for number, _ in AMISS])
def test_it_hears_what_is_amiss(healthy, number: str, break_it):
    break_it(healthy)
    assert number in numbers(healthy.home)


@pytest.mark.parametrize(
    ("number", "serving"),
    [
        ("SCD12", {"host": "192.0.2.5"}),
        ("SCD12", {"host": "0.0.0.0"}),
        ("SCD12", {"host": "desk.example"}),
        ("SCD19", {"workers": 2}),
        ("SCD42", {"at": AT - timedelta(hours=1)}),
        ("SCD43", {"at": AT + timedelta(days=90)}),
        ("SCD51", {"at": AT + timedelta(days=8)}),
    ],
)
def test_it_hears_how_the_desk_would_be_served(healthy, number: str, serving):
    assert number in numbers(healthy.home, **serving)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.9"])
def test_this_machine_alone_needs_no_tls(healthy, host: str):
    assert numbers(healthy.home, host=host) == set()


def test_a_proxy_with_tls_may_be_in_front(healthy):
    healthy.settings.BEHIND_TLS = True
    healthy.settings.SESSION_COOKIE_SECURE = healthy.settings.CSRF_COOKIE_SECURE = True
    assert numbers(healthy.home, host="0.0.0.0") == set()


def test_a_key_store_that_is_one_ahead_after_a_kill_is_healthy(healthy):
    MemberKey.objects.filter(member=healthy.cast.alice.member.code).update(revision=2)
    assert numbers(healthy.home) == set()


def test_a_key_store_within_the_home_is_a_warning(healthy):
    within = Home(healthy.folder, healthy.home.keys)
    assert "SCD06" in numbers(within)


def test_nothing_at_all_is_a_finding_and_not_a_fault(healthy):
    for folder in (healthy.home.folder, healthy.home.keys):
        folder.rename(healthy.folder / f"{folder.name} elsewhere")
    assert {"SCD01", "SCD02", "SCD30"} <= numbers(healthy.home)


def test_no_check_changes_anything(healthy):
    def state():
        return {path: path.read_bytes() for path in healthy.folder.rglob("*.sqlite")}

    before = state()
    numbers(healthy.home)
    assert state() == before


def test_every_check_was_heard_or_is_named_here():
    heard = {number for number, _ in AMISS} | {"SCD06", "SCD12", "SCD19", "SCD42", "SCD43"}
    heard |= {
        "SCD49"
    }  # where there is a delivery: tests/rooms/intake/test_undoing_and_forgetting.py
    # Django's own checks stop this test run as well as the desk.
    assert {check.number for check in CHECKS} - heard == {"SCD21"}


def test_every_check_has_its_own_number_and_is_explained_to_operators():
    told = [check.number for check in CHECKS]
    assert len(told) == len(set(told))
    page = OPERATOR.read_text(encoding="utf-8")
    explained = re.findall(r'<a id="(scd\d\d)"', page)
    assert sorted(explained) == sorted(number.lower() for number in told)
