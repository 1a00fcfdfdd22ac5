"""The server described for other programs: OpenAPI 3.1, made from the catalogue of pages, feeds and pictures."""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any, TypedDict

from policytracker.web.addresses import DOCUMENTATION
from policytracker.web.asking import LONGEST
from policytracker.web.page import Address, Feed, Page, Picture
from policytracker.web.schemas import Schema, schemas
from policytracker.web.tables import MEDIA_TYPE, csv_address

Object = dict[str, Any]


class Error(TypedDict):
    """What a server answers where it has no answer."""

    error: str
    """What is wrong, and the way out, in a sentence."""


EXAMPLES = {
    "at": "2026-01-28",
    "known": "2026-01-28T12:00Z",
    "company": "tencent",
    "chip": "h200",
    "companies": "in:CN",
    "chips": "h200",
    "vendor": "NVIDIA",
    "status": "conditional",
    "each": "1",
    "event": "cn-2026-01-28-batch",
    "authority": "cn-regulators",
    "publisher": "Reuters",
    "q": "H200",
    "to_at": "2026-01-30",
    "to_known": "2026-01-28",
    "since": "0",
    "before": "100",
    "type": "batch-approved",
    "page": "1",
    "columns": "1",
    "older": "127829318399.200",
    "earlier": "127829318399.200",
    "in": "CN",
    "all": "1",
    "from": "2026-01-20",
    "name": "style.css",
    "table": "quantities",
    "bom": "1",
}
"""Values that the shipped history has answers for, by the name of the parameter."""
NEEDED = {("source", "publisher")}
"""Parameters without which a page has no answer."""
DATES = {
    "at": "What held on this day: a day, month or year (its last day counts), or today, which is the default.",
    "known": "As publicly known then: a day, month or year (its end counts), or an instant such as "
    "2026-01-28T12:00Z. By default everything that is published.",
    "recorded": "As this ledger stood then: a day or an instant. By default everything that is recorded.",
}
INTRODUCTION = (
    "What held on any day, as known on any day, on whose word. Everything is only to be read. Each page has its "
    "answer as JSON at the same address with .json, and its tables as CSV with .csv. Values left empty count as not "
    "given. A long answer is cut into pages: the header Link leads from each to the next and the one before."
)
PROBLEMS = {
    "400": "What was asked cannot be asked so, or what was sent is no HTTP request.",
    "401": "The server answers to those who have its token.",
    "404": "There is no such company, chip, event or file, or the name could mean several.",
    "405": "Everything is only to be read: the answer to any method but GET and HEAD.",
    "408": "The request did not come in time.",
    "413": "A request has no body here.",
    "414": "The address is too long.",
    "421": "The server goes by another name than the header Host says.",
    "431": "The head of the request is too long.",
    "500": "The answer could not be made.",
    "501": "The request is transferred in a way that the server does not know.",
    "503": "The ledger cannot be read now, or the server is busy: Retry-After says when to try again. "
    "Or the server lacks the package that makes PNG.",
}
FROM_CONNECTION = {"400", "408", "431", "501"}
"""Statuses that come before a request is read whole, as plain text."""
MOVED = {
    "301": "The address of this feed for readers without cookies; the request had the token of the server in it.",
    "303": "The same address without the token that the request had in it, for which a cookie stands; or, from the "
    "search, the page of the one who is called just so.",
    "307": "The page to begin with.",
}


def description(pages: Iterable[Page[Any]], feeds: Iterable[Feed], pictures: Iterable[Picture]) -> Object:
    """The description of a server with these pages, feeds and pictures."""
    pages = list(pages)
    answers, components = schemas([*(page.answer_type for page in pages), Error])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "policytracker",
            "summary": "Export and import policy on AI chips.",
            "description": INTRODUCTION,
            "version": version("policytracker"),
        },
        "security": [{}, {"token": []}],
        "paths": dict(_paths(zip(pages, answers, strict=False), feeds, pictures)),
        "components": {
            "schemas": components,
            "parameters": {name: _query(name, says) for name, says in DATES.items()},
            "headers": {
                "ETag": {
                    "description": "The same as long as the answer is; send it back in If-None-Match.",
                    "schema": {"type": "string"},
                },
                "Location": {"description": "Where to go on.", "schema": {"type": "string"}},
                "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}},
                "Link": {
                    "description": "The pages before and after this one (RFC 8288).",
                    "schema": {"type": "string"},
                },
            },
            "responses": {
                **{status: _problem(status, says) for status, says in PROBLEMS.items()},
                **{status: {"description": says, "headers": _refer("Location")} for status, says in MOVED.items()},
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths(
    pages: Iterable[tuple[Page[Any], Schema]], feeds: Iterable[Feed], pictures: Iterable[Picture]
) -> Iterator[tuple[str, Object]]:
    yield "/", {"get": _file("start", "The page to begin with.", {}, moved="307")}
    yield "/openapi.json", {"get": _file("openapi", "This description.", _ok("application/json", {"type": "object"}))}
    found = _ok("application/xml", {"type": "string"})
    yield "/sitemap.xml", {"get": _file("sitemap", "The addresses of all pages, for search engines.", found)}
    text = _ok("text/plain", {"type": "string"})
    yield "/robots.txt", {"get": _file("robots", "What search engines may read.", text)}
    yield "/llms.txt", {"get": _file("llms", "An index of the documentation, for language models.", text)}
    icon = _ok("image/vnd.microsoft.icon", {"type": "string"})
    yield "/favicon.ico", {"get": _file("favicon", "The mark of the pages.", icon)}
    anything = _ok("*/*", {"type": "string"})
    yield "/static/{name}", {"get": _file("static", "A file that pages need.", anything, places=["name"])}
    page_of_docs = {**anything, "304": {"description": "The same as before.", "headers": _refer("ETag")}}
    yield f"{DOCUMENTATION}{{name}}", {"get": _file("docs", "A page of the documentation.", page_of_docs, ["name"])}
    for page, answer in pages:
        yield f"{page.path}.json", {"get": _operation(page, page.name, "application/json", answer)}
        if page.tables:
            table = csv_address(page)
            is_cut = page.last is not None
            yield table.path, {"get": _operation(table, table.name, MEDIA_TYPE, {"type": "string"}, is_cut)}
        yield page.path, {"get": _operation(page, f"{page.name}-page", "text/html", {"type": "string"})}
    for feed in feeds:
        media = feed.media_type.partition(";")[0]
        yield feed.path, {"get": _operation(feed, feed.name, media, {"type": "string"})}
    for picture in pictures:
        # In OpenAPI 3.1 bytes have no schema.
        yield picture.path, {"get": _operation(picture, picture.name, picture.media_type, {})}


def _operation(address: Address, name: str, media: str, schema: Object, is_cut: bool = False) -> Object:
    return {
        "operationId": name,
        "summary": address.says,
        "parameters": [
            *(_path(place) for place in re.findall(r"\{(\w+)\}", address.path)),
            *({"$ref": f"#/components/parameters/{date}"} for date in DATES),
            *(_query(each.name, each.says, (address.name, each.name) in NEEDED) for each in address.parameters),
        ],
        "responses": {
            **_ok(media, schema, *_headers(address, is_cut)),
            "304": {"description": "The same answer as before.", "headers": _refer("ETag")},
            **_others("301" if isinstance(address, Feed) else "303"),
        },
    }


def _file(name: str, says: str, found: Object, places: Iterable[str] = (), moved: str = "303") -> Object:
    """What is no page of the catalogue."""
    parameters = [_path(place) for place in places]
    return {
        "operationId": name,
        "summary": says,
        "parameters": parameters,
        "responses": {**found, **_others(moved, "303")},
    }


def _ok(media: str, schema: Object, *headers: str) -> Object:
    return {"200": {"description": "The answer.", "headers": _refer(*headers), "content": {media: {"schema": schema}}}}


def _others(*moved: str) -> Object:
    """The answers that any address may have."""
    return {status: {"$ref": f"#/components/responses/{status}"} for status in dict.fromkeys((*moved, *PROBLEMS))}


def _refer(*headers: str) -> Object:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in headers}


def _headers(address: Address, is_cut: bool) -> tuple[str, ...]:
    is_cut |= isinstance(address, Page) and address.last is not None
    return ("ETag", "Link") if is_cut else ("ETag",)


def _path(name: str) -> Object:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": "The name of the file."
        if name == "name"
        else f"The id of the {name}, or a name that it goes by.",
        "schema": {"type": "string"},
        **_example(name),
    }


def _query(name: str, says: str, needed: bool = False) -> Object:
    return {
        "name": name,
        "in": "query",
        "required": needed,
        "description": says,
        "schema": {"type": "string", "maxLength": LONGEST},
        **_example(name),
    }


def _example(name: str) -> Object:
    return {"example": EXAMPLES[name]} if name in EXAMPLES else {}


def _problem(status: str, says: str) -> Object:
    text = {"schema": {"type": "string"}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}, "text/html": text}
    if status in FROM_CONNECTION:
        content["text/plain"] = text
    headers = {"headers": _refer("Retry-After")} if status == "503" else {}
    return {"description": says, **headers, "content": content}
