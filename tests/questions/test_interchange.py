"""The light copy of the format against the records it stands for."""

from typing import Any, get_args, get_origin

import msgspec

from policytracker.events.catalogue import ABOUT, TYPES
from policytracker.events.describe import fields
from policytracker.questions import interchange
from policytracker.questions.interchange import FIELDS, in_order


def parts(kind: Any) -> set[type[msgspec.Struct]]:
    """Every record in a type: ``tuple[str | Where, ...]`` has ``Where``."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {kind}
    return {found for inner in get_args(kind) for found in parts(inner)} if get_origin(kind) else set()


def test_it_has_every_type_of_the_catalogue() -> None:
    """In another order, perhaps."""
    assert set(interchange.TYPES) == set(TYPES)
    assert len(interchange.TYPES) == len(TYPES)
    assert interchange.ABOUT_TYPES == ABOUT


def test_it_has_a_place_for_every_field_of_every_type() -> None:
    """Those of the parts of events included; a new field belongs in the list."""
    records: set[type[msgspec.Struct]] = set(TYPES.values())
    for kind in TYPES.values():
        records |= {part for field in fields(kind).values() for part in parts(field.kind)}
    names = {name for record in records for name in fields(record)} | {"type"}
    assert names <= set(FIELDS)
    assert set(FIELDS) <= names
    assert len(FIELDS) == len(set(FIELDS))


def test_an_event_begins_with_its_type_and_ends_with_its_report_and_note() -> None:
    """However it was stored; keys of the writer's own stay in their order."""
    found = in_order(
        {
            "note": "n",
            "conditions": {"url": "b", "share": "a", "ref": "c"},
            "report": {"url": "u", "published": "2026", "publisher": "FT"},
            "companies": {"of": ["all"], "count": 2},
            "chips": [{"where": ["tpp<1"]}],
            "type": "cleared",
            "ref": "r",
        }
    )
    assert list(found) == ["type", "ref", "companies", "chips", "conditions", "report", "note"]
    assert list(found["companies"]) == ["count", "of"]
    assert list(found["report"]) == ["publisher", "published", "url"]
    assert list(found["conditions"]) == ["url", "share", "ref"]
