"""Cells that change, told to people: those that change alike together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from policytracker.cli.folding import fold
from policytracker.cli.output import counted, dim, status_word
from policytracker.questions.escaping import one_line
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.answers import BindingCondition, CellChange, CellOutcome

AS_BEFORE = " as before"


def tell_changes(changes: Sequence[CellChange]) -> None:
    """Each kind of change, at which gates, and the cells."""
    for (step, *details), alike in _gathered(changes).items():
        click.echo(f"  {step}, {counted(len(alike), 'cell')}")
        for line in details:
            click.echo(fold(f"    {dim(line)}", 6))
        for companies, chips in blocks_of((each["company"], each["chip"]) for each in alike):
            click.echo(fold(f"    {', '.join(companies)} × {', '.join(chips)}", 6))


def tell_changes_in_short(changes: Sequence[CellChange]) -> None:
    """Each change of status, and how many cells; the others by their number alone."""
    steps: dict[str, list[CellChange]] = {}
    for change in changes:
        steps.setdefault(_step(change["before"], change["after"]), []).append(change)
    kept = sum(len(alike) for step, alike in steps.items() if step.endswith(AS_BEFORE))
    for step, alike in steps.items():
        if not step.endswith(AS_BEFORE):
            companies = sorted({change["company"] for change in alike})
            chips = sorted({change["chip"] for change in alike})
            where = f"{some(companies, 'companies')} × {some(chips, 'chips')}"
            click.echo(fold(f"  {step}: {counted(len(alike), 'cell')}, {where}", 4))
    if kept:
        click.echo(f"  status as before, other gates or conditions: {counted(kept, 'cell')}")


def _gathered(changes: Iterable[CellChange]) -> dict[tuple[str, ...], list[CellChange]]:
    """The cells by what is told of their change."""
    found: dict[tuple[str, ...], list[CellChange]] = {}
    for change in changes:
        before, after = change["before"], change["after"]
        found.setdefault((_step(before, after), *_details(before, after)), []).append(change)
    return found


def _step(before: CellOutcome | None, after: CellOutcome) -> str:
    if before is None:
        return f"newly registered: {_word(after)}"
    if before["possible"] == after["possible"]:
        return f"{_word(after)}{AS_BEFORE}"
    was, is_now = spreads(before["possible"], after["possible"])
    return f"{status_word(before['status'], was)} → {status_word(after['status'], is_now)}"


def _word(answer: CellOutcome) -> str:
    return status_word(answer["status"], _spread(answer["possible"]))


def spreads(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Two sets of statuses in short; in full where they would look the same."""
    was, is_now = _spread(before), _spread(after)
    return (was, is_now) if was != is_now else ("/".join(before), "/".join(after))


def _spread(possible: Sequence[str]) -> str:
    if len(possible) == len(STATUSES):
        return "unknown"
    return "..".join(dict.fromkeys((possible[0], possible[-1])))


def _details(before: CellOutcome | None, after: CellOutcome) -> Iterator[str]:
    """Which gates change, and which conditions come and go."""
    if before is None:
        return
    for gate in dict.fromkeys((*before["gates"], *after["gates"])):
        was, is_now = before["gates"].get(gate), after["gates"].get(gate)
        if was != is_now:
            yield f"at {gate}: {_turn(was, is_now)}"
    yield from _conditions(before, after)


def _conditions(before: CellOutcome, after: CellOutcome) -> Iterator[str]:
    """Which conditions come, go or change, claim by claim (semantics.md §8)."""
    was, is_now = (_by_claim(outcome["conditions"]) for outcome in (before, after))
    for word, there, gone in (("now binding", is_now, was), ("no longer binding", was, is_now)):
        named = [_named(each) for place, each in there.items() if place not in gone]
        if named:
            yield f"{word}: {one_line(', '.join(named))}"
    kept = [(was[place], each) for place, each in is_now.items() if place in was]
    reworded = [_named(each) for earlier, each in kept if earlier["wording"] != each["wording"]]
    if reworded:
        yield f"in other words: {one_line(', '.join(reworded))}"
    for binds in ("certainly", "possibly"):
        turned = [_named(each) for earlier, each in kept if earlier["binds"] != each["binds"] == binds]
        if turned:
            yield f"now binding {binds}: {one_line(', '.join(turned))}"


def _by_claim(conditions: Iterable[BindingCondition]) -> dict[tuple[str, str, str], BindingCondition]:
    return {(each["gate"], each["claim"], each["key"]): each for each in conditions}


def _named(condition: BindingCondition) -> str:
    return f"{condition['key']} at {condition['gate']}"


def _turn(was: Sequence[str] | None, is_now: Sequence[str] | None) -> str:
    if was is None or is_now is None:
        return f"a new gate, {_spread(is_now)}" if is_now else "no gate any more"
    return " → ".join(spreads(was, is_now))


def blocks_of(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Cells as companies × chips: chips for the same companies together."""
    companies: dict[str, list[str]] = {}
    for company, chip in cells:
        companies.setdefault(chip, []).append(company)
    together: dict[tuple[str, ...], list[str]] = {}
    for chip, found in companies.items():
        together.setdefault(tuple(sorted(found)), []).append(chip)
    yield from ((list(found), sorted(chips)) for found, chips in together.items())


def some(ids: Sequence[str], word: str, most: int = 5) -> str:
    """A few names, or how many they are."""
    return ", ".join(ids) if len(ids) <= most else f"{len(ids)} {word}"
