"""What a ledger can be asked: the questions of the command line, as methods of the same names."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Unpack, overload

from policytracker.api.answer import Answers, answer, answers
from policytracker.api.asked_ledger import AskedLedger
from policytracker.api.cells import CellChange, CellInterval, CellState, CheckedCell, MatrixRow
from policytracker.api.changes import between
from policytracker.api.claims import SourceReport
from policytracker.api.conflicts import Conflict
from policytracker.api.dates import UsedDates
from policytracker.api.differences import CellStep
from policytracker.api.digests import Brief, Digest, EventInWords
from policytracker.api.events import Event, event_of
from policytracker.api.explanations import GateExplanation
from policytracker.api.quantities import QuantityRange
from policytracker.api.when import (
    Day,
    Instant,
    OverDays,
    OverKnowledge,
    To,
    When,
    day_of,
    first_day_of,
    known_of,
    recorded_of,
)
from policytracker.events.dates import moment_text
from policytracker.ledger import clock
from policytracker.questions import (
    asked,
    brief,
    check,
    conflicts,
    digest,
    log,
    matrix,
    names,
    quantities,
    state,
    timeline,
    why,
)
from policytracker.questions.dates_used import dates_used, notes
from policytracker.questions.diff import SAME, Points
from policytracker.questions.differences import Part, differences
from policytracker.questions.in_words import InWords
from policytracker.questions.log_wanted import Wanted
from policytracker.questions.newest_report import newest_report_by
from policytracker.questions.pairs import AskedPair
from policytracker.questions.reader import Clocks
from policytracker.questions.sentences.answers import cell_sentence
from policytracker.questions.sentences.naming import Naming
from policytracker.questions.show import show
from policytracker.questions.stale import STALE_DAYS
from policytracker.questions.turning import Publications


class Questions(AskedLedger):
    """A ledger that is asked. ``Ledger`` adds how it is opened, and what is recorded."""

    def state(self, company: str, chip: str, **when: Unpack[When]) -> CellState:
        """The status of one cell, its gates, the conditions that bind, and what is left."""
        return self.states(company, chip, **when)[0]

    def states(self, company: str | None = None, chip: str | None = None, **when: Unpack[When]) -> Answers[CellState]:
        """The same for every cell, or those of one company or chip; by company id, then chip id."""
        return answers(CellState, state.states(self._now(), self._clocks(when), company, chip))

    def check(self, pairs: Iterable[tuple[str, str]], **when: Unpack[When]) -> Answers[CheckedCell]:
        """May each company import the chip? The states of pairs, with the code and the answer of ``check``."""
        reader, clocks = self._now(), self._clocks(when)
        directory = reader.directory_at(clocks.recorded, clocks.at)
        named = ((names.company(directory, one), names.chip(directory, other)) for one, other in pairs)
        return answers(CheckedCell, check.answers(reader, [AskedPair(*pair, clocks) for pair in named]))

    def matrix(
        self, companies: Sequence[str] = (), chips: Sequence[str] = (), **when: Unpack[When]
    ) -> Answers[MatrixRow]:
        """A row a company, with the status of every chip; of all, where none is named."""
        return answers(MatrixRow, matrix.matrix(self._now(), self._clocks(when), companies, chips).rows())

    def timeline(
        self, company: str | None = None, chip: str | None = None, **when: Unpack[OverDays]
    ) -> Answers[CellInterval]:
        """Intervals of equal status over the days, as known at one moment; of every cell where none is named."""
        clocks, window = self._clocks(when), self._window(when)
        return answers(CellInterval, timeline.over_days(self._now(), clocks, company, chip, window))

    def timeline_of_knowledge(
        self, company: str | None = None, chip: str | None = None, **when: Unpack[OverKnowledge]
    ) -> Answers[CellInterval]:
        """Intervals over the published clock: what was known when of one day, as ``timeline --knowledge``."""
        clocks, window = self._clocks(when), self._window(when)
        return answers(CellInterval, timeline.over_knowledge(self._now(), clocks, company, chip, window))

    @overload
    def diff(self, other: "Questions", /, **when: Unpack[When]) -> Answers[CellChange]: ...
    @overload
    def diff(
        self, company: str | None = None, chip: str | None = None, /, *, only: Sequence[Part] = (), **when: Unpack[To]
    ) -> Answers[CellStep]: ...
    def diff(
        self,
        first: "Questions | str | None" = None,
        chip: str | None = None,
        /,
        *,
        only: Sequence[Part] = (),
        **when: Unpack[To],
    ) -> Answers[CellStep] | Answers[CellChange]:
        """What differs between two points of the clocks, cell by cell; or between another ledger and this one.

        ``only`` some of ``status``, ``conditions``, ``licences`` and ``amounts`` (none: all); what is left out is None.
        Of two ledgers, ``before`` is the other's answer (None: it does not know the cell) and ``after`` this one's.
        """
        reader, clocks = self._now(), self._clocks(when)
        if isinstance(first, Questions):
            return between(first._now(), reader, clocks, clocks)
        to = self._clocks(
            When(
                at=when.get("to_at", when.get("at")),
                known=when.get("to_known", when.get("known")),
                recorded=when.get("to_recorded", when.get("recorded")),
            )
        )
        later = to.recorded if "to_recorded" in when else SAME
        points = Points(clocks.at, clocks.known, to.at, to.known)
        return answers(CellStep, differences(reader, points, clocks.recorded, first, chip, later, only))

    def why(
        self, company: str, chip: str, *, everything: bool = False, **when: Unpack[When]
    ) -> Answers[GateExplanation]:
        """Gate by gate: what decides, what is overridden and by which rule, what was only heard, what would settle it.

        ``everything``: also the claims at these gates for others.
        """
        return answers(GateExplanation, why.why(self._now(), self._clocks(when), company, chip, everything))

    def quantities(
        self, chip: str | None = None, company: str | None = None, **when: Unpack[When]
    ) -> Answers[QuantityRange]:
        """How much was ordered, licensed, approved and shipped, as ranges, each figure with its reports."""
        return answers(QuantityRange, quantities.quantities(self._now(), self._clocks(when), chip, company))

    def conflicts(self, company: str | None = None, chip: str | None = None, **when: Unpack[When]) -> Answers[Conflict]:
        """Where reports differ, each side with its sources."""
        return answers(Conflict, conflicts.conflicts(self._now(), self._clocks(when), company, chip))

    def digest(
        self,
        since: date | str,
        companies: Sequence[str] = (),
        chips: Sequence[str] = (),
        *,
        stale_days: int = STALE_DAYS,
        **when: Unpack[When],
    ) -> Digest:
        """What is new after a day, or after a position (``"position:340"``), in sentences; of all, where none is named.

        Raises BadDate for a day after ``at``.
        """
        reader, clocks = self._now(), self._clocks(when)
        start = asked.since(since if isinstance(since, str) else since.isoformat(), self._today(), clocks.at)
        reports = Publications(reader, clocks.recorded)
        return answer(Digest, digest.digest(reader, clocks, reports, start, companies, chips, stale_days))

    def brief(self, company: str, chip: str, *, stale_days: int = STALE_DAYS, **when: Unpack[When]) -> Brief:
        """All that matters of one cell in sentences, a paragraph for each gate."""
        return answer(Brief, brief.brief(self._now(), self._clocks(when), company, chip, stale_days))

    def log(
        self,
        *,
        since: int = 0,
        type: str | None = None,
        companies: Sequence[str] = (),
        chips: Sequence[str] = (),
        publishers: Sequence[str] = (),
        since_published: Day = None,
        until_published: Day = None,
        recorded: Instant = None,
    ) -> Answers[Event]:
        """The events after a position, in ledger order: all, or those that the command ``log`` finds.

        Of one ``type``; about some companies and chips; by some publishers; published from one day (of a month or year
        the first) until another (the last). Raises QuestionError for a name that is not there.
        """
        today = self._today()
        last = None if until_published is None else day_of(until_published, today)
        wanted = Wanted(companies, chips, publishers, first_day_of(since_published, today), last)
        found = log.log(self._now(), recorded_of(recorded, today), since, type, wanted=wanted)
        return Answers([event_of(each) for each in found], Event)

    def search(self, text: str, *, recorded: Instant = None) -> Answers[Event]:
        """The events that contain a text, in any field, or name whom it is a name of."""
        found = log.search(self._now(), text, recorded_of(recorded, self._today()))
        return Answers([event_of(each) for each in found], Event)

    def show(self, event: str, *, known: Instant = None, recorded: Instant = None) -> Answers[Event]:
        """An event, by its ref, id or the beginning of one, and those about it. Raises NoSuchEvent."""
        today = self._today()
        found = show(self._now(), known_of(known, today), recorded_of(recorded, today), event)
        return Answers([event_of(each.event) for each in found], Event)

    def cell_in_words(self, cell: CellState, **when: Unpack[When]) -> str:
        """The status of a cell in a sentence, with the names of the registry of the day."""
        clocks = self._clocks(when)
        naming = Naming(self._now().directory_at(clocks.recorded, clocks.at))
        return cell_sentence(naming.company(cell.company), naming.chip(cell.chip), cell.possible, not cell.gates)

    def in_words(self, event: str, **when: Unpack[When]) -> EventInWords:
        """An event in a sentence, as it stands, by its ref, id or the beginning of one. Raises NoSuchEvent."""
        reader, clocks = self._now(), self._clocks(when)
        return answer(EventInWords, InWords(reader, clocks).of_id(self._event(event, clocks)))

    def sources(self, event: str, **when: Unpack[When]) -> Answers[SourceReport]:
        """The known reports of an event: its own, as corrected, and those that corroborate it. Raises NoSuchEvent."""
        reader, clocks = self._now(), self._clocks(when)
        return answers(SourceReport, InWords(reader, clocks).sources(self._event(event, clocks)))

    def dates(self, **when: Unpack[When]) -> UsedDates:
        """The dates that an answer uses, the newest report, and what is to be said of them."""
        reader, clocks = self._now(), self._clocks(when)
        newest = newest_report_by(reader, clocks.recorded)
        return UsedDates(
            at=date.fromordinal(clocks.at),
            known=None if clocks.known is None else moment_text(clocks.known),
            recorded=None if clocks.recorded is None else clock.text(clocks.recorded),
            newest_report=None if newest is None else date.fromordinal(newest),
            words=tuple(dates_used(reader, clocks)),
            notes=tuple(notes(reader, clocks)),
        )

    def _event(self, name: str, clocks: Clocks) -> str:
        """The id of an event that the ledger held by the instant asked for."""
        return show(self._now(), clocks.known, clocks.recorded, name)[0].event.id
