"""A ledger, opened as an application of the library eventsourcing: what is read there, and that nothing changes."""

from pathlib import Path
from typing import Any

import pytest
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOTrackingRecorder
from eventsourcing.projection import Projection

from policytracker.es import (
    LedgerApplication,
    LedgerMapper,
    LedgerNotification,
    Place,
    ReadOnly,
    Redaction,
    Removed,
    follow,
)
from policytracker.events.claims import Blocked, Claim, Cleared
from policytracker.events.forms import canonical, id_of
from policytracker.events.refusals import NotAnEvent, UnknownForm
from policytracker.events.registry import Registration
from policytracker.ledger.errors import NoLedger
from policytracker.ledger.redacting import redact
from tests.demo import demo as demo
from tests.ledger.conftest import empty as empty
from tests.ledger.conftest import ledger as ledger
from tests.ledger.conftest import pytest_generate_tests as pytest_generate_tests
from tests.ledger.ground import CLAIM, NOON, Ledger, about, cleared


class Seen(Projection[POPOTrackingRecorder]):
    """Notes what it is given; claims apart."""

    def __init__(self) -> None:
        super().__init__(POPOTrackingRecorder())
        self.claims: list[tuple[str, str | None]] = []
        self.others = 0

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Any) -> None:
        self.others += 1
        self.view.insert_tracking(tracking)

    @process_event.register
    def _(self, domain_event: Claim, tracking: Any) -> None:
        assert isinstance(tracking, Place)
        self.claims.append((tracking.event_id, domain_event.ref))
        self.view.insert_tracking(tracking)


class Blocks(Seen):
    topics = ("blocked/1", "blocked/2")


def notifications(application: LedgerApplication) -> list[LedgerNotification]:
    found = application.recorder.select_notifications(None, 1_000)
    return [each for each in found if isinstance(each, LedgerNotification)]


def test_notifications_are_the_ledgers_events_in_its_order(ledger: Ledger) -> None:
    rows = ledger.rows()

    with LedgerApplication(ledger.path) as application:
        found = notifications(application)
        assert application.recorder.max_notification_id() == len(rows)
        some = application.recorder.select_notifications(2, 10, 5, inclusive_of_start=False)

    assert [(each.id, each.event_id, each.recorded, each.topic, each.state) for each in found] == [
        (row.position, row.id, row.recorded, row.topic, row.state) for row in rows
    ]
    assert [each.id for each in some] == [3, 4, 5]
    assert {each.recorder for each in found} == {"tester"}


def test_an_event_is_the_frozen_record_that_was_recorded(demo: Path) -> None:
    """Its canonical form is what is stored; a registration that takes another's place names that one besides."""
    with LedgerApplication(demo) as application:
        found = notifications(application)
        events: list[Any] = [application.mapper.to_domain_event(each) for each in found]

    assert len(events) > 150
    for event, each in zip(events, found, strict=True):
        if not isinstance(event, Registration):
            assert canonical(event) == each.state
            assert id_of(each.state) == each.event_id


def test_a_stream_is_read_by_the_library(ledger: Ledger) -> None:
    """A claim and what was said about it."""
    ledger.add(about("retracted", "clear"))

    with LedgerApplication(ledger.path) as application:
        events: list[Any] = list(application.events.get(ledger.id("clear")[:32]))
        last = application.recorder.select_events(ledger.id("clear")[:32], gt=1, lte=2, desc=True, limit=1)

    assert isinstance(events[0], Cleared)
    assert events[1].target == ledger.id("clear")
    assert [(each.originator_version, each.topic) for each in last] == [(2, "retracted/2")]


@pytest.mark.files
def test_opening_and_reading_change_no_byte_of_the_ledger(ledger: Ledger) -> None:
    """SQLite itself leaves a log beside a file that it has opened to read: it holds nothing."""
    ledger.store.close()
    before = ledger.file.read_bytes()

    with LedgerApplication(str(ledger.file)) as application:
        follow(application, Seen())
        with pytest.raises(ReadOnly, match=r"^the library can only read a ledger; record with `policytracker record`"):
            application.recorder.insert_events([])
        with pytest.raises(ReadOnly):
            application.events.put([Cleared])  # type: ignore[list-item]

    assert ledger.file.read_bytes() == before
    log = ledger.file.with_name(f"{ledger.file.name}-wal")
    assert not log.exists() or log.stat().st_size == 0
    assert {path.name for path in ledger.file.parent.iterdir()} <= {
        ledger.file.name + end for end in ("", "-wal", "-shm")
    }


@pytest.mark.files
def test_no_variable_of_the_environment_chooses_another_place(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.db"
    for name, value in {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(other),
        "IS_SNAPSHOTTING_ENABLED": "y",
        "COMPRESSOR_TOPIC": "os:system",
    }.items():
        monkeypatch.setenv(name, value)

    with LedgerApplication(ledger.path) as application:
        assert application.recorder.max_notification_id() == ledger.head().position

    assert not other.exists()


def test_a_place_without_a_ledger_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match=r"^no ledger at "):
        LedgerApplication(str(tmp_path / "none.ledger"))

    assert list(tmp_path.iterdir()) == []


def test_a_projection_follows_the_ledger(ledger: Ledger) -> None:
    projection = Seen()

    with LedgerApplication(ledger.path) as application:
        first = follow(application, projection, page=2)
        again = follow(application, projection)
        ledger.add(cleared("later"))
        more = follow(application, projection)

    assert (first, again, more) == (ledger.head().position - 1, 0, 1)
    assert projection.claims == [(ledger.id(ref), ref) for ref in ("clear", "batch", "later")]
    assert projection.view.max_tracking_id(f"policytracker/{ledger.head().ledger}") == ledger.head().position


def test_a_projection_may_ask_for_some_topics_only(ledger: Ledger) -> None:
    ledger.add({"type": "blocked", "ref": "stop", **CLAIM})
    projection = Blocks()

    with LedgerApplication(ledger.path) as application:
        assert follow(application, projection) == 1
        (found,) = application.recorder.select_notifications(1, 9, topics=list(Blocks.topics))
        assert isinstance(application.mapper.to_domain_event(found), Blocked)
    assert projection.claims == [(ledger.id("stop"), "stop")]


def test_what_was_removed_is_told_as_such(ledger: Ledger) -> None:
    gone = ledger.id("clear")
    redact(ledger.store, "clear", "court order", lambda: NOON, "officer")

    with LedgerApplication(ledger.path) as application:
        events = [application.mapper.to_domain_event(each) for each in notifications(application)]

    assert [event for event in events if isinstance(event, Removed | Redaction)] == [
        Removed("cleared"),
        Redaction(gone, "court order"),
    ]


@pytest.mark.parametrize("topic", ["os:system", "blocked/3", "blocked/x", "blocked", "seized/1", ""])
@pytest.mark.parametrize("state", [b"{}", b""])
def test_a_topic_that_the_catalogue_does_not_know_is_refused(topic: str, state: bytes) -> None:
    with pytest.raises(UnknownForm, match="which this version does not know"):
        LedgerMapper().to_domain_event(StoredEvent("s", 1, topic, state))


@pytest.mark.parametrize("state", [b"[]", b'{"type":"lifted"}', b'{"type":"blocked"}', b"\xff"])
def test_what_is_no_event_is_refused(state: bytes) -> None:
    with pytest.raises(NotAnEvent):
        LedgerMapper().to_domain_event(StoredEvent("s", 1, "blocked/2", state))
