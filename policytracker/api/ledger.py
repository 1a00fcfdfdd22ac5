"""A ledger, for programs: how it is opened, made, recorded in and replayed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Literal, Unpack

from policytracker.api.changes import by_published, by_recorded
from policytracker.api.events import Appended, Step, event_of
from policytracker.api.questions import Questions
from policytracker.api.when import Day, When, day_of
from policytracker.keeping.verify import damage
from policytracker.ledger import clock
from policytracker.ledger.appending import append_lines, filling
from policytracker.ledger.copying import copy
from policytracker.ledger.lines import Line, lines_of
from policytracker.ledger.placing import made_whole
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server, Where, where_of
from policytracker.questions.history import shipped_lines
from policytracker.questions.log import log


class Ledger(Questions):
    """A ledger. Close it, or use it in a ``with`` statement.

    Dates are ``date``, ``datetime`` with a time zone, or the text that the command line takes: ``at`` is the day that
    is asked about (left out: today), ``known`` what was published by then (everything), ``recorded`` what this ledger
    held by then (everything). Companies and chips are ids, names, aliases, tickers or LEIs.

    Methods raise QuestionError for a name that is not there, Refused for a date or an event that cannot be read or may
    not happen, and LedgerError for what is wrong with the ledger. Each message tells the way out.
    """

    def __init__(self, where: str | PathLike[str] | Server, *, today: Day = None, recorder: str | None = None) -> None:
        """Open the ledger of a file or of a ``postgresql://`` address.

        ``today``: the day that stands for today in all questions. ``recorder``: who records, as sealed with each event.
        Raises LedgerError.
        """
        self.where = _where(where)
        self._fixed = None if today is None else day_of(today, clock.today())
        self._recorder = recorder
        self._folder: TemporaryDirectory[str] | None = None
        open_ledger(self.where).close()

    @classmethod
    def create(cls, where: str | PathLike[str] | Server, *, today: Day = None, recorder: str | None = None) -> "Ledger":
        """Make an empty ledger, and open it. Raises LedgerThere where something is, or another LedgerError."""
        _make(_where(where), [], recorder)
        return cls(where, today=today, recorder=recorder)

    @classmethod
    def demo(cls, *, today: Day = None) -> "Ledger":
        """Make a ledger of the history that ships with the program. It is removed when it is closed."""
        folder = TemporaryDirectory(prefix="policytracker-")
        where = Path(folder.name) / "demo.ledger"
        _make(where, shipped_lines(), None)
        made = cls(where, today=today)
        made._folder = folder
        return made

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self.where}>"

    def close(self) -> None:
        """Let go of the files."""
        if self._reader is not None:
            self._reader.connection.close()
            self._reader = None
        if self._folder is not None:
            self._folder.cleanup()

    def as_of(self, **when: Unpack[When]) -> "Ledger":
        """The same ledger, with other dates for questions that name none. Close it as any other."""
        found = Ledger(self.where, recorder=self._recorder)
        found._fixed = self._fixed
        found._when = {**self._when, **when}
        return found

    def append(self, event: Mapping[str, Any] | None = None, /, **fields: Any) -> Appended:
        """Record an event, given in the interchange format (docs/events.md). Raises RefusedLines with the reason."""
        return self.append_all([{**(event or {}), **fields}])

    def append_all(self, events: Iterable[Mapping[str, Any]]) -> Appended:
        """Record events: all of them, or none. Raises RefusedLines, which names every refused one by its place."""
        lines = [
            Line("event", number, json.dumps(event, ensure_ascii=False).encode())
            for number, event in enumerate(events, start=1)
        ]
        return self._append(lines)

    def append_lines(self, lines: Iterable[str]) -> Appended:
        """Record lines of the interchange format, as text: all of them, or none. Raises RefusedLines."""
        return self._append([Line("line", number, line.encode()) for number, line in enumerate(lines, start=1)])

    def import_files(self, *files: str | PathLike[str]) -> Appended:
        """Record the lines of interchange files, as ``import`` does: all of them, or none. Raises RefusedLines."""
        return self._append([line for file in files for line in lines_of(str(file), Path(file).read_bytes())])

    def _append(self, lines: list[Line]) -> Appended:
        with Store(self.where) as store:
            outcome = append_lines(store, lines, recorder=self._recorder)
        new = log(self._now(), since=outcome.position - 1)[: outcome.appended] if outcome.appended else []
        return Appended(events=tuple(map(event_of, new)), repeated=outcome.repeated)

    def replay(self, by: Literal["published", "recorded"] = "published", *, at: Day = None) -> Iterator[Step]:
        """The history step by step, with the cells that each step changes.

        By ``published``, a step is what was published at one moment; by ``recorded``, what was recorded at once.
        ``at``: the day that is asked about (None: the day of each step).
        """
        day = None if at is None else day_of(at, self._today())
        return by_published(self._now(), day) if by == "published" else by_recorded(self._now(), day)

    @contextmanager
    def supposing(self, *events: Mapping[str, Any]) -> Iterator["Ledger"]:
        """A ledger that holds further events too, as a copy that is removed again; this one stays as it is."""
        with TemporaryDirectory(prefix="policytracker-") as folder:
            where = Path(folder) / "supposed.ledger"
            copy(self.where, where)
            with Ledger(where, recorder=self._recorder) as supposed:
                supposed._fixed, supposed._when = self._fixed, self._when
                supposed.append_all(events)
                yield supposed

    def verify(self) -> list[str]:
        """What is damaged in the ledger or its read models, a sentence each; empty: every seal holds."""
        return [str(each) for each in damage(self.where)]


def _where(where: str | PathLike[str] | Server) -> Where:
    return where if isinstance(where, Server) else where_of(fspath(where))


def _make(where: Where, lines: Iterable[Line], recorder: str | None) -> None:
    with made_whole(where) as place:
        Store.create(place, fill=filling(list(lines), recorder)).close()
