"""What version 2 of the language may say, and what of it is refused (interchange.md); a test for each rule."""

import json
from typing import Any

import pytest

from policytracker.events.catalogue import CLAIMS, DEVELOPMENTS, MARKET, REGISTRY, SIGNALS
from policytracker.events.forms import canonical, plain, read_fields
from policytracker.events.refusals import Refused
from tests.events.samples import BLOCKED, CHIP, COMPANY, REPORT, SHIPPED, Fields, id_from, least, read, refusal

NOWHERE = "write the two letters of ISO 3166-1, or XX where it is not known"
RANGE = "give 0 <= min <= max, or leave an end out where it is open"
ONLY_EFFECTIVE = "only effective may be open at its start; write the first day, or leave it out"
WITH_EFFECTIVE = (*CLAIMS, *MARKET, *SIGNALS, *DEVELOPMENTS, *REGISTRY, "lifted", "suspended", "conditions-met")
AUTHORITY = least("authority-registered")


def cohort(**more: Any) -> Fields:
    return BLOCKED | {"companies": {"of": ["in:CN"], **more}}


def development(**more: Any) -> Fields:
    return least("development-reported") | more


@pytest.mark.parametrize(
    "event",
    [
        AUTHORITY | {"timezone": "Asia/Shanghai", "effective": "2025", "report": REPORT, "jurisdiction": "XX"},
        COMPANY | {"owners": [{"company": "bolt", "share": 50.5}, {"company": "coda", "share": 49.5}]},
        COMPANY | {"effective": "../2025-06"},
        CHIP | {"origin": "TW", "launched": "2024-11", "attributes": {"tpp": {"min": 18_000}, "datacentre": 1}},
        CHIP | {"attributes": {"tpp": {"min": 1, "max": 2.5}, "memory": 96, "datacentre": 0}},
        cohort(count={"min": 9, "max": 11}),
        cohort(count={"min": 9}),
        cohort(count={"max": 11}, named=["acme"]),
        BLOCKED | {"companies": ["owned:giants", "under:acme"], "chips": ["vendor:Advanced Micro Devices, Inc."]},
        BLOCKED | {"chips": [{"where": [" tpp  <= 21000 "], "of": ["vendor:Nvidia", {"where": ["memory>1"]}]}]},
        SHIPPED | {"quantity": {"min": 5_000_000, "unit": "USD", "per": "company"}},
        least("corroborated") | {"instead": {"quantity": {"min": 5}, "form": "letter"}},
        least("condition-signalled") | {"instrument": "H.R. 1"},
        development(about="an-event", authority="bis", companies={"of": ["in:CN"]}, chips=["h20"], stage="read twice"),
        BLOCKED | {"report": REPORT | {"summary": "It says so.", "quote": "x" * 500}},
        development(text="two\n\tlines", note="two\n\tlines"),
        BLOCKED | {"effective": "../2026-06-29", "until": "2026-06-29"},
    ],
)
def test_what_version_2_may_say_is_taken(event: Fields) -> None:
    assert plain(read(event)).keys() == event.keys()


@pytest.mark.parametrize("name", ["held", "licence-granted", "condition-imposed"])
def test_the_new_claims_have_what_every_claim_has(name: str) -> None:
    event = least(name) | {"until": "2027", "except_chips": ["h20"], "instrument": "Notice 7", "form": "letter"}

    assert plain(read(event)).keys() == event.keys()


# Dates


@pytest.mark.parametrize("name", WITH_EFFECTIVE)
def test_an_effective_may_be_open_at_its_start(name: str) -> None:
    read(least(name) | {"effective": "../2026-06-29"})


@pytest.mark.parametrize(
    ("name", "field"), [("blocked", "until"), ("suspended", "until"), ("chip-registered", "launched")]
)
def test_no_other_date_may_be_open_at_its_start(name: str, field: str) -> None:
    assert refusal(least(name) | {field: "../2026"}) == (
        f"{field}: '../2026' is not a date this ledger knows; {ONLY_EFFECTIVE}"
    )


def test_a_publication_is_not_open_at_its_start() -> None:
    assert refusal(BLOCKED | {"report": REPORT | {"published": "../2026"}}) == (
        "report.published: '../2026' is not a date this ledger knows; "
        "only effective may be open at its start; write 2026 or a whole interval"
    )


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2026-01-28T09:30+08:00", "2026-01-28T01:30Z"),
        ("2026-01-28T00:30+08:00", "2026-01-27T16:30Z"),
        ("2026-01-28T20:00:01-05:00", "2026-01-29T01:00:01Z"),
        ("2026-01-28T09:30+00:00", "2026-01-28T09:30Z"),
        ("2026-01-28T09:30Z", "2026-01-28T09:30Z"),
    ],
)
def test_an_instant_with_an_offset_is_stored_in_utc(written: str, stored: str) -> None:
    event, same = (BLOCKED | {"report": REPORT | {"published": each}} for each in (written, stored))
    correction = least("corrected") | {"changes": {"report": REPORT | {"published": written}}}

    assert plain(read(event))["report"]["published"] == stored
    assert id_from(event) == id_from(same)
    assert plain(read(correction))["changes"]["report"]["published"] == stored


# The registry


@pytest.mark.parametrize(
    ("code", "way_out"), [("UK", "write GB"), ("EL", "write GR"), ("EU", NOWHERE), ("ZZ", NOWHERE), ("XY", NOWHERE)]
)
def test_a_jurisdiction_is_one_of_iso_3166_1(code: str, way_out: str) -> None:
    fault = f"no jurisdiction of ISO 3166-1 (here: '{code}'); {way_out}"

    assert refusal(COMPANY | {"jurisdiction": code}) == f"jurisdiction: {fault}"
    assert refusal(AUTHORITY | {"jurisdiction": code}) == f"jurisdiction: {fault}"
    assert refusal(CHIP | {"controlled_by": ["US", code]}) == f"controlled_by: {fault}"
    assert refusal(CHIP | {"origin": code}) == f"origin: {fault}"
    assert refusal(BLOCKED | {"companies": ["all", f"in:{code}"]}) == f"companies: {fault}"
    assert refusal(BLOCKED | {"except_companies": [f"hq:{code}"]}) == f"except_companies: {fault}"
    assert refusal(cohort(of=[f"in:{code}"])) == f"companies.of: {fault}"
    assert refusal(development(companies=[f"in:{code}"])) == f"companies: {fault}"


def test_an_origin_that_is_not_known_is_left_out() -> None:
    assert refusal(CHIP | {"origin": "XX"}) == (
        "origin: no jurisdiction (here: 'XX'); leave it out where it is not known"
    )


@pytest.mark.parametrize(
    "name",
    [
        *("China", "UTC+8", "Asia/Peking", "/etc/passwd", "../UTC"),
        *("localtime", "posixrules", "Factory", "posix/UTC", "right/UTC"),
    ],
)
def test_a_time_zone_is_one_of_iana(name: str) -> None:
    assert refusal(AUTHORITY | {"timezone": name}) == (
        f"timezone: no time zone (here: '{name}'); write its IANA name: Asia/Shanghai, UTC"
    )


@pytest.mark.parametrize(
    ("owners", "why"),
    [
        ([("bolt", 0)], "the share of bolt is not above 0; give it in percent, or leave the owner out"),
        ([("bolt", -1)], "the share of bolt is not above 0; give it in percent, or leave the owner out"),
        ([("bolt", 20), ("bolt", 20)], "bolt is named twice; keep it once, with its whole share"),
        ([("bolt", 60), ("coda", 40.5)], "together the shares are above 100 %; check them: they are given in percent"),
    ],
)
def test_shares_are_above_0_of_different_owners_and_at_most_100_together(
    owners: list[tuple[str, float]], why: str
) -> None:
    parts = [{"company": company, "share": share} for company, share in owners]

    assert refusal(COMPANY | {"owners": parts}) == f"owners: {why}"


@pytest.mark.parametrize(
    ("bounds", "why"),
    [
        ({"min": 2, "max": 1}, "min (2) is above max (1)"),
        ({"min": -0.5}, "an end is negative"),
        ({}, "it has neither min nor max"),
    ],
)
def test_a_range_of_an_attribute_does_not_run_backwards(bounds: Fields, why: str) -> None:
    assert refusal(CHIP | {"attributes": {"tpp": bounds}}) == f"attributes.tpp: {why}; {RANGE}"


@pytest.mark.parametrize("value", [2, -1, 0.5, {"min": 0}, True])
def test_a_chip_is_for_data_centres_or_not(value: Any) -> None:
    assert refusal(CHIP | {"attributes": {"datacentre": value}}).endswith("; use one of: 0, 1")


# Scopes


@pytest.mark.parametrize(
    ("count", "why"),
    [
        ({"min": 3, "max": 2}, f"count: min (3) is above max (2); {RANGE}"),
        ({}, f"count: it has neither min nor max; {RANGE}"),
        ({"min": -1}, "count.min: below 0 (here: -1); give how many at least; without it 0"),
        ({"max": 0}, "count.max: below 1 (here: 0); give how many at most; without it nobody knows"),
    ],
)
def test_a_count_is_a_number_or_a_range(count: Fields, why: str) -> None:
    assert refusal(cohort(count=count)) == f"companies.{why}"


@pytest.mark.parametrize("count", [1, {"max": 1}, {"min": 0, "max": 1}])
def test_no_more_are_named_than_a_cohort_has(count: Any) -> None:
    assert refusal(cohort(count=count, named=["acme", "bolt"])) == (
        "companies.named: 2 companies named of 1; raise count, or name fewer"
    )
    read(cohort(count={"min": 1}, named=["acme", "bolt"]))


def test_a_where_is_read_in_its_pool_too() -> None:
    assert refusal(BLOCKED | {"chips": [{"where": ["tpp<1"], "of": [{"where": ["price<1"]}]}]}) == (
        "chips.of.where: there is no attribute 'price'; use one of: tpp, performance_density, dram_bandwidth, "
        "io_bandwidth, die_area, memory, datacentre"
    )
    assert refusal(BLOCKED | {"chips": [{"where": [], "of": ["h20"]}]}) == (
        'chips.where: no test in it; add one, such as "tpp<21000", or select all'
    )
    assert refusal(BLOCKED | {"chips": ["vendor: "]}).startswith("chips: 'vendor: ' is no chip selector; ")


# Quantities, reports, texts


@pytest.mark.parametrize("unit", ["dollars", "usd", "XXX", "$", "units"])
def test_a_unit_is_chips_or_a_currency(unit: str) -> None:
    why = f"no unit (here: '{unit}'); write chips, or a currency by its three letters (ISO 4217): USD"

    assert refusal(SHIPPED | {"quantity": {"min": 1, "unit": unit}}) == f"quantity.unit: {why}"
    assert refusal(least("corroborated") | {"instead": {"quantity": {"unit": unit}}}) == f"instead.quantity.unit: {why}"


def test_chips_are_the_unit_where_none_is_given() -> None:
    with_unit = SHIPPED | {"quantity": {"min": 1, "unit": "chips"}}
    correction = least("corrected") | {"changes": {"quantity": {"min": 2, "unit": "chips"}}}

    assert id_from(with_unit) == id_from(SHIPPED)
    assert plain(read(correction))["changes"] == {"quantity": {"min": 2}}


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        ({}, "instead: nothing in it (here: {}); say what is different, or leave it out"),
        ({"quantity": {"min": 2, "max": 1}}, f"instead.quantity: min (2) is above max (1); {RANGE}"),
        ({"conditions": {"quota": ""}}, "instead.conditions: a key or its wording is empty; write both: key=wording"),
        (
            {"until": "2026"},
            "instead.until: unknown; instead has no such field; "
            "remove it, or use: quantity, conditions, instrument, form",
        ),
    ],
)
def test_what_a_report_says_instead_is_said(instead: Fields, why: str) -> None:
    assert refusal(least("corroborated") | {"instead": instead}) == why


def test_a_quote_is_short() -> None:
    assert refusal(BLOCKED | {"report": REPORT | {"quote": "x" * 501}}) == (
        "report.quote: a text of 501 characters; keep it within 500"
    )


def test_line_ends_stand_in_note_and_text_only() -> None:
    why = "a control character (U+000A) in the text; remove it (line ends and tabs may stand in note and text only)"

    for field in ("title", "summary", "quote"):
        assert refusal(BLOCKED | {"report": REPORT | {field: "two\nlines"}}) == f"report.{field}: {why}"
    assert refusal(development(stage="two\nlines")) == f"stage: {why}"


@pytest.mark.parametrize("ref", ["2026-rule", "-rule", ".rule", "_rule"])
def test_a_ref_begins_with_a_letter(ref: str) -> None:
    assert refusal(BLOCKED | {"ref": ref}) == (
        f"ref: it does not begin with a letter (here: '{ref}'); begin it with a letter: r{ref}"
    )


@pytest.mark.parametrize(("ref", "way_out"), [("fed", "write fed-1, or another name"), ("2026", "write r2026")])
def test_a_ref_of_hexadecimal_digits_is_refused_with_the_reason(ref: str, way_out: str) -> None:
    """It could be taken for the beginning of an id. What is proposed is then taken."""
    assert refusal(BLOCKED | {"ref": ref}) == (
        f"ref: hexadecimal digits alone could be taken for the beginning of an id (here: '{ref}'); {way_out}"
    )
    read(BLOCKED | {"ref": way_out.split()[1].rstrip(",")})


def test_a_development_says_something() -> None:
    assert refusal(development(text=" ")) == "text: an empty text (here: ' '); say what happened"
    assert refusal(development(kind="rumour")).startswith(
        "kind: no word for it (here: 'rumour'); use one of: deliberation, "
    )
    assert refusal(development(chips=["H 20"])).startswith("chips: 'H 20' is no chip selector; ")
    assert refusal(development(companies=[])) == "companies: no selector in it; name companies, a group, in:CN or all"


# Ids and stored events of before


def test_what_only_new_events_are_held_to_is_not_asked_of_the_rest_of_a_corrected_event() -> None:
    """A claim of before may have a ref or a selector that a new one may not: its note can be corrected all the same."""
    of_before = BLOCKED | {"ref": "2026-rule", "companies": ["in:UK"], "note": "mended"}

    assert json.loads(canonical(read_fields(of_before, new=("note",)))) == of_before
    with pytest.raises(Refused, match=r"^companies: no jurisdiction of ISO 3166-1"):
        read_fields(of_before, new=("companies",))


def test_what_is_kept_of_an_event_without_new_fields_is_what_was_kept_before() -> None:
    """So ids stay: see the frozen forms 1 in golden.jsonl, too."""
    assert (
        canonical(read(COMPANY)) == b'{"company":"acme","jurisdiction":"CN","name":"Acme","type":"company-registered"}'
    )
