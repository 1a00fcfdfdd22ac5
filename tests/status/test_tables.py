"""Every row of the tables of semantics.md §3, §5 and §6, one by one: a test that fails names the row that is broken.

A clearance of 2025 for everyone, and a block of customs over it: where the block counts certainly the gate is blocked,
where possibly it is blocked or cleared, and where not at all it is cleared.
"""

from typing import Any

import pytest

from policytracker.events.dates import span
from policytracker.status.words import words
from tests.status.ground import Event, about, claim, seen

SURE, UNSURE, WEAK = "A1", "F6", "E1"
BASE = claim("cleared", "base", "2025-01-01")
CERTAINLY, POSSIBLY, NOT_AT_ALL = ["blocked"], ["blocked", "cleared"], ["cleared"]
DAY = "2026-06-01"


def graded(grade: str, publisher: str = "Customs", published: str = "2026-01-10", **more: str) -> Event:
    return {"publisher": publisher, "published": published, "grade": grade, **more}


def stop(grade: str = SURE, **more: Any) -> Event:
    """A block of everyone by customs."""
    return claim("blocked", "stop", "2026-01-10", report=graded(grade)) | more


def said(kind: str, target: str, grade: str = SURE, ref: str = "", **more: Any) -> Event:
    """An event about another."""
    return about(kind, target, report=graded(grade), **more) | {"ref": ref or f"{target}-{kind}"}


def at_customs(*events: Event, day: str = DAY) -> list[str]:
    """What is possible at CN/import."""
    view = seen(BASE, *events)
    gate = view.cell("tencent", "h200", span(day).first).gates[-1]
    assert str(gate.gate) == "CN/import"
    return list(words(gate.possible))


DISPUTED = [said("disputed", "stop")]
IN_DOUBT = [said("retracted", "stop"), said("disputed", "stop-retracted", ref="no")]
"""A retraction that is certain by its word and counts only possibly, as it is disputed."""


@pytest.mark.parametrize(
    ("grade", "more", "counts"),
    [
        (SURE, [], CERTAINLY),
        (SURE, DISPUTED, POSSIBLY),
        (SURE, IN_DOUBT, POSSIBLY),
        (SURE, [*DISPUTED, *IN_DOUBT], POSSIBLY),
        (UNSURE, [], POSSIBLY),
        (UNSURE, DISPUTED, NOT_AT_ALL),
        (UNSURE, IN_DOUBT, POSSIBLY),
        (UNSURE, [*DISPUTED, *IN_DOUBT], NOT_AT_ALL),
        (WEAK, [], NOT_AT_ALL),
        (WEAK, DISPUTED, NOT_AT_ALL),
        (WEAK, IN_DOUBT, NOT_AT_ALL),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_how_an_event_counts(grade: str, more: list[Event], counts: list[str]) -> None:
    """§3, the table of three rows and three columns; of the last two columns the first decides."""
    assert at_customs(stop(grade), *more) == counts


@pytest.mark.parametrize(
    ("grade", "counts"),
    [("A1", CERTAINLY), ("C3", CERTAINLY), ("B4", POSSIBLY), ("D3", POSSIBLY), ("A5", NOT_AT_ALL), ("E1", NOT_AT_ALL)],
)
def test_a_sound_report_makes_certain(grade: str, counts: list[str]) -> None:
    """§3: reliability A, B or C and credibility 1, 2 or 3."""
    assert at_customs(stop(grade)) == counts


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (graded("D4"), graded("D4", "Caixin"), CERTAINLY),
        (graded("D4"), graded("D4", "CUSTOMS"), POSSIBLY),
        (graded("D4", cites="Reuters"), graded("D4", "Caixin", cites="reuters"), POSSIBLY),
        (graded("F6"), graded("F6", "Caixin"), POSSIBLY),
        (graded("D4"), graded("E1", "Caixin"), POSSIBLY),
        (graded("E1"), graded("C3", "Caixin"), CERTAINLY),
    ],
)
def test_two_origins_make_certain_and_two_rumours_do_not(first: Event, second: Event, counts: list[str]) -> None:
    """§3: reliability A to D and credibility 1 to 4, of two origins, compared without case."""
    more = about("corroborated", "stop") | {"report": second}
    assert at_customs(stop() | {"report": first}, more) == counts


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2026-01-09", NOT_AT_ALL), ("2026-01-10", POSSIBLY), ("2026-01-14", POSSIBLY), ("2026-01-15", CERTAINLY)],
)
def test_a_claim_without_a_date_is_of_the_days_from_its_first_to_its_sure_word(day: str, counts: list[str]) -> None:
    """§3, "When it was said": a rumour of the 10th that is confirmed on the 15th."""
    rumour = stop(UNSURE, effective=None)
    word = about("corroborated", "stop", report=graded(SURE, published="2026-01-15"))
    assert at_customs(rumour, word, day=day) == counts


@pytest.mark.parametrize(
    ("events", "counts"),
    [
        ([said("retracted", "stop")], NOT_AT_ALL),
        ([said("retracted", "stop", UNSURE)], CERTAINLY),
        ([said("retracted", "stop", WEAK)], CERTAINLY),
        ([said("retracted", "stop"), said("retracted", "stop-retracted", ref="back")], CERTAINLY),
        ([said("disputed", "stop", UNSURE)], CERTAINLY),
        ([said("disputed", "stop"), said("disputed", "stop-disputed", ref="no")], CERTAINLY),
        ([said("disputed", "stop"), said("retracted", "stop-disputed", ref="no")], CERTAINLY),
        (
            [
                said("disputed", "stop"),
                said("retracted", "stop-disputed", ref="back"),
                said("disputed", "back", ref="doubt"),
            ],
            POSSIBLY,
        ),
        ([said("corrected", "stop", changes={"chips": ["other"]})], NOT_AT_ALL),
        ([said("corrected", "stop", UNSURE, changes={"chips": ["other"]})], CERTAINLY),
        ([said("lifted", "stop", effective="2026-02-01")], NOT_AT_ALL),
        ([said("lifted", "stop", UNSURE, effective="2026-02-01")], POSSIBLY),
        ([said("lifted", "stop", WEAK, effective="2026-02-01")], CERTAINLY),
        ([said("suspended", "stop", effective="2026-02-01")], NOT_AT_ALL),
        ([said("suspended", "stop", UNSURE, effective="2026-02-01")], POSSIBLY),
        (
            [
                said("suspended", "stop", effective="2026-02-01"),
                said("lifted", "stop-suspended", ref="resumed", effective="2026-03-01"),
            ],
            CERTAINLY,
        ),
        (
            [
                said("suspended", "stop", effective="2026-02-01"),
                said("lifted", "stop-suspended", UNSURE, ref="resumed", effective="2026-03-01"),
            ],
            POSSIBLY,
        ),
    ],
)
def test_what_an_event_about_another_does(events: list[Event], counts: list[str]) -> None:
    """§3, the table of events about others: when they count certainly, possibly or not at all."""
    assert at_customs(stop(), *events) == counts


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ([said("corroborated", "stop")], CERTAINLY),
        ([said("corroborated", "stop", WEAK)], POSSIBLY),
        ([said("corroborated", "stop"), said("disputed", "stop-corroborated", ref="no")], POSSIBLY),
    ],
)
def test_what_a_corroboration_adds(more: list[Event], counts: list[str]) -> None:
    """§3: its own report, unless it is weak or a certain dispute acts on it."""
    assert at_customs(stop(UNSURE), *more) == counts


DEAL = claim("cleared", "deal", "2026-01-10", report=graded(SURE), conditions={"quota": "some domestic chips"})


@pytest.mark.parametrize(
    ("grade", "day", "expected"),
    [
        (SURE, "2026-01-31", ["conditional"]),
        (SURE, "2026-02-01", ["cleared"]),
        (UNSURE, "2026-02-01", ["conditional"]),
    ],
)
def test_met_conditions_bind_no_more_from_the_last_day_of_their_date_on(
    grade: str, day: str, expected: list[str]
) -> None:
    """§3: `conditions-met`, of 30 January to 1 February."""
    met = said("conditions-met", "deal", grade, effective="2026-01-30/2026-02-01", conditions=["quota"])
    assert at_customs(DEAL, met, day=day) == expected


COHORT = {"of": ["all"], "count": 2}


@pytest.mark.parametrize(
    ("companies", "events", "counts"),
    [
        (COHORT, [], POSSIBLY),
        (COHORT, [said("recipients-identified", "stop", companies=["tencent"])], CERTAINLY),
        (COHORT, [said("recipients-identified", "stop", excluded=["tencent"])], NOT_AT_ALL),
        (COHORT, [said("recipients-identified", "stop", UNSURE, companies=["tencent"])], POSSIBLY),
        (
            COHORT,
            [
                about("recipients-identified", "stop", "2026-01-12", companies=["tencent"]) | {"ref": "one"},
                about("recipients-identified", "stop", "2026-01-11", excluded=["tencent"]) | {"ref": "two"},
            ],
            CERTAINLY,
        ),
        (
            COHORT,
            [
                about("recipients-identified", "stop", "2026-01-12", companies=["tencent"]) | {"ref": "one"},
                about("recipients-identified", "stop", "2026-01-12", excluded=["tencent"]) | {"ref": "two"},
            ],
            POSSIBLY,
        ),
        (
            COHORT | {"named": ["tencent"]},
            [{"type": "recipients-identified", "ref": "one", "target": "stop", "excluded": ["tencent"]}],
            NOT_AT_ALL,
        ),
    ],
)
def test_the_later_sure_word_decides_who_belongs_to_a_cohort(
    companies: Event, events: list[Event], counts: list[str]
) -> None:
    """§3: `recipients-identified`; words of one moment that do both leave it open."""
    assert at_customs(stop(companies=companies), *events) == counts


VAGUE = {"effective": "2026-02-10/2026-02-12"}


@pytest.mark.parametrize(
    ("fields", "events", "by_day"),
    [
        (
            VAGUE,
            [],
            {"2026-02-09": NOT_AT_ALL, "2026-02-10": POSSIBLY, "2026-02-11": POSSIBLY, "2026-02-12": CERTAINLY},
        ),
        ({"effective": "../2026-02-12"}, [], {"2025-01-01": POSSIBLY, "2026-02-11": POSSIBLY, "2026-02-12": CERTAINLY}),
        (
            {"until": "2026-03-10/2026-03-12"},
            [],
            {"2026-03-09": CERTAINLY, "2026-03-10": POSSIBLY, "2026-03-11": POSSIBLY, "2026-03-12": NOT_AT_ALL},
        ),
        (
            {},
            [said("lifted", "stop", effective="2026-03-10/2026-03-12")],
            {"2026-03-09": CERTAINLY, "2026-03-10": POSSIBLY, "2026-03-11": POSSIBLY, "2026-03-12": NOT_AT_ALL},
        ),
        (
            {},
            [said("suspended", "stop", effective="2026-03-10/2026-03-12", until="2026-04-10/2026-04-12")],
            {
                "2026-03-09": CERTAINLY,
                "2026-03-10": POSSIBLY,
                "2026-03-12": NOT_AT_ALL,
                "2026-04-09": NOT_AT_ALL,
                "2026-04-10": POSSIBLY,
                "2026-04-11": POSSIBLY,
                "2026-04-12": CERTAINLY,
            },
        ),
    ],
)
def test_in_force_by_the_days(fields: Event, events: list[Event], by_day: dict[str, list[str]]) -> None:
    """§5: between the first and the last day of a date all is only possible."""
    assert {day: at_customs(stop(**fields), *events, day=day) for day in by_day} == by_day


@pytest.mark.parametrize(
    ("kind", "more", "status"),
    [
        ("prohibited", {}, "prohibited"),
        ("blocked", {}, "blocked"),
        ("held", {}, "pending"),
        ("licence-required", {"review": "policy-of-denial"}, "prohibited"),
        ("licence-required", {"review": "presumption-of-denial"}, "prohibited"),
        ("licence-required", {"review": "unstated"}, "pending"),
        ("licence-required", {"review": "case-by-case"}, "licensable"),
        ("licence-required", {"review": "presumption-of-approval"}, "licensable"),
        ("licence-granted", {}, "conditional"),
        ("batch-approved", {}, "cleared"),
        ("batch-approved", {"conditions": {"quota": "some"}}, "conditional"),
        ("cleared", {}, "cleared"),
        ("cleared", {"conditions": {"quota": "some"}}, "conditional"),
    ],
)
def test_the_status_of_each_type(kind: str, more: Event, status: str) -> None:
    """§6, the table: over a clearance, each type gives its own status."""
    assert at_customs(claim(kind, "new", "2026-01-10", **more)) == [status]


RULES = {
    "prohibited": claim("prohibited", "rule", "2025-06-01"),
    "denial": claim("licence-required", "rule", "2025-06-01", review="presumption-of-denial"),
    "blocked": claim("blocked", "rule", "2025-06-01"),
    "held": claim("held", "rule", "2025-06-01"),
    "duty": claim("licence-required", "rule", "2025-06-01", review="unstated"),
}


@pytest.mark.parametrize("step", ["review-opened", "approved-in-principle"])
@pytest.mark.parametrize(
    ("rule", "is_lifted"),
    [("prohibited", False), ("denial", False), ("blocked", True), ("held", True), ("duty", True)],
)
def test_a_preparatory_step_lifts_no_prohibition(step: str, rule: str, is_lifted: bool) -> None:
    """§6, rule 2: it lifts a block, a hold or an open duty, not a rule that forbids; and no permission."""
    expected = (
        {"review-opened": "pending", "approved-in-principle": "in_principle"}[step] if is_lifted else "prohibited"
    )
    assert at_customs(RULES[rule], claim(step, "step", "2026-01-10")) == [expected]
    assert at_customs(claim(step, "step", "2026-01-10")) == ["cleared"]


def test_a_restriction_stops_everyone_and_overrides_no_restriction() -> None:
    """§6, rule 1; of the restrictions left the lowest counts."""
    one = claim("cleared", "one", "2025-06-01", companies=["tencent"], chips=["h200"])
    assert at_customs(one, stop()) == ["blocked"]
    assert at_customs(RULES["prohibited"], stop()) == ["prohibited"]


def test_a_permission_lifts_what_it_is_as_specific_as() -> None:
    """§6, rule 2; of the permissions left the highest counts."""
    narrow = stop(companies=["tencent"], chips=["h200"])
    assert at_customs(narrow, claim("cleared", "all", "2026-02-01")) == ["blocked"]
    assert at_customs(narrow, claim("cleared", "one", "2026-02-01", companies=["tencent"])) == ["blocked"]
    both = claim("licence-granted", "both", "2026-02-01", companies=["tencent"], chips=["h200"])
    assert at_customs(narrow, both) == ["conditional"]
    assert at_customs(both, claim("licence-required", "later", "2026-03-01", review="case-by-case")) == ["conditional"]


def test_an_overridden_claim_overrides_all_the_same() -> None:
    """§6: a block ends an approval though a later permission has lifted the block."""
    one = claim("batch-approved", "lot", "2025-06-01", companies=["tencent"], chips=["h200"])
    assert at_customs(one, stop(), claim("review-opened", "step", "2026-02-01")) == ["pending"]


@pytest.mark.parametrize(
    ("permission", "restriction", "expected"),
    [
        ({"effective": "2026-01-10"}, {"effective": "2026-01-10"}, "blocked"),
        ({"effective": "2026-01-10"}, {"effective": "2026-01-09"}, "cleared"),
        ({"effective": "2026-01-05/2026-01-20"}, {"effective": "2026-01-06"}, "blocked"),
        ({"effective": "2026-01-07"}, {"effective": "2026-01-05/2026-01-08"}, "blocked"),
        ({"published": "2026-01-10T12:00Z"}, {"published": "2026-01-10T11:00Z"}, "cleared"),
        ({"published": "2026-01-10"}, {"published": "2026-01-10T00:00Z"}, "blocked"),
        ({"published": "2026-01-10T23:59Z"}, {"published": "2026-01-10"}, "blocked"),
        ({"published": "2026-01"}, {"published": "2026-01-02"}, "blocked"),
    ],
)
def test_where_nobody_tells_what_came_first_the_restriction_counts_as_the_later(
    permission: Event, restriction: Event, expected: str
) -> None:
    """§6, the order: days, then moments, then permissions first; in whatever order they are recorded."""
    opened = dated(claim("cleared", "open", "2026-01-10", report=graded(SURE)), permission)
    stopped = dated(stop(), restriction)
    for order in ((opened, stopped), (stopped, opened)):
        assert at_customs(*order, day="2026-02-15") == [expected]


def dated(event: Event, dates: Event) -> Event:
    """A claim effective then, or one without a date of its own that was published then."""
    if "effective" in dates:
        return event | {"effective": dates["effective"]}
    return {**event, "effective": None, "report": graded(SURE, published=dates["published"])}


def test_of_permissions_of_one_moment_the_higher_as_imposed_comes_first() -> None:
    """§6, 3: of equal status as imposed, the higher on the day is the earlier; and the later overrides the earlier.

    A lot under a condition that is met since, a licence, a duty and a clearance, in whatever order they are recorded.
    """
    lot = claim("batch-approved", "lot", "2026-01-10", conditions={"quota": "some"}, report=graded(SURE))
    met = said("conditions-met", "lot", effective="2026-02-01", conditions=["quota"])
    licence = claim("licence-granted", "licence", "2026-01-10", report=graded(SURE))
    clearance = claim("cleared", "clearance", "2026-01-10", report=graded(SURE))
    review = claim("licence-required", "duty", "2026-01-10", review="case-by-case", report=graded(SURE))
    for one, other, expected in (
        (lot, licence, "conditional"),
        (clearance, licence, "conditional"),
        (lot, review, "licensable"),
        (clearance, lot, "cleared"),
    ):
        for order in ((one, other), (other, one)):
            more = [met] if lot in order else []
            assert at_customs(*order, *more) == [expected], (one["ref"], other["ref"])
    standing = seen(BASE, clearance, lot, met).cell("tencent", "h200", span(DAY).first).gates[-1].worlds.standing
    assert standing == ("lot",), "the clearance is the earlier: it was imposed without a condition"


IMPOSED = claim("condition-imposed", "tax", "2026-01-10", conditions={"duty": "25 percent"}, report=graded(SURE))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([IMPOSED], ["conditional"]),
        ([IMPOSED, stop()], ["blocked"]),
        ([IMPOSED | {"report": graded(UNSURE)}], ["conditional", "cleared"]),
        ([IMPOSED, said("lifted", "tax", effective="2026-02-01")], ["cleared"]),
        ([IMPOSED | {"until": "2026-03-01"}], ["cleared"]),
        ([IMPOSED, said("conditions-met", "tax", conditions=["duty"], effective="2026-02-01")], ["cleared"]),
        ([IMPOSED, claim("cleared", "later", "2026-03-01")], ["conditional"]),
    ],
)
def test_a_condition_caps_and_nothing_overrides_it(events: list[Event], expected: list[str]) -> None:
    """§6, rule 3."""
    assert at_customs(*events) == expected


@pytest.mark.parametrize(
    ("events", "possible", "if_open"),
    [
        ([], ["prohibited", "cleared"], ["cleared"]),
        ([IMPOSED], ["prohibited", "conditional"], ["conditional"]),
        ([IMPOSED | {"report": graded(UNSURE)}], ["prohibited", "cleared"], ["conditional", "cleared"]),
    ],
)
def test_a_silent_gate_hides_nothing_of_what_is_known(
    events: list[Event], possible: list[str], if_open: list[str]
) -> None:
    """§7: nothing is known of customs but a condition; the lowest and the highest status, and what if it were open."""
    cell = seen(*events).cell("tencent", "h200", span(DAY).first)
    found = words(cell.possible)
    assert [found[0], found[-1]] == possible
    assert cell.if_open is not None
    assert words(cell.if_open) == if_open


@pytest.mark.parametrize(
    ("licence", "binding"),
    [
        ([], {"duty": True}),
        ([claim("licence-granted", "licence", "2026-02-01")], {"licence": True, "duty": True}),
        (
            [claim("licence-granted", "licence", "2026-02-01", report=graded(UNSURE))],
            {"licence": False, "duty": True},
        ),
        ([claim("cleared", "free", "2026-02-01")], {"free": True}),
    ],
)
def test_whose_conditions_bind_beside_a_licence(licence: list[Event], binding: dict[str, bool]) -> None:
    """§8: a licence is granted under a rule, and the rule's conditions bind its holder; a clearance ends them."""
    duty = claim("licence-required", "duty", "2026-01-10", review="case-by-case", conditions={"use": "civil"})
    view = seen(duty, *licence)
    assert view.outlook.binding(view.cell("tencent", "h200", span(DAY).first).gates[-1]) == binding
