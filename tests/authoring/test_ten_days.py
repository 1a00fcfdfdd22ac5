"""The news of 20 to 30 January 2026, recorded from a report file: how much has to be typed, and what is answered."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policytracker.authoring.writing import report_file
from policytracker.events.dates import first_day, iso, span
from policytracker.questions.quantities import quantities
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from tests.cli.recording import ask, say
from tests.shipped import shipped

FILE = Path(__file__).resolve().parent.parent / "data" / "january-2026.toml"
FIRST, LAST = span("2026-01-20").first, span("2026-01-30").first
TODAY = span("2026-11-29").first
LEFT_OUT = ("url", "archived", "summary")
"""What the file leaves out of a report, beside the notes: no answer of a status, an amount or a condition needs it."""
Event = dict[str, Any]


def published(event: Event) -> int | None:
    report = event.get("report")
    return None if report is None else first_day(report["published"])


def of_ten_days() -> list[Event]:
    """The events of the shipped history that were reported on these days."""
    return [event for event in shipped() if FIRST <= (published(event) or 0) <= LAST]


def lines_of(events: list[Event]) -> str:
    """As the shipped history has them."""
    return "".join(f"{json.dumps(event, ensure_ascii=False)}\n" for event in events)


def before() -> list[Event]:
    """What was reported before, and the registry: without it nobody could answer for these days."""
    found: list[Event] = []
    for event in shipped():
        aim = event.get("target") or event.get("about")
        if (published(event) or 0) < FIRST and (aim is None or any(each.get("ref") == aim for each in found)):
            found.append(event)
    return found


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger, into which the registry, what was reported before, and the report file are imported."""
    folder = tmp_path_factory.mktemp("anew")
    ledger, lines = folder / "anew.ledger", folder / "before.jsonl"
    lines.write_text(lines_of(before()), encoding="utf-8")
    say(ledger, "init")
    say(ledger, "import", str(lines))
    assert say(ledger, "import", str(FILE)) == f"{len(of_ten_days())} events appended, 0 were recorded already\n"
    return ledger


def test_the_report_file_has_under_half_the_characters_of_the_json_lines() -> None:
    typed, shipped_so = len(FILE.read_text(encoding="utf-8")), len(lines_of(of_ten_days()))

    assert 2 * typed < shipped_so, (typed, shipped_so)


def test_the_report_file_names_companies_and_chips_and_has_no_id_of_them() -> None:
    text = FILE.read_text(encoding="utf-8")

    for name in ("company", "chip", "authority", "group"):
        for each in shipped():
            if each["type"] in (f"{name}-registered", f"{name}-defined") and each[name] != "all":
                assert f'"{each[name]}"' not in text


def answers(reader: Reader) -> Iterator[tuple[str, str]]:
    """Each day as it was known at its end: every cell, then every amount, with refs in place of ids."""
    refs = dict(reader.connection.execute("SELECT id, ref FROM entries WHERE ref IS NOT NULL").fetchall())
    for day in range(FIRST, LAST + 1):
        clocks = Clocks(day, 2 * 86_400 * (day + 1) - 1)
        told = json.dumps([list(states(reader, clocks, None, None)), quantities(reader, clocks)])
        for event, ref in refs.items():
            told = told.replace(event, ref)
        yield iso(day), told


def test_every_cell_and_every_amount_is_answered_day_by_day_as_from_the_shipped_history(anew: Path, demo: Path) -> None:
    with Reader(anew, TODAY) as one, Reader(demo, TODAY) as other:
        for (day, told), (_, expected) in zip(answers(one), answers(other), strict=True):
            assert told == expected, day


def test_the_events_are_those_of_the_shipped_history_but_for_what_is_left_out(anew: Path) -> None:
    def without(event: Event) -> Event:
        report = {name: value for name, value in event["report"].items() if name not in LEFT_OUT}
        kept = {name: value for name, value in event.items() if name not in ("note", "id", "recorded")}
        return {**kept, "report": report}

    count = len(of_ten_days())
    lines = say(anew, "export").splitlines()[-count:]
    refs = {event["id"]: event["ref"] for event in map(json.loads, lines)}
    named = [
        {**event, "about": refs[event["about"]]} if "about" in event else event for event in map(json.loads, lines)
    ]

    assert sorted(map(without, named), key=by_ref) == sorted(map(without, of_ten_days()), key=by_ref)


def test_with_every_note_and_address_the_same_ids_come_out_of_a_file_that_cannot_be_half_as_long(
    demo: Path, tmp_path: Path
) -> None:
    """The texts alone, each counted once in all, are more than half of the JSON Lines: no form could halve them."""
    events = of_ten_days()
    path = tmp_path / "whole.toml"
    path.write_text("\n".join(report_file(events)), encoding="utf-8")

    assert ask(demo, "import", str(path)).stdout == f"0 events appended, {len(events)} were recorded already\n"
    texts = {text for event in events for text in texts_of(event)}
    assert sum(map(len, texts)) * 2 > len(lines_of(events)) > len(path.read_text(encoding="utf-8"))


def by_ref(event: Event) -> str:
    return str(event["ref"])


def texts_of(value: Any) -> Iterator[str]:
    """All texts in an event."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, str):
        yield value
