"""What each column is: by its heading, by its cells, or as the user's mapping says. Both are told in `because`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from safeconduct.core.rows import ColumnRead
from safeconduct.sheets.addresses import letters
from safeconduct.sheets.cells import Provinces
from safeconduct.sheets.content import Content, content_of
from safeconduct.sheets.fields import MANY, NAME_FIELDS, PERSON_FIELDS, Field
from safeconduct.sheets.grid import Grid
from safeconduct.sheets.headings import UNREAD, YOU, Heading, heading_words, of_caller, whose
from safeconduct.sheets.layout import Layout

CERTAIN_ENOUGH = 0.5


@dataclass(slots=True)
class Guess:
    """A column (from 0), what it was taken for and why. `field` is None where it is left unread."""

    index: int
    field: Field | None
    confidence: float
    because: str
    content: Content


def guess_columns(
    grid: Grid, layout: Layout, provinces: Provinces, on: date, told: Mapping[int, Field | None]
) -> list[Guess]:
    """One guess for every column that holds anything. `told` is the user's mapping for this sheet, by column."""
    lines = [line for line in grid.visible() if line.number > layout.last_row]
    known = grid.form.known if grid.form else {}
    guesses = []
    for index in range(grid.width):
        if index in grid.hidden_columns:
            continue
        content = content_of(
            [line.cells[index] for line in lines if len(line.cells) > index], provinces, on
        )
        if index in told:
            guesses.append(Guess(index, told[index], 1.0, "The mapping says so.", content))
        elif index in known:
            guesses.append(Guess(index, known[index].field, 1.0, known[index].because, content))
        elif index in layout.headings:
            guesses.append(_by_heading(index, layout.headings[index], content))
        elif content.filled or index in layout.texts:
            guesses.append(Guess(index, None, 0.0, _why_not(index, layout), content))
    free = [guess for guess in guesses if guess.index not in told and guess.index not in known]
    _settle_you(free)
    _settle_sender(free, layout)
    _give_phone_to_caller(free)
    if not told:
        _by_content(free, guesses, layout)
    _settle_conflicts(free, guesses)
    return guesses


def _settle_you(free: list[Guess]) -> None:
    """A form's "your name" is the caller's where other names are asked for, else the person's own."""
    fields = [guess.field for guess in free if guess.field]
    by_caller = any(field.name in NAME_FIELDS and field.who != YOU for field in fields)
    for guess in free:
        if guess.field is None or guess.field.who != YOU:
            continue
        field = of_caller(guess.field.name) if by_caller else Field(guess.field.name)
        guess.field = None if field.name == UNREAD else field
        speaks = "whoever filled in the form"
        guess.because = f"{guess.because.rstrip('.')}, and speaks of {speaks}."


def _settle_sender(free: list[Guess], layout: Layout) -> None:
    """A bare "Name" beside "name of the person at risk" and "relationship to you" is of whoever sent the form."""
    named = [guess for guess in free if guess.field == Field("full_name")]
    fields = {guess.field.name for guess in free if guess.field}
    said = {guess.index: whose(heading_words(layout.texts.get(guess.index, ""))) for guess in named}
    of_main = [guess for guess in named if said[guess.index] == "main"]
    if len(of_main) != 1 or "caller_relation" not in fields or "caller_name" in fields:
        return
    for guess in named:
        if said[guess.index] is None and guess.index < of_main[0].index:
            guess.field = Field("caller_name")
            guess.because = "Another column names the person, and this one whoever sent the form."


def _why_not(index: int, layout: Layout) -> str:
    return "Its heading is not one we know." if index in layout.texts else "It has no heading."


def _by_heading(index: int, heading: Heading, content: Content) -> Guess:
    field, confidence = heading.field, heading.confidence
    if field.name == UNREAD:
        return Guess(
            index, None, confidence, "Its heading tells something that is not taken.", content
        )
    field = _corrected(field, content)
    because = "Its heading says so"
    share = content.agrees(field.name)
    if share is not None and content.filled >= 3:
        because += f", and {round(share * 100)}% of its cells look like it"
        confidence = (
            min(confidence + 0.04, 0.99) if share >= 0.6 else confidence * (0.6 + 0.4 * share / 0.6)
        )
    return Guess(index, field, round(confidence, 2), f"{because}.", content)


def _corrected(field: Field, content: Content) -> Field:  # noqa: PLR0911 (one line for each trap)
    """Headings that say one thing over cells that are plainly another."""
    if content.filled == 0:
        return field
    name = field.name
    if name == "birth" and content.ages > 0.6 and content.dates < 0.3:
        return field._replace(name="age")
    if name == "members" and content.sizes > 0.7:
        return Field("told_size")
    if name == "reference" and max(content.long, content.lists) > 0.5:
        return Field("members")
    if name in {"told_adults", "told_children"} and content.sizes < 0.5:
        return Field("members") if max(content.names, content.lists) > 0.5 else field
    if name == "occupation" and content.relations > 0.6:
        return field._replace(name="relation")
    if name == "told_size" and content.sizes < 0.3 and content.names > 0.5 and content.words > 0.5:
        return Field("members")
    if name == "phone" and content.phones < 0.2 and content.names > 0.6:
        return Field("caller_name")
    if name == "full_name" and content.arabic > 0.9:
        return field
    if name == "sex" and content.sexes < 0.2 and content.relations > 0.6:
        return field._replace(name="relation")
    return field


def _give_phone_to_caller(free: list[Guess]) -> None:
    """The first of several telephones, right behind the caller's name, is the caller's: "Their WhatsApp"."""
    phones = [guess for guess in free if guess.field == Field("phone")]
    callers = [guess.index for guess in free if guess.field == Field("caller_name")]
    known = any(guess.field == Field("caller_phone") for guess in free)
    if len(phones) > 1 and not known and phones[0].index - 1 in callers:
        phones[0].field = Field("caller_phone")
        phones[0].because = f"{phones[0].because.rstrip('.')}; it stands right behind the caller."


def _by_content(free: list[Guess], guesses: list[Guess], layout: Layout) -> None:
    """Columns without a heading we know, by their cells. Names only where nothing else is called a name."""
    taken = {guess.field for guess in guesses if guess.field}
    named = any(field.name in NAME_FIELDS or field.name == "members" for field in taken)
    open_columns = [
        guess
        for guess in free
        if guess.field is None and guess.confidence == 0 and guess.content.filled >= 2
    ]
    for guess in open_columns:
        if named and guess.index in layout.texts:
            continue  # a heading in words we do not know, in a sheet we do know: left to the user's mapping
        for field, share in _looks(guess.content, strict=named):
            if Field(field) in taken and field not in MANY:
                continue
            guess.field, guess.confidence = Field(field), round(0.65 * share, 2)
            guess.because = f"{round(share * 100)}% of its cells look like it."
            taken.add(guess.field)
            break
    if named or len([guess for guess in open_columns if guess.field]) < 1:
        return
    names = [
        guess
        for guess in open_columns
        if guess.field is None and guess.content.names >= 0.8 and guess.content.different > 0.4
    ]
    if names:
        best = names[0]
        best.field, best.confidence = Field("full_name"), CERTAIN_ENOUGH
        best.because = f"{round(best.content.names * 100)}% of its cells look like names of people."


def _looks(content: Content, *, strict: bool) -> list[tuple[str, float]]:
    found = [
        ("email", content.emails, 0.6),
        ("sex", content.sexes, 0.85),
        ("phone", content.phones, 0.7),
    ]
    if not strict:
        found += [
            ("relation", content.relations, 0.8),
            ("birth", content.births, 0.8),
            ("province", content.provinces, 0.7),
        ]
    return [(field, share) for field, share, least in found if share >= least]


def _settle_conflicts(free: list[Guess], guesses: list[Guess]) -> None:
    """Two columns of one field: both are kept where many are allowed; else the surer, and the other is left unread.

    Names that come again and again begin a new person each time: name, age, name, age.
    """
    fixed = {guess.field for guess in guesses if guess not in free and guess.field}
    holders: dict[Field, Guess] = {}
    slot = 1
    for guess in free:
        if guess.field is None:
            continue
        field = guess.field
        if field in fixed:
            _leave(guess)
            continue
        if field.name in MANY and (not field.who):
            if slot > 1 and field.name in PERSON_FIELDS and field.name in {"phone", "email"}:
                guess.field = Field(field.name, f"member{slot}")
            continue
        before = holders.get(field)
        if before is None:
            holders[field] = guess
            continue
        if field.name == "full_name" and (
            _is_surname(before, guess, holders) or _is_other_script(before, guess, holders)
        ):
            continue
        if not field.who and field.name in PERSON_FIELDS and _starts_again(field, free):
            if field.name in {"full_name", "given_name"}:
                slot += 1
            again = Field(field.name, f"member{slot}")
            if slot > 1 and again not in holders:
                guess.field, holders[again] = again, guess
                continue
        if guess.confidence > before.confidence + 0.02:
            _leave(before)
            holders[field] = guess
        else:
            _leave(guess)


def _is_other_script(before: Guess, guess: Guess, holders: dict[Field, Guess]) -> bool:
    """Two columns called name, one in Latin and one in Dari letters, are one name twice."""
    native = Field("native_name")
    if native in holders or abs(before.content.arabic - guess.content.arabic) < 0.4:
        return False
    written = before if before.content.arabic > guess.content.arabic else guess
    written.field, holders[native] = native, written
    holders[Field("full_name")] = guess if written is before else before
    return True


def _is_surname(before: Guess, guess: Guess, holders: dict[Field, Guess]) -> bool:
    """Two columns called name, side by side and of single words, are the two names of one person."""
    given, family = Field("given_name"), Field("family_name")
    single = max(before.content.words, guess.content.words) <= 0.2 and guess.content.filled > 0
    if guess.index != before.index + 1 or not single or {given, family} & holders.keys():
        return False
    before.field, guess.field = given, family
    holders[given], holders[family] = before, guess
    guess.because = f"{guess.because.rstrip('.')}; it stands right behind the first name."
    guess.confidence = round(guess.confidence * 0.7, 2)
    return True


def _starts_again(field: Field, free: list[Guess]) -> bool:
    names = [
        guess for guess in free if guess.field and guess.field.name in {"full_name", "given_name"}
    ]
    return len(names) > 1 and field.name in PERSON_FIELDS


def _leave(guess: Guess) -> None:
    guess.field, guess.confidence = None, 0.0
    guess.because = "Another column was taken for the same."


def columns_read(grid: Grid, layout: Layout, guesses: list[Guess]) -> list[ColumnRead]:
    """The guesses as the caller of the room sees them."""
    return [
        ColumnRead(
            file=grid.file,
            sheet=grid.name,
            column=letters(guess.index + 1),
            field=str(guess.field) if guess.field else None,
            confidence=guess.confidence,
            because=guess.because,
            # A heading is told only where it is known for one: what merely stands first may be private.
            heading=layout.texts.get(guess.index, "") if guess.index in layout.headings else "",
        )
        for guess in guesses
    ]
