"""What the shipped history holds, read from its files: tests count it, so that it may grow."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def shipped() -> tuple[dict[str, Any], ...]:
    """The events of the shipped history, in the order in which they are recorded."""
    folder = files("policytracker.history")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".jsonl"))
    texts = [folder.joinpath(name).read_text("utf-8") for name in names]
    return tuple(json.loads(line) for text in texts for line in text.splitlines() if line.strip())


def position_of(ref: str) -> int:
    """Where the event with a ref stands in a ledger of the shipped history."""
    return next(place for place, event in enumerate(shipped(), 1) if event.get("ref") == ref)


def thread_of(ref: str) -> list[str]:
    """The refs of an event and of those that are about it, developments included."""
    return [ref, *(event["ref"] for event in shipped() if ref in (event.get("target"), event.get("about")))]
