"""The board: companies × chips at a glance, on one day, as known at one moment."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from policytracker.questions import columns
from policytracker.questions.answers import MatrixRow
from policytracker.questions.latest import latest
from policytracker.questions.matrix import Matrix
from policytracker.questions.overview_answers import EventInWords
from policytracker.questions.spreadsheet_rows import of_matrix
from policytracker.questions.spreadsheets import Rows
from policytracker.questions.statuses import Statuses
from policytracker.status.words import RANK
from policytracker.web import paging
from policytracker.web.board_narrowed import PARAMETERS, narrowed
from policytracker.web.board_table import Ids, coming_chips, table
from policytracker.web.drawing import in_words
from policytracker.web.page import Drawn, Page, Parameter, Part, Question, Table
from policytracker.web.timebar import time_bar

LATEST = 6
"""Events told below the board."""


class Asked(NamedTuple):
    """What the board is narrowed to, and which part of it a page shows."""

    companies: Ids
    """All of them."""
    chips: Ids
    rows: paging.Cut
    columns: paging.Cut

    @property
    def shown(self) -> tuple[Ids, Ids]:
        """The companies and the chips of the page."""
        companies = paging.part(self.companies, self.rows, paging.COMPANIES)
        return tuple(companies), tuple(paging.part(self.chips, self.columns, paging.CHIPS))

    @property
    def is_cut(self) -> bool:
        """Whether one page does not hold them all."""
        return self.rows.last > 1 or self.columns.last > 1


def _answer(question: Question) -> list[MatrixRow]:
    return _matrix(question, _asked(question)).rows()


def _last(question: Question) -> int:
    return _asked(question).rows.last


def _asked(question: Question) -> Asked:
    companies, chips = narrowed(question)
    rows = paging.cut(question, paging.pages(len(companies), paging.COMPANIES))
    columns = paging.cut(question, paging.pages(len(chips), paging.CHIPS), "columns")
    return Asked(companies, chips, rows, columns)


def _matrix(question: Question, asked: Asked) -> Matrix:
    companies, chips = asked.shown
    return Matrix(companies, chips, question.statuses.among(companies, chips), question.clocks)


def _shown(question: Question, answer: list[MatrixRow]) -> Drawn:
    asked = _asked(question)
    matrix, known = _matrix(question, asked), question.publications.last_by(question.clocks.known)
    coming = coming_chips(question, matrix.chips)
    return {
        "table": Part("board_table.html", (matrix.possible.told, coming), lambda: table(question, matrix, coming)),
        "choices": Part("board_selects.html", None, lambda: {"choices": Choices(question)}),
        "bar": time_bar(question),
        "asked": asked,
        "drawing": None if asked.is_cut or not matrix.companies or not matrix.chips else dict(question.query),
        "counts": counted(question.statuses.among(asked.companies, asked.chips)) if asked.is_cut else [],
        "latest": Part("board_latest.html", known, lambda: {"latest": _latest(question)}),
    }


def _latest(question: Question) -> list[EventInWords]:
    return latest(question.reader, question.clocks, question.publications, in_words(question), LATEST)


def counted(statuses: Statuses) -> list[tuple[str, int, int]]:
    """For each status, lowest first, how many cells have it certainly, and how many more of them possibly."""
    cells = Counter(statuses.told)
    return [
        (word, cells[1 << rank], sum(n for bits, n in cells.items() if bits >> rank & 1 and bits != 1 << rank))
        for word, rank in RANK.items()
    ]


class Choices:
    """What the board can be narrowed to."""

    def __init__(self, question: Question) -> None:
        directory = question.directory
        groups = [(kind, group, str(fields["name"])) for (kind, group), fields in sorted(directory.groups.items())]
        self.jurisdictions = sorted({company["jurisdiction"] for company in directory.companies.values()})
        self.company_groups = [(group, name) for kind, group, name in groups if kind == "company"][: paging.CHOICES]
        self.chip_groups = [(group, name) for kind, group, name in groups if kind == "chip"][: paging.CHOICES]
        # Of many, one is written: a list of thousands is longer than the board.
        self.companies = paging.choices(directory.companies)
        self.chips = paging.choices(directory.chips)
        self.vendors = sorted({str(chip["vendor"]) for chip in directory.chips.values()})
        self.statuses = list(RANK)


def _csv(question: Question, rows: list[MatrixRow]) -> tuple[Sequence[str], Rows]:
    return (*columns.MATRIX, *_asked(question).shown[1]), of_matrix(rows)


BOARD = Page(
    name="board",
    path="/board",
    says="Companies and chips at a glance: what each may import.",
    answer=_answer,
    shown=_shown,
    draws_answer=False,
    is_whole=True,
    last=_last,
    tables=(Table("matrix", "matrix", _csv),),
    parameters=(
        *PARAMETERS,
        paging.PAGE,
        Parameter("columns", f"The number of the page of chips, {paging.CHIPS} a page, where there are more."),
    ),
)
