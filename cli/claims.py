"""``policytracker claims``: the claims in force."""

from collections.abc import Iterator
from typing import Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.folding import fold
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import counted, dim, emit, heading, output_options, status_word
from policytracker.questions import columns
from policytracker.questions.claims import InForce
from policytracker.questions.claims import claims as in_force
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.sources import on_whose_word, source_line
from policytracker.questions.telling import called
from policytracker.questions.values import quantity_in_words, scope_in_words
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.reasons import why_not_certain
from policytracker.status.words import STATUSES

INDENT = 4


@click.command(short_help="The claims in force.")
@click.option("--company", type=Named("NAME", "a-company"), help="Only claims whose scope includes this company.")
@click.option("--chip", type=Named("NAME", "a-chip"), help="Only claims whose scope includes this chip.")
@click.option("--type", "claim_type", type=click.Choice(tuple(CLAIM_TYPES)), metavar="TYPE", help="Only claims of it.")
@clock_options
@output_options
@click.pass_context
def claims(
    context: click.Context,
    /,
    company: str | None,
    chip: str | None,
    claim_type: str | None,
    form: str | None,
    **clocks: Any,
) -> None:
    """The claims that are in force, or possibly so, as corrected, whether or not others override them.

    A status after the arrow is that of the claim alone; `why` says what prevails at each gate.

    \b
    Examples:
      policytracker claims --at 2026-01-28 --company Tencent --chip H200
      policytracker claims --type blocked --at 2026-01-20 --known 2026-01-20 --json
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        found = list(in_force(reader, asked, company, chip, claim_type))
        emit((claim.as_object() for claim in found), form, lambda _: _for_people(found, asked.at), columns.CLAIMS)
        tell_dates(reader, asked, form)


def _for_people(found: list[InForce], day: int) -> None:
    for each in found:
        claim, fields = each.claim, each.claim.fields
        review = f", {fields['review']}" if fields.get("review") else ""
        name = heading(one_line(called(claim.id, fields.get("ref"))))
        status = status_word(STATUSES[claim.rank(day)])
        click.echo(fold(f"{name}: {one_line(fields['authority'])}, {claim.type}{review} → {status}", INDENT))
        for text in _lines(each, day):
            click.echo(fold(" " * INDENT + one_line(text), INDENT + 2))
        for report in each.standing.reports:
            click.echo(dim(fold(" " * INDENT + one_line(source_line(report)), INDENT + 2)))
    count = counted(len(found), "claim") if found else "no claim"
    click.echo(f"{count} in force")


def _lines(each: InForce, day: int) -> Iterator[str]:
    """What is to be said of a claim: from when to when, how it counts, for whom, how much, under what conditions."""
    claim, fields = each.claim, each.claim.fields
    yield f"{'' if each.force else 'possibly '}in force, {each.period()}"
    yield on_whose_word(each.standing.reports)
    why = "; ".join(reason.text for reason in why_not_certain(each.standing))
    if why:
        yield f"{'counts only possibly' if each.standing.counts else 'heard, not counted'}: {why}"
    yield scope_in_words(fields, claim.named, claim.excluded)
    if fields.get("quantity"):
        yield f"quantity: {quantity_in_words(fields['quantity'])}"
    for key, wording in claim.binding(day).items():
        yield f"condition {key}: {wording}"
    if fields.get("note"):
        yield f"note: {fields['note']}"
