"""The Entity-List shape: a claim for each company, few chips, and nothing that an import refuses or warns of."""

from collections import Counter
from contextlib import closing
from pathlib import Path

from benchmarks.large.entity_list import COMPANIES, EntityList
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.questions.pointed_out import of_recorded
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from tests.projections.test_read_models import DAY


def test_each_company_is_named_by_one_claim() -> None:
    """3,490 companies, 40 chips; two claims name nobody."""
    listed = EntityList()
    made = list(listed.events())

    assert len(made) == listed.size
    assert Counter(event["type"] for event in made) == {
        "authority-registered": 2,
        "company-registered": COMPANIES,
        "chip-registered": 40,
        "cleared": 2,
        "licence-required": COMPANIES,
    }
    named = [event["companies"][0] for event in made if event["type"] == "licence-required"]
    assert sorted(named) == sorted(event["company"] for event in made if event["type"] == "company-registered")


def test_a_seed_gives_the_same_lines_and_another_seed_others() -> None:
    first, again, other = (list(EntityList(50, 3).lines(seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_it_is_imported_without_a_word_of_warning_and_decides_its_cells(tmp_path: Path) -> None:
    """30 companies and 3 chips: a presumption of denial forbids; by case-by-case review a licence may be granted."""
    listed, ledger = EntityList(30, 3), tmp_path / "listed.ledger"
    made = [Line("listed.jsonl", number, text) for number, text in enumerate(listed.lines(), start=1)]
    with Store.create(ledger) as store:
        assert append_lines(store, made).appended == listed.size

    with closing(open_ledger(ledger)) as source:
        assert source.head().position == listed.size
    with Reader(ledger, DAY) as reader:
        told = [(each.warnings, each.alike) for each in of_recorded(reader, DAY, 1)]
        assert told == [([], [])] * listed.size
        found = Counter(cell["status"] for cell in states(reader, Clocks(DAY), None, None))
    assert set(found) == {"prohibited", "licensable"}
    assert sum(found.values()) == 90
