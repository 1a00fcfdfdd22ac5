"""Recorded events as a report file to edit, and the corrections that an edit of it means."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policytracker.authoring.amending import NEVER_CORRECTED, amended
from policytracker.authoring.blocks import Block, blocks_of
from policytracker.authoring.events import line_of
from policytracker.authoring.files import Correction
from policytracker.authoring.naming import NamesSoFar
from policytracker.authoring.writing import report_file
from policytracker.events.forms import read_line
from policytracker.events.refusals import Faults, Refused
from policytracker.ledger.lines import Line
from policytracker.questions.corrections import in_own_words
from policytracker.questions.errors import QuestionError
from policytracker.questions.interchange import KEPT_TYPES, in_order
from policytracker.questions.reader import Reader
from policytracker.questions.telling import called
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields
from policytracker.status.knowledge import stand


class NotEdited(QuestionError):
    """A recorded event that no correction can change."""

    def __init__(self, name: str, kind: str) -> None:
        if kind in REGISTRY_TYPES:
            why = f"is a registration, which is registered again: `policytracker record {kind}`"
        elif kind in KEPT_TYPES:
            why = "has no content any more: it was redacted"
        else:
            why = f"is of type {kind}, which is not corrected; correct the event that it is about"
        super().__init__(f"{name!r} {why}")


class OtherEvents(Refused):
    """An edited file that does not hold the events that were opened."""


class Opened(NamedTuple):
    """Recorded events, opened to be edited."""

    events: tuple[str, ...]
    """Their ids, in the order of the file."""
    text: str
    """The report file."""


class Edited(NamedTuple):
    """What an edit means."""

    lines: list[Line]
    """The corrections to record."""
    corrections: list[Correction]
    """The same in words."""


def opened(reader: Reader, names: Sequence[str]) -> Opened:
    """Recorded events as a report file, each as its own report gives it and corrections without a report have left it.

    Raises NotEdited, NoSuchEvent or AmbiguousEvent.
    """
    ids = tuple(dict.fromkeys(map(reader.event_id, names)))
    found = [_fields(reader, event) for event in ids]
    for event, fields in zip(ids, found, strict=True):
        if fields["type"] in (*NEVER_CORRECTED, *KEPT_TYPES):
            raise NotEdited(called(event, fields.get("ref")), fields["type"])
    return Opened(ids, "".join(f"{line}\n" for line in report_file(found)).rstrip("\n") + "\n")


def _fields(reader: Reader, event: str) -> Fields:
    """The fields of an event in the interchange format, with the ref of what it is about."""
    standings = stand(reader.thread_of(event), None)
    standing = standings[event]
    fields = dict(standing.entry.fields if standing.type in KEPT_TYPES else in_own_words(standing))
    target = standings.get(fields.get("target", ""))
    if target is not None and target.fields.get("ref"):
        fields["target"] = target.fields["ref"]
    return in_order(fields)


def edited(reader: Reader, events: Opened, text: str, source: str) -> Edited:
    """What an edit of opened events means. Raises Refused, with every fault and its line."""
    blocks = blocks_of(text.encode())
    sound = [block for block in blocks if block.fault is None]
    if len(sound) == len(blocks) != len(events.events):
        count = len(events.events)
        what = f"{count} event{' was' if count == 1 else 's were'} opened, and the file has {len(blocks)}"
        raise OtherEvents(
            "", what, "neither add nor delete one here; `import` and `record` add, `retracted` takes back"
        )
    names, faults = NamesSoFar(reader.directory), list[Refused]()
    found = Edited([], [])
    for block, event in zip(blocks, events.events, strict=False):
        try:
            _take(found, reader, line_of(source, block, names), event)
        except Refused as refused:
            faults += refused_of(block, refused)
    if faults:
        raise Faults(faults)
    return found


def _take(found: Edited, reader: Reader, line: Line, event: str) -> None:
    """Take what an event means now. Raises Refused."""
    if line.faults:
        raise Faults(line.faults)
    read = read_line(line.text)
    change = amended(reader, read, event)
    if change is None:
        raise OtherEvents("", "the type, the ref or the target is another", "leave them: they make it the event it is")
    if change.words:
        ref = read.ref or called(event, None)
        found.lines.append(line._replace(text=change.line))
        found.corrections.append(Correction(line.place, ref, change.words))


def refused_of(block: Block, refused: Refused) -> Iterator[Refused]:
    """The faults of a block, each with the place where it stands."""
    place = ", ".join(filter(None, [f"line {block.line}", block.name]))
    for fault in refused.each:
        yield OtherEvents(f"{place}: {fault.field}" if fault.field else place, fault.what, fault.way_out)
