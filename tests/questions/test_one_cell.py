"""One cell by look-ups: the same as from all claims, at any point of the three clocks, however the ledger grew."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.questions.books import Books, Clocks
from policytracker.questions.one_cell import one_cell, possible
from policytracker.questions.one_timeline import OneTimeline
from policytracker.questions.state import cells
from policytracker.status.spells import EffectiveClock, Spell
from policytracker.status.words import words
from tests import strategies
from tests.projections.test_read_models import CLOCK, DAY, recorded
from tests.soak import often

ANY_LEDGER = strategies.ledgers() | strategies.batches() | strategies.one_claim() | strategies.rivals()


@settings(max_examples=often(short=80, long=1_000))
@given(st.data(), ANY_LEDGER)
def test_a_cell_is_found_as_all_claims_tell_it(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Recorded in up to three parts, an hour apart; asked for two points each, from the file and from memory."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ledger)), max_size=2)))
    parts = [ledger[start:end] for start, end in zip([0, *cuts], [*cuts, len(ledger)], strict=True)]
    with recorded(*parts, step=3_600_000_000) as path, Books(path, DAY) as books, Books(path, DAY) as memory:
        for _ in range(2):
            question = data.draw(strategies.questions(ledger))
            known = None if question.known is None else moment(question.known)
            instants = [CLOCK + 3_600_000_000 * part for part in range(len(parts))]
            clocks = Clocks(span(question.at).first, known, data.draw(st.none() | st.sampled_from(instants)))
            memory.sheet(memory.point(clocks).seen)
            directory = books.directory_at(clocks.recorded)
            pairs = [(company, chip) for company in directory.companies for chip in directory.chips]
            expected = list(cells(books.view(clocks.known, clocks.recorded), clocks, pairs))
            for asked in (books, memory):
                assert [one_cell(asked, clocks, *pair) for pair in pairs] == expected
                words_of = [words(possible(asked, clocks, *pair)) for pair in pairs]
                assert words_of == [cell["possible"] for cell in expected]
            clock = EffectiveClock(books.view(clocks.known, clocks.recorded))
            for pair in pairs:
                spells = [shape(spell) for spell in clock.spells(*pair)]
                for asked in (books, memory):
                    assert [shape(spell) for spell in OneTimeline(asked, clocks, *pair).spells()] == spells


def shape(spell: Spell) -> tuple[Any, ...]:
    """All that is told of a spell."""
    gates = [(gate.gate, gate.possible) for gate in spell.answer.gates]
    return spell.start, spell.end, spell.answer.possible, gates, spell.standing, spell.turned_by


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
    with recorded(ledger) as path, Books(path, DAY) as books:
        days = [span(day).first for day in ("2026-01-15", "2026-02-15", "2026-03-15")]
        found = [one_cell(books, Clocks(day), "acme", "h200")["status"] for day in days]
        spells = [spell.answer.possible for spell in OneTimeline(books, Clocks(DAY), "acme", "h200").spells()]
    assert found == ["cleared", "blocked", "conditional"]
    assert spells[1:] == [1 << 5, 1 << 1, 1 << 4]


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
        with recorded(*parts) as path, Books(path, DAY) as books:
            assert one_cell(books, clocks, "hk-co", "h20")["status"] == "unknown"
    with recorded(ledger[:-1]) as path, Books(path, DAY) as books:
        assert one_cell(books, clocks, "hk-co", "h20")["status"] == "cleared"
