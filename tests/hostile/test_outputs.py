"""Texts that hide, turn or steer are told by every door, and pass none as they are."""

import json
import re
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.questions.escaping import safe, unseen
from policytracker.snapshot.schema import TABLES
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.cli.recording import ask
from tests.hostile.ground import ATTACK, MARKUP, UNSEEN, nothing_unseen
from tests.hostile.ground import attacked as attacked

AT = ("--at", "2026-01-20")
CELL = ("acme", "h20")
FORMS = ((), ("--json",), ("--nl",), ("--csv",), ("--md",))
QUESTIONS = (
    ("state", *AT),
    ("state", *CELL, *AT),
    ("matrix", *AT),
    ("check", *CELL, *AT),
    ("why", *CELL, *AT),
    ("timeline", *CELL),
    ("diff", "--at", "2026-01-01", "--to-at", "2026-01-20"),
    ("claims", *AT),
    ("quantities",),
    ("conflicts", *AT),
    ("companies",),
    ("chips",),
    ("authorities",),
    ("log",),
    ("show", "claim"),
    ("search", "drop table"),
    ("where",),
    ("verify",),
)
PAGES = (
    *("/board", "/cell/acme/h20", "/company/acme", "/chip/h20", "/authority/gacc", "/changes", "/log", "/sources"),
    *("/event/claim", "/search?q=drop", "/compare"),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0] if form else "table")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question[:2]))
def test_a_question_shows_every_character_of_a_hostile_text(
    attacked: Path, question: tuple[str, ...], form: tuple[str, ...]
) -> None:
    found = ask(attacked, *question, *form, color=True)

    assert isinstance(found.exception, SystemExit | None), found.exception
    assert found.exit_code in (0, 3, 4, 6), found.output
    nothing_unseen(re.sub("\x1b\\[[0-9;]*m", "", found.output))


@pytest.mark.parametrize("form", ["json", "nl"])
def test_machines_read_the_text_as_it_was_recorded(attacked: Path, form: str) -> None:
    lines = ask(attacked, "log", f"--{form}").stdout
    events = json.loads(lines) if form == "json" else [json.loads(line) for line in lines.splitlines()]

    assert events[1]["name"] == ATTACK


def test_an_export_is_escaped_and_comes_back_as_it_was(attacked: Path, tmp_path: Path) -> None:
    exported = ask(attacked, "export").stdout
    again = tmp_path / "again.ledger"
    ask(again, "init")
    taken = ask(again, "import", "-", text=exported)

    nothing_unseen(exported)
    nothing_unseen(taken.output)
    assert taken.exit_code == 0
    ids = [[json.loads(line)["id"] for line in ask(each, "export").stdout.splitlines()] for each in (attacked, again)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_and_its_json_show_every_character(attacked: Path, page: str) -> None:
    day = span("2026-01-20").last
    with TestClient(application(Opened(attacked, lambda: day)), base_url="http://127.0.0.1") as client:
        path, _, query = page.partition("?")
        html = client.get(page)
        data = client.get(f"{path}.json?{query}")

    assert (html.status_code, data.status_code) == (200, 200)
    nothing_unseen(html.text)
    nothing_unseen(data.text)
    assert MARKUP not in html.text
    assert [link for link in re.findall(r'href="([^"]*)"', html.text) if link.startswith("javascript:")] == []


@pytest.mark.parametrize("feed", ["/changes.atom", "/scheduled.ics", "/openapi.json"])
def test_a_feed_shows_every_character(attacked: Path, feed: str) -> None:
    day = span("2026-01-09").last
    with TestClient(application(Opened(attacked, lambda: day)), base_url="http://127.0.0.1") as client:
        nothing_unseen(client.get(feed).text.replace("\r\n", "\n"))


def test_the_site_and_the_explorer_show_every_character(attacked: Path, tmp_path: Path) -> None:
    site, explorer = tmp_path / "site", tmp_path / "explorer.html"
    for made in (("site", str(site)), ("explorer", str(explorer))):
        assert ask(attacked, "export", *made, *AT).exit_code == 0
    written = [
        explorer,
        *(path for path in site.rglob("*") if path.suffix in (".html", ".json", ".js", ".atom", ".ics")),
    ]

    assert len(written) > 10
    for path in written:
        text = path.read_text(encoding="utf-8")
        nothing_unseen(text)
        assert MARKUP not in text or path.suffix in (".json", ".atom")


def test_a_snapshot_shows_every_character(attacked: Path, tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    assert ask(attacked, "export", "sqlite", str(path), *AT).exit_code == 0
    with closing(sqlite3.connect(path)) as connection:
        texts = [value for table in TABLES for row in connection.execute(f"SELECT * FROM {table}") for value in row]

    assert any(MARKUP in text for text in texts if isinstance(text, str))
    nothing_unseen("".join(text for text in texts if isinstance(text, str)))


def test_evidence_and_its_verifier_show_every_character(attacked: Path, tmp_path: Path) -> None:
    evidence, verifier = tmp_path / "evidence.json", tmp_path / "verify.py"
    assert ask(attacked, "prove", "claim", "-o", str(evidence), "--verifier", str(verifier)).exit_code == 0
    told = subprocess.run([sys.executable, verifier, evidence], capture_output=True, text=True, encoding="utf-8")

    assert told.returncode == 0
    nothing_unseen(told.stdout + told.stderr)


@pytest.mark.parametrize(
    "name", ["\x1b[31mx", "a\u202eb", "\udcff", "x" * 200_000, "\u0301" * 20_000 + "\u0316" * 20_000]
)
def test_a_hostile_name_that_is_asked_for_is_told_as_it_is_written(attacked: Path, name: str) -> None:
    """The same of a ledger, of a file to import, of pairs, and of options."""
    for words in (("state", name), ("why", name, "h20"), ("show", name), ("record", name), ("state", "--at", name)):
        found = ask(attacked, *words)
        nothing_unseen(found.output)
        assert found.exit_code in (1, 2)
        assert len(found.output) < 1_000


def test_hostile_names_of_files_are_told_as_they_are_written(attacked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[2J\u202e\nfolder"
    folder.mkdir()
    words = (
        ("import", str(folder / "none")),
        ("export", "-o", str(folder / "ledger.jsonl")),
        ("export", "-o", str(folder / "ledger.jsonl")),
        ("export", "explorer", str(folder / "explorer.html")),
        ("export", "sqlite", str(folder / "tracker.db")),
        ("checkpoint", "-o", str(folder / "checkpoint")),
        ("checkpoint", "--new-key", str(folder / "key"), "--name", "example.com/me"),
        ("prove", "claim", "-o", str(folder / "evidence"), "--verifier", str(folder / "verifier")),
        ("verify", "--against", str(folder / "checkpoint")),
        ("check", "--file", str(folder / "none.csv")),
    )
    for each in words:
        nothing_unseen(ask(attacked, *each).output.replace("\n", ""))
    other = folder / "other.ledger"
    for command in ("init", "init", "state", "where"):
        nothing_unseen(ask(other, command).output.replace("\n", ""))


def test_every_character_without_a_shape_is_written_out() -> None:
    """Controls, formats that take no room, surrogates and private ones: whatever Unicode calls so here."""
    shapeless = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    prefixed = {"\u0600", "\u0601", "\u0602", "\u0603", "\u0604", "\u0605", "\u06dd", "\u070f", "\u0890", "\u0891"}
    visible = prefixed | {"\u08e2", "\t", "\n", "\U000110bd", "\U000110cd"}
    """Number signs that have a shape, and the two that a text may hold."""
    found = [chr(number) for number in range(0x110000) if unicodedata.category(chr(number)) in shapeless]
    missed = [f"{ord(each):04X}" for each in found if each not in visible and safe(each) == each]

    assert missed == []
    assert unseen(UNSEEN) == list(UNSEEN)
