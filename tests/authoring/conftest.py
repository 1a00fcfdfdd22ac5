"""The shipped history as a file, and report files."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.demo import demo as demo
from tests.views import copy_with_views

Write = Callable[[str], str]


@pytest.fixture
def ledger(demo: Path, tmp_path: Path) -> Path:
    """The shipped history, to record into."""
    return copy_with_views(demo, tmp_path / "demo.ledger")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a report file; returns its name."""

    def written(text: str) -> str:
        path = tmp_path / "report.toml"
        path.write_text(dedent(text), encoding="utf-8")
        return str(path)

    return written
