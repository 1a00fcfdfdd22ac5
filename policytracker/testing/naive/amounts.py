"""Quantities: what replaces what, sums over equal scopes, and what is left of an approval (semantics.md §8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policytracker.testing.naive.clocks import Moment, Span
from policytracker.testing.naive.force import date_of
from policytracker.testing.naive.knowledge import CERTAINLY, CLAIMS, NOT_AT_ALL, Standing, moment_of
from policytracker.testing.naive.registrations import Registry, gate_guarded_by
from policytracker.testing.naive.scopes import scope

QUANTIFIED = ("orders-reported", "shipped", "batch-approved", "licence-granted")
Cell = tuple[str, str]
Range = tuple[int | None, int | None]
"""The least and the most; an absent end is open."""


@dataclass(frozen=True)
class Key:
    """§8: what figures have in common that are summed: what, where, of which unit, for which cells."""

    type: str
    gate: str | None
    unit: str
    per: str | None
    cells: frozenset[Cell]


@dataclass(frozen=True)
class Figure:
    """§8: one event's quantity, on a day."""

    id: str
    key: Key
    certain: bool
    total: bool
    said: Moment
    """The moment of its sure word."""
    position: int
    date: Span
    least: int | None
    most: int | None


def figures(judged: Mapping[str, Standing], names: Registry, day: date) -> list[Figure]:
    """§8: the figures that count on a day, in ledger order, those included that a later total replaces."""
    found = (figure(event, names, day) for event in judged.values() if event.type in QUANTIFIED)
    return sorted((each for each in found if each is not None), key=lambda each: each.position)


def figure(event: Standing, names: Registry, day: date) -> Figure | None:
    """§8: what one event figures, if it is known, counts and has begun, at least possibly, by the day."""
    quantity = event.fields.get("quantity")
    if not quantity or not event.known or event.retracted or event.counts == NOT_AT_ALL:
        return None
    gate = gate_of(event, names)
    begins = date_of(event, names.zone(gate))
    if begins is None or event.sure_word is None or day < begins[0]:
        return None
    basis = event.fields.get("basis") or ("total" if event.type == "orders-reported" else "added")
    return Figure(
        id=event.id,
        key=Key(event.type, gate, quantity.get("unit") or "chips", quantity.get("per"), cells_of(event, names)),
        certain=event.counts == CERTAINLY and begins[1] <= day,
        total=basis == "total",
        said=moment_of(event.sure_word),
        position=event.position,
        date=begins,
        least=quantity.get("min"),
        most=quantity.get("max"),
    )


def gate_of(event: Standing, names: Registry) -> str | None:
    """§1: the gate of an approval; what is ordered or shipped has none."""
    if event.type not in CLAIMS:
        return None
    return gate_guarded_by(names.authorities[event.fields["authority"]])


def cells_of(event: Standing, names: Registry) -> frozenset[Cell]:
    """§8: the cells of its scope on the day of the registry, matched certainly or possibly."""
    return frozenset(
        (company, chip)
        for company in names.companies
        for chip in names.chips
        if scope(event, company, chip, names) is not None
    )


def replaces(one: Figure, other: Figure) -> bool:
    """§8: a total replaces earlier figures of its type, scope and unit; a possible figure replaces nothing."""
    if not one.total or not one.certain or one.key != other.key:
        return False
    return other.said < one.said or (other.total and other.said == one.said and other.position < one.position)


def remaining(found: Iterable[Figure]) -> list[Figure]:
    """§8: the figures that no total replaces."""
    every = list(found)
    return [each for each in every if not any(replaces(other, each) for other in every)]


def add(found: Iterable[Figure]) -> Range:
    """§8: a sum of ranges; a figure that counts possibly enters with 0 as its least."""
    every = list(found)
    least = [each.least if each.certain else 0 for each in every]
    most = [each.most for each in every]
    return total(least), total(most)


def total(numbers: list[int | None]) -> int | None:
    """§8: an open end stays open."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def sums(judged: Mapping[str, Standing], names: Registry, day: date) -> list[dict[str, Any]]:
    """§8: one range for each type, gate, unit and scope; scopes that overlap are side by side, never added."""
    left = remaining(figures(judged, names, day))
    found = []
    for key in dict.fromkeys(each.key for each in left):
        same = [each for each in left if each.key == key]
        least, most = add(same)
        found.append(
            {
                "type": key.type,
                "gate": key.gate,
                "unit": key.unit,
                "per": key.per,
                "cells": key.cells,
                "min": least,
                "max": most,
                "events": {each.id for each in same},
            }
        )
    return found


def left_of(approval: Standing, judged: Mapping[str, Standing], names: Registry, day: date) -> dict[str, Any] | None:
    """§8: its range less what was shipped under scopes all of whose cells it matches; None without a quantity.

    No shipment is below 0, so 0 is the least of one that gives none. `per: company` means each company of the scope: a
    shipment to some of them takes nothing for sure from each, so 0 is its least too.
    """
    quantity = approval.fields.get("quantity")
    begins = date_of(approval, names.zone(gate_of(approval, names)))
    if not quantity or begins is None:
        return None
    unit, cells = (quantity.get("unit") or "chips", quantity.get("per")), cells_of(approval, names)
    everyone = {company for company, _ in cells}
    shipped = [
        each
        for each in remaining(figures(judged, names, day))
        if each.key.type == "shipped" and (each.key.unit, each.key.per) == unit
        if each.key.cells <= cells and each.date[1] >= begins[0]
    ]
    to_all = [each for each in shipped if unit[1] is None or everyone <= {company for company, _ in each.key.cells}]
    taken = sum((each.least or 0) for each in to_all if each.certain), total([each.most for each in shipped])
    least, most = less(quantity.get("min"), taken[1]), less(quantity.get("max"), taken[0])
    used_up = most is not None and most <= 0
    return {"claim": approval.id, "min": least, "max": most, "unit": unit[0], "used_up": used_up}


def less(number: int | None, other: int | None) -> int | None:
    """§8: a difference; an open end stays open."""
    return None if number is None or other is None else number - other
