"""``policytracker import-list``: follow a list that somebody else keeps, from edition to edition."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from policytracker.cli.import_ import append_all
from policytracker.cli.notices import notice
from policytracker.cli.options import open_reader
from policytracker.cli.texts import PATH
from policytracker.ledger import clock
from policytracker.questions.escaping import safe

if TYPE_CHECKING:
    from policytracker.authoring.lists.differences import Difference
    from policytracker.authoring.lists.following import Following

LIFTED, RETRACTED, EACH = "lifted", "retracted", "each"
MOST_TOLD = 20
"""Entries of each kind that are told by name, unless --all is given."""


def _show_map(context: click.Context, parameter: click.Parameter, name: str | None) -> None:
    if name is not None and not context.resilient_parsing:
        from policytracker.authoring.lists.maps import map_text

        click.echo(map_text(name), nl=False)
        context.exit()


@click.command("import-list", short_help="Follow an official list, from edition to edition.")
@click.argument("editions", nargs=-1, required=True, type=PATH, metavar="[OLD] NEW")
@click.option("--map", "map_name", required=True, metavar="MAP", help="us-csl, cn-sanctions, eu-dual-use, or a file.")
@click.option("--published", required=True, metavar="DATE", help="The day or moment of which NEW is the list.")
@click.option("--effective", metavar="DATE", help="Since when changes, ends and additions without a day count.")
@click.option("--gone", type=click.Choice([LIFTED, RETRACTED]), help="Why entries are gone. Else you are asked.")
@click.option("--dry-run", is_flag=True, help="Show what was added, changed and gone, and which cells would change.")
@click.option("--all", "tell_all", is_flag=True, help="Name every entry that differs, not only the first of each kind.")
@click.option("--strict", is_flag=True, help="Add nothing if there is any warning: each one refuses the import.")
@click.option("--show-map", is_eager=True, expose_value=False, callback=_show_map, metavar="MAP", help="Print a map.")
@click.pass_context
def import_list(
    context: click.Context,
    /,
    editions: tuple[str, ...],
    map_name: str,
    published: str,
    effective: str | None,
    gone: str | None,
    dry_run: bool,
    tell_all: bool,
    strict: bool,
) -> None:
    """Record what has changed in a list between two editions of it. NEW alone is the first import of a list.

    A map says what the columns mean. New entries become registrations and claims. A changed policy ends the
    claim and makes a new one; a mended citation or day is a correction; other words for the same corroborate
    it. Of entries that are gone you say whether the authority lifted them, or the list retracted them as a
    mistake. All or nothing, with the checks of `import`; the same again adds nothing.

    \b
    Examples:
      policytracker import-list csl-may.csv --map us-csl --published 2026-05-01 --dry-run
      policytracker import-list csl-may.csv csl-june.csv --map us-csl --published 2026-06-01 --gone lifted
      policytracker import-list --show-map us-csl
    """
    from policytracker.authoring.lists.following import Following
    from policytracker.authoring.lists.maps import map_named

    if len(editions) > 2:
        raise click.UsageError("give one edition, or two: the older one first", context)
    following = Following(map_named(map_name), editions, _written(published), effective and _written(effective))
    for warning in following.warnings:
        notice(safe(f"warning: {warning}"))
    ends = _ends(following.undecided, gone, dry_run)
    _tell(following, ends, None if tell_all else MOST_TOLD)
    with open_reader(context) as reader:
        lines = following.lines(reader, ends, with_ends=not dry_run)
    if len(ends) < len(following.undecided):
        notice("note: which cells would change is told without the entries that are gone; say --gone to have them too")
    append_all(context, lines, dry_run, strict)


def _written(text: str) -> str:
    """A date, of which a day in words is written out."""
    from policytracker.events.dates import iso
    from policytracker.questions.asked import in_words

    day = in_words(text, clock.today())
    return text if day is None else iso(day)


def _ends(undecided: "Sequence[Difference]", gone: str | None, dry_run: bool) -> dict[str, str]:
    """Why each entry is gone: what --gone says; else, in a terminal, what somebody answers."""
    if gone is None and undecided and not dry_run and sys.stdin.isatty() and sys.stderr.isatty():
        return _asked(undecided)
    return {each.entry.ref: gone for each in undecided} if gone is not None else {}


def _asked(undecided: "Sequence[Difference]") -> dict[str, str]:
    count = "One entry is" if len(undecided) == 1 else f"{len(undecided):,} entries are"
    click.echo(f"{count} gone. Did the authority lift them, or does the list retract them as a mistake?", err=True)
    choice = click.Choice([LIFTED, RETRACTED, EACH])
    answer = click.prompt("All of them", type=choice, err=True)
    if answer != EACH:
        return {each.entry.ref: answer for each in undecided}
    one = click.Choice([LIFTED, RETRACTED])
    return {each.entry.ref: click.prompt(safe(each.entry.name), type=one, err=True) for each in undecided}


def _tell(following: "Following", ends: dict[str, str], most: int | None) -> None:
    """What was added, changed and gone."""
    from policytracker.authoring.lists.following import described

    found = following.editions
    if found.faulty:
        return
    before = f", {len(found.old):,} before" if found.old else ""
    click.echo(f"on the list: {len(found.new):,} now{before}")
    for title, differences in (("added", found.added), ("changed", found.changed), ("gone", found.gone)):
        click.echo(f"{title}: {len(differences):,}")
        for each in differences[:most]:
            click.echo(f"  {safe(described(each, ends))}")
        if most is not None and len(differences) > most:
            click.echo(f"  and {len(differences) - most:,} more; --all names them")
    if found.unread:
        same = "one entry differs" if found.unread == 1 else f"{found.unread:,} entries differ"
        click.echo(f"{same} only in columns that the map does not read")
