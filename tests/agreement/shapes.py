"""The shapes in which doors tell their answers, as far as they are compared (cli.md)."""

from typing import Any

from policytracker.testing import naive
from tests.agreement.reading import CellAnswer, in_order
from tests.agreement.worlds import Possible

Told = dict[str, Any]
CONDITION = ("gate", "claim", "key", "wording", "binds")
NO, USED_UP = 3, "no: what was approved is used up"
CODES = {0: "yes", 6: "yes, under conditions", 4: "not certain", 3: "no"}
"""What ``check`` answers, by its exit code."""


def why_told(gate: Told) -> Told:
    """What is compared of a gate of ``why --json``."""
    return {
        "gate": gate["gate"],
        "status": gate["status"],
        "possible": gate["possible"],
        "cell": gate["cell_possible"],
        "standing": gate["standing"],
        "possible_only": {each["claim"] for each in gate["possible_only"]},
        "would_settle": {each["claim"]: (each["if_holds"], each["if_not"]) for each in gate["would_settle"]},
        "conditions": in_order({name: each[name] for name in CONDITION} for each in gate["conditions"]),
    }


def step_told(step: Told) -> Told:
    """What is compared of a step of ``diff --json``."""
    return {
        "cell": (step["company"], step["chip"]),
        "changed": step["changed"],
        "change": (step["from_possible"], step["to_possible"]),
        "to_at": step["to_at"],
    }


def code_of(cell: CellAnswer) -> int:
    """The exit code of ``check`` (cli.md)."""
    lowest, highest = min(cell.possible), max(cell.possible)
    if lowest == naive.RANK["cleared"]:
        return 0
    if highest < naive.RANK["conditional"]:
        return 3
    return 6 if lowest == naive.RANK["conditional"] else 4


def is_used_up(state: Told) -> bool:
    """Whether at some gate nothing stands but approvals of which nothing is left (cli.md, exit code 3)."""
    used = {each["claim"] for each in state["left"] or () if each["used_up"]}
    return any(gate["claims"] and set(gate["claims"]) <= used for gate in state["gates"])


def spread(possible: Possible) -> str:
    """Possible statuses in short: the lowest and the highest, or one word."""
    words = naive.words(possible)
    return "unknown" if len(words) == len(naive.STATUSES) else "..".join(dict.fromkeys((words[0], words[-1])))
