"""Every write of this room: one function, one transaction, one line of the journal."""

from safeconduct.people.actions.access import (
    acknowledge,
    ask_for_access,
    break_glass,
    decide_access,
)
from safeconduct.people.actions.entering import come_in, go_out, open_with_passphrase, turned_away
from safeconduct.people.actions.inviting import invite, invite_again, welcome
from safeconduct.people.actions.leaving import leave
from safeconduct.people.actions.lock_down import lock_down, re_open
from safeconduct.people.actions.locking import change_passphrase, keep_recovery_code, recover
from safeconduct.people.actions.offices import open_office, open_operator
from safeconduct.people.actions.reading import choose_reading
from safeconduct.people.actions.roles import change_roles
from safeconduct.people.actions.second_factor import (
    agree_by_code,
    agree_by_passkey,
    remove_second_factor,
    set_up_app,
    set_up_passkey,
)

__all__ = [
    "acknowledge",
    "agree_by_code",
    "agree_by_passkey",
    "ask_for_access",
    "break_glass",
    "change_passphrase",
    "change_roles",
    "choose_reading",
    "come_in",
    "decide_access",
    "go_out",
    "invite",
    "invite_again",
    "keep_recovery_code",
    "leave",
    "lock_down",
    "open_office",
    "open_operator",
    "open_with_passphrase",
    "re_open",
    "recover",
    "remove_second_factor",
    "set_up_app",
    "set_up_passkey",
    "turned_away",
    "welcome",
]
