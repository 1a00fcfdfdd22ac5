"""What is new between two dates, or since a position of the ledger, in sentences grouped by what happened."""

from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, iso
from policytracker.events.refusals import BadDate
from policytracker.questions import asked, names
from policytracker.questions.asked import POSITION, Since
from policytracker.questions.news import MOST_CHANGES, news
from policytracker.questions.news_answers import News
from policytracker.web import paging
from policytracker.web.asking import BadAddress
from policytracker.web.page import Drawn, Page, Parameter, Question
from policytracker.web.timebar import time_bar

DAYS = 10
"""So many days back the news begin where nothing else is asked for."""
PRESETS = {"7 days": 7, "10 days": 10, "30 days": 30, "three months": 91, "a year": 365}
LISTED = 60
"""Events of one kind that a page shows; its JSON has them all."""


class Preset(NamedTuple):
    """A link to other news."""

    text: str
    day: str
    """The day after which they begin."""
    is_shown: bool


def _since(question: Question) -> Since:
    """Where the news begin. Raises BadAddress."""
    given, at = question.query.get("from"), question.clocks.at
    if given is None:
        return Since(max(FIRST_DAY, at - DAYS))
    try:
        return asked.since(given, question.opened.today(), at)
    except BadDate as error:
        raise BadAddress("from", str(error)) from None


def _answer(question: Question) -> News:
    directory, query = question.directory, question.query
    company, chip = query.get("company"), query.get("chip")
    return news(
        question.reader,
        question.clocks,
        question.publications,
        _since(question),
        names.company(directory, company) if company else None,
        names.chip(directory, chip) if chip else None,
    )


def _shown(question: Question, answer: News) -> Drawn:
    directory, at = question.directory, question.clocks.at
    days = {text: iso(max(FIRST_DAY, at - back)) for text, back in PRESETS.items()}
    return {
        "bar": time_bar(question),
        "presets": [Preset(text, day, day == answer["since"]) for text, day in days.items()],
        "companies": paging.choices(directory.companies),
        "chips": paging.choices(directory.chips),
        "most": LISTED,
        "most_changes": MOST_CHANGES,
    }


NEWS = Page(
    name="news",
    path="/news",
    says="What is new between two dates, or since a position of the ledger, and what it changes, in sentences.",
    answer=_answer,
    shown=_shown,
    is_whole=True,
    parameters=(
        Parameter(
            "from",
            f"The news begin after this day, by default {DAYS} days back; or, as {POSITION}340, after a position: "
            "what was recorded since, however old it is.",
        ),
        Parameter("company", "Only what concerns this company."),
        Parameter("chip", "Only what concerns this chip."),
    ),
)
