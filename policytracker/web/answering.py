"""From a request to an answer: made on a thread of its own, compressed, tagged, and not made at all where the client
has it already."""

import sqlite3
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from policytracker.events.refusals import BadDate
from policytracker.ledger.errors import AmbiguousEvent, LedgerError, NoSuchEvent
from policytracker.questions.errors import AmbiguousName, QuestionError, UnknownName
from policytracker.questions.escaping import json_text
from policytracker.web import asking, compressing, files, unchanged
from policytracker.web.addresses import DATES, ServerAddresses
from policytracker.web.opened import Opened
from policytracker.web.options import Options
from policytracker.web.page import Address, Feed, Page, Picture, Question
from policytracker.web.pages import FEEDS, PAGES, PICTURES, TABLES
from policytracker.web.pictures.png import MissingPackage
from policytracker.web.rendering import render
from policytracker.web.tables import MEDIA_TYPE, csv_text
from policytracker.web.telling import tell
from policytracker.web.workers import Busy, Lanes

PATHS = {each.name: each.path for each in (*PAGES, *FEEDS, *PICTURES, *TABLES)}
Answering = Callable[[Question, ServerAddresses], "Made"]
"""Makes an answer."""
NOT_FOUND = (UnknownName, AmbiguousName, NoSuchEvent, AmbiguousEvent)
GONE = 499
"""The status for a client that has hung up, as other servers log it; nobody reads it."""


class Made(NamedTuple):
    """What answers a request."""

    content: bytes
    media_type: str
    last: int = 1
    """The number of the last page, of an answer that is cut into several."""
    leads: str | None = None
    """The address of another page, to which the reader is led."""


class Ready(NamedTuple):
    """An answer in the form in which a client takes it; kept for the next one that asks the same."""

    packed: compressing.Packed
    media_type: str
    last: int
    leads: str | None


def as_json(page: Page[Any], question: Question, to: ServerAddresses) -> Made:
    """A page's answer as JSON."""
    return Made(json_text(page.answer(question)).encode(), "application/json", _last(page, question))


def as_html(page: Page[Any], question: Question, to: ServerAddresses) -> Made:
    """A page as HTML, or the page to which it leads."""
    lead = page.leads(question) if page.leads else None
    if lead is not None:
        return Made(b"", "text/html", leads=to.to(lead.name, **lead.given))
    text = render(page, question, page.answer(question) if page.draws_answer else None, to)
    return Made(text.encode(), "text/html", _last(page, question))


def as_csv(page: Page[Any], question: Question, to: ServerAddresses) -> Made:
    """A table of a page as comma-separated values."""
    return Made(csv_text(page, question).encode(), MEDIA_TYPE, _last(page, question))


def as_feed(feed: Feed, question: Question, to: ServerAddresses) -> Made:
    """A feed in its own format."""
    return Made(feed.body(question, to).encode(), feed.media_type)


def as_picture(picture: Picture, question: Question, to: ServerAddresses) -> Made:
    """A drawing as a file."""
    return Made(picture.body(question, to), picture.media_type)


def _last(page: Page[Any], question: Question) -> int:
    return page.last(question) if page.last else 1


class Endpoint:
    """Answers the requests for one address of one page: all but the headers is made on a thread of its own."""

    def __init__(self, lanes: Lanes, page: Address, body: Answering, options: Options) -> None:
        self.lanes, self.page, self.body, self.options = lanes, page, body, options

    async def get(self, request: Request) -> Response:
        try:
            return await self._answer(request)
        except NOT_FOUND as error:
            raise HTTPException(404, getattr(error, "for_readers", None) or str(error)) from error
        except (QuestionError, BadDate) as error:
            raise HTTPException(400, getattr(error, "for_readers", None) or str(error)) from error
        except Busy as error:
            message = "the server is busy with other pages; try again in a moment"
            raise HTTPException(503, message, {"retry-after": "5"}) from error
        except MissingPackage as error:
            raise HTTPException(503, str(error)) from error
        except (LedgerError, sqlite3.DatabaseError) as error:
            tell(request.scope["path"], error)
            message = "the ledger cannot be read now; try again later. The server's own output says more"
            raise HTTPException(503, message, {"retry-after": "10"}) from error

    async def _answer(self, request: Request) -> Response:
        asked = Asked(self.page, request, self.options)
        if self.lanes.at_once is not None:
            ready = asked.made_before(self.lanes.at_once)
            if ready is not None:
                return ready

        async def is_wanted() -> bool:
            return not await request.is_disconnected()

        if self.lanes.at_once is None and asked.held and unchanged.ANY not in asked.held:
            same = await self.lanes.looking.run(asked.held_still, is_wanted)
            if same is not None:
                return same
        found = await self.lanes.of(self.page.is_whole).run(partial(asked.made, self.body), is_wanted)
        # Whoever has gone away reads no answer.
        return found if found is not None else Response(status_code=GONE)


class Asked:
    """One request for a page."""

    def __init__(self, page: Address, request: Request, options: Options) -> None:
        self.page, self.request = page, request
        self.options = options._replace(base=options.base or base_of(request))
        self.path: str = request.scope["path"]
        self.given = asking.parameters(page, request.query_params.multi_items())
        self.held = unchanged.held(request.headers.getlist("if-none-match"))
        self._takes_gzip = compressing.takes_gzip(request.headers.getlist("accept-encoding"))

    def tag(self, opened: Opened) -> str:
        """The ETag of the answer as it is now, not compressed."""
        with _closing_after_failure(opened):
            today = opened.today()
            clocks = asking.clocks(self.given, today)
            return unchanged.tag(opened.head(), self.path, self.given, clocks, today, self.options)

    def own_tag(self, tag: str) -> str:
        """The ETag of the form in which this client takes the answer."""
        return compressing.of_packed(tag) if self._takes_gzip else tag

    def held_still(self, opened: Opened) -> Response | None:
        """What says that the client's own copy is as it was; None where it has none that is."""
        return self._unchanged(self.tag(opened))

    def made_before(self, opened: Opened) -> Response | None:
        """The answer where the client has it, or it was made before; None where it has to be made.

        It takes as long as a look how far a file goes, so the event loop may do it.
        """
        try:
            tag = self.tag(opened)
        except (LedgerError, sqlite3.DatabaseError):
            # Whoever makes the answer meets the fault too, and may wait for a file that others keep.
            return None
        found = self._unchanged(tag)
        if found is None:
            ready: Ready | None = opened.kept.made_before(self._key(tag))
            found = None if ready is None else self._response(tag, ready)
        return found

    def made(self, body: Answering, opened: Opened) -> Response:
        """The answer."""
        with _closing_after_failure(opened):
            tag = self.tag(opened)
            make = partial(self._ready, body, opened)
            found = opened.kept.get(self._key(tag), make, lambda ready: len(ready.packed.body))
        return self._response(tag, found)

    def _key(self, tag: str) -> tuple[Hashable, ...]:
        # The tag tells all that an answer depends on, but for the order of what stands behind the question mark.
        return "answer", tag, self.request.scope["query_string"], self._takes_gzip

    def _unchanged(self, tag: str) -> Response | None:
        for known in (self.own_tag(tag), tag):
            if known in self.held:
                return self.unchanged(known)
        return None

    def _response(self, tag: str, found: "Ready") -> Response:
        if unchanged.ANY in self.held:
            return self.unchanged(self.own_tag(tag))
        if found.leads is not None:
            return RedirectResponse(found.leads, status_code=303, headers={"cache-control": "no-cache"})
        packed = found.packed
        headers = {**_headers(self.own_tag(tag) if packed.headers else tag), **packed.headers}
        links = _links(self.path, self.given, found.last)
        return Response(packed.body, media_type=found.media_type, headers={**headers, **links})

    def _ready(self, body: Answering, opened: Opened) -> "Ready":
        given, clocks = dict(self.given), asking.clocks(self.given, opened.today())
        dates = {name: given.pop(name) for name in DATES if name in given}
        question = Question(opened, clocks, self.request.path_params, given, self.options)
        made = body(question, self._addresses(dates))
        return Ready(compressing.packed(made.content, self._takes_gzip), made.media_type, made.last, made.leads)

    def _addresses(self, kept: dict[str, str]) -> ServerAddresses:
        path, query = quote(self.path), self.request.scope["query_string"].decode("latin-1")
        own = path if path.endswith(".json") else f"{path}.json"
        return ServerAddresses(PATHS, files.MARKS, kept, f"{own}?{query}" if query else own, self.options.base or "")

    def unchanged(self, tag: str) -> Response:
        """What says that the client's own copy, which has this tag, is as it was."""
        return Response(status_code=304, headers=_headers(tag))


def _headers(tag: str) -> dict[str, str]:
    return {"etag": tag, "cache-control": "no-cache", **compressing.VARY}


def _links(path: str, given: Mapping[str, str], last: int) -> dict[str, str]:
    """Where the pages before and after are, for programs (RFC 8288)."""
    page = int(given.get("page", "1"))
    near = {"prev": page - 1, "next": page + 1}
    found = [
        f'<{quote(path)}?{urlencode({**given, "page": str(number)})}>; rel="{relation}"'
        for relation, number in near.items()
        if 1 <= number <= last
    ]
    return {"link": ", ".join(found)} if found else {}


@contextmanager
def _closing_after_failure(opened: Opened) -> Iterator[None]:
    """Open a ledger that could not be read anew when it is asked next."""
    try:
        yield
    except (LedgerError, sqlite3.DatabaseError):
        opened.close()
        raise


def base_of(request: Request) -> str:
    """The address of the server as its reader calls it; the guard has checked the name."""
    scheme = "https" if request.headers.get("x-forwarded-proto") == "https" else "http"
    return f"{scheme}://{request.headers['host']}"
