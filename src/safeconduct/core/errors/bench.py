"""The bench. SC620 to SC622."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class NoFigures(Refused):
    """A bench that cannot give its figures, or cannot set them beside earlier ones."""


class BenchStopped(NoFigures):
    """A bench runs each size in a process of its own; that process ended without its figures."""

    code = "SC620"
    says = "The bench {name} stopped at size {size} (exit code {code})."
    mend = "What it said stands above. Exit code -9 is most often a want of memory: try a smaller --size."
    exit_code = 1


class NotAKeptRun(NoFigures):
    """A file in the folder of kept runs that no bench of this version wrote."""

    code = "SC621"
    says = "{path} is not a kept run of this version."
    mend = "Move it away, or name another folder with --kept."


class BenchInputMissing(NoFigures):
    """A bench of gathered data, where the data or the library that brings it is not there. Nothing stands in for it."""

    code = "SC622"
    says = "{what} is not there: nothing was measured on it."
    mend = "{how}"
