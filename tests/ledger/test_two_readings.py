"""The library wrote the log; it is read by the library, and beside it in plain SQL: both see the same."""

import json
import sys

import pytest

from policytracker.es import LedgerApplication
from policytracker.events.forms import id_of, stored_fields
from policytracker.events.refusals import NotAnEvent, UnknownForm
from policytracker.ledger.damage import Damaged
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Entry, Recorded
from tests.homes import change
from tests.ledger.ground import REPORT, Ledger, about, changed, cleared, company

MESSAGE = (
    "the ledger holds an event of the form '{}', which this version does not know; "
    "upgrade policytracker (pip install --upgrade policytracker) and ask again"
)


@pytest.fixture
def busy(ledger: Ledger) -> Ledger:
    """Streams of several events, written in several imports and out of step with one another."""
    ledger.add(about("disputed", "clear", report=REPORT), company("acme", name="Acme Ltd"), cleared("other"))
    ledger.add(changed("batch", note="mended"), about("retracted", "other"), about("lifted", "clear", report=REPORT))
    ledger.add(company("acme"), about("suspended", "batch", report=REPORT))
    return ledger


def streams(ledger: Ledger) -> list[tuple[str, int]]:
    """Stream and version of every event, in ledger order."""
    with open_ledger(ledger.path) as source:
        return [(entry.stream, entry.version) for _, entry in source.events()]


def plant(
    ledger: Ledger, topic: str, stream: str = "planted", version: int = 1, state: bytes = b'{"ref":"planted"}'
) -> None:
    """Put a row into the log as somebody would who sends a ledger of his own making."""
    with ledger.store.writing() as writer:
        position = writer.head.position + 1
        entry = Entry(position, id_of(state), 0, "x", stream, version, json.loads(state).get("ref"))
        writer.put([Recorded(stream, version, topic, state)], [entry])


def test_the_librarys_streams_and_the_rows_agree_event_by_event(busy: Ledger) -> None:
    rows = dict(zip(streams(busy), busy.rows(), strict=True))

    by_stream = {
        (event.originator_id, event.originator_version): event
        for stream in {stream for stream, _ in rows}
        for event in busy.store.recorder.select_events(stream)
    }

    assert {place: (event.topic, event.state) for place, event in by_stream.items()} == {
        place: (row.topic, row.state) for place, row in rows.items()
    }


def test_the_librarys_log_and_the_rows_agree_in_order(busy: Ledger) -> None:
    rows = busy.rows()

    log = busy.store.recorder.select_notifications(start=1, limit=len(rows) + 1)

    assert [(entry.topic, entry.state) for entry in log] == [(row.topic, row.state) for row in rows]
    assert [(entry.originator_id, entry.originator_version) for entry in log] == streams(busy)
    assert busy.store.recorder.max_notification_id() == len(rows) == busy.head().position


def test_versions_of_a_stream_are_dense_from_one_on(busy: Ledger) -> None:
    """The claim is version 1, and the events about it follow."""
    by_stream: dict[str, list[int]] = {}
    for stream, version in streams(busy):
        by_stream.setdefault(stream, []).append(version)

    assert all(versions == list(range(1, len(versions) + 1)) for versions in by_stream.values())
    assert by_stream["company:acme"] == [1, 2, 3]
    assert by_stream[busy.id("clear")[:32]] == [1, 2, 3]


@pytest.mark.parametrize(
    "topic", ["os:system", "this:s", "subprocess:Popen", "builtins:eval", "blocked/3", "blocked", "seized/1", ""]
)
def test_an_unknown_topic_stops_both_readings_and_imports_nothing(ledger: Ledger, topic: str) -> None:
    """The library would import the module that a topic names."""
    plant(ledger, topic)
    sys.modules.pop("this", None)

    with LedgerApplication(ledger.path) as application, pytest.raises(UnknownForm) as by_library:
        list(application.events.get("planted"))
    with pytest.raises(UnknownForm) as beside:
        ledger.fields()

    assert str(by_library.value) == str(beside.value) == MESSAGE.format(topic)
    assert "this" not in sys.modules


def test_nothing_is_said_about_an_event_of_an_unknown_form(ledger: Ledger) -> None:
    plant(ledger, "this:s")
    before = ledger.head()

    with pytest.raises(UnknownForm) as caught:
        ledger.add(cleared("new"), about("retracted", "planted"))

    assert str(caught.value) == MESSAGE.format("this:s")
    assert ledger.head() == before
    assert "this" not in sys.modules


def test_nothing_is_said_about_an_event_that_is_not_what_its_id_says(ledger: Ledger) -> None:
    """A flipped bit, or somebody's hand, in what was stored."""
    change(ledger.path, "UPDATE stored_events SET state = {Reuters, Pravda} WHERE topic = 'cleared/2'")
    before = ledger.head()

    with pytest.raises(Damaged) as caught:
        ledger.add(cleared("new"), about("retracted", "clear"))

    assert str(caught.value) == (
        f"the ledger is damaged: what it holds of the event {ledger.id('clear')[:12]} is not what its id says; "
        "run `policytracker verify`, and go back to a copy"
    )
    assert ledger.head() == before


def test_nobody_is_registered_anew_over_a_registration_of_an_unknown_form(ledger: Ledger) -> None:
    plant(ledger, "company-registered/9", "company:acme", 2, b'{"type":"company-registered","company":"acme"}')

    with pytest.raises(UnknownForm) as caught:
        ledger.add(company("acme", name="Acme Ltd"))

    assert str(caught.value) == MESSAGE.format("company-registered/9")


def test_a_known_name_is_read_strictly_whatever_it_holds(ledger: Ledger) -> None:
    """No object is made of stored text: fields are plain values."""
    plant(ledger, "blocked/1", state=b'{"_type_":"os.system","_data_":"true"}')

    assert stored_fields("blocked/1", ledger.rows()[-1].state) == {"_type_": "os.system", "_data_": "true"}
    with LedgerApplication(ledger.path) as application, pytest.raises(NotAnEvent, match="its type is another"):
        list(application.events.get("planted"))
