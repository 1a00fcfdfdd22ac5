"""What events would change if they were recorded, told to people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from policytracker.cli.cell_changes import tell_changes
from policytracker.cli.effect_output import tell_effects
from policytracker.cli.record_output import tell_cells
from policytracker.questions.dry_run import Assumed, changes
from policytracker.questions.own_days import MOST_EVENTS, effects

if TYPE_CHECKING:
    from policytracker.questions.answers import CellChange
    from policytracker.questions.reader import Reader
    from policytracker.status.entries import Entry


def tell_supposed(
    reader: Reader,
    more: Sequence[Entry],
    day: int,
    tell: Callable[[Sequence[CellChange]], None] = tell_changes,
) -> Assumed:
    """Tell today's changes by ``tell``, then those of other days and of amounts. Returns the ledger with the events."""
    before, after = Assumed(reader, ()), Assumed(reader, more)
    cells = list(changes(before.world(day), after.world(day), more, day))
    tell_cells(cells, day, "would change")
    tell(cells)
    if len(more) > MOST_EVENTS:
        click.echo(f"what would change on other days is told for {MOST_EVENTS} events at the most; try a part")
    elif more:
        tell_effects(effects(reader, before, after, more, day), cells)
    return after
