"""What a bad month would need: seats, caseworkers, days, each with how it was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeconduct.rehearsal.days.needs import MAY_NOT_FLY, OUT_OF_REACH, Need, Needs
from safeconduct.reports.parts import Glance, Section, Table, Words, blocks, numbers
from safeconduct.reports.wording import count_of, number, plural, sentence


def section(needs: Needs) -> Section:
    """Three numbers told large, then each with how it was found, then those whom none of them would reach."""
    return Section(
        key="needs",
        title="What such days would need",
        blocks=blocks(
            Words(
                text="Each number is the smallest that was enough when the days were rehearsed again with more or "
                "less of it. How each was found stands below."
            ),
            Glance(
                items=tuple(
                    (value_in_words(each), each.what)
                    for each in (needs.seats, needs.caseworkers, needs.days)
                )
            ),
            _table(needs),
            _who_needs(needs),
            _beyond(needs),
        ),
    )


def value_in_words(need: Need) -> str:
    """The number, or that not even the largest tried was enough."""
    return f"more than {number(need.tried)}" if need.value is None else number(need.value)


def _table(needs: Needs) -> Table:
    return Table(
        key="needs-table",
        caption="What would be enough, and how it was found",
        columns=("Enough for what", "Needed", "In this scenario", "How it was found"),
        rows=tuple(
            (sentence(each.what).rstrip("."), value_in_words(each), f"{each.given:,g}", each.found)
            for each in needs.all
        ),
        numbers=numbers(1, 2),
        note=f"Found in {count_of(needs.runs, 'further run')}, {needs.seconds:,.1f} seconds.",
    )


def _who_needs(needs: Needs) -> Words:
    """Those whom the numbers are for."""
    families = count_of(needs.reachable_families, "family")
    people, urgent = count_of(needs.reachable_people, "person"), needs.highest_reachable
    return Words(
        text=f"The numbers are for the {families} ({people}) who may fly by what they told and can come to a departure "
        f"in time; {number(urgent)} of them {plural(urgent, 'is')} {needs.highest_band.value}."
    )


def _beyond(needs: Needs) -> Table | None:
    """The other families that sent a plea, by what stands against them; none where all are reached."""
    rows = [
        *_lines(needs.out_of_reach, OUT_OF_REACH, "May fly, out of reach"),
        *_lines(needs.may_not_fly, MAY_NOT_FLY, "May not fly by what was told"),
    ]
    if not rows:
        return None
    far = sum(needs.out_of_reach.values()) + sum(needs.may_not_fly.values())
    return Table(
        key="beyond-table",
        caption="Families for whom neither seats nor caseworkers nor days would be enough",
        columns=("What stands against it", "Families", "Who they are"),
        rows=tuple(rows),
        total=("All", number(far), ""),
        numbers=numbers(1),
    )


def _lines(
    counts: Mapping[str, int], sentences: Mapping[str, str], who: str
) -> Iterator[tuple[str, str, str]]:
    return (
        (sentences.get(cause, sentence(cause)), number(count), who)
        for cause, count in counts.items()
    )
