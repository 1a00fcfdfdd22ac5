"""From a page's answer to HTML: Jinja2, autoescaped, every text through the filter for what cannot be seen."""

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policytracker.events.dates import iso, moment_text
from policytracker.ledger import clock
from policytracker.questions.citing import ledger_then
from policytracker.questions.dates_used import notes
from policytracker.questions.escaping import safe
from policytracker.questions.names import label
from policytracker.web import words
from policytracker.web.addresses import Addresses, ServerAddresses
from policytracker.web.charts.palette import ON_PAGES
from policytracker.web.charts.strip_intervals import NOT_KNOWN
from policytracker.web.drawing import in_words
from policytracker.web.page import Drawn, Page, Part, Question
from policytracker.web.tools import tools

AS_ON_PAGES = {"--known": "“as known on”", "--recorded": "“recorded”"}
"""What pages call the clocks of the command line."""


@cache
def environment() -> Environment:
    """The templates, and the words they may use."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters.update(words.FILTERS)
    found.globals.update(meanings=words.MEANINGS, domestic=words.DOMESTIC, not_known=NOT_KNOWN, on_pages=ON_PAGES)
    return found


def render(page: Page[Any], question: Question, answer: Any, to: Addresses) -> str:
    """The page in HTML."""
    given = {
        "page": page,
        "answer": answer,
        "to": to,
        "nav": Part("nav.html", page.name, lambda: {"page": page}),
        "drawn": partial(_drawn, question, to),
        "in_words": lambda event: in_words(question).of_id(event),
        **common(question),
        **_places(page, question, to),
        "tools": tools(page, question, to),
    }
    return environment().get_template(page.template).render(given, **page.shown(question, answer))


def _drawn(question: Question, to: Addresses, part: Part) -> Markup:
    """A part of a page; on a server, kept for pages at other dates."""

    def draw(to: Addresses) -> str:
        given = {"to": to, "name": Names(question), "query": question.query}
        return environment().get_template(part.template).render(given, **part.values())

    if not isinstance(to, ServerAddresses):
        return Markup(draw(to))
    # Names, and who is registered as what, are those of the registry of the day.
    registry = question.clocks.recorded, question.registered_since
    key = part.template, part.key, registry, *question.query.items()
    return Markup(to.dated(question.opened.keep(key, lambda: draw(to.undated()))))


def _places(page: Page[Any], question: Question, to: Addresses) -> Drawn:
    """This page at other dates (``here``), and its address with nothing behind the question mark (``bare``)."""
    undated: dict[str, str | None] = {"at": None, "known": None, "recorded": None}
    return {
        "here": lambda **dates: to.to(page.name, **{**question.path, **question.query, **dates}),
        "bare": to.to(page.name, **question.path, **undated) if to.asks else "",
    }


def render_error(status: int, message: str, to: Addresses) -> str:
    """A page that says what is wrong, and nothing of the inside."""
    return environment().get_template("error.html").render(status=status, message=message, to=to)


def _as_on_pages(note: str) -> str:
    """A note on the dates of an answer, as a sentence of a page."""
    for option, name in AS_ON_PAGES.items():
        note = note.replace(option, name)
    return f"{note[:1].upper()}{note[1:]}."


def common(question: Question) -> Drawn:
    """What every page shows: the dates it used, how fresh the ledger is, and how people call things."""
    clocks, reader = question.clocks, question.reader
    return {
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "recorded": None if clocks.recorded is None else clock.text(clocks.recorded),
        "notes": [_as_on_pages(note) for note in (*filter(None, (reader.head.foreign,)), *notes(reader, clocks))],
        "then": ledger_then(reader, clocks.recorded),
        "recorders": question.options.recorders,
        "name": Names(question),
        "query": question.query,
    }


class Names:
    """What to call a company, a chip or an authority: its name, the Chinese one beside it; an unknown one by its id."""

    def __init__(self, question: Question) -> None:
        directory = question.directory
        self._of = {"company": directory.companies, "chip": directory.chips, "authority": directory.authorities}

    def __call__(self, kind: str, name: str) -> str:
        fields = self._of[kind].get(name)
        return label(fields) if fields else name


def _visible(value: Any) -> Any:
    if type(value) is not str or (value.isascii() and value.isprintable()):
        return value
    return safe(value)
