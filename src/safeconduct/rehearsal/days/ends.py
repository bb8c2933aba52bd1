"""How a plea can end, in words (law 1, law 7)."""

from __future__ import annotations

MOVED = "moved"
DOUBLED = "same family as another plea"
WAITS_FOR_SEAT = "waiting for a seat"
WAITS_FOR_DECISION = "waiting for a decision"
NOT_YET_KNOWN = "not yet known"
NO_SCHEME = "no scheme that flies"

# Every end with its reason. A plea with none of these is a plea without an end, and is counted.
ENDS: dict[str, str] = {
    MOVED: "The family left together on one departure.",
    DOUBLED: "Another plea speaks of the same family, or likely does; that one is planned for, or has left.",
    WAITS_FOR_SEAT: "By what was told the family may fly, and it had not left by the last day.",
    WAITS_FOR_DECISION: "No caseworker had come to this plea by the last day.",
    NOT_YET_KNOWN: "No scheme that flies is certain for want of an answer. The family is asked.",
    NO_SCHEME: "By what was told, no scheme that flies takes this family.",
}

PLACE_NOT_KNOWN = "place not known"
NO_WAY = "no way"
NOT_IN_TIME = "not in time"
TOO_LARGE = "larger than any departure"
DID_NOT_COME = "did not come"
OTHERS_FIRST = "others first"

# What stands against a seat for those who wait for one.
WAITS: dict[str, str] = {
    PLACE_NOT_KNOWN: "Nobody has told in which province the family is, so no way to a muster point is known.",
    NO_WAY: "No way was open from the family's province to a departure that takes it.",
    NOT_IN_TIME: "Once the plea was decided, no departure was left that the family could have reached.",
    TOO_LARGE: "The family is larger than any departure it may board, and is not split.",
    DID_NOT_COME: "The family was called forward as often as anybody is, and did not come.",
    OTHERS_FIRST: "Others had the seats that the family could have reached, or it did not come when called.",
}
