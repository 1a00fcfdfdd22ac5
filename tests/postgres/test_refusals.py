"""Servers and databases that keep no ledger, or not safely: told within seconds, with the way out."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from policytracker.ledger.errors import LedgerError, LedgerThere, NoLedger, NotALedger, Unsafe, Unusable
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server, where_of
from tests.demo import ask
from tests.ledger.ground import Ledger, company
from tests.postgres.databases import Databases, change, name_of
from tests.postgres.servers import free_port, skip_without_driver

SECRETS = [
    "postgresql://me:secret@db.example/policy",
    "postgresql://me:secret@db.example:5433,other.example/policy?sslmode=require&password=secret",
    "postgres://me:se#secret?x@db.example/policy?sslpassword=secret&oauth_client_secret=secret",
    "postgresql://:secret@/policy?host=/run/postgresql&options=-csecret%3D1",
]
BROKEN = [
    "postgresql://me:sec/ret@db.example/policy",
    "postgresql://me:1/sec@ret/x",
    "postgresql://me:secret@db.example:five/policy",
    "postgresql://db.example/policy#secret",
]


@pytest.fixture
def ledger(databases: Databases) -> Server:
    """An empty ledger."""
    made = databases.fresh()
    Store.create(made).close()
    return made


def refusal(error: type[LedgerError], where: Server) -> str:
    """Why nothing can be recorded there."""
    with pytest.raises(error) as caught:
        Store(where).close()
    return str(caught.value)


@pytest.mark.parametrize("url", SECRETS)
def test_a_password_is_never_shown(url: str) -> None:
    server = where_of(url)

    assert "secret" not in str(server) + repr(server) + str(NoLedger(server))
    assert "policy" in str(server)
    assert server == Server(url)


@pytest.mark.parametrize("url", BROKEN)
def test_an_address_that_cannot_be_read_is_not_shown(url: str) -> None:
    answer = _ask_url(url)

    assert answer.startswith("Error: the PostgreSQL address given cannot be read (it is not shown here")
    assert "sec" not in answer


def _ask_url(url: str) -> str:
    run = [sys.executable, "-m", "policytracker.cli.main", "--ledger", url, "state"]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 1
    return done.stderr


def test_an_unknown_option_in_the_address_is_refused_without_a_word_of_it(databases: Databases) -> None:
    with pytest.raises(LedgerError, match=r"^the PostgreSQL address given cannot be read"):
        open_ledger(Server("postgresql://me@127.0.0.1/x?pasword=secret"))


def test_a_server_that_is_down_is_told_at_once() -> None:
    port = free_port()
    began = time.monotonic()

    answer = _ask_url(f"postgresql://me:secret@127.0.0.1:{port}/policy")

    assert time.monotonic() - began < 5
    assert answer.startswith(
        f"Error: the ledger postgresql://me@127.0.0.1:{port}/policy cannot be used now (connection "
    )
    assert "Connection refused" in answer
    assert answer.endswith("; check the address, that the server is up, and that you may log in\n")
    assert "secret" not in answer


def test_a_host_that_does_not_answer_is_given_up_within_seconds() -> None:
    """An address that nobody has (RFC 5737)."""
    skip_without_driver()
    began = time.monotonic()

    with pytest.raises(Unusable):
        open_ledger(Server("postgresql://me@192.0.2.1/policy"))

    assert time.monotonic() - began < 10


def test_a_database_that_is_not_there_is_told(databases: Databases) -> None:
    with pytest.raises(Unusable, match=r'database "nowhere" does not exist\); check the address'):
        open_ledger(Server(databases.server.url("nowhere")))


def test_an_empty_database_is_no_ledger_yet(databases: Databases) -> None:
    where = databases.fresh()

    assert refusal(NoLedger, where) == (
        f"no ledger at {where}; make an empty one with `policytracker --ledger '{where}' init`, or one of the history "
        f"that comes with the program with `policytracker --ledger '{where}' init --demo`, or name yours with --ledger"
    )
    with pytest.raises(NoLedger):
        open_ledger(where)


def test_a_ledger_is_not_made_over_another(ledger: Server) -> None:
    with pytest.raises(LedgerThere, match=r"is there already; choose another place with --ledger"):
        Store.create(ledger)


def test_another_programs_tables_are_left_alone(databases: Databases) -> None:
    where = databases.fresh()
    change(where, "CREATE SCHEMA policytracker", "CREATE TABLE policytracker.accounts (a int)")

    assert "another program's tables are in its schema policytracker" in refusal(NotALedger, where)
    with pytest.raises(NotALedger, match=r"name the right database with --ledger$"):
        Store.create(where)


def test_a_ledger_may_lie_beside_other_programs_tables(databases: Databases) -> None:
    where = databases.fresh()
    change(where, "CREATE TABLE public.stored_events (a int)", "CREATE TABLE public.ledger_meta (a int)")

    with Store.create(where) as store:
        assert Ledger(where, store).add(company("acme")).appended == 1


def test_a_ledger_of_a_newer_layout_is_not_opened(ledger: Server) -> None:
    change(ledger, "UPDATE policytracker.ledger_meta SET value = '4' WHERE key = 'layout'")

    why = refusal(NotALedger, ledger)
    assert "its layout has the number 4, this version knows 2 to 3: upgrade policytracker" in why


@pytest.mark.parametrize("setting", ["synchronous_commit", "fsync", "full_page_writes"])
def test_nothing_is_recorded_where_it_may_be_lost(databases: Databases, ledger: Server, setting: str) -> None:
    """A question is answered all the same."""
    if setting == "synchronous_commit":
        databases.run(f"ALTER DATABASE {name_of(ledger)} SET synchronous_commit = off")
        _assert_unsafe(ledger, setting)
        return
    databases.run(f"ALTER SYSTEM SET {setting} = off", "SELECT pg_reload_conf()")
    try:
        _wait_for(ledger, setting, "off")
        _assert_unsafe(ledger, setting)
    finally:
        databases.run(f"ALTER SYSTEM RESET {setting}", "SELECT pg_reload_conf()")
        _wait_for(ledger, setting, "on")


def _assert_unsafe(ledger: Server, setting: str) -> None:
    assert refusal(Unsafe, ledger) == (
        f"nothing is recorded at {ledger}: its setting {setting} is off, so it may lose what it has acknowledged; "
        "turn it on"
    )
    assert ask(ledger, "log").exit_code == 0


def _wait_for(ledger: Server, setting: str, value: str) -> None:
    for _ in range(100):
        with open_ledger(ledger) as source:
            if list(source.ask("SELECT current_setting(?)", (setting,))) == [(value,)]:
                return
        time.sleep(0.02)
    raise AssertionError(setting)


def test_functions_that_pass_the_lock_by_are_refused(ledger: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "yes")
    by_environment = refusal(Unsafe, ledger)
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "no")
    Store(ledger).close()
    change(ledger, "CREATE FUNCTION policytracker.es_insert_events_text() RETURNS int LANGUAGE sql AS 'SELECT 1'")

    assert "functions that insert events without the lock are enabled" in by_environment
    assert refusal(Unsafe, ledger) == by_environment


def test_another_encoding_is_refused(databases: Databases) -> None:
    databases.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    where = Server(databases.server.url("latin"))

    with pytest.raises(NotALedger, match=r"its encoding is LATIN1, and a ledger needs UTF8"):
        Store.create(where)


def test_who_waits_for_the_lock_is_told_in_time(ledger: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYTRACKER_LOCK_SECONDS", "1")
    with Store(ledger) as holder, Store(ledger) as store, holder.writing():
        began = time.monotonic()
        with pytest.raises(Unusable, match=r"lock timeout\); somebody else is recording; try again, or wait longer wi"):
            Ledger(ledger, store).add(company("acme"))
        assert time.monotonic() - began < 4
        assert len(Ledger(ledger, store).rows()) == 0

    monkeypatch.setenv("POLICYTRACKER_LOCK_SECONDS", "soon")
    with Store(ledger) as store, pytest.raises(LedgerError, match=r"^POLICYTRACKER_LOCK_SECONDS is 'soon'; give whole"):
        store.head()


def test_without_the_driver_the_way_out_is_to_install_it(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from policytracker.cli.main import cli\n"
        "cli(['--ledger', 'postgresql://me@127.0.0.1/x', {!r}])"
    )
    for command in ("state", "init"):
        done = subprocess.run([sys.executable, "-c", code.format(command)], capture_output=True, text=True)
        assert done.returncode == 1
        assert done.stderr.startswith("Error: a ledger on a PostgreSQL server needs psycopg and psycopg_pool (")
        assert done.stderr.endswith("-m pip install 'psycopg[binary]' psycopg_pool\n")
