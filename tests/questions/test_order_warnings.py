"""What is pointed out of a claim that meets others at its gate (semantics.md §6, §8)."""

from typing import Any

import pytest

from policytracker.questions.pointed_out import of_new
from policytracker.status.entries import Entry
from tests.questions.recorded import TODAY, recorded
from tests.questions.test_quantities import REGISTRY

Event = dict[str, Any]
FEBRUARY = "2026-02-03"


def said(published: str = FEBRUARY, publisher: str = "Reuters", **more: Any) -> Event:
    return {"publisher": publisher, "published": published, "attribution": "official", **more}


def claim(kind: str, **more: Any) -> Event:
    """What BIS says of all chips for Acme on 3 February."""
    fields = {"type": kind, "authority": "bis", "companies": ["acme"], "chips": ["all"], "report": said()}
    return {**fields, **more}


def duty(review: str = "policy-of-denial", **more: Any) -> Event:
    return claim("licence-required", review=review, **more)


def licence(**more: Any) -> Event:
    """A licence of 20 January, under the ref `licence` unless another is given."""
    return claim("licence-granted", **{"ref": "licence", "report": said("2026-01-20"), **more})


def warned(new: Event, *there: Event) -> list[str]:
    """What is pointed out of a new claim, up to the first bracket."""
    with recorded([*REGISTRY, *there]) as reader:
        entry = Entry(reader.head.position + 1, "new", 0, new)
        (found,) = of_new(reader, reader.registry(reader.head.position), TODAY, [entry])
    return [text.partition(" (")[0] for text in found.warnings]


SAME_DAY = "it is a {} of the same day as the {} {}"


@pytest.mark.parametrize(
    ("new", "there"),
    [
        (claim("cleared"), claim("prohibited", ref="other")),
        (claim("cleared"), claim("held", ref="other", companies=["all"])),
        (claim("licence-granted", companies=["giants"]), duty(ref="other", chips=["h20"])),
        (duty("case-by-case"), claim("blocked", ref="other")),
        (claim("review-opened"), claim("blocked", ref="other")),
        (claim("cleared", effective="2026-02-10"), claim("prohibited", ref="other", effective="2026-02-10")),
        (claim("cleared", effective="2026-02-10"), claim("prohibited", ref="other", effective="2026-01/2026-02-10")),
        (claim("cleared", companies={"of": ["all"]}), claim("prohibited", ref="other")),
    ],
    ids=str,
)
def test_a_permission_and_a_restriction_of_one_day_that_share_a_cell_are_pointed_out(new: Event, there: Event) -> None:
    """In whichever order they are recorded."""
    assert warned(new, there) == [SAME_DAY.format("permission", "restriction", "other")]
    assert warned(there, {**new, "ref": "permitted"})[:1] == [SAME_DAY.format("restriction", "permission", "permitted")]


@pytest.mark.parametrize(
    ("new", "there"),
    [
        (claim("cleared", report=said("2026-02-04")), claim("prohibited")),
        (claim("cleared", companies=["bolt"]), claim("prohibited")),
        (claim("cleared", companies=["all"], except_companies=["acme"]), claim("prohibited")),
        (claim("cleared", chips=["h20"]), claim("prohibited", chips=["h200"])),
        (claim("cleared", authority="gacc"), claim("prohibited")),
        (claim("cleared"), claim("batch-approved", companies=["bolt"])),
        (claim("cleared"), claim("condition-imposed", conditions={"quota": "some"})),
        (claim("approved-in-principle"), claim("prohibited")),
        (claim("cleared"), claim("prohibited", report=said(grade="E5"))),
        (claim("cleared", report=said(grade="E5")), claim("prohibited")),
    ],
    ids=str,
)
def test_others_are_not(new: Event, there: Event) -> None:
    """Another day, no shared cell, another gate, one kind, a condition, a step that lifts no rule, a weak word."""
    assert warned(new, there) == []


def test_what_is_retracted_or_over_collides_with_nothing() -> None:
    there = claim("prohibited", ref="other")
    retraction = {"type": "retracted", "target": "other"}
    assert warned(claim("cleared"), there, retraction) == []


ENDS = "this duty comes after the licence licence"


@pytest.mark.parametrize(
    "new",
    [
        duty(),
        duty("unstated", companies=["all"]),
        duty("case-by-case"),
        duty("case-by-case", chips=["h20"], companies=["acme", "bolt"]),
    ],
    ids=str,
)
def test_a_duty_that_overrides_a_licence_in_force_is_pointed_out(new: Event) -> None:
    """A restriction overrides every earlier licence, a duty with a chance those that it is as specific as."""
    assert warned(new, licence()) == [ENDS]


@pytest.mark.parametrize(
    ("new", "there"),
    [
        (duty("case-by-case", companies=["all"]), licence()),
        (duty("case-by-case", companies=["giants"]), licence()),
        (duty(companies=["bolt"]), licence()),
        (duty(authority="gacc"), licence()),
        (duty(report=said("2026-01-10")), licence()),
        (duty(), licence(until="2026-02-01")),
        (duty(), licence(type="batch-approved")),
        (claim("prohibited"), licence()),
    ],
    ids=str,
)
def test_a_duty_that_ends_no_licence_is_not(new: Event, there: Event) -> None:
    """Less specific, for another company, at another gate, earlier; the licence is over; no licence; no duty."""
    assert warned(new, there) == []


def test_licences_that_were_lifted_or_retracted_are_not_ended_again() -> None:
    lift = {"type": "lifted", "target": "licence", "report": said("2026-01-25")}
    assert warned(duty(), licence(), lift) == []
    assert warned(duty(), licence(), {"type": "retracted", "target": "licence"}) == []


def test_several_are_named_up_to_three() -> None:
    """A day apart each."""
    days = [f"2026-01-{day}" for day in range(10, 15)]
    there = [licence(ref=f"of-{day}", report=said(day)) for day in days]
    with recorded([*REGISTRY, *there]) as reader:
        entry = Entry(reader.head.position + 1, "new", 0, duty())
        (found,) = of_new(reader, reader.registry(reader.head.position), TODAY, [entry])
    (text,) = found.warnings
    assert text.startswith("this duty comes after the licences of-2026-01-")
    assert text.count("all chips for acme; Reuters") == 3
    assert " and 2 more and ends them where their scopes meet; if it says again what held already" in text
