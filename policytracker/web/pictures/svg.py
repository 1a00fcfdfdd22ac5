"""A drawing as one SVG file: white behind it, its colours in it, its dates, source and address below it."""

from typing import Any, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.ledger import clock
from policytracker.questions.citing import ledger_then
from policytracker.web.addresses import Addresses
from policytracker.web.charts.letters import FAMILY, lines_of
from policytracker.web.charts.palette import in_files
from policytracker.web.page import Question
from policytracker.web.rendering import Names, environment
from policytracker.web.words import day_words

MARGIN = 24
HEAD, FOOT = 80, 62
"""Above the drawing: title and dates; below it: source and address."""
LEGEND_LINE = 20
TITLE_LINE, TITLE_LETTER = 23, 11.5
"""How high a line of the title is, and how wide a letter of it."""
TITLE_LETTERS = 80
"""Letters for which a line of the title has room where the drawing is not wider than most."""
NOT_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
"""Characters that no XML may hold, and what stands for them."""


class About(NamedTuple):
    """What a picture is of: the page that has the same and more."""

    title: str
    page: str
    given: dict[str, str]
    """What the path of that page names."""
    says: str | None = None
    """All that it shows in words, for those who do not see it."""


def picture(template: str, question: Question, to: Addresses, about: About, width: float = 0, **values: Any) -> str:
    """A template's SVG, given what every picture says; ``width``: of a drawing that is wider than most."""
    lines = lines_of(about.title, max(TITLE_LETTERS, int(width / TITLE_LETTER)))
    given = {
        "about": about,
        "title_lines": lines,
        "paint": in_files(),
        "family": FAMILY,
        "to": to,
        "name": Names(question),
    }
    text = (
        environment()
        .get_template(template)
        .render(
            **given,
            dates=_dates(question),
            source=_source(question),
            address=_address(question, to, about),
            margin=MARGIN,
            head_height=HEAD + (len(lines) - 1) * TITLE_LINE,
            title_line=TITLE_LINE,
            foot=FOOT,
            legend_line=LEGEND_LINE,
            **values,
        )
    )
    return text.translate(NOT_XML)


def _dates(question: Question) -> str:
    clocks = question.clocks
    known = "by all that is published"
    if clocks.known is not None:
        known = f"as publicly known at {day_words(moment_text(clocks.known))}"
    recorded = ""
    if clocks.recorded is not None:
        recorded = f", as recorded by {day_words(clock.text(clocks.recorded))}"
    return f"On {day_words(iso(clocks.at))}, {known}{recorded}"


def _source(question: Question) -> str:
    then = ledger_then(question.reader, question.clocks.recorded)
    report = "no report in it" if then.newest is None else f"newest report in it: {day_words(then.newest)}"
    return f"Source: a policytracker ledger of {then.position:,} events; {report}"


def _address(question: Question, to: Addresses, about: About) -> str:
    """Where the same answer is to be found; "" in a folder of files that does not know its address."""
    clocks = question.clocks
    known = None if clocks.known is None else moment_text(clocks.known)
    recorded = None if clocks.recorded is None else clock.text(clocks.recorded)
    found = to.absolute(to.to(about.page, **about.given, at=iso(clocks.at), known=known, recorded=recorded))
    return found if found.startswith(("http://", "https://")) else ""
