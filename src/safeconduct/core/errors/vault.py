"""Keys and sealed values. SC700 to SC719."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class NotOpened(Refused):
    """A key or a sealed value that did not open."""


class SealBroken(NotOpened):
    """The ciphertext is not the one that was written there under this key."""

    code = "SC700"
    says = (
        "What is stored at {place} is not what was sealed there: it was altered, moved or cut, or put "
        "back from before."
    )
    mend = (
        "Do not write to this case. Tell the operator: `safeconduct journal verify` and a backup tell "
        "since when."
    )


class KeyDoesNotFit(NotOpened):
    """A wrapped key that this private key does not open for this purpose."""

    code = "SC701"
    says = "The stored key for {purpose} does not open: it was altered, or it belongs to somebody else."
    mend = "Tell the operator; the newest backup of the key store holds the last good copy."


class WrongPassphrase(NotOpened):
    """A passphrase or a recovery code that does not open the member's key."""

    code = "SC702"
    says = "This passphrase does not open this account."
    mend = "Try again slowly; capital letters and spaces count. A colleague or the recovery code can let you in."


class NoKey(NotOpened):
    """There is no wrapped key for this office: never shared, taken back, or shredded."""

    code = "SC703"
    says = "There is no key of {about} for this office."
    mend = "It was not shared with this office, was taken back, or was shredded. The journal tells which."


class KeysLocked(NotOpened):
    """The member's keys are not in memory: idle, locked down or restarted."""

    code = "SC704"
    says = "Your keys are closed."
    mend = "Open them again with your passphrase. What you had saved is kept."


class KeySwapped(NotOpened):
    """A stored public key is not the one that belongs to the private key."""

    code = "SC705"
    says = "The public key stored for {about} is not its own: somebody changed it."
    mend = "Nothing was sealed to it. Tell the operator, lock down, and restore the key store."


class KeyPutBack(NotOpened):
    """A stored key from before: the rest of the deployment knows of a newer one."""

    code = "SC706"
    says = "The stored key of {about} is one from before: a newer one is known, and was put out of the way."
    mend = (
        "Tell the operator: an older copy of the key store or of the database was put in its place."
    )


class StillWrapped(NotOpened):
    """Older keys that something stored still needs."""

    code = "SC707"
    says = "{count} stored keys still need the older keys of this office."
    mend = "Run the job that wraps them anew to its end; then the older keys can go."


class NotARecipient(NotOpened):
    """Something that is no public key of age."""

    code = "SC708"
    says = "This is no age recipient that we can encrypt to: {why}."
    mend = (
        "Ask for the line that begins with age1, as `age-keygen` prints it behind `public key:`, and paste the "
        "whole of it."
    )


class FileNotOpened(NotOpened):
    """An age file that does not open, or not to its end."""

    code = "SC709"
    says = "The encrypted file does not open: {why}."
    mend = "Nothing that was read of it may be used. Try the right key or passphrase, or another copy of the file."
