"""What an event may say about its target: conditions, recipients, changes (interchange.md, "What is refused")."""

from typing import Any

import pytest

from tests.ledger.ground import QUOTA, REPORT, Fields, Ledger, about, batch, changed, cleared

NO_COHORT = "its companies are no cohort, so no recipient can be identified; correct its companies instead"
WAY_OUT = "name fewer, or correct the count of the claim first"


def met(*keys: str, target: str = "clear", **more: Any) -> Fields:
    return about("conditions-met", target, conditions=list(keys), report=REPORT, **more)


def identified(*names: str, target: str = "batch", **more: Any) -> Fields:
    return about("recipients-identified", target, companies=list(names), **more)


# Conditions


def test_a_met_condition_is_one_of_the_targets(ledger: Ledger) -> None:
    assert ledger.refusal(met("quota", "share")) == (
        "conditions: 'share' is no condition of the target; its conditions are: quota"
    )
    assert ledger.refusal(met("quota", target="batch")) == (
        "conditions: 'quota' is no condition of the target; its conditions are: none"
    )
    ledger.add(met("quota"))


def test_a_condition_may_be_met_as_recorded_or_as_corrected(ledger: Ledger) -> None:
    """The correction may turn out not to act at an earlier knowledge time."""
    ledger.add(changed("clear", conditions={"test": "by a third party"}))

    ledger.add(met("quota"), met("test"), met("quota", "test"))


def test_a_condition_that_a_correction_removes_may_still_be_met(ledger: Ledger) -> None:
    ledger.add(changed("clear", conditions=None))

    ledger.add(met("quota"))


def test_a_condition_of_a_withdrawn_correction_is_none(ledger: Ledger) -> None:
    ledger.add(changed("clear", "mend", conditions={"test": "by a third party"}), about("retracted", "mend"))

    assert ledger.refusal(met("test")) == "conditions: 'test' is no condition of the target; its conditions are: quota"


def test_a_correction_meets_no_condition_that_the_claim_lacks(ledger: Ledger) -> None:
    ledger.add(met("quota", ref="meets"))

    assert ledger.refusal(changed("meets", conditions=["share"])) == (
        "changes.conditions: 'share' is no condition of the target; its conditions are: quota"
    )
    ledger.add(changed("clear", conditions={"share": "of revenue"}), changed("meets", conditions=["share"]))


# Recipients


def test_recipients_are_named_for_a_cohort_only(ledger: Ledger) -> None:
    assert ledger.refusal(identified("acme", target="clear")) == f"target: {NO_COHORT}"
    assert ledger.refusal(about("recipients-identified", "clear", excluded=["acme"])) == f"target: {NO_COHORT}"


def test_no_more_are_named_in_all_than_the_cohort_has(ledger: Ledger) -> None:
    """Two places, and acme has one."""
    assert ledger.refusal(identified("bolt", "coda")) == f"companies: 3 companies would be named of 2; {WAY_OUT}"
    ledger.add(identified("bolt"))

    assert ledger.refusal(identified("coda")) == f"companies: 3 companies would be named of 2; {WAY_OUT}"
    ledger.add(identified("bolt", "acme"))


def test_those_of_the_same_file_count(ledger: Ledger) -> None:
    assert ledger.refusal(identified("bolt"), identified("coda")) == (
        f"companies: 3 companies would be named of 2; {WAY_OUT}"
    )


def test_a_recipient_outside_of_the_pool_is_taken(ledger: Ledger) -> None:
    """Reports differ from plans."""
    ledger.add(identified("dyno"))


def test_excluded_companies_take_no_place(ledger: Ledger) -> None:
    ledger.add(about("recipients-identified", "batch", excluded=["bolt", "coda", "dyno"]))
    ledger.add(identified("bolt", excluded=["coda"]))


def test_a_withdrawn_identification_frees_its_place_until_that_is_withdrawn(ledger: Ledger) -> None:
    ledger.add(identified("bolt", ref="first"), about("retracted", "first", ref="gone"))

    ledger.add(about("retracted", "gone", ref="back"))
    assert ledger.refusal(identified("coda")) == f"companies: 3 companies would be named of 2; {WAY_OUT}"

    ledger.add(about("retracted", "back"), identified("coda"))


def test_a_cohort_without_a_count_takes_any_number(ledger: Ledger) -> None:
    ledger.add(batch("open", companies={"of": ["giants"]}), identified("acme", "bolt", "coda", "dyno", target="open"))


def test_a_corrected_cohort_decides_how_many_may_be_named(ledger: Ledger) -> None:
    ledger.add(changed("batch", companies={"count": 3, "of": ["giants"], "named": ["acme"]}))

    ledger.add(identified("bolt", "coda"))
    assert ledger.refusal(identified("dyno")) == f"companies: 4 companies would be named of 3; {WAY_OUT}"


def test_a_claim_corrected_to_a_list_has_no_cohort(ledger: Ledger) -> None:
    ledger.add(changed("batch", companies=["acme"]))

    assert ledger.refusal(identified("bolt")) == f"target: {NO_COHORT}"


def test_a_claim_corrected_to_a_cohort_has_one(ledger: Ledger) -> None:
    ledger.add(changed("clear", companies={"count": 1, "of": ["giants"]}), identified("bolt", target="clear"))


def test_a_count_is_not_corrected_below_those_named(ledger: Ledger) -> None:
    """By the claim as corrected, and by those who were identified since."""
    ledger.add(identified("bolt"))

    assert ledger.refusal(changed("batch", companies={"count": 1, "of": ["giants"], "named": ["acme"]})) == (
        f"changes.companies.count: 2 companies would be named of 1; {WAY_OUT}"
    )
    ledger.add(changed("batch", companies={"count": 1, "of": ["giants"]}))


def test_an_identification_is_not_corrected_to_too_many(ledger: Ledger) -> None:
    """Its own companies as they were do not count, nor does it matter in which order they stand."""
    ledger.add(identified("bolt", ref="first"))

    assert ledger.refusal(changed("first", companies=["coda", "dyno"])) == (
        f"changes.companies: 3 companies would be named of 2; {WAY_OUT}"
    )
    ledger.add(changed("first", companies=["coda"]))
    assert ledger.refusal(identified("bolt")) == f"companies: 3 companies would be named of 2; {WAY_OUT}"


# Corrections


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"companies": ["nobody"]}, "companies: no company 'nobody' is registered so far; register it first, or "),
        ({"chips": ["nobody"]}, "chips: no chip 'nobody' is registered so far; register it first, or "),
        ({"authority": "nobody"}, "authority: no authority 'nobody' is registered so far; register it first, or "),
        ({"except_companies": ["nobody"]}, "except_companies: no company 'nobody' is registered so far; "),
        (
            {"companies": {"of": ["all"], "named": ["giants"]}},
            "companies.named: 'giants' is a group of companies, and ",
        ),
        ({"companies": []}, "companies: no selector in it; name companies, a group, in:CN or all"),
        ({"companies": "acme"}, "companies: not a list or an object (here: 'acme'); give selectors of "),
        ({"colour": "red"}, "colour: unknown; cleared has no such field; remove it, or use: "),
        ({"review": "unstated"}, "review: unknown; cleared has no such field; remove it, or use: "),
        ({"chips": None}, "chips: missing; every cleared needs it; add it to the event"),
        ({"effective": "2026-02-30"}, "effective: '2026-02-30' is not a date this ledger knows; there is no such day"),
        ({"until": "2025"}, "until: its last day (2025) is not after the first day of effective (2026-01-28); until"),
        ({"conditions": {"quota": None}}, "conditions: nothing in it (here: {}); give a key and "),
        ({"conditions": {"quota": ""}}, "conditions: a key or its wording is empty; write both: key=wording"),
        ({"note": "x" * 10_001}, "note: a text of 10,001 characters; keep it within 10,000; link to the rest"),
        ({"report": "Reuters"}, "report: not an object (here: 'Reuters'); "),
        (
            {"report": {"publisher": "Reuters"}},
            "report.published: missing; every report needs it; add it to the event",
        ),
        ({"report": REPORT | {"published": "soon"}}, "report.published: 'soon' is not a date this ledger knows; "),
        ({"report": REPORT | {"published": 5}}, "report.published: not a text (here: 5); give a date"),
    ],
)
def test_a_correction_after_which_the_event_would_be_refused_is_refused(
    ledger: Ledger, changes: Fields, message: str
) -> None:
    ledger.add(cleared("dated", effective="2026-01-28"))

    assert ledger.refusal(changed("dated", **changes)).startswith(f"changes.{message}")


def test_a_correction_is_judged_with_those_before_it(ledger: Ledger) -> None:
    """Each alone would do; together they run backwards."""
    first = changed("clear", "first", effective="2026-03-01")
    second = changed("clear", until="2026-02-01")

    assert ledger.refusal(first, second) == (
        "changes.until: its last day (2026-02-01) is not after the first day of effective (2026-03-01); "
        "until is the first day on which it no longer holds: give a later one, or leave it out for an open end"
    )
    ledger.add(first, about("retracted", "first"), second)


def test_a_correction_may_mend_several_fields_and_remove_some(ledger: Ledger) -> None:
    ledger.add(changed("clear", companies=["in:CN"], effective="2026", conditions=None, note="line\nline"))

    assert ledger.fields()[-1]["changes"]["conditions"] is None


def test_a_correction_without_a_report_may_change_the_report(ledger: Ledger) -> None:
    ledger.add(changed("clear", report=REPORT | {"published": "2026-01-27"}))


def test_a_correction_with_a_report_may_not(ledger: Ledger) -> None:
    event = about("corrected", "clear", changes={"report": REPORT}, report=REPORT)

    assert ledger.refusal(event) == (
        "changes.report: only a correction without a report may change the report (here: 'report'); "
        "leave the correction's own report out: it mends the ledger's own mistake"
    )


def test_no_correction_removes_a_report(ledger: Ledger) -> None:
    assert ledger.refusal(changed("clear", report=None)) == (
        "changes.report: a report cannot be removed (here: None); give the whole report as it should be"
    )


@pytest.mark.parametrize("kind", ["lifted", "suspended", "conditions-met", "recipients-identified", "disputed"])
def test_what_is_said_about_a_claim_can_be_corrected_as_a_claim_can(ledger: Ledger, kind: str) -> None:
    ledger.add(batch("one", **QUOTA))
    more: Fields = {"conditions": ["quota"]} if kind == "conditions-met" else {}
    more |= {"companies": ["bolt"]} if kind == "recipients-identified" else {}
    ledger.add(about(kind, "one", ref="said", report=REPORT, **more))

    ledger.add(changed("said", note="mended", report=REPORT | {"published": "2026-01-27"}))

    assert ledger.refusal(changed("said", colour="red")).startswith(f"changes.colour: unknown; {kind} has no such")
    assert ledger.refusal(changed("said", target="clear")) == (
        "changes.target: cannot be corrected (here: 'target'); retract the event and record it anew"
    )


def test_corrections_of_market_events_are_judged_too(ledger: Ledger) -> None:
    scope = {"companies": ["acme"], "chips": ["h20"], "report": REPORT}
    ledger.add({"type": "shipped", "ref": "ship", **scope, "quantity": {"min": 100}})

    assert ledger.refusal(changed("ship", quantity={"min": 2, "max": 1})) == (
        "changes.quantity: min (2) is above max (1); give 0 <= min <= max, or leave an end out where it is open"
    )
    ledger.add(changed("ship", quantity={"min": 1, "max": 2}))


# Exclusions and ranges of counts (version 2)


def test_an_excluded_company_gives_its_place_back(ledger: Ledger) -> None:
    """Two places: acme has one by the claim, bolt takes the other and turns out not to belong."""
    ledger.add(identified("bolt"))
    assert ledger.refusal(identified("coda")) == f"companies: 3 companies would be named of 2; {WAY_OUT}"
    ledger.add(about("recipients-identified", "batch", excluded=["bolt"]))

    ledger.add(identified("coda"))
    assert ledger.refusal(identified("dyno")) == f"companies: 3 companies would be named of 2; {WAY_OUT}"


@pytest.mark.parametrize(
    ("named_on", "excluded_on", "is_named"),
    [
        ("2026-01-02", "2026-01-01", True),
        ("2026-01-01", "2026-01-02", False),
        ("2026-01-01", "2026-01-01", False),
        ("2026-01-01T12:00Z", "2026-01-01", False),
        ("2026-01-01", None, True),
        (None, "2026-01-01", False),
        (None, None, False),
    ],
)
def test_of_a_company_named_and_excluded_the_later_word_decides(
    ledger: Ledger, named_on: str | None, excluded_on: str | None, is_named: bool
) -> None:
    """In whatever order they are recorded. One without a report is the earliest; words of one moment do neither."""
    reports: list[Fields] = [{"report": REPORT | {"published": day}} if day else {} for day in (named_on, excluded_on)]
    events = [
        identified("bolt", **reports[0]),
        about("recipients-identified", "batch", excluded=["bolt"], **reports[1]),
    ]
    for order in (events, events[::-1]):
        lines = [*order, identified("coda")]
        if is_named:
            assert ledger.refusal(*lines) == f"companies: 3 companies would be named of 2; {WAY_OUT}"
    if not is_named:
        ledger.add(*events, identified("coda"))


def test_the_most_of_a_range_is_the_limit(ledger: Ledger) -> None:
    ledger.add(batch("about-two", companies={"count": {"min": 1, "max": 2}, "of": ["giants"], "named": ["acme"]}))
    ledger.add(batch("at-least", companies={"count": {"min": 1}, "of": ["giants"]}))

    assert ledger.refusal(identified("bolt", "coda", target="about-two")) == (
        f"companies: 3 companies would be named of 2; {WAY_OUT}"
    )
    ledger.add(identified("bolt", target="about-two"), identified("acme", "bolt", "coda", "dyno", target="at-least"))


def test_a_correction_of_the_pool_keeps_those_who_were_identified_within_the_limit(ledger: Ledger) -> None:
    ledger.add(identified("bolt"))
    cohort = {"count": {"max": 1}, "of": ["giants"], "named": ["acme"]}

    assert ledger.refusal(changed("batch", companies=cohort)) == (
        f"changes.companies.count: 2 companies would be named of 1; {WAY_OUT}"
    )
    ledger.add(about("recipients-identified", "batch", excluded=["bolt"]), changed("batch", companies=cohort))


def test_corrections_together_leave_an_end_after_the_beginning(ledger: Ledger) -> None:
    ledger.add(cleared("dated", effective="2026-01-28"), changed("dated", effective="2026-06"))

    assert ledger.refusal(changed("dated", until="2026-06-01")).startswith(
        "changes.until: its last day (2026-06-01) is not after the first day of effective (2026-06)"
    )
    ledger.add(changed("dated", until="2026-06-02"), changed("dated", effective="../2026-12-31"))


def test_a_change_of_an_event_of_before_asks_of_the_changed_fields_only(ledger: Ledger) -> None:
    """A correction is held to the rules of today in what it says, not in what the event has said before."""
    assert ledger.refusal(changed("clear", companies=["in:UK"])) == (
        "changes.companies: no jurisdiction of ISO 3166-1 (here: 'UK'); write GB"
    )
    assert ledger.refusal(changed("batch", quantity={"unit": "dollars"})).startswith("changes.quantity.unit: no unit ")
