"""A terminal, as a person sits at one: what is typed is typed when it is asked for, passphrases too."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ANSWERS_WITHIN = 90.0  # seconds; a machine under test may be slow


class Terminal:
    """One command at a time. `said`: everything that stood on it since the newest command."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder, self._environment = folder, environment
        self._process = self._screen = -1
        self._read_until = 0
        self.said = ""

    def run(self, command: str) -> None:
        """The newest command must have ended well before another is run."""
        if self._process > 0:
            self.ends()
        self.said, self._read_until = "", 0
        words = command.replace(".venv/bin/", f"{Path(sys.executable).parent}/").split()
        self._process, self._screen = pty.fork()
        if self._process == 0:
            os.chdir(self._folder)
            os.execvpe(words[0], words, dict(self._environment))

    def sees(self, words: str) -> None:
        """Waits until it stands there, after what was seen before."""
        until = time.monotonic() + ANSWERS_WITHIN
        while (found := self.said.find(words, self._read_until)) < 0:
            assert time.monotonic() < until, f"the terminal does not say “{words}”"
            assert self._read(), f"the command ended without saying “{words}”"
        self._read_until = found + len(words)

    def types(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def ends(self) -> None:
        """Waits for the end of the command, which must be a good one (Ctrl-C is a good end of what serves)."""
        until = time.monotonic() + ANSWERS_WITHIN
        while self._read():
            assert time.monotonic() < until, "the command does not end"
        _, status = os.waitpid(self._process, 0)
        os.close(self._screen)
        self._process = self._screen = -1
        assert os.waitstatus_to_exitcode(status) == 0, self.said[-1000:]

    def close(self) -> None:
        """Whatever runs still is ended."""
        if self._process > 0:
            os.kill(self._process, signal.SIGTERM)
            while self._read():
                pass
            os.waitpid(self._process, 0)
            os.close(self._screen)
            self._process = self._screen = -1

    def _read(self) -> bool:
        """What came within a moment; False when nobody writes there any more."""
        ready, _, _ = select.select([self._screen], [], [], 0.2)
        if not ready:
            return True
        try:
            came = os.read(self._screen, 65536)
        except OSError:  # Linux: the other end is closed
            return False
        told = came.decode(errors="replace")
        self.said += re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", told).replace("\r", "")
        return bool(came)
