"""The child process: confined, without the desk's secrets, and never able to take the desk down with it."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from papers_by_hand import MADE, jpeg_with_place, mutated, pdf_with_everything, photograph, saved
from PIL import Image

from safeconduct.cases.papers import Kind, Limits, cleaned, preview, process
from safeconduct.core.errors import (
    BadPaper,
    PaperBroken,
    PaperHasNoSuchPage,
    PaperNeedsLinux,
    PaperReadersBusy,
    PaperReaderStopped,
    PaperTooHungry,
    PaperTooManyBytes,
    PaperTooSlow,
)

# A child that answers with what it found out about itself, in the place of the real one.
ANSWERS = (
    "import os, sys, json; sys.path[:] = {path!r}; sys.stdin.buffer.read(); say = []\n"
    "BODY\n"
    "print(json.dumps(dict(kind='text', pages=1, width=None, height=None, noticed=['PLACE', 'nonsense'])))\n"
    "print('found', *say, flush=True)"
)


def child_that(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setattr(process, "CHILD", ANSWERS.replace("BODY", body))


WRITES: list[str] | None = None


def _watch(event: str, told: tuple[object, ...]) -> None:
    if WRITES is None:
        return
    if event == "open":
        path, mode, flags = told
        # A number is a pipe that is open already.
        for_writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if for_writing and not isinstance(path, int) and path != os.devnull:
            WRITES.append(f"{path} {mode}")
    elif event in {"tempfile.mkstemp", "tempfile.mkdtemp"}:
        WRITES.append(event)


sys.addaudithook(_watch)


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Every opening for writing in this process; temporary files would have no place to be."""
    global WRITES  # noqa: PLW0603 (a hook of the interpreter cannot be taken off)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "not there"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    WRITES = []
    yield WRITES
    WRITES = None


def test_a_photograph_goes_through_a_child_and_touches_no_disk(writes: list[str]):
    paper = cleaned(jpeg_with_place(6), told_name="Farhad.PDF")
    assert (paper.kind, paper.pages, paper.width, paper.height) == (Kind.JPEG, 1, 48, 64)
    assert paper.sha256 == hashlib.sha256(paper.contents).hexdigest()
    assert paper.noticed[0].startswith("The place where the photograph was taken")
    assert "Its name says" in paper.noticed[-1]
    assert b"Exif" not in paper.contents
    assert "JFIF" not in repr(paper), "what is logged by mistake holds no document"
    assert not any("Farhad" in each for each in paper.noticed)
    assert writes == []


def test_a_pdf_goes_through_a_child_and_is_shown(writes: list[str]):
    paper = cleaned(pdf_with_everything(), told_name="letter.pdf")
    assert (paper.kind, paper.pages) == (Kind.PDF, 2)
    drawn = preview(paper.contents, paper.kind, page=2, width=120)
    assert drawn.startswith(b"\x89PNG")
    assert writes == []


def test_the_child_gets_none_of_the_secrets_of_the_desk(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAFECONDUCT_KEY", "a secret of the desk")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    child_that(
        monkeypatch,
        "told = open('/proc/self/environ').read() + open('/proc/self/cmdline').read()\n"
        "say += ['sec' + 'ret' in told, [k for k in os.environ if k != 'LC_CTYPE']]\n"
        f"say += [os.path.exists('/proc/self/fd/{reading}'), os.getcwd()]",
    )
    try:
        paper = cleaned(b"hello")
    finally:
        os.close(reading)
        os.close(writing)
    assert paper.contents == b"found False [] False /\n"


def test_what_a_parser_complains_of_stands_in_no_log(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """It may quote the document."""
    child_that(monkeypatch, "print('their story', file=sys.stderr, flush=True)")
    assert cleaned(b"hello").contents
    assert capfd.readouterr().err == ""


def test_the_child_can_open_nothing_once_it_is_confined(monkeypatch: pytest.MonkeyPatch):
    child_that(
        monkeypatch,
        "import socket\n"
        "from safeconduct.cases.papers.child import confine\n"
        "from safeconduct.cases.papers.limits import Limits\n"
        "confine(Limits())\n"
        "def no(act):\n"
        "    try: act()\n"
        "    except (OSError, MemoryError) as error: say.append(type(error).__name__)\n"
        "    else: say.append('done')\n"
        "no(lambda: open('/etc/passwd'))\n"
        "no(lambda: open('/tmp/paper', 'w'))\n"
        "no(lambda: socket.socket())\n"
        "no(lambda: bytearray(4 << 30))\n"
        "import resource\n"
        "for what in ('FSIZE', 'CORE', 'NPROC', 'NOFILE', 'CPU'):\n"
        "    say.append(resource.getrlimit(getattr(resource, 'RLIMIT_' + what)))",
    )
    # Soft and hard alike, so that nothing in there can raise them again.
    limits = b"(0, 0) (0, 0) (0, 0) (3, 3) (30, 30)"
    assert (
        cleaned(b"hello").contents == b"found OSError OSError OSError MemoryError " + limits + b"\n"
    )


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("os._exit(3)", PaperReaderStopped),
        ("import signal; os.kill(os.getpid(), signal.SIGTERM)", PaperReaderStopped),
        ("import time; time.sleep(20)", PaperTooSlow),
        ("os.write(1, b'not an answer'); os._exit(0)", PaperReaderStopped),
        ("print('[]'); sys.exit(0)", PaperReaderStopped),
        ("print(json.dumps(dict(refused='SC999', where=dict(a=1)))); sys.exit(0)", PaperReaderStopped),
        ("print(json.dumps(dict(refused='SC761', where=dict(a=1)))); sys.exit(0)", PaperReaderStopped),
        ("print(json.dumps(dict(kind='jpeg', pages=1, width=1, height=1, noticed=[])), '<p>', sep='\\n'); sys.exit(0)",
         PaperReaderStopped),
        ("while True: os.write(1, bytes(100_000))", PaperReaderStopped),
    ],
)  # fmt: skip
def test_however_the_child_ends_the_desk_lives_on(
    monkeypatch: pytest.MonkeyPatch, body: str, refusal: type[BadPaper]
):
    child_that(monkeypatch, body)
    # A quarter of a second is time enough for a child that does nothing.
    limits = Limits(seconds=0.25 if refusal is PaperTooSlow else 20, kept_bytes=1_000_000)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        cleaned(b"hello", limits=limits)


def test_what_the_child_says_it_noticed_is_ours_or_nothing(monkeypatch: pytest.MonkeyPatch):
    child_that(monkeypatch, "pass")
    paper = cleaned(b"hello")
    assert len(paper.noticed) == 1
    assert paper.noticed[0].startswith("The place")


def test_a_picture_that_needs_too_much_memory_is_refused_in_words():
    raw = saved(Image.new("1", (8_900, 8_900)), "PNG", compress_level=1)
    with pytest.raises(PaperTooHungry):
        cleaned(raw, limits=Limits(memory_bytes=180 << 20))


def test_a_refusal_crosses_the_pipe_with_its_words():
    raw = saved(photograph(), "PNG")
    with pytest.raises(PaperBroken, match="breaks off"):
        cleaned(raw[: len(raw) // 2])
    with pytest.raises(PaperHasNoSuchPage, match="1 pages; page 7"):
        preview(raw, Kind.PNG, page=7)


def test_too_many_bytes_start_no_child(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process, "_asked", None)
    with pytest.raises(PaperTooManyBytes):
        cleaned(b"x" * 101, limits=Limits(given_bytes=100))


def test_only_a_few_are_read_at_once(monkeypatch: pytest.MonkeyPatch):
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(process, "_READERS", taken)
    with pytest.raises(PaperReadersBusy):
        cleaned(b"hello", limits=Limits(seconds=0.01))  # type: ignore[arg-type]


def test_where_a_process_cannot_be_limited_nothing_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process.sys, "platform", "win32")
    with pytest.raises(PaperNeedsLinux):
        cleaned(b"hello")


def test_the_desk_loads_no_parser_of_documents():
    import subprocess  # noqa: PLC0415

    code = (
        "import sys, safeconduct.cases.papers.process as p; p.cleaned(b'hello')\n"
        "print([name for name in ('PIL', 'pikepdf', 'pypdfium2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_every_kind_goes_through_a_child_and_so_do_its_mutations(name: str, writes: list[str]):
    import random  # noqa: PLC0415

    raw = MADE[name]()
    paper = cleaned(raw)
    assert preview(paper.contents, paper.kind, page=paper.pages, width=60)
    chance = random.Random(f"child {name}")
    for _ in range(30):
        try:
            assert cleaned(mutated(raw, chance)).contents
        except BadPaper:
            continue
    assert writes == []
