"""The home page: the answer first, for the chip in the news, in words."""

from policytracker.questions import names
from policytracker.questions.matrix import Matrix
from policytracker.questions.overview import Overviews
from policytracker.questions.overview_answers import Overview
from policytracker.web.asking import BadAddress
from policytracker.web.board_table import coming_chips, table
from policytracker.web.page import Drawn, Page, Parameter, Part, Question
from policytracker.web.paging import CHIPS, COMPANIES
from policytracker.web.timebar import time_bar

STALE_DAYS = 30
"""A ledger whose newest report is older than that is said to be old at the top of the page."""
JURISDICTION = "in"


def _answer(question: Question) -> Overview:
    chip, jurisdiction = _chip(question), _jurisdiction(question)
    overviews = Overviews(question.reader, question.clocks, question.publications, question.statuses)
    return overviews.of(chip, jurisdiction)


def _chip(question: Question) -> str | None:
    given = question.query.get("chip")
    return None if given is None else names.chip(question.directory, given)


def _jurisdiction(question: Question) -> str | None:
    given = question.query.get(JURISDICTION)
    homes = {company["jurisdiction"] for company in question.directory.companies.values()}
    if given is not None and given not in homes:
        raise BadAddress(JURISDICTION, f"no company of {given!r} is registered; there are {', '.join(sorted(homes))}")
    return given


def _shown(question: Question, answer: Overview) -> Drawn:
    key = _chip(question), _jurisdiction(question), question.opened.turned(question.clocks)

    def once() -> Overview:
        return question.once("overview", lambda: _answer(question))

    return {
        "bar": time_bar(question),
        "first": Part("home_answer.html", key, lambda: {"overview": once()}),
        "overview": Part("home_overview.html", key, lambda: {"overview": once()}),
        "table": _board(question),
        "age": _age(question),
    }


def _board(question: Question) -> Part | None:
    """The board, where one page holds it."""
    directory = question.directory
    companies, chips = tuple(sorted(directory.companies)), tuple(sorted(directory.chips))
    if not 0 < len(companies) <= COMPANIES or not 0 < len(chips) <= CHIPS:
        return None
    matrix = Matrix(companies, chips, question.statuses.among(companies, chips), question.clocks)
    coming = coming_chips(question, chips)
    return Part("board_table.html", (matrix.possible.told, coming), lambda: table(question, matrix, coming))


def _age(question: Question) -> int | None:
    """How many days old the newest report is, where these are many; None where there is none, or it is newer."""
    newest = question.reader.newest_report
    age = None if newest is None else question.opened.today() - newest
    return age if age is not None and age > STALE_DAYS else None


HOME = Page(
    name="home",
    path="/home",
    says="Who may import the chip in the news, on whose word, what is new and what comes next.",
    answer=_answer,
    shown=_shown,
    draws_answer=False,
    is_whole=True,
    parameters=(
        Parameter("chip", "A chip; without one, that which the newest reports name most often."),
        Parameter(JURISDICTION, "Tell of companies of this jurisdiction; without one, that of most companies."),
    ),
)
