"""What the caseworker should hear about a document: what it carried unseen, and what cleaning did to it."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class Notice(enum.Enum):
    """One thing noticed, and the sentence for it. The order here is the order of telling."""

    PLACE = "The place where the photograph was taken stood in the file. It was removed."
    TIME = "The day and hour when the photograph was taken stood in the file. They were removed."
    CAMERA = "Which telephone or camera, or which program, made the picture stood in the file. It was removed."
    OWNER = "A name, a title or a description stood unseen in the file. It was removed."
    UNSEEN = "Notes that programs keep unseen in a picture were removed."
    COMMENT = "A comment stood unseen in the file. It was removed."
    SMALL_PICTURE = (
        "A small second copy of the picture, as it may have been before it was cut, was removed."
    )
    TURNED = "The picture lay on its side or upside down; it was turned as its camera meant it."
    FIRST_OF_MANY = (
        "It moves, or holds further pictures or a film. Only the first picture was kept."
    )
    BEHIND_THE_END = "Something stood behind the end of the picture. It was left out."
    UNDER_NOTHING = (
        "Something was drawn where the picture is transparent, and so unseen. It was removed."
    )
    FINER_COLOURS = "Its colours were finer than a screen shows; they were made plain."
    REWRITTEN = "It was saved anew in a form that every program opens."
    WRITER = "The name of who wrote it stood unseen in the file. It was removed."
    ABOUT_ITSELF = (
        "What the file told about itself (titles, times, programs, its history) was removed."
    )
    EARLIER = "The file held earlier versions of itself, also of what was deleted since. They were removed."
    PROGRAM = "It held programs or actions (scripts, starting other programs, sending what is filled in). Removed."
    LINKS = (
        "Links in it no longer lead anywhere; their words are still there if they could be seen."
    )
    FILES_INSIDE = (
        "It held other files inside. They were removed: ask for them and give each by itself."
    )
    FORM = "What was filled in is kept as it was seen; it can no longer be changed in the form."
    SIGNED = (
        "It was signed digitally. The mark is still seen but can no longer be checked: "
        "keep the original too if the signature matters."
    )
    MARKS = "Notes and marks on its pages are kept as far as they were drawn. What was folded away is gone."
    LAYERS = (
        "It has layers, some of them hidden. They are all still in it: look before you give it on."
    )
    CUT = "Some pages are cut to a part, and what is cut away is still in the file: look before you give it on."
    PICTURES_TOLD = (
        "Pictures inside carried notes unseen (often place and time). They were removed."
    )
    PUT_RIGHT = "The file was damaged and was put right as well as could be: look at every page."
    RESTRICTED = "Its maker had forbidden printing or copying. That lock was not kept; it needed no password."
    OTHER_NAME = (
        "Its name says that it is another kind of file than it is. Its content was believed."
    )
    MARK_OF_ORDER = "A mark of byte order at its beginning was removed."
    CONTROLS = "Characters that are commands rather than letters were replaced by the mark \ufffd."
    DIRECTION = "Unseen marks that make text read in another order than it is written were removed."
    UNSEEN_LETTERS = "Unseen characters, which can hide a message, were removed."


def sentences(names: Iterable[str]) -> tuple[str, ...]:
    """The sentences of these notices, by name. What is no notice is passed over: it came from a stranger's file."""
    given = set(names)
    return tuple(notice.value for notice in Notice if notice.name in given)
