"""The JSON that commands print: the type of each command's answer, and the JSON Schema made from these types."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from policytracker.cli.backup import BackupMade
from policytracker.cli.doctor import FindingAnswer
from policytracker.cli.restore import LedgerRestored
from policytracker.cli.upgrade import LedgerUpgraded
from policytracker.cli.verify import DamageAnswer
from policytracker.events.catalogue import CLASSES
from policytracker.events.claims import Claim
from policytracker.events.registry import AuthorityRegistered, ChipRegistered, CompanyRegistered
from policytracker.questions import ledger_answers
from policytracker.questions.answers import CellInterval, CellState, CheckedCell, MatrixRow
from policytracker.questions.conflict_answers import Conflict
from policytracker.questions.difference_answers import CellStep
from policytracker.questions.digest_answers import Brief, Digest
from policytracker.questions.effect_answers import EventTried
from policytracker.questions.quantity_answers import QuantityRange
from policytracker.questions.why_answers import GateExplanation
from policytracker.web.schemas import Schema, schemas

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PLACE = "#/$defs/"


class Shape(NamedTuple):
    """What a command prints with ``--json``: an array of objects of one type."""

    kind: Any
    is_one: bool = False
    """Whether the array has exactly one object."""


BY_COMMAND: dict[str, Shape] = {
    "state": Shape(CellState),
    "matrix": Shape(MatrixRow),
    "check": Shape(CheckedCell),
    "why": Shape(GateExplanation),
    "timeline": Shape(CellInterval),
    "diff": Shape(CellStep),
    "conflicts": Shape(Conflict),
    "claims": Shape(ledger_answers.ClaimInForce),
    "quantities": Shape(QuantityRange),
    "companies": Shape(ledger_answers.CompanyAnswer),
    "chips": Shape(ledger_answers.ChipAnswer),
    "authorities": Shape(ledger_answers.AuthorityAnswer),
    "log": Shape(ledger_answers.LedgerEvent),
    "show": Shape(ledger_answers.EventShown),
    "search": Shape(ledger_answers.LedgerEvent),
    "digest": Shape(Digest, is_one=True),
    "brief": Shape(Brief, is_one=True),
    "record": Shape(ledger_answers.RecordedEvent, is_one=True),
    "record --dry-run": Shape(EventTried, is_one=True),
    "upgrade": Shape(LedgerUpgraded, is_one=True),
    "verify": Shape(DamageAnswer),
    "backup": Shape(BackupMade, is_one=True),
    "restore": Shape(LedgerRestored, is_one=True),
    "doctor": Shape(FindingAnswer),
    "where": Shape(ledger_answers.LedgerSummary, is_one=True),
}
"""Every command that has ``--json``, in the order of ``policytracker --help``."""

_KEPT = (ledger_answers.Redaction, ledger_answers.RemovedEvent)
_CLAIMS = tuple(kind for kind in CLASSES if issubclass(kind, Claim))
EVENTS_IN: dict[Any, tuple[Any, ...]] = {
    ledger_answers.RecordedEvent: CLASSES,
    ledger_answers.LedgerEvent: (*CLASSES, *_KEPT),
    ledger_answers.EventShown: (*CLASSES, *_KEPT),
    ledger_answers.ClaimInForce: _CLAIMS,
    ledger_answers.CompanyAnswer: (CompanyRegistered,),
    ledger_answers.ChipAnswer: (ChipRegistered,),
    ledger_answers.AuthorityAnswer: (AuthorityRegistered,),
}
"""The answers that hold an event in the interchange format, and of which types it may be."""


def document(command: str | None = None) -> Schema:
    """The JSON Schema of what a command prints with ``--json``; of any command, with ``$defs`` for each by its name."""
    if command is not None:
        shape = BY_COMMAND[command]
        return {"$schema": DRAFT, **_array(command, shape), "$defs": parts([shape.kind])}
    arrays = {name: _array(name, shape) for name, shape in BY_COMMAND.items()}
    every = parts(dict.fromkeys(shape.kind for shape in BY_COMMAND.values()))
    return {
        "$schema": DRAFT,
        "title": "policytracker --json",
        "description": "What any command prints with --json; $defs has it for each command.",
        "anyOf": [{"$ref": f"{PLACE}{quote(name)}"} for name in BY_COMMAND],
        "$defs": {**arrays, **every},
    }


def _array(command: str, shape: Shape) -> Schema:
    bounds = {"minItems": 1, "maxItems": 1} if shape.is_one else {}
    items = {"$ref": f"{PLACE}{shape.kind.__name__}"}
    return {"title": f"policytracker {command} --json", "type": "array", "items": items, **bounds}


def parts(kinds: Iterable[Any]) -> dict[str, Schema]:
    """The schemas of some answers and of all that they are made of, by their names. None has any other field."""
    _, found = schemas(kinds, PLACE)
    open_ones = [kind for kind in EVENTS_IN if kind.__name__ in found]
    events = dict.fromkeys(event for kind in open_ones for event in EVENTS_IN[kind])
    found |= dict(_events(events))
    for kind in open_ones:
        found[kind.__name__] |= {
            "anyOf": [{"$ref": f"{PLACE}{event.__name__}"} for event in EVENTS_IN[kind]],
            "unevaluatedProperties": False,
        }
    return found


def _events(kinds: Iterable[Any]) -> Iterator[tuple[str, Schema]]:
    """The schemas of events and of their parts. Beside its own fields, an event has those of the answer it is in."""
    kinds = list(kinds)
    own = [kind for kind in kinds if not issubclass(kind, dict)]
    _, found = msgspec.json.schema_components(own, ref_template=f"{PLACE}{{name}}")
    _, kept = schemas([kind for kind in kinds if issubclass(kind, dict)], PLACE)
    every = found | kept
    for kind in kinds:
        del every[kind.__name__]["additionalProperties"]
    yield from every.items()
