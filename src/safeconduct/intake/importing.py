"""The work of the job that imports: in batches, each whole or not at all. Killed anywhere and run again, every plea is
there and none is there twice: a number of this delivery that has its plea is left alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.cases.actions.opening_many import NewCase, open_cases
from safeconduct.cases.entries import Way
from safeconduct.core.batches import batched
from safeconduct.core.codes import draw_code
from safeconduct.core.errors import CoverNotCodes, EntryTooLarge, LeaseLost, LettersUnwritable
from safeconduct.core.facts import Origin, Plea as PleaRead
from safeconduct.core.rows import Row
from safeconduct.intake.actions.looking import count_rows, preview_within, put
from safeconduct.intake.assessing import Assess, NewAssessment
from safeconduct.intake.due import held_until
from safeconduct.intake.held import BESIDE, CANNOT_BE_OPENED, SENTENCES
from safeconduct.intake.models import LETTERS, Delivery, End, Plea, State
from safeconduct.intake.new_cases import new_case
from safeconduct.intake.preview import taken_for
from safeconduct.intake.reading import Reading, read_files
from safeconduct.intake.sealing import (
    PleaWords,
    key_of,
    open_files,
    open_part,
    open_words,
    rows_left_out,
    seal_words,
)
from safeconduct.jobs.kinds import Run
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.lent import asker_of
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.sealing import SealKey

BATCH: Final = 200

# The cases that a batch opened, each with what was said of it: told within the transaction that opened them.
Arrived = Callable[[Present, Sequence[tuple[str, NewAssessment | None]]], None]


def import_delivery(run: Run, *, assess: Assess, arrived: Arrived) -> None:
    """Every accepted plea opens a case of nobody's, every held row waits in the quarantine.

    `assess` is asked once for each household, outside of any transaction; then `arrived` is told of their cases, within
    the transaction that opened them. Raises KeysNotGiven, LeaseLost,
    BadSheet where the file reads otherwise than before, and what `open_cases` raises.
    """
    by = asker_of(run)
    by.must(Right.TAKE_IN)
    delivery = Delivery.objects.get(code=run.held.subject, office=by.office)
    if delivery.state != State.IMPORTING:
        return  # an earlier run came to its end
    work = _Import(run, by, delivery, key_of(by, delivery), assess, arrived)
    work.read()
    work.open_all()
    work.hold_all()
    work.finish()


@dataclass(frozen=True, slots=True)
class _Read:
    """A plea that was read, with its number and what the rulebook says of it."""

    number: int
    plea: PleaRead
    assessed: NewAssessment | None


@dataclass(slots=True)
class _Import:
    run: Run
    by: Present
    delivery: Delivery
    key: SealKey
    assess: Assess
    arrived: Arrived
    reading: Reading | None = None
    done: int = 0

    @property
    def whole(self) -> Reading:
        assert self.reading is not None
        return self.reading

    @property
    def of(self) -> int:
        return len(self.whole.intake.pleas) + (self.delivery.quarantined or 0)

    def read(self) -> None:
        """As it was read for its preview: the same file, columns and day."""

        def tell(_what: str, _done: int, _of: int) -> None:
            self.run.step_at_times(0, max(self.delivery.rows or 0, 1))

        self.reading = read_files(
            open_files(self.key, self.delivery),
            on=self.delivery.on,
            mapping=open_part(self.key, self.delivery, "mapping").decode(),
            read_hidden=self.delivery.read_hidden,
            progress=tell,
        )
        self.reading.leave_out(rows_left_out(self.key, self.delivery))

    def open_all(self) -> None:
        there, settled = self._numbers(), self._settled()
        todo = (
            (number, plea)
            for number, plea in self.whole.pleas()
            if number not in there and not settled.issuperset(map(str, plea.origins))
        )
        self.done = len(there)
        for some in batched(todo, BATCH):
            self._open([_Read(number, plea, self.assess(plea.household)) for number, plea in some])

    def _open(self, some: Sequence[_Read]) -> None:
        try:
            self._open_at_once(some)
        except (LettersUnwritable, EntryTooLarge, CoverNotCodes):
            if len(some) > 1:
                for each in some:
                    self._open([each])
            else:
                self._hold(
                    [
                        self._held_by_us(each.number, each.plea.origins, why=CANNOT_BE_OPENED)
                        for each in some
                    ]
                )

    def _open_at_once(self, some: Sequence[_Read]) -> None:
        at = self.run.clock()
        coded = [(draw_code(LETTERS, secrets.randbelow), each) for each in some]
        new = [self._new_case(code, each, at) for code, each in coded]
        with transaction.atomic():
            self._fence()
            cases = open_cases(self.by, new, at=at)
            Plea.objects.bulk_create(
                self._attached(code, each, case, at)
                for (code, each), case in zip(coded, cases, strict=True)
            )
            self.arrived(
                self.by, [(case, each.assessed) for each, case in zip(some, cases, strict=True)]
            )
            self._step(len(some))

    def _attached(self, code: str, each: _Read, case: str, at: datetime) -> Plea:
        """Its words stand in the case; where they stood is kept for a second import of the same delivery."""
        plea = Plea(
            code=code,
            office=self.by.office,
            delivery=self.delivery,
            round=self.delivery.round,
            number=each.number,
            way=self.delivery.way,
            received_at=self.delivery.at,
            rows=len(each.plea.origins),
            end=End.ATTACHED,
            case=case,
            ended_at=at,
        )
        rows = [str(origin) for origin in each.plea.origins]
        plea.sealed = seal_words(self.key, plea, PleaWords(origins=rows, cells=(), fields={}))
        return plea

    def _new_case(self, code: str, each: _Read, at: datetime) -> NewCase:
        return new_case(
            each.plea,
            self._words_of(each.plea.origins).as_text(),
            code=code,
            way=Way(self.delivery.way),
            on=at.date(),
            assessed=each.assessed,
            facts={"delivery": self.delivery.code},
        )

    def hold_all(self) -> None:
        there, settled = self._numbers(), self._settled()
        todo = (
            (number, row)
            for number, row in self.whole.held()
            if number not in there and str(row.origin) not in settled
        )
        for some in batched(todo, BATCH):
            self._hold([self._held_row(number, row) for number, row in some])
        parted = (
            (number, rows)
            for number, rows in self.whole.parted()
            if number not in there and not settled.issuperset(map(str, rows))
        )
        for beside in batched(parted, BATCH):
            self._hold([self._held_by_us(number, rows, why=BESIDE) for number, rows in beside])

    def _held_by_us(self, number: int, origins: Sequence[Origin], *, why: str) -> Plea:
        return self._held(number, origins, why=why, reason=SENTENCES[why])

    def _held_row(self, number: int, row: Row) -> Plea:
        return self._held(
            number, [row.origin], why=row.kind, cell=row.cell or "", reason=row.reason
        )

    def _held(
        self, number: int, origins: Sequence[Origin], *, why: str, cell: str = "", reason: str = ""
    ) -> Plea:
        plea = Plea(
            code=draw_code(LETTERS, secrets.randbelow),
            office=self.by.office,
            delivery=self.delivery,
            round=self.delivery.round,
            number=number,
            way=self.delivery.way,
            received_at=self.delivery.at,
            rows=len(origins),
            end=End.QUARANTINED,
            why=why,
            owner=self.by.member,
            due=held_until(self.run.clock().date()),
        )
        plea.sealed = seal_words(self.key, plea, self._words_of(origins, cell=cell, reason=reason))
        return plea

    def _hold(self, some: Sequence[Plea]) -> None:
        with transaction.atomic():
            self._fence()
            Plea.objects.bulk_create(some)
            write_line(
                Deed.PLEA_HELD,
                by=self.by.actor,
                at=self.run.clock(),
                about=self.delivery.code,
                facts={"pleas": len(some)},
            )
            self._step(len(some))

    def finish(self) -> None:
        at = self.run.clock()
        with transaction.atomic():
            self._fence()
            pleas = Plea.objects.filter(delivery=self.delivery, round=self.delivery.round)
            count_rows(self.delivery, self.whole)
            preview = preview_within(self.key, self.delivery)
            mapping = open_part(self.key, self.delivery, "mapping")
            cut = preview.without_people() if preview else None
            unopened = self._count_as_held(pleas.filter(end=End.QUARANTINED, why=CANNOT_BE_OPENED))
            if cut is not None and unopened:
                cut.reasons[SENTENCES[CANNOT_BE_OPENED]] = unopened
            put(self.key, self.delivery, mapping=mapping, preview=cut)
            self.delivery.state, self.delivery.ended_at = State.DONE, at
            self.delivery.save()
            write_line(
                Deed.DELIVERY_DONE,
                by=self.by.actor,
                at=at,
                about=self.delivery.code,
                facts={
                    "rows": self.delivery.rows or 0,
                    "cases": pleas.filter(end=End.ATTACHED).count(),
                    "held": pleas.filter(end=End.QUARANTINED).count(),
                    "repeated": self.delivery.repeated or 0,
                },
            )
            self.run.finish()

    def _count_as_held(self, unopened: QuerySet[Plea]) -> int:
        """They were read to their end, and no case could be opened from them: in so many rows they are told."""
        rows = [each.rows for each in unopened.only("rows")]
        self.delivery.accepted = (self.delivery.accepted or 0) - sum(rows)
        self.delivery.quarantined = (self.delivery.quarantined or 0) + sum(rows)
        self.delivery.households = (self.delivery.households or 0) - len(rows)
        return sum(rows)

    def _fence(self) -> None:
        """Held until the transaction ends: nobody undoes meanwhile, and no second run writes beside this one.

        Raises LeaseLost where the import ended beneath this run.
        """
        self.delivery = Delivery.objects.select_for_update().get(code=self.delivery.code)
        if self.delivery.state != State.IMPORTING:
            raise LeaseLost(job=self.run.held.job)

    def _step(self, more: int) -> None:
        """Last in its transaction: whoever lost the lease has written nothing."""
        self.done += more
        self.run.step(min(self.done, self.of), self.of)

    def _numbers(self) -> set[int]:
        return set(
            Plea.objects.filter(delivery=self.delivery, round=self.delivery.round).values_list(
                "number", flat=True
            )
        )

    def _settled(self) -> set[str]:
        """Rows whose plea kept its end from an earlier round: a member gave it, or somebody had written in its case.

        They are not read into a second one.
        """
        ended = Plea.objects.filter(delivery=self.delivery, round__lt=self.delivery.round)
        told = (open_words(self.key, plea) for plea in ended)
        return {origin for words in told if words is not None for origin in words.origins}

    def _words_of(
        self, origins: Iterable[Origin], *, cell: str = "", reason: str = ""
    ) -> PleaWords:
        rows = list(origins)
        return PleaWords(
            origins=[str(origin) for origin in rows],
            cells=[pair for origin in rows for pair in self.whole.cells(origin)],
            fields=dict(self._fields(rows)),
            cell=cell,
            reason=reason,
        )

    def _fields(self, origins: Sequence[Origin]) -> Iterator[tuple[str, str]]:
        for file, sheet in {(origin.file, origin.sheet) for origin in origins}:
            yield from taken_for(self.whole.intake.columns, file=file, sheet=sheet).items()
