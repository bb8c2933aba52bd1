"""Processes that are killed (-9) in the middle of their writes: the means, for every room.

The work is a function at the top of a test module. It writes, and prints one line (`print(..., flush=True)`) after each
write that it would call done to a person: that is its acknowledgement. Databases are those of the fixture `both`.

    for killed in at_every_moment(both, open_a_case, code):     # finite work, killed at every statement and commit
        check_that_all_of(killed.acknowledged, is_there_once=True)

    for killed in at_odd_moments(both, write_for_ever, times=8):   # endless work, killed after so many writes and a bit
        ...

After each kill the test looks at the databases from its own process, as the server does when it starts again: every
acknowledged thing is there, none twice, nothing is half there, and the journal verifies. What was not acknowledged may
be there whole, or not at all. The same databases are used on: harm of an earlier kill is found by a later look too.
"""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.races.both import AT_MOST, Both, Child

# More moments than any one deed has: a guard against work that does not end.
TOO_MANY = 400


@dataclass(frozen=True, slots=True)
class Killed:
    """`acknowledged` are the whole lines that it had printed. `moment` tells at which it was killed; 0: it came to its
    end.
    """

    acknowledged: list[str]
    moment: int


def at_every_moment(
    both: Both, work: Callable[..., Any], *arguments: Any, every: int = 1
) -> Iterator[Killed]:
    """Runs the work again and again, killed before its first statement, then before its second or its first commit,
    and so on; the last run comes to its end. `every=3` takes every third moment.
    """
    for moment in range(1, TOO_MANY, every):
        environment = {**both.environment(), "RACE_KILL_AT": str(moment)}
        child = Child.started(work, arguments, environment)
        child.wait_until_ready()
        child.go()
        told, said = child.process.communicate(timeout=AT_MOST)
        died = child.process.returncode == -signal.SIGKILL
        assert died or child.process.returncode == 0, said
        lines = whole_lines(told)
        yield Killed(lines if died else lines[:-1], moment if died else 0)
        if not died:
            return
    raise AssertionError("the work does not end")


def at_odd_moments(
    both: Both, work: Callable[..., Any], *arguments: Any, times: int, seed: int = 1
) -> Iterator[Killed]:
    """Runs endless work, killed from outside after a few acknowledgements and a moment more."""
    chance = random.Random(seed)
    for time in range(1, times + 1):
        child = both.child(work, *arguments)
        child.wait_until_ready()
        child.go()
        assert child.process.stdout is not None
        seen = [child.process.stdout.readline() for _ in range(chance.randint(1, 20))]
        assert all(seen), child.process.communicate()[1]
        threading.Event().wait(chance.uniform(0, 0.02))
        child.process.kill()
        told, _ = child.process.communicate()
        yield Killed(whole_lines("".join(seen) + told), time)


def whole_lines(told: str) -> list[str]:
    return [line[:-1] for line in told.splitlines(keepends=True) if line.endswith("\n")]
