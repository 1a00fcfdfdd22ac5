"""What is refused because of its form: the field, the value and the way out (interchange.md, "What is refused")."""

import json
from typing import Any

import pytest

from policytracker.events.catalogue import ABOUT, CLAIMS, REGISTRY
from policytracker.events.describe import fields
from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused, shown
from tests.events.samples import (
    BLOCKED,
    CHIP,
    CLEARED,
    COMPANY,
    GROUP,
    REPORT,
    SHIPPED,
    least,
    names,
    read,
    refusal,
)

SCHEMA = "see `policytracker schema"
DATE_WAY_OUT = "write a day (2026-01-28), a month, a year, or two of these with a slash between"
ID_KIND = "expected str matching regex '^[a-z0-9.-]+$'"
ID_WAY_OUT = "an id: lower-case letters, digits, - and ."
REF_KIND = "expected str matching regex '^(?![0-9a-fA-F]+$)[A-Za-z0-9_.-]+$'"
REF_WAY_OUT = "give a short name, unique in the ledger, by which other lines may target this event"


def met(**more: Any) -> dict[str, Any]:
    return least("conditions-met") | more


@pytest.mark.parametrize("name", names())
def test_the_least_of_each_type_is_taken(name: str) -> None:
    assert read(least(name)).__struct_config__.tag == name


@pytest.mark.parametrize("name", names())
def test_a_field_that_a_type_does_not_have_is_refused_with_those_it_has(name: str) -> None:
    kind = type(read(least(name)))

    assert refusal(least(name) | {"colour": "red"}) == (
        f"colour: unknown; {name} has no such field; remove it, or use: {', '.join(fields(kind))}"
    )


REQUIRED = [(name, field) for name in names() for field in least(name) if field != "type"]
EITHER_OF_TWO = ("recipients-identified", "companies")


@pytest.mark.parametrize(("name", "field"), [pair for pair in REQUIRED if pair != EITHER_OF_TWO])
def test_a_required_field_that_is_absent_is_refused(name: str, field: str) -> None:
    line = {key: value for key, value in least(name).items() if key != field}

    assert refusal(line) == f"{field}: missing; every {name} needs it; add it to the event"


@pytest.mark.parametrize("name", ABOUT)
def test_an_empty_target_is_refused(name: str) -> None:
    assert refusal(least(name) | {"target": ""}) == (
        "target: expected str of length >= 1 (here: ''); give the ref or id of an earlier event"
    )


@pytest.mark.parametrize("name", REGISTRY)
def test_a_registration_has_no_report(name: str) -> None:
    assert refusal(least(name) | {"report": REPORT}).startswith(f"report: unknown; {name} has no such field; remove it")


def test_an_event_without_a_type_is_refused() -> None:
    assert refusal({"authority": "gacc"}) == "type: missing; every event needs it; add it to the event"
    assert refusal(BLOCKED | {"type": None}) == "type: missing; every event needs it; add it to the event"


@pytest.mark.parametrize(
    ("value", "told"), [("block", "'block'"), ("Blocked", "'Blocked'"), (5, "5"), (["x"], "['x']")]
)
def test_an_unknown_type_is_refused_with_those_there_are(value: Any, told: str) -> None:
    assert refusal(BLOCKED | {"type": value}) == f"type: {told} is no event type; use one of: {', '.join(names())}"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (BLOCKED | {"authority": "BIS"}, f"authority: {ID_KIND} (here: 'BIS'); give who acts"),
        (COMPANY | {"company": "a_b"}, f"company: {ID_KIND} (here: 'a_b'); give {ID_WAY_OUT}"),
        (BLOCKED | {"ref": "beef"}, f"ref: {REF_KIND} (here: 'beef'); {REF_WAY_OUT}"),
        (BLOCKED | {"ref": "ABC123"}, f"ref: {REF_KIND} (here: 'ABC123'); {REF_WAY_OUT}"),
        (BLOCKED | {"ref": "a b"}, f"ref: {REF_KIND} (here: 'a b'); {REF_WAY_OUT}"),
        (BLOCKED | {"ref": ""}, f"ref: {REF_KIND} (here: ''); {REF_WAY_OUT}"),
        (BLOCKED | {"note": 5}, "note: expected str | null, got int (here: 5); give free text"),
        (BLOCKED | {"note": True}, "note: expected str | null, got bool (here: True); give free text"),
        (
            BLOCKED | {"companies": "all"},
            "companies: expected object | array, got str (here: 'all'); give selectors of companies, or a cohort",
        ),
        (BLOCKED | {"companies": ["a", 5]}, f"companies[1]: expected str, got int (here: ['a', 5]); {SCHEMA} blocked`"),
        (
            BLOCKED | {"chips": "all"},
            "chips: expected array, got str (here: 'all'); "
            'give an id of a chip or group, all, or {"where": ["tpp<21000"]}',
        ),
        (BLOCKED | {"chips": [7]}, f"chips[0]: expected str | object, got int (here: [7]); {SCHEMA} blocked`"),
        (BLOCKED | {"chips": [{}]}, "chips[0].where: missing; every blocked needs it; add it to the event"),
        (
            BLOCKED | {"chips": [{"where": ["tpp<1"], "or": 1}]},
            "chips[0].or: unknown; blocked has no such field; remove it, or use: the fields that its schema lists",
        ),
        (BLOCKED | {"companies": {}}, "companies.of: missing; every blocked needs it; add it to the event"),
        (
            BLOCKED | {"companies": {"of": ["all"], "count": 0}},
            f"companies.count: expected int >= 1 (here: 0); {SCHEMA} blocked`",
        ),
        (
            BLOCKED | {"companies": {"of": ["all"], "count": 1.5}},
            f"companies.count: expected int | null, got float (here: 1.5); {SCHEMA} blocked`",
        ),
        (
            BLOCKED | {"companies": {"of": ["all"], "named": ["in:CN"]}},
            f"companies.named[0]: {ID_KIND} (here: ['in:CN']); {SCHEMA} blocked`",
        ),
        (
            BLOCKED | {"form": "tweet"},
            "form: no word for it (here: 'tweet'); "
            "use one of: rule, letter, licence, guidance, instruction, announcement, practice",
        ),
        (
            least("licence-required") | {"review": "denial"},
            "review: no word for it (here: 'denial'); use one of: policy-of-denial, "
            "presumption-of-denial, case-by-case, presumption-of-approval, unstated",
        ),
        (
            SHIPPED | {"basis": "new"},
            "basis: no word for it (here: 'new'); use one of: total, added",
        ),
        (SHIPPED | {"quantity": 5}, f"quantity: expected object, got int (here: 5); {SCHEMA} shipped`"),
        (
            SHIPPED | {"quantity": {"min": "5"}},
            f"quantity.min: expected int | null, got str (here: '5'); {SCHEMA} shipped`",
        ),
        (
            CLEARED | {"conditions": ["quota"]},
            "conditions: expected object | null, got array (here: ['quota']); "
            "give a key and its wording: revenue-share=a quarter of the price",
        ),
        (
            CLEARED | {"conditions": {}},
            "conditions: expected object of length >= 1 (here: {}); "
            "give a key and its wording: revenue-share=a quarter of the price",
        ),
        (
            CLEARED | {"conditions": {"quota": 5}},
            f"conditions[...]: expected str, got int (here: {{'quota': 5}}); {SCHEMA} cleared`",
        ),
        (CLEARED | {"conditions": {"quota": ""}}, "conditions: a key or its wording is empty; write both: key=wording"),
        (CLEARED | {"conditions": {"": "quota"}}, "conditions: a key or its wording is empty; write both: key=wording"),
        (
            least("condition-signalled") | {"conditions": {"quota": ""}},
            "conditions: a key or its wording is empty; write both: key=wording",
        ),
        (
            met(conditions=[]),
            "conditions: expected array of length >= 1 (here: []); give keys of conditions of the target",
        ),
        (
            COMPANY | {"jurisdiction": "cn"},
            "jurisdiction: expected str matching regex '^[A-Z]{2}$' (here: 'cn'); "
            "give a jurisdiction, ISO 3166-1 alpha-2: CN",
        ),
        (COMPANY | {"name": ""}, "name: expected str of length >= 1 (here: ''); give the name people use"),
        (
            COMPANY | {"names": {"zh": 5}},
            f"names[...]: expected str, got int (here: {{'zh': 5}}); {SCHEMA} company-registered`",
        ),
        (
            CHIP | {"attributes": {"tpp": "many"}},
            f"attributes.tpp: expected int | float | null, got str (here: 'many'); {SCHEMA} chip-registered`",
        ),
        (
            CHIP | {"attributes": {"price": 1}},
            "attributes.price: unknown; chip-registered has no such field; "
            "remove it, or use: the fields that its schema lists",
        ),
        (GROUP | {"kind": "both"}, "kind: no word for it (here: 'both'); use one of: company, chip"),
        (
            GROUP | {"complete": "yes"},
            "complete: expected bool, got str (here: 'yes'); give whether these are all its members",
        ),
        (
            least("authority-registered") | {"direction": "both"},
            "direction: no word for it (here: 'both'); use one of: export, import",
        ),
        (least("corrected") | {"changes": ["note"]}, "changes: expected object, got array (here: ['note']); "
         "give field=new value, as JSON; null removes it"),
        (least("corrected") | {"changes": {}}, "changes: expected object of length >= 1 (here: {}); "
         "give field=new value, as JSON; null removes it"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_with_what_to_give(line: dict[str, Any], message: str) -> None:
    assert refusal(line) == message


@pytest.mark.parametrize(
    ("report", "message"),
    [
        ("Reuters", f"report: expected object, got str (here: 'Reuters'); {SCHEMA} blocked`"),
        ({"publisher": "Reuters"}, "report.published: missing; every blocked needs it; add it to the event"),
        ({"published": "2026"}, "report.publisher: missing; every blocked needs it; add it to the event"),
        (
            REPORT | {"author": "x"},
            "report.author: unknown; blocked has no such field; remove it, or use: the fields that its schema lists",
        ),
        (REPORT | {"publisher": ""}, f"report.publisher: expected str of length >= 1 (here: ''); {SCHEMA} blocked`"),
        (REPORT | {"publisher": " "}, "report.publisher: an empty name (here: ' '); name the outlet"),
        (REPORT | {"cites": ""}, f"report.cites: expected str of length >= 1 (here: ''); {SCHEMA} blocked`"),
        (REPORT | {"published": 2026}, f"report.published: expected str, got int (here: 2026); {SCHEMA} blocked`"),
        (
            REPORT | {"published": "2026-02-30"},
            "report.published: '2026-02-30' is not a date this ledger knows; "
            "there is no such day in the calendar; check year, month and day",
        ),
        (
            REPORT | {"published": "2026-01-28T24:00Z"},
            "report.published: '2026-01-28T24:00Z' is not a date this ledger knows; "
            "there is no such time of day; hours run to 23, minutes and seconds to 59",
        ),
        (REPORT | {"sources": -1}, f"report.sources: expected int >= 0 (here: -1); {SCHEMA} blocked`"),
        (
            REPORT | {"attribution": "rumour"},
            f"report.attribution: no word for it (here: 'rumour'); {SCHEMA} blocked`",
        ),
        (
            REPORT | {"grade": "A7"},
            f"report.grade: expected str matching regex '^[A-F][1-6]$' (here: 'A7'); {SCHEMA} blocked`",
        ),
    ],
)
def test_a_report_that_cannot_be_meant_is_refused(report: Any, message: str) -> None:
    assert refusal(BLOCKED | {"report": report}) == message


@pytest.mark.parametrize("name", ["disputed", "retracted", "corrected", "recipients-identified", "corroborated"])
def test_the_report_of_an_event_about_another_is_checked_too(name: str) -> None:
    line = least(name) | {"report": REPORT | {"published": "soon"}}

    assert refusal(line) == f"report.published: 'soon' is not a date this ledger knows; {DATE_WAY_OUT}"


DATED = [(name, "effective") for name in CLAIMS] + [(name, "until") for name in CLAIMS]
DATED += [("lifted", "effective"), ("suspended", "effective"), ("suspended", "until"), ("conditions-met", "effective")]
DATED += [("orders-reported", "effective"), ("shipped", "effective"), ("condition-signalled", "effective")]


@pytest.mark.parametrize(("name", "field"), DATED)
def test_a_day_that_does_not_exist_is_refused_wherever_a_date_stands(name: str, field: str) -> None:
    assert refusal(least(name) | {field: "2026-02-30"}) == (
        f"{field}: '2026-02-30' is not a date this ledger knows; "
        "there is no such day in the calendar; check year, month and day"
    )
    assert refusal(least(name) | {field: "2026-01-28T06:30Z"}) == (
        f"{field}: '2026-01-28T06:30Z' is not a date this ledger knows; {DATE_WAY_OUT}"
    )
    assert refusal(least(name) | {field: 2026}) == (
        f"{field}: expected str | null, got int (here: 2026); "
        "give a day, month, year or interval: 2026-01-28, 2026-01, 2026-01-12/2026-01-14"
    )


@pytest.mark.parametrize("name", [*CLAIMS, "suspended"])
@pytest.mark.parametrize(
    ("effective", "until"),
    [
        ("2026-01-28", "2026-01-28"),
        ("2026-01-28", "2026-01-27"),
        ("2026-01-28", "2026-01-01/2026-01-28"),
        ("2026-02-01", "2026-01"),
        ("2027", "2026"),
    ],
)
def test_an_until_that_is_over_before_the_first_day_of_effective_is_over_is_refused(
    name: str, effective: str, until: str
) -> None:
    assert refusal(least(name) | {"effective": effective, "until": until}) == (
        f"until: its last day ({until}) is not after the first day of effective ({effective}); "
        "give a later end, or leave it out for an open one"
    )


@pytest.mark.parametrize(
    ("effective", "until"),
    [("2026-01-28", "2026-01-29"), ("2026-01", "2026-01"), ("2026", "2026-01-02"), ("2026-01-28", "2026-01")],
)
def test_an_until_whose_last_day_comes_later_is_taken(effective: str, until: str) -> None:
    read(BLOCKED | {"effective": effective, "until": until})


@pytest.mark.parametrize("name", ["orders-reported", "shipped", "batch-approved"])
@pytest.mark.parametrize(
    ("quantity", "why"),
    [
        ({"min": 2, "max": 1}, "min (2) is above max (1)"),
        ({"min": -1}, "an end is negative"),
        ({"max": -1}, "an end is negative"),
        ({"min": -2, "max": -1}, "an end is negative"),
    ],
)
def test_a_range_that_runs_backwards_or_below_nothing_is_refused(name: str, quantity: dict[str, int], why: str) -> None:
    assert refusal(least(name) | {"quantity": quantity}) == (
        f"quantity: {why}; give 0 <= min <= max, or leave an end out where it is open"
    )


@pytest.mark.parametrize("quantity", [{"min": 0, "max": 0}, {"min": 5}, {"max": 5}, {"wording": "some"}])
def test_a_range_may_be_open(quantity: dict[str, Any]) -> None:
    read(SHIPPED | {"quantity": quantity})


@pytest.mark.parametrize("field", ["type", "ref", "target", "id", "recorded"])
def test_a_correction_leaves_alone_what_an_event_is(field: str) -> None:
    assert refusal(least("corrected") | {"changes": {field: "x", "note": "y"}}) == (
        f"changes.{field}: cannot be corrected (here: '{field}'); retract the event and record it anew"
    )


def test_a_correction_with_a_report_leaves_the_report_alone() -> None:
    assert refusal(least("corrected") | {"report": REPORT, "changes": {"report": REPORT}}) == (
        "changes.report: only a correction without a report may change the report (here: 'report'); "
        "leave the correction's own report out: it mends the ledger's own mistake"
    )


def test_a_correction_removes_no_report() -> None:
    assert refusal(least("corrected") | {"changes": {"report": None}}) == (
        "changes.report: a report cannot be removed (here: None); give the whole report as it should be"
    )


def test_recipients_are_somebody_and_nobody_is_in_and_out() -> None:
    nobody = "companies: nobody is identified; name companies, excluded ones, or both"
    line = least("recipients-identified")

    assert refusal(line | {"companies": None}) == nobody
    assert refusal(line | {"companies": []}) == nobody
    assert refusal(line | {"excluded": ["bolt", "acme"]}) == (
        "excluded: acme is both named and excluded; keep it in one of the two lists"
    )
    assert refusal(line | {"companies": ["in:CN"]}).startswith(f"companies[0]: {ID_KIND}")


@pytest.mark.parametrize(
    ("name", "field"), [("company-registered", "company"), ("chip-registered", "chip"), ("group-defined", "group")]
)
def test_all_is_no_id(name: str, field: str) -> None:
    assert refusal(least(name) | {field: "all"}) == (
        f"{field}: the id is taken: it selects everything (here: 'all'); choose another id"
    )


def test_a_refusal_names_the_field_at_fault() -> None:
    with pytest.raises(Refused, match=r"^report\.published: ") as caught:
        read_line(json.dumps(BLOCKED | {"report": REPORT | {"published": "soon"}}).encode())

    assert caught.value.field == "report.published"
    assert caught.value.way_out == DATE_WAY_OUT
    assert str(caught.value) == f"{caught.value.field}: {caught.value.what}; {caught.value.way_out}"
    assert str(caught.value.within("changes")).startswith("changes.report.published: 'soon'")


def test_a_value_in_a_message_is_quoted_escaped_and_short() -> None:
    assert shown("腾讯") == "'腾讯'"
    assert shown("a\x1b[31m\u202e") == r"'a\x1b[31m\u202e'"
    assert shown({"é": 1}) == r"{'\xe9': 1}"
    assert shown("x" * 100) == "'" + "x" * 59 + "…"
