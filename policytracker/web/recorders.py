"""Who recorded an event is shown only where that was asked for: it may be the name of a colleague, and cannot be taken
back once strangers have read it."""

from policytracker.ledger.recorders import SOMEBODY
from policytracker.projections.log import Logged
from policytracker.web.page import Question


def as_shown(question: Question, event: Logged) -> Logged:
    """An event as pages may show it."""
    if question.options.recorders:
        return event
    by = {"redacted_by": SOMEBODY} if "redacted_by" in event.fields else {}
    return event._replace(recorder=SOMEBODY, fields={**event.fields, **by})
