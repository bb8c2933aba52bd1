"""age files: for those they are for, whole, and refused in words that help."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.errors import FileNotOpened, NotARecipient
from safeconduct.vault.age import (
    Identity,
    decrypt_stream,
    decrypted,
    encrypt_stream,
    encrypted,
    identity_from,
    new_identity,
    read_recipient,
)

OURS, THEIRS = new_identity(), new_identity()
LARGE = bytes(range(256)) * 1000  # four pieces of 64 KiB, the last one short


@given(st.binary(max_size=300))
@settings(max_examples=30)
def test_each_recipient_opens_it(plain):
    file = encrypted(plain, [OURS.recipient, THEIRS.recipient])
    assert decrypted(file, OURS) == decrypted(file, THEIRS) == plain


def test_nobody_else_opens_it():
    with pytest.raises(FileNotOpened):
        decrypted(encrypted(b"secret", [OURS.recipient]), THEIRS)


def test_a_stream_comes_back():
    file, plain = io.BytesIO(), io.BytesIO()
    encrypt_stream(io.BytesIO(LARGE), file, [OURS.recipient])
    file.seek(0)
    decrypt_stream(file, plain, OURS)
    assert plain.getvalue() == LARGE
    assert decrypted(file.getvalue(), OURS) == LARGE


@pytest.mark.parametrize("place", [0, 30, 120, 300, 70_000, -1])
def test_a_changed_byte_anywhere_is_refused(place):
    file = bytearray(encrypted(LARGE, [OURS.recipient]))
    file[place] ^= 1
    for work in (
        lambda: decrypted(bytes(file), OURS),
        lambda: decrypt_stream(io.BytesIO(bytes(file)), io.BytesIO(), OURS),
    ):
        with pytest.raises(FileNotOpened):
            work()


@pytest.mark.parametrize("end", [0, 5, 100, 65_900, -1])
def test_a_file_cut_or_lengthened_is_refused(end):
    file = encrypted(LARGE, [OURS.recipient])
    for changed in (file[:end], file + b"\0"):
        with pytest.raises(FileNotOpened):
            decrypt_stream(io.BytesIO(changed), io.BytesIO(), OURS)


class FullDisk(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_not_called_a_broken_file():
    with pytest.raises(OSError, match="to its end"):
        encrypt_stream(io.BytesIO(LARGE), FullDisk(), [OURS.recipient])
    with pytest.raises(OSError, match="No space"):
        decrypt_stream(io.BytesIO(encrypted(LARGE, [OURS.recipient])), FullDisk(), OURS)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("", "nothing was given"),
        ("   ", "nothing was given"),
        (OURS.private, "private key"),
        (OURS.private.lower(), "private key"),
        ("ssh-ed25519 AAAAC3Nz", "SSH"),
        ("-----BEGIN PGP PUBLIC KEY BLOCK-----", "PGP"),
        ("age1pq1qqqq", "post-quantum"),
        ("age1yubikey1qqqq", "plug-in"),
        ("somebody@example.org", "begin with age1"),
        (OURS.recipient[:-1], "slip"),
        (OURS.recipient[:-1] + ("q" if OURS.recipient[-1] != "q" else "p"), "slip"),
        (f"{OURS.recipient} {THEIRS.recipient}", "more on it"),
        ("age1" + "ق" * 58, "slip"),
    ],
    ids=[
        *("nothing", "spaces", "private", "private in small letters", "ssh", "pgp", "post-quantum"),
        *("plug-in", "an address", "cut short", "another last sign", "two", "other letters"),
    ],
)
def test_what_is_no_recipient_is_refused_and_why(told, why):
    with pytest.raises(NotARecipient, match=why) as refusal:
        read_recipient(told)
    # A private key pasted by mistake stands in no message.
    assert not told.strip() or told.strip() not in str(refusal.value)


def test_a_recipient_is_read_as_it_is_pasted():
    assert read_recipient(f"  {OURS.recipient.upper()}\n") == OURS.recipient


def test_nothing_is_encrypted_to_nobody():
    with pytest.raises(NotARecipient):
        encrypted(b"secret", [])
    with pytest.raises(NotARecipient):
        encrypt_stream(io.BytesIO(b"secret"), io.BytesIO(), [])


def test_an_identity_is_read_from_its_file():
    told = f"# created: 2021-08-15\n# public key: {OURS.recipient}\n{OURS.private}\n"
    assert identity_from(told) == OURS
    for wrong in ("", "# only a comment", OURS.private[:-1]):
        with pytest.raises(FileNotOpened):
            identity_from(wrong)


def test_an_identity_shows_no_private_key():
    assert OURS.private not in repr(OURS)
    assert isinstance(OURS, Identity)
