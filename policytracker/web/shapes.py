"""The shapes of the answers as JSON Schema: those of the command line (cli.md), for the OpenAPI description."""

from typing import Any

from policytracker.status.words import STATUSES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "format": "date"}
_MOMENT: Schema = {
    "type": ["string", "null"],
    "description": "A day, which means its end, or an instant in UTC; null: everything published.",
}
_STATUS: Schema = {"enum": list(STATUSES), "description": "How far an import may go, lowest first."}
_POSSIBLE: Schema = {"type": "array", "items": _STATUS, "minItems": 1, "description": "All statuses that may be."}
_SUMMARY: Schema = {"enum": [*STATUSES, "uncertain", "unknown"]}


def _object(**properties: Schema) -> Schema:
    """An object that has all of these, and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _with(says: str, **properties: Schema) -> Schema:
    """An object that has these among others."""
    return {"type": "object", "description": says, "properties": properties, "required": list(properties)}


def _of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


SCHEMAS: dict[str, Schema] = {
    "Cell": _object(
        company=_TEXT,
        chip=_TEXT,
        at=_DAY,
        known=_MOMENT,
        status=_SUMMARY,
        possible=_POSSIBLE,
        low=_STATUS,
        high=_STATUS,
        held_by=_list({**_TEXT, "description": "A gate that holds the cell back."}),
        gates=_list(
            _object(
                gate={**_TEXT, "description": "A jurisdiction and a direction, such as CN/import."},
                status=_SUMMARY,
                possible=_POSSIBLE,
                claims=_list({**_TEXT, "description": "The id of a claim that stands in some possible world."}),
            )
        ),
        conditions={"type": "object", "additionalProperties": _TEXT, "description": "Those that bind."},
        last_report={"type": ["string", "null"], "format": "date"},
    ),
    "Row": _object(
        company=_TEXT,
        at=_DAY,
        known=_MOMENT,
        cells={
            "type": "object",
            "additionalProperties": {**_TEXT, "description": "A status, lowest..highest, or unknown."},
            "description": "By the id of the chip.",
        },
    ),
    "Claim": _with(
        "A claim in the interchange format, as it stands.",
        id=_TEXT,
        type=_TEXT,
        recorded=_TEXT,
        certain={"type": "boolean"},
        in_force={"enum": ["certainly", "possibly", "no"]},
    ),
    "Event": _with("An event in the interchange format.", id=_TEXT, type=_TEXT, recorded=_TEXT),
    "Source": _with(
        "A publisher, or an origin that one cites.",
        publisher=_TEXT,
        reports={"type": "integer", "description": "Its own."},
        cited={"type": "integer", "description": "Reports of others that cite it."},
        grades={"type": "object", "additionalProperties": {"type": "integer"}},
    ),
    "Spell": _with("A span of equal status.", status=_SUMMARY, possible=_POSSIBLE, low=_STATUS, high=_STATUS),
    "Error": _object(error={**_TEXT, "description": "What is wrong, and the way out, in a sentence."}),
}
"""The named shapes."""

_SOME: Schema = {"type": "object"}
ANSWERS: dict[str, Schema] = {
    "board": _list(_of("Row")),
    "cell": _object(
        state=_of("Cell"),
        why={**_list(_SOME), "description": "One object a gate, as of `why --json`."},
        timeline=_list(_of("Spell")),
        knowledge=_list(_of("Spell")),
        quantities=_list(_SOME),
    ),
    "alike": _list(_of("Cell")),
    "company": _object(company=_SOME, cells=_list(_of("Cell")), claims=_list(_of("Claim")), quantities=_list(_SOME)),
    "chip": _object(chip=_SOME, cells=_list(_of("Cell")), claims=_list(_of("Claim")), quantities=_list(_SOME)),
    "authorities": _list(_with("An authority.", authority=_TEXT, jurisdiction=_TEXT, direction=_TEXT)),
    "authority": _object(authority=_SOME, claims=_list(_of("Claim"))),
    "publishers": _list(_of("Source")),
    "source": {**_with("Its reports.", events=_list(_SOME)), "allOf": [_of("Source")]},
    "event": {**_list(_of("Event")), "description": "The event, then those about it."},
    "log": _list(_of("Event")),
    "search": _with("What was found.", events=_list(_of("Event"))),
    "changes": {**_list(_SOME), "description": "One object a step, as of `diff --json`."},
}
"""The shape of a page's answer, by the page's name."""
