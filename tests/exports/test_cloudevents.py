"""CloudEvents: the SDK of CloudEvents takes each, and their data is the ledger again."""

import json
import re
from typing import Any

from cloudevents.core.formats.json import JSONFormat
from hypothesis import given, settings

from policytracker.cli.output import json_text
from policytracker.events.catalogue import topic_of
from policytracker.exports.cloudevents import cloudevents
from policytracker.ledger import clock
from policytracker.questions.log import Export, exported
from policytracker.questions.reader import Reader
from policytracker.seals.leaves import Sealed, leaf_hash
from policytracker.testing import strategies
from tests.exports.ground import REGISTRY, RUMOUR, claim, recorded
from tests.questions import recorded as made


def lines_of(reader: Reader, by: int | None = None) -> list[str]:
    return list(cloudevents(reader, Export(reader, by), recorders=True))


def envelopes(reader: Reader) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines_of(reader)]


@settings(max_examples=25)
@given(strategies.ledgers())
def test_the_data_of_all_events_is_the_export_and_imports_as_the_same_ledger(ledger: list[dict[str, Any]]) -> None:
    with made.recorded(ledger) as reader:
        found = lines_of(reader)
        lines = [json_text(json.loads(line)["data"]) for line in found]
        assert lines == [json_text(line) for line in exported(reader)]
    with made.recorded_lines(lines) as again:
        assert [json.loads(line)["id"] for line in lines_of(again)] == [json.loads(line)["id"] for line in found]
    assert len(found) == len(ledger)


@settings(max_examples=25)
@given(strategies.ledgers())
def test_the_sdk_takes_every_event_and_each_has_an_id_of_its_own(ledger: list[dict[str, Any]]) -> None:
    with made.recorded(ledger) as reader:
        found = [JSONFormat().read(None, line) for line in lines_of(reader)]
    assert len({(each.get_source(), each.get_id()) for each in found}) == len(ledger)
    for each in found:
        assert each.get_specversion() == "1.0"
        assert each.get_time() is not None
        assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in each.get_attributes())


def test_the_attributes_say_where_the_event_stands_and_how_it_is_sealed() -> None:
    """Whoever has an envelope can work out the seal from it (docs/trust.md)."""
    with recorded([*REGISTRY, claim("blocked", "stop")]) as reader:
        found = envelopes(reader)[-1]
        ledger = reader.head.ledger
    assert (found["type"], found["subject"], found["recorder"]) == ("org.policytracker.blocked", "stop", "Mia")
    assert (found["source"], found["position"]) == (f"urn:uuid:{ledger}", 5)
    assert found["time"] == "2100-01-01T00:00:00.000000Z"
    sealed = Sealed(found["position"], found["id"], topic_of("blocked"), 4_102_444_800_000_000, found["recorder"])
    assert clock.text(sealed.recorded) == found["time"]
    assert found["seal"] == leaf_hash(sealed).hex()


def test_who_recorded_is_said_only_where_that_is_asked() -> None:
    with recorded(REGISTRY) as reader:
        hidden = list(cloudevents(reader, Export(reader)))
        shown = envelopes(reader)
    assert [{**json.loads(line), "recorder": "Mia"} for line in hidden] == shown
    assert "Mia" not in "".join(hidden)


def test_the_subject_is_what_an_event_is_about_and_of_a_registration_what_is_registered() -> None:
    lifted = {"type": "lifted", "target": "stop", "report": RUMOUR}
    unnamed = {name: value for name, value in claim("held", "").items() if name != "ref"}
    with recorded([*REGISTRY, claim("blocked", "stop"), lifted, unnamed]) as reader:
        found = envelopes(reader)
    assert [each["subject"] for each in found[:4]] == ["authority:gacc", "company:acme", "company:bolt", "chip:h20"]
    assert [each["subject"] for each in found[4:]] == ["stop", "stop", found[-1]["id"]]


def test_what_was_redacted_is_left_out_and_positions_stay() -> None:
    """The second of three claims is redacted: the third keeps its place."""
    events = [claim("blocked", "one"), claim("held", "two"), claim("cleared", "three")]
    with recorded([*REGISTRY, *events], redacted=["two"]) as reader:
        found = envelopes(reader)
    assert [(each["subject"], each["position"]) for each in found[4:]] == [("one", 5), ("three", 7)]


def test_of_an_earlier_ledger_the_later_events_are_left_out() -> None:
    with made.recorded(REGISTRY, [claim("blocked", "stop")]) as reader:
        assert len(lines_of(reader, made.CLOCK)) == 4
        assert len(lines_of(reader, made.CLOCK + 1)) == 5
