"""Why an event that is well formed may not happen in this ledger (interchange.md, "What is refused")."""

import json
from collections.abc import Mapping, Sequence

from policytracker.events.dates import iso
from policytracker.events.refusals import Refused, shown
from policytracker.ledger.clock import Today

PLURAL = {"company": "companies", "chip": "chips"}
MOST_TOLD = 300
"""Characters of a value that a message tells in full, so that it can be copied."""


class NotRegistered(Refused):
    """An id that names nothing registered so far."""

    def __init__(self, field: str, space: str, name: str, near: Sequence[str] = ()) -> None:
        meant = f"did you mean {', '.join(near)}? else register it first"
        super().__init__(
            field,
            f"no {space} {shown(name)} is registered so far",
            meant if near else f"register it first, or check the {space} id",
        )


class WrongSubject(Refused):
    """An id that names something of another kind than is meant here."""

    def __init__(self, field: str, name: str, is_a: str, wanted: str) -> None:
        super().__init__(field, f"{shown(name)} is a {is_a}, and {wanted} is meant here", f"name a {wanted}")


class IdTaken(Refused):
    """A company id for a group, or the other way round: they share one name space."""

    def __init__(self, field: str, name: str, is_a: str) -> None:
        super().__init__(field, f"{shown(name)} is registered as a {is_a}", "choose another id")


class CircularParents(Refused):
    """Parents that form a circle."""

    def __init__(self, line: list[str]) -> None:
        super().__init__("parent", f"the parents form a circle: {' > '.join(line)}", "name a parent outside of it")


class FieldLost(Refused):
    """A registration that is silent about a field which the registration of that day has."""

    def __init__(self, field: str, value: object) -> None:
        told = json.dumps(value, ensure_ascii=False)
        told = told if len(told) <= MOST_TOLD and told.isprintable() else shown(told, MOST_TOLD)
        super().__init__(
            field,
            f"left out, and the registration of that day has {told}; a registration is whole",
            f'repeat it, or write "{field}": null where it ended',
        )


class RefTaken(Refused):
    """A ref that another event has."""

    def __init__(self, ref: str, changes: Mapping[str, object] | None = None) -> None:
        """``changes`` is what a correction of that event would have to change; None where it cannot be corrected."""
        other = "choose another ref, or leave it out"
        if changes is None:
            super().__init__("ref", f"{shown(ref)} is taken by another event", other)
            return
        said = json.dumps({"type": "corrected", "target": ref, "changes": changes}, ensure_ascii=False)
        if len(said) > MOST_TOLD or not said.isprintable():
            said = f'{{"type": "corrected", "target": {json.dumps(ref)}, "changes": {{…}}}}'
        way_out = f"to mend that event, record {said}; if this is another event, {other}"
        super().__init__("ref", f"{shown(ref)} is taken by another event", way_out)


class UnknownTarget(Refused):
    """A target that is no event recorded so far."""

    def __init__(self, target: str, field: str = "target") -> None:
        self.target = target
        way_out = "give a ref or a whole id; `policytracker log` lists both"
        super().__init__(field, f"{shown(target)} is no event recorded so far", way_out)


class TargetLater(Refused):
    """A target that only a later line of the same import defines."""

    def __init__(self, target: str, where: str, field: str = "target") -> None:
        super().__init__(field, f"{shown(target)} is later in the {where}", "move it before this line")


class WrongTarget(Refused):
    """A target of a kind that the event cannot be about (semantics.md §3)."""

    def __init__(self, name: str, target_type: str, may: str) -> None:
        super().__init__("target", f"{name} cannot be about {target_type}", f"it may target {may}")


class Gone(Refused):
    """A target whose content, or whose claim's content, was removed for legal reasons."""

    def __init__(self, target: str, field: str = "target") -> None:
        way_out = "record what may stand as an event of its own"
        super().__init__(field, f"{shown(target)} was redacted, so nothing can be said about it", way_out)


class NotRedactable(Refused):
    """An event whose content cannot be removed, or not like this."""

    def __init__(self, why: str, way_out: str) -> None:
        super().__init__("", f"nothing was redacted: {why}", way_out)


class NoCohort(Refused):
    """Recipients identified for a claim that has no cohort."""

    def __init__(self) -> None:
        super().__init__(
            "target",
            "its companies are no cohort, so no recipient can be identified",
            "correct its companies instead",
        )


class NotOfTarget(Refused):
    """Another value for a field that the target does not have."""

    def __init__(self, field: str, target_type: str) -> None:
        super().__init__(f"instead.{field}", f"a {target_type} event has no such field", "leave it out")


class TooManyNamed(Refused):
    """More companies named than the cohort has at the most."""

    def __init__(self, field: str, named: int, count: int) -> None:
        super().__init__(
            field,
            f"{named} companies would be named of {count}",
            "name fewer, or correct the count of the claim first",
        )


class NotACondition(Refused):
    """A met condition that the target does not have, as recorded or corrected."""

    def __init__(self, key: str, known: list[str]) -> None:
        listed = ", ".join(known) or "none"
        super().__init__("conditions", f"{shown(key)} is no condition of the target", f"its conditions are: {listed}")


class FromTheFuture(Refused):
    """A report whose publication begins more than a day after the day it is recorded, by this machine's clock."""

    def __init__(self, field: str, published: str, today: Today) -> None:
        way_out = "give the day on which it was published; a day ahead in effect belongs in effective"
        behind = ""
        if today.newest > today.day:
            behind = f", by this machine's clock, though the newest event was recorded on {iso(today.newest)}"
            way_out = f"set this clock if it is wrong, and see `policytracker doctor`; else {way_out}"
        super().__init__(
            field, f"{published} begins more than a day after today ({iso(today.day)}, UTC{behind})", way_out
        )
