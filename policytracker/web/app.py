"""The server: routes to pages, one answer an address, unchanged pages for nothing, errors in one sentence."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from policytracker.questions.escaping import safe
from policytracker.web import compressing, documentation, files
from policytracker.web.addresses import ServerAddresses
from policytracker.web.answering import PATHS, Endpoint, as_csv, as_feed, as_html, as_json, as_picture, base_of
from policytracker.web.opened import Opened
from policytracker.web.options import DEFAULT, Options
from policytracker.web.pages import FEEDS, PAGES, PICTURES
from policytracker.web.refusals import Refusal
from policytracker.web.rendering import render_error
from policytracker.web.safety import Guard, Hosts
from policytracker.web.sharing import SITEMAP, robots
from policytracker.web.tables import csv_address
from policytracker.web.telling import tell
from policytracker.web.workers import Lanes

ICON = "favicon.ico"
SAYS = {404: "there is nothing at this address", 405: "everything here is only to be read"}


def application(
    opened: Opened,
    start: str = "/home",
    hosts: Hosts | None = None,
    token: str | None = None,
    options: Options = DEFAULT,
) -> Guard:
    """The pages of a ledger; the root leads to ``start``.

    ``hosts`` are the names of the server, by default those of this machine; with a ``token``, who has it may read.
    """

    lanes = Lanes(opened)

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        lanes.close()
        opened.close()

    async def root(request: Request) -> Response:
        return RedirectResponse(start, status_code=307)

    routes: list[BaseRoute] = [Route("/", root), Route("/static/{name}", _file), Route("/openapi.json", _openapi)]
    routes += documentation.routes()
    for page in PAGES:
        routes.append(Route(f"{page.path}.json", Endpoint(lanes, page, partial(as_json, page), options).get))
        if page.tables:
            table = csv_address(page)
            routes.append(Route(table.path, Endpoint(lanes, table, partial(as_csv, page), options).get))
        routes.append(Route(page.path, Endpoint(lanes, page, partial(as_html, page), options).get))
    for feed in FEEDS:
        routes.append(Route(feed.path, Endpoint(lanes, feed, partial(as_feed, feed), options).get))
    for picture in PICTURES:
        routes.append(Route(picture.path, Endpoint(lanes, picture, partial(as_picture, picture), options).get))
    routes.append(Route(SITEMAP.path, Endpoint(lanes, SITEMAP, partial(as_feed, SITEMAP), options).get))
    routes += [Route("/robots.txt", partial(_robots, options)), Route("/favicon.ico", _icon)]
    app = Starlette(
        routes=routes, lifespan=closing, exception_handlers={HTTPException: _http_error, Exception: _unforeseen}
    )
    app.router.redirect_slashes = False
    return Guard(app, _error, _broken, hosts or Hosts(), token, feeds={feed.path for feed in FEEDS})


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in files.CONTENTS:
        raise HTTPException(404, "there is no such file")
    kept = "public, max-age=31536000, immutable" if request.url.query == files.MARKS[name] else "no-cache"
    return _packed(request, files.CONTENTS[name], files.media_type(name), kept)


async def _robots(options: Options, request: Request) -> Response:
    text = robots(options.base or base_of(request))
    return _packed(request, text.encode(), "text/plain", "no-cache")


async def _icon(request: Request) -> Response:
    """For what asks for no other: pages name it with a mark of its content."""
    return _packed(request, files.CONTENTS[ICON], files.media_type(ICON), "public, max-age=86400")


async def _openapi(request: Request) -> Response:
    from policytracker.web.openapi import description

    text = json.dumps(description(PAGES, FEEDS, PICTURES), ensure_ascii=False)
    return _packed(request, text.encode(), "application/json", "no-cache")


def _packed(request: Request, body: bytes, media_type: str, kept: str) -> Response:
    wanted = compressing.takes_gzip(request.headers.getlist("accept-encoding"))
    packed = compressing.packed(body, wanted)
    headers = {"cache-control": kept, **compressing.VARY, **packed.headers}
    return Response(packed.body, media_type=media_type, headers=headers)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    message = SAYS.get(status, error.detail) if error.detail == HTTPStatus(status).phrase else error.detail
    return _error(request.scope["path"], Refusal(status, message, dict(error.headers or {})))


async def _unforeseen(request: Request, error: Exception) -> Response:
    return _broken(request.scope["path"], error)


def _broken(path: str, error: Exception) -> Response:
    """What nobody foresaw: told to the operator in a line, to the reader in a sentence."""
    tell(path, error)
    return _error(path, Refusal(500, "the page could not be made; the server's own output says more", {}))


def _error(path: str, refusal: Refusal) -> Response:
    status, message, headers = refusal.status, safe(refusal.message), refusal.headers
    if path.endswith(".json"):
        return Response(json.dumps({"error": message}), status, headers, "application/json")
    page = render_error(status, message, ServerAddresses(PATHS, files.MARKS, {}, ""))
    return Response(page, status, headers, "text/html")
