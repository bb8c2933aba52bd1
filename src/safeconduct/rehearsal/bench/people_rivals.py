"""The two baselines of linkage on a list as offices tell of people: what each finds, or why it was not run."""

from __future__ import annotations

from safeconduct.rehearsal.bench.measuring import seconds_now, timed
from safeconduct.rehearsal.bench.optional import how_to_get, library
from safeconduct.rehearsal.bench.plain_linkage import Scored, prepared, scored, seconds_estimated
from safeconduct.rehearsal.bench.records import Run
from safeconduct.rehearsal.bench.splink_people import SPLINK_PEOPLE, splink_people_rows
from safeconduct.rehearsal.bench.splink_rival import SplinkFound, SplinkStopped, splink_found
from safeconduct.rehearsal.bench.transliterating import TRANSLITERATIONS, either
from safeconduct.rehearsal.bench.true_lists import TrueList

PLAIN = "Jaro-Winkler in blocks"
SPLINK = "Splink, trained on the list"
# A baseline that would take longer than this, in seconds, is not run: it is said so, with the estimate.
LONGEST = 180.0
# Splink's blocks grow with the square of the list: of more people they would hold hundreds of millions of pairs.
MOST_FOR_SPLINK = 200_000


def plain_on(told: TrueList) -> tuple[Scored, Run] | str:
    """Pairs with their scores, timed; or why not."""
    to_latin = TRANSLITERATIONS["anyascii"]()
    if to_latin is None:
        return how_to_get("anyascii")
    given = prepared(told.records, to_latin)
    seconds = seconds_estimated(given, seconds_now)
    if seconds > LONGEST:
        return f"It would compare {given.comparisons:,} pairs; by a sample of them, in {seconds:,.0f} s (estimated)."
    return timed(lambda: scored(prepared(told.records, to_latin)))


def splink_on_people(told: TrueList) -> tuple[SplinkFound, Run] | str:
    """All pairs that it compared, timed with the making of its rows; or why not."""
    latin = either()
    if library("splink") is None or latin is None:
        return how_to_get("splink" if latin else "anyascii")
    if len(told.records) > MOST_FOR_SPLINK:
        return f"Its blocks are made for at most {MOST_FOR_SPLINK:,} people: of more they fill the memory."
    try:
        return timed(
            lambda: splink_found([splink_people_rows(told.records, latin[1])], SPLINK_PEOPLE),
            rounds=1,
        )
    except SplinkStopped as stopped:
        return str(stopped)
