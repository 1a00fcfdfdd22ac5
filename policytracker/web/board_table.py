"""The table of the board: companies × chips, those that are alike gathered, those that are domestic apart."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from policytracker.questions.launches import is_launched
from policytracker.questions.matrix import Matrix
from policytracker.status.entries import Fields
from policytracker.status.words import RANK, Status, words
from policytracker.web.page import Drawn, Question

Ids = tuple[str, ...]


class Cell(NamedTuple):
    """A cell, or several that are alike: the first of them leads the way."""

    company: str
    chip: str
    possible: list[Status]
    is_domestic: bool
    """Whether it has no gates."""
    faint: bool


class Row(NamedTuple):
    """Companies that are alike for every chip shown."""

    companies: Ids
    cells: list[Cell]


class Section(NamedTuple):
    """The rows of one jurisdiction."""

    jurisdiction: str
    rows: list[Row]


def coming_chips(question: Question, chips: Ids) -> Ids:
    """The chips that are not launched by the day."""
    registered, day = question.directory.chips, question.clocks.at
    return tuple(chip for chip in chips if not is_launched(registered[chip], day))


def table(question: Question, matrix: Matrix, coming: Ids) -> Drawn:
    """What the template needs; ``coming`` are the chips that are not launched by the day."""
    each = "each" in question.query
    across = _by_vendor(question, matrix.chips) if each else _alike_chips(question, matrix)
    return {
        "coming": coming,
        "is_empty": not (question.directory.companies and question.directory.chips),
        "across": across,
        "vendors": _vendors(question, across) if each else [],
        "sections": list(_sections(question, matrix, across, each)),
    }


def _sections(question: Question, matrix: Matrix, across: list[Ids], each: bool) -> Iterator[Section]:
    registered = question.directory.companies
    groups: list[Ids] = [(company,) for company in matrix.companies] if each else matrix.alike_companies()
    apart = [alike for group in groups for alike in _by_jurisdiction(question, group)]
    for jurisdiction in sorted({registered[group[0]]["jurisdiction"] for group in apart}, key=_home_first):
        rows = [group for group in apart if registered[group[0]]["jurisdiction"] == jurisdiction]
        yield Section(jurisdiction, [Row(group, list(_cells(question, matrix, group, across))) for group in rows])


def _by_jurisdiction(question: Question, group: Ids) -> list[Ids]:
    registered = question.directory.companies
    return _parted(group, lambda company: registered[company]["jurisdiction"])


def _alike_chips(question: Question, matrix: Matrix) -> list[Ids]:
    """Chips gathered where every company's answer is the same, those that are domestic somewhere apart."""
    registered = question.directory.chips
    return [alike for group in matrix.alike_chips() for alike in _parted(group, lambda chip: _home(registered[chip]))]


def _home(chip: Fields) -> str | None:
    """The jurisdiction whose companies pass no gate for a chip, if there is one."""
    origin: str | None = chip.get("origin")
    return origin if set(chip["controlled_by"]) <= {origin} else None


def _parted(group: Ids, by: Callable[[str], str | None]) -> list[Ids]:
    found: dict[str | None, list[str]] = {}
    for each in group:
        found.setdefault(by(each), []).append(each)
    return [tuple(each) for each in found.values()]


def _home_first(jurisdiction: str) -> tuple[bool, str]:
    return jurisdiction != "CN", jurisdiction


def _cells(question: Question, matrix: Matrix, group: Ids, across: Iterable[Ids]) -> Iterator[Cell]:
    status = RANK.get(question.query.get("status", ""))
    for chips in across:
        company, chip = group[0], chips[0]
        possible = matrix.possible[company, chip]
        is_domestic = not question.directory.gates(company, chip)
        yield Cell(company, chip, words(possible), is_domestic, status is not None and not possible >> status & 1)


def _by_vendor(question: Question, chips: Ids) -> list[Ids]:
    return [(chip,) for chip in sorted(chips, key=lambda chip: (question.directory.chips[chip]["vendor"], chip))]


def _vendors(question: Question, across: list[Ids]) -> list[tuple[str, int]]:
    """The vendors of the columns, each with how many stand side by side."""
    found: list[tuple[str, int]] = []
    for (chip,) in across:
        vendor = question.directory.chips[chip]["vendor"]
        if found and found[-1][0] == vendor:
            found[-1] = vendor, found[-1][1] + 1
        else:
            found.append((vendor, 1))
    return found
