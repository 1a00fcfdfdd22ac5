"""One cell by the index: the same as from all claims, at any point of the three clocks, however the ledger grew."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.questions.explained import Explained
from policytracker.questions.one_cell import one_cell, possible
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.timeline import Timelines
from policytracker.status.changes import own_report
from policytracker.status.intervals import Interval
from policytracker.status.knowledge import stand
from policytracker.status.words import words
from policytracker.testing import strategies
from tests.projections.test_read_models import CLOCK, DAY, recorded
from tests.questions.by_view import Views, days_of, publications_of, state_of
from tests.soak import often

ANY_LEDGER = strategies.ledgers() | strategies.batches() | strategies.one_claim() | strategies.rivals()
HOUR = 3_600_000_000


@settings(max_examples=often(short=80, long=1_000))
@given(st.data(), ANY_LEDGER)
def test_a_cell_is_found_as_all_claims_tell_it(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Recorded in up to three parts, an hour apart; asked for two points each."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ledger)), max_size=2)))
    parts = [ledger[start:end] for start, end in zip([0, *cuts], [*cuts, len(ledger)], strict=True)]
    with recorded(*parts, step=HOUR) as path, Reader(path, DAY) as reader:
        for _ in range(2):
            question = data.draw(strategies.questions(ledger))
            known = None if question.known is None else moment(question.known)
            instants = [CLOCK + HOUR * part for part in range(len(parts))]
            clocks = Clocks(span(question.at).first, known, data.draw(st.none() | st.sampled_from(instants)))
            directory = reader.directory_at(clocks.recorded, clocks.at)
            pairs = [(company, chip) for company in directory.companies for chip in directory.chips]
            check(reader, clocks, pairs)


def check(reader: Reader, clocks: Clocks, pairs: list[tuple[str, str]]) -> None:
    """Hold what cells answer at a point, and along two clocks, to the view."""
    view, views = reader.view(clocks), Views(reader, clocks)
    explained, timelines = Explained(reader, clocks.known, clocks.recorded), Timelines(reader, clocks)
    for pair in pairs:
        expected = state_of(view, clocks, *pair)
        found = dict(one_cell(reader, clocks, *pair))
        del found["left"]
        assert found == expected
        assert words(possible(reader, clocks, *pair)) == expected["possible"]
        assert explained.cell(*pair, clocks.at) == view.cell(*pair, clocks.at)
        assert_days_are(views, timelines.days(*pair), days_of(views, *pair))
        moments = timelines.publications(*pair)
        assert [each._replace(turned_by=()) for each in moments] == publications_of(reader, clocks, pair)
        for each in moments[1:]:
            assert_reported_then(reader, clocks, each)


def assert_days_are(views: Views, found: list[Interval], expected: list[Interval]) -> None:
    """Intervals over the days: the same, each but the first with the claims' events, or registrations, of its day."""
    assert [each._replace(turned_by=()) for each in found] == [each._replace(turned_by=()) for each in expected]
    for each, by_claims in zip(found[1:], expected[1:], strict=True):
        registrations = {change.after.id for change in views.registry.changes.get(each.start or 0, ())}
        assert set(each.turned_by) - registrations == set(by_claims.turned_by)
        assert each.turned_by


def assert_reported_then(reader: Reader, clocks: Clocks, interval: Interval) -> None:
    """An interval over the published clock names the events whose own report came in as it began, as it stood then."""
    assert interval.turned_by
    seen = reader.point(clocks).seen
    for name in interval.turned_by:
        thread = tuple(entry for entry in reader.thread_of(name) if entry.position <= seen)
        report = own_report(stand(thread, interval.start)[name])
        assert report is not None
        assert interval.start == moment(report["published"])


def test_a_block_that_is_lifted_for_all_has_ended_the_clearance_of_one() -> None:
    """1 January: cleared for Acme. February: blocked for all. March: for all under case-by-case licences."""
    report = {"publisher": "Customs", "published": "2025-12-01", "attribution": "official"}
    everybody = {"authority": "gacc", "companies": ["all"], "chips": ["all"], "report": report}
    ledger = [
        strategies.authority("gacc", "CN", "import"),
        {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Nvidia", "controlled_by": []},
        {**everybody, "type": "cleared", "companies": ["acme"], "chips": ["h200"], "effective": "2026-01-01"},
        {**everybody, "type": "blocked", "effective": "2026-02-01"},
        {**everybody, "type": "licence-required", "review": "case-by-case", "effective": "2026-03-01"},
    ]
    with recorded(ledger) as path, Reader(path, DAY) as reader:
        days = [span(day).first for day in ("2026-01-15", "2026-02-15", "2026-03-15")]
        found = [one_cell(reader, Clocks(day), "acme", "h200")["status"] for day in days]
        intervals = [each.possible for each in Timelines(reader, Clocks(DAY)).days("acme", "h200")]
    assert found == ["cleared", "blocked", "licensable"]
    assert intervals[1:] == [1 << 6, 1 << 1, 1 << 4]


def test_who_is_neither_named_nor_excluded_any_more_belongs_to_a_cohort_by_its_pool_alone() -> None:
    """Two of acme and bolt, and coda by name. At one moment coda is named and excluded, acme and bolt are looked at."""
    report = {"publisher": "Customs", "published": "2025-12-01", "attribution": "official"}
    place = {"type": "company-registered", "name": "Company", "jurisdiction": "CN"}
    ledger = [
        strategies.authority("gacc", "CN", "import"),
        *({**place, "company": name} for name in ("acme", "bolt", "coda")),
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
        {
            "type": "batch-approved",
            "ref": "claim",
            "authority": "gacc",
            "companies": {"of": ["acme", "bolt"], "count": 2, "named": ["coda"]},
            "chips": ["h20"],
            "report": report,
        },
        {"type": "recipients-identified", "target": "claim", "companies": ["coda"], "report": report},
        {"type": "recipients-identified", "target": "claim", "excluded": ["coda"], "report": report},
    ]
    with recorded(ledger) as path, Reader(path, DAY) as reader:
        clocks = Clocks(span("2026-01-01").first)
        found = {name: one_cell(reader, clocks, name, "h20") for name in ("acme", "bolt", "coda")}
    assert {name: cell["status"] for name, cell in found.items()} == dict.fromkeys(("acme", "bolt"), "cleared") | {
        "coda": "unknown"
    }
    assert found["coda"]["last_report"] is None


def test_who_was_named_for_a_cohort_is_not_meant_once_the_claim_names_a_list() -> None:
    """Cleared for two of all, hk-co named. Then the ledger mends its mistake: it was for companies in CN."""
    report = {"publisher": "Customs", "published": "2025-12-01", "attribution": "official"}
    place = {"type": "company-registered", "name": "Company"}
    ledger = [
        strategies.authority("gacc", "HK", "import"),
        {**place, "company": "cn-co", "jurisdiction": "CN"},
        {**place, "company": "hk-co", "jurisdiction": "HK"},
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
        {
            "type": "cleared",
            "ref": "claim",
            "authority": "gacc",
            "companies": {"of": ["all"], "count": 2},
            "chips": ["h20"],
            "report": report,
        },
        {"type": "recipients-identified", "target": "claim", "companies": ["hk-co"], "report": report},
        {"type": "corrected", "target": "claim", "changes": {"companies": ["in:CN"]}},
    ]
    clocks = Clocks(span("2026-01-01").first)
    for parts in ([ledger], [ledger[:-1], ledger[-1:]]):
        with recorded(*parts) as path, Reader(path, DAY) as reader:
            assert one_cell(reader, clocks, "hk-co", "h20")["status"] == "unknown"
    with recorded(ledger[:-1]) as path, Reader(path, DAY) as reader:
        assert one_cell(reader, clocks, "hk-co", "h20")["status"] == "cleared"
