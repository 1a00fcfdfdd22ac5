"""Which conditions bind anew or no longer, and what is left of approvals, between two points, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from policytracker.questions.amounts import left_of_approved
from policytracker.questions.digest_entries import compared
from policytracker.questions.sentences.changes import cells_in_words
from policytracker.questions.sentences.places import gate_name

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState, LeftOfApproval
    from policytracker.questions.digest_answers import DigestEntry
    from policytracker.questions.in_words import InWords

Pair = tuple[str, str]


class Bound(NamedTuple):
    """How a condition binds at one point."""

    wording: str
    binds: Literal["certainly", "possibly"]


class Turned(NamedTuple):
    """A condition of a claim at a gate that does not bind as it did, or in other words; None: it does not bind."""

    gate: str
    claim: str
    key: str
    was: Bound | None
    now: Bound | None


def turned(was: CellState, now: CellState) -> Iterator[Turned]:
    """The conditions of a cell that bind otherwise than before."""
    if was["conditions"] == now["conditions"]:
        return
    old, new = (
        {
            (each["gate"], each["claim"], each["key"]): Bound(each["wording"], each["binds"])
            for each in state["conditions"]
        }
        for state in (was, now)
    )
    for place in {**old, **new}:
        if old.get(place) != new.get(place):
            yield Turned(*place, old.get(place), new.get(place))


def condition_changes(
    in_words: InWords, before: Iterable[CellState], after: Iterable[CellState]
) -> Iterator[DigestEntry]:
    """The conditions that bind otherwise than before, each with the cells for which they do.

    ``before`` and ``after`` are the same cells in the same order.
    """
    found: dict[Turned, list[Pair]] = {}
    for was, now in zip(before, after, strict=True):
        for each in turned(was, now):
            found.setdefault(each, []).append((now["company"], now["chip"]))
    for each, cells in found.items():
        sentence = f"{cells_in_words(in_words.names, cells)}: {_words(each)}."
        yield compared(sentence, cells, [in_words.of_id(each.claim)])


def _words(turned: Turned) -> str:
    was, now, at = turned.was, turned.now, f"({gate_name(turned.gate)})"
    if now is None:
        return f"a condition no longer binds {at}: {was.wording if was else ''}"
    if was is None:
        how = "" if now.binds == "certainly" else " possibly"
        return f"a condition now binds{how} {at}: {now.wording}"
    if was.binds != now.binds:
        return f"a condition now binds {now.binds}, before {was.binds} {at}: {now.wording}"
    return f"a condition is worded anew {at}: {now.wording}; before: {was.wording}"


class _OfApproval(NamedTuple):
    """What is left of an approval, and for which cells it stands."""

    left: LeftOfApproval
    cells: list[Pair]


def left_turned(was: CellState, now: CellState) -> Iterator[tuple[str, LeftOfApproval | None, LeftOfApproval | None]]:
    """The approvals of a cell of which not the same is left: the id, and what was and is left; None: it stands not."""
    if was["left"] == now["left"]:
        return
    old, new = ({left["claim"]: left for left in state["left"] or ()} for state in (was, now))
    for claim in {**old, **new}:
        if old.get(claim) != new.get(claim):
            yield claim, old.get(claim), new.get(claim)


def left_changes(in_words: InWords, before: Iterable[CellState], after: Iterable[CellState]) -> Iterator[DigestEntry]:
    """What is left of approvals that stand, where it is not what it was; and approvals that no longer stand."""
    was, now = _left(before), _left(after)
    for claim in dict.fromkeys((*now, *was)):
        if claim in was and claim in now and was[claim].left == now[claim].left:
            continue
        approved: Mapping[str, Any] = in_words.fields(claim).get("quantity") or {}
        before_words, words = (left_of_approved(of[claim].left, approved) if claim in of else "" for of in (was, now))
        if claim not in now:
            words = f"the approval no longer stands; it had {before_words}"
        elif claim in was:
            words += f" (before: {before_words})"
        cells = (now if claim in now else was)[claim].cells
        sentence = f"{cells_in_words(in_words.names, cells)}: {words}."
        yield compared(sentence, cells, [in_words.of_id(claim)])


def _left(states: Iterable[CellState]) -> dict[str, _OfApproval]:
    found: dict[str, _OfApproval] = {}
    for state in states:
        for left in state["left"] or ():
            found.setdefault(left["claim"], _OfApproval(left, [])).cells.append((state["company"], state["chip"]))
    return found
