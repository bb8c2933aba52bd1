"""The columns of an export: what its server adds, and of each question a heading in words that this room reads.

A heading may be the path of a question ("family/head/name"), its name, or its label in any language, with or without
its groups. Several answers stand in one column, in a column for each ("skills/driver"), or in both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.sheets.cells import Provinces, clean
from safeconduct.sheets.fields import WORDS_FIELDS, Field
from safeconduct.sheets.grid import Known, Line, Value, column_list
from safeconduct.sheets.headings import heading_words, recognise, whose
from safeconduct.sheets.kobo_answers import Answers, reads_of
from safeconduct.sheets.kobo_form import (
    BY_ITSELF,
    EXACT_PLACES,
    FILES,
    WITH_CHOICES,
    Group,
    Question,
    folded,
    without_marks,
)
from safeconduct.sheets.layout import LONGEST_HEADING

_ADDED = Known(None, "The server of the form adds it.", aside=True)
_BY_ITSELF = Known(None, "The form fills it in by itself.", aside=True)
_FILE = Known(None, "It names a file that was sent with the form; the file is not in the export.")
_EXACT = Known(None, "It is an exact place, which is not taken from a form.")
# What KoBoToolbox adds to every export (formpack), and what the OpenRosa standard puts beside the answers.
SYSTEM = {
    "_id": Known(
        None, "The server of the form adds it."
    ),  # by which the submission is found there again
    "_uuid": _ADDED,
    "_index": _ADDED,
    "_parent_index": _ADDED,
    "_parent_table_name": _ADDED,
    "_submission_time": Known(Field("received_on"), "The server of the form says when it came."),
    "_notes": Known(Field("notes"), "The server of the form keeps notes there."),
    "_tags": _ADDED,
    "_status": _ADDED,
    "_validation_status": _ADDED,
    "_submitted_by": _ADDED,
    "_geolocation": _EXACT,
    "_attachments": _ADDED,
    "_xform_id_string": _ADDED,
    "_bamboo_dataset_id": _ADDED,
    "_media_all_received": _ADDED,
    "_version_": _ADDED,
    "__version__": _ADDED,
    "meta/instanceid": _ADDED,
    "meta/instancename": _ADDED,
    "meta/rootuuid": _ADDED,
    "meta/deprecatedid": _ADDED,
    "formhub/uuid": _ADDED,
}
# Of the same, what no sheet of another kind has.
TELLING = SYSTEM.keys() - {"_notes", "_tags", "_status", "_id", "_attachments"}
ENCRYPTED = frozenset({"base64encryptedkey", "encryptedxmlfile", "base64encryptedelementsignature"})
_PLAIN_META = frozenset({"start", "end", "today", "deviceid"})
_OF_PLACES = ("_latitude", "_longitude", "_altitude", "_precision")
_SEPARATORS = ("/", ".", ":")
_CHOSEN = frozenset({"1", "true", "yes"})
_CHOSEN_OR_NOT = _CHOSEN | {"0", "false", "no"}


def is_system(heading: str) -> bool:
    """Whether a folded heading is one that only the server of a form writes."""
    return heading in TELLING or heading.startswith("_submission__")


@dataclass(frozen=True, slots=True)
class Found:
    """The question that a column is of; `choice` where the column is of one of its answers only."""

    question: Question
    choice: str | None = None


class Questions:
    """The questions of a form by everything that a column may be called."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._by_name: dict[str, list[Question]] = {}
        for question in questions:
            for called in dict.fromkeys(_called(question)):
                self._by_name.setdefault(called, []).append(question)
        self.repeats = {folded(q.repeat) for q in questions if q.repeat}

    def find(self, heading: str, repeat: str | None, taken: set[int]) -> Found | None:
        """The question of a folded heading. Of several that are called the same, the first not taken (by its id)."""
        heading = without_marks(heading)
        question = self._one(heading, repeat, taken) or self._moved(heading, repeat)
        if question:
            return Found(question)
        for separator in _SEPARATORS:
            stem, cut, choice = heading.rpartition(separator)
            question = self._one(stem, repeat, set()) if cut else None
            if question and question.kind != "select_one" and _has_choice(question, choice):
                return Found(question, choice)
        return None

    def _moved(self, heading: str, repeat: str | None) -> Question | None:
        """A question that stands in other groups now: by its name alone, where only one is called so."""
        last = heading.rpartition("/")[2]
        called = self._by_name.get(last, []) if last != heading else []
        alone = len(called) == 1 and folded(called[0].repeat) == (repeat or "")
        return called[0] if alone and folded(called[0].name) == last else None

    def _one(self, heading: str, repeat: str | None, taken: set[int]) -> Question | None:
        called = self._by_name.get(heading, [])
        here = [question for question in called if folded(question.repeat) == (repeat or "")]
        left = [question for question in here or called if id(question) not in taken]
        return next(iter(left or here or called), None)


def _has_choice(question: Question, told: str) -> bool:
    if question.kind not in WITH_CHOICES:
        return False
    labels = {folded(label) for choice in question.choices.values() for label in choice.labels}
    return told in question.choices or told in labels


def _called(question: Question) -> Iterator[str]:
    """Its path, shortened from the left, and its labels, alone or behind those of its groups."""
    names = [*(group.name for group in question.groups), question.name]
    for separator in _SEPARATORS:
        for at in range(len(names)):
            yield folded(separator.join(names[at:]))
    for number, label in enumerate(question.labels):
        yield folded(label)
        before = [
            group.labels[number : number + 1] or group.labels[:1] for group in question.groups
        ]
        for separator in _SEPARATORS:
            told = [*(each[0] if each else "" for each in before), label]
            for at in range(len(told) - 1):
                yield folded(separator.join(told[at:]))


def read_columns(
    lines: Sequence[Line],
    head: Line,
    repeat: str | None,
    questions: Questions | None,
    provinces: Provinces,
    *,
    hidden: Collection[int] = (),
) -> tuple[dict[int, Known], int]:
    """What each column is known to be, and how many are questions of the form.

    Rewrites the headings, and the answers below them, in words. `lines` are those below the headings. Columns that are
    `hidden` are left as they are: no answer is brought out of one, or put into one, with those of its question.
    """
    known: dict[int, Known] = {}
    found: dict[int, Found] = {}
    taken: set[int] = set()
    called = {index: folded(head.cells[index]) for index in head.filled() if index not in hidden}
    for index, heading in called.items():
        of_form = questions.find(heading, repeat, taken) if questions else None
        if of_form and heading not in SYSTEM:
            found[index] = of_form
            taken.add(id(of_form.question))
        elif (added := _added(heading, by_form=questions is not None)) is not None:
            known[index] = added
        else:
            head.cells[index] = _best_heading(*_parts(head.cells[index], repeat))
    known |= _split_answers(lines, found) if questions else _split_alone(lines, head, called)
    for index, each in found.items():
        if each.choice is None and index not in known:
            unread = _unread(each.question.kind)
            if unread:
                known[index] = unread
            else:
                head.cells[index] = heading_of(each.question)
                _put_in_words(lines, index, _answers(each.question, head.cells[index], provinces))
    return known, len(found)


def _added(heading: str, *, by_form: bool) -> Known | None:
    if heading.startswith("_submission__"):
        return _ADDED
    if heading.startswith("_") and heading.endswith(_OF_PLACES):
        return _EXACT
    if heading.endswith("_url") and (by_form or heading.startswith("_")):
        return _FILE
    if heading in _PLAIN_META and not by_form:
        return _BY_ITSELF
    return SYSTEM.get(heading)


def _unread(kind: str) -> Known | None:
    """Why the answers to a kind of question are left unread; None where they are not."""
    for kinds, why in ((BY_ITSELF, _BY_ITSELF), (FILES, _FILE), (EXACT_PLACES, _EXACT)):
        if kind in kinds:
            return why
    return None


def _put_in_words(lines: Sequence[Line], index: int, answers: Answers) -> None:
    for line in lines:
        if index < len(line.cells):
            line.cells[index] = answers.told(line.cells[index])


def _answers(question: Question, heading: Value, provinces: Provinces) -> Answers:
    read = recognise(str(heading))
    return Answers(question, reads_of(read.field if read else None, provinces))


# --- headings ------------------------------------------------------------------------


def heading_of(question: Question) -> str:
    """The words of a question that this room reads best, behind its group where that tells of whom it asks."""
    groups = [_group_texts(group) for group in question.inner_groups]
    return _best_heading([*question.labels, question.name], groups)


def _group_texts(group: Group) -> list[str]:
    return [*group.labels[:1], group.name, *group.labels[1:]]


def _parts(cell: Value, repeat: str | None) -> tuple[list[str], list[list[str]]]:
    """A heading without a form, and the groups before it. Those up to the repeat of this sheet say nothing more."""
    text = clean(str(cell))
    *groups, last = text.split("/")
    whole = recognise(text)
    if not groups or not last.strip() or (whole and whole.is_exact and " " in text):
        return [text], []  # "Age/DOB"
    at = max((at + 1 for at, group in enumerate(groups) if folded(group) == repeat), default=0)
    return [last.strip()], [[group.strip()] for group in groups[at:] if group.strip()]


def _best_heading(texts: Sequence[str], groups: Sequence[Sequence[str]]) -> str:
    """Of several texts for one column the one that is surest read; the first where none is.

    A group stands before the text where it says of whom it speaks ("Caller: Name"), or where a code alone and its
    group are one heading ("father name").
    """
    who = next((text for group in reversed(groups) for text in group if _says_whose(text)), "")
    if groups and len(texts) == 1 and not any(map(_says_whose, groups[-1])):
        joined = [f"{' '.join(heading_words(group))} {texts[0]}" for group in groups[-1]]
        texts = [each for each in joined if (read := recognise(each)) and read.is_exact] or texts
    candidates = [f"{who}: {text}" if who else text for text in texts]
    candidates = [candidate[:LONGEST_HEADING] for candidate in candidates]
    surest = recognise(max(candidates, key=_confidence))
    same = (each for each in candidates if surest and _field(each) == surest.field)
    return next(
        same, candidates[0]
    )  # of those that say the same, the first is what its reader reads


def _confidence(text: str) -> float:
    read = recognise(text)
    return read.confidence if read else 0


def _field(text: str) -> Field | None:
    read = recognise(text)
    return read.field if read else None


def _says_whose(group: str) -> bool:
    return whose(heading_words(group)) is not None


# --- several answers -----------------------------------------------------------------


def _split_answers(lines: Sequence[Line], found: dict[int, Found]) -> dict[int, Known]:
    """Columns of single answers. Where no column has them all, the first is made that column."""
    known: dict[int, Known] = {}
    whole = {id(each.question): index for index, each in found.items() if each.choice is None}
    split: dict[int, dict[int, str]] = {}
    for index, each in found.items():
        if each.choice is not None:
            split.setdefault(id(each.question), {})[index] = each.choice
    for of, columns in split.items():
        at = whole.get(of)
        if at is None:
            at = min(columns)
            question = found[at].question
            answers = Answers(question, None)
            _gather(lines, {index: answers.word(choice) for index, choice in columns.items()})
            found[at] = Found(question)
        known |= _with_all_in(at, columns)
    return known


def _split_alone(lines: Sequence[Line], head: Line, called: Mapping[int, str]) -> dict[int, Known]:
    """The same without a form: "skills/driver" over 1 and 0 alone, beside "skills", or where its words are taken."""
    known: dict[int, Known] = {}
    whole = {heading: index for index, heading in called.items()}
    split: dict[str, dict[int, str]] = {}
    for index, heading in called.items():
        stem, _, choice = heading.rpartition("/")
        if stem and choice and _is_chosen_or_not(lines, index):
            split.setdefault(stem, {})[index] = choice.replace("_", " ")
    for stem, columns in split.items():
        at = whole.get(stem)
        if at is None and not _takes_words(stem):
            continue  # "family/adults" over ones is a number
        if at is None:
            at = min(columns)
            _gather(lines, columns)
            head.cells[at] = stem.rpartition("/")[2]
        known |= _with_all_in(at, columns)
    return known


def _is_chosen_or_not(lines: Sequence[Line], index: int) -> bool:
    told = {folded(line.cell(index)) for line in lines} - {""}
    return bool(told) and told <= _CHOSEN_OR_NOT


def _takes_words(stem: str) -> bool:
    read = recognise(stem)
    return read is not None and read.is_exact and read.field.name in WORDS_FIELDS


def _with_all_in(at: int, columns: Iterable[int]) -> dict[int, Known]:
    because = f"It is one of the answers that column {column_list([at])} has together."
    why = Known(None, because, aside=True)
    return {index: why for index in columns if index != at}


def _gather(lines: Sequence[Line], columns: Mapping[int, str]) -> None:
    """The answers that were chosen, together in the first of their columns."""
    first = min(columns)
    for line in lines:
        chosen = [word for at, word in columns.items() if folded(line.cell(at)) in _CHOSEN]
        if first < len(line.cells):
            line.cells[first] = "; ".join(chosen) or None
        elif chosen:
            line.cells.extend([*[None] * (first - len(line.cells)), "; ".join(chosen)])
