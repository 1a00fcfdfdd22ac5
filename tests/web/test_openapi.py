"""The description for other programs: whole, and true of the shipped history."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from msgspec import convert
from starlette.testclient import TestClient

from policytracker.web.openapi import PROBLEMS, description
from policytracker.web.pages import FEEDS, PAGES, PICTURES
from policytracker.web.site_places import NAMED
from tests.web.ground import FILES

DESCRIPTION: dict[str, Any] = description(PAGES, FEEDS, PICTURES)
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "null": type(None),
    "integer": int,
}


def at(place: str) -> Any:
    """What a reference leads to."""
    found = DESCRIPTION
    for name in place.removeprefix("#/").split("/"):
        found = found[name]
    return found


def whole(value: dict[str, Any]) -> dict[str, Any]:
    found = at(value["$ref"]) if "$ref" in value else value
    assert isinstance(found, dict)
    return found


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def mismatch(value: Any, schema: dict[str, Any], place: str = "$") -> Iterator[str]:
    """Where a value is not of a shape: as much of JSON Schema as the description uses."""
    schema = whole(schema)
    for each in schema.get("allOf", []):
        yield from mismatch(value, each, place)
    if "anyOf" in schema and all(list(mismatch(value, each, place)) for each in schema["anyOf"]):
        yield f"{place}: {value!r} is none of {schema['anyOf']}"
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(isinstance(value, TYPES[name]) for name in types):
        yield f"{place}: {value!r} is not of {types}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from mismatch(each, schema.get("items", {}), f"{place}[{number}]")
    if isinstance(value, dict):
        yield from mismatched_fields(value, schema, place)


def mismatched_fields(value: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    yield from (f"{place}: lacks {name}" for name in schema.get("required", []) if name not in value)
    for name, each in value.items():
        if name not in known and others is False:
            yield f"{place}: {name} is not described"
        else:
            yield from mismatch(each, known.get(name, others or {}), f"{place}.{name}")


def addresses() -> list[tuple[str, dict[str, Any]]]:
    return [(path, item["get"]) for path, item in DESCRIPTION["paths"].items() if path not in FILES]


def example(path: str, operation: dict[str, Any]) -> str:
    """The address that an operation's own examples make."""
    found = [whole(parameter) for parameter in operation["parameters"]]
    for parameter in found:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(parameter["example"], safe=""))
    query = "&".join(
        f"{each['name']}={quote(each['example'])}" for each in found if each["in"] == "query" and "example" in each
    )
    return f"{path}?{query}"


def test_it_is_openapi_of_a_version_that_takes_json_schema() -> None:
    assert DESCRIPTION["openapi"] == "3.1.0"
    assert set(DESCRIPTION["info"]) >= {"title", "version"}
    assert set(DESCRIPTION) == {"openapi", "info", "security", "paths", "components"}


def test_every_reference_leads_somewhere() -> None:
    found = set(references(DESCRIPTION))

    assert found and all(at(place) for place in found)


def test_every_page_feed_and_picture_is_in_it() -> None:
    pages = {path for page in PAGES for path in (page.path, f"{page.path}.json")}
    tables = {f"{page.path}.csv" for page in PAGES if page.tables}

    assert set(DESCRIPTION["paths"]) == pages | tables | {each.path for each in (*FEEDS, *PICTURES)} | FILES


def test_names_of_operations_are_unique() -> None:
    names = [operation["operationId"] for _, operation in addresses()]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("path", "operation"), addresses(), ids=lambda each: each if isinstance(each, str) else "")
def test_an_operation_names_its_parameters_once_each_with_an_example(path: str, operation: dict[str, Any]) -> None:
    found = [whole(parameter) for parameter in operation["parameters"]]
    names = [parameter["name"] for parameter in found]

    assert {each["name"] for each in found if each["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))
    assert len(set(names)) == len(names) and {"at", "known", "recorded"} <= set(names)
    assert [each["name"] for each in found if "example" not in each] == ["recorded"]
    assert all(each["description"] for each in found)
    moved = "301" if path in {feed.path for feed in FEEDS} else "303"
    assert set(operation["responses"]) == {"200", "304", moved, *PROBLEMS}


@pytest.mark.parametrize(("path", "operation"), addresses(), ids=lambda each: each if isinstance(each, str) else "")
def test_every_address_answers_its_own_examples_in_the_shape_described(
    client: TestClient, path: str, operation: dict[str, Any]
) -> None:
    reply = client.get(example(path, operation))
    ((media, content),) = operation["responses"]["200"]["content"].items()

    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].split(";")[0] == media and reply.headers["etag"]
    if media == "application/json":
        assert list(mismatch(reply.json(), content["schema"])) == []
        assert content["schema"], "give the page's answer a shape"


def test_every_page_of_the_history_is_of_its_type_and_in_the_shape_described(narrowed: Path) -> None:
    """All files of a static site: cells, companies, chips, authorities, sources and events, as known at noon."""
    pages = {_kind(page.path): page for page in PAGES}
    found = Counter[str]()
    for file in narrowed.rglob("*.json"):
        page = pages[_kind(file.relative_to(narrowed).as_posix())]
        answer = json.loads(file.read_text(encoding="utf-8"))
        assert convert(answer, page.answer_type, strict=True) is not None
        schema = DESCRIPTION["paths"][f"{page.path}.json"]["get"]["responses"]["200"]["content"]["application/json"]
        assert list(mismatch(answer, schema["schema"])) == []
        found[page.name] += 1

    asked = {"alike", "search", "compare"}
    assert set(found) == {page.name for page in PAGES} - asked


def _kind(path: str) -> tuple[str, int]:
    """What tells a page by its path: how it begins, and how many parts it has."""
    names = {f"{place}.json": page for page, place in NAMED.items()}
    parts = names.get(path, path).strip("/").split("/")
    return re.split("[-_]", parts[0].removesuffix(".json"))[0], len(parts)


def test_what_is_needed_is_missed(client: TestClient) -> None:
    for path, operation in addresses():
        found = [each for each in map(whole, operation["parameters"]) if each["in"] == "query"]
        if any(each["required"] for each in found):
            assert client.get(path).status_code == 400


def test_errors_have_the_shape_described(client: TestClient) -> None:
    for address, status in (("/board.json?at=x", "400"), ("/cell/nobody/h200.json", "404")):
        content = at(f"#/components/responses/{status}")["content"]["application/json"]

        assert list(mismatch(client.get(address).json(), content["schema"])) == []


def test_the_server_serves_it(client: TestClient) -> None:
    assert client.get("/openapi.json").json() == DESCRIPTION
