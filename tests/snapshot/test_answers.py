"""A snapshot of the shipped history: its tables hold what the other commands answer."""

import csv
from pathlib import Path
from typing import Any

import pytest

from policytracker.questions.flattening import flat
from policytracker.snapshot.schema import APPLICATION_ID, FORMAT, TABLES
from policytracker.snapshot.views import VIEWS
from tests.demo import ask, rows
from tests.demo import demo as demo
from tests.snapshot.ground import select

MORNING = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
LATER = ("--at", "2026-09-01")
POINTS = [MORNING, LATER]


@pytest.fixture(scope="module", params=POINTS, ids=" ".join)
def point(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """A point of the clocks, as options."""
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture(scope="module")
def written(demo: Path, point: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot of the shipped history at that point."""
    path = tmp_path_factory.mktemp("snapshot") / "tracker.db"
    found = ask(demo, "export", "sqlite", str(path), *point)
    assert (found.exit_code, found.stdout) == (0, ""), found.output
    return path


def of_csv(demo: Path, *question: str) -> list[dict[str, str]]:
    return list(csv.DictReader(ask(demo, *question, "--csv").stdout.splitlines()))


def as_csv(row: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in row.items()}


def test_the_statuses_are_those_of_state_for_every_cell(demo: Path, point: tuple[str, ...], written: Path) -> None:
    """Column by column, in the order of ``state --csv``."""
    found = [as_csv(row) for row in select(written, "SELECT * FROM statuses")]
    wanted = of_csv(demo, "state", *point)
    assert len(found) == len(wanted) > 1_000
    shared = [name for name in TABLES["statuses"].columns if name not in ("recorded", "launched")]
    assert [{name: row[name] for name in shared} for row in found] == [
        {name: row[name] for name in shared} for row in wanted
    ]
    assert [row["launched"] for row in found] == [str(int(row["launched"] == "true")) for row in wanted]
    assert {row["recorded"] for row in found} == {""}


def test_gates_conditions_and_what_is_left_are_those_of_state(
    demo: Path, point: tuple[str, ...], written: Path
) -> None:
    """With the claims by their places in the ledger."""
    places = {row["id"]: row["position"] for row in rows(demo, "log")}
    cells = rows(demo, "state", *point)
    gates = {
        (cell["company"], cell["chip"], gate["gate"]): (gate["status"], flat(gate["possible"]), gate["last_word"])
        for cell in cells
        for gate in cell["gates"]
    }
    found = select(written, "SELECT * FROM gates")
    assert {(r["company"], r["chip"], r["gate"]): (r["status"], r["possible"], r["last_word"]) for r in found} == gates
    standing = {
        (cell["company"], cell["chip"], gate["gate"], places[claim])
        for cell in cells
        for gate in cell["gates"]
        for claim in gate["claims"]
    }
    assert {tuple(row.values()) for row in select(written, "SELECT * FROM gate_claims")} == standing != set()
    conditions = {
        (cell["company"], cell["chip"], each["gate"], places[each["claim"]], each["key"], each["binds"])
        for cell in cells
        for each in cell["conditions"]
    }
    query = "SELECT company, chip, gate, claim, key, binds FROM conditions"
    assert {tuple(row.values()) for row in select(written, query)} == conditions != set()
    left = [
        (cell["company"], cell["chip"], places[each["claim"]], each["min"], each["max"], each["unit"], each["used_up"])
        for cell in cells
        for each in cell["left"] or ()
    ]
    assert [tuple(row.values()) for row in select(written, "SELECT * FROM left_of_approvals")] == left


def test_the_intervals_are_those_of_the_timelines(demo: Path, point: tuple[str, ...], written: Path) -> None:
    """Of every cell, in their order."""
    wanted = rows(demo, "timeline", "--all", *(point[2:] if "--known" in point else ()))
    query = "SELECT company, chip, from_day, to_day, status, possible, limited_by FROM intervals ORDER BY 1, 2, number"
    found = [tuple(row.values()) for row in select(written, query)]
    names = ("company", "chip", "from", "to", "status", "possible", "limited_by")
    assert found == [tuple(flat(row[n]) if isinstance(row[n], list) else row[n] for n in names) for row in wanted]
    counted = select(written, "SELECT count(*) AS number FROM interval_claims")
    assert counted == [{"number": sum(len(row["claims"]) for row in wanted)}]


def test_the_claims_in_force_are_those_of_claims_with_their_reports(
    demo: Path, point: tuple[str, ...], written: Path
) -> None:
    """Each report once, however many claims rest on it."""
    wanted = rows(demo, "claims", *point)
    found = select(written, "SELECT * FROM claims_in_force ORDER BY position")
    assert [(row["id"], row["in_force"], row["counts"], row["authority"]) for row in found] == [
        (row["id"], row["in_force"], row["counts"], row["authority"]) for row in wanted
    ]
    assert all(row["scope"] and row["says"] and row["gate"] for row in found)
    query = (
        "SELECT r.publisher, r.published, r.url FROM claim_reports c JOIN reports r ON r.id = c.report JOIN claims l"
    )
    for row in wanted:
        its = select(written, f"{query} ON l.position = c.claim WHERE c.event = l.id AND l.id = '{row['id']}'")
        own = row["report"]
        assert its == [{"publisher": own["publisher"], "published": own["published"], "url": own.get("url")}]
    once_each = "SELECT count(*) AS all_of, count(DISTINCT name || ifnull(title, '') || ifnull(url, '')) AS different"
    (counts,) = select(written, f"{once_each} FROM reports")
    assert len(select(written, "SELECT * FROM claim_reports")) > counts["all_of"] >= counts["different"]


def test_the_quantities_are_those_of_quantities(demo: Path, point: tuple[str, ...], written: Path) -> None:
    """With the figures of which each is made."""
    wanted = rows(demo, "quantities", *point)
    names = ("chip", "kind", "gate", "companies", "min", "max", "unit", "per", "wording")
    found = select(written, "SELECT * FROM quantities ORDER BY id")
    assert [[row[name] for name in names] for row in found] == [[row[name] for name in names] for row in wanted]
    figures = select(written, "SELECT event FROM quantity_figures ORDER BY quantity, rowid")
    assert [row["event"] for row in figures] == [each["event"] for row in wanted for each in row["figures"]]


def test_the_lists_are_those_of_the_registry(demo: Path, point: tuple[str, ...], written: Path) -> None:
    """Companies, chips and authorities; texts and lists as CSV has them."""
    for table, key in (("companies", "company"), ("chips", "chip"), ("authorities", "authority")):
        wanted = of_csv(demo, table, *point)
        found = [as_csv(row) for row in select(written, f"SELECT * FROM {table} ORDER BY {key}")]
        shared = [name for name in found[0] if name != "is_launched"]
        assert [{name: row[name] for name in shared} for row in found] == [
            {name: row[name] for name in shared} for row in wanted
        ]


def test_every_reference_leads_to_a_row(written: Path) -> None:
    """SQLite finds no fault, and every table but the first two refers to another or is referred to."""
    assert select(written, "PRAGMA foreign_key_check") == []
    assert select(written, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    declared = {name: select(written, f"PRAGMA foreign_key_list({name})") for name in TABLES}
    linked = {name for name, its in declared.items() if its} | {
        each["table"] for its in declared.values() for each in its
    }
    assert linked == set(TABLES) - {"meta", "documentation"}


def test_datasette_finds_a_name_behind_every_single_reference(written: Path) -> None:
    """It shows the column ``name`` of the row that a reference of one column leads to."""
    for table in TABLES.values():
        for column in table.columns.values():
            assert column.refers is None or "name" in TABLES[column.refers].columns
    for name in ("companies", "chips", "authorities", "claims", "reports"):
        assert select(written, f"SELECT * FROM {name} WHERE ifnull(name, '') = ''") == []


def test_the_snapshot_describes_every_table_view_and_column_that_it_has(written: Path) -> None:
    """And none that it has not."""
    there = {row["name"]: row["type"] for row in select(written, "SELECT name, type FROM sqlite_schema")}
    names = {name for name, kind in there.items() if kind in ("table", "view")}
    assert names == {*TABLES, *VIEWS}
    described = select(written, "SELECT table_name, column_name FROM documentation WHERE says <> ''")
    wanted = {(name, "") for name in names} | {
        (name, column["name"]) for name in TABLES for column in select(written, f"PRAGMA table_info({name})")
    }
    assert {tuple(row.values()) for row in described} == wanted


def test_views_add_names_and_lose_no_row(written: Path) -> None:
    """A gate with several claims has several rows."""
    for view, table in (
        ("statuses_with_names", "statuses"),
        ("intervals_with_names", "intervals"),
        ("conditions_with_names", "conditions"),
        ("quantities_with_names", "quantities"),
        ("reports_of_claims", "claim_reports"),
    ):
        counted = f"SELECT (SELECT count(*) FROM {view}) = (SELECT count(*) FROM {table}) AS same"
        assert select(written, counted) == [{"same": 1}]
    (row,) = select(written, "SELECT * FROM statuses_with_names WHERE company = 'tencent' AND chip = 'h200'")
    assert (row["company_name"], row["chip_name"], row["vendor"]) == ("Tencent Holdings", "H200", "Nvidia")
    gates = "SELECT DISTINCT company, chip, gate FROM"
    assert select(written, f"{gates} gates_with_claims ORDER BY 1, 2, 3") == select(
        written, f"{gates} gates ORDER BY 1, 2, 3"
    )


def test_meta_says_which_ledger_and_which_point(demo: Path, written: Path, point: tuple[str, ...]) -> None:
    """And the header of the file tells what it is."""
    (where,) = rows(demo, "where")
    meta = {row["key"]: row["value"] for row in select(written, "SELECT * FROM meta")}
    assert (meta["ledger"], int(meta["position"])) == (where["identity"], where["events"])
    assert (meta["at"], meta["known"], meta["recorded"]) == (point[1], point[3] if len(point) > 2 else None, None)
    assert meta["newest_report"] == where["newest_report"]
    assert meta["format"] == str(FORMAT)
    assert select(written, "PRAGMA application_id") == [{"application_id": APPLICATION_ID}]
    assert select(written, "PRAGMA user_version") == [{"user_version": FORMAT}]
