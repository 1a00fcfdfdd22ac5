"""One cell by look-ups: the same as from all claims, at any point of the three clocks, however the ledger grew."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.questions.books import Books, Clocks
from policytracker.questions.one_cell import one_cell
from policytracker.questions.one_timeline import OneTimeline
from policytracker.questions.state import cells
from policytracker.status.spells import EffectiveClock, Spell
from tests import strategies
from tests.projections.test_read_models import CLOCK, DAY, recorded

ANY_LEDGER = strategies.ledgers() | strategies.batches() | strategies.one_claim() | strategies.rivals()


@settings(max_examples=150)
@given(st.data(), ANY_LEDGER)
def test_a_cell_is_found_as_all_claims_tell_it(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Recorded in up to three parts, an hour apart; asked for two points each."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ledger)), max_size=2)))
    parts = [ledger[start:end] for start, end in zip([0, *cuts], [*cuts, len(ledger)], strict=True)]
    with recorded(*parts, step=3_600_000_000) as path, Books(path, DAY) as books:
        for _ in range(2):
            question = data.draw(strategies.questions(ledger))
            known = None if question.known is None else moment(question.known)
            instants = [CLOCK + 3_600_000_000 * part for part in range(len(parts))]
            clocks = Clocks(span(question.at).first, known, data.draw(st.none() | st.sampled_from(instants)))
            directory = books.directory_at(clocks.recorded)
            pairs = [(company, chip) for company in directory.companies for chip in directory.chips]
            expected = list(cells(books.view(clocks.known, clocks.recorded), clocks, pairs))
            assert [one_cell(books, clocks, *pair) for pair in pairs] == expected
            clock = EffectiveClock(books.view(clocks.known, clocks.recorded))
            for pair in pairs:
                spells = OneTimeline(books, clocks, *pair).spells()
                assert [shape(spell) for spell in spells] == [shape(spell) for spell in clock.spells(*pair)]


def shape(spell: Spell) -> tuple[Any, ...]:
    """All that is told of a spell."""
    gates = [(gate.gate, gate.possible) for gate in spell.answer.gates]
    return spell.start, spell.end, spell.answer.possible, gates, spell.standing, spell.turned_by
