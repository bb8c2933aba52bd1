"""Dari, Pashto, Arabic and Latin forms of one name: compared with reasons, and keyed so that they can meet."""

from safeconduct.core.names.comparing import Aligned, NameMatch, compare
from safeconduct.core.names.keys import keys
from safeconduct.core.names.memory import forget

__all__ = ["Aligned", "NameMatch", "compare", "forget", "keys"]
