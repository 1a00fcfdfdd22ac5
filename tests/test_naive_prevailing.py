"""The naive reading of semantics.md §6 and §7, held to their tables and rules by hand."""

from datetime import date
from typing import Any

import pytest

from policytracker.testing import naive
from policytracker.testing.naive import STATUSES, Entry
from tests.naive_ground import REGISTRY, SHANGHAI, about, answer, claim, entries, possible, report

RUMOUR = report(grade="F6")
BOUND = {"conditions": {"quota": "some"}}
UNSTATED = {"review": "unstated"}

# The table of types


@pytest.mark.parametrize(
    ("kind", "fields", "what", "status"),
    [
        ("prohibited", {}, "restriction", "prohibited"),
        ("blocked", {}, "restriction", "blocked"),
        ("held", {}, "restriction", "pending"),
        ("licence-required", {"review": "policy-of-denial"}, "restriction", "prohibited"),
        ("licence-required", {"review": "presumption-of-denial"}, "restriction", "prohibited"),
        ("licence-required", {"review": "unstated"}, "restriction", "pending"),
        ("licence-required", {"review": "case-by-case"}, "permission", "licensable"),
        ("licence-required", {"review": "presumption-of-approval"}, "permission", "licensable"),
        ("licence-required", {"review": "case-by-case", **BOUND}, "permission", "licensable"),
        ("review-opened", {}, "permission", "pending"),
        ("approved-in-principle", {}, "permission", "in_principle"),
        ("approved-in-principle", BOUND, "permission", "in_principle"),
        ("licence-granted", {}, "permission", "conditional"),
        ("batch-approved", {}, "permission", "cleared"),
        ("batch-approved", BOUND, "permission", "conditional"),
        ("cleared", {}, "permission", "cleared"),
        ("cleared", BOUND, "permission", "conditional"),
    ],
)
def test_kinds_and_statuses(kind: str, fields: Entry, what: str, status: str) -> None:
    """What each type of claim is, and to what it leads alone."""
    found = answer(claim(kind, "c", **fields))
    assert (found["status"], found["gates"][0]["claims"]) == (status, {"c"})
    ledger = entries(claim(kind, "c", **fields))
    judged, day = naive.standings(ledger, None), date(2026, 2, 1)
    (gate,) = naive.gates_of(judged, naive.registry(ledger, day), "acme", "h20", day)
    assert [each.kind for each in gate.held] == [what]


# The order


def order(*events: Entry, at: str = "2026-02-01", zone: bool = False) -> list[str]:
    """The refs of claims that hold, first to last."""
    ledger = entries(*events, registry=(*REGISTRY, SHANGHAI) if zone else REGISTRY)
    day = date.fromisoformat(at)
    names, judged = naive.registry(ledger, day), naive.standings(ledger, None)
    (gate,) = naive.gates_of(judged, names, "acme", "h20", day)
    return [each.id for each in gate.held]


def in_this_order(*events: Entry, zone: bool = False) -> None:
    """Whatever the order of recording."""
    refs = [event["ref"] for event in events if event["type"] in naive.CLAIMS]
    others = [event for event in events if event["type"] not in naive.CLAIMS]
    mine = [event for event in events if event["type"] in naive.CLAIMS]
    assert order(*mine, *others, zone=zone) == refs
    assert order(*reversed(mine), *others, zone=zone) == refs


def test_the_day_comes_first() -> None:
    """Of a permission the first day of `effective`, of a restriction the last; an open start is before all days."""
    in_this_order(
        claim("cleared", "open", effective="../2026-01-30"),
        claim("cleared", "month", effective="2026-01"),
        claim("blocked", "day", effective="2026-01-20"),
        claim("blocked", "block", effective="2026-01"),
    )


def test_without_effective_it_is_the_day_of_the_sure_word() -> None:
    """A rumour of the 3rd, confirmed on the 8th, comes after the 7th; a permission's vague report by its first day."""
    confirmed = about("corroborated", "late", "b", report("2026-01-08"))
    in_this_order(
        claim("cleared", "vague", report("2026-01-01/2026-01-09")),
        claim("blocked", "block", effective="2026-01-07"),
        claim("blocked", "late", report("2026-01-03", "F3")),
        claim("blocked", "vaguer", report("2026-01-01/2026-01-09")),
        confirmed,
    )


def test_the_day_of_the_sure_word_is_that_of_the_gate() -> None:
    """20:00 UTC is the next day in Shanghai, after a block of the 28th by its `effective`."""
    events = claim("cleared", "c", report("2026-01-28T20:00Z")), claim("blocked", "b", effective="2026-01-28")
    assert order(*events) == ["b", "c"]
    evening = claim("blocked", "b", report("2026-01-30"), effective="2026-01-28")
    assert order(events[0], evening) == ["c", "b"]
    assert order(events[0], evening, zone=True, at="2026-02-02") == ["b", "c"]


def test_then_the_moment_of_the_sure_word() -> None:
    """Of vague reports 00:00 of the first day for a permission, 24:00 of the last for a restriction."""
    day = {"effective": "2026-01-05"}
    in_this_order(
        claim("cleared", "vague-permission", report("2026-01-10"), **day),
        claim("blocked", "morning", report("2026-01-10T08:00Z"), **day),
        claim("cleared", "noon", report("2026-01-10T12:00Z"), **day),
        claim("blocked", "vague-restriction", report("2026-01-10"), **day),
        claim("cleared", "midnight", report("2026-01-11T00:00Z"), **day),
    )


def test_an_open_start_is_before_the_first_day_that_can_be_written() -> None:
    """Which is a day like others."""
    in_this_order(
        claim("cleared", "open", report("2026-01-11"), effective="../2026-01-30"),
        claim("cleared", "first", report("2026-01-10"), effective="0001-01-01"),
    )


def test_a_longer_time_is_taken_at_its_ends() -> None:
    """From the 8th to the 10th: 00:00 of the 8th for a permission, 24:00 of the 10th for a restriction."""
    day, long = {"effective": "2026-01-05"}, report("2026-01-08/2026-01-10")
    in_this_order(
        claim("cleared", "long-permission", long, **day),
        claim("blocked", "eighth", report("2026-01-08T01:00Z"), **day),
        claim("cleared", "tenth", report("2026-01-10T23:00Z"), **day),
        claim("blocked", "long-restriction", long, **day),
    )


def test_vague_moments_are_those_of_the_time_zone() -> None:
    """00:00 of the 10th in Shanghai is 16:00 UTC of the 9th, and 24:00 is 16:00 UTC of the 10th."""
    day = {"effective": "2026-01-05"}
    in_this_order(
        claim("cleared", "before", report("2026-01-09T15:59Z"), **day),
        claim("cleared", "vague-permission", report("2026-01-10"), **day),
        claim("cleared", "after", report("2026-01-09T16:01Z"), **day),
        claim("cleared", "almost", report("2026-01-10T15:59Z"), **day),
        claim("blocked", "vague-restriction", report("2026-01-10"), **day),
        claim("cleared", "midnight", report("2026-01-10T16:00Z"), **day),
        zone=True,
    )


def test_the_sure_word_is_found_in_the_order_of_these_moments() -> None:
    """A day and an instant of it, both sound: the day comes first for a permission, and last for a restriction."""
    day, noon = report("2026-01-10"), report("2026-01-10T12:00Z")
    both = [about("corroborated", ref, f"b-{ref}", day) for ref in ("permission", "restriction")]
    in_this_order(
        claim("cleared", "permission", noon, effective="2026-01-05"),
        claim("blocked", "eleven", report("2026-01-10T11:00Z"), effective="2026-01-05"),
        claim("blocked", "restriction", noon, effective="2026-01-05"),
        claim("cleared", "one", report("2026-01-10T13:00Z"), effective="2026-01-05"),
        *both,
    )


def test_then_permissions_before_restrictions_then_the_higher_status_before_the_lower() -> None:
    """At one moment, a restriction counts as the later."""
    noon = report("2026-01-10T12:00Z")
    in_this_order(
        claim("cleared", "cleared", noon),
        claim("batch-approved", "bound", noon, **BOUND),
        claim("licence-required", "licensable", noon, review="case-by-case"),
        claim("approved-in-principle", "in-principle", noon),
        claim("review-opened", "review", noon),
        claim("held", "held", noon),
        claim("blocked", "blocked", noon),
        claim("prohibited", "prohibited", noon),
    )


def test_the_status_as_imposed_goes_before_that_on_the_day() -> None:
    """Conditions that are met make a clearance cleared; as imposed it was conditional, and comes after one without."""
    noon = report("2026-01-10T12:00Z")
    met = about("conditions-met", "bound", "m", report(), conditions=["quota"])
    in_this_order(claim("cleared", "free", noon), claim("cleared", "bound", noon, **BOUND), met)
    in_this_order(
        claim("cleared", "met", noon, **BOUND),
        claim("cleared", "bound", noon, **BOUND),
        about("conditions-met", "met", "m", report(), conditions=["quota"]),
    )


def test_position_is_last_and_a_corrected_claim_keeps_its_own() -> None:
    """Two alike."""
    one, two = claim("blocked", "one"), claim("blocked", "two")
    mend = about("corrected", "one", "k", changes={"note": "mended"})
    assert order(one, two, mend) == ["one", "two"]
    assert order(two, one, mend) == ["two", "one"]


# Rules 1 to 3

EARLY, LATE = report("2026-01-02"), report("2026-01-20")
PREPARATORY = [("review-opened", "pending"), ("approved-in-principle", "in_principle")]


@pytest.mark.parametrize(("companies", "chips"), [(["all"], ["all"]), (["acme"], ["h20"])])
@pytest.mark.parametrize("kind", ["cleared", "licence-granted", "review-opened"])
def test_a_restriction_stops_everyone(companies: list[str], chips: list[str], kind: str) -> None:
    """However specific the earlier permission."""
    assert possible(claim(kind, "c", EARLY, companies=companies, chips=chips), claim("blocked", "b", LATE)) == [
        "blocked"
    ]


@pytest.mark.parametrize(("first", "second"), [("prohibited", "held"), ("held", "prohibited")])
def test_a_restriction_overrides_no_restriction(first: str, second: str) -> None:
    """The lowest of those left counts."""
    assert possible(claim(first, "one", EARLY), claim(second, "two", LATE)) == ["prohibited"]


@pytest.mark.parametrize(
    ("block", "permission", "expected"),
    [
        ({}, {}, "cleared"),
        ({"companies": ["acme"]}, {}, "blocked"),
        ({"companies": ["acme"]}, {"companies": ["giants"]}, "blocked"),
        ({"companies": ["acme"]}, {"companies": ["acme"]}, "cleared"),
        ({"companies": ["in:CN"]}, {"companies": ["giants"]}, "cleared"),
        ({"chips": ["h20"]}, {"companies": ["acme"]}, "blocked"),
        ({"chips": ["h20"]}, {"companies": ["acme"], "chips": ["vendor:nvidia"]}, "blocked"),
        ({"chips": ["vendor:nvidia"]}, {"chips": ["h20"]}, "cleared"),
    ],
)
def test_a_later_permission_lifts_what_it_covers(block: Entry, permission: Entry, expected: str) -> None:
    """What it is as specific as, in companies and in chips."""
    assert possible(claim("blocked", "b", EARLY, **block), claim("cleared", "c", LATE, **permission)) == [expected]


def test_a_later_permission_overrides_permissions_it_is_as_specific_as() -> None:
    """The highest of those left counts: a batch survives a later statement that others may now apply."""
    batch = claim("batch-approved", "b", EARLY, companies=["acme"])
    apply = claim("licence-required", "l", LATE, review="case-by-case")
    assert possible(batch, apply) == ["cleared"]
    assert possible(claim("batch-approved", "b", EARLY), apply) == ["licensable"]


@pytest.mark.parametrize(("kind", "status"), PREPARATORY)
@pytest.mark.parametrize(
    ("restriction", "fields", "lifted"),
    [
        ("blocked", {}, True),
        ("held", {}, True),
        ("licence-required", UNSTATED, True),
        ("prohibited", {}, False),
        ("licence-required", {"review": "policy-of-denial"}, False),
    ],
)
def test_a_preparatory_permission(kind: str, status: str, restriction: str, fields: Entry, lifted: bool) -> None:
    """It lifts a block, a hold or an open duty, not a rule that forbids; and no permission."""
    found = possible(claim(restriction, "r", EARLY, **fields), claim(kind, "p", LATE))
    assert found == [status if lifted else "prohibited"]
    assert possible(claim("licence-required", "l", EARLY, review="case-by-case"), claim(kind, "p", LATE)) == [
        "licensable"
    ]


def test_one_that_is_overridden_overrides_all_the_same() -> None:
    """A block, a clearance of it, a block again: the clearance has still lifted the first block."""
    first = claim("prohibited", "first", EARLY)
    found = answer(first, claim("cleared", "c", report("2026-01-10")), claim("blocked", "last", LATE))
    assert (found["possible"], found["gates"][0]["claims"]) == (["blocked"], {"last"})


def test_claims_left_whose_status_is_that_of_the_gate_stand() -> None:
    """A hold that stays, and a review that does not cover it: both are pending."""
    held = claim("held", "h", EARLY, companies=["acme"])
    found = answer(held, claim("review-opened", "r", LATE))
    assert (found["possible"], found["gates"][0]["claims"]) == (["pending"], {"h", "r"})


CONDITION = claim("condition-imposed", "cap", EARLY, **BOUND)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("cleared", {}, ["conditional"]),
        ("licence-granted", {}, ["conditional"]),
        ("approved-in-principle", {}, ["in_principle"]),
        ("blocked", {}, ["blocked"]),
    ],
)
def test_a_condition_caps(kind: str, fields: Entry, expected: list[str]) -> None:
    """Cleared becomes conditional, all else stays; the clearance stands all the same; nothing overrides it."""
    found = answer(CONDITION, claim(kind, "c", LATE, **fields))
    assert (found["possible"], found["gates"][0]["claims"]) == (expected, {"c"})


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (about("conditions-met", "cap", "m", report(), conditions=["quota"]), ["cleared"]),
        (about("conditions-met", "cap", "m", RUMOUR, conditions=["quota"]), ["conditional"]),
        (about("lifted", "cap", "l", report()), ["cleared"]),
        (about("lifted", "cap", "l", RUMOUR), ["conditional", "cleared"]),
        (about("suspended", "cap", "s", report()), ["cleared"]),
        (about("corrected", "cap", "k", changes={"until": "2026-01-15"}), ["cleared"]),
    ],
)
def test_the_end_of_a_cap(event: Entry, expected: list[str]) -> None:
    """Its `until`, a lift, a suspension, or all conditions met."""
    assert possible(CONDITION, claim("cleared", "c", LATE), event) == expected


def test_a_jurisdiction_speaks_with_one_voice() -> None:
    """A later word by another of its authorities counts."""
    miit = {"type": "authority-registered", "authority": "miit", "jurisdiction": "CN", "direction": "import"}
    later = claim("cleared", "c", LATE, authority="miit")
    assert possible(claim("blocked", "b", EARLY), later, registry=(*REGISTRY, miit)) == ["cleared"]


def test_a_gate_is_that_of_the_authoritys_registration_of_the_day() -> None:
    """Customs that moves away in February leaves the gate without a word."""
    moved = {"type": "authority-registered", "authority": "gacc", "jurisdiction": "SG", "direction": "import"}
    here = (*REGISTRY, moved | {"effective": "2026-02-01"})
    assert answer(claim("blocked", "b"), registry=here, at="2026-01-31")["status"] == "blocked"
    assert answer(claim("blocked", "b"), registry=here, at="2026-02-01")["status"] == "unknown"


# §7


def test_every_choice_of_what_holds_only_possibly() -> None:
    """A clearance, then perhaps a block; before it perhaps a prohibition that the clearance lifts."""
    maybe = report("2026-01-20", "F3")
    events = [claim("prohibited", "p", report("2026-01-01", "F3")), claim("cleared", "c"), claim("blocked", "b", maybe)]
    found = answer(*events)
    assert (found["status"], found["possible"]) == ("uncertain", ["blocked", "cleared"])
    assert (found["would_settle"], found["gates"][0]["claims"]) == ({"b"}, {"b", "c"})


def test_a_claim_settles_also_by_not_holding() -> None:
    """A block; perhaps it was lifted; perhaps it came back. Only if it was not lifted is the answer plain."""
    block, back = claim("blocked", "b", EARLY), claim("blocked", "back", report("2026-01-21", "F3"))
    found = answer(block, claim("cleared", "c", RUMOUR), back)
    assert (found["possible"], found["would_settle"]) == (["blocked", "cleared"], {"c", "back"})


def test_a_rumour_alone_leaves_all_possible() -> None:
    """In the other world nobody has said a word; the gate is not silent."""
    found = answer(claim("blocked", "b", RUMOUR))
    assert (found["status"], found["possible"], found["if_open"]) == ("unknown", list(STATUSES), None)
    assert found["would_settle"] == {"b"}


def two_gates(*events: Entry, **asked: Any) -> Entry:
    """A cell with the gates US/export and CN/import."""
    return answer(*events, chip="h200", **asked)


def test_a_cell_has_the_minima_of_its_gates() -> None:
    """And is limited by those at which its lowest possible status is possible."""
    licence = claim("licence-required", "l", authority="bis", review="case-by-case")
    found = two_gates(licence, claim("cleared", "c"), claim("review-opened", "r", report(grade="F3")))
    assert found["possible"] == ["licensable"]
    assert found["limited_by"] == ["US/export"]
    found = two_gates(licence, claim("cleared", "c"), claim("blocked", "b", report(grade="F3")))
    assert (found["possible"], found["limited_by"]) == (["blocked", "licensable"], ["CN/import"])
    assert found["would_settle"] == {"b"}
    assert [gate["status"] for gate in found["gates"]] == ["licensable", "uncertain"]


def test_silent_gates() -> None:
    """Nothing is recorded of one gate: what the cell would be if it were open."""
    found = two_gates(claim("licence-required", "l", authority="bis", review="case-by-case"))
    assert (found["status"], found["if_open"]) == ("uncertain", ["licensable"])
    assert two_gates()["if_open"] == ["cleared"]
    assert two_gates(claim("cleared", "c", authority="bis"), claim("blocked", "b"))["if_open"] is None


@pytest.mark.parametrize(
    ("said", "expected", "opened"),
    [(EARLY, list(STATUSES[:-1]), ["conditional"]), (RUMOUR, list(STATUSES), ["conditional", "cleared"])],
)
def test_a_silent_gate_with_a_condition(said: Entry, expected: list[str], opened: list[str]) -> None:
    """Any status up to conditional; opened, conditional, or both where the condition holds only possibly."""
    found = answer(CONDITION | {"report": said})
    assert (found["possible"], found["if_open"]) == (expected, opened)
    assert found["status"] == ("uncertain" if said is EARLY else "unknown")
