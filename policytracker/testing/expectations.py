"""Expectations of a ledger, a line each: a company, a chip, the dates, and the status that an expert would give.

A status is written as one word (``conditional``), as the lowest and the highest that are possible
(``in_principle..licensable``), as a bound (``>=conditional``: none is lower; ``<=blocked``: none is higher), or as
``unknown``.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from policytracker.api.cells import CellState
from policytracker.api.questions import Questions
from policytracker.api.when import When
from policytracker.api.why_lines import why_lines
from policytracker.events.refusals import Refused, shown
from policytracker.questions.errors import QuestionError
from policytracker.questions.telling import called
from policytracker.status.words import STATUSES

NEEDED = ("company", "chip", "at", "expected")
OTHERS = ("known", "recorded", "limited_by", "note")
LARGEST = 16_000_000
"""Bytes of a file of expectations."""
UNKNOWN = "unknown"


class BadExpectations(QuestionError):
    """Lines of a file that are no expectations."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(faults))


class Expectation(NamedTuple):
    """What somebody expects of one cell."""

    place: str
    """The file and the line."""
    company: str
    chip: str
    at: str
    expected: str
    known: str | None = None
    recorded: str | None = None
    limited_by: frozenset[str] | None = None
    """The gates that limit the cell, all of them; None: any."""

    @property
    def when(self) -> When:
        """The dates of the question."""
        return When(at=self.at, known=self.known, recorded=self.recorded)

    def __str__(self) -> str:
        dates = {"at": self.at, "as known at": self.known, "as recorded at": self.recorded}
        told = ", ".join(f"{name} {date}" for name, date in dates.items() if date)
        return f"{self.company} {self.chip} {told}"


class Failure(NamedTuple):
    """An expectation that does not hold, and why."""

    expectation: Expectation
    text: str


def expectations_in(file: Path) -> list[Expectation]:
    """The expectations of a file, CSV or JSONL by its ending.

    Raises BadExpectations, which names every bad line, or OSError.
    """
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadExpectations([f"{file} has more than {LARGEST:,} bytes; split it"])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadExpectations([f"{file} is not UTF-8 (byte {error.start}); save it as UTF-8"]) from None
    rows = _objects(str(file), text) if file.suffix in (".jsonl", ".json", ".ndjson") else _rows(str(file), text)
    faults: list[str] = []
    found: list[Expectation] = []
    for place, row in rows:
        try:
            found.append(_expectation(place, row))
        except ValueError as error:
            faults.append(f"{place}: {error}")
    if not found and not faults:
        faults = [f"{file}: no expectation in it; write a header and a line for each: {','.join(NEEDED)}"]
    if faults:
        raise BadExpectations(faults)
    return found


def _rows(file: str, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    try:
        for row in reader:
            yield f"{file}:{reader.line_num}", row
    except csv.Error as error:
        raise BadExpectations([f"{file}:{reader.line_num + 1}: it is no CSV ({error})"]) from None


def _objects(file: str, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadExpectations([f"{file}:{number}: it is no JSON ({error})"]) from None
            yield f"{file}:{number}", row if isinstance(row, dict) else {"": row}


def _expectation(place: str, row: Mapping[str, Any]) -> Expectation:
    """Raises ValueError, which says what is wrong."""
    columns = *NEEDED, *OTHERS
    strange = [name for name in row if name not in columns]
    if strange:
        raise ValueError(f"{shown(strange[0] or 'more values')} is no column; the columns are {', '.join(columns)}")
    given = {name: str(value).strip() for name, value in row.items() if value not in (None, "")}
    lacking = [name for name in NEEDED if not given.get(name)]
    if lacking:
        raise ValueError(f"{lacking[0]} is missing; every line needs {', '.join(NEEDED)}")
    _bounds(given["expected"])
    gates = given.get("limited_by")
    return Expectation(
        place,
        given["company"],
        given["chip"],
        given["at"],
        given["expected"],
        given.get("known"),
        given.get("recorded"),
        None if gates is None else frozenset(gates.replace(",", " ").split()),
    )


def _bounds(expected: str) -> tuple[range, range]:
    """Which statuses may be the lowest, and which the highest, that are possible, by their ranks."""
    last = len(STATUSES) - 1
    if expected == UNKNOWN:
        return range(1), range(last, last + 1)
    if expected.startswith((">=", "<=")):
        rank = _rank(expected[2:].strip())
        every = range(last + 1)
        return (range(rank, last + 1), every) if expected[0] == ">" else (every, range(rank + 1))
    low, _, high = expected.partition("..")
    lowest, highest = _rank(low), _rank(high or low)
    return range(lowest, lowest + 1), range(highest, highest + 1)


def _rank(word: str) -> int:
    if word not in STATUSES:
        raise ValueError(
            f"{shown(word)} is no status; write one of {', '.join(STATUSES)}, two of them as lowest..highest, a bound "
            "such as >=conditional, or unknown"
        )
    return STATUSES.index(word)


def failure_of(ledger: Questions, expectation: Expectation) -> Failure | None:
    """Why an expectation does not hold in a ledger; None where it does.

    The text tells the answer, the event that turned the cell, and gate by gate what decides.
    """
    try:
        state = ledger.state(expectation.company, expectation.chip, **expectation.when)
    except (QuestionError, Refused) as error:
        return Failure(expectation, f"{expectation}: {error}")
    wrong = list(_differences(expectation, state))
    if not wrong:
        return None
    lines = [
        f"{expectation}: {'; '.join(wrong)}",
        *_turning(ledger, expectation),
        *why_lines(ledger, state, expectation.when),
    ]
    return Failure(expectation, "\n  ".join(lines))


def _differences(expectation: Expectation, state: CellState) -> Iterator[str]:
    low, high = _bounds(expectation.expected)
    is_unknown = state.status == UNKNOWN
    fits = STATUSES.index(state.low) in low and STATUSES.index(state.high) in high
    if not fits or (
        (expectation.expected == UNKNOWN) != is_unknown and not expectation.expected.startswith((">", "<"))
    ):
        told = UNKNOWN if is_unknown else state.low if state.low == state.high else f"{state.low}..{state.high}"
        yield f"expected {expectation.expected}, and it is {told}"
    if expectation.limited_by is not None and expectation.limited_by != set(state.limited_by):
        expected = " ".join(sorted(expectation.limited_by))
        yield f"expected to be limited by {expected}, and it is limited by {' '.join(state.limited_by)}"


def _turning(ledger: Questions, expectation: Expectation) -> Iterator[str]:
    """The events by which the cell came to be as it is."""
    asked, day = expectation, expectation.at
    found = ledger.timeline(asked.company, asked.chip, known=asked.known, recorded=asked.recorded, start=day, end=day)
    for interval in found[:1]:
        since = f"since {interval.from_}" if interval.from_ else "since ever"
        events = [
            f"{called(each.id, each.ref)} ({each.says}), {each.source or 'no report'}" for each in interval.turned_by
        ]
        yield f"{since}, by {'; '.join(events) or 'no event'}"
