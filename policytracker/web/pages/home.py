"""The home page: the answer first, for the chip in the news, in words."""

from policytracker.questions import names
from policytracker.questions.dates_used import days_after_newest
from policytracker.questions.matrix import Matrix
from policytracker.questions.overview import Overviews
from policytracker.questions.overview_answers import Overview
from policytracker.questions.reader import Clocks
from policytracker.questions.timeline import over_days
from policytracker.web import asking
from policytracker.web.board_table import coming_chips, table
from policytracker.web.charts.strip import Strip, Timeline
from policytracker.web.drawing import strips
from policytracker.web.page import Drawn, Page, Parameter, Part, Question
from policytracker.web.paging import CHIPS, COMPANIES
from policytracker.web.timebar import time_bar

OVERVIEW_BYTES = 40_000
"""About as many a kept overview takes."""
JURISDICTION = "in"
PARAMETERS = (
    Parameter("chip", "A chip; without one, that which the newest reports name most often."),
    Parameter(JURISDICTION, "Tell of companies of this jurisdiction; without one, that of most companies."),
)


def _answer(question: Question) -> Overview:
    chip, jurisdiction = _chip(question), _jurisdiction(question)
    overviews = Overviews(question.reader, question.clocks, question.publications, question.statuses)
    return overviews.of(chip, jurisdiction)


def _chip(question: Question) -> str | None:
    given = question.query.get("chip")
    return None if given is None else names.chip(question.directory, given)


def _jurisdiction(question: Question) -> str | None:
    given = question.query.get(JURISDICTION)
    return None if given is None else asking.jurisdiction(question.directory, JURISDICTION, given)


def _shown(question: Question, answer: Overview) -> Drawn:
    key, found = _key(question), overview(question)
    return {
        "bar": time_bar(question),
        "first": Part("home_answer.html", key, lambda: {"overview": found}),
        "overview": Part("home_overview.html", key, lambda: {"overview": found}),
        "table": _board(question),
        "sentence": found["sentence"],
        "shapes": _strip(question, found),
        "age": days_after_newest(question.reader, question.clocks),
    }


def _key(question: Question) -> tuple[str | None, str | None, Clocks]:
    return _chip(question), _jurisdiction(question), question.opened.turned(question.clocks)


def overview(question: Question) -> Overview:
    """The overview that all dates between two turns and two publications share."""
    opened = question.opened
    key = "overview", opened.reader().head, *_key(question)
    return opened.kept.get(key, lambda: _answer(question), lambda _: OVERVIEW_BYTES)


def _strip(question: Question, overview: Overview) -> list[Strip]:
    """The example company through time, each gate by itself."""
    company, chip = overview["example"], overview["chip"]
    if company is None or chip is None:
        return []
    intervals = list(over_days(question.reader, question.clocks, company, chip))
    return strips(question, [Timeline(intervals)])


def _board(question: Question) -> Part | None:
    """The board, where one page holds it."""
    directory = question.directory
    companies, chips = tuple(sorted(directory.companies)), tuple(sorted(directory.chips))
    if not 0 < len(companies) <= COMPANIES or not 0 < len(chips) <= CHIPS:
        return None
    matrix = Matrix(companies, chips, question.statuses.among(companies, chips), question.clocks)
    coming = coming_chips(question, chips)
    return Part("board_table.html", (matrix.possible.told, coming), lambda: table(question, matrix, coming))


HOME = Page(
    name="home",
    path="/home",
    says="Who may import the chip in the news, on whose word, what is new and what comes next.",
    answer=_answer,
    shown=_shown,
    draws_answer=False,
    is_whole=True,
    parameters=PARAMETERS,
)
