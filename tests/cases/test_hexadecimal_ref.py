"""A ref of hexadecimal digits alone could be taken for the beginning of an id: it is refused, in words."""

from pathlib import Path

import pytest

from tests.cases.ground import BASE, Event, events_of, ledger_of, written
from tests.cli.recording import ask

REASON = "hexadecimal digits alone could be taken for the beginning of an id"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return ledger_of(tmp_path, BASE)


def block(ref: str) -> Event:
    """A block under a ref."""
    (*_, event) = events_of(BASE)
    report = {"publisher": "X", "published": "2026-02-01"}
    return {**event, "type": "blocked", "ref": ref, "companies": ["alpha"], "chips": ["x20"], "report": report}


@pytest.mark.parametrize("ref", ["fed", "a", "BEEF", "c0ffee", "deadbeef01"])
def test_it_is_refused_with_the_reason_and_a_way_out_that_is_taken(ledger: Path, ref: str) -> None:
    """Nobody is told a regular expression."""
    refused = ask(ledger, "import", written(ledger.parent, block(ref)))
    assert refused.exit_code == 1
    assert f"ref: {REASON} (here: '{ref}'); write {ref}-1, or another name" in refused.stderr
    assert "^" not in refused.stderr and "[" not in refused.stderr

    assert ask(ledger, "import", written(ledger.parent, block(f"{ref}-1"))).exit_code == 0


def test_record_says_the_same(ledger: Path) -> None:
    words = (
        "--authority",
        "gacc",
        "--company",
        "alpha",
        "--chip",
        "x20",
        "--publisher",
        "X",
        "--published",
        "2026-02-01",
    )
    refused = ask(ledger, "record", "blocked", *words, "--ref", "fed")
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
    refused = ask(ledger, "import", written(ledger.parent, {**block("x"), "ref": ref}))
    assert refused.exit_code == 1
    assert "ref: " in refused.stderr
    assert words in refused.stderr
    assert "^" not in refused.stderr and "str" not in refused.stderr.replace("stray", "")


@pytest.mark.parametrize("ref", ["Fed", "fed-2026", "fedex", "BIS.rule_1", "g"])
def test_others_are_taken(ledger: Path, ref: str) -> None:
    """``Fed`` in capitals is hexadecimal too; a single letter beyond f is not."""
    taken = ask(ledger, "import", written(ledger.parent, block(ref)))
    assert taken.exit_code == (1 if ref == "Fed" else 0)
