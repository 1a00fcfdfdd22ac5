"""What events would change: the cells that are told are all the cells whose answer changes."""

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import span
from policytracker.projections.reading import all_entries
from policytracker.questions.books import Books
from policytracker.questions.dry_run import changes, views, views_of
from policytracker.status.entries import Entry
from policytracker.status.view import View
from policytracker.status.words import words
from tests import strategies
from tests.projections.test_read_models import ANY_LEDGER, CLOCK, DAY, recorded

DAYS = (*strategies.WINDOW, *strategies.AROUND)


def entries_of(ledger: list[dict[str, Any]]) -> list[Entry]:
    resolved = strategies.resolve(ledger)
    return [Entry(position, event["id"], event["recorded"], event) for position, event in enumerate(resolved, 1)]


def answers(view: View, day: int) -> dict[tuple[str, str], Any]:
    """Every registered cell with all that is told of it."""
    cells = product(view.directory.companies, view.directory.chips)
    found = ((pair, view.cell(*pair, day)) for pair in cells)
    return {
        pair: (
            words(cell.possible),
            {str(gate.gate): words(gate.possible) for gate in cell.gates},
            view.conditions(cell, day),
        )
        for pair, cell in found
    }


@given(data=st.data(), ledger=strategies.ledgers())
def test_no_cell_that_changes_is_left_out_and_none_is_named_that_does_not(
    data: st.DataObject, ledger: list[dict[str, Any]]
) -> None:
    """Some events are in the ledger, the others would come after them."""
    entries = entries_of(ledger)
    there = data.draw(st.integers(0, len(entries) - 1) | st.just(len(entries) - 1))
    day = span(data.draw(st.sampled_from(DAYS))).first
    before, after = View(entries[:there]), View(entries)

    told = list(changes(before, after, entries[there:], day))

    old, new = answers(before, day), answers(after, day)
    assert {(cell["company"], cell["chip"]) for cell in told} == {pair for pair in new if old.get(pair) != new[pair]}
    assert told == sorted(told, key=lambda cell: (cell["company"], cell["chip"]))
    for cell in told:
        pair = cell["company"], cell["chip"]
        assert (cell["after"]["possible"], cell["after"]["gates"], cell["after"]["conditions"]) == new[pair]
        assert (cell["before"] is None) == (pair not in old)


@given(ledger=strategies.ledgers())
def test_nothing_changes_where_nothing_is_added(ledger: list[dict[str, Any]]) -> None:
    entries = entries_of(ledger)
    view = View(entries)

    assert list(changes(view, view, (), span("2026-01-28").first)) == []


REGISTRY: list[dict[str, Any]] = [
    {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
    {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "CN", "parent": "acme"},
    {"type": "company-registered", "company": "coda", "name": "Coda", "jurisdiction": "CN", "parent": "bolt"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
]
REPORT = {"publisher": "Caixin", "published": "2026-01-01", "attribution": "official"}
ABROAD = {"type": "blocked", "authority": "gacc", "companies": ["hq:SG"], "chips": ["all"], "report": REPORT}


def told(there: list[dict[str, Any]], more: dict[str, Any]) -> list[str]:
    """The companies whose cells change when an event is added."""
    entries = entries_of([*there, more])
    found = changes(View(entries[:-1]), View(entries), entries[-1:], span("2026-02-01").first)
    return [cell["company"] for cell in found]


def test_a_company_that_moves_takes_its_descendants_along() -> None:
    """Customs block what belongs to Singapore. Acme moves there; Bolt and Coda, below it, stay in China."""
    moved = {**REGISTRY[1], "jurisdiction": "SG"}

    assert told([*REGISTRY, ABROAD], moved) == ["acme", "bolt", "coda"]


def test_a_parent_that_lets_go_of_a_company_changes_it_and_what_is_below_it() -> None:
    """Acme is of Singapore, so all three belong there; then Bolt is its own master, with Coda."""
    there = [*REGISTRY, ABROAD, {**REGISTRY[1], "jurisdiction": "SG"}]

    assert told(there, {key: value for key, value in REGISTRY[2].items() if key != "parent"}) == ["bolt", "coda"]


@settings(max_examples=60)
@given(ANY_LEDGER)
def test_an_event_that_reaches_few_cells_is_weighed_among_the_claims_on_them(ledger: list[dict[str, Any]]) -> None:
    """Of every event of a ledger that could be its last: what changes is what changes among all claims."""
    with recorded(ledger[:-1]) as path, Books(path, DAY) as books:
        resolved = strategies.resolve(ledger)
        ids = {each.fields.get("ref"): each.id for each in all_entries(books.connection)}
        last = dict(resolved[-1])
        if "target" in last:
            last["target"] = ids[ledger[-1]["target"]]
        entry = Entry(len(ledger), last["id"], CLOCK, last)
        found = changes(*views_of(books, entry), (entry,), DAY)
        assert list(found) == list(changes(*views(books, (entry,)), (entry,), DAY))
