"""Which conditions bind anew or no longer, and what is left of approvals, between two points, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from policytracker.questions.amounts import left_of_approved
from policytracker.questions.digest_entries import compared
from policytracker.questions.sentences.changes import cells_in_words
from policytracker.questions.sentences.places import gate_name

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState, LeftOfApproval
    from policytracker.questions.digest_answers import DigestEntry
    from policytracker.questions.in_words import InWords

Pair = tuple[str, str]


class _Turned(NamedTuple):
    """A condition, and how it bound before and binds now; None: it does not."""

    gate: str
    claim: str
    wording: str
    before: str | None
    after: str | None


def condition_changes(
    in_words: InWords, before: Iterable[CellState], after: Iterable[CellState]
) -> Iterator[DigestEntry]:
    """The conditions that bind otherwise than before, each with the cells for which they do.

    ``before`` and ``after`` are the same cells in the same order.
    """
    found: dict[_Turned, list[Pair]] = {}
    for was, now in zip(before, after, strict=True):
        for turned in _turned(was, now):
            found.setdefault(turned, []).append((now["company"], now["chip"]))
    for turned, cells in found.items():
        sentence = f"{cells_in_words(in_words.names, cells)}: {_words(turned)}."
        yield compared(sentence, cells, [in_words.of_id(turned.claim)])


def _turned(was: CellState, now: CellState) -> Iterator[_Turned]:
    """The conditions of a cell that bind otherwise than before."""
    old, new = ({(each["claim"], each["key"]): each for each in state["conditions"]} for state in (was, now))
    for place, each in {**old, **new}.items():
        before, after = (bound[place]["binds"] if place in bound else None for bound in (old, new))
        if before != after:
            yield _Turned(each["gate"], each["claim"], each["wording"], before, after)


def _words(turned: _Turned) -> str:
    what = f"“{turned.wording}” ({gate_name(turned.gate)})"
    if turned.after is None:
        return f"a condition no longer binds: {what}"
    if turned.before is None:
        how = "" if turned.after == "certainly" else " possibly"
        return f"a condition now binds{how}: {what}"
    return f"a condition now binds {turned.after}, before {turned.before}: {what}"


class _OfApproval(NamedTuple):
    """What is left of an approval, and for which cells it stands."""

    left: LeftOfApproval
    cells: list[Pair]


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
