"""What docs/recording.md tells people to record can be recorded, and gives the statuses that the page says."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from policytracker.events.dates import span
from policytracker.events.forms import read_line
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from policytracker.questions.answers import GateState
from policytracker.questions.history import shipped_lines
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "recording.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```json\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
REGISTRY = BLOCKS[-1].splitlines()
LINES = [line for block in BLOCKS[:-1] for line in block.splitlines()]
ROWS = {
    cells[0]: cells[1:]
    for cells in (re.split(r" *\| *", row)[1:-1] for row in re.findall(r"^\| \d+ \|.*$", PAGE, re.M))
}
EVENTS: dict[str, dict[str, Any]] = {event["ref"][1:]: event for event in map(json.loads, LINES) if "ref" in event}
SHIPPED = {event.get("ref"): event for event in (json.loads(line.text) for line in shipped_lines())}
LATE = span("2026-03-20").last
GIVING = sorted((number for number, cells in ROWS.items() if len(cells) == 4 and "`" in cells[2]), key=int)


def appended(path: Path, lines: Iterable[str]) -> int:
    """How many events a new ledger has, made of these lines; each is refused or appended."""
    with Store.create(path) as store:
        return append_lines(
            store, [Line("recording.md", at, text.encode()) for at, text in enumerate(lines, 1)]
        ).appended


def gates_of(path: Path, lines: Iterable[str], chip: str | None = None, day: int = LATE) -> dict[str, list[GateState]]:
    """The gates of every Chinese company for its cells, in a ledger of the registry and these lines."""
    appended(path, [*REGISTRY, *lines])
    found: dict[str, list[GateState]] = {}
    with Reader(path, day) as reader:
        for state in states(reader, Clocks(day, None), None, chip):
            if state["company"] != "foxtrot":
                found.setdefault(state["company"], []).extend(state["gates"])
    return found


def floor(event: dict[str, Any], kind: str) -> str:
    """A claim for everybody, from long before."""
    report = {"publisher": "Example Daily", "published": "2020-01-01", "attribution": "official"}
    said = {"authority": event["authority"], "companies": ["all"], "chips": ["all"], "report": report}
    return json.dumps({"type": kind, "effective": "2020-01-01", **said})


def test_every_line_is_taken_after_the_registry_of_the_page(tmp_path: Path) -> None:
    assert appended(tmp_path / "page.ledger", [*REGISTRY, *LINES]) == len(REGISTRY) + len(LINES)


def test_every_row_has_its_line_of_the_type_that_it_names() -> None:
    """Some of the phrases of the trade press, and no line without its phrase."""
    assert len(ROWS) > 40
    assert set(ROWS) == {number for number in EVENTS if number.isdigit()}
    wrong = [number for number, cells in ROWS.items() if not cells[1].startswith(f"`{EVENTS[number]['type']}`")]
    assert wrong == []
    wrong = [
        number
        for number in ROWS
        if "kind" in EVENTS[number] and f"kind `{EVENTS[number]['kind']}`" not in ROWS[number][1]
    ]
    assert wrong == []


def test_the_events_of_the_history_that_rows_point_to_are_of_the_same_type() -> None:
    """The reader who looks one up finds what the row speaks of."""
    pointed = {number: cells[-1].strip("`") for number, cells in ROWS.items() if cells[-1].startswith("`")}

    assert len(pointed) > 40
    for number, ref in pointed.items():
        assert ref in SHIPPED, f"row {number}"
        for field in ("type", "kind", "review"):
            assert SHIPPED[ref].get(field) == EVENTS[number].get(field), f"row {number}: {field} of {ref}"


@pytest.mark.parametrize("number", GIVING)
def test_a_claim_gives_its_gate_the_status_that_its_row_names(tmp_path: Path, number: str) -> None:
    """Alone at its gate; where it only caps, over a clearance; where it holds only possibly, over a ban."""
    event = EVENTS[number]
    words, status = re.fullmatch(r"(.*)`(\w+)`", ROWS[number][2]).groups()  # type: ignore[union-attr]
    under = {"": [], "at most ": [floor(event, "cleared")], "possibly ": [floor(event, "prohibited")]}[words]
    day = max(LATE, span(event.get("effective", event["report"]["published"]).removeprefix("../")).last)
    gates = gates_of(tmp_path / "row.ledger", [*under, json.dumps(event)], day=day)

    own = "US/export" if event["authority"] == "bis" else "CN/import"
    found = [set(gate["possible"]) for of_one in gates.values() for gate in of_one if gate["gate"] == own]
    assert ({"prohibited", status} if words == "possibly " else {status}) in found


def test_the_letter_stands_until_it_is_lifted(tmp_path: Path) -> None:
    """What the page says of a later rule and a letter to one firm."""
    duty, letter, lifted = (
        next(line for line in LINES if mark in line)
        for mark in ('"ref": "rule-of-march"', '"ref": "letter-to-delta"', '"target": "letter-to-delta"')
    )

    standing = gates_of(tmp_path / "standing.ledger", [duty, letter], "x100")
    ended = gates_of(tmp_path / "ended.ledger", [duty, letter, lifted], "x100")

    assert [standing[company][0]["status"] for company in ("alfa", "delta")] == ["licensable", "pending"]
    assert [ended[company][0]["status"] for company in ("alfa", "delta")] == ["licensable", "licensable"]


def test_every_small_example_is_well_formed() -> None:
    """Cohorts, chips, dates, a basis: each within a claim that is read."""
    claim = {
        "type": "batch-approved",
        "quantity": {"min": 1000},
        "authority": "gacc",
        "companies": ["all"],
        "chips": ["all"],
        "report": json.loads(LINES[0])["report"],
    }
    read = 0
    for code in re.findall(r"`([^`\n]+)`", PAGE):
        if code.startswith('{"') and '"of"' in code:
            example = {"companies": json.loads(code)}
        elif code.startswith("[") and not code.startswith("[["):
            example = {"chips": json.loads(code)}
        elif re.fullmatch(r'"[\d./-]+"', code):
            example = {"effective": json.loads(code)}
        elif code.startswith('"'):
            example = json.loads(f"{{{code}}}")
        else:
            continue
        read_line(json.dumps({**claim, **example}).encode())
        read += 1
    assert read > 15
