"""What a command on a deployment says when a disk or a database refuses, or when the program itself is at fault.

Never an exception's own words or a traceback: both may quote what was typed.
"""

from __future__ import annotations

import click
from django.db import DatabaseError, IntegrityError, ProgrammingError

from safeconduct.config.deployment.stores import in_our_words
from safeconduct.config.logs import told_without_values
from safeconduct.core.errors import PlaceNotUsable, Refused

OUR_FAULT = 1


def refusal_of(fault: Exception) -> Refused | None:
    """None where neither a disk nor a database is to blame."""
    if isinstance(fault, Refused):
        return fault
    if isinstance(fault, OSError) and fault.strerror:
        return PlaceNotUsable(place=fault.filename or "A file", problem=fault.strerror)
    if isinstance(fault, DatabaseError) and not isinstance(
        fault, IntegrityError | ProgrammingError
    ):
        return in_our_words(fault)
    return None


def tell_our_fault(fault: Exception) -> int:
    """Kinds of exceptions and lines of code, for a report. The exit code."""
    click.echo("A fault of this program. Please report these lines; they hold no data:", err=True)
    click.echo("\n".join(told_without_values(fault)), err=True)
    return OUR_FAULT
