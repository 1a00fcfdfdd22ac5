"""``redact`` names what else may hold the text: events, and files beside the ledger; and what it cannot know."""

import gzip
from pathlib import Path

import pytest

from policytracker.ledger.where import Where
from tests.demo import ask, rows
from tests.ledger.ground import REPORT, Ledger, about, changed, cleared

SECRET = 'Mia "Mimi" Muster, Hauptstraße 1'
WHY = ("--reason", "court order 12/2026", "--yes")


@pytest.fixture
def where(ledger: Ledger) -> Where:
    """A claim that names a person, a dispute and a correction of it, a development about it, and a claim of its own."""
    ledger.add(
        cleared("secret", note=SECRET, conditions={"quota": "as much again from at home"}),
        about("disputed", "secret", ref="doubt", report=REPORT),
        changed("secret", "mended", note=f"{SECRET}, Bern"),
        {"type": "development-reported", "ref": "talk", "kind": "statement", "text": "talks", "about": "secret",
         "report": REPORT},
        cleared("same", note=f"as {SECRET} says"),
        cleared("other", note="nothing of it"),
    )  # fmt: skip
    return ledger.path


def said(where: Where, name: str) -> list[str]:
    answer = ask(where, "redact", name, *WHY)
    assert answer.exit_code == 0, answer.output
    return answer.stdout.splitlines()[1:]


def test_the_events_about_it_and_others_with_its_text_are_named(where: Where) -> None:
    ids = {event["ref"]: event["id"][:12] for event in rows(where, "log") if event.get("ref")}

    lines = said(where, "secret")

    named = [line for line in lines if " event " in line]
    beginnings = [f"about it, and keeps what it says: event {ids[ref]}, " for ref in ("doubt", "mended", "talk")]
    beginnings.append(f"holds a text of it: event {ids['same']}, ")
    assert len(named) == 4
    assert [line for line, begins in zip(named, beginnings, strict=True) if not line.startswith(begins)] == []


def test_a_text_of_a_removed_one_cannot_be_compared_and_the_events_about_it_are_named_still(where: Where) -> None:
    (event, *_) = rows(where, "show", "secret")
    first = said(where, "secret")

    second = said(where, event["id"])

    about_it = [line.split(", ")[1] for line in first if line.startswith("about it")]
    assert len(about_it) == 3
    assert [line.split(", ")[1] for line in second if line.startswith("about it")] == about_it
    assert not [line for line in second if line.startswith("holds a text")]


@pytest.mark.files
def test_files_beside_the_ledger_that_hold_it_are_named(where: Where) -> None:
    """A backup, an export, a site; not what was made without it, nor the ledger and its read models."""
    assert isinstance(where, Path)
    folder = where.parent
    for command in (
        ("backup", str(folder / "a.backup")),
        ("export", "-o", str(folder / "a.jsonl")),
        ("export", "site", str(folder / "site")),
    ):
        assert ask(where, *command).exit_code == 0
    (folder / "log.csv").write_text(ask(where, "log", "--csv").stdout, encoding="utf-8")
    (folder / "notes.txt").write_text("nothing of it", encoding="utf-8")
    (folder / "packed.gz").write_bytes(gzip.compress(SECRET.encode()))

    lines = said(where, "secret")

    named = [line.removeprefix("may hold a text of it: ") for line in lines if line.startswith("may hold")]
    files = [line for line in named if " files in " not in line]
    assert files == [str(folder / name) for name in ("a.backup", "a.jsonl", "log.csv")]
    assert [line.partition(" files in ")[2] for line in named if line not in files] == [str(folder / "site")]
    looked, unknown = lines[-2:]
    assert looked.startswith("looked through ")
    assert looked.endswith(f" files in {folder}, as they are, not unpacked")
    assert unknown == (
        "not looked at: copies, backups, exports, sites and evidence elsewhere; remove what is there yourself"
    )


@pytest.mark.files
def test_a_backup_made_after_it_is_not_named(where: Where) -> None:
    assert isinstance(where, Path)
    said(where, "secret")
    assert ask(where, "backup", str(where.parent / "a.backup")).exit_code == 0

    lines = said(where, "same")

    assert [line for line in lines if "a.backup" in line] == [f"may hold a text of it: {where.parent / 'a.backup'}"]
    assert not [line for line in said(where, "other") if "may hold" in line and "a.backup" not in line]


def test_a_server_says_that_its_log_and_archives_are_not_looked_at(where: Where) -> None:
    last = said(where, "secret")[-1]

    assert ("and the server's log, archives and backups" in last) == (not isinstance(where, Path))
