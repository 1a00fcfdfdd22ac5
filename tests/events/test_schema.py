"""The JSON Schema says of each type what the decoder takes."""

import json
from typing import Any

import pytest

from policytracker.events.catalogue import CLASSES, TYPES
from policytracker.events.describe import fields, schema
from tests.events import golden
from tests.events.samples import least, names

EXAMPLES = [(name, least(name)) for name in names()] + [(e["line"]["type"], e["line"]) for e in golden.read()]
SCALARS = {"string": str, "boolean": bool, "null": type(None), "array": list, "object": dict}


def definition(document: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    """What a reference within the document stands for."""
    if "$ref" not in reference:
        return reference
    found: dict[str, Any] = document["$defs"][reference["$ref"].removeprefix("#/$defs/")]
    return found


def is_of(kind: str, value: Any) -> bool:
    if kind in ("integer", "number"):
        return isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
    return isinstance(value, SCALARS[kind])


def fits(document: dict[str, Any], value: Any, rule: dict[str, Any]) -> bool:
    """As much of JSON Schema as the documents use."""
    rule = definition(document, rule)
    if "anyOf" in rule:
        return any(fits(document, value, option) for option in rule["anyOf"])
    if "enum" in rule or "const" in rule:
        return value in rule.get("enum", [rule.get("const")])
    kinds = rule.get("type", [])
    if kinds and not any(is_of(kind, value) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if isinstance(value, dict):
        return fits_object(document, value, rule)
    return not isinstance(value, list) or all(fits(document, item, rule.get("items", {})) for item in value)


def fits_object(document: dict[str, Any], value: dict[str, Any], rule: dict[str, Any]) -> bool:
    known, more = rule.get("properties", {}), rule.get("additionalProperties", True)
    if not set(rule.get("required", ())) <= set(value):
        return False
    if more is False and not set(value) <= set(known):
        return False
    return all(
        fits(document, item, known.get(name, more if isinstance(more, dict) else {})) for name, item in value.items()
    )


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_the_schema_of_a_type_fits_its_examples(name: str, example: dict[str, Any]) -> None:
    document = schema((TYPES[name],))

    assert fits(document, example, document)
    assert fits(schema(CLASSES), example, schema(CLASSES))


@pytest.mark.parametrize("name", names())
def test_the_schema_of_a_type_refuses_what_the_decoder_refuses(name: str) -> None:
    document = schema((TYPES[name],))
    example = least(name)
    required = {field.name for field in fields(TYPES[name]).values() if field.required}

    assert not fits(document, example | {"colour": "red"}, document)
    assert not fits(document, example | {"type": "blocks"}, document)
    for field in required:
        assert not fits(document, {key: item for key, item in example.items() if key != field}, document)


@pytest.mark.parametrize("name", names())
def test_the_schema_names_every_field_and_which_are_required(name: str) -> None:
    document = schema((TYPES[name],))
    found = definition(document, document)
    described = fields(TYPES[name])

    assert set(found["properties"]) == {"type", "id", "recorded", *described}
    assert set(found["required"]) == {"type", *(field.name for field in described.values() if field.required)}
    assert found["properties"]["type"]["enum"] == [name]
    assert found["additionalProperties"] is False
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_of_all_types_has_each_of_them() -> None:
    document = schema(CLASSES)

    assert {option["$ref"] for option in document["anyOf"]} == {f"#/$defs/{kind.__name__}" for kind in CLASSES}
    assert json.loads(json.dumps(document))["$schema"].endswith("/2020-12/schema")


@pytest.mark.parametrize("name", names())
def test_the_schema_fits_what_export_writes(name: str) -> None:
    document = schema((TYPES[name],))
    exported = least(name) | {"id": "ab" * 32, "recorded": "2026-01-28T06:00:00.000001Z"}

    assert fits(document, exported, document)


@pytest.mark.parametrize("name", names())
def test_every_field_is_told_in_words(name: str) -> None:
    """Reports, quantities and attributes by those of their own fields."""
    parts = {"report", "quantity", "attributes"}

    for field in fields(TYPES[name]).values():
        assert field.description or field.choices or field.name in parts, field.name


def test_required_fields_come_first() -> None:
    for kind in CLASSES:
        required = [field.required for field in fields(kind).values()]
        assert required == sorted(required, reverse=True)


def test_a_field_tells_its_choices() -> None:
    described = fields(TYPES["licence-required"])

    assert described["review"].choices[-1] == "unstated"
    assert described["form"].choices[:2] == ("rule", "letter")
    assert described["form"].description == "in what form the authority acts"
    assert described["note"].choices == ()
    assert described["companies"].description == "selectors of companies, or a cohort"
