"""A ref of hexadecimal digits alone could be taken for the beginning of an id: it is refused, in words."""

from pathlib import Path

import pytest

from tests.cases.ground import BASE, BLOCK, Event, block, ledger_of, written
from tests.cli.recording import ask

REASON = "hexadecimal digits alone could be taken for the beginning of an id"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return ledger_of(tmp_path, BASE)


def named(ref: str | int) -> Event:
    """A block under a ref."""
    return block("2026-02-01", effective="2020-01-01", ref=ref)


@pytest.mark.parametrize("ref", ["fed", "a", "BEEF", "c0ffee", "deadbeef01"])
def test_it_is_refused_with_the_reason_and_a_way_out_that_is_taken(ledger: Path, ref: str) -> None:
    """Nobody is told a regular expression."""
    refused = ask(ledger, "import", written(ledger.parent, named(ref)))
    assert refused.exit_code == 1
    assert f"ref: {REASON} (here: '{ref}'); write {ref}-1, or another name" in refused.stderr
    assert "^" not in refused.stderr and "[" not in refused.stderr

    assert ask(ledger, "import", written(ledger.parent, named(f"{ref}-1"))).exit_code == 0


def test_record_says_the_same(ledger: Path) -> None:
    refused = ask(ledger, *BLOCK, "--published", "2026-02-01", "--ref", "fed")
    assert (refused.exit_code, REASON in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("1st", "begin"),
        ("a b", "letters"),
        ("-x", "letter"),
        ("ü", "letter"),
        ("", "letter"),
        (7, "text"),
    ],
)
def test_other_refs_that_cannot_be_are_refused_in_words_too(ledger: Path, ref: str | int, words: str) -> None:
    refused = ask(ledger, "import", written(ledger.parent, named(ref)))
    assert refused.exit_code == 1
    assert "ref: " in refused.stderr
    assert words in refused.stderr
    assert "^" not in refused.stderr and "str" not in refused.stderr.replace("stray", "")


@pytest.mark.parametrize("ref", ["Fed", "fed-2026", "fedex", "BIS.rule_1", "g"])
def test_others_are_taken(ledger: Path, ref: str) -> None:
    """``Fed`` in capitals is hexadecimal too; a single letter beyond f is not."""
    taken = ask(ledger, "import", written(ledger.parent, named(ref)))
    assert taken.exit_code == (1 if ref == "Fed" else 0)
