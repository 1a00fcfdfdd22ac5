"""Cells that change, told to people: those that change alike together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from policytracker.cli.folding import fold
from policytracker.cli.output import dim, status_word
from policytracker.questions.escaping import one_line
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.answers import CellChange, CellOutcome

AS_BEFORE = " as before"


def tell_changes(changes: Sequence[CellChange]) -> None:
    """Each kind of change, at which gates, and the cells."""
    for (step, *details), alike in _gathered(changes).items():
        click.echo(f"  {step}, {_count(len(alike), 'cell')}")
        for line in details:
            click.echo(fold(f"    {dim(line)}", 6))
        for companies, chips in _blocks(alike):
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
            where = f"{_some(companies, 'companies')} × {_some(chips, 'chips')}"
            click.echo(fold(f"  {step}: {_count(len(alike), 'cell')}, {where}", 4))
    if kept:
        click.echo(f"  status as before, other gates or conditions: {_count(kept, 'cell')}")


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
    was, is_now = _spreads(before["possible"], after["possible"])
    return f"{status_word(before['status'], was)} → {status_word(after['status'], is_now)}"


def _word(answer: CellOutcome) -> str:
    return status_word(answer["status"], _spread(answer["possible"]))


def _spreads(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
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
    for word, there, gone in (("now binding", after, before), ("no longer binding", before, after)):
        keys = [key for key in there["conditions"] if key not in gone["conditions"]]
        if keys:
            yield f"{word}: {one_line(', '.join(keys))}"
    reworded = [key for key, text in after["conditions"].items() if before["conditions"].get(key, text) != text]
    if reworded:
        yield f"in other words: {one_line(', '.join(reworded))}"


def _turn(was: Sequence[str] | None, is_now: Sequence[str] | None) -> str:
    if was is None or is_now is None:
        return f"a new gate, {_spread(is_now)}" if is_now else "no gate any more"
    return " → ".join(_spreads(was, is_now))


def _blocks(alike: Iterable[CellChange]) -> Iterator[tuple[list[str], list[str]]]:
    """The cells as companies × chips: chips for the same companies together."""
    companies: dict[str, list[str]] = {}
    for change in alike:
        companies.setdefault(change["chip"], []).append(change["company"])
    together: dict[tuple[str, ...], list[str]] = {}
    for chip, found in companies.items():
        together.setdefault(tuple(sorted(found)), []).append(chip)
    yield from ((list(found), sorted(chips)) for found, chips in together.items())


def _some(ids: Sequence[str], word: str, most: int = 5) -> str:
    return ", ".join(ids) if len(ids) <= most else f"{len(ids)} {word}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
