"""Law 3, as it stands or falls: fill a database through the screens, stop, and search the raw bytes of every file.

Everything that a person typed or uploaded is looked for in every file below the deployment (both databases with their
logs, the key store, temporary files, what was logged and said, the backups), in every writing that a
program might have given it. None is found.
"""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from tests.deployed import Deployed, make_deployed
from tests.visitor import Page, Visitor

from safeconduct.vault.age import new_identity

pytestmark = pytest.mark.slow

# All of it is made up. Telephones are of the range kept for drama.
TOLD = {
    "caller_name": "Farid Testivand",
    "caller_phones": "07700 900142",
    "caller_relation": "her mother's cousin",
    "person-0-given_name": "Zarghuna",
    "person-0-family_name": "Testivandi",
    "person-0-birth": "24 Asad 1366",
    "person-1-given_name": "زرغونه",
    "person-1-family_name": "تستیوند",
    "place": "beside the blue mosque in Chindawol",
    "threat": "men with a list came to the neighbours on Tuesday",
    "hours": "only between nine and ten at night",
    "safe_words": "ask whether the bakery is open",
    "phone_shared_with": "her brother-in-law Temur",
    "note": "the youngest needs insulin; do not tell the uncle",
}
ENTRIES = {
    "person": {
        "given_name": "Gulmakai",
        "father_name": "Ainuddinov",
        "native_name": "گل‌مکۍ",
        "passport": "P0012345X",
        "tazkira": "1399-0101-77777",
        "phones": "020 7946 0142",
    },
    "caller": {
        "name": "Halimat Testavand",
        "email": "halimat.testavand@mail.example",
        "town": "Peterborough",
    },
    "tie": {
        "to": "the survey battalion of Herrick",
        "words": "her husband was its interpreter for three winters",
    },
    "threat": {
        "words": "a night letter nailed to the gate",
        "by": "the district commander's nephew",
    },
    "note": {"words": "she wept; the line broke twice\nshe will call again from the roof"},
    "safe_contact": {"never_say": "never say evacuation", "hours": "after the evening prayer"},
    "decision": {
        "scheme": "ARAP-1",
        "outcome": "granted",
        "reference": "ARAP/REF/0099/Z",
        "words": "told by letter on green paper",
    },
}
FILES = {
    "picture.jpg": ("The scan with the torn corner", "torn corner"),
    "letter.txt": ("The commander's letter of thanks", "commander's letter"),
}
PAPER_TEXT = "To whom it may concern: Zarghuna interpreted for us at the bridge of Sangin-Testabad."
REASONS = {
    "break": "her brother is on the line now and the airport closes at six",
    "hand": "please keep calling the number of the bakery",
}


def needles() -> list[str]:
    told = [*TOLD.values(), *(text for entry in ENTRIES.values() for text in entry.values())]
    told += [title for title, _ in FILES.values()] + [PAPER_TEXT, *REASONS.values()]
    fixed = {"ARAP-1", "granted"}  # a scheme's code and an outcome: fixed words
    whole = [text for text in told if text not in fixed]
    # Parts too: a name by itself, a line of a note, digits without their spaces.
    parts = [
        word for text in whole for word in re.findall(r"\w{6,}", text) if word.lower() not in COMMON
    ]
    digits = ["".join(filter(str.isdigit, text)) for text in whole]
    return sorted({*whole, *parts, *(run for run in digits if len(run) >= 7)})


# Words of the typed texts that the product itself uses on disk, for example in names of columns and deeds.
COMMON = {"letter", "number", "person", "person's", "please", "before", "after", "calling", "interpreter", "corner",
          "between", "winters", "paper", "should", "family", "commander", "airport", "closes"}  # fmt: skip


def writings(text: str) -> Iterator[bytes]:
    """How a program may have written it."""
    for each in {text, text.lower(), text.upper()}:
        plain = each.encode()
        yield from (plain, each.encode("utf-16-le"), each.encode("utf-16-be"))
        yield json.dumps(each).encode()[1:-1]
        yield quote(each).encode()
        yield plain.hex().encode()
        # Wherever in a longer run it began: three ways to fall into groups of three bytes.
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + plain)
            start, end = {0: 0, 1: 2, 2: 3}[before], len(coded) - 4
            if end - start >= 8:
                yield coded[start:end]


def found_in(folder: list[Path], texts: list[str]) -> list[tuple[str, str]]:
    ways = {way: text for text in texts for way in writings(text) if len(way) >= 6}
    pattern = re.compile(b"|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True)))
    return [
        (path.name, ways[match.group()])
        for path in folder
        for match in [pattern.search(path.read_bytes())]
        if match
    ]


def picture() -> bytes:
    """A photograph with words in what it carries beside the picture."""
    image = Image.effect_noise((320, 240), 60).convert("RGB")
    told = Image.Exif()
    told[0x010E] = "Zarghuna at the gate of Chindawol"
    file = io.BytesIO()
    image.save(file, "JPEG", exif=told)
    return file.getvalue()


def filled(deployed: Deployed) -> None:
    """An office's evening, through the screens alone."""
    carol = deployed.comes_in("carol")
    alice = deployed.joins(carol, "alice", "caseworker")
    bob = deployed.joins(carol, "bob", "caseworker")
    page = alice.get("/cases/new/")
    page = alice.send(page, page.form("caller_name"), TOLD | {"told_size": "6"})
    code = _case_code(page)
    for kind, told in ENTRIES.items():
        _add(alice, code, kind, told)
    for name, (title, _) in FILES.items():
        body = picture() if name.endswith("jpg") else PAPER_TEXT.encode()
        page = alice.get(f"/cases/{code}/add/document/")
        page = alice.send(page, page.form("file"), {"title": title}, {"file": (name, body)})
        assert title.split()[-1] in page.text, page.text
    _send_a_list(carol, alice, code)
    page = bob.get(f"/cases/{code}/break-glass/")
    page = bob.send(page, page.form("reason"), {"reason": REASONS["break"]})
    assert "Zarghuna" in bob.get(f"/cases/{code}/").text
    page = alice.get(f"/cases/{code}/hand-over/")
    bob_code = next(each for each in page.form("to").choices["to"] if each)
    page = alice.send(page, page.form("to"), {"to": bob_code, "note": REASONS["hand"]})
    assert page.status == 200, page.text


def _add(visitor: Visitor, code: str, kind: str, told: dict[str, str]) -> Page:
    page = visitor.get(f"/cases/{code}/add/{kind}/")
    page = visitor.send(page, page.form(*told), told)
    assert page.url.rstrip("/").endswith(code), (kind, page.text)
    return page


def _send_a_list(carol: Visitor, alice: Visitor, code: str) -> None:
    """Named by Carol, confirmed by Alice? She has no such right: so nothing may be sent, and the reason is told."""
    page = carol.get("/exports/recipients/")
    key = new_identity().recipient
    page = carol.send(page, page.form("age_key"), {"name": "A Department", "age_key": key})
    assert "A Department" in page.text
    page = alice.get("/exports/ask/")
    page = alice.send(page, page.form("cases"), {"cases": code})
    assert page.status == 400
    record = alice.get(f"/exports/record/{code}/")
    record = alice.send(record, record.form("sure"), {"sure": "on"})
    assert "Zarghuna" in record.text


def _case_code(page: Page) -> str:
    match = re.search(r"/cases/([0-9A-Z]{9})/", page.url)
    assert match, page.text
    return match.group(1)


@contextmanager
def kept_open(files: list[Path]) -> Iterator[None]:
    """A reader on each database: so that its write-ahead log stays, as it does on a busy evening."""
    databases = [path for path in files if path.suffix == ".sqlite"]
    with ExitStack() as readers:
        for path in databases:
            reader = readers.enter_context(closing(sqlite3.connect(path)))
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """Filled through the screens, backed up while serving, then stopped."""
    deployed = make_deployed(tmp_path_factory.mktemp("deployed"))
    with deployed.served(), kept_open(deployed.files()):
        filled(deployed)
        deployed.run(
            "backup",
            "--to",
            str(deployed.root / "backups"),
            "--keys-to",
            str(deployed.root / "key-backups"),
        )
        # As a thief finds it who pulls the plug: the write-ahead logs are still there.
        for name in ("home", "keys"):
            shutil.copytree(deployed.root / name, deployed.root / "while-serving" / name)
    return deployed


def test_no_name_phone_story_or_document_is_in_clear_in_any_file(stopped: Deployed):
    files = stopped.files()
    assert {"main.sqlite", "keys.sqlite", "serve.log", "commands.log"} <= {
        path.name for path in files
    }
    assert {path.suffix for path in files} >= {".age", ".sqlite-wal"}
    assert found_in(files, needles()) == []


def test_the_search_would_find_them(stopped: Deployed, tmp_path: Path):
    """The same search, over a file in which one of them stands, in each writing and each place."""
    missed = []
    for text in needles():
        for way in writings(text):
            file = tmp_path / "planted"
            file.write_bytes(b"\xff" * 1000 + way + b"\0" * 1000)
            if len(way) >= 6 and not found_in([file], [text]):
                missed.append((text, way))
    assert missed == []


def test_covers_are_in_clear_as_security_md_says(stopped: Deployed):
    raw = (stopped.home / "main.sqlite").read_bytes()
    assert b"not assessed" in raw


def test_the_journal_holds_after_it(stopped: Deployed):
    assert stopped.run("journal", "verify")


def test_nothing_is_left_in_temporary_folders(stopped: Deployed):
    assert list((stopped.root / "tmp").rglob("*")) == []
