"""All faults of a line at once, in words (interchange.md, "What is refused")."""

import json
import re
from typing import Any

import pytest

from policytracker.events.catalogue import TYPES
from policytracker.events.describe import fields
from policytracker.events.forms import read_both, read_line
from policytracker.events.refusals import Faults, Refused, together
from tests.events.samples import BLOCKED, CHIP, COMPANY, REPORT, Fields, least, names, refusal

WRONG: list[Any] = [5, 1.5, True, "", "all", [], [5], {}, {"x": 1}, [[]], [{}], "x\u0007", "ß", {"min": "1"}]
OF_MACHINES = re.compile(r"regex|\^|\$|\| null|\bstr\b|\bint\b|\bfloat\b|Expected|msgspec|Invalid|array")
"""What only a programmer reads: patterns, and the decoder's own types."""


def faults(line: Fields) -> list[str]:
    return refusal(line).split("\n")


def test_all_faults_of_a_line_are_named_at_once() -> None:
    line = BLOCKED | {
        "colour": "red",
        "ref": "fed",
        "effective": "2026-Q1",
        "until": "01/28/2026",
        "companies": ["in:UK", "Acme"],
        "note": "a\u0007",
        "form": "tweet",
        "report": {"publisher": " ", "published": "2026-01-28T12:00", "grade": "Z", "quote": "x" * 501},
    }

    found = faults(line)

    assert sorted(fault.partition(":")[0] for fault in found) == [
        *("colour", "companies", "effective", "form", "note", "ref"),
        *("report.grade", "report.published", "report.publisher", "report.quote", "until"),
    ]


def test_every_required_field_that_is_missing_is_named() -> None:
    for name in names():
        needed = [field.name for field in fields(TYPES[name]).values() if field.required]
        found = [fault.partition(":")[0] for fault in faults({"type": name})]
        assert set(needed) <= set(found), name


def test_faults_within_a_part_are_all_named() -> None:
    cohort = {"of": ["In:CN", "x y"], "count": {"min": 3, "max": 2}, "named": ["acme", "B"], "excluded": ["acme"]}
    chip = CHIP | {"attributes": {"tpp": {"min": 2, "max": 1}, "memory": "much", "price": 1}, "origin": "UK"}

    assert [fault.partition(":")[0] for fault in faults(BLOCKED | {"companies": cohort})] == [
        *("companies.of", "companies.of", "companies.count", "companies.named[1]"),
    ]
    assert sorted(fault.partition(":")[0] for fault in faults(chip)) == [
        *("attributes.memory", "attributes.price", "attributes.tpp", "origin"),
    ]


def test_a_fault_is_told_once() -> None:
    found = faults(BLOCKED | {"companies": ["in:UK", "hq:UK", "in:UK"]})

    assert found == ["companies: no jurisdiction of ISO 3166-1 (here: 'UK'); write GB"]


@pytest.mark.parametrize("name", names())
def test_no_message_speaks_of_patterns_or_of_the_decoder(name: str) -> None:
    """Whatever a field holds in place of what it should."""
    told: list[str] = []
    for field in fields(TYPES[name]):
        for wrong in WRONG:
            try:
                read_line(json.dumps(least(name) | {field: wrong}).encode())
            except Refused as refused:
                told += str(refused).split("\n")

    assert told
    assert [message for message in told if OF_MACHINES.search(re.sub(r"\(here: .*?\); ", "", message))] == []
    assert [message for message in told if "; " not in message] == []


@pytest.mark.parametrize("name", names())
def test_whatever_a_field_holds_a_line_is_taken_or_refused(name: str) -> None:
    """And the diagnosis of a line that the decoder refuses finds a fault in that field."""
    for field in fields(TYPES[name]):
        for wrong in WRONG:
            try:
                read_both(json.dumps(least(name) | {field: wrong}).encode())
            except Refused as refused:
                assert any(fault.field.startswith(field) for fault in refused.each), (field, wrong, str(refused))


def test_the_rest_of_a_line_is_what_is_right_in_it() -> None:
    line = COMPANY | {"name": 5, "parent": "bolt", "aliases": None, "effective": "2025"}

    with pytest.raises(Refused) as caught:
        read_both(json.dumps(line).encode())

    rest = caught.value.rest
    assert rest is not None
    assert (rest.event.company, rest.event.parent, rest.event.effective) == ("acme", "bolt", "2025")
    assert rest.faulty == {"name"}
    assert rest.given == set(line)


def test_several_faults_are_one_refusal() -> None:
    one, two = Refused("a", "wrong", "mend it"), Refused("b", "wrong too", "mend it")

    both = together([one, Faults([one, two])])

    assert together([]) is None
    assert together([one, one]) is one
    assert both is not None
    assert both.each == (one, two)
    assert str(both) == "a: wrong; mend it\nb: wrong too; mend it"
    assert str(both.within("changes")) == "changes.a: wrong; mend it\nchanges.b: wrong too; mend it"
    assert (both.field, both.what) == ("a", "wrong")


def test_texts_that_no_ledger_should_hold_are_named_with_the_other_faults() -> None:
    found = faults(BLOCKED | {"note": "\u0007", "instrument": "x" * 10_001, "form": 5, "authority": None})

    assert sorted(fault.partition(":")[0] for fault in found) == ["authority", "form", "instrument", "note"]


def test_a_report_is_looked_at_whole() -> None:
    found = faults(BLOCKED | {"report": REPORT | {"sources": "three", "published": "2026-13", "author": "x"}})

    assert sorted(fault.partition(":")[0] for fault in found) == ["report.author", "report.published", "report.sources"]
