"""A document of the Federal Register is drafted: its report whole, its events with quotes, and nothing guessed.

The documents are written for these tests, with the fields that the register's API has.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.authoring.federal_register import BadDocument, drafted_rule
from tests.demo import ask

DOCUMENT: dict[str, Any] = {
    "document_number": "2026-99999",
    "title": "Revision to Review Policy for Example Semiconductors",
    "type": "Rule",
    "action": "Final rule.",
    "abstract": "In this rule, the bureau revises its review policy for example chips. Applications will be reviewed "
    "on a case-by-case basis if certain requirements are met. This rule removes two entities from the Entity List.",
    "publication_date": "2026-01-15",
    "effective_on": "2026-01-15",
    "dates": "This rule is effective January 15, 2026.",
    "agencies": [
        {"raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department", "slug": "commerce-department"},
        {"name": "Industry and Security Bureau", "slug": "industry-and-security-bureau"},
    ],
    "html_url": "https://example.invalid/documents/2026-99999",
    "citation": "91 FR 99999",
}


def drafts(**changes: Any) -> tuple[dict[str, Any], str]:
    """The one report of the drafted file, and its text."""
    text = drafted_rule(json.dumps({**DOCUMENT, **changes}).encode())
    (report,) = tomllib.loads(text)["report"]
    return report, text


def test_a_rule_becomes_a_report_with_an_event_for_each_sentence_that_has_a_phrase() -> None:
    report, text = drafts()
    duty, end = report["event"]

    assert {name: str(report[name]) for name in ("publisher", "published", "title", "attribution")} == {
        "publisher": "Federal Register",
        "published": "2026-01-15",
        "title": DOCUMENT["title"],
        "attribution": "official",
    }
    assert duty["type"] == "licence-required"
    assert (duty["authority"], duty["review"], duty["form"]) == ("bis", "case-by-case", "rule")
    assert (duty["instrument"], str(duty["effective"])) == ("91 FR 99999", "2026-01-15")
    assert duty["quote"] == "Applications will be reviewed on a case-by-case basis if certain requirements are met."
    assert (end["type"], end["target"], end["draft"]) == ("lifted", "", True)
    assert "# why: the words “case-by-case” lead to licence-required" in text
    assert "# dates: This rule is effective January 15, 2026." in text


@given(st.lists(st.text(alphabet="abcdE .-LicenseEntityListaddremove", max_size=80), max_size=6))
def test_every_quote_stands_in_the_abstract(sentences: list[str]) -> None:
    abstract = ". ".join([*sentences, "A license requirement is imposed"])
    report, _ = drafts(abstract=abstract)

    quotes = [event.get("quote", report.get("quote")) for event in report["event"]]
    assert all(quote is None or quote in " ".join(abstract.split()) for quote in quotes)


def test_an_addition_to_the_entity_list_is_a_duty_with_nobody_named() -> None:
    report, text = drafts(abstract="This rule adds three entities to the Entity List.", effective_on=None)
    (event,) = report["event"]

    assert (event["type"], event["companies"], event["chips"], event["review"]) == (
        "licence-required",
        [],
        [],
        "unstated",
    )
    assert "effective" not in event
    assert "missing: for whom (companies) and for which chips" in text


def test_a_proposed_rule_is_never_in_force() -> None:
    report, _ = drafts(type="Proposed Rule")
    (event,) = report["event"]

    assert (event["type"], event["kind"]) == ("development-reported", "deliberation")


def test_an_abstract_without_a_known_phrase_is_told_as_a_statement() -> None:
    report, text = drafts(abstract="The bureau makes editorial changes.")
    (event,) = report["event"]

    assert (event["type"], event["kind"], event["text"]) == ("development-reported", "statement", DOCUMENT["title"])
    assert "no sentence of the abstract has a phrase that is known" in text


def test_two_policies_in_one_sentence_are_left_open() -> None:
    text = "Applications face a presumption of denial, or are judged case-by-case."
    report, _ = drafts(abstract=text)

    assert report["event"][0]["review"] == "unstated"


def test_a_draft_is_not_imported_before_somebody_has_reviewed_it(ledger: Path, tmp_path: Path) -> None:
    document, drafted = tmp_path / "document.json", tmp_path / "rule.toml"
    document.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    drafted.write_text(ask(ledger, "draft", str(document)).stdout, encoding="utf-8")

    assert "fr-2026-99999-1 is a draft that nobody has reviewed" in ask(ledger, "import", str(drafted)).stderr

    reviewed = drafted.read_text(encoding="utf-8").replace("draft = true\n", "")
    reviewed = reviewed.replace("companies = []", 'companies = ["in:CN"]').replace("chips = []", 'chips = ["H200"]')
    drafted.write_text(reviewed.replace('target = ""', 'target = "us-2025-03-28-inspur"'), encoding="utf-8")
    result = ask(ledger, "import", str(drafted))
    assert result.stdout == "2 events appended, 0 were recorded already\n", result.output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html>", "not JSON"),
        (b"[]", "no JSON object"),
        (b'{"results": []}', "a list of search results"),
        (b'{"title": "x"}', "it has no document_number, publication_date, html_url"),
    ],
)
def test_something_else_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(BadDocument, match=told):
        drafted_rule(content)
