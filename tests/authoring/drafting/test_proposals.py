"""The one check: a proposal passes only if the text says it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policytracker.authoring.drafting.proposals import Proposal, Source, faults, spelled
from tests.authoring.drafting.registry import lexicon

DAY = date(2026, 5, 14).toordinal()
SENTENCE = (
    "The U.S. Commerce Department last week granted licences to about ten Chinese companies, Tencent among them, for up"
    " to 75,000 H200 each."
)
TEXT = f"A headline.\n\n{SENTENCE} Alibaba had no comment."
REPORT = {"publisher": "Example Wire", "published": "2026-05-14", "attribution": "anonymous"}
FIELDS: dict[str, Any] = {
    "type": "licence-granted",
    "authority": "bis",
    "companies": {"count": {"min": 9, "max": 11}, "of": ["in:CN"], "named": ["tencent"]},
    "chips": ["h200"],
    "quantity": {"max": 75_000, "per": "company", "wording": "up to 75,000"},
    "effective": "2026-05-04/2026-05-10",
}


def source(text: str = TEXT, title: str | None = None, day: int | None = DAY) -> Source:
    return Source(text, {**REPORT, **({"title": title} if title else {})}, day, lexicon())


def found(fields: dict[str, Any], quote: str = SENTENCE, of: Source | None = None) -> list[str]:
    return faults(Proposal({**FIELDS, **fields}, quote), of or source())


def test_what_the_text_says_passes() -> None:
    assert found({}) == []
    assert found({"authority": "Bureau of Industry and Security", "companies": ["Tencent"], "chips": ["H200"]}) == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"type": "nonsense"}, "it is no event: type: 'nonsense' is no event type"),
        ({"type": ["blocked"]}, "it is no event"),
        ({"type": "company-registered"}, "what is registered is for people to write"),
        ({"review": "unstated"}, "it is no event: review"),
        ({"companies": ["huawei"]}, "companies: huawei is named neither in the quote nor in the report"),
        ({"companies": ["Nobody Ltd"]}, "companies"),
        ({"companies": ["under:huawei"]}, "companies: huawei is named neither"),
        ({"companies": {"of": ["in:CN"], "named": ["alibaba"]}}, "companies.named: alibaba is named neither"),
        ({"except_companies": ["jd"]}, "except_companies: jd is named neither"),
        ({"chips": ["h20"]}, "chips: h20 is named neither"),
        ({"chips": [{"where": ["tpp>1"], "of": ["b300"]}]}, "chips.of: b300 is named neither"),
        ({"authority": "gacc"}, "authority: gacc is named neither"),
        ({"effective": "2026-05-05"}, "effective: '2026-05-05' does not follow"),
        ({"until": "2026-12-31"}, "until: '2026-12-31' does not follow"),
        ({"quantity": {"max": 75_001}}, "quantity.max: 75,001 neither stands in the quote"),
        ({"quantity": {"min": 0, "max": 0}}, "quantity.min: 0 neither stands in the quote"),
        ({"companies": {"count": 12, "of": ["in:CN"]}}, "count: 12 neither stands in the quote"),
    ],
)
def test_what_the_text_does_not_say_is_refused_with_its_field(fields: dict[str, Any], why: str) -> None:
    assert any(each.startswith(why) for each in found(fields)), found(fields)


def test_groups_and_selectors_need_no_name_in_the_quote() -> None:
    assert found({"companies": ["hyperscalers", "in:CN", "hq:HK"], "chips": ["hopper", "vendor:Nvidia"]}) == []


def test_a_name_may_stand_in_the_headline_in_place_of_the_quote() -> None:
    quote = "Each may buy up to 75,000 chips."
    text = f"{TEXT} {quote}"
    fields = {"companies": ["in:CN"], "effective": "2026-05-04/2026-05-10"}

    assert found(fields, quote, source(text, "U.S. lets Chinese firms buy the H200")) == []
    assert len(found(fields, quote, source(text))) == 2


def test_an_empty_quote_supports_nothing() -> None:
    for quote in ("", "  ", "“”"):
        assert found({"companies": ["in:CN"]}, quote)[0].startswith("quote: missing")


def test_without_a_day_of_publication_only_written_days_follow() -> None:
    text = f"{TEXT} It takes effect on May 20, 2026."

    assert found({"effective": "2026-05-20"}, of=source(text, day=None)) == []
    assert found({}, of=source(text, day=None))[0].startswith("effective")


@given(st.data())
def test_a_quote_passes_however_it_is_spaced_and_quoted(data: st.DataObject) -> None:
    gaps = st.sampled_from([" ", "", "  ", "\u3000", " “", "” ", ' "'])
    quote = "".join(data.draw(gaps) if letter == " " else letter for letter in SENTENCE)

    assert not any(each.startswith("quote") for each in found({}, quote))


@given(st.integers(0, len(SENTENCE) - 1), st.characters(categories=["Ll", "Lu", "Nd"]))
def test_a_quote_with_one_other_letter_is_refused(place: int, letter: str) -> None:
    assume(spelled(SENTENCE[place]) and SENTENCE[place] != letter)

    assert any(
        each.startswith("quote: not in the text")
        for each in found({}, SENTENCE[:place] + letter + SENTENCE[place + 1 :])
    )


@given(st.integers(1, 10**9), st.sampled_from(["min", "max"]))
def test_a_number_passes_only_if_the_quote_tells_it(number: int, end: str) -> None:
    passes = found({"quantity": {end: number}}) == []

    assert passes == (number in (9, 10, 11, 75_000))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_day_passes_only_if_a_rule_leads_to_it(day: date) -> None:
    passes = found({"effective": day.isoformat()}) == []

    assert passes == (day.isoformat() in ("2026-05-04", "2026-05-11", "2026-05-14"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*FIELDS, "target", "changes", "review", "conditions", "kind", "text"]), JSON),
    st.text(max_size=20),
)
def test_whatever_another_program_answers_is_judged_and_never_fails(fields: dict[str, Any], quote: str) -> None:
    reasons = faults(Proposal({**FIELDS, **fields}, quote), source())

    assert all(isinstance(each, str) for each in reasons)
    assert reasons or spelled(quote) in spelled(TEXT)
