"""What an authority has said: in force or not, and why not."""

from typing import Any

from policytracker.events.dates import moment, span
from policytracker.questions.authorities import authorities, said, signals
from policytracker.questions.claims import claims
from policytracker.questions.reader import Clocks, Reader
from tests.questions.recorded import recorded
from tests.status import ground
from tests.web.ground import REPORT, SCOPE, registry

DAY = span("2026-01-28").first


def test_the_claims_in_force_are_those_of_the_list_of_claims(reader: Reader) -> None:
    clocks = Clocks(DAY, moment("2026-01-28T12:00Z"))
    view = reader.view(clocks)
    told = [each.as_object() for each in claims(reader, clocks)]
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
        view = reader.view(Clocks(DAY))
        found = said(view, "gacc", DAY)
        (row,) = authorities(view, DAY)
    assert {each.claim.fields["ref"]: each.why_not and each.why_not.text for each in found} == {
        "wrong": "retracted",
        "over": "over from 2026-01-20 on",
        "later": "in force only from 2026-03-01",
    }
    assert {each.as_object()["in_force"] for each in found} == {"no"}
    assert (row["authority"], row["claims"], row["in_force"], row["last_report"]) == ("gacc", 3, 0, "2026-01-10")


def report(published: str, **more: Any) -> dict[str, Any]:
    return {"publisher": "Reuters", "published": published, **more}


def test_the_newest_goes_first_and_nothing_unknown_is_told() -> None:
    """By when each became known, not by when it holds; what is only heard is told too."""
    view = ground.seen(
        ground.claim("blocked", "old", "2026-01-01", report=report("2026-01-02")),
        ground.claim("blocked", "new", "2025-12-01", report=report("2026-01-10")),
        ground.claim("blocked", "heard", "2025-12-01", report=report("2026-01-05", grade="E5")),
        ground.claim("blocked", "unknown", "2025-12-01", report=report("2026-01-20")),
        known="2026-01-15",
    )
    assert [each.claim.id for each in said(view, "gacc", DAY)] == ["new", "heard", "old"]


def test_conditions_that_are_talked_about_are_told_apart_from_claims() -> None:
    """The newest first; none that is retracted, or another authority's."""

    def signal(ref: str, published: str, authority: str = "gacc") -> dict[str, Any]:
        scope = {"companies": ["all"], "chips": ["all"], "conditions": {"quota": "half"}}
        return {"type": "condition-signalled", "ref": ref, "authority": authority, **scope, "report": report(published)}

    view = ground.seen(
        signal("old", "2026-01-02"),
        signal("new", "2026-01-10"),
        signal("gone", "2026-01-11"),
        ground.about("retracted", "gone"),
        signal("us", "2026-01-12", "bis"),
    )
    assert [event.fields["ref"] for event in signals(view, "gacc")] == ["new", "old"]
