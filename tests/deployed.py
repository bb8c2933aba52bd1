"""A deployment as an operator has it: made by `safeconduct init`, served by `safeconduct serve`, visited over HTTP."""

from __future__ import annotations

import base64
import hmac
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.visitor import Page, Visitor

PASSPHRASE = "four plain words here"
READY_WITHIN = 60.0
_STEP = 30  # seconds that a code by time is good for (RFC 6238)


@dataclass
class Deployed:
    """Where it lies, and who has come in. Everything it writes anywhere lies below `root`."""

    root: Path
    port: int = 0
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}/"

    @property
    def environment(self) -> dict[str, str]:
        told = {"SAFECONDUCT_HOME": str(self.home), "TMPDIR": str(self.root / "tmp")}
        told |= {"SAFECONDUCT_KEYS_HOME": str(self.root / "keys"), "HOME": str(self.root / "user")}
        kept = {
            name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ
        }
        return {**kept, **told}

    def run(self, *words: str, given: str = "") -> str:
        """A command of the product; what it said. Also kept in a file, as a log that somebody may find."""
        done = subprocess.run(
            [sys.executable, "-m", "safeconduct.cli", *words],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        with (self.root / "commands.log").open("a") as log:
            log.write(done.stdout + done.stderr)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[subprocess.Popen[bytes]]:
        """The desk, serving; stopped as an operator stops it."""
        self.port = free_port()
        with (self.root / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "safeconduct.cli", "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            _wait_until_ready(process, self.port, self.root / "serve.log")
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)

    def comes_in(self, handle: str, passphrase: str = PASSPHRASE) -> Visitor:
        """Through the door: passphrase, then a code from the app, which is set up at the first time."""
        visitor = Visitor(self.base)
        page = visitor.get("/door/")
        page = visitor.send(page, page.form("handle"), {"handle": handle, "passphrase": passphrase})
        return self.gives_code(visitor, page, handle)

    def gives_code(self, visitor: Visitor, page: Page, handle: str) -> Visitor:
        if handle not in self.secrets:
            found = re.search(r">((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})<", page.text)
            assert found, page.url
            self.secrets[handle] = found.group(1).replace(" ", "")
        page = visitor.send(page, page.form("code"), {"code": code_now(self.secrets[handle])})
        assert "/door/" not in page.url, page.text
        return visitor

    def joins(self, inviter: Visitor, handle: str, *roles: str) -> Visitor:
        """Invited by a coordinator, welcomed with the code that was read out."""
        page = inviter.get("/office/invite/")
        page = inviter.send(page, page.form("handle"), {"handle": handle, "roles": list(roles)})
        invitation = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{3,4}){6}", page.text)
        assert invitation, page.text
        visitor = Visitor(self.base)
        page = visitor.get("/door/welcome/")
        told = {"handle": handle, "invitation": invitation.group(0)}
        told |= {"new": PASSPHRASE, "once_more": PASSPHRASE}
        page = visitor.send(page, page.form("invitation"), told)
        page = visitor.send(page, page.forms[0])  # "I have written it down"
        if "code" not in {name for form in page.forms for name in form.names}:
            page = visitor.get("/")
        return (
            self.gives_code(visitor, page, handle)
            if page.url.endswith(("up/", "factor/"))
            else visitor
        )

    def files(self) -> list[Path]:
        return sorted(path for path in self.root.rglob("*") if path.is_file())


def make_deployed(root: Path) -> Deployed:
    deployed = Deployed(root)
    for name in ("tmp", "user"):
        (root / name).mkdir()
    deployed.run(
        "init", "--office", "Harbour Street", "--handle", "carol", "--passphrase-from-stdin",
        given=PASSPHRASE + "\n",
    )  # fmt: skip
    return deployed


def code_now(secret: str) -> str:
    """The six digits that an app shows now (RFC 6238, RFC 4226): reckoned here, not by the product."""
    count = struct.pack(">Q", int(time.time()) // _STEP)  # noqa: TID251 (the server looks at the clock too)
    digest = hmac.digest(base64.b32decode(secret), count, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        with socket.socket() as door:
            door.settimeout(0.2)
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # a real process, started once
    raise AssertionError("the desk did not come up: " + log.read_text())
