"""In plain words why a household waits, and the nearest thing that would change it."""

from __future__ import annotations

from safeconduct.core.main_job import Cover

# The planners' short names for why, in words that a tired reader takes in at once.
WHYS = {
    "placed": "a place is proposed for them",
    "full": "the places they could take go to others",
    "no capacity": "no place has enough of what they need",
    "unreachable": "no open way to a muster point in time",
    "no scheme": "no scheme with seats is known to fit them",
    "not in time": "no departure that they can reach leaves at the right time",
    "locked out": "a person has kept them off the departures",
    "incompatible": "no place fits what they need",
    "larger than any": "nothing left takes so many together",
    "tie": "level with others when the last was given out",
    "no seat yet": "no seat is proposed for them yet",
    "companions": "those they are kept with cannot come yet",
    "priority unknown": "how urgent they are is not known",
    "need unknown": "what they need of a home is not known",
    "score unknown": "how well a place would suit them is not known",
    "costs more": "no place that fits would do them good",
    "kept for others": "room is kept for families still expected",
    "not yet decided": "an answer is missing, so no scheme is certain yet",
    "double to settle": "they may be a double, which a person settles first",
    "size unknown": "how many they are is not known",
    "place unknown": "where they are is not known",
    "capacity unknown": "how many can be taken is not known",
    "no stretcher space": "no departure left has room for a stretcher",
}

# What the office can look for where no answer from the family would change a wait.
CHANGES = {
    "full": "A seat more on a departure, or one given back.",
    "unreachable": "An open way from their province, or a nearer muster point.",
    "not in time": "A departure at another time, or a way that takes less long.",
    "size unknown": "Ask how many people move together.",
    "place unknown": "Ask which province they are in now.",
    "capacity unknown": "Find out how many the departure or place can take.",
    "no stretcher space": "A departure with room for a stretcher.",
    "larger than any": "A departure or home with room for all of them together.",
    "locked out": "The person who kept them off can lift it.",
    "companions": "When those they are kept with can come, or their own word to travel apart.",
    "priority unknown": "Ask what would settle how urgent they are.",
    "tie": "A seat more on a departure, or one given back.",
}


def why_in_words(why: str) -> str:
    """A planner's short name for why, as the brief tells it."""
    return WHYS.get(why, why)


def nearest_change(cover: Cover) -> str:
    """The nearest thing that would change a wait, where its reason does not tell it already.

    Planners' reasons end with what would change them; then the question most worth asking is told.
    """
    said = cover.assessment
    asks = [*said.missing, *(ask for each in said.schemes for ask in each.settles)]
    if cover.seat_why == "double to settle" or any(a.question in cover.seat_reason for a in asks):
        return ""
    ask = next((each for each in said.missing if each.settles), None)
    if ask is not None:
        return f"Ask: {ask.question}"
    if "would change" in cover.seat_reason:
        return ""
    return CHANGES.get(cover.seat_why, "A new fact: what is told is assessed again at once.")
