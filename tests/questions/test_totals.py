"""Which figures a new event replaces is pointed out before it is recorded (semantics.md §8)."""

from typing import Any

import pytest

from policytracker.projections.reading import registry
from policytracker.questions.totals import WAY_OUT, replacements, replacements_since
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry
from tests.questions.recorded import TODAY, recorded
from tests.questions.test_quantities import REGISTRY, about, ordered

Event = dict[str, Any]
FIRST = ordered("2026-01-05", ref="first", quantity={"min": 10})
FIRST_WORDS = "first: 10 or more, Reuters, 2026-01-05 (official)"
MARCH = "first-of-march: up to 20, Reuters, 2026-03-01 (official)"


def told(new: Event, *there: Event) -> list[str]:
    """What is pointed out of a new event."""
    with recorded(REGISTRY, there) as reader:
        fields = {**new, "target": reader.event_id(new["target"])} if "target" in new else new
        entry = Entry(reader.head.position + 1, "new", 0, fields)
        return replacements(reader, reader.directory, [entry])("new")


def test_a_total_says_which_figures_it_replaces() -> None:
    """A total and what was added to it."""
    added = ordered("2026-01-06", ref="more", basis="added", quantity={"min": 3, "max": 4})
    assert told(ordered("2026-03-01", quantity={"max": 20}), FIRST, added) == [
        f"it is a total and replaces {FIRST_WORDS}; {WAY_OUT}",
        f"it is a total and replaces more: 3 to 4, Reuters, 2026-01-06 (official); {WAY_OUT}",
    ]


def test_what_a_total_replaced_before_is_not_told_again() -> None:
    """The second total took the place of the first."""
    second = ordered("2026-02-01", ref="second", quantity={"min": 12})
    assert told(ordered("2026-03-01", quantity={"max": 20}), FIRST, second) == [
        f"it is a total and replaces second: 12 or more, Reuters, 2026-02-01 (official); {WAY_OUT}"
    ]


def test_a_total_that_begins_later_replaces_all_the_same() -> None:
    """It was said later, whatever the day on which it begins."""
    assert told(ordered("2026-03-01", effective="2030", quantity={"max": 20}), FIRST) != []


@pytest.mark.parametrize(
    "new",
    [
        ordered("2026-03-01", basis="added", quantity={"max": 20}),
        ordered("2026-03-01", quantity={"max": 20, "unit": "USD"}),
        ordered("2026-03-01", quantity={"max": 20}, companies=["acme"]),
        ordered("2026-03-01", quantity={"max": 20}, attribution="unattributed"),
        ordered("2026-01-04", quantity={"max": 20}) | {"type": "shipped"},
        about("disputed", "first", "2026-03-01"),
        {"type": "blocked", "authority": "gacc", "companies": ["all"], "chips": ["all"]}
        | {"report": {"publisher": "FT", "published": "2026-03-01", "attribution": "official"}},
    ],
    ids=["added", "money", "another scope", "a rumour", "another type", "a dispute", "no quantity"],
)
def test_other_events_replace_nothing(new: Event) -> None:
    """And say nothing."""
    assert told(new, FIRST) == []


def test_an_older_total_is_told_that_it_adds_nothing() -> None:
    """The later word is there already."""
    later = ordered("2026-03-01", ref="first-of-march", quantity={"max": 20})
    assert told({**FIRST, "ref": "late"}, later) == [
        f"it adds nothing: a total that was said later replaces it, {MARCH}"
    ]


def test_an_event_about_a_total_may_let_it_replace_others() -> None:
    """A rumour of a total becomes certain: by the new report it replaces the first."""
    rumour = ordered("2026-03-01", ref="first-of-march", quantity={"max": 20}, attribution="unattributed")
    sure = about("corroborated", "first-of-march", "2026-03-02")
    assert told(sure, FIRST, rumour) == [
        "by it the total of first-of-march: up to 20, Reuters, 2026-03-01 (not attributed);"
        f" FT, 2026-03-02 (official) replaces {FIRST_WORDS}"
    ]


def test_what_was_recorded_since_is_told_which_figures_it_replaces() -> None:
    """After it is recorded, event by event; from a later position on nothing is."""
    total = ordered("2026-03-01", ref="first-of-march", quantity={"max": 20})
    with recorded(REGISTRY, [FIRST], [about("corroborated", "first", "2026-01-06"), total]) as reader:
        since = replacements_since(reader, len(REGISTRY) + 2)
        assert [text.split(";")[0] for text in since(reader.event_id("first-of-march"))] == [
            "it is a total and replaces first: 10 or more, Reuters, 2026-01-05 (official)"
        ]
        assert since(reader.event_id("first")) == []
        assert replacements_since(reader, reader.head.position + 1)(reader.event_id("first-of-march")) == []


def test_scopes_are_compared_with_what_the_new_registrations_say() -> None:
    """A trial of an import with a third company, which is one of all, and one of the giants."""
    coda = {"type": "company-registered", "company": "coda", "name": "Coda", "jurisdiction": "CN"}
    total = ordered("2026-03-01", companies=["acme", "bolt"], quantity={"max": 20})
    with recorded(REGISTRY, [FIRST]) as reader:
        new = [Entry(reader.head.position + place, f"new-{place}", 0, each) for place, each in enumerate([coda, total])]
        registered = [*registry(reader.connection, None), new[0]]
        assert replacements(reader, Directory(registered, TODAY), new)("new-1") == []
        assert replacements(reader, reader.directory, new[1:])("new-1") != []
