"""2026 once more: the shipped history is recorded day by day, and a watch runs each day, killed now and then.

What it told is what changed: each event once, and each turn of an answer once.
"""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from policytracker.alerts.watch_file import read_watch_file
from policytracker.events.dates import day_of, iso, moment, span
from policytracker.ledger.appending import append_lines
from policytracker.ledger.store import Store
from policytracker.questions.all_cells import all_cells
from policytracker.questions.changed_since import Mark, changed_since
from policytracker.questions.in_words import InWords
from policytracker.questions.news import KINDS
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sentences.changes import turn
from policytracker.questions.sentences.dates import day_in_words
from policytracker.questions.watched import narrowed
from policytracker.status.words import words
from tests.alerts.receivers import Receiver, webhook
from tests.alerts.running import Watching, noon, watching
from tests.alerts.work import NEVER, killed_at
from tests.faults.counted import Count
from tests.ledger.ground import lines_from
from tests.shipped import shipped
from tests.soak import often

Event = dict[str, Any]
YEAR, END = span("2026-01-01").first, span("2026-10-12").first
CELL = ("tencent", "h200")
KINDS_OF_ALL = often(
    short='kinds = ["restrictions", "licences", "ends", "signals", "disputes", "reports", "developments"]\n', long=""
)
"""The comparison of all cells on all days takes minutes."""
NOT_TOLD = often(short=("orders-reported", "shipped", "condition-imposed", "conditions-met"), long=())
TOLD = {kind for _, kinds in KINDS.values() for kind in kinds if kind not in NOT_TOLD}


class Day(NamedTuple):
    """What is recorded on a day, and how far the ledger goes then."""

    day: int
    events: list[Event]
    position: int


def days() -> Iterator[Day]:
    """First all that was published before 2026, on its last day; then each day on which something was."""
    by_day: dict[int, list[Event]] = {}
    when: dict[str, int] = {}
    for event in shipped():
        published = day_of(moment(event["report"]["published"])) if event.get("report") else 0
        # What is about another event is recorded after it, whatever its report says.
        after = max((when.get(event.get(field, ""), 0) for field in ("target", "about")), default=0)
        day = min(END, max(published, after, YEAR - 1))
        when[event.get("ref", "")] = day
        by_day.setdefault(day, []).append(event)
    position = 0
    for day in sorted(by_day):
        position += len(by_day[day])
        yield Day(day, by_day[day], position)


def record(ledger: Path, day: Day) -> None:
    """Record the events of a day, at its noon."""
    with Store(ledger) as store:
        assert append_lines(store, lines_from(day.events), lambda: noon(day.day), "mia").appended == len(day.events)


def run_days(all_days: list[Day]) -> list[int]:
    """The days on which the watches run: those on which something is recorded, some others, the last one."""
    return sorted({*(each.day for each in all_days), *range(YEAR, END, often(short=30, long=1)), END})


def replay(watches: list[Watching], all_days: list[Day], chance: Random) -> int:
    """Run the watches through the year, and kill some runs; the number of kills."""
    recorded = {each.day: each for each in all_days[1:]}
    kills = 0
    for day in run_days(all_days)[1:]:
        if day in recorded:
            record(watches[0].ledger, recorded[day])  # type: ignore[arg-type]
        for watch, killed in zip(watches, often(short=(0.1, 0.4), long=(1.0, 1.0)), strict=True):
            if day in recorded and chance.random() < killed:
                kills += killed_at(watch, noon(day), chance.randint(1, 6))
                kills += killed_at(watch, noon(day), chance.randint(1, 6))
            watch.run(noon(day))
    return kills


def entries(receiver: Receiver) -> list[tuple[str, Event]]:
    """All that was told to one who heeds the keys, with its kind."""
    return [
        (part["kind"], entry) for message in receiver.messages for part in message["parts"] for entry in part["entries"]
    ]


@pytest.mark.files
def test_a_watch_tells_each_change_of_2026_once_however_often_its_runs_are_killed(
    tmp_path: Path, counted: Count
) -> None:
    """Two watches, one of everything and one of Tencent's H200, from January to October."""
    ledger, all_days = tmp_path / "2026.ledger", list(days())
    Store.create(ledger).close()
    record(ledger, all_days[0])
    with webhook() as everything, webhook() as cell:
        texts = {
            "everything": f'{KINDS_OF_ALL}[webhook]\nurl = "{everything.url}"',
            "cell": f'companies = ["Tencent"]\nchips = ["H200"]\n[webhook]\nurl = "{cell.url}"',
        }
        watches = []
        for name, text in texts.items():
            folder = tmp_path / name
            folder.mkdir()
            watches.append(watching(ledger, folder, text))
            assert not killed_at(watches[-1], noon(YEAR - 1), NEVER)
        kills = replay(watches, all_days, Random("2026"))
        assert kills > 15
        counted("kills of runs of a watch, in a replay of 2026", kills)
        counted("requests to a webhook in that replay", len(everything.heard) + len(cell.heard))
        counted("messages of which it heard each once, by their keys", len(everything.taken) + len(cell.taken))
        _check_events(ledger, all_days, everything)
        _check_answers(ledger, all_days, cell)
        # One long run tells the same events.
        for watch, receiver in zip(watches, (everything, cell), strict=True):
            with Reader(ledger, END) as reader:
                watched = narrowed(reader.directory, read_watch_file(watch.file).watched)
                once = changed_since(reader, Mark(all_days[0].position, YEAR - 1), END, watched)
            long = Counter(entry["event"]["id"] for part in once for entry in part["entries"] if entry["event"])
            assert long == Counter(entry["event"]["id"] for _, entry in entries(receiver) if entry["event"])
            assert set(long.values()) == {1}


def _check_events(ledger: Path, all_days: list[Day], receiver: Receiver) -> None:
    """Each event that is news was told once, and nothing is left to tell."""
    told = Counter(entry["event"]["ref"] for _, entry in entries(receiver) if entry["event"])
    news = [event["ref"] for day in all_days[1:] for event in day.events if event["type"] in TOLD]
    assert len(news) > often(short=60, long=90)
    assert told == Counter(news)
    for kind, entry in entries(receiver):
        assert entry["event"] or entry["by"] or kind in ("answers", "scheduled"), "each with its source"


def _check_answers(ledger: Path, all_days: list[Day], receiver: Receiver) -> None:
    """Each turn of the answer for Tencent's H200 was told once, in order, from its first answer to its last."""
    told = [
        entry["sentence"]
        for kind, entry in entries(receiver)
        if kind in ("answers", "scheduled")
        and ("from “" in entry["sentence"] or " as before, now " in entry["sentence"])
    ]
    instants = {each.day: noon(each.day) for each in all_days}
    expected: list[str] = []
    with Reader(ledger, END) as reader:
        naming = InWords(reader, Clocks(END)).names
        whom = f"{naming.company(CELL[0])}, {naming.chip(CELL[1])}"
        last = instants[YEAR - 1]
        before = all_cells(reader, Clocks(YEAR - 1, None, last))[CELL]
        for day, next_day in pairwise(run_days(all_days)):
            # What was recorded goes first, on the day of the run before; then the days pass.
            last = instants.get(next_day, last)
            for at in range(day, next_day + 1):
                found = all_cells(reader, Clocks(at, None, last))[CELL]
                dated = f"{day_in_words(iso(at))}: " if at > day else ""
                if found != before:
                    expected.append(f"{dated}{whom}: {turn(words(before), words(found))}.")
                before = found
    assert len(expected) >= 8
    assert told == expected


def test_the_replay_records_the_whole_history(tmp_path: Path) -> None:
    """And no other."""
    found = [json.dumps(event) for day in days() for event in day.events]
    assert sorted(found) == sorted(json.dumps(event) for event in shipped())
