"""One run of a watch: finds what changed since the last one, and tells each destination, each change once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policytracker.alerts.delivering import deliver
from policytracker.alerts.errors import NoSecret, NotDelivered, OtherLedger
from policytracker.alerts.messages import Message, changes_in, key_of
from policytracker.alerts.state import Outgoing, Place, State, place_at
from policytracker.events.dates import iso
from policytracker.ledger import clock
from policytracker.projections.reading import id_at
from policytracker.questions.changed_since import Mark, changed_since
from policytracker.questions.documents import of_watch
from policytracker.questions.news import instant_of
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.watched import narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policytracker.alerts.delivering import Wait
    from policytracker.alerts.destinations import Destination
    from policytracker.alerts.watch_file import WatchFile
    from policytracker.ledger.where import Where
    from policytracker.questions.asked import Since
    from policytracker.questions.watch_answers import WatchReport


class Told(NamedTuple):
    """What became of a message."""

    destination: str
    changes: int
    failure: str | None = None
    """Why it was not delivered; None: it was."""


class Begun(NamedTuple):
    """A destination that is new."""

    destination: str
    mark: Mark
    """From where on it is told."""


class Outcome(NamedTuple):
    """What a run did."""

    told: list[Told]
    begun: list[Begun]

    @property
    def failed(self) -> bool:
        """Whether something could not be delivered."""
        return any(each.failure is not None for each in self.told)


def mark_of(reader: Reader, since: Since | None) -> Mark:
    """Where the first run begins; without a beginning, where the ledger ends. Raises NoSuchPosition."""
    if since is None:
        return Mark(reader.head.position, reader.today)
    if since.day is not None:
        return Mark(reader.point(Clocks(1, None, clock.end_of_day(since.day))).seen, since.day)
    position = since.position or 0
    recorded = instant_of(reader, position)
    return Mark(position, min(reader.today, clock.day(recorded)) if position else reader.today)


class Run:
    """One run, at one instant, of a ledger as it is now. Close it, or use it in a ``with`` statement."""

    def __init__(self, ledger: Where, watch: WatchFile, state: State, now: int, since: Since | None) -> None:
        """``now`` in microseconds since 1970; ``since``: where destinations begin that are new.

        Raises LedgerError, QuestionError or OtherLedger.
        """
        self.reader = Reader(ledger, clock.day(now))
        try:
            self._watch, self._state, self._now = watch, state, now
            self._head = self.reader.head
            self._check()
            self._first = mark_of(self.reader, since)
            self._watched = narrowed(self.reader.directory, watch.watched)
            self._reports: dict[Mark, WatchReport] = {}
        except BaseException:
            self.reader.connection.close()
            raise

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *exc: object) -> None:
        self.reader.connection.close()

    def tell(self, destinations: Iterable[Destination], wait: Wait) -> Outcome:
        """Tell each destination what it has not heard, and remember it. Raises OSError where that cannot be written."""
        outcome = Outcome([], [])
        for destination in destinations:
            place = self._state[destination.name]
            if place is None:
                place = place_at(self._first, self._id_at(self._first.position))
                outcome.begun.append(Begun(destination.name, self._first))
                self._remember(destination, place)
            if place.outgoing is not None:
                place = self._send(destination, place, place.outgoing, outcome, wait)
            if place.outgoing is None:
                self._tell_new(destination, place, outcome, wait)
        return outcome

    def would_tell(self, destination: Destination) -> Iterable[str]:
        """What a destination would be told now: what is on its way, and what is new."""
        place = self._state[destination.name] or place_at(self._first, "")
        if place.outgoing is not None:
            yield place.outgoing.payload
            place = _arrived(place.outgoing)
        message = self._message(destination, place.mark)
        if message is not None:
            yield destination.compose(message)

    def _check(self) -> None:
        """Raise OtherLedger where the ledger is not the one that is remembered, with all that it held."""
        state, head = self._state, self._head
        if state.ledger is not None and state.ledger != head.ledger:
            raise OtherLedger(state.file, "this is another ledger than that of the last run")
        for place in state:
            if place.position > head.position:
                what = f"the ledger has {head.position:,} events, and at the last run it had {place.position:,}"
                raise OtherLedger(state.file, what)
            if self._id_at(place.position) != place.event:
                raise OtherLedger(state.file, f"the event at position {place.position:,} is not that of the last run")

    def _tell_new(self, destination: Destination, place: Place, outcome: Outcome, wait: Wait) -> None:
        message = self._message(destination, place.mark)
        end = self._end(place.mark)
        reached = place_at(end, self._id_at(end.position))
        if message is not None:
            outgoing = Outgoing(
                message.key,
                destination.compose(message),
                changes_in(message.report),
                *(reached.position, reached.day, reached.event),
            )
            place = Place(place.position, place.day, place.event, outgoing)
            self._remember(destination, place)
            self._send(destination, place, outgoing, outcome, wait)
        elif reached != place:
            self._remember(destination, reached)

    def _send(self, destination: Destination, place: Place, outgoing: Outgoing, outcome: Outcome, wait: Wait) -> Place:
        """Send a message that is remembered, and strike it out; where it cannot be delivered, it stays."""
        try:
            deliver(lambda: destination.send(outgoing.key, outgoing.payload), destination.attempts, wait)
        except (NotDelivered, NoSecret) as failure:
            outcome.told.append(Told(destination.name, outgoing.changes, str(failure)))
            return place
        arrived = _arrived(outgoing)
        self._remember(destination, arrived)
        outcome.told.append(Told(destination.name, outgoing.changes))
        return arrived

    def _remember(self, destination: Destination, place: Place) -> None:
        self._state.write(self._head.ledger, destination.name, place)

    def _message(self, destination: Destination, since: Mark) -> Message | None:
        """What is new for a destination; None: nothing."""
        if since not in self._reports:
            self._reports[since] = self._report(since)
        report = self._reports[since]
        if not report["parts"]:
            return None
        name = self._watch.name
        document = of_watch(name, report)
        return Message(key_of(name, destination.name, report), name, report, document, self._now)

    def _report(self, since: Mark) -> WatchReport:
        end, watched = self._end(since), self._watched
        return {
            "ledger": self._head.ledger,
            "since_position": since.position,
            "since": iso(since.day),
            "position": end.position,
            "at": iso(end.day),
            "companies": watched.companies,
            "chips": watched.chips,
            "authorities": None if watched.authorities is None else sorted(watched.authorities),
            "parts": [] if end == since else changed_since(self.reader, since, end.day, watched),
        }

    def _end(self, since: Mark) -> Mark:
        """Up to where is told. Where the clock has gone back, no day is told twice."""
        return Mark(self._head.position, max(since.day, self.reader.today))

    def _id_at(self, position: int) -> str:
        return id_at(self.reader.connection, position) if position else ""


def _arrived(outgoing: Outgoing) -> Place:
    return Place(outgoing.position, outgoing.day, outgoing.event)
