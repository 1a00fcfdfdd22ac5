"""What a failure of the net says: the door, the point, what was told and expected, and which rules act there."""

from collections.abc import Iterator
from typing import Any

from policytracker.testing import naive
from tests.agreement.reading import Pair, Point, Reading, Stage


class Disagreement(AssertionError):
    """A door told something else than the naive reading."""

    def __init__(self, door: str, point: Point, pair: Pair | None, told: Any, expected: Any, sections: str) -> None:
        self.door, self.point, self.pair = door, point, pair
        cell = " for every cell" if pair is None else f" for {pair[0]} and {pair[1]}"
        super().__init__(
            f"the door {door!r}{cell}, at={point.at} known={point.known} recorded={point.recorded}, "
            f"where these sections of the semantics act: {sections}\n  told:     {told}\n  expected: {expected}"
        )


def parts(told: Any, expected: Any) -> tuple[Any, Any]:
    """The parts of two values that differ, so that a reader need not compare them."""
    if isinstance(told, dict) and isinstance(expected, dict):
        names = [name for name in {**told, **expected} if told.get(name, "–") != expected.get(name, "–")]
        return {name: told.get(name, "–") for name in names}, {name: expected.get(name, "–") for name in names}
    if isinstance(told, list) and isinstance(expected, list) and len(told) == len(expected):
        unlike = [place for place in range(len(told)) if told[place] != expected[place]]
        found = [parts(told[place], expected[place]) for place in unlike]
        return {f"[{place}]": each for place, (each, _) in zip(unlike, found, strict=True)}, {
            f"[{place}]": each for place, (_, each) in zip(unlike, found, strict=True)
        }
    return told, expected


def sections(reading: Reading, point: Point, pairs: list[Pair]) -> str:
    """The sections of the semantics whose rules act on some of these cells at a point."""
    stage = reading.stage(*point)
    found = {section for pair in pairs for section in _acting(stage, pair, point.at)}
    later = [entry for entry in reading.entries if entry["type"].endswith(("-registered", "-defined"))]
    if point.recorded is not None or len(later) > len({_subject(entry) for entry in later}):
        found.add("§2 (recorded clock or registrations)")
    return ", ".join(sorted(found)) or "none but §1"


def _acting(stage: Stage, pair: Pair, at: str) -> Iterator[str]:
    scopes = {claim.id: scope for claim, scope in stage.matched(*pair)}
    gates = stage.gate_names(*pair)
    for claim in [each for each in stage.claims if naive.gate_of(each, stage.names) in gates]:
        if claim.about:
            yield f"§3 ({', '.join(sorted({event.type for event in claim.about}))})"
        companies, chips = claim.fields["companies"], claim.fields["chips"]
        narrowed = [name for name in ("except_companies", "except_chips") if claim.fields.get(name)]
        if isinstance(companies, dict) or any(isinstance(chip, dict) for chip in chips) or narrowed:
            yield "§4 (cohort, where or exceptions)"
        if claim.id in scopes and not scopes[claim.id].certain:
            yield "§4 (possible match)"
        dated = [claim.fields.get("effective"), claim.fields.get("until")]
        if any(dated) or {"lifted", "suspended"} & {event.type for event in claim.about}:
            yield "§5 (dates, lifts or suspensions)"
    for gate in stage.cell(*pair, at).gates:
        if len(gate.holdings) > 1:
            yield "§6 (more than one claim at a gate)"
        if gate.outcome.if_holds:
            yield "§7 (claims that hold possibly)"


def _subject(entry: naive.Entry) -> tuple[str, str]:
    names = ("authority", "company", "chip", "group")
    return entry["type"], next(entry[name] for name in names if name in entry)
