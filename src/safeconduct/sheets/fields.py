"""The fields a column can be read as, and how a field of somebody else than the row's person is written.

"full_name" is the person of the row; "spouse.full_name" and "child2.birth" are others told in it.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from safeconduct.core.facts import Relation

PERSON_FIELDS: dict[str, str] = {
    "full_name": "the whole name of a person",
    "given_name": "first or given names",
    "family_name": "surname, last name, takhallus",
    "father_name": "name of the father",
    "native_name": "the name in Dari or Pashto letters",
    "birth": "date or year of birth",
    "age": "age; a date of birth is read too",
    "sex": "female or male",
    "passport": "number of the passport",
    "tazkira": "number of the tazkira or national identity card",
    "document": "number of a passport or a tazkira, whichever it is",
    "relation": "what the person is to the principal of the family",
    "nationality": "nationality",
    "phone": "telephone or WhatsApp number",
    "email": "email address",
    "occupation": "work",
    "employer": "for whom the person works or worked",
    "subject": "subject taught by a teacher",
}
ROW_FIELDS: dict[str, str] = {
    "row_number": "running number of the row",
    "reference": "reference of the case or family",
    "members": "the members of the family, all in one cell",
    "told_size": "how many people the family is, in all",
    "dependants": "how many people besides the principal",
    "told_adults": "how many adults the family is",
    "told_children": "how many children the family is",
    "province": "province where they are",
    "place": "town, address or other words for where they are",
    "threat": "threats and risks told",
    "notes": "notes, remarks, the story",
    "status": "what was done so far",
    "received_on": "day the plea arrived",
    "caller_name": "who asks for them, often a relative abroad",
    "caller_phone": "telephone of the caller",
    "caller_email": "email of the caller",
    "caller_relation": "what the person is to the caller",
    "caller_town": "where the caller lives",
}
FIELDS = {**PERSON_FIELDS, **ROW_FIELDS}
NAME_FIELDS = frozenset({"full_name", "given_name", "family_name", "native_name"})
# Fields of free words, with the context that is told with them: "work: Police" says more than "Police"
# (core/rulebook/wording reads it). The words of the person first, then those of the whole row.
PERSON_WORDS = {"occupation": "work", "employer": "employer", "subject": "subject"}
ROW_WORDS = {"threat": "threat", "notes": "notes", "status": "notes"}
WORDS_FIELDS = frozenset({*PERSON_WORDS, *ROW_WORDS})
MANY = (
    frozenset({"phone", "email", "caller_phone", "place", "document", "members"})
    | {"told_adults", "told_children"}
    | WORDS_FIELDS
)

OTHERS: dict[str, Relation | None] = {
    "spouse": Relation.SPOUSE,
    "child": Relation.CHILD,
    "parent": Relation.PARENT,
    "sibling": Relation.SIBLING,
    "member": None,
}
_OTHER = re.compile(r"(spouse|child|parent|sibling|member)(\d*)")


class Field(NamedTuple):
    """A field and whose it is: `who` is "" for the person of the row, else "spouse", "child2", "member3"."""

    name: str
    who: str = ""

    def __str__(self) -> str:
        return f"{self.who}.{self.name}" if self.who else self.name

    @property
    def relation(self) -> Relation | None:
        match = _OTHER.fullmatch(self.who)
        return OTHERS[match[1]] if match else None


def field_from(text: str) -> Field | None:
    """The field written as in a mapping; None where there is no such field."""
    who, dot, name = text.strip().lower().rpartition(".")
    if not dot:
        return Field(name) if name in FIELDS else None
    return Field(name, who) if _OTHER.fullmatch(who) and name in PERSON_FIELDS else None


def nearest_field(text: str) -> str:
    """The known field most like a misspelt one, or "" where none is."""
    near = get_close_matches(text.strip().lower(), FIELDS, n=1, cutoff=0.5)
    return near[0] if near else ""
