"""age files (age-encryption.org/v1) by pyrage: what leaves the deployment, and its backups.

Recipients are X25519 keys (`age1...`); nothing is encrypted to a passphrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Final, Never

import pyrage

from safeconduct.core.errors import FileNotOpened, NotARecipient

_PUBLIC: Final = "age1"
_PRIVATE: Final = "AGE-SECRET-KEY-"
# What other programs call a public key and this format of recipient does not take.
_OTHERS: Final = {
    "ssh-": "it is an SSH key",
    "-----BEGIN PGP": "it is a PGP key",
    "age1pq1": "it is a post-quantum key, which the library we use does not know yet",
    "age1yubikey1": "it needs a plug-in that we do not run",
    "age1tag": "it needs a plug-in that we do not run",
}


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A private key of age, as its text, and the recipient that belongs to it. Its repr shows no key."""

    private: str
    recipient: str

    def __repr__(self) -> str:
        return f"Identity(recipient={self.recipient!r})"

    def __reduce__(self) -> Never:
        raise TypeError("a private key is not pickled")


def new_identity() -> Identity:
    made = pyrage.x25519.Identity.generate()
    return Identity(str(made), str(made.to_public()))


def identity_from(told: str) -> Identity:
    """An identity from the text of its file; comments are passed over. Raises FileNotOpened where there is none."""
    lines = [line.strip() for line in told.splitlines()]
    for line in lines:
        if line.upper().startswith(_PRIVATE):
            try:
                found = pyrage.x25519.Identity.from_str(line.upper())
            except pyrage.IdentityError as wrong:
                raise FileNotOpened(why="the private key has a slip in it") from wrong
            return Identity(str(found), str(found.to_public()))
    raise FileNotOpened(why="there is no private key of age in what was given")


def read_recipient(told: str) -> str:
    """The recipient as it is kept, from what a person pasted. Raises NotARecipient, and says why."""
    text = told.strip()
    if not text:
        raise NotARecipient(why="nothing was given")
    if text.upper().startswith(_PRIVATE):
        raise NotARecipient(
            why="it is a private key, which nobody else may see: its owner should make another"
        )
    for beginning, why in _OTHERS.items():
        if text.startswith(beginning):
            raise NotARecipient(why=why)
    if not text.lower().startswith(_PUBLIC):
        raise NotARecipient(why="it does not begin with age1")
    if len(text.split()) > 1:
        raise NotARecipient(why="there is more on it than one key")
    try:
        return str(pyrage.x25519.Recipient.from_str(text.lower()))
    except pyrage.RecipientError as wrong:
        raise NotARecipient(why="it has a slip in it, or is cut short") from wrong


def encrypted(plain: bytes, recipients: Iterable[str]) -> bytes:
    """An age file that each of the recipients opens. Raises NotARecipient, also where there is none."""
    return bytes(pyrage.encrypt(plain, _read(recipients)))


def decrypted(file: bytes, identity: Identity) -> bytes:
    """Raises FileNotOpened: another key, altered, or cut short."""
    try:
        return bytes(pyrage.decrypt(file, [_own(identity)]))
    except (pyrage.DecryptError, OSError) as wrong:
        raise FileNotOpened(why="another key, altered or cut short") from wrong


def encrypt_stream(plain: IO[bytes], file: IO[bytes], recipients: Iterable[str]) -> None:
    """Read to the end, write an age file. Nothing is held in memory but a piece of 64 KiB.

    Raises NotARecipient; OSError where reading or writing failed, after which the file is of no use.
    """
    try:
        pyrage.encrypt_io(plain, file, _read(recipients))
    except pyrage.EncryptError as failed:
        raise OSError("the age file could not be written to its end") from failed


def decrypt_stream(file: IO[bytes], plain: IO[bytes], identity: Identity) -> None:
    """Raises FileNotOpened. What was written until then may be a true beginning, and must not be used."""
    try:
        pyrage.decrypt_io(file, plain, [_own(identity)])
    except OSError as wrong:
        if wrong.errno is not None:  # the disk's own trouble, and not the file's
            raise
        raise FileNotOpened(why="altered or cut short") from wrong
    except pyrage.DecryptError as wrong:
        raise FileNotOpened(why="another key, altered or cut short") from wrong


def _read(recipients: Iterable[str]) -> list[pyrage.x25519.Recipient]:
    read = [pyrage.x25519.Recipient.from_str(read_recipient(each)) for each in recipients]
    if not read:
        raise NotARecipient(why="nothing was given")
    return read


def _own(identity: Identity) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity.private)
