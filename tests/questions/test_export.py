"""Export and import are each other's way back."""

import json
from typing import Any

from hypothesis import given, settings

from policytracker.cli.output import json_text
from policytracker.questions.log import exported
from policytracker.questions.reader import Reader
from policytracker.status.entries import Fields
from policytracker.testing import strategies
from tests.questions.recorded import CLOCK, recorded, recorded_lines


def lines(reader: Reader, recorded_by: int | None = None) -> list[str]:
    """What ``export`` writes."""
    return [json_text(event) for event in exported(reader, recorded_by)]


def without_time(exported_lines: list[str]) -> list[dict[str, Any]]:
    """The events, in their order, but for when they were recorded."""
    return [{name: item for name, item in json.loads(line).items() if name != "recorded"} for line in exported_lines]


@settings(max_examples=60)
@given(strategies.ledgers())
def test_an_exported_ledger_imports_as_the_same_ledger(ledger: list[dict[str, Any]]) -> None:
    """Recorded in two goes in 2027, exported, imported into a new one: the same ids in the same order."""
    half = len(ledger) // 2
    with recorded(ledger[:half], ledger[half:]) as reader:
        first = lines(reader)
    with recorded_lines(first) as again:
        second = lines(again)
    assert len(first) == len(ledger)
    assert without_time(second) == without_time(first)
    assert [list(json.loads(line)) for line in second] == [list(json.loads(line)) for line in first]


def company(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "company-registered", "company": "acme", "name": name, "jurisdiction": "CN", **fields}


def test_a_registration_that_went_back_and_forth_is_kept_in_order() -> None:
    """Acme, renamed Apex, and Acme again: three events, and three after the way there and back."""
    with recorded([company("Acme")], [company("Apex")], [company("Acme")]) as reader:
        first = lines(reader)
    with recorded_lines(first) as again:
        second = lines(again)
    assert [json.loads(line)["name"] for line in second] == ["Acme", "Apex", "Acme"]
    assert without_time(second) == without_time(first)


def test_a_registration_that_dropped_a_field_says_so_and_imports_again() -> None:
    """``null`` where the registration of its day has the field: an alias up to March, a parent up to January."""
    since_ever, from_march = company("Acme", aliases=["Ace"]), company("Acme", aliases=None, effective="2026-03")
    sold = company("Acme", aliases=["Ace"], effective="2025", parent="holding")
    again = company("Acme", aliases=["Ace"], effective="2026-01", parent=None)
    holding = company("Holding") | {"company": "holding"}
    with recorded([holding, since_ever, from_march], [sold, again]) as reader:
        first = lines(reader)
    with recorded_lines(first) as others:
        second = lines(others)
    dropped = [[name for name, item in json.loads(line).items() if item is None] for line in first]
    assert dropped == [[], [], ["aliases"], [], ["parent"]]
    assert without_time(second) == without_time(first)


def test_a_group_that_lost_all_its_members_imports_again() -> None:
    """An empty list says so by itself, and ``null`` would be refused in its place."""
    group = {"type": "group-defined", "group": "ten", "kind": "company", "name": "Ten", "complete": True}
    emptied: dict[str, Any] = {"members": [], "effective": "2026-04", "complete": None}
    with recorded([company("Acme"), group | {"members": ["acme"]}, group | emptied]) as reader:
        first = lines(reader)
    with recorded_lines(first) as again:
        assert without_time(lines(again)) == without_time(first)
    assert '"members": [], "complete": null' in first[-1]


def test_a_target_is_written_by_its_ref_else_by_its_id() -> None:
    """A person can read the one, and only the other is there for a nameless event."""
    chip = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]}
    report = {"publisher": "FT", "published": "2026-01-01"}
    order = {
        "type": "orders-reported",
        "companies": ["acme"],
        "chips": ["h20"],
        "quantity": {"min": 1},
        "report": report,
    }
    with recorded([company("Acme"), chip, order]) as reader:
        order_id = list(exported(reader))[-1]["id"]
    events = [company("Acme"), chip, order, {"type": "disputed", "ref": "doubt", "target": order_id}]
    with recorded([*events, {"type": "retracted", "target": "doubt"}]) as reader:
        found: list[Fields] = [event for event in exported(reader) if "target" in event]
    assert [event["target"] for event in found] == [order_id, "doubt"]


def test_unsafe_characters_are_written_as_escapes_and_read_back_the_same() -> None:
    """A name that would turn the line around in a terminal; Chinese stays readable."""
    with recorded(
        [company("\u202emca", note="line one\nline two", names={"zh": "腾讯"}, aliases=["\U000e0041x"])]
    ) as reader:
        first = lines(reader)
    assert "\\u202emca" in first[0]
    assert "腾讯" in first[0]
    assert "\n" not in first[0]
    assert first[0].isprintable()
    with recorded_lines(first) as again:
        assert without_time(lines(again)) == without_time(first)


def test_an_earlier_ledger_is_exported_as_it_was() -> None:
    """Two registrations, a microsecond apart."""
    with recorded([company("Acme")], [company("Apex")]) as reader:
        assert [json.loads(line)["name"] for line in lines(reader, CLOCK)] == ["Acme"]


def test_fields_come_in_a_readable_order(reader: Reader) -> None:
    """The type first, then the ref, what the ledger adds last."""
    for event in exported(reader):
        names = list(event)
        assert names[0] == "type"
        assert names[-2:] == ["id", "recorded"]
        assert "ref" not in names or names[1] == "ref"
