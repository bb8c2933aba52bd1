"""A document for a case that is refused: nothing of it was kept. SC760 to SC779.

No message names the file: its name is often somebody's name, and messages travel in logs and screenshots.
"""

from __future__ import annotations

from safeconduct.core.errors.refused import NotBuilt, Refused


class BadPaper(Refused):
    """A document that cannot be taken into a case. It is refused whole: nothing of it was kept."""


class PaperEmpty(BadPaper):
    """The document holds nothing at all."""

    code = "SC760"
    says = "This document is empty."
    mend = (
        "It may not have been copied whole: ask for it again, or save it again where it came from."
    )


class PaperTooManyBytes(BadPaper):
    """The document is larger than the limit, as given or once cleaned."""

    code = "SC761"
    says = "This document is {size} MB; documents up to {limit} MB are taken."
    mend = "Scan it again at 300 dots an inch, or divide it and give each part by itself."


class PaperUnknownKind(BadPaper):
    """Not one of the kinds that are taken; its content decides, never its name."""

    code = "SC762"
    says = (
        "This is {what}, whatever its name says. Taken are photographs and scans (JPEG, PNG, WebP, GIF, TIFF), "
        "PDF and plain text."
    )
    mend = "{how}"


class PaperTwoKinds(BadPaper):
    """A file that is two kinds at once, so that two programs would see two different things."""

    code = "SC763"
    says = "This file is {what} at once, so that two programs would show two different things."
    mend = (
        "If you trust its sender, open it and print it to PDF, and give that. "
        "If you do not, do not open it: ask the sender what it is."
    )


class PaperLocked(BadPaper):
    """A document that opens with a password only."""

    code = "SC764"
    says = "This document opens with a password only."
    mend = (
        "Open it with its password, print it to PDF or save it without one, and give that. "
        "Keep that copy as safe as the first."
    )


class PaperBroken(BadPaper):
    """Damaged, cut short or malformed."""

    code = "SC765"
    says = "This document is damaged or not complete: {what}."
    mend = "Ask its sender for it again; or, if it opens for you, print it to PDF and give that."


class PaperTooManyPages(BadPaper):
    """More pages than the limit."""

    code = "SC766"
    says = "This document has more than {limit} pages."
    mend = "Divide it, and give each part by itself."


class PaperTooManyPixels(BadPaper):
    """A picture that would fill more memory than the limit allows: a bomb, or a very fine scan."""

    code = "SC767"
    says = "A picture here would open to {size} million points; up to {limit} million are opened."
    mend = "Scan it again at 300 dots an inch, or photograph it again at a smaller size."


class PaperTooSlow(BadPaper):
    """The reading took longer than the limit."""

    code = "SC768"
    says = "Reading this document took longer than {seconds} seconds and was stopped; nothing else was touched."
    mend = "Print it to PDF or photograph it, and give that."


class PaperTooHungry(BadPaper):
    """The reading would have needed more memory than the limit."""

    code = "SC769"
    says = (
        "Reading this document would need more than {limit} MB of memory; nothing else was touched."
    )
    mend = "Scan it again at 300 dots an inch, or divide it and give each part by itself."


class PaperReaderStopped(BadPaper):
    """The child process that reads documents ended without an answer."""

    code = "SC770"
    says = "The reader had to stop in the middle of this document; nothing else was touched."
    mend = "If you trust its sender, open it, print it to PDF, and give that. If you do not, do not open it."


class PaperDrawnByItsProgram(BadPaper):
    """A form (XFA) whose pages are made by one program while it is open: the file itself holds none."""

    code = "SC771"
    says = "This PDF is a form whose pages are drawn only by the program it was made for."
    mend = "Open it in that program (most often Adobe Reader), print it to PDF, and give that."


class PaperNotUtf8(BadPaper):
    """Text in another encoding than UTF-8."""

    code = "SC772"
    says = "This looks like text, but not in UTF-8, so that its letters would be guessed."
    mend = "Open it in a text editor, look that it reads well, save it as UTF-8, and give that."


class PaperHasNoSuchPage(BadPaper):
    """A page was asked for that the document does not have."""

    code = "SC773"
    says = "This document has {pages} pages; page {page} was asked for."
    mend = "Ask for one of its pages."


class PaperReadersBusy(BadPaper):
    """As many documents as may be read at once are being read, and none ended in time."""

    code = "SC774"
    says = "Other documents are being read just now, and this one had to wait too long."
    mend = "Give it again in a minute."


class PaperNeedsLinux(NotBuilt):
    """Reading documents safely needs limits on a process that this system does not offer."""

    code = "SC775"
    says = "Documents are read under limits of memory and time, which this system ({system}) does not offer."
    mend = "Use Linux, or Linux inside of this system (a virtual machine, or WSL)."
