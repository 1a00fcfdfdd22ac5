"""A report file that ``export --toml`` writes: an import of it records the same."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.authoring.files import ImportFiles
from policytracker.authoring.writing import report_file
from policytracker.ledger.appending import append_lines
from policytracker.ledger.store import Store
from policytracker.questions.log import exported
from policytracker.questions.reader import Reader
from policytracker.testing import strategies
from tests.demo import ask
from tests.questions.recorded import CLOCK, TODAY, recorded


@contextmanager
def imported(text: str) -> Iterator[Reader]:
    """The reader of a new ledger into which a report file was imported."""
    folder = Path(mkdtemp())
    path = folder / "new.ledger"
    (folder / "report.toml").write_text(text, encoding="utf-8")
    Store.create(path).close()
    with ImportFiles([str(folder / "report.toml")], lambda: Reader(path, TODAY)) as lines, Store(path) as store:
        append_lines(store, lines, clock=lambda: CLOCK, recorder="tester")
    with Reader(path, TODAY) as reader:
        yield reader


def events_of(reader: Reader) -> list[dict[str, Any]]:
    return [{name: value for name, value in event.items() if name != "recorded"} for event in exported(reader)]


def text_of(events: Sequence[Any]) -> str:
    return "\n".join(report_file(events))


@settings(max_examples=40, deadline=None)
@given(strategies.ledgers())
def test_an_exported_report_file_imports_as_the_same_events_with_their_ids_in_their_order(
    ledger: list[dict[str, Any]],
) -> None:
    with recorded(ledger) as reader:
        first = events_of(reader)
    with imported(text_of(first)) as again:
        assert events_of(again) == first


def test_the_shipped_history_goes_out_as_a_report_file_and_comes_back(demo: Path, tmp_path: Path) -> None:
    """Into a new ledger every event; into the ledger that it is from none."""
    path, other = tmp_path / "all.toml", tmp_path / "other.ledger"
    assert ask(demo, "export", "--toml", "-o", str(path)).exit_code == 0
    assert ask(demo, "export", "--toml").stdout == path.read_text(encoding="utf-8")
    assert ask(other, "init").exit_code == 0

    assert ask(demo, "import", str(path), "--dry-run").stdout.startswith("0 events would be appended, ")
    assert ask(other, "import", str(path)).exit_code == 0
    with Reader(demo, TODAY) as one, Reader(other, TODAY) as two:
        assert events_of(two) == events_of(one)


def test_events_that_share_a_report_share_a_block_and_keep_their_own_quote() -> None:
    report = {"publisher": "FT", "published": "2026-02-03T01:30Z", "summary": "Both"}
    events = [
        {"type": "disputed", "target": "a", "report": {**report, "quote": "one"}},
        {"type": "lifted", "target": "b", "effective": "2026-02", "report": report},
        {"type": "retracted", "target": "c"},
        {"type": "lifted", "target": "d", "report": report},
    ]

    assert text_of(events) == (
        '[[report]]\npublisher = "FT"\npublished = 2026-02-03T01:30:00Z\nsummary = "Both"\n\n'
        '[[report.event]]\ntype = "disputed"\ntarget = "a"\nquote = "one"\n\n'
        '[[report.event]]\ntype = "lifted"\ntarget = "b"\neffective = "2026-02"\n\n'
        '[[event]]\ntype = "retracted"\ntarget = "c"\n\n'
        '[[report]]\npublisher = "FT"\npublished = 2026-02-03T01:30:00Z\nsummary = "Both"\n\n'
        '[[report.event]]\ntype = "lifted"\ntarget = "d"\n'
    )


def test_a_registration_that_lost_a_field_comes_back_without_it() -> None:
    """TOML has no null: ``without`` names the field."""
    acme = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    chip = {"type": "chip-registered", "chip": "x", "name": "X", "vendor": "V", "controlled_by": ["US"]}
    mended = {"type": "corrected", "target": "order", "changes": {"effective": None, "basis": None}}
    order = {
        "type": "orders-reported",
        "ref": "order",
        "companies": ["acme"],
        "chips": ["x"],
        "basis": "added",
        "quantity": {"min": 1},
        "effective": "2026-01",
        "report": {"publisher": "FT", "published": "2026-02-01"},
    }
    with recorded([{**acme, "aliases": ["Ace"]}, {**acme, "aliases": None}, chip, order, mended]) as reader:
        first = events_of(reader)

    text = text_of(first)

    assert text.count('without = ["aliases"]') == 1
    assert tomllib.loads(text)["event"][-1]["without"] == ["effective", "basis"]
    with imported(text) as again:
        assert events_of(again) == first


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MARKS = ('"""', "'''", "[[event]]\n", "\n[[event]]", "\\", "#", "{", "]")
pieces = st.lists(texts | st.sampled_from(MARKS)).map("".join)


@given(st.dictionaries(texts, pieces, min_size=1, max_size=4), st.lists(pieces, max_size=9))
def test_any_text_is_written_so_that_it_reads_back_the_same(conditions: dict[str, str], aliases: list[str]) -> None:
    event = {"type": "x", "conditions": conditions, "aliases": aliases, "range": {"min": 0.5, "max": 7}, "is": True}

    text = text_of([event, {"type": "y"}])

    assert tomllib.loads(text)["event"] == [event, {"type": "y"}]
    assert text.replace("\n", "").isprintable()
    assert json.loads(json.dumps(tomllib.loads(text))) == tomllib.loads(text)
