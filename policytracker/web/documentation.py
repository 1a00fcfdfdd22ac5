"""The documentation at ``/docs``: the pages of ``make docs``, at the same names, below the server's own rules."""

import hashlib
from functools import cache
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from policytracker.documentation import llms
from policytracker.documentation.navigation import START
from policytracker.documentation.site import media_type, shipped
from policytracker.web import compressing, unchanged
from policytracker.web.addresses import DOCUMENTATION

BACK = "../"
"""From a page of the documentation to the pages of the ledger."""


class File(NamedTuple):
    """One file of the documentation, as it is sent."""

    body: bytes
    tag: str


def routes() -> list[Route]:
    """The addresses of the documentation."""
    return [
        Route(DOCUMENTATION.rstrip("/"), _begin),
        Route(DOCUMENTATION, _start),
        Route(f"{DOCUMENTATION}{{name}}", _named),
        Route(f"/{llms.NAME}", _index),
    ]


async def _begin(request: Request) -> Response:
    """Lead to the folder: the addresses on the pages are relative to it."""
    return RedirectResponse(DOCUMENTATION, status_code=307)


# These are plain functions, which Starlette runs on a thread: a page is made when it is first asked for.
def _start(request: Request) -> Response:
    return _answer(request, shipped().pages[START].name)


def _named(request: Request) -> Response:
    return _answer(request, request.path_params["name"])


def _index(request: Request) -> Response:
    """The index of the pages, where language models look for it."""
    text = shipped().llms_txt(DOCUMENTATION.removeprefix("/"))
    return Response(text, media_type=media_type(llms.NAME), headers={"cache-control": "no-cache"})


def _answer(request: Request, name: str) -> Response:
    found = _file(name)
    if found is None:
        raise HTTPException(404, "the documentation has no such page")
    packed = compressing.packed(found.body, compressing.takes_gzip(request.headers.getlist("accept-encoding")))
    tag = compressing.of_packed(found.tag) if packed.headers else found.tag
    headers = {"etag": tag, "cache-control": "no-cache", **compressing.VARY}
    if unchanged.held(request.headers.getlist("if-none-match")) & {tag, unchanged.ANY}:
        return Response(status_code=304, headers=headers)
    return Response(packed.body, media_type=media_type(name), headers={**headers, **packed.headers})


def _file(name: str) -> File | None:
    """A file of the documentation; None: there is none of this name."""
    return _made(name) if name in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(shipped().names())


@cache
def _made(name: str) -> File:
    page = shipped().page(name, back=BACK)
    body = page.encode() if page is not None else shipped().file(name) or b""
    return File(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
