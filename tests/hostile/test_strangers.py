"""A ledger from a stranger: every hash holds, and the contents are no events. Named as damage, never a traceback."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from policytracker.events.forms import canonical, id_of, read_line, topic
from policytracker.ledger.past import registry_stream
from policytracker.ledger.where import where_of
from policytracker.projections.layout import place
from tests.cli.recording import ask
from tests.hostile.forged import Content, forged
from tests.web.ground import registry

KNOWN: list[Content] = [
    (topic(event), canonical(event)) for event in (read_line(json.dumps(fields).encode()) for fields in registry())
]
STREAMS = {
    place: (registry_stream(space, name), 1)
    for place, (space, name) in enumerate([("authority", "gacc"), ("company", "acme"), ("chip", "h20")])
}
CLAIM = {
    "type": "cleared",
    "authority": "gacc",
    "companies": ["acme"],
    "chips": ["h20"],
    "report": {"publisher": "x", "published": "2026-01-01"},
}
COMMANDS = (
    *(("state", "--json"), ("why", "acme", "h20"), ("log",), ("search", "x"), ("export",), ("quantities",)),
    *(("verify",), ("checkpoint",), ("rebuild",), ("import", "-")),
)


def claim(**more: Any) -> bytes:
    return json.dumps({**CLAIM, **more}, separators=(",", ":")).encode()


def deep(levels: int) -> bytes:
    return b'{"type":"cleared","note":' + b"[" * levels + b"]" * levels + b"}"


CASES: dict[str, Content] = {
    "no UTF-8": ("cleared/1", b"\xff\x00"),
    "no object": ("cleared/1", b"[]"),
    "no fields": ("cleared/1", b"{}"),
    "nested": ("cleared/1", deep(900)),
    "nested beyond any reader": ("cleared/1", deep(100_000)),
    "a number too long": ("cleared/1", b'{"type":"cleared","note":' + b"9" * 5_000 + b"}"),
    "half a character": ("cleared/1", b'{"type":"cleared","note":"\\ud800"}'),
    "another type": ("cleared/1", claim(type="shipped")),
    "a type that is a number": ("cleared/1", claim(type=5)),
    "no report": ("cleared/1", json.dumps({**CLAIM, "report": None}).encode()),
    "a date that is none": ("cleared/1", claim(report={"publisher": "x", "published": "rubbish"})),
    "a publisher that is a number": ("cleared/1", claim(report={"publisher": 7, "published": "2026"})),
    "companies that are a number": ("cleared/1", claim(companies=5)),
    "a cohort of a number": ("cleared/1", claim(companies={"of": 5})),
    "a test that is none": ("cleared/1", claim(chips=[{"where": ["garbage"]}])),
    "conditions that are a list": ("cleared/1", claim(conditions=[1])),
    "an authority that is a list": ("cleared/1", claim(authority=[1])),
    "a quantity that is a text": ("batch-approved/1", claim(type="batch-approved", quantity={"min": "a"})),
    "an id that is a path": (
        "company-registered/1",
        b'{"type":"company-registered","company":"../../x","name":"x","jurisdiction":"CN"}',
    ),
    "a target that is no id": ("disputed/1", b'{"type":"disputed","target":"x"}'),
    "a target that is a number": ("disputed/1", b'{"type":"disputed","target":5}'),
    "a redaction of nothing": ("redacted/1", b'{"type":"redacted"}'),
}


@pytest.mark.parametrize("case", CASES)
def test_a_sealed_content_that_is_no_event_is_named_as_damage(case: str, tmp_path: Path) -> None:
    """By verify, with its position; by every question and command that would rest on it, with the way out."""
    ledger = forged(tmp_path / "test.ledger", [*KNOWN, CASES[case]], STREAMS)
    for command in COMMANDS:
        found = ask(ledger, *command, text=b"\n")
        assert isinstance(found.exception, SystemExit | None), (command, found.exception)
        if command[0] == "verify":
            assert found.exit_code == 5
            assert f"damaged: event {id_of(CASES[case][1])[:12]} at position 4: " in found.stdout
        elif command[0] not in ("checkpoint", "import"):
            assert found.exit_code == 1
            assert found.stderr.startswith("Error: the ledger is damaged: what it holds of ")
            assert found.stderr.endswith("; run `policytracker verify`, and go back to a copy\n")


@pytest.mark.parametrize(
    "changes",
    [{"companies": 5}, {"authority": None}, {"companies": None}, {"report": []}, {"conditions": [1]}, {"x": 1}],
)
def test_a_correction_to_what_a_field_cannot_hold_is_named_as_damage(changes: dict[str, Any], tmp_path: Path) -> None:
    first = canonical(read_line(claim()))
    correction = {"type": "corrected", "target": id_of(first), "changes": changes}
    state = json.dumps(correction).encode()
    streams = {**STREAMS, 4: (id_of(first)[:32], 2)}
    ledger = forged(tmp_path / "test.ledger", [*KNOWN, ("cleared/1", first), ("corrected/1", state)], streams)
    found = ask(ledger, "state", "--json")

    assert "at position 5 is no event (a field would be changed to what it cannot hold)" in found.stderr
    assert ask(ledger, "verify").exit_code == 5


def test_an_event_about_one_that_is_not_there_is_named_as_damage(tmp_path: Path) -> None:
    state = json.dumps({"type": "disputed", "target": "f" * 64}).encode()
    ledger = forged(tmp_path / "test.ledger", [*KNOWN, ("disputed/1", state)], STREAMS)
    found = ask(ledger, "state")

    assert f"the event {id_of(state)[:12]} is about ffffffffffff, which does not come before it" in found.stderr
    assert ask(ledger, "verify").exit_code == 5


def test_a_name_of_something_to_run_is_not_run(tmp_path: Path) -> None:
    ledger = forged(tmp_path / "test.ledger", [*KNOWN, ("os:system/1", claim())], STREAMS)
    found = ask(ledger, "state")

    assert found.exit_code == 1
    assert "an event of the form 'os:system/1', which this version does not know" in found.stderr


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE ledger_entries SET ref = x'ff' WHERE position = 4", "of the wrong kind"),
        ("UPDATE ledger_entries SET recorded = 4611686018427387904 WHERE position = 4", "seal does not match"),
        ("UPDATE ledger_entries SET stream = '../x' WHERE position = 4", "its content is missing"),
        ("UPDATE ledger_entries SET version = 9223372036854775807 WHERE position = 4", "its content is missing"),
        ("UPDATE ledger_entries SET position = 9223372036854775807 WHERE position = 4", "stands at position"),
        ("UPDATE ledger_entries SET position = -1 WHERE position = 4", "position"),
        ("UPDATE ledger_entries SET tree = zeroblob(17000000) WHERE position = 4", "string or blob too big"),
        ("UPDATE stored_events SET topic = x'ff'", "of the wrong kind"),
        ("UPDATE stored_events SET state = 'x'", "of the wrong kind"),
        ("UPDATE stored_events SET state = zeroblob(17000000)", "string or blob too big"),
        ("DELETE FROM ledger_meta", "it does not say which ledger it is"),
        ("DROP TABLE ledger_meta", "it has no table 'ledger_meta'"),
        ("DROP TABLE stored_events", "it has no table 'stored_events'"),
    ],
)
def test_tables_that_hold_anything_else_are_damage_in_a_sentence(statement: str, what: str, tmp_path: Path) -> None:
    ledger = forged(tmp_path / "test.ledger", [*KNOWN, ("cleared/1", canonical(read_line(claim())))], STREAMS)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        connection.execute(statement)
    for command in COMMANDS:
        found = ask(ledger, *command, text=b"\n")
        assert isinstance(found.exception, SystemExit | None), (command, found.exception)
        if command[0] == "verify":
            assert (found.exit_code, what in found.stdout) == (5, True), found.output


def test_a_time_that_nobody_can_write_is_damage(tmp_path: Path) -> None:
    """Sealed, so that the seal holds."""
    ledger = forged(tmp_path / "test.ledger", KNOWN, STREAMS, tick=10**18)

    assert "is recorded at no time that can be written" in ask(ledger, "verify").stdout
    assert "is recorded at no time that can be written" in ask(ledger, "log").stderr


def test_the_identity_of_a_ledger_leads_to_no_other_folder(tmp_path: Path) -> None:
    """The read models of a server's ledger are named by it."""
    server = where_of("postgresql://someone@db.example/policy")
    usual = place(server, "057270b2-fc54-4ff3-83f0-8377714f5e60")
    other = place(server, "../../../../etc/passwd\0")

    assert usual.name == "057270b2-fc54-4ff3-83f0-8377714f5e60.views"
    assert other.parent == usual.parent
    assert other.name.removesuffix(".views").isalnum()


@pytest.mark.parametrize("mark", [b"", b"\0" * 100, b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_file_that_only_begins_like_a_ledger_is_told_from_one(mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / "test.ledger"
    path.write_bytes(mark)
    for command in (("state",), ("verify",), ("import", "-")):
        found = ask(path, *command, text=b"\n")
        assert isinstance(found.exception, SystemExit | None), found.exception
        assert found.exit_code in (1, 5)


def test_a_header_that_promises_more_pages_than_there_are_is_damage(tmp_path: Path) -> None:
    ledger = forged(tmp_path / "test.ledger", KNOWN, STREAMS)
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    raw = bytearray(ledger.read_bytes())
    raw[28:32] = b"\x7f\xff\xff\xff"
    ledger.write_bytes(raw)
    found = ask(ledger, "verify")

    assert isinstance(found.exception, SystemExit | None), found.exception
    assert found.exit_code in (1, 5)
