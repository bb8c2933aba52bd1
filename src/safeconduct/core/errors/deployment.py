"""A deployment: its set-up, its checks, serving, backup, restore, upgrade. SC840 to SC879."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class DeploymentStopped(Refused):
    """Something asked of a deployment that was stopped before it could do harm."""


class AlreadyDeployed(DeploymentStopped):
    """A set-up where something is already."""

    code = "SC840"
    says = "There is something at {place} already; a new deployment is only made where nothing is."
    mend = (
        "Name another folder in SAFECONDUCT_HOME, or look first whether this deployment is in use."
    )


class NoDeployment(DeploymentStopped):
    """There is no deployment here."""

    code = "SC841"
    says = "There is no deployment at {home}."
    mend = "Name its folder in SAFECONDUCT_HOME, or make one: `safeconduct init`."


class NotSafeToServe(DeploymentStopped):
    """A deployment that would be half-safe."""

    code = "SC842"
    says = "The desk was not started: {codes}."
    mend = "`safeconduct doctor` says what each means and how to mend it."


class InUse(DeploymentStopped):
    """Another process serves, upgrades or restores this deployment."""

    code = "SC843"
    says = "Another process is serving or changing the deployment at {home}."
    mend = "Stop it first; two at once would not know of each other's open keys."


class FoldersTheSame(DeploymentStopped):
    """A backup and the keys to it in one place."""

    code = "SC844"
    says = "The backup and the backup of the keys would lie in the same folder, or one within the other."
    mend = "Name two folders, best on two disks: whoever takes one should not have the other."


class RecipientUnclear(DeploymentStopped):
    """Whom a backup is encrypted to is not told, or not an age recipient."""

    code = "SC845"
    says = "{place} holds no age recipient that backups could be encrypted to."
    mend = "A recipient begins with age1. `safeconduct init` writes the deployment's own; --recipient adds others."


class BackupNotWritten(DeploymentStopped):
    """A backup that could not be written whole. Nothing of it was left behind."""

    code = "SC846"
    says = "The backup could not be written to {folder}: {problem}."
    mend = (
        "Make room or give this account the right to write there. Earlier backups are as they were."
    )


class NotABackup(DeploymentStopped):
    """A file that is no backup of the kind that was asked for."""

    code = "SC847"
    says = "{path} is not a backup of the {kind}."
    mend = "The main database is in safeconduct-main-*.age, the key store in safeconduct-keys.age."


class BackupNotOpened(DeploymentStopped):
    """An identity that does not open the backup."""

    code = "SC848"
    says = "This identity does not open {path}, or the file was altered."
    mend = (
        "Give the line that `safeconduct init` printed once (it begins with age-secret-key-1), or that of "
        "another recipient."
    )


class BackupNotWhole(DeploymentStopped):
    """A backup that opens and is not what its own manifest says."""

    code = "SC849"
    says = "{path} is not whole: {problem}."
    mend = "Nothing was restored. Take another copy of this backup, or an earlier one."


class NotEmpty(DeploymentStopped):
    """A restore to where something is already."""

    code = "SC850"
    says = "{place} is not empty; a backup is only restored to where nothing is."
    mend = "Name a new folder in SAFECONDUCT_HOME and, on PostgreSQL, two new databases."


class BackupOfAnother(DeploymentStopped):
    """Two backups of different deployments."""

    code = "SC851"
    says = "The two backups are of different deployments."
    mend = "Take the backup of the keys that belongs to this main database."


class BackupTooNew(DeploymentStopped):
    """A backup that a later version wrote."""

    code = "SC852"
    says = "{path} was written by version {version}, and this one does not know all of it."
    mend = "Restore it with that version or a later one."


class UpgradeStopped(DeploymentStopped):
    """An upgrade that did not end well. The backup from just before it is whole."""

    code = "SC854"
    says = "The upgrade stopped while it {step}: {problem}."
    mend = (
        "To go back: take the former version and an empty folder, and run `safeconduct restore --from {main} "
        "--keys {keys} --identity-file -`. Nothing was served meanwhile."
    )


class AddressTaken(DeploymentStopped):
    """A port that cannot be opened."""

    code = "SC855"
    says = "The desk cannot listen at {host}, port {port}: {problem}."
    mend = "Another program may have it: stop that one, or name another port with --port."


class NotTold(DeploymentStopped):
    """Something that a command needs was left out, and there is no terminal to ask at, or nobody to ask."""

    code = "SC856"
    says = "{what} was not told, and nobody was asked."
    mend = "Give it as an option; a passphrase or an identity comes by standard input."


class KeyBackupOlder(DeploymentStopped):
    """A backup of the keys from before the backup of the main database."""

    code = "SC857"
    says = "The backup of the keys is older than that of the main database: cases opened in between would have no key."
    mend = "Take the newest backup of the keys; there is only ever one of use."


class StoreNotUsable(DeploymentStopped):
    """One of the two databases is missing, locked, damaged, full or shut."""

    code = "SC858"
    says = "The {store} cannot be used: {problem}."
    mend = "{fix}"


class PlaceNotUsable(DeploymentStopped):
    """A file or folder that this account cannot read, write or make."""

    code = "SC859"
    says = "{place} cannot be used: {problem}."
    mend = "Look whose it is (`ls -ld`), and whether its disk has room and may be written to; then try again."


class DatabaseAddressUnclear(DeploymentStopped):
    """DATABASE_URL or KEYS_DATABASE_URL says something else. It is not quoted: it may hold a password."""

    code = "SC860"
    says = "{name} is not the address of a PostgreSQL database."
    mend = (
        "Write postgres://user:password@host:5432/name, in the password %40 for @, %3A for a colon and %2F for a "
        "slash; or take {name} away to use SQLite."
    )


class CutOff(DeploymentStopped):
    """There are files of a deployment and no server.key, which a set-up or a restore writes last."""

    code = "SC861"
    says = "{home} holds no server.key: a set-up or a restore was cut off before its end, or the file was lost."
    mend = (
        "If nobody ever worked here, remove both folders and begin again. Else keep them as they are, and restore the "
        "backups to an empty folder: the backup of the keys holds that file."
    )


class NowhereToShow(DeploymentStopped):
    """What is shown once could not be shown: standard output is closed, full, or read by nobody."""

    code = "SC862"
    says = "The codes that are shown once could not be shown ({problem}). {then}"
    mend = "Run it again at a terminal, with a pencil at hand."


class NotGiven(DeploymentStopped):
    """Standard input, or a file in its place, is closed or is not text."""

    code = "SC863"
    says = "{what} could not be read: {problem}."
    mend = "Give it as one line of text in UTF-8, by standard input or from a file."


class OfficeUnnamed(DeploymentStopped):
    """A name that an office cannot have."""

    code = "SC864"
    says = "This cannot be the name of an office."
    mend = "Take 1 to {longest} signs in one line, as colleagues would say it."


class KeepsNoRights(DeploymentStopped):
    """A folder that stays open to others, whatever is asked of its file system."""

    code = "SC865"
    says = "Others may read {place}, and that could not be changed."
    mend = (
        "Some disks keep no rights (FAT, many network disks): take a folder on another one, or have it mounted for "
        "this account alone (umask=077)."
    )


class KeysDoNotFit(DeploymentStopped):
    """The key store at hand is not that of this main database: a backup of it would replace the keys that are."""

    code = "SC866"
    says = "No member's key is in the key store at hand: it is not that of this main database. Nothing was backed up."
    mend = (
        "Look at SAFECONDUCT_KEYS_HOME or KEYS_DATABASE_URL, and whether the right disk is mounted. The last backup of "
        "the keys is as it was: do not replace it."
    )


class StoresTheSame(DeploymentStopped):
    """DATABASE_URL and KEYS_DATABASE_URL name one database, or both folders are one."""

    code = "SC867"
    says = "The key store and the main database would be one: every backup of one would hold both."
    mend = "Make a second database, or a second folder, and name it in KEYS_DATABASE_URL or SAFECONDUCT_KEYS_HOME."
