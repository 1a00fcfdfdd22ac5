"""Pages that explain: the words, how we know, and what this is. Their texts are pages of the documentation."""

from typing import TypedDict

from markupsafe import Markup

from policytracker.documentation.site import shipped
from policytracker.questions.citing import ledger_then
from policytracker.web.page import Drawn, Page, Question

BESIDE = ("glossary.html", "method.html", "about.html")
"""What these pages are called in a folder of files, which does not hold the rest of the documentation."""


class ReferencePage(TypedDict):
    """A text that explains, and the ledger beside which it stands."""

    title: str
    text: str
    """As Markdown; links are those of the documentation."""
    events: int
    """How many the ledger had, as recorded then."""
    newest_report: str | None
    """The newest publication day in it."""


def _page(name: str, says: str) -> Page[ReferencePage]:
    source = f"docs/{name}.md"

    def answer(question: Question) -> ReferencePage:
        then = ledger_then(question.reader, question.clocks.recorded)
        title = shipped().pages[source].title
        return {
            "title": title,
            "text": shipped().text(source),
            "events": then.position,
            "newest_report": then.newest,
        }

    def shown(question: Question, answer: ReferencePage) -> Drawn:
        def html(documentation: str | None) -> Markup:
            return Markup(shipped().within(source, documentation, BESIDE))

        return {"html": html, "identity": question.reader.head.ledger}

    return Page(name=name, path=f"/{name}", says=says, answer=answer, shown=shown, drawn_by="reference.html")


GLOSSARY = _page("glossary", "The words of the pages, in the order in which one meets them.")
METHOD = _page("method", "How we know: what a status means, what counts, what prevails.")
ABOUT = _page("about", "What this is, under which licence, how fresh it is, and how to report a mistake.")
