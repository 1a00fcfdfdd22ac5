"""The server: routes to pages, one answer an address, unchanged pages for nothing, errors in one sentence."""

import json
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from policytracker.events.refusals import BadDate
from policytracker.ledger.errors import AmbiguousEvent, LedgerError, NoSuchEvent
from policytracker.questions.errors import AmbiguousName, QuestionError, UnknownName
from policytracker.questions.safe import json_text, one_line, safe
from policytracker.web import asking, files, unchanged
from policytracker.web.addresses import ServerAddresses
from policytracker.web.opened import Opened
from policytracker.web.page import Address, Feed, Page, Question
from policytracker.web.pages import FEEDS, PAGES
from policytracker.web.rendering import render, render_error
from policytracker.web.safety import Guard, Hosts, Refusal

PATHS = {each.name: each.path for each in (*PAGES, *FEEDS)}
Answering = Callable[[Question, ServerAddresses], tuple[str, str]]
"""Gives the body and its media type."""
NOT_FOUND = (UnknownName, AmbiguousName, NoSuchEvent, AmbiguousEvent)
SAYS = {404: "there is nothing at this address", 405: "everything here is only to be read"}


def application(opened: Opened, start: str = "/board", hosts: Hosts | None = None, token: str | None = None) -> Guard:
    """The pages of a ledger; the root leads to ``start``.

    ``hosts`` are the names of the server, by default those of this machine; with a ``token``, who has it may read.
    """

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        opened.close()

    async def root(request: Request) -> Response:
        return RedirectResponse(start, status_code=307)

    routes: list[BaseRoute] = [Route("/", root), Route("/static/{name}", _file), Route("/openapi.json", _openapi)]
    for page in PAGES:
        routes.append(Route(f"{page.path}.json", Endpoint(opened, page, partial(as_json, page)).get))
        routes.append(Route(page.path, Endpoint(opened, page, partial(as_html, page)).get))
    for feed in FEEDS:
        routes.append(Route(feed.path, Endpoint(opened, feed, partial(as_feed, feed)).get))
    app = Starlette(
        routes=routes, lifespan=closing, exception_handlers={HTTPException: _http_error, Exception: _unforeseen}
    )
    app.router.redirect_slashes = False
    return Guard(app, _error, _broken, hosts or Hosts(), token)


def as_json(page: Page, question: Question, to: ServerAddresses) -> tuple[str, str]:
    """A page's answer as JSON."""
    return json_text(page.answer(question)), "application/json"


def as_html(page: Page, question: Question, to: ServerAddresses) -> tuple[str, str]:
    """A page as HTML."""
    return render(page, question, page.answer(question) if page.draws_answer else None, to), "text/html"


def as_feed(feed: Feed, question: Question, to: ServerAddresses) -> tuple[str, str]:
    """A feed in its own format."""
    return feed.body(question, to), feed.media_type


class Endpoint:
    """Answers the requests for one address of one page.

    All on the thread of the event loop, one question at a time: SQLite's connections belong to one thread.
    """

    def __init__(self, opened: Opened, page: Address, body: Answering) -> None:
        self.opened, self.page, self.body = opened, page, body

    async def get(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except NOT_FOUND as error:
            raise HTTPException(404, str(error)) from error
        except (QuestionError, BadDate) as error:
            raise HTTPException(400, str(error)) from error
        except (LedgerError, sqlite3.DatabaseError) as error:
            _tell(request.scope["path"], error)
            self.opened.close()
            message = "the ledger cannot be read now; try again later. The server's own output says more"
            raise HTTPException(503, message, {"retry-after": "10"}) from error

    def _answer(self, request: Request) -> Response:
        given = asking.parameters(self.page, request.query_params.multi_items())
        today, path = self.opened.today(), request.scope["path"]
        clocks = asking.clocks(given, today)
        etag = unchanged.tag(self.opened.head(), path, given, today)
        headers = {"etag": etag, "cache-control": "no-cache"}
        held = unchanged.held(request.headers.getlist("if-none-match"))
        if etag in held:
            return Response(status_code=304, headers=headers)
        kept = {name: given.pop(name) for name in asking.DATES if name in given}
        question = Question(self.opened, clocks, request.path_params, given)
        body, media = self.body(question, _addresses(request, kept))
        if unchanged.ANY in held:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=media, headers=headers)


def _addresses(request: Request, kept: dict[str, str]) -> ServerAddresses:
    path, query = quote(request.scope["path"]), request.scope["query_string"].decode("latin-1")
    own = path if path.endswith(".json") else f"{path}.json"
    return ServerAddresses(PATHS, files.MARKS, kept, f"{own}?{query}" if query else own)


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in files.CONTENTS:
        raise HTTPException(404, "there is no such file")
    kept = "public, max-age=31536000, immutable" if request.url.query == files.MARKS[name] else "no-cache"
    return Response(files.CONTENTS[name], media_type=files.media_type(name), headers={"cache-control": kept})


async def _openapi(request: Request) -> Response:
    from policytracker.web.openapi import description

    text = json.dumps(description(PAGES, FEEDS), ensure_ascii=False)
    return Response(text, media_type="application/json", headers={"cache-control": "no-cache"})


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    message = SAYS.get(status, error.detail) if error.detail == HTTPStatus(status).phrase else error.detail
    return _error(request.scope["path"], Refusal(status, message, dict(error.headers or {})))


async def _unforeseen(request: Request, error: Exception) -> Response:
    return _broken(request.scope["path"], error)


def _broken(path: str, error: Exception) -> Response:
    """What nobody foresaw: told to the operator in a line, to the reader in a sentence."""
    _tell(path, error)
    return _error(path, Refusal(500, "the page could not be made; the server's own output says more", {}))


def _error(path: str, refusal: Refusal) -> Response:
    status, message, headers = refusal.status, safe(refusal.message), refusal.headers
    if path.endswith(".json"):
        return Response(json.dumps({"error": message}), status, headers, "application/json")
    page = render_error(status, message, ServerAddresses(PATHS, files.MARKS, {}, ""))
    return Response(page, status, headers, "text/html")


def _tell(path: str, error: Exception) -> None:
    print(one_line(f"policytracker: {path}: {type(error).__name__}: {error}"), file=sys.stderr, flush=True)
