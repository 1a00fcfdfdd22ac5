"""The cells that are alike one of them: the same answer by the same claims, along its company and its chip."""

from collections.abc import Iterator, Sequence

from policytracker.questions import columns
from policytracker.questions.answers import CellState
from policytracker.questions.one_cell import CellObjects
from policytracker.status.words import Status
from policytracker.web import paging
from policytracker.web.page import Drawn, Page, Question, Table
from policytracker.web.timebar import time_bar


def _candidates(question: Question) -> list[tuple[str, str]]:
    """The cells of the same company or the same chip that have the same possible statuses."""
    company, chip = question.pair
    statuses = question.statuses
    own = statuses[company, chip]
    of_chip = ((each, chip) for each in statuses.companies)
    of_company = ((company, each) for each in statuses.chips)
    return [pair for pair in (*of_chip, *of_company) if pair != (company, chip) and statuses[pair] == own]


def _last(question: Question) -> int:
    return paging.pages(len(_candidates(question)), paging.COMPANIES)


def _answer(question: Question) -> list[CellState]:
    candidates = _candidates(question)
    at = paging.cut(question, paging.pages(len(candidates), paging.COMPANIES))
    return list(_alike(question, paging.part(candidates, at, paging.COMPANIES)))


def _alike(question: Question, candidates: Sequence[tuple[str, str]]) -> Iterator[CellState]:
    objects = CellObjects(question.reader, question.clocks)
    own = _decided(objects.cell(*question.pair))
    for pair in candidates:
        cell = objects.cell(*pair)
        if _decided(cell) == own:
            yield cell


def _decided(cell: CellState) -> list[tuple[str, list[Status], list[str]]]:
    """What each gate answers, and the claims that stand there."""
    return [(gate["gate"], gate["possible"], gate["claims"]) for gate in cell["gates"]]


def _shown(question: Question, answer: list[CellState]) -> Drawn:
    company, chip = question.pair
    return {
        "bar": time_bar(question),
        "company": company,
        "chip": chip,
        "companies": [row["company"] for row in answer if row["chip"] == chip],
        "chips": [row["chip"] for row in answer if row["chip"] != chip],
        "cut": paging.cut(question, _last(question)),
    }


ALIKE = Page(
    name="alike",
    path="/cell/{company}/{chip}/alike",
    says="The cells of the same company or the same chip that have the same answer by the same claims.",
    answer=_answer,
    shown=_shown,
    is_whole=True,
    last=_last,
    tables=(Table("state", "state", lambda _, cells: (columns.STATE, cells)),),
    parameters=(paging.PAGE,),
)
