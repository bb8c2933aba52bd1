"""What every refusal is: a code, what is the matter and where, and how to mend it."""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):  # noqa: N818 (it reads as a sentence where it is raised)
    """What was given cannot be used. Nothing was changed and nothing was lost."""

    code: ClassVar[str] = ""
    says: ClassVar[str] = ""
    mend: ClassVar[str] = ""
    exit_code: ClassVar[int] = 3

    def __init__(self, **where: object) -> None:
        self.where = where
        super().__init__(f"{self.says.format(**where)} {self.mend.format(**where)}".strip())


class NotBuilt(Refused):
    """An engine or option that this version does not have. Said plainly rather than half done."""
