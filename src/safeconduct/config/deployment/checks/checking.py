"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from safeconduct.config.deployment.home import Home


@dataclass(frozen=True, slots=True)
class Serving:
    """How the desk is served, or would be, and when that is asked."""

    at: datetime
    host: str = "127.0.0.1"
    workers: int = 1


# What is amiss, in words that quote nothing from the databases; None where all is well.
Look = Callable[[Home, Serving], str | None]


@dataclass(frozen=True, slots=True)
class Check:
    """A grave one keeps the desk from being served; another is a warning."""

    number: str  # SCD01 ...
    look: Look
    mend: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    number: str
    grave: bool
    says: str
    mend: str

    @property
    def place(self) -> str:
        """Where it is explained."""
        return f"docs/operator.md#{self.number.lower()}"
