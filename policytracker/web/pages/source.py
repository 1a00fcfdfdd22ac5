"""Sources: on whose word the ledger rests, and one of them with its reports."""

from policytracker.questions import columns
from policytracker.questions.publisher_answers import PublisherAnswer, PublisherDetail
from policytracker.questions.publishers import Publishers
from policytracker.web import paging
from policytracker.web.asking import BadAddress
from policytracker.web.page import Drawn, Page, Parameter, Question, Table
from policytracker.web.timebar import time_bar


def _publishers(question: Question) -> Publishers:
    return question.once("publishers", lambda: Publishers(question.reader, question.clocks))


def _rows(question: Question) -> list[PublisherAnswer]:
    return question.once("rows", _publishers(question).rows)


def _one(question: Question) -> PublisherDetail:
    name = question.query.get("publisher")
    if name is None:
        raise BadAddress("publisher", "is missing; the page of sources lists them")
    return question.once("one", lambda: _publishers(question).one(name))


def _last_rows(question: Question) -> int:
    return paging.pages(len(_rows(question)), paging.LISTED)


def _last_events(question: Question) -> int:
    return paging.pages(len(_one(question)["events"]), paging.LISTED)


def _all(question: Question) -> list[PublisherAnswer]:
    return list(paging.part(_rows(question), paging.cut(question, _last_rows(question)), paging.LISTED))


def _of_one(question: Question) -> PublisherDetail:
    at, one = paging.cut(question, _last_events(question)), _one(question)
    return {**one, "events": list(paging.part(one["events"], at, paging.LISTED))}


def _shown_all(question: Question, answer: list[PublisherAnswer]) -> Drawn:
    return {"bar": time_bar(question), "cut": paging.cut(question, _last_rows(question))}


def _shown_one(question: Question, answer: PublisherDetail) -> Drawn:
    return {"bar": time_bar(question), "cut": paging.cut(question, _last_events(question))}


PUBLISHERS = Page(
    name="publishers",
    path="/sources",
    says="Every publisher of a report and every origin that one cites: how many, how graded, since when.",
    answer=_all,
    shown=_shown_all,
    is_whole=True,
    last=_last_rows,
    tables=(Table("publishers", None, lambda _, rows: (columns.PUBLISHERS, rows)),),
    parameters=(paging.PAGE,),
)
SOURCE = Page(
    name="source",
    path="/source",
    says="One publisher or origin: its reports, the events that they brought, whom it cites and who cites it.",
    answer=_of_one,
    shown=_shown_one,
    is_whole=True,
    last=_last_events,
    tables=(Table("events", None, lambda _, one: (columns.EVENTS_OF_PUBLISHER, one["events"])),),
    parameters=(Parameter("publisher", "Its name, without regard to case."), paging.PAGE),
)
