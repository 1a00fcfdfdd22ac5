"""A dump of the schema is a backup: restored, it is the same ledger, with its guards."""

from pathlib import Path

import pytest

from policytracker.keeping.verify import damage, ledger_damage
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from tests.demo import ask
from tests.ledger.ground import Ledger, chip, company
from tests.postgres.databases import Databases, connected
from tests.shipped import shipped


def test_a_dump_that_is_restored_is_the_same_ledger(databases: Databases) -> None:
    ledger, empty = databases.fresh(), databases.fresh()
    assert ask(ledger, "init", "--demo").exit_code == 0
    file = Path(databases.server.folder) / "policy.dump"

    databases.server.run(
        "pg_dump", "--format=custom", "--schema=policytracker", f"--file={file}", f"--dbname={ledger.url}"
    )
    databases.server.run("pg_restore", "--exit-on-error", f"--dbname={empty.url}", str(file))

    with open_ledger(ledger) as source, open_ledger(empty) as restored:
        assert restored.head() == source.head()
        assert list(restored.events()) == list(source.events())
    assert list(ledger_damage(empty)) == []
    with connected(empty.url) as connection, pytest.raises(connection.Error, match=r"the ledger is append-only"):
        connection.execute("DELETE FROM policytracker.stored_events")
    with Store(empty) as store:
        assert Ledger(empty, store).add(company("new"), chip("new-chip")).position == len(shipped()) + 1
    assert ask(empty, "state").exit_code == 0
    assert list(damage(empty)) == []
