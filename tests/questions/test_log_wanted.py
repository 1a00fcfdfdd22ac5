"""Which events ``log`` finds for companies, chips, publishers and days of publication."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import span
from policytracker.projections.reading import thread_at
from policytracker.questions.errors import UnknownName
from policytracker.questions.log import log
from policytracker.questions.log_wanted import Wanted
from policytracker.questions.reader import Reader
from policytracker.questions.turning import Publications
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.knowledge import stand
from policytracker.status.scope import Scopes
from policytracker.status.zones import UTC
from policytracker.testing import strategies
from tests.questions.recorded import CLOCK, recorded
from tests.questions.test_quantities import REGISTRY, Event, about, ordered
from tests.soak import often

WORDS = {"authority": "bis", "chips": ["h20"]}


def said(ref: str, companies: Any, published: str = "2026-01-05", publisher: str = "Reuters", **fields: Any) -> Event:
    """A block, on anonymous word."""
    report = {"publisher": publisher, "published": published, "attribution": "anonymous"}
    return {"type": "blocked", "ref": ref, **WORDS, "companies": companies, **fields, "report": report}


def refs(reader: Reader, recorded: int | None = None, **wanted: Any) -> list[str]:
    """The events found, by their refs; of registrations, what they register."""
    found = (each.fields for each in log(reader, recorded, wanted=Wanted(**wanted)))
    return [each.get("ref") or each.get("company") or each.get("chip") or each["group"] for each in found]


def test_what_is_said_about_a_claim_belongs_to_its_companies_and_chips() -> None:
    """A block of Acme's H20 is lifted; one of Bolt's stays. Acme is registered, and among the giants."""
    lifted = about("lifted", "acmes", "2026-02-01", ref="lift")
    with recorded(REGISTRY, [said("acmes", ["acme"]), said("bolts", ["bolt"]), lifted]) as reader:
        assert refs(reader, companies="Acme") == ["acme", "giants", "acmes", "lift"]
        assert refs(reader, companies="Acme", chips="H20") == ["acme", "h20", "giants", "acmes", "lift"]
        assert refs(reader, companies="Acme", chips="H200") == ["acme", "h200", "giants"]
        assert refs(reader, companies=["bolt", "acme"], chips="h20")[-3:] == ["acmes", "bolts", "lift"]


def test_groups_and_selectors_match_as_of_today() -> None:
    """Acme moves to Malaysia in 2026: what was said of China's companies in 2025 is no longer about it."""
    moved = {**REGISTRY[2], "jurisdiction": "MY", "effective": "2026-06-01"}
    claims = [said("china", ["in:CN"], "2025-01-05"), said("group", ["giants"]), said("malaysia", ["in:MY"])]
    with recorded(REGISTRY, claims, [moved]) as reader:
        assert refs(reader, companies="acme")[-3:] == ["group", "malaysia", "acme"]
        assert refs(reader, recorded=CLOCK + 1, companies="acme")[-2:] == ["china", "group"]


def test_a_claim_belongs_to_whom_it_named_first_and_to_whom_a_correction_names() -> None:
    """It was Bolt, not Acme. The order too was corrected."""
    slip = about("corrected", "block", "2026-01-09", ref="slip", changes={"companies": ["bolt"]})
    order = ordered("2026-01-06", ref="order", companies=["acme"], quantity={"min": 1})
    other = about("corrected", "order", "2026-01-09", ref="other", changes={"companies": ["bolt"]})
    with recorded(REGISTRY, [said("block", ["acme"]), slip, order, other]) as reader:
        for company in ("acme", "bolt"):
            assert refs(reader, companies=company)[-4:] == ["block", "slip", "order", "other"]


def test_whom_a_claim_leaves_out_does_not_find_it() -> None:
    """All but Acme; one of two, who was then named."""
    cohort = {"count": 1, "of": ["giants"]}
    named = {"type": "recipients-identified", "ref": "named", "target": "one", "companies": ["bolt"]}
    with recorded(REGISTRY, [said("but", ["all"], except_companies=["acme"]), said("one", cohort), named]) as reader:
        assert refs(reader, companies="bolt")[-3:] == ["but", "one", "named"]
        assert "but" not in refs(reader, companies="acme")


def test_a_development_belongs_to_whom_it_names_and_to_the_claim_that_it_is_about() -> None:
    """One names Acme, one is about the block of Bolt, one names nobody."""
    report = {"publisher": "FT", "published": "2026-01-07"}
    told = {"type": "development-reported", "kind": "statement", "text": "Said so.", "report": report}
    events = [
        said("block", ["bolt"]),
        {**told, "ref": "names", "companies": ["acme"]},
        {**told, "ref": "about", "about": "block"},
        {**told, "ref": "nobody"},
    ]
    with recorded(REGISTRY, events) as reader:
        assert refs(reader, companies="acme")[-1:] == ["names"]
        assert refs(reader, companies="bolt")[-2:] == ["block", "about"]
        assert refs(reader, companies="acme", chips="h20")[-1:] == ["names"]
        assert refs(reader, chips="h20")[-2:] == ["block", "about"]


def test_a_publisher_is_found_without_case_and_a_corrected_report_counts() -> None:
    """The FT's report was recorded as one of Reuters."""
    block = said("block", ["acme"])
    mended = {"publisher": "Financial Times", "published": "2026-03-05"}
    slip = {"type": "corrected", "ref": "slip", "target": "block", "changes": {"report": mended}}
    citing = said("citing", ["bolt"], publisher="Blog")
    citing["report"]["cites"] = "Reuters"
    with recorded(REGISTRY, [block, citing], [slip]) as reader:
        assert refs(reader, publishers="rEuters") == ["block"]
        assert refs(reader, publishers="financial times") == ["block"]
        assert refs(reader, publishers=["BLOG", "reuters"], companies=["bolt"]) == ["citing"]
        assert refs(reader, published_from=span("2026-03-01").first) == ["block"]
        assert refs(reader, recorded=CLOCK + 1, published_from=span("2026-03-01").first) == []


def test_an_unknown_publisher_is_refused_with_those_nearest() -> None:
    """A slip of the pen."""
    with recorded(REGISTRY, [said("block", ["acme"])]) as reader:
        with pytest.raises(UnknownName, match="no publisher is called 'Reutres'; did you mean Reuters"):
            refs(reader, publishers="Reutres")
        with pytest.raises(UnknownName, match="no publisher is called ''"):
            refs(reader, publishers=[""])
        with pytest.raises(UnknownName, match="no company is called 'acne'; did you mean acme"):
            refs(reader, companies="acne")


@pytest.mark.parametrize(
    ("published", "days"),
    [
        ("2026-01-05", ("2026-01-05", "2026-01-05")),
        ("2026-01-01/2026-01-14", ("2026-01-14", "2026-01-14")),
        ("2026-01", ("2026-01-31", "2026-01-31")),
        ("2026-01-05T23:59Z", ("2026-01-05", "2026-01-05")),
        ("2026-01-06T00:00Z", ("2026-01-06", "2026-01-06")),
        ("2026-01-06T07:00+08:00", ("2026-01-05", "2026-01-05")),
    ],
)
def test_the_last_day_of_a_publication_decides(published: str, days: tuple[str, str]) -> None:
    """In UTC; the day before and the day after do not find it."""
    first, last = (span(day).first for day in days)
    with recorded(REGISTRY, [said("block", ["acme"], published)]) as reader:
        assert refs(reader, published_from=first, published_to=last) == ["block"]
        assert refs(reader, published_from=first) == refs(reader, published_to=last) == ["block"]
        assert refs(reader, published_from=last + 1) == refs(reader, published_to=first - 1) == []


def test_the_newest_few_are_the_last_of_all(reader: Reader) -> None:
    """Of the shipped history; before a position as well."""
    wanted = Wanted(companies="Tencent", chips="H200")
    found = log(reader, wanted=wanted)
    assert log(reader, limit=3, wanted=wanted) == found[-3:]
    assert log(reader, since=found[4].position, wanted=wanted) == found[5:]
    assert log(reader, before=found[4].position, wanted=wanted) == found[:4]
    assert [each for each in found if each.fields["type"] == "shipped"] == log(
        reader, None, 0, "shipped", wanted=wanted
    )


@settings(max_examples=often(short=25, long=1_000))
@given(st.data(), strategies.ledgers())
def test_a_claim_is_found_exactly_where_its_scope_ever_matched(data: st.DataObject, ledger: list[Event]) -> None:
    """By the registry of today, as known at some moment, once each further event about it was recorded."""
    with recorded(ledger) as reader:
        scopes = Scopes(reader.directory)
        company = data.draw(st.none() | st.sampled_from(sorted(reader.directory.companies)))
        chip = data.draw(st.sampled_from(sorted(reader.directory.chips)))
        found = {each.position for each in log(reader, wanted=Wanted(companies=company, chips=chip))}
        moments = [*Publications(reader, None).moments, None]
        for first in (each.position for each in log(reader) if each.fields["type"] in CLAIM_TYPES):
            thread = thread_at(reader.connection, first)
            prefixes = (thread[: place + 1] for place in range(len(thread)))
            said = [stand(prefix, known)[thread[0].id] for prefix in prefixes for known in moments]
            matched = any(each.known and matches(scopes, claim_from(each, UTC), company, chip) for each in said)
            assert {entry.position in found for entry in thread} == {matched}


def matches(scopes: Scopes, claim: Claim, company: str | None, chip: str) -> bool:
    """Whether both sides of a scope match, certainly or possibly."""
    of_company = company is None or scopes.company_side(claim, company) is not None
    return of_company and scopes.chip_side(claim, chip) is not None


@settings(max_examples=often(short=15, long=500))
@given(strategies.ledgers())
def test_recorded_hides_what_came_later(ledger: list[Event]) -> None:
    """The first half of a ledger, asked of the whole and of itself."""
    half = len(ledger) // 2
    with recorded(ledger[:half], ledger[half:]) as whole, recorded(ledger[:half]) as first:
        for company in first.directory_at(None, whole.today).companies:
            wanted = Wanted(companies=company)
            then = [each.position for each in log(whole, CLOCK, wanted=wanted)]
            assert then == [each.position for each in log(first, wanted=wanted)]
