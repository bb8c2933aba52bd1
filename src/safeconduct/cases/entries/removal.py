"""What stands in the last version of an entry that was removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeconduct.cases.entries.telling import Told
from safeconduct.vault.models import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal(Told):
    """Why it was removed, where somebody said so. It belongs to the part of the entry that it ends."""

    kind: ClassVar[str] = "removal"
    part: ClassVar[Part] = Part.CONTENTS

    why: str | None = None
