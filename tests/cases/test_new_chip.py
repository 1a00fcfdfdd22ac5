"""A chip that a user registers falls where the rules put it: no rule reaches it, or spares it, by a list of others."""

from pathlib import Path

import pytest

from tests.cases.ground import rows
from tests.cli.recording import say
from tests.demo import demo as demo
from tests.views import copy_with_views

B100 = ("record", "chip-registered", "--chip", "b100", "--name", "B100", "--vendor", "Nvidia", "--controlled-by", "US")
FIGURES = ("--attribute", "tpp=28000", "--attribute", "dram_bandwidth=8000")


@pytest.fixture
def ledger(demo: Path, tmp_path: Path) -> Path:
    """The shipped history and a B100, of which no claim knows."""
    ledger = copy_with_views(demo, tmp_path / "demo.ledger")
    say(ledger, *B100, *FIGURES)
    return ledger


def test_a_b100_is_prohibited_from_the_start(ledger: Path) -> None:
    """It was conditional: rules for consumer parts, and a letter to Intel, were scoped by exclusion.

    That it is as B200 on every day is held by ``tests/test_history.py``.
    """
    (cell,) = rows(ledger, "state", "Tencent", "B100", "--at", "2024-01-01")
    assert (cell["status"], cell["limited_by"], cell["launched"]) == ("prohibited", ["US/export"], True)


@pytest.mark.parametrize("day", ["2023-12-01", "2025-06-01", "2026-02-01", "2026-10-09"])
def test_a_small_consumer_chip_is_not_taken_for_it(demo: Path, tmp_path: Path, day: str) -> None:
    """Of little performance and sold for games: no rule of the US reaches it."""
    ledger = copy_with_views(demo, tmp_path / "demo.ledger")
    small = ("record", "chip-registered", "--chip", "toy", "--name", "Toy", "--vendor", "Toymaker")
    say(ledger, *small, "--controlled-by", "US", "--attribute", "tpp=100", "--attribute", "datacentre=0")
    (cell,) = rows(ledger, "state", "Tencent", "toy", "--at", day)
    (gate,) = (gate for gate in cell["gates"] if gate["gate"] == "US/export")
    assert gate["possible"] == ["cleared"]
