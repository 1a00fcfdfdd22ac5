"""What cannot be meant is refused, and what may surprise is noted: nothing of it is taken without a word."""

from pathlib import Path

import pytest

from tests.cases.ground import BASE, everything_said, ledger_of, pages
from tests.cli.recording import ask

CELL = ("alpha", "x100")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return ledger_of(tmp_path, BASE)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("state", "alpha", ""), "the name of the chip is empty"),
        (("state", "", "x100"), "the name of the company is empty"),
        (("state", "  ", "x100"), "the name of the company is empty"),
        (("check", "", "x100"), "the name of the company is empty"),
        (("why", "alpha", ""), "the name of the chip is empty"),
        (("timeline", "", ""), "the name of the company is empty"),
        (("diff", "", "x100", "--at", "2019", "--to-at", "2020"), "the name of the company is empty"),
        (("claims", "--company", ""), "the name of the company is empty"),
        (("quantities", ""), "the name of the chip is empty"),
        (("companies", ""), "TEXT is empty"),
        (("chips", " "), "TEXT is empty"),
        (("search", ""), "TEXT is empty"),
        (("show", ""), "no event '' in the ledger"),
        (
            ("timeline", *CELL, "--from", "2026-02", "--to", "2026-01"),
            "--to (2026-01-31) is before --from (2026-02-01)",
        ),
        (("timeline", "--from", "2026-01"), "give COMPANY and CHIP, or --all"),
        (("diff", "--at", "2026-01", "--to-at", "2026-01"), "both points are the same"),
        (("log", "--limit", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_meant_is_refused(ledger: Path, words: tuple[str, ...], told: str) -> None:
    refused = ask(ledger, *words)
    assert refused.exit_code in (1, 2)
    assert told in refused.stderr


@pytest.mark.parametrize(
    ("words", "noted"),
    [
        (("state", *CELL, "--known", "2099"), "note: --known is in the future"),
        (("state", *CELL, "--recorded", "2099"), "note: --recorded is in the future"),
        (("state", *CELL, "--at", "2099"), "note: the day asked for is in the future"),
        (("state", "--recorded", "2020"), "note: nothing was recorded by 2020-12-31"),
        (("matrix", "--recorded", "2020"), "note: nothing was recorded by 2020-12-31"),
        (("log", "--recorded", "2020"), "note: nothing was recorded by 2020-12-31"),
        (("export", "--recorded", "2020"), "note: nothing was recorded by 2020-12-31"),
        (("state", *CELL, "--at", "2026-01", "--known", "2019"), "is later than the day of --known"),
        (("state", *CELL, "--at", "2026-01"), "days after the newest report; things may have changed since"),
        (("log", "--since", "999"), "no such event was recorded"),
        (("companies", "nobody"), "no company is registered that is called so"),
        (("chips", "nothing"), "no chip is registered that is called so"),
        (("companies", "--recorded", "2020"), "no company is registered\n"),
        (("chips", "--recorded", "2020"), "no chip is registered\n"),
        (("search", "nothing"), "0 events found"),
        (("claims", "--company", "alpha", "--at", "2019"), "no claim in force"),
        (("quantities", "x100"), "no quantity is known"),
        (("conflicts",), "no conflict between reports"),
        (("diff", "--at", "2021", "--to-at", "2022"), "no answer differs between the two points"),
    ],
)
def test_what_may_surprise_is_noted(ledger: Path, words: tuple[str, ...], noted: str) -> None:
    assert noted in everything_said(ledger, *words)


def test_a_company_that_nobody_knew_by_then_is_refused_as_such(ledger: Path) -> None:
    refused = ask(ledger, "state", *CELL, "--recorded", "2020")
    assert refused.exit_code == 1
    assert "no company is called 'alpha': none is registered, or none was by --recorded" in refused.stderr


def test_init_says_that_it_made_a_folder(tmp_path: Path) -> None:
    made = ask(tmp_path / "new" / "dir" / "x.ledger", "init")
    assert made.exit_code == 0
    assert f"in the new folder {tmp_path / 'new' / 'dir'}" in made.stdout
    there = ask(tmp_path / "new" / "dir" / "y.ledger", "init")
    assert "new folder" not in there.stdout


@pytest.mark.parametrize("address", ["/cell/%20/x100", "/source?publisher=", "/board?companies=", "/board?at="])
def test_a_page_refuses_what_is_empty_or_takes_it_for_absent(ledger: Path, address: str) -> None:
    """A form sends every field, the empty ones too: those of the board are as if absent."""
    with pages(ledger) as client:
        found = client.get(address)
    assert found.status_code in ((200,) if address.startswith("/board") else (400, 404))
