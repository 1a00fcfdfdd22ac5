"""How much was ordered, licensed, approved and shipped, and what is left of approvals, where events would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policytracker.events.dates import LAST_DAY
from policytracker.questions.quantities import KINDS, Quantities, whom
from policytracker.questions.totals import may_count, quantified
from policytracker.status.left import Shipments, left_of
from policytracker.status.quantities import Amount, Figure, Sum, SumKey
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.effect_answers import AmountRange, ChangedAmount, ChangedRest
    from policytracker.questions.reader import Reader
    from policytracker.status.directory import Directory
    from policytracker.status.entries import Entry


def supposed_quantities(
    reader: Reader, directory: Directory, more: Sequence[Entry], there: Sequence[Entry]
) -> tuple[Quantities, Quantities]:
    """The figures of a ledger without and with further events, whatever the day on which they begin.

    The events ``there`` are supposed in both; ``directory`` is the registry with all of them in it. No figure is read
    where none of the further events may bear on one.
    """
    new = {entry.id for entry in (*there, *more)}
    if not any(may_count(reader, entry, new) for entry in more):
        return Quantities(View((), directory), LAST_DAY), Quantities(View((), directory), LAST_DAY)
    known = [*quantified(reader), *there]
    return Quantities(View(known, directory), LAST_DAY), Quantities(View([*known, *more], directory), LAST_DAY)


def changed_amounts(before: Quantities, after: Quantities) -> Iterator[ChangedAmount]:
    """The sums that differ."""
    was, now = ({each.key: each for each in found.sums()} for found in (before, after))
    for key in dict.fromkeys((*was, *now)):
        old, new = was.get(key), now.get(key)
        if _range(old) != _range(new):
            yield _changed(key, old, new, after if new is not None else before)


def _changed(key: SumKey, old: Sum | None, new: Sum | None, found: Quantities) -> ChangedAmount:
    figures = (new or old or Sum(key, Amount(None, None), ())).figures
    claim = found.claim(figures[-1])
    return {
        "kind": KINDS[key.type],
        "gate": None if key.gate is None else str(key.gate),
        "companies": whom(claim),
        "chips": sorted(found.matched.chips(claim)),
        "unit": key.unit,
        "per": key.per,
        "before": _range(old),
        "after": _range(new),
    }


def _range(found: Sum | None) -> AmountRange | None:
    return None if found is None else _as_range(found.amount, all(figure.certain for figure in found.figures))


def _as_range(amount: Amount, certain: bool) -> AmountRange:
    return {"min": amount.least, "max": amount.most, "certain": certain}


def changed_rests(before: Quantities, after: Quantities) -> Iterator[ChangedRest]:
    """The approvals of which not as much is left as was, or of new ones not as much as was approved."""
    was, now = _rests(before), _rests(after)
    for event, (figure, rest) in now.items():
        old = was[event][1] if event in was else _as_range(figure.amount, figure.certain)
        if old != rest:
            yield {
                "claim": event,
                "ref": after.view.standings[event].fields.get("ref"),
                "unit": figure.key.unit,
                "before": old,
                "after": rest,
            }


def _rests(found: Quantities) -> dict[str, tuple[Figure, AmountRange]]:
    """By approval its figure, and what is left of it."""
    shipments = Shipments(found.figures)
    return {
        figure.event: (figure, _as_range(left_of(figure, shipments.within(figure.key)), figure.certain))
        for figure in found.figures
        if figure.key.gate is not None and figure.event not in found.replaced
    }
