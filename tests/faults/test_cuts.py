"""The connection is cut around a commit: what was recorded is told as recorded, and nothing is recorded twice."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from policytracker.cli.main import cli
from policytracker.keeping.verify import damage
from policytracker.ledger.errors import ConnectionLost, NoLedger
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server
from tests.demo import ask
from tests.faults.proxy import Proxy, proxy
from tests.ledger.ground import REGISTRY, Ledger, chip, company
from tests.postgres.databases import Databases, name_of

ACME = ("--company", "acme", "--name", "Acme", "--jurisdiction", "SG")


@pytest.fixture
def ledger(databases: Databases) -> Server:
    """An empty ledger."""
    made = databases.fresh()
    assert ask(made, "init").exit_code == 0
    return made


@pytest.fixture(params=["before", "after"])
def cutting(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Proxy]:
    """A proxy that cuts the first commit of an event, before the server hears of it or after."""
    with proxy(databases.server.port, request.param) as made:
        yield made


def through(proxy: Proxy, ledger: Server) -> Server:
    """The address of a ledger by way of a proxy."""
    return Server(f"postgresql://owner@127.0.0.1:{proxy.port}/{name_of(ledger)}")


def test_a_record_whose_commit_is_cut_off_is_recorded_once(cutting: Proxy, ledger: Server) -> None:
    answer = ask(through(cutting, ledger), "record", "company-registered", *ACME)

    assert (answer.exit_code, cutting.cuts) == (0, 1), answer.output
    assert " at position 1: company acme: Acme, SG" in answer.stdout
    with Store(ledger) as store:
        assert [row["company"] for row in Ledger(ledger, store).fields()] == ["acme"]


@pytest.mark.parametrize("block", [2, 1_000])
def test_an_import_whose_commit_is_cut_off_is_recorded_once(
    block: int, cutting: Proxy, ledger: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one block or in many: it is one transaction."""
    monkeypatch.setattr("policytracker.ledger.appending.BLOCK", block)
    file = tmp_path / "lines.jsonl"
    file.write_text("".join(f"{json.dumps(event)}\n" for event in REGISTRY))

    answer = ask(through(cutting, ledger), "import", str(file))

    assert (answer.exit_code, cutting.cuts) == (0, 1), answer.output
    assert f"{len(REGISTRY)} events appended, 0 were recorded already" in answer.stdout
    assert ask(ledger, "import", str(file)).stdout == f"0 events appended, {len(REGISTRY)} were recorded already\n"
    assert list(damage(ledger)) == []


def test_a_registration_that_was_replaced_meanwhile_is_not_made_again(databases: Databases, ledger: Server) -> None:
    """The reply to "Acme" is lost, somebody registers "Acme Ltd", and the first asks again: Acme Ltd stands."""
    with proxy(databases.server.port, "after") as cutting, Store(ledger) as other:
        theirs = Ledger(ledger, other)
        with Store(through(cutting, ledger)) as store:
            ours = Ledger(through(cutting, ledger), store)
            connect = store.home.writing
            calls: list[int] = []

            def writing() -> object:
                calls.append(len(calls))
                if len(calls) == 2:
                    theirs.add(company("acme", name="Acme Ltd"))
                return connect()

            store.home.writing = writing  # type: ignore[method-assign,assignment]
            assert ours.add(company("acme")).appended == 1

        assert [fields["name"] for fields in theirs.fields()] == ["acme", "Acme Ltd"]


def test_a_copy_whose_commit_is_cut_off_is_made_whole_or_not_at_all(
    cutting: Proxy, ledger: Server, databases: Databases
) -> None:
    target = databases.fresh()
    with Store(ledger) as store:
        Ledger(ledger, store).add(*REGISTRY)

    answer = CliRunner().invoke(cli, ["copy", str(ledger), str(through(cutting, target))])

    assert cutting.cuts == 1
    if cutting.cut == "after":
        assert answer.exit_code == 0, answer.output
        assert list(damage(target)) == []
    else:
        assert "cannot be used now" in answer.output
        with pytest.raises(NoLedger):
            open_ledger(target)


def test_a_connection_that_is_cut_twice_is_told_with_the_way_out(databases: Databases, ledger: Server) -> None:
    with proxy(databases.server.port, "before", times=5) as cutting, Store(through(cutting, ledger)) as store:
        with pytest.raises(ConnectionLost, match=r"run the command again: what is recorded already is not recorded tw"):
            Ledger(ledger, store).add(chip("h20"))

        assert cutting.cuts == 2
    with Store(ledger) as store:
        assert store.head().position == 0
