"""What an operator has: a home, the commands on it, and a desk that is served and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

PASSPHRASE = "plain words that open doors"
SAFECONDUCT = [sys.executable, "-m", "safeconduct.cli"]


class Desk:
    """One home, and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.keys = folder / "home", folder / "keystore"
        kept = {name: told for name, told in os.environ.items() if "DJANGO" not in name}
        self.environment = kept | {
            "SAFECONDUCT_HOME": str(self.home),
            "SAFECONDUCT_KEYS_HOME": str(self.keys),
        }

    def run(
        self, *words: object, told: str = "", code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*SAFECONDUCT, *map(str, words)],
            input=told,
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def init(self) -> subprocess.CompletedProcess[str]:
        words = (
            "init",
            "--office",
            "Harbour Street",
            "--handle",
            "alice",
            "--passphrase-from-stdin",
        )
        return self.run(*words, told=PASSPHRASE + "\n")

    @contextmanager
    def served(self, *words: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
        port = free_port()
        serving = subprocess.Popen(
            [*SAFECONDUCT, "serve", "--port", str(port), *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(lambda: answers(port) or serving.poll() is not None)
            assert serving.poll() is None, serving.communicate()[0].decode()
            yield port, serving
        finally:
            if serving.poll() is None:
                serving.send_signal(signal.SIGTERM)
            serving.communicate(timeout=60)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def get(port: int, path: str) -> tuple[int, str]:
    asking = HTTPConnection("127.0.0.1", port, timeout=10)
    asking.request("GET", path)
    answer = asking.getresponse()
    page = answer.read().decode()
    asking.close()
    return answer.status, page


def answers(port: int) -> bool:
    try:
        return get(port, "/door/")[0] == 200
    except OSError:
        return False


def wait_for(happened, *, seconds: float = 60) -> None:
    """Another process is waited for: looked at often, never longer than this."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)
