"""What a board is narrowed to: on its page, and in the drawing of it."""

from policytracker.questions import names
from policytracker.questions.statuses import Statuses
from policytracker.status.words import RANK
from policytracker.web.board_table import Ids
from policytracker.web.page import Parameter, Question

PARAMETERS = (
    Parameter("companies", "A company, a group of them, or a selector such as in:CN."),
    Parameter("chips", "A chip, or a group of them."),
    Parameter("vendor", "Only the chips of this vendor."),
    Parameter("status", "Only the companies and chips that possibly have this status somewhere."),
    Parameter("each", "Each company and chip by itself: do not gather those that are alike."),
)


def narrowed(question: Question) -> tuple[Ids, Ids]:
    """The companies and the chips that are asked for. Raises UnknownName or AmbiguousName."""
    directory, query = question.directory, question.query
    companies = _companies(question, query.get("companies", "all"))
    chips = _chips(question, query.get("chips", "all"))
    if vendor := query.get("vendor"):
        chips = tuple(chip for chip in chips if directory.chips[chip]["vendor"] == vendor)
    if query.get("status") in RANK:
        return _having(question.statuses.among(companies, chips), RANK[query["status"]])
    return companies, chips


def _having(statuses: Statuses, rank: int) -> tuple[Ids, Ids]:
    """Only the companies and chips that possibly have a status somewhere."""
    # Each byte holds the possible statuses of a cell, so the bytes with this one are looked for in whole rows.
    others = bytes(bits for bits in range(256) if not bits >> rank & 1)
    rows = tuple(company for company in statuses.companies if statuses.row(company).translate(None, others))
    return rows, tuple(chip for chip in statuses.chips if statuses.column(chip).translate(None, others))


def _companies(question: Question, wanted: str) -> Ids:
    directory = question.directory
    every = tuple(sorted(directory.companies))
    if wanted == "all":
        return every
    found = tuple(each for each in every if wanted in directory.company_selectors(each))
    return found or (names.company(directory, wanted),)


def _chips(question: Question, wanted: str) -> Ids:
    directory = question.directory
    every = tuple(sorted(directory.chips))
    if wanted == "all":
        return every
    found = tuple(each for each in every if wanted in directory.chip_selectors(each))
    return found or (names.chip(directory, wanted),)
