"""Conditions and what is left, between two points: ``diff`` is held to the naive answers at both ends of each step."""

from collections.abc import Iterable
from typing import Any

from policytracker.questions.reader import Reader
from tests.agreement import doors
from tests.agreement.net import Net
from tests.agreement.reading import Pair, Point

Told = dict[str, Any]
OF_CONDITION = ("gate", "claim", "key")


def hold_differences(net: Net, reader: Reader, here: Point, there: Point, pair: Pair | None) -> None:
    """Exactly the conditions, and what is left, that the naive reading gives at one of the ends alone."""
    between = here._replace(at=there.at)
    expected = []
    for each in net.cells(here) if pair is None else [pair]:
        for changed, start, end in (("world", here, between), ("knowledge", between, there)):
            was, now = (net.state(point, each) for point in (start, end))
            turned = {"from": _of_state(was, now), "to": _of_state(now, was)}
            if turned["from"] or turned["to"]:
                expected.append({"cell": each, "changed": changed, **turned})
    told = [_of_step(step) for step in doors.differences_of(reader, here, there, pair)]
    found = [step for step in told if step["from"] or step["to"]]
    net.hold("diff, conditions and what is left", here, pair, found, expected)


def _of_state(one: Told, other: Told) -> list[str]:
    """What one answer has and the other has not."""
    parts = ("conditions", "left")
    return _in_order(each for part in parts for each in one[part] or () if each not in (other[part] or ()))


def _of_step(step: Told) -> Told:
    """The same of a step of ``diff --json``."""
    found: Told = {"cell": (step["company"], step["chip"]), "changed": step["changed"]}
    for end in ("from", "to"):
        bound = [
            {name: each[name] for name in OF_CONDITION}
            | {"wording": each[f"{end}_wording"], "binds": each[f"{end}_binds"]}
            for each in step["conditions"]
            if each[f"{end}_binds"] is not None
        ]
        left = [each[f"{end}_left"] for each in step["left"] if each[f"{end}_left"] is not None]
        found[end] = _in_order([*bound, *left])
    return found


def _in_order(told: Iterable[Told]) -> list[str]:
    return sorted(str(sorted(each.items(), key=str)) for each in told)
