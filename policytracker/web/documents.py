"""A digest as a page in one file: no script, and all styles in it, so that a mail can carry it."""

from collections.abc import Sequence

from policytracker.questions.documents import Document, with_names
from policytracker.web.rendering import environment


def html(document: Document, dates: Sequence[str] = ()) -> str:
    """The page, with the dates that the answer used. Every text is escaped."""
    return environment().get_template("document.html").render(document=document, dates=dates, with_names=with_names)
