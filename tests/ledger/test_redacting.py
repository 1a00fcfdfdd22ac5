"""A content is removed for legal reasons: the tree still holds, and says who did it, when and why."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from policytracker.events.refusals import BadText, Refused
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.copying import copy
from policytracker.ledger.damage import Damaged
from policytracker.ledger.errors import AmbiguousEvent, NoSuchEvent, NotCleared
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.redacting import redact
from policytracker.projections.catching_up import catch_up
from policytracker.projections.layout import place_of
from policytracker.seals.tree import root_at
from tests.homes import change
from tests.ledger.ground import NOON, REPORT, Fields, Ledger, about, changed, cleared, company

SECRET = "Mia Muster, Hauptstrasse 1"
REASON = "court order 12/2026"
DAY = 739_000


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    """A claim that names a person, and what was said about it and another."""
    ledger.add(cleared("secret", note=SECRET))
    ledger.add(about("disputed", "secret", ref="doubt", report=REPORT), about("disputed", "clear", report=REPORT))
    return ledger


def removed(ledger: Ledger, name: str = "secret", reason: str = REASON) -> None:
    redact(ledger.store, name, reason, lambda: NOON + 60_000_000, "officer")


def told(ledger: Ledger) -> list[tuple[int, str]]:
    return [(found.position, found.what) for found in ledger_damage(ledger.path)]


def bytes_of(ledger: Ledger) -> bytes:
    """All files of a ledger, the read models and logs included; of one on a server its tables, dead rows and all."""
    with open_ledger(ledger.path) as source:
        views = place_of(source)
    found = [path.read_bytes() for path in views.parent.glob(f"{views.name}*")]
    if isinstance(ledger.path, Path):
        found += [path.read_bytes() for path in ledger.path.parent.glob(f"{ledger.path.name}*")]
    else:
        with psycopg.connect(ledger.path.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            for table in ("stored_events", "ledger_entries"):
                names = "pg_relation_filepath(oid), pg_relation_filepath(nullif(reltoastrelid, 0))"
                query = f"SELECT {names} FROM pg_class WHERE oid = 'policytracker.{table}'::regclass"
                for names_found in connection.execute(query.encode()):
                    for name in filter(None, names_found):
                        row = connection.execute("SELECT pg_read_binary_file(%s)", (name,)).fetchone()
                        found.append(row[0] if row else b"")
    return b"".join(found)


def test_only_content_and_ref_go(kept: Ledger) -> None:
    before = kept.rows()

    removed(kept)

    *after, last = kept.rows()
    assert after[:11] + after[12:] == before[:11] + before[12:]
    assert after[11] == before[11]._replace(state=b"", ref=None)
    assert (last.topic, last.recorder, last.recorded) == ("redacted/1", "officer", NOON + 60_000_000)
    assert last.state.decode() == f'{{"reason":"{REASON}","target":"{before[11].id}","type":"redacted"}}'


def test_the_tree_still_holds_and_extends_the_old_one(kept: Ledger) -> None:
    with open_ledger(kept.path) as source:
        before = source.leaves()

    removed(kept)

    assert told(kept) == []
    with open_ledger(kept.path) as source:
        assert root_at(source.leaves(), len(before)) == root_at(before, len(before))


def test_nothing_of_it_is_left_in_any_file(kept: Ledger) -> None:
    """Pages that were split, dead rows, logs, read models."""
    for number in range(40):
        kept.add(cleared(f"secret-{number}", note=f"{SECRET} {number} " + "x" * 3_000))
    catch_up(kept.path, DAY)
    assert SECRET.encode() in bytes_of(kept)

    for name in ("secret", *(f"secret-{number}" for number in range(40))):
        with kept.store.writing() as writer:
            event_id = writer.tables.event_id(name)
        redact(kept.store, event_id, REASON)
    catch_up(kept.path, DAY)

    assert SECRET.encode() not in bytes_of(kept)
    assert b"secret-3" not in bytes_of(kept)
    assert REASON.encode() in bytes_of(kept)
    assert told(kept) == []


def test_an_event_about_another_can_go_too(kept: Ledger) -> None:
    """Its claim stays, and what is said later about the claim."""
    removed(kept, "doubt")
    kept.add(about("retracted", "secret"))

    assert told(kept) == []
    assert [row.topic for row in kept.rows() if not row.state] == ["disputed/2"]


def test_a_registration_goes_once_another_has_taken_its_place(kept: Ledger) -> None:
    current = next(row.id for row in kept.rows() if row.stream == "company:dyno")

    with pytest.raises(Refused) as caught:
        removed(kept, current)
    kept.add(company("dyno", name="another name"))
    removed(kept, current)
    kept.add(company("dyno", name="a third"))

    assert str(caught.value) == (
        "nothing was redacted: it is the current registration of its subject, and other events name it; "
        "register the subject anew first, with what may stay, and redact this one then"
    )
    assert told(kept) == []


def test_a_redaction_stays(kept: Ledger) -> None:
    removed(kept)

    with pytest.raises(Refused, match=r"^nothing was redacted: it is a redaction itself; its reason stays"):
        removed(kept, kept.rows()[-1].id)

    assert told(kept) == []


def test_a_second_time_only_the_files_are_cleared_again(kept: Ledger) -> None:
    event_id = kept.id("secret")
    removed(kept)
    before = kept.rows()

    done = redact(kept.store, event_id, "another reason")

    assert done.again
    assert kept.rows() == before


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (" ", "nothing was redacted: no reason is given"),
        ("a\x00b", "a control character"),
        ("\ud800", "half a character"),
        ("x" * 10_001, "a text of 10,001 characters"),
    ],
)
def test_a_reason_is_given(kept: Ledger, reason: str, why: str) -> None:
    before = kept.rows()

    with pytest.raises(Refused, match=why) as caught:
        removed(kept, reason=reason)

    assert isinstance(caught.value, BadText) or reason == " "
    assert kept.rows() == before


def test_what_is_not_there_cannot_be_redacted(kept: Ledger) -> None:
    with pytest.raises(NoSuchEvent):
        removed(kept, "nothing")
    several = next(name for name in "0123456789abcdef" if sum(row.id[0] == name for row in kept.rows()) > 1)
    with pytest.raises(AmbiguousEvent):
        removed(kept, several)


@pytest.mark.parametrize("event", [about("retracted", "{id}"), changed("{id}", note="x"), about("retracted", "doubt")])
def test_nothing_can_be_said_about_it_any_more(kept: Ledger, event: Fields) -> None:
    """Nor about what was said about it."""
    event_id = kept.id("secret")
    removed(kept)

    why = kept.refusal({**event, "target": event["target"].format(id=event_id)})

    assert "was redacted, so nothing can be said about it; record what may stand as an event of its own" in why


def test_the_same_content_adds_nothing_again(kept: Ledger) -> None:
    """Somebody imports an old export."""
    removed(kept)

    assert kept.add(cleared("secret", note=SECRET)).appended == 0


def test_nobody_records_or_imports_a_redaction(kept: Ledger) -> None:
    line = {"type": "redacted", "target": kept.id("clear"), "reason": "I do not like it"}

    assert "'redacted' is no event type" in kept.refusal(line)


def test_a_copy_has_the_same_root(kept: Ledger, tmp_path: Path) -> None:
    removed(kept)

    head = copy(kept.path, tmp_path / "copy.ledger")

    assert head == kept.head()
    assert list(ledger_damage(tmp_path / "copy.ledger")) == []


DAMAGE: list[tuple[Callable[[Ledger], str], int, str]] = [
    (lambda _: "UPDATE stored_events SET state = '' WHERE originator_id = 'company:dyno'", 5,
     "its content was removed, and no event says that it was redacted"),
    (lambda ledger: f"DELETE FROM ledger_entries WHERE id = '{ledger.rows()[-1].id}'", 12,
     "its content was removed, and no event says that it was redacted"),
    (lambda ledger: "UPDATE ledger_entries SET ref = 'new' WHERE position = 12", 12,
     "has the ref 'new' and the version 1 beside a content that was removed"),
    (lambda ledger: "UPDATE ledger_entries SET recorder = 'eve' WHERE position = 12", 12,
     "its seal does not match its position, id, name, time and recorder: one of them was changed"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "position", "what"), DAMAGE)
def test_a_removal_that_no_redaction_tells_is_damage(
    kept: Ledger, statement: Callable[[Ledger], str], position: int, what: str
) -> None:
    removed(kept)
    written = statement(kept).replace("state = ''", "state = X''" if isinstance(kept.path, Path) else "state = ''")
    change(kept.path, written)

    assert (position, what) in told(kept)


def test_a_content_put_back_is_damage(kept: Ledger) -> None:
    row = kept.rows()[11]
    removed(kept)
    blob = f"X'{row.state.hex()}'" if isinstance(kept.path, Path) else f"'\\x{row.state.hex()}'"
    change(kept.path, f"UPDATE stored_events SET state = {blob} WHERE originator_id = '{row.stream}' "
                      "AND originator_version = 1")  # fmt: skip

    assert any("says that" in what and "was redacted, which has its content still" in what for _, what in told(kept))


def test_no_question_is_answered_from_a_removal_that_nothing_tells(kept: Ledger) -> None:
    empty = "X''" if isinstance(kept.path, Path) else "''"
    change(kept.path, f"UPDATE stored_events SET state = {empty} WHERE originator_id = 'company:dyno'")

    with pytest.raises(Damaged, match="is not what its id says"):
        catch_up(kept.path, DAY)


def test_while_somebody_reads_it_is_redacted_and_said_to_be_there_still(
    kept: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that has not finished keeps the old pages: once more, when he has."""
    event_id = kept.id("secret")
    monkeypatch.setenv("POLICYTRACKER_LOCK_SECONDS", "1")
    with open_ledger(kept.path) as reader, reader.still():
        assert next(iter(reader.everything())).position == 1
        with pytest.raises(NotCleared) as caught:
            removed(kept)

    assert f"the event {event_id[:12]} is redacted, but its traces could not be cleared" in str(caught.value)
    assert str(caught.value).endswith(f"; run `policytracker redact {event_id[:12]}` again")
    assert told(kept) == []
    assert redact(kept.store, event_id, REASON).again
    assert SECRET.encode() not in bytes_of(kept)
