"""What events would change: the cells that are told are all the cells whose answer changes."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import span
from policytracker.projections.reading import all_entries
from policytracker.questions import dry_run
from policytracker.questions.dry_run import FEW_CELLS, changes, supposed
from policytracker.questions.reader import Reader
from policytracker.status.entries import Entry
from policytracker.status.view import View
from policytracker.status.words import summary, words
from policytracker.testing import naive, strategies
from tests.projections.test_read_models import ANY_LEDGER, DAY, recorded
from tests.questions.by_view import conditions_of
from tests.test_core_is_the_contract import view_of

DAYS = (*strategies.WINDOW, *strategies.AROUND)
Ledger = list[dict[str, Any]]


def entries_of(ledger: Ledger, ids: Sequence[str] | None = None) -> list[Entry]:
    stored = map(as_stored, naive.resolve(ledger, ids=ids))
    return [Entry(position, event["id"], event["recorded"], event) for position, event in enumerate(stored, 1)]


def as_stored(event: dict[str, Any]) -> dict[str, Any]:
    """An event as a ledger gives it back: what stands under keys, as conditions do, in their order."""
    found: dict[str, Any] = json.loads(json.dumps(event, sort_keys=True))
    return found


@contextmanager
def supposing(there: Ledger, more: Ledger) -> Iterator[tuple[Reader, list[Entry]]]:
    """A ledger that holds some events, and those events and more that would come after them."""
    with recorded(there) as path, Reader(path, DAY) as reader:
        ids = [entry.id for entry in all_entries(reader.connection)]
        ids += [f"{place:064x}" for place in range(len(more))]
        yield reader, entries_of([*there, *more], ids)


def answers(view: View, day: int) -> dict[tuple[str, str], Any]:
    """Every registered cell with all that is told of it."""
    cells = product(view.directory.companies, view.directory.chips)
    found = ((pair, view.cell(*pair, day)) for pair in cells)
    return {
        pair: {
            "status": summary(cell.possible),
            "possible": words(cell.possible),
            "limited_by": [str(gate) for gate in cell.limited_by],
            "gates": {str(gate.gate): words(gate.possible) for gate in cell.gates},
            "conditions": list(conditions_of(view, cell, day)),
        }
        for pair, cell in found
    }


@given(data=st.data(), ledger=ANY_LEDGER, few=st.sampled_from([0, FEW_CELLS]))
def test_no_cell_that_changes_is_left_out_and_none_is_named_that_does_not(
    data: st.DataObject, ledger: Ledger, few: int
) -> None:
    """Some events are in the ledger, the others would come after them. One by one, or all cells of their companies."""
    there = data.draw(st.integers(0, len(ledger) - 1) | st.just(len(ledger) - 1))
    day = span(data.draw(st.sampled_from(DAYS))).first
    with supposing(ledger[:there], ledger[there:]) as (reader, entries), patch.object(dry_run, "FEW_CELLS", few):
        told = list(changes(*supposed(reader, entries[there:], day), entries[there:], day))

    old, new = answers(view_of(entries[:there], day), day), answers(view_of(entries, day), day)
    assert [(cell["company"], cell["chip"]) for cell in told] == sorted(
        pair for pair in new if old.get(pair) != new[pair]
    )
    for cell in told:
        pair = cell["company"], cell["chip"]
        assert (cell["before"], cell["after"]) == (old.get(pair), new[pair])


@given(ledger=strategies.ledgers())
def test_nothing_changes_where_nothing_is_added(ledger: Ledger) -> None:
    with supposing(ledger, []) as (reader, _):
        day = span("2026-01-28").first
        assert list(changes(*supposed(reader, (), day), (), day)) == []


REGISTRY: list[dict[str, Any]] = [
    {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
    {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "CN", "parent": "acme"},
    {"type": "company-registered", "company": "coda", "name": "Coda", "jurisdiction": "CN", "parent": "bolt"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
]
REPORT = {"publisher": "Caixin", "published": "2026-01-01", "attribution": "official"}
ABROAD = {"type": "blocked", "authority": "gacc", "companies": ["hq:SG"], "chips": ["all"], "report": REPORT}


def told(there: Ledger, more: dict[str, Any]) -> list[str]:
    """The companies whose cells change when an event is added."""
    with supposing(there, [more]) as (reader, entries):
        day = span("2026-02-01").first
        found = list(changes(*supposed(reader, entries[-1:], day), entries[-1:], day))
    return [cell["company"] for cell in found]


def test_a_company_that_moves_takes_its_descendants_along() -> None:
    """Customs block what belongs to Singapore. Acme moves there; Bolt and Coda, below it, stay in China."""
    moved = {**REGISTRY[1], "jurisdiction": "SG"}

    assert told([*REGISTRY, ABROAD], moved) == ["acme", "bolt", "coda"]


def test_a_parent_that_lets_go_of_a_company_changes_it_and_what_is_below_it() -> None:
    """Acme is of Singapore, so all three belong there; then Bolt is its own master, with Coda."""
    there = [*REGISTRY, ABROAD, {**REGISTRY[1], "jurisdiction": "SG"}]

    assert told(there, {key: value for key, value in REGISTRY[2].items() if key != "parent"}) == ["bolt", "coda"]


def test_an_authority_that_would_move_changes_the_cells_of_both_its_gates() -> None:
    """Customs of China block Acme; then they are registered for Singapore, where Bolt is."""
    there = [REGISTRY[0], REGISTRY[1], {**REGISTRY[2], "jurisdiction": "SG"}, REGISTRY[4]]
    block = {"type": "blocked", "authority": "gacc", "companies": ["all"], "chips": ["all"], "report": REPORT}

    assert told([*there, block], {**REGISTRY[0], "jurisdiction": "SG"}) == ["acme", "bolt"]
