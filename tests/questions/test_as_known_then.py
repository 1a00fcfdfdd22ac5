"""What changed lately: step by step, each with its groups, and the same as a diff between the two points tells."""

import pytest

from policytracker.events.dates import iso, moment, moment_text, span
from policytracker.questions.as_known_then import Step, as_known_then
from policytracker.questions.diff import Points, diff
from policytracker.questions.errors import UnknownName
from policytracker.questions.reader import Clocks, Reader
from tests.questions.recorded import recorded
from tests.web.ground import REPORT, SCOPE, registry

NOON = Clocks(span("2026-01-28").first, moment("2026-01-28T12:00Z"))


def when(step: Step) -> str:
    return iso(step.when) if step.changed == "world" else moment_text(step.when)


def test_each_step_is_what_a_diff_between_its_points_tells(reader: Reader) -> None:
    """All steps of the shipped history up to noon of 28 January 2026."""
    for step in as_known_then(reader, NOON, None, None, 100):
        told = {(row["company"], row["chip"]): row for row in diff(reader, step.points, None, None, None)}
        cells = {cell: group.step for group in step.groups for cell in group.cells}
        assert cells.keys() == told.keys()
        for (company, chip), found in cells.items():
            assert {**found, "company": company, "chip": chip} == told[company, chip]


def test_the_newest_step_goes_first_and_none_lies_after_the_point_asked_for(reader: Reader) -> None:
    found = [(when(step), step.changed) for step in as_known_then(reader, NOON, None, None, 6)]
    assert found == [
        ("2026-01-28T04:21Z", "knowledge"),
        ("2026-01-23", "knowledge"),
        ("2026-01-15", "knowledge"),
        ("2026-01-15", "world"),
        ("2026-01-14", "knowledge"),
        ("2025-11-26", "knowledge"),
    ]


def test_a_rule_that_begins_changes_the_world_and_a_report_our_knowledge(reader: Reader) -> None:
    """Published on 13 January 2026, in force from the 15th: a report of that day is the step after."""
    (begun,) = [step for step in as_known_then(reader, NOON, None, None, 6) if step.changed == "world"]
    day = span("2026-01-14").first
    assert begun.points == Points(day, moment("2026-01-14"), day + 1, moment("2026-01-14"))
    assert {event["ref"] for group in begun.groups for event in group.step["events"]} == {"us-2026-01-13-rule"}


def test_one_company_and_chip_have_their_own_story(reader: Reader) -> None:
    steps = list(as_known_then(reader, Clocks(span("2026-01-30").first), "腾讯", "H200", 5))
    assert [when(step) for step in steps][:4] == ["2026-01-28", "2026-01-28T04:21Z", "2026-01-23", "2026-01-15"]
    assert {cell for step in steps for group in step.groups for cell in group.cells} == {("tencent", "h200")}


def test_an_unknown_name_is_refused_at_once(reader: Reader) -> None:
    with pytest.raises(UnknownName, match="no company is called 'tencnt'; did you mean tencent"):
        as_known_then(reader, NOON, "tencnt", None, 1)


def test_days_that_pass_after_all_that_is_known_are_told_as_known_then() -> None:
    """Known by 10 January: blocked from the 20th on. Asked on the 25th, as known on the 15th."""
    block = {"type": "blocked", "authority": "gacc", **SCOPE, "effective": "2026-01-20", "report": REPORT}
    with recorded([*registry(), block]) as reader:
        clocks = Clocks(span("2026-01-25").first, moment("2026-01-15"))
        (step,) = as_known_then(reader, clocks, None, None, 9)
    assert (when(step), step.changed) == ("2026-01-20", "world")
    assert step.points == Points(step.when - 1, moment("2026-01-15"), step.when, moment("2026-01-15"))


def test_the_first_report_of_all_is_a_step_from_nothing() -> None:
    """Nothing was known before 10 January 2026."""
    clear = {"type": "cleared", "authority": "gacc", **SCOPE, "report": REPORT}
    with recorded([*registry(), clear]) as reader:
        (step,) = as_known_then(reader, Clocks(span("2026-02-01").first), None, None, 9)
        told = list(diff(reader, step.points, None, None, None))
    assert (when(step), step.groups[0].step["from"]) == ("2026-01-10", "unknown")
    assert [row["to"] for row in told] == ["cleared"]
