"""The doors of a ledger, one function each: all calls of the code under test stand here, and give plain values back.

A ledger is asked through the functions from which the command line prints, and through the pages that the server
answers. A cell is a pair of ids, a moment or a day is a text, and no rule of the semantics stands here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from policytracker.events.dates import iso, moment, moment_text, span
from policytracker.keeping.verify import damage
from policytracker.ledger import clock
from policytracker.projections.catching_up import rebuild
from policytracker.questions.as_known_then import as_known_then
from policytracker.questions.check import answers as check
from policytracker.questions.diff import Points, diff
from policytracker.questions.differences import differences
from policytracker.questions.explorer_data import explorer_data as data_of
from policytracker.questions.groups import Group
from policytracker.questions.matrix import matrix
from policytracker.questions.pairs import AskedPair
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.scheduled import scheduled
from policytracker.questions.state import states
from policytracker.questions.timeline import over_days, over_knowledge
from policytracker.questions.why import why
from policytracker.status.words import words
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.agreement.reading import Pair, Point, in_order
from tests.questions.recorded import TODAY
from tests.questions.test_explorer_data import read

Told = dict[str, Any]
Change = tuple[Sequence[str], Sequence[str]]
"""The possible statuses of a cell before and after."""
TODAY_TEXT = iso(TODAY)
MOST_STEPS = 1_000


@contextmanager
def opened(ledger: Path) -> Iterator[Reader]:
    """A ledger file, brought up to date and opened for questions."""
    with Reader(ledger, TODAY) as reader:
        yield reader


def rebuilt(ledger: Path) -> None:
    """Make the read models of a ledger anew."""
    rebuild(ledger, TODAY)


def clocks(point: Point) -> Clocks:
    """A point as questions take it."""
    known = None if point.known is None else moment(point.known)
    return Clocks(span(point.at).first, known, point.recorded)


def state_of_one(reader: Reader, point: Point, pair: Pair) -> Told:
    """``state COMPANY CHIP --json``."""
    (found,) = states(reader, clocks(point), *pair)
    return sorted_conditions(found)


def state_of_all(reader: Reader, point: Point) -> list[Told]:
    """``state --json``."""
    return [sorted_conditions(each) for each in states(reader, clocks(point), None, None)]


def check_of(reader: Reader, point: Point, pair: Pair) -> Told:
    """``check COMPANY CHIP --json``."""
    (found,) = check(reader, [AskedPair(*pair, clocks(point))])
    return sorted_conditions(found)


def sorted_conditions(state: Mapping[str, Any]) -> Told:
    """A cell with its conditions by gate, claim and key."""
    return {**state, "conditions": in_order(state["conditions"])}


def matrix_of(reader: Reader, point: Point) -> dict[Pair, tuple[str, Sequence[str]]]:
    """``matrix --json``: the text of each cell, and the possible statuses that it was made from."""
    found = matrix(reader, clocks(point), [], [])
    return {
        (row["company"], chip): (text, words(found.possible[row["company"], chip]))
        for row in found.rows()
        for chip, text in row["cells"].items()
    }


def timeline_of(reader: Reader, point: Point, pair: Pair | None) -> list[Told]:
    """``timeline --json`` over days, of one cell or of all."""
    return [dict(each) for each in over_days(reader, clocks(point), *(pair or (None, None)))]


def knowledge_of(reader: Reader, point: Point, pair: Pair | None) -> list[Told]:
    """``timeline --knowledge --json``, of one cell or of all."""
    return [dict(each) for each in over_knowledge(reader, clocks(point), *(pair or (None, None)))]


def diff_of(reader: Reader, here: Point, there: Point, pair: Pair | None) -> list[Told]:
    """``diff --only status --json`` from one point to another, of one cell or of all; both as recorded at the first."""
    start, end = clocks(here), clocks(there)
    points = Points(start.at, start.known, end.at, end.known)
    return [dict(each) for each in diff(reader, points, start.recorded, *(pair or (None, None)))]


def differences_of(reader: Reader, here: Point, there: Point, pair: Pair | None) -> list[Told]:
    """``diff --json`` from one point to another, of one cell or of all; both as recorded at the first."""
    start, end = clocks(here), clocks(there)
    points = Points(start.at, start.known, end.at, end.known)
    return [dict(each) for each in differences(reader, points, start.recorded, *(pair or (None, None)))]


def why_of(reader: Reader, point: Point, pair: Pair) -> list[Told]:
    """``why COMPANY CHIP --json``."""
    return [dict(each) for each in why(reader, clocks(point), *pair)]


def import_status(reader: Reader) -> list[Told]:
    """The table ``import_status``."""
    found = reader.connection.execute("SELECT * FROM import_status ORDER BY company, chip")
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found]


def feed_of(reader: Reader, point: Point) -> list[tuple[str, str, dict[Pair, Change]]]:
    """The feed of changes, the oldest first: ``world`` and a day, or ``knowledge`` and a moment; and the changes."""
    steps = list(as_known_then(reader, clocks(point), None, None, MOST_STEPS))
    return [
        (step.changed, iso(step.when) if step.changed == "world" else moment_text(step.when), changes(step.groups))
        for step in reversed(steps)
    ]


def scheduled_of(reader: Reader, point: Point) -> list[tuple[str, dict[Pair, Change]]]:
    """The changes on days to come: the day, and the changes."""
    return [(iso(each.day), changes(each.groups)) for each in scheduled(reader, clocks(point), None, None)]


def changes(groups: list[Group]) -> dict[Pair, Change]:
    """The cells of some groups, each with its change."""
    return {pair: (group.step["from_possible"], group.step["to_possible"]) for group in groups for pair in group.cells}


def explorer_data(reader: Reader, recorded: int | None) -> Told:
    """The data of the explorer, as they arrive: through JSON."""
    found: Told = json.loads(json.dumps(data_of(reader, Clocks(TODAY, None, recorded))))
    return found


def explorer_of(data: Told, point: Point) -> list[Told]:
    """Every cell that the data of the explorer tell at a point, by nothing but looking up."""
    asked = clocks(point)
    return [sorted_conditions(each) for each in read(data, asked.at, asked.known)]


@contextmanager
def served(ledger: Path) -> Iterator[TestClient]:
    """The pages of a ledger, served within this process."""
    with TestClient(application(Opened(ledger, lambda: TODAY)), base_url="http://127.0.0.1") as client:
        yield client


def query(point: Point) -> dict[str, str]:
    """A point as it stands in an address."""
    known = {} if point.known is None else {"known": point.known}
    recorded = {} if point.recorded is None else {"recorded": clock.text(point.recorded).replace(".000000", "")}
    return {"at": point.at, **known, **recorded}


def board_page(client: TestClient, point: Point) -> dict[Pair, str]:
    """``/board.json``."""
    rows = got(client, "/board.json", query(point))
    return {(row["company"], chip): text for row in rows for chip, text in row["cells"].items()}


def cell_page(client: TestClient, point: Point, pair: Pair) -> Told:
    """``/cell/COMPANY/CHIP.json``."""
    found: Told = got(client, f"/cell/{pair[0]}/{pair[1]}.json", query(point))
    return {**found, "state": sorted_conditions(found["state"])}


def changes_page(client: TestClient, here: Point, there: Point) -> list[Told]:
    """``/changes.json`` from one point to another; the dates of the second are told in full."""
    to_known = {} if there.known is None else {"to_known": there.known}
    found: list[Told] = got(client, "/changes.json", {**query(here), "to_at": there.at, **to_known})
    return found


def got(client: TestClient, path: str, asked: Mapping[str, str]) -> Any:
    """The JSON at an address. Raises AssertionError where it is no page."""
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, f"{path} {asked}: {answer.status_code} {answer.text[:300]}"
    return answer.json()


def damage_of(ledger: Path) -> list[str]:
    """``verify``: what is wrong with a ledger and its read models."""
    return [found.what for found in damage(ledger)]
