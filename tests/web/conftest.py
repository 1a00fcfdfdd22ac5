"""The shipped history, for the tests of the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.demo import ask
from tests.demo import demo as demo
from tests.faults.counted import counted as counted
from tests.once import once

TODAY = span("2026-01-30").last
NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")


@pytest.fixture
def client(demo: Path) -> Iterator[TestClient]:
    """A browser without a screen, before the shipped history on 30 January 2026."""
    with TestClient(application(Opened(demo, lambda: TODAY)), base_url="http://127.0.0.1") as found:
        yield found


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped history as static files; its own dates are those of noon, 28 January 2026."""
    return once(tmp_path_factory, "static", lambda folder: exported(demo, folder / "site", *NOON)) / "site"


@pytest.fixture(scope="session")
def narrowed(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for two companies and two chips, with their cells, and with every answer as JSON."""
    asked = "--company", "Tencent", "--company", "字节跳动", "--chip", "H20", "--chip", "H200", "--with-json"
    return once(tmp_path_factory, "narrowed", lambda folder: exported(demo, folder / "site", *asked, *NOON)) / "site"


def exported(ledger: Path, folder: Path, *options: str) -> None:
    """Write a site."""
    found = ask(ledger, "export", "site", str(folder), *options)
    assert found.exit_code == 0, found.output
