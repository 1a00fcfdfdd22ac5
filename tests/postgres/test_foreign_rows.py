"""A writer inserts a row with SQL. It is named, questions go on with what is before it, and the owner removes it."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from policytracker import Ledger
from policytracker.events.forms import canonical, read_line
from policytracker.keeping.verify import ledger_damage
from policytracker.ledger.ledger_error import ForeignRowsWarning
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.sealing import tree_of
from policytracker.ledger.where import Server
from policytracker.projections.layout import place_of
from policytracker.seals.leaves import hash_of
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.demo import ask, rows
from tests.ledger.ground import company, line_of
from tests.postgres.databases import Databases, connected
from tests.postgres.servers import cluster, newest
from tests.postgres.test_roles import ACME, Team, made_team

PAGE = Path(__file__).parents[2] / "docs" / "postgresql.md"
EVENTS = 9
ZERO = "decode(repeat('00', 32), 'hex')"
ENTRY = "INSERT INTO policytracker.ledger_entries VALUES"
CONTENT = "INSERT INTO policytracker.stored_events (originator_id, originator_version, topic, state) VALUES"
NEXT = EVENTS + 1
TOPIC = "company-registered/2"
TREE = f"decode(lpad(to_hex({NEXT}), 16, '0') || repeat('00', 64), 'hex')"
"""Of the right length and size, with roots that somebody has made up."""
COMPANY = canonical(read_line(line_of(company("eve")))).decode()


def sealed(state: bytes, topic: str, position: int = NEXT) -> tuple[str, str]:
    """The id of a content, and its leaf as SQL, as anybody can work them out."""
    event_id = sha256(state).hexdigest()
    leaf = hash_of(position, event_id, topic, 1_900_000_000_000_000, "eve")
    return event_id, f"'\\x{leaf.hex()}'"


def well_sealed(state: str, tree: str) -> list[str]:
    """A row whose id and leaf are right, with a tree that somebody has made up."""
    event_id, leaf = sealed(state.encode(), TOPIC)
    return [
        f"{CONTENT} ('company:eve', 1, '{TOPIC}', '{state}')",
        f"{ENTRY} ({NEXT}, '{event_id}', 1900000000000000, 'eve', 'company:eve', 1, NULL, {leaf}, {tree})",
    ]


FOREIGN = {
    "an entry without a content": [f"{ENTRY} ({NEXT}, 'id', 0, 'eve', 's', 1, NULL, {ZERO}, NULL)"],
    "an entry after a gap": [
        f"{CONTENT} ('s', 1, 'blocked/2', '{{}}')",
        f"{ENTRY} (99, 'id', 1900000000000000, 'eve', 's', 1, NULL, {ZERO}, NULL)",
    ],
    "a seal that does not hold": [
        f"{CONTENT} ('s', 1, 'blocked/2', '{{}}')",
        f"{ENTRY} ({NEXT}, 'id', 1900000000000000, 'eve', 's', 1, NULL, {ZERO}, NULL)",
    ],
    "a content that is no event, sealed": well_sealed("{}", "NULL"),
    "the same, with a made-up tree": well_sealed("{}", TREE),
    "an event that nobody has admitted, sealed": well_sealed(COMPANY, "NULL"),
    "the same event, with a made-up tree": well_sealed(COMPANY, TREE),
    "several, with a made-up tree at the end": [
        f"{ENTRY} ({NEXT}, 'one', 0, 'eve', 's', 1, NULL, {ZERO}, NULL)",
        f"{ENTRY} ({NEXT + 1}, 'two', 0, 'eve', 's', 2, NULL, {ZERO}, decode(lpad('b', 16, '0'), 'hex'))",
    ],
}
kinds = pytest.mark.parametrize("kind", FOREIGN)
pytestmark = pytest.mark.filterwarnings("ignore::policytracker.ledger.ledger_error.ForeignRowsWarning")


@pytest.fixture(scope="module")
def server() -> Iterator[Databases]:
    with cluster(newest()) as running:
        yield Databases(running)


@pytest.fixture
def team(server: Databases) -> Team:
    """Nine registrations, on a server where one person may append and another may ask."""
    return made_team(server)


def insert(team: Team, statements: list[str]) -> None:
    """As the writer, with psql, say."""
    with connected(team.writer.url) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def foreign_of(kind: str) -> int:
    """At which position the first foreign row stands."""
    return 99 if "gap" in kind else NEXT


def repaired(team: Team) -> None:
    """As docs/postgresql.md tells it, as the owner."""
    section = PAGE.read_text(encoding="utf-8").split("## A row that somebody else wrote")[1].split("\n## ")[0]
    (statements,) = re.findall(r"```sql\n(.*?)```", section, re.DOTALL)
    assert statements.count("> 9;") == 1
    with connected(team.owner.url, autocommit=True) as connection:
        connection.execute(statements.encode())


def companies(where: Server) -> list[Any]:
    return rows(where, "companies")


@kinds
def test_questions_go_on_and_say_what_it_is(team: Team, kind: str) -> None:
    """Both where read models are up to date and where they are made anew."""
    before = companies(team.reader)
    insert(team, FOREIGN[kind])

    for _ in range(2):
        answer = ask(team.reader, "companies", "--json")
        assert answer.exit_code == 0, answer.output
        assert companies(team.reader) == before
        assert answer.stderr.startswith("warning: the ledger ends in ")
        assert f"that policytracker has not written, from position {foreign_of(kind)} on (the first has the id " in (
            answer.stderr
        )
        assert "and the recorder 'eve'; these roles may append: " in answer.stderr
        assert "writer_" in answer.stderr
        assert "; the answer is from the 9 events before them, until the owner removes them (docs/postgresql.md" in (
            answer.stderr
        )
        with open_ledger(Server(team.reader.url, EVENTS)) as source:
            place_of(source).unlink()
    assert ask(team.reader, "log", "--limit", "1", "--json").exit_code == 0


def test_programs_in_python_go_on_and_are_warned(team: Team) -> None:
    before = companies(team.reader)
    with Ledger(team.reader) as ledger:
        assert [event.type for event in ledger.log()].count("company-registered") == len(before)
        insert(team, FOREIGN["an entry after a gap"])
        with pytest.warns(ForeignRowsWarning, match="that policytracker has not written, from position 99 on"):
            assert ledger.log()[-1].position == EVENTS
    with pytest.warns(ForeignRowsWarning), Ledger(team.reader) as anew:
        assert anew.log()[-1].position == EVENTS


@kinds
def test_pages_go_on_and_say_what_it_is(team: Team, kind: str) -> None:
    """Until the owner has removed it; then they show what is recorded next."""
    day = 739_000
    with TestClient(application(Opened(team.reader, lambda: day)), base_url="http://127.0.0.1") as client:
        assert "not written" not in client.get("/log").text
        insert(team, FOREIGN[kind])

        for page in ("/log", "/", "/log"):
            found = client.get(page)
            assert found.status_code == 200, found.text
            assert f"that policytracker has not written, from position {foreign_of(kind)} on" in found.text
            assert "9 events, the last one" in found.text

        repaired(team)
        assert ask(team.writer, *ACME).exit_code == 0
        assert "10 events, the last one" in client.get("/log").text
        assert "not written" not in client.get("/log").text


@kinds
def test_nothing_is_recorded_after_it_and_the_reason_is_told(team: Team, kind: str) -> None:
    insert(team, FOREIGN[kind])

    for who in (team.writer, team.owner):
        answer = ask(who, *ACME)

        assert answer.exit_code == 1
        assert "Error: the ledger ends in " in answer.stderr
        assert f"from position {foreign_of(kind)} on" in answer.stderr
        assert "nothing is recorded until the owner of the ledger has removed them (docs/postgresql.md" in answer.stderr


@kinds
def test_verify_and_doctor_name_it(team: Team, kind: str) -> None:
    insert(team, FOREIGN[kind])

    assert f"position {foreign_of(kind)}" in ask(team.reader, "verify").stdout
    assert ask(team.reader, "verify").exit_code == 5
    (found,) = [row for row in rows_of_doctor(team.owner) if row["check"] == "foreign-rows"]
    assert found["level"] == "problem"
    assert f"from position {foreign_of(kind)} on" in found["says"]
    assert 'docs/postgresql.md, "A row that somebody else wrote"' in found["do"]


def rows_of_doctor(where: Server) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ask(where, "doctor", "--json").stdout)
    return found


@kinds
def test_the_owner_removes_it_as_the_page_says_and_the_team_goes_on(team: Team, kind: str) -> None:
    before = companies(team.reader)
    insert(team, FOREIGN[kind])
    assert companies(team.reader) == before

    repaired(team)

    assert list(ledger_damage(team.owner)) == []
    assert ask(team.reader, "verify").exit_code == 0
    assert ask(team.writer, *ACME).exit_code == 0
    assert len(companies(team.reader)) == len(before) + 1
    assert ask(team.reader, "companies").stderr == ""
    (guards,) = [row["level"] for row in rows_of_doctor(team.owner) if row["check"] == "guards"]
    assert guards == "ok"


def test_a_content_without_a_place_stops_only_who_needs_its_place(team: Team) -> None:
    """Somebody takes the place of the first registration of a company. Others record on."""
    insert(team, [f"{CONTENT} ('company:new-one', 1, 'company-registered/1', '{{}}')"])

    stopped = ask(team.writer, *ACME)
    other = ask(team.writer, "record", "company-registered", "--company", "x", "--name", "X", "--jurisdiction", "SG")

    assert stopped.exit_code == 1
    assert "version 1 of the stream 'company:new-one'" in stopped.stderr
    assert other.exit_code == 0, other.output
    assert ask(team.reader, "companies").exit_code == 0
    assert "the content stored at version 1 of the stream 'company:new-one' has no position" in (
        ask(team.reader, "verify").stdout
    )
    (found,) = [row for row in rows_of_doctor(team.owner) if row["check"] == "foreign-rows"]
    assert "version 1 of the stream 'company:new-one'" in found["says"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            "UPDATE policytracker.ledger_entries SET recorder = 'eve' WHERE position = 5",
            "at position 5 is not as it was",
        ),
        (
            "UPDATE policytracker.ledger_entries SET recorder = 'eve' WHERE position = 9",
            "at position 9 is not as it was",
        ),
        ("DELETE FROM policytracker.stored_events WHERE originator_id = 'chip:hopper'", "no event at position 9"),
        ("DELETE FROM policytracker.stored_events WHERE originator_id ~ 'giants|hopper'", "no event at position 8"),
    ],
)
def test_damage_to_what_the_program_has_written_is_damage(team: Team, change: str, what: str) -> None:
    """The owner has changed or deleted an event, the last one too; nothing is answered, as before."""
    with connected(team.owner.url) as connection:
        for table in ("ledger_entries", "stored_events"):
            connection.execute(f"ALTER TABLE policytracker.{table} DISABLE TRIGGER USER".encode())
        connection.execute(change.encode())

    for command in (["companies"], [*ACME]):
        answer = ask(team.owner, *command)

        assert answer.exit_code == 1
        assert what in answer.stderr
        assert "run `policytracker verify`, and go back to a copy" in answer.stderr


def test_a_content_that_is_no_event_is_foreign_even_where_its_tree_is_right(team: Team) -> None:
    """Somebody has worked out all seals; the program writes no such event."""
    with open_ledger(team.reader) as source:
        head = source.head()
    tree = tree_of(head)
    event_id, _ = sealed(b"{}", TOPIC)
    tree.append(hash_of(NEXT, event_id, TOPIC, 1_900_000_000_000_000, "eve"))
    insert(team, well_sealed("{}", f"'\\x{tree.to_bytes().hex()}'"))

    answer = ask(team.reader, "companies")

    assert answer.exit_code == 0, answer.output
    assert "not written, from position 10 on" in answer.stderr
