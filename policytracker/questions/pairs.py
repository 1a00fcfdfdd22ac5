"""A file of pairs, a company and a chip a line, each with dates of its own where it gives some (``check --file``)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policytracker.events.refusals import BadDate, shown
from policytracker.questions import asked as dates
from policytracker.questions import names
from policytracker.questions.errors import QuestionError
from policytracker.questions.reader import Clocks, Reader

NEEDED = ("company", "chip")
DATES = {"at": dates.day, "known": dates.known, "recorded": dates.recorded}
"""The columns that a line may leave empty, and how the date in each is read."""
COLUMNS = (*NEEDED, *DATES)
HEADING = f"a first line that names the columns: {','.join(COLUMNS)}"


class BadPairs(QuestionError):
    """A file of pairs with lines that cannot be answered."""

    def __init__(self, lines: list[str]) -> None:
        listed = "\n".join(f"  {line}" for line in lines)
        super().__init__(f"{len(lines)} of the pairs cannot be answered, so none was:\n{listed}")


class Pair(NamedTuple):
    """A company and a chip, and the dates of their line, all as written, and the line that they stand on."""

    line: int
    company: str
    chip: str
    at: str = ""
    known: str = ""
    recorded: str = ""
    """Empty, as each date may be: the line gives none."""


class AskedPair(NamedTuple):
    """The ids of a company and a chip, and the point of the clocks that is asked about."""

    company: str
    chip: str
    clocks: Clocks
    line: int = 0
    """The line of the file that asks; 0: none does."""


def read_pairs(source: str, content: bytes) -> list[Pair]:
    """The pairs of a CSV file. ``source`` is what messages call it.

    A first line with ``company`` and ``chip`` in it is a heading: it names the columns, in any order. Without one,
    each line is a company and a chip. Raises BadPairs, which names every bad line.
    """
    rows = _rows(source, content)
    heading: Sequence[str] = NEEDED
    if rows and set(NEEDED) <= {cell.casefold() for cell in rows[0][1]}:
        (line, row), *rows = rows
        heading = _heading(f"{source}:{line}", row)
    wide = f"; give {len(heading)}, {_listed(heading)}"
    hint = f"{wide}, or {HEADING}" if heading is NEEDED else f"{wide}, as the heading says"
    wrong = [f"{source}:{line}: {len(row)} columns{hint}" for line, row in rows if len(row) != len(heading)]
    if wrong:
        raise BadPairs(wrong)
    if not rows:
        raise BadPairs([f"{source}: no pair in it; give a company and a chip a line, with a comma between"])
    return [Pair(line, **dict(zip(heading, row, strict=True))) for line, row in rows]


def _rows(source: str, content: bytes) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, each with its number."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadPairs([f"{source}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"]) from None
    reader = csv.reader(text.splitlines())
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise BadPairs([f"{source}:{reader.line_num}: {error}; write a company, a comma and a chip"]) from None
    return [(line, row) for line, row in rows if any(row)]


def _heading(place: str, row: Sequence[str]) -> list[str]:
    """The columns that a heading names. Raises BadPairs."""
    found = [cell.casefold() for cell in row]
    for column, name in zip(row, found, strict=True):
        if name not in COLUMNS:
            raise BadPairs([f"{place}: {shown(column)} is no column; the columns are {_listed(COLUMNS)}"])
        if found.count(name) > 1:
            raise BadPairs([f"{place}: two columns are called {name}; leave one of them out"])
    return found


def _listed(columns: Sequence[str]) -> str:
    *others, last = columns
    return f"{', '.join(others)} and {last}"


def asked_pairs(reader: Reader, clocks: Clocks, source: str, pairs: Iterable[Pair]) -> list[AskedPair]:
    """What each pair asks: the ids, and the dates of its line, each in the place of that of ``clocks``.

    Names are those of the registry of the day that the line asks about. Raises BadPairs, which names every bad line.
    """
    found: list[AskedPair] = []
    wrong: list[str] = []
    for pair in pairs:
        try:
            asked = _clocks(pair, clocks, reader.today)
            directory = reader.directory_at(asked.recorded, asked.at)
            company, chip = names.company(directory, pair.company), names.chip(directory, pair.chip)
        except (QuestionError, _BadDateOfLine) as error:
            wrong.append(f"{source}:{pair.line}: {error}")
        else:
            found.append(AskedPair(company, chip, asked, pair.line))
    if wrong:
        raise BadPairs(wrong)
    return found


class _BadDateOfLine(Exception):
    """A date of a line that cannot be read, with the name of its column."""


def _clocks(pair: Pair, clocks: Clocks, today: int) -> Clocks:
    given: dict[str, int] = {}
    texts: Mapping[str, str] = pair._asdict()
    for column, read in DATES.items():
        if texts[column]:
            try:
                given[column] = read(texts[column], today)
            except BadDate as error:
                raise _BadDateOfLine(f"{column}: {error}") from None
    return clocks._replace(**given)
