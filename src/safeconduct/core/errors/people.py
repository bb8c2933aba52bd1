"""Members, doors and rights. SC740 to SC759."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class NotAllowed(Refused):
    """Something that this member, or nobody, may do here."""


class StaysShut(NotAllowed):
    """The handle is unknown, or what was typed does not open it. Both are told in the same words."""

    code = "SC740"
    says = "These two do not open a door together."
    mend = (
        "Try again slowly: capital letters and spaces count. If you have lost the passphrase, use your "
        "recovery code, or ask a coordinator of your office to invite you again."
    )


class TryLater(NotAllowed):
    """Too many tries at one door."""

    code = "SC741"
    says = "There were too many tries at this door."
    mend = "Try again in {minutes} min. Your account is kept, and nothing is lost."


class CodeDoesNotFit(NotAllowed):
    """A second factor that did not agree."""

    code = "SC742"
    says = "This code or passkey does not belong to your account, or the code was used already."
    mend = "Wait for the next code in your app, and see that the telephone's clock is right."


class PassphraseWeak(NotAllowed):
    """A passphrase that is guessed too easily."""

    code = "SC743"
    says = "This passphrase is too easy to guess."
    mend = "Take at least {letters} signs without your handle: four or five plain words that you do not use elsewhere."


class HandleTaken(NotAllowed):
    """Another member has this handle, or had it."""

    code = "SC744"
    says = "This handle is taken, or is not one."
    mend = "Choose another one: 2 to 40 small letters, digits, dots and hyphens."


class RolesUnclear(NotAllowed):
    """Roles that cannot stand together."""

    code = "SC745"
    says = "These roles cannot stand together."
    mend = "Choose at least one. An operator has no office and that role alone; `safeconduct init` makes the account."


class LastCoordinator(NotAllowed):
    """An office without a coordinator could invite nobody again."""

    code = "SC746"
    says = "This member is the last coordinator of the office."
    mend = "Make another member coordinator first; then this can be done."


class LastApprover(NotAllowed):
    """Without an approver nobody could re-open after a lock-down."""

    code = "SC747"
    says = "This member is the last approver here: nobody could re-open after a lock-down."
    mend = "Make another member approver first; then this can be done."


class NotByOneself(NotAllowed):
    """What needs a second pair of eyes."""

    code = "SC748"
    says = "Nobody does this for themselves."
    mend = "Ask a colleague who has the right."


class NoRight(NotAllowed):
    """The member's roles do not allow it. A page says 404 before this is ever read."""

    code = "SC749"
    says = "Your roles do not allow you to {right}."
    mend = "A coordinator of your office can change your roles."


class NoSuchMember(NotAllowed):
    """There is no such member in this office, or they left."""

    code = "SC750"
    says = "There is no such member in your office."
    mend = "They may have left. The page of the office lists who works there."


class AlreadyDecided(NotAllowed):
    """A request that somebody decided meanwhile, or that is over."""

    code = "SC751"
    says = "This request was decided already."
    mend = "The page of access shows how. The member can ask again."


class ReasonMissing(NotAllowed):
    """Access without a reason."""

    code = "SC752"
    says = "Access is given for a reason."
    mend = "Write in a sentence or two what the family needs and why it must be you: at least {letters} signs."


class NotClosed(NotAllowed):
    """There is no lock-down to end."""

    code = "SC754"
    says = "There is no lock-down to end: somebody opened again already."
    mend = "Go to the door and open it as on every day."


class SecondFactorNeeded(NotAllowed):
    """The last second factor of a member who must have one."""

    code = "SC755"
    says = "This is your only second factor, and you need one here."
    mend = "Add another one first; then you can remove this one."


class MayAlready(NotAllowed):
    """A request for what the member may open anyhow, or asked for already."""

    code = "SC756"
    says = "You can open this case already, or you have asked and nobody has decided yet."
    mend = "Open the case from your list; the page of access shows what you asked for."


class NotVouchedFor(NotAllowed):
    """A member's roles or second factors, or a request, that somebody changed in the database by hand."""

    code = "SC758"
    says = "What is stored of {about} is not what the office agreed to: somebody changed it or put it back."
    mend = (
        "Tell the operator and an approver: somebody can write to the database. A coordinator gives a member's roles "
        "anew, and then invites them again; a request is refused and made anew."
    )


class PasskeyNeedsName(NotAllowed):
    """A passkey belongs to a server's name, and this server was reached by a number."""

    code = "SC757"
    says = "A passkey belongs to a server's name, and you have reached this one by its number."
    mend = "Open the desk by its name (on this computer: localhost), or take an app with codes."
