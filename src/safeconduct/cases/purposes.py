"""For what a case is opened. It stands in the journal beside every look."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    CASEWORK = "casework"
    REVIEW = "review"
    MATCHING = "looking for doubles"
    SEARCH = "search"
    PLANNING = "seats and homes"
    REFERRAL = "raising with an authority"
    EXPORT = "export"
    RIGHT_OF_ACCESS = "right of access"
    HANDING_OVER = "handing over"
    SHREDDING = "shredding"
