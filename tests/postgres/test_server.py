"""A ledger on a server: how it is asked, how much at once, and what settings it writes under."""

import json
import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from policytracker.ledger.appending import append_lines
from policytracker.ledger.errors import NoLedger
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Entry, Recorded, Store, Writer
from policytracker.ledger.where import Server
from policytracker.projections.layout import place
from tests.demo import ask
from tests.ledger.ground import NOON, REGISTRY, REPORT, Ledger, about, cleared, lines_from
from tests.postgres.databases import Databases, change, name_of

QUESTIONS = ("state", "matrix", "log", "claims", "quantities", "where", "verify", "export")


@pytest.fixture
def ledger(databases: Databases) -> Server:
    """A ledger with a registry."""
    made = databases.fresh()
    with Store.create(made) as store:
        Ledger(made, store).add(*REGISTRY)
    return made


def many(count: int, **more: Any) -> list[Line]:
    """Claims, every third with a word about it."""
    events: list[Any] = []
    for number in range(count):
        events.append(cleared(f"clear-{number}", **more))
        if number % 3 == 0:
            events.append(about("disputed", f"clear-{number}", report=REPORT))
    return lines_from(events)


@pytest.fixture
def asked(ledger: Server, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is sent, once the ledger is made."""
    from policytracker.ledger.server import ServerTables

    sent: list[str] = []
    ask_it: Callable[..., Any] = ServerTables.ask

    def counting(self: ServerTables, query: str, values: Any = ()) -> Any:
        sent.append(query)
        return ask_it(self, query, values)

    monkeypatch.setattr(ServerTables, "ask", counting)
    return sent


def test_an_init_that_is_cut_off_leaves_no_ledger(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables and the shipped history come in one transaction."""
    where, put = databases.fresh(), Writer.put

    def put_and_end(self: Writer, events: Sequence[Recorded], entries: Sequence[Entry]) -> None:
        put(self, events, entries)
        raise KeyboardInterrupt

    monkeypatch.setattr(Writer, "put", put_and_end)
    assert ask(where, "init", "--demo").exit_code == 1
    monkeypatch.undo()

    with pytest.raises(NoLedger):
        open_ledger(where)
    assert ask(where, "init", "--demo").exit_code == 0


def test_an_import_asks_a_far_server_seldom(ledger: Server, asked: list[str]) -> None:
    """2,400 claims are decided with a question for each thousand lines, and a few for the registry."""
    lines = lines_from([cleared(f"clear-{number}") for number in range(2_400)])
    with Store(ledger) as store:
        first = append_lines(store, lines, lambda: NOON, "tester")
        again = append_lines(store, lines, lambda: NOON, "tester")

    assert (first.appended, again.repeated) == (2_400, 2_400)
    assert len(asked) < 40


def test_what_an_import_says_of_earlier_and_later_lines_is_decided_as_in_a_file(ledger: Server) -> None:
    lines = many(1_500)
    with Store(ledger) as store:
        outcome = append_lines(store, lines, lambda: NOON, "tester")
        again = append_lines(store, lines, lambda: NOON, "tester")
        wrong = Ledger(ledger, store).refusal(cleared("clear-7", note="another"))

    assert (outcome.appended, again.repeated) == (2_000, 2_000)
    assert wrong == (
        "ref: 'clear-7' is taken by another event; to mend that event, record "
        '{"type": "corrected", "target": "clear-7", "changes": {"note": "another"}}; '
        "if this is another event, choose another ref, or leave it out"
    )


def test_an_import_of_many_megabytes_goes_through(ledger: Server) -> None:
    """12 MB in one transaction: a pipeline would hang here for ever."""
    lines = many(1_000, note="x" * 9_000)

    with Store(ledger) as store:
        outcome = append_lines(store, lines, lambda: NOON, "tester")
    with open_ledger(ledger) as source:
        assert source.head().position == len(REGISTRY) + outcome.appended
        assert sum(len(row.state) for row in source.rows()) > 9_000_000


@pytest.mark.parametrize("page", [1, 4, 5, 9, 10, 100])
def test_pages_of_any_size_give_every_event_once(ledger: Server, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(ledger) as source:
        whole = list(source.rows())
        monkeypatch.setattr("policytracker.ledger.server.PAGE", page)

        assert list(source.rows()) == whole
        assert list(source.rows(after=4)) == whole[4:]
    assert [row.position for row in whole] == list(range(1, len(REGISTRY) + 1))


def test_it_writes_under_settings_of_its_own_whatever_the_database_says(databases: Databases, ledger: Server) -> None:
    """A database that is read-only, serializable and has another search path by default, and a trap in that path."""
    change(ledger, "CREATE TABLE public.stored_events (a int)", "CREATE TABLE public.ledger_entries (a int)")
    for setting, value in (
        ("default_transaction_read_only", "on"),
        ("default_transaction_isolation", "serializable"),
        ("search_path", "public"),
        ("lock_timeout", "0"),
    ):
        databases.run(f"ALTER DATABASE {name_of(ledger)} SET {setting} = '{value}'")
    with Store(ledger) as store:
        assert Ledger(ledger, store).add(cleared("new")).appended == 1
        with store.writing() as writer:
            found = {
                name: next(iter(writer.tables.ask(f"SELECT current_setting('{name}')")))[0]
                for name in ("transaction_isolation", "lock_timeout", "idle_in_transaction_session_timeout")
            }
    assert found == {
        "transaction_isolation": "read committed",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "1min",
    }
    assert ask(ledger, "verify").exit_code == 0


def test_texts_are_compared_byte_by_byte(ledger: Server) -> None:
    """Whatever the server's locale: an upgrade of its system must not change what an index finds."""
    with open_ledger(ledger) as source:
        found = source.ask(
            """SELECT a.attname, c.collname FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
            WHERE a.attrelid IN ('policytracker.ledger_entries'::regclass, 'policytracker.stored_events'::regclass)
            AND a.attname IN ('id', 'ref', 'stream', 'originator_id')"""
        )
        assert dict(found) == dict.fromkeys(("id", "ref", "stream", "originator_id"), "C")


def test_read_models_lie_in_the_users_cache_and_may_be_lost(ledger: Server) -> None:
    assert ask(ledger, "state").exit_code == 0
    with open_ledger(ledger) as source:
        views = place(ledger, source.head().ledger)
    assert views.is_relative_to(os.environ["XDG_CACHE_HOME"])
    assert views.stat().st_mode & 0o077 == 0
    views.unlink()

    assert [ask(ledger, question).exit_code for question in QUESTIONS] == [0] * len(QUESTIONS)


def test_a_standing_connection_may_be_asked_again_and_again(ledger: Server) -> None:
    """No transaction is left open by a question, not even by one that was not read to its end."""
    with open_ledger(ledger) as source, Store(ledger) as store:
        next(iter(source.rows()))
        Ledger(ledger, store).add(cleared("new"))
        assert source.head().position == len(REGISTRY) + 1
        state = "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        assert list(source.ask(state.replace("%", "%%"))) == []


def test_the_url_in_the_environment_names_the_ledger(ledger: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from policytracker.cli.main import cli

    monkeypatch.setenv("POLICYTRACKER_LEDGER", ledger.url)
    (found,) = json.loads(CliRunner().invoke(cli, ["where", "--json"]).stdout)

    assert found["ledger"] == str(ledger)
    assert found["events"] == len(REGISTRY)
