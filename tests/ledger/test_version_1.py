"""A ledger that version 1 of the language wrote: it keeps its ids, places and seals, and goes on as it is."""

import json

import pytest

from policytracker.events import forms
from policytracker.events.catalogue import REDACTED, TYPES
from policytracker.events.fields import Event
from policytracker.events.kept import kept_fields
from policytracker.ledger.audit import ledger_damage
from tests.ledger.ground import REGISTRY, REPORT, Fields, Ledger, about, batch, changed, cleared, company

OF_VERSION_1: list[Fields | bytes] = [
    *REGISTRY,
    cleared(),
    batch(),
    changed("clear", "mend", conditions={"test": "by a third party"}),
    about("retracted", "mend", ref="back"),
    about("recipients-identified", "batch", companies=["bolt"], ref="first"),
    about("suspended", "clear", ref="pause", report=REPORT),
]


@pytest.fixture
def old(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A ledger with events of form 1. Only the number of the form is other than today."""
    topics: dict[type[Event], str] = {kind: f"{name}/1" for name, kind in TYPES.items()}
    with monkeypatch.context() as patched:
        patched.setattr(forms, "_TOPICS", topics)
        empty.add(*OF_VERSION_1)
    assert {row.topic.partition("/")[2] for row in empty.rows()} == {"1"}
    return empty


def test_it_is_whole_and_every_event_reads_as_it_was_written(old: Ledger) -> None:
    assert list(ledger_damage(old.path)) == []
    assert [kept_fields(row.topic, row.state)["type"] for row in old.rows()] == [
        (event if isinstance(event, dict) else json.loads(event))["type"] for event in OF_VERSION_1
    ]


def test_the_same_lines_add_nothing(old: Ledger) -> None:
    """So ids are what they were, and a registration of form 1 is the current one."""
    before = old.rows()

    outcome = old.add(*OF_VERSION_1)

    assert (outcome.appended, outcome.repeated) == (0, len(OF_VERSION_1))
    assert old.rows() == before


def test_what_was_said_in_version_1_decides_on_what_may_be_said_now(old: Ledger) -> None:
    assert old.refusal(about("conditions-met", "clear", conditions=["test"], report=REPORT)) == (
        "conditions: 'test' is no condition of the target; its conditions are: quota"
    )
    old.add(about("retracted", "back"), about("conditions-met", "clear", conditions=["test"], report=REPORT))

    assert old.refusal(about("recipients-identified", "batch", companies=["coda"])).startswith("companies: 3 companies")
    old.add(about("recipients-identified", "batch", excluded=["bolt"], report=REPORT))
    old.add(about("recipients-identified", "batch", companies=["coda"], report=REPORT))
    assert old.refusal(company("acme", parent="coda")).startswith(
        "parent: the parents form a circle: acme > coda > bolt"
    )
    assert old.refusal(company("bolt", name="B")).startswith(
        'parent: left out, and the registration of that day has "acme"'
    )
    old.add(about("lifted", "pause", report=REPORT), company("bolt", effective="2026", parent=None))

    forms_of = {row.topic.rpartition("/")[0]: row.topic.rpartition("/")[2] for row in old.rows()}
    assert {name: form for name, form in forms_of.items() if form == "2"} == dict.fromkeys(
        ("retracted", "conditions-met", "recipients-identified", "lifted", "company-registered"), "2"
    )
    assert list(ledger_damage(old.path)) == []


def test_what_version_1_took_and_version_2_would_not_stays_readable(
    empty: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A jurisdiction that is none, a ref that begins with a digit; in a correction only what it changes is judged."""
    with monkeypatch.context() as patched:
        patched.setattr(Event, "new_faults", lambda _: iter(()))
        for kind in TYPES.values():
            patched.setattr(kind, "new_faults", lambda _: iter(()))
        empty.add(*REGISTRY, company("q", jurisdiction="QQ"), cleared("2026-x", companies=["in:QQ"]))
    assert list(ledger_damage(empty.path)) == []

    empty.add(changed("2026-x", note="mended"), about("disputed", "2026-x", report=REPORT))
    assert empty.refusal(changed("2026-x", companies=["in:QQ", "in:CN"])).startswith(
        "changes.companies: no jurisdiction of ISO 3166-1 (here: 'QQ')"
    )
    assert empty.refusal(company("q", name="Q", jurisdiction="QQ")).startswith(
        "jurisdiction: no jurisdiction of ISO 3166-1"
    )


def test_nobody_records_the_name_that_says_what_was_removed(empty: Ledger) -> None:
    assert REDACTED not in TYPES
    assert empty.refusal({"type": REDACTED, "target": "x", "reason": "y"}).startswith(
        "type: 'redacted' is no event type; "
    )
