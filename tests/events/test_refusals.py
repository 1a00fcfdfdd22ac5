"""What is refused because of its form: the field, the value and the way out (interchange.md, "What is refused")."""

import json
from typing import Any

import pytest

from policytracker.events.catalogue import ABOUT, CLAIMS, DEVELOPMENTS, MARKET, REGISTRY, SIGNALS, TYPES
from policytracker.events.describe import fields
from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused, shown
from policytracker.events.reports import Report
from policytracker.events.selectors import ATTRIBUTES
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

FORMS_OF_DATES = "write a day (2026-01-28), a month (2026-01), a year (2026), or two of these with a slash between"
FORMS_OF_MOMENTS = f"{FORMS_OF_DATES}; an instant as 2026-01-28T06:30Z"
ID_WAY_OUT = "write lower-case letters, digits, - and ."
HEX = "hexadecimal digits alone could be taken for the beginning of an id"
REF_WAY_OUT = "write a letter, then letters, digits, -, _ and ."
CHIPS = 'an id of a chip or group, vendor:NAME, all, or {"where": ["tpp<21000"], "of": ["vendor:NAME"]}'
NOTE = "give free text, of several lines where that is needed"
CONDITIONS = "give a key and its wording: revenue-share=a quarter of the price"


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
        "target: an empty text (here: ''); give the ref or id of an earlier event"
    )


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
        (BLOCKED | {"authority": "BIS"}, f"authority: no id (here: 'BIS'); {ID_WAY_OUT}"),
        (COMPANY | {"company": "a_b"}, f"company: no id (here: 'a_b'); {ID_WAY_OUT}"),
        (BLOCKED | {"ref": "beef"}, f"ref: {HEX} (here: 'beef'); write beef-1, or another name"),
        (BLOCKED | {"ref": "ABC123"}, f"ref: {HEX} (here: 'ABC123'); write ABC123-1, or another name"),
        (BLOCKED | {"ref": "a b"}, f"ref: no ref (here: 'a b'); {REF_WAY_OUT}"),
        (BLOCKED | {"ref": ""}, f"ref: no ref (here: ''); {REF_WAY_OUT}"),
        (BLOCKED | {"note": 5}, f"note: not a text (here: 5); {NOTE}"),
        (BLOCKED | {"note": True}, f"note: not a text (here: True); {NOTE}"),
        (
            BLOCKED | {"companies": "all"},
            "companies: not a list or an object (here: 'all'); give selectors of companies, or a cohort",
        ),
        (
            BLOCKED | {"companies": ["a", 5]},
            "companies[1]: not a text (here: 5); give selectors of companies, or a cohort",
        ),
        (
            BLOCKED | {"chips": "all"},
            f"chips: not a list (here: 'all'); give {CHIPS}",
        ),
        (BLOCKED | {"chips": [7]}, f"chips[0]: not a text or an object (here: 7); give {CHIPS}"),
        (BLOCKED | {"chips": [{}]}, "chips[0].where: missing; every where needs it; add it to the event"),
        (
            BLOCKED | {"chips": [{"where": ["tpp<1"], "or": 1}]},
            "chips[0].or: unknown; where has no such field; remove it, or use: where, of",
        ),
        (BLOCKED | {"companies": {}}, "companies.of: missing; every cohort needs it; add it to the event"),
        (
            BLOCKED | {"companies": {"of": ["all"], "count": 0}},
            "companies.count: below 1 (here: 0); give how many companies it has, if that was said",
        ),
        (
            BLOCKED | {"companies": {"of": ["all"], "count": 1.5}},
            "companies.count: not a whole number or an object (here: 1.5); "
            "give how many companies it has, if that was said",
        ),
        (
            BLOCKED | {"companies": {"of": ["all"], "named": ["in:CN"]}},
            f"companies.named[0]: no id (here: 'in:CN'); {ID_WAY_OUT}",
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
        (
            SHIPPED | {"quantity": 5},
            "quantity: not an object (here: 5); give an object with min, max, wording, unit, per",
        ),
        (
            SHIPPED | {"quantity": {"min": "5"}},
            "quantity.min: not a whole number (here: '5'); give how many at least",
        ),
        (
            CLEARED | {"conditions": ["quota"]},
            f"conditions: not an object (here: ['quota']); {CONDITIONS}",
        ),
        (
            CLEARED | {"conditions": {}},
            f"conditions: nothing in it (here: {{}}); {CONDITIONS}",
        ),
        (
            CLEARED | {"conditions": {"quota": 5}},
            f"conditions.quota: not a text (here: 5); {CONDITIONS}",
        ),
        (CLEARED | {"conditions": {"quota": ""}}, "conditions: a key or its wording is empty; write both: key=wording"),
        (CLEARED | {"conditions": {"": "quota"}}, "conditions: a key or its wording is empty; write both: key=wording"),
        (
            least("condition-signalled") | {"conditions": {"quota": ""}},
            "conditions: a key or its wording is empty; write both: key=wording",
        ),
        (
            met(conditions=[]),
            "conditions: nothing in it (here: []); give keys of conditions of the target",
        ),
        (
            COMPANY | {"jurisdiction": "cn"},
            "jurisdiction: no jurisdiction (here: 'cn'); "
            "write two capital letters, ISO 3166-1: CN; XX where it is not known",
        ),
        (COMPANY | {"name": ""}, "name: an empty text (here: ''); give the name people use"),
        (
            COMPANY | {"names": {"zh": 5}},
            "names.zh: not a text (here: 5); give names by language: zh=腾讯",
        ),
        (
            CHIP | {"attributes": {"tpp": "many"}},
            "attributes.tpp: not a number or an object (here: 'many'); give total processing performance",
        ),
        (
            CHIP | {"attributes": {"price": 1}},
            "attributes.price: unknown; attributes has no such field; "
            f"remove it, or use: {', '.join(ATTRIBUTES)}",
        ),
        (GROUP | {"kind": "both"}, "kind: no word for it (here: 'both'); use one of: company, chip"),
        (
            GROUP | {"complete": "yes"},
            "complete: not true or false (here: 'yes'); give whether these are all its members",
        ),
        (
            least("authority-registered") | {"direction": "both"},
            "direction: no word for it (here: 'both'); use one of: export, import",
        ),
        (least("corrected") | {"changes": ["note"]}, "changes: not an object (here: ['note']); "
         "give field=new value, as JSON; null removes it"),
        (least("corrected") | {"changes": {}}, "changes: nothing in it (here: {}); "
         "give field=new value, as JSON; null removes it"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_with_what_to_give(line: dict[str, Any], message: str) -> None:
    assert refusal(line) == message


@pytest.mark.parametrize(
    ("report", "message"),
    [
        ("Reuters", "report: not an object (here: 'Reuters'); give an object with publisher, published"),
        ({"publisher": "Reuters"}, "report.published: missing; every report needs it; add it to the event"),
        ({"published": "2026"}, "report.publisher: missing; every report needs it; add it to the event"),
        (
            REPORT | {"author": "x"},
            f"report.author: unknown; report has no such field; remove it, or use: {', '.join(fields(Report))}",
        ),
        (
            REPORT | {"publisher": ""},
            "report.publisher: an empty text (here: ''); give the outlet or body that published it",
        ),
        (REPORT | {"publisher": " "}, "report.publisher: an empty name (here: ' '); name the outlet"),
        (
            REPORT | {"cites": ""},
            "report.cites: an empty text (here: ''); give the first source that it repeats, such as an agency",
        ),
        (
            REPORT | {"published": 2026},
            "report.published: not a text (here: 2026); give a date, or an instant with Z or an offset: "
            "2026-01-28, 2026-01-28T06:30Z, 2026-01-28T14:30+08:00",
        ),
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
        (REPORT | {"sources": -1}, "report.sources: below 0 (here: -1); give how many people it rests on"),
        (
            REPORT | {"attribution": "rumour"},
            "report.attribution: no word for it (here: 'rumour'); "
            "use one of: official, on-record, anonymous, unattributed",
        ),
        (
            REPORT | {"grade": "A7"},
            "report.grade: no Admiralty code (here: 'A7'); "
            "write a letter from A (best) to F, and a digit from 1 to 6: B2",
        ),
    ],
)
def test_a_report_that_cannot_be_meant_is_refused(report: Any, message: str) -> None:
    assert refusal(BLOCKED | {"report": report}) == message


@pytest.mark.parametrize("name", ["disputed", "retracted", "corrected", "recipients-identified", "corroborated"])
def test_the_report_of_an_event_about_another_is_checked_too(name: str) -> None:
    line = least(name) | {"report": REPORT | {"published": "soon"}}

    assert refusal(line) == f"report.published: 'soon' is not a date this ledger knows; {FORMS_OF_MOMENTS}"


DATED = [(name, "effective") for name in CLAIMS] + [(name, "until") for name in CLAIMS]
DATED += [("lifted", "effective"), ("suspended", "effective"), ("suspended", "until"), ("conditions-met", "effective")]
DATED += [(name, "effective") for name in (*MARKET, *SIGNALS, *DEVELOPMENTS, *REGISTRY)]
DATED += [("chip-registered", "launched")]


@pytest.mark.parametrize(("name", "field"), DATED)
def test_a_day_that_does_not_exist_is_refused_wherever_a_date_stands(name: str, field: str) -> None:
    assert refusal(least(name) | {field: "2026-02-30"}) == (
        f"{field}: '2026-02-30' is not a date this ledger knows; "
        "there is no such day in the calendar; check year, month and day"
    )
    assert refusal(least(name) | {field: "2026-01-28T06:30Z"}) == (
        f"{field}: '2026-01-28T06:30Z' is not a date this ledger knows; only days are taken here: write 2026-01-28"
    )
    described = fields(TYPES[name])[field].description
    assert refusal(least(name) | {field: 2026}) == f"{field}: not a text (here: 2026); give {described}"


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
        "until is the first day on which it no longer holds: give a later one, or leave it out for an open end"
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
    assert refusal(line | {"companies": ["in:CN"]}).startswith("companies[0]: no id (here: 'in:CN'); ")


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
    assert caught.value.way_out == FORMS_OF_MOMENTS
    assert str(caught.value) == f"{caught.value.field}: {caught.value.what}; {caught.value.way_out}"
    assert str(caught.value.within("changes")).startswith("changes.report.published: 'soon'")


def test_a_value_in_a_message_is_quoted_escaped_and_short() -> None:
    assert shown("腾讯") == "'腾讯'"
    assert shown("a\x1b[31m\u202e") == r"'a\x1b[31m\u202e'"
    assert shown({"é": 1}) == r"{'\xe9': 1}"
    assert shown("x" * 100) == "'" + "x" * 59 + "…"
