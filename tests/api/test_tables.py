"""Answers as tables of pandas, polars and Arrow: days are days there, and a matrix has a column for each chip."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest

from policytracker import Ledger
from policytracker.api import answer
from tests.demo import demo as demo

AT = "2026-01-28"


@pytest.fixture
def ledger(demo: Path) -> Iterator[Ledger]:
    with Ledger(demo) as opened:
        yield opened


def test_pandas(ledger: Ledger) -> None:
    states = ledger.states("Tencent", at=AT)
    frame = states.to_pandas()
    assert len(frame) == len(states)
    assert str(frame["at"].dtype).startswith("datetime64")
    assert str(frame["last_report"].dtype).startswith("datetime64")
    assert frame.set_index("chip").loc["h200", "status"] == "licensable"
    assert frame.set_index("chip").loc["h200", "limited_by"] == ["US/export"]
    matrix = ledger.matrix(at=AT).to_pandas().set_index("company")
    assert matrix.loc["tencent", "h200"] == "licensable"
    assert len(matrix.columns) == 2 + len(states)


def test_polars(ledger: Ledger) -> None:
    frame = ledger.states("Tencent", at=AT).to_polars()
    assert frame.schema["at"] == polars.Date
    assert frame.filter(polars.col("chip") == "h200")["status"].to_list() == ["licensable"]
    assert ledger.matrix(at=AT).to_polars().filter(polars.col("company") == "tencent")["h200"][0] == "licensable"


def test_arrow(ledger: Ledger) -> None:
    table = ledger.states("Tencent", at=AT).to_arrow()
    assert table.schema.field("at").type == pyarrow.date32()
    (row,) = (each for each in table.to_pylist() if each["chip"] == "h200")
    assert (row["at"], row["status"]) == (date(2026, 1, 28), "licensable")


def test_every_kind_of_answer_makes_a_table(ledger: Ledger) -> None:
    kinds = (
        ledger.timeline("Tencent", "H200"),
        ledger.diff("Tencent", "H200", at=AT, known="2026-01-28T12:00Z", to_known=AT),
        ledger.why("Tencent", "H200", at=AT),
        ledger.quantities(at=AT),
        ledger.conflicts(at=AT),
        ledger.log(),
    )
    for found in kinds:
        assert len(found) > 0
        assert {len(found.to_pandas()), found.to_polars().height, found.to_arrow().num_rows} == {len(found)}
    assert str(ledger.log().to_pandas()["recorded"].dtype).startswith("datetime64")


def test_a_package_that_is_not_installed_is_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(answer, "import_module", absent)
    with pytest.raises(ImportError, match=r"the table needs polars; install it with: .+ polars$"):
        ledger.states("Tencent").to_polars()


def test_pandas_is_not_loaded_before_it_is_asked_for() -> None:
    assert pandas.__name__ not in vars(answer)
