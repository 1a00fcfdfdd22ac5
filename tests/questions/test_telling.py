"""Events in one line of words: every type, and every field that says something."""

from typing import Any

import pytest

from policytracker.questions.accounts import says
from policytracker.questions.interchange import TYPES
from policytracker.questions.telling import summary
from policytracker.questions.values import changes_in_words, scope_in_words, value_in_words
from tests.events.samples import LEAST

SCOPE = {"authority": "bis", "companies": ["in:CN"], "chips": ["h20"]}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"type": "held", **SCOPE}, "bis holds up h20 for in:CN"),
        (
            {"type": "licence-granted", **SCOPE, "quantity": {"max": 75_000, "per": "company"}},
            "bis grants a licence for h20 for in:CN: up to 75,000 per company",
        ),
        (
            {"type": "condition-imposed", **SCOPE, "conditions": {"duty": "25 percent"}, "until": "2026-03-31"},
            "bis imposes conditions on h20 for in:CN: conditions duty, until 2026-03-31 (the first day without it)",
        ),
        (
            {"type": "development-reported", "kind": "legislation", "text": "A bill", "stage": "passed by the House"},
            "legislation: A bill: stage: passed by the House",
        ),
        (
            {"type": "development-reported", "kind": "enforcement", "text": "A raid", "authority": "bis"},
            "enforcement of bis: A raid",
        ),
        (
            {"type": "corroborated", "target": "a", "instead": {"quantity": {"min": 5, "unit": "USD"}}},
            "corroborates batch: but quantity: instead 5 or more USD",
        ),
        ({"type": "corrected", "target": "a", "changes": {"until": None}}, "corrects batch: until: now none"),
        (
            {"type": "shipped", "companies": ["all"], "chips": ["all"], "quantity": {"min": 1, "max": 1}},
            "shipped: 1 all chips for all companies",
        ),
        (
            {"type": "company-registered", "company": "c", "name": "C", "jurisdiction": "CN", "effective": "2025-06"}
            | {"parent": "p", "owners": [{"company": "q", "share": 40.5}]},
            "company c: C, CN, of p, owned by 40.5 % q, from 2025-06",
        ),
        (
            {"type": "chip-registered", "chip": "x", "name": "X", "vendor": "V", "controlled_by": ["US"]}
            | {"origin": "CN", "launched": "2026-03"},
            "chip x: V X, controlled by US, from CN, launched 2026-03",
        ),
        (
            {"type": "authority-registered", "authority": "g", "name": "G", "jurisdiction": "CN"}
            | {"direction": "import", "timezone": "Asia/Shanghai"},
            "authority g: G, CN/import, Asia/Shanghai",
        ),
    ],
)
def test_an_event_in_a_line(event: dict[str, Any], words: str) -> None:
    """Who says what of whom, then the particulars."""
    assert summary(event, "batch") == words


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_told(kind: str) -> None:
    """Also with the least that it may say."""
    event = LEAST[kind] | {"type": kind}
    assert len(summary(event, "batch")) > len("batch")
    if "companies" in event or "target" in event:
        assert says(event).startswith(kind)


def test_a_correction_with_the_old_values_tells_both() -> None:
    """Of a report, or of conditions, only what differs."""
    before = {
        "effective": "2019-02-12",
        "report": {"publisher": "FT", "published": "2026"},
        "conditions": {"share": "15%", "test": "any"},
    }
    changes = {
        "effective": "2019-12-02",
        "report": {"publisher": "FT", "published": "2026-01"},
        "conditions": {"share": "25%"},
        "except_chips": ["h20"],
        "chips": None,
    }
    assert list(changes_in_words(changes, before)) == [
        ("effective", "2019-02-12 → 2019-12-02"),
        ("report.published", "2026 → 2026-01"),
        ("conditions.share", "15% → 25%"),
        ("conditions.test", "any → none"),
        ("except chips", "none → h20"),
        ("chips", "none → none"),
    ]
    assert (
        says({"type": "corrected", "changes": {"form": "letter"}}, {"form": "rule"}) == "corrected: form: rule → letter"
    )


def test_scopes_tell_what_they_are_made_of() -> None:
    """A cohort with a vague count; chips by attributes among others; exceptions; one side alone."""
    fields = {
        "companies": {"count": {"min": 9, "max": 11}, "of": ["in:CN"], "named": ["jd"]},
        "chips": [{"where": ["tpp<21000"], "of": ["vendor:Nvidia"]}, "all"],
        "except_companies": ["lenovo"],
    }
    assert scope_in_words(fields, ["tencent"]) == (
        "chips of vendor:Nvidia with tpp<21000, all chips for 9 to 11 of in:CN: named jd, tencent (except lenovo)"
    )
    assert scope_in_words({"companies": ["nvidia"]}) == "nvidia"
    assert scope_in_words({"chips": ["h20"]}) == "h20"


def test_values_that_are_ranges_lists_or_absent() -> None:
    """Attributes with bounds, owners, a flag, nothing."""
    assert value_in_words("attributes", {"tpp": {"min": 18000}, "memory": 80}) == "tpp min 18000, memory 80"
    assert value_in_words("owners", [{"company": "q", "share": 40}]) == "company q, share 40"
    assert (value_in_words("complete", True), value_in_words("until", None)) == ("yes", "none")
