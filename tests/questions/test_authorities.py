"""What an authority has said: in force or not, and why not."""

from typing import Any

from policytracker.events.dates import moment, span
from policytracker.questions.authorities import authorities, said, signals
from policytracker.questions.claims import claims
from policytracker.questions.reader import Clocks, Reader
from tests.questions.recorded import recorded
from tests.web.ground import REPORT, SCOPE, registry

DAY = span("2026-01-28").first


def test_the_claims_in_force_are_those_of_the_list_of_claims(reader: Reader) -> None:
    known = moment("2026-01-28T12:00Z")
    view = reader.view(known, None)
    told = [each.as_object() for each in claims(reader, Clocks(DAY, known))]
    found = [each.as_object() for name in view.directory.authorities for each in said(view, name, DAY)]
    in_force = [row for row in found if row["in_force"] != "no"]
    assert sorted(row["id"] for row in in_force) == sorted(row["id"] for row in told)
    assert all(row in told for row in in_force)
    assert {row["authority"] for row in found if row["in_force"] == "no"} == {"bis"}


def test_a_claim_that_is_not_in_force_stays_with_the_reason() -> None:
    """Blocked from March; a clearance that ended in January; a block that was retracted."""
    events: list[dict[str, Any]] = [
        *registry(),
        {"type": "blocked", "ref": "later", "authority": "gacc", **SCOPE, "effective": "2026-03-01", "report": REPORT},
        {"type": "cleared", "ref": "over", "authority": "gacc", **SCOPE, "until": "2026-01-20", "report": REPORT},
        {"type": "blocked", "ref": "wrong", "authority": "gacc", **SCOPE, "report": REPORT},
        {"type": "retracted", "target": "wrong"},
    ]
    with recorded(events) as reader:
        found = said(reader.view(None, None), "gacc", DAY)
        (row,) = authorities(reader.view(None, None), DAY)
    assert {each.claim.fields["ref"]: each.why_not and each.why_not.text for each in found} == {
        "wrong": "retracted",
        "over": "ended on 2026-01-20",
        "later": "in force only from 2026-03-01",
    }
    assert {each.as_object()["in_force"] for each in found} == {"no"}
    assert (row["authority"], row["claims"], row["in_force"], row["last_report"]) == ("gacc", 3, 0, "2026-01-10")


def test_the_newest_goes_first_and_nothing_unknown_is_told(reader: Reader) -> None:
    view = reader.view(moment("2026-01-20"), None)
    refs = [each.claim.fields["ref"] for each in said(view, "cn-regulators", DAY)]
    assert refs == [
        "cn-2026-01-13-special",
        "cn-2026-01-07-pause",
        "cn-2025-11-26-bytedance",
        "cn-2025-11-05-state-centres",
    ]


def test_conditions_that_are_talked_about_are_told_apart_from_claims(reader: Reader) -> None:
    view = reader.view_of(("condition-signalled",), moment("2026-01-20"), None)
    refs = [event.fields["ref"] for event in signals(view, "cn-regulators")]
    assert refs == ["cn-2026-01-08-commercial", "cn-2026-01-07-pairing", "nvidia-2025-12-22-plan"]
