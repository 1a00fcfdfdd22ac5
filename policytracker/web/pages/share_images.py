"""Images that stand beside a link to a page where somebody shares it: the question, the answer, the strip."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from policytracker.questions.names import label
from policytracker.questions.one_cell import one_cell
from policytracker.questions.timeline import over_days
from policytracker.web.addresses import Addresses
from policytracker.web.charts.letters import lines_of
from policytracker.web.charts.strip import WHOLE_WIDTH, WIDE, Strip, Timeline
from policytracker.web.drawing import strips
from policytracker.web.page import Parameter, Picture, Question
from policytracker.web.pages import chip as chips
from policytracker.web.pages import company as companies
from policytracker.web.pages import home
from policytracker.web.pictures.cell import about as about_cell
from policytracker.web.pictures.cell import timeline_of
from policytracker.web.pictures.files import PNG
from policytracker.web.pictures.png import png
from policytracker.web.pictures.svg import About, picture
from policytracker.web.story import few_strips
from policytracker.web.words import DOMESTIC, status_words

MOST_ROWS = 4
"""Rows of a cell for which an image has room."""
MOST_STRIPS = 2
"""Strips with a heading for which it has room."""
TITLE_LETTERS, SENTENCE_LETTERS = 46, 78
"""Letters that a line of its title has, and of its answer."""
TITLE_LINES, SENTENCE_LINES = 2, 3


def of_cell(question: Question, to: Addresses) -> str:
    """The question, the status and the strip of a cell."""
    company, chip = question.pair
    state = one_cell(question.reader, question.clocks, company, chip)
    (drawn,) = strips(question, [timeline_of(question)], (WIDE,))
    if sum(len(group.rows) for group in drawn.groups) > MOST_ROWS:
        (drawn,) = strips(question, [timeline_of(question, with_gates=False)], (WIDE,))
    about = about_cell(question, "May {company} import the {chip}?")
    verdict = status_words(state["possible"]) if state["gates"] else DOMESTIC
    return _card(question, to, about, drawn, possible=state["possible"], verdict=verdict, sentence=[])


def of_home(question: Question, to: Addresses) -> str:
    """The chip in the news: who may import it, and one company through time."""
    found, directory = home.overview(question), question.directory
    company, chip, drawn = found["example"], found["chip"], None
    title = f"Who may import the {label(directory.chips[chip])}?" if chip else "Who may import which chip?"
    if company is not None and chip is not None:
        intervals = list(over_days(question.reader, question.clocks, company, chip))
        timeline = Timeline(intervals, str(directory.companies[company]["name"]), with_gates=False)
        (drawn,) = strips(question, [timeline], (WHOLE_WIDTH,))
    return _told(question, to, About(title, "home", {"chip": chip} if chip else {}), found["sentence"], drawn)


def of_company(question: Question, to: Addresses) -> str:
    """What a company may import, and the chips that matter most through time."""
    company = companies.asked(question)
    title = str(question.directory.companies[company]["name"])
    drawn = _first(question, companies.timelines(question))
    return _told(question, to, About(title, "company", {"company": company}), companies.sentence(question), drawn)


def of_chip(question: Question, to: Addresses) -> str:
    """Who may import a chip, and the companies that reports name most through time."""
    chip = chips.asked(question)
    title = f"Who may import the {label(question.directory.chips[chip])}?"
    drawn = _first(question, chips.timelines(question))
    return _told(question, to, About(title, "chip", {"chip": chip}), chips.sentence(question), drawn)


def _first(question: Question, found: Iterable[Any]) -> Strip | None:
    drawn = few_strips(question, found, MOST_STRIPS)
    return drawn[0] if drawn else None


def _told(question: Question, to: Addresses, about: About, sentence: str, drawn: Strip | None) -> str:
    lines = lines_of(sentence, SENTENCE_LETTERS)
    if len(lines) > SENTENCE_LINES:
        lines = [*lines[: SENTENCE_LINES - 1], f"{lines[SENTENCE_LINES - 1]} …"]
    return _card(question, to, about, drawn, possible=[], verdict=sentence, sentence=lines)


def _card(
    question: Question,
    to: Addresses,
    about: About,
    drawn: Strip | None,
    *,
    possible: Sequence[str],
    verdict: str,
    sentence: list[str],
) -> str:
    lines = lines_of(about.title, TITLE_LETTERS)[:TITLE_LINES]
    given: dict[str, Any] = {"possible": possible, "verdict": verdict, "sentence": sentence, "lines": lines}
    return picture("picture_share.svg", question, to, about, drawn=drawn, **given)


def _image(
    name: str,
    path: str,
    says: str,
    drawing: Callable[[Question, Addresses], str],
    is_whole: bool = False,
    parameters: tuple[Parameter, ...] = (),
) -> Picture:
    return Picture(
        name=name,
        path=f"{path}/share.png",
        says=f"{says}, as an image of 1200 × 630 for links to its page (PNG).",
        media_type=PNG,
        body=lambda question, to: png(drawing(question, to)),
        is_whole=is_whole,
        parameters=parameters,
    )


HOME_SHARE = _image(
    "home-share", "/home", "Who may import the chip in the news", of_home, is_whole=True, parameters=home.PARAMETERS
)
CELL_SHARE = _image("cell-share", "/cell/{company}/{chip}", "The question, the answer and the strip of a cell", of_cell)
COMPANY_SHARE = _image("company-share", "/company/{company}", "What a company may import", of_company)
CHIP_SHARE = _image("chip-share", "/chip/{chip}", "Who may import a chip", of_chip, is_whole=True)
