"""Whatever Hypothesis makes up by the rules is imported whole, and kept as it was written."""

import json
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.forms import stored_fields
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import LedgerFile, Row
from policytracker.ledger.store import Store
from policytracker.testing import naive, strategies

Fields = dict[str, Any]

EXAMPLES = settings.get_profile(settings.get_current_profile_name()).max_examples // 2


def lines_of(ledger: list[Fields]) -> list[Line]:
    return [Line("ledger", place, json.dumps(event).encode()) for place, event in enumerate(ledger, start=1)]


def kept(ledger: list[Fields], parts: list[list[Line]]) -> list[Row]:
    """The rows of a ledger after these imports, one a microsecond."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.ledger"
        with Store.create(path) as store:
            for tick, part in enumerate(parts):
                append_lines(store, part, partial(naive.one_by_one, tick), "tester")
            again = append_lines(store, lines_of(ledger), lambda: naive.one_by_one(0), keep=len(ledger))
            repeatable = [event for event in ledger if event["type"] not in strategies.SUBJECTS]
            assert not {event.fields["type"] for event in again.kept} - set(strategies.SUBJECTS)
            assert again.repeated >= len(repeatable)
        with LedgerFile(path) as opened:
            return list(opened.rows())[: len(ledger)]


@settings(max_examples=EXAMPLES)
@given(strategies.ledgers())
def test_any_ledger_is_imported_whole_and_read_back_as_it_was_written(ledger: list[Fields]) -> None:
    """And once more: only registrations that are no longer the current ones count as new."""
    rows = kept(ledger, [lines_of(ledger)])

    found = [stored_fields(row.topic, row.state) | {"id": row.id, "recorded": row.recorded} for row in rows]
    assert found == naive.resolve(ledger, ids=[row.id for row in rows], clock=lambda _: naive.one_by_one(0))


@settings(max_examples=EXAMPLES // 2)
@given(st.data(), strategies.ledgers())
def test_it_makes_no_difference_in_how_many_imports_a_ledger_is_recorded(
    data: st.DataObject, ledger: list[Fields]
) -> None:
    """The same ids in the same places; only the recorded times differ, and the seals with them."""
    lines = lines_of(ledger)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(lines) - 1), max_size=4)))
    ends = zip([0, *cuts], [*cuts, len(lines)], strict=True)
    parts = [lines[start:end] for start, end in ends]

    in_parts = kept(ledger, parts)

    whole = kept(ledger, [lines])
    assert [row._replace(recorded=0, leaf=b"") for row in in_parts] == [
        row._replace(recorded=0, leaf=b"") for row in whole
    ]
    assert [row.recorded for row in in_parts] == [
        naive.one_by_one(tick) for tick, part in enumerate(parts) for _ in part
    ]
