"""All faults of a line at once: those of its form, and those that the ledger finds (interchange.md)."""

from typing import Any

import pytest

from policytracker.ledger.past import MOST_NEAREST
from policytracker.ledger.refused import RefusedLines
from tests.ledger.ground import REPORT, Fields, Ledger, about, chip, cleared, company


def faults(ledger: Ledger, *events: Fields) -> list[str]:
    """The fields at fault in the last of these lines."""
    return [message.partition(":")[0] for message in ledger.refusal(*events).split("\n")]


def test_what_the_ledger_finds_wrong_is_named_together(ledger: Ledger) -> None:
    wrong = cleared(
        companies=["nobody", "acme", "nothing"], chips=["h9"], authority="no", report=REPORT | {"published": "2028"}
    )

    assert faults(ledger, wrong) == ["ref", "authority", "companies", "companies", "chips", "report.published"]


def test_faults_of_the_form_are_named_with_those_that_the_ledger_finds(ledger: Ledger) -> None:
    wrong = cleared(
        effective="2026-Q1",
        colour="red",
        companies=["nobody"],
        chips=["H9"],
        note="x\u0007",
        report=REPORT | {"grade": 1},
    )

    assert sorted(faults(ledger, wrong)) == ["chips", "colour", "companies", "effective", "note", "ref", "report.grade"]


@pytest.mark.parametrize("published", ["2026-01-28T12:00", "2026-Q1", "../2026", "", 5, None])
def test_so_it_is_with_a_report_that_has_no_date(ledger: Ledger, published: object) -> None:
    wrong = cleared("new", companies=["nobody"], report=REPORT | {"published": published})

    assert sorted(faults(ledger, wrong)) == ["companies", "report.published"]


@pytest.mark.parametrize("field", ["effective", "until"])
@pytest.mark.parametrize("date", ["2026-Q1", "", 5, "9999-99"])
def test_so_it_is_with_other_dates(ledger: Ledger, field: str, date: Any) -> None:
    assert set(faults(ledger, cleared(note="other", **{field: date}))) == {"ref", field}


def test_of_a_field_at_fault_nothing_else_is_said(ledger: Ledger) -> None:
    """Its stand-in names nothing."""
    assert faults(ledger, cleared("new", companies=["nobody", 5])) == ["companies[1]"]
    assert faults(ledger, cleared("new", authority=None)) == ["authority"]
    assert faults(ledger, about("retracted", "", ref="new", colour="red")) == ["colour", "target"]


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (about("lifted", "nothing", report=REPORT | {"published": "2028"}), ["target", "report.published"]),
        (about("lifted", "nothing", report=REPORT, effective="2026-13"), ["effective", "target"]),
        (
            about("conditions-met", "batch", conditions=["a", "b"], ref="clear", report=REPORT),
            ["ref", "conditions", "conditions"],
        ),
        (about("recipients-identified", "clear", companies=["nobody"]), ["companies", "target"]),
        (
            about("corrected", "clear", changes={"companies": ["x"], "chips": ["y"]}),
            ["changes.companies", "changes.chips"],
        ),
        (about("corrected", "clear", changes={"until": "2026-Q1", "form": "x"}), ["changes.form", "changes.until"]),
        (about("suspended", "batch", report=5, until="x", colour=1), ["colour", "report", "until"]),
        (about("suspended", "acme", report=5), ["report", "target"]),
    ],
)
def test_so_it_is_of_events_about_others(ledger: Ledger, event: Fields, fields: list[str]) -> None:
    assert faults(ledger, event) == fields


def test_so_it_is_of_registrations(ledger: Ledger) -> None:
    ledger.add(company("new", parent="acme", aliases=["N"]))

    wrong = company("new", jurisdiction="UK", owners=[{"company": "nobody", "share": 1}])

    assert sorted(faults(ledger, wrong)) == ["aliases", "jurisdiction", "owners", "parent"]
    assert sorted(faults(ledger, wrong | {"effective": "2026-Q1"})) == ["effective", "jurisdiction", "owners"]
    assert sorted(faults(ledger, company("acme", parent="coda", jurisdiction=1))) == ["jurisdiction", "parent"]
    assert faults(ledger, chip("hopper", vendor="")) == ["vendor", "chip"]


def test_each_fault_is_a_line_with_file_and_number(ledger: Ledger) -> None:
    with pytest.raises(RefusedLines) as caught:
        ledger.add(company("new"), cleared(form="tweet"), cleared("new", companies=["nobody"]))

    assert [line.partition(": ")[0] for line in str(caught.value).split("\n")[1:]] == [
        *("  file.jsonl:2", "  file.jsonl:2", "  file.jsonl:3"),
    ]
    assert str(caught.value).startswith("2 lines were refused, so nothing was added:\n")


def test_a_target_later_in_the_file_is_told_among_other_faults(ledger: Ledger) -> None:
    found = ledger.refusals(about("lifted", "late", report=REPORT, effective="x"), cleared("late"))

    assert found[1].split("\n")[1] == "target: 'late' is later in the file (line 2); move it before this line"
    assert found[1].startswith("effective: 'x' is not a date this ledger knows; ")


def test_the_nearest_ids_are_looked_for_a_few_times_only(ledger: Ledger) -> None:
    """That takes time, and a file may have a million wrong lines."""
    lines = [cleared(f"new-{number}", companies=[f"acmee-{number}"]) for number in range(MOST_NEAREST + 2)]

    told = ["did you mean acme" in why for why in ledger.refusals(*lines).values()]

    assert told == [True] * MOST_NEAREST + [False] * 2
