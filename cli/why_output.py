"""``why`` for people: the verdict, gate by gate what decides, then the rest; every line with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.folding import fold
from policytracker.cli.output import dim, heading, status_word
from policytracker.questions.accounts import called
from policytracker.questions.amounts import left_in_words
from policytracker.questions.escaping import one_line
from policytracker.questions.roles import DECIDING, DEVELOPMENT, ENDED, NOT_YET, Roles, beside_lines, lines
from policytracker.questions.sources import BOOKKEEPING, source_line, texts
from policytracker.questions.telling import short_source
from policytracker.questions.values import age_in_words, range_in_words, until_in_words
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import ClaimAccount
    from policytracker.questions.quantity_answers import QuantityFigure, QuantityRange
    from policytracker.questions.why_answers import GateExplanation, RoleLine

ROLE_WIDTH = 12
INDENT = 2 + ROLE_WIDTH + 1
MOST_SHOWN = 5
"""Signals at a gate, or developments, that a person is shown, unless all are asked for."""


def print_why(gates: list[GateExplanation], everything: bool) -> None:
    """First what decides at each gate, then the rest, each line with its source; ``everything``: all developments."""
    _verdict(gates)
    roles = [Roles(gate) for gate in gates if gate["gate"] is not None]
    for each in roles:
        _deciding(each)
    for each in roles:
        _rest(each, everything)
    _developments(gates[0], everything)
    _quantities(gates[0])
    click.echo()


def _verdict(gates: list[GateExplanation]) -> None:
    cell = gates[0]
    known = f", as known {cell['known']}" if cell["known"] else ""
    what = f"{one_line(cell['company_name'])}, {one_line(cell['chip_name'])} on {cell['at']}{known}"
    limits = "" if cell["cell_status"] == "cleared" else f"; limited by {' '.join(cell['limited_by'])}"
    click.echo(fold(f"{heading(what)}: {_answer(cell['cell_status'], cell['cell_possible'])}{limits}", 2))
    if cell["gate"] is None:
        _line("domestic: the chip comes from the company's own jurisdiction, so it passes no gate", 2)
    if not cell["launched"]:
        _line(f"before the launch of the chip ({cell['launch']})", 2)
    if cell["if_open"]:
        silent = [str(gate["gate"]) for gate in gates if gate["silent"]]
        were = "it were" if len(silent) == 1 else "they were"
        click.echo(f"  nothing is recorded of {' and '.join(silent)}; if {were} open: {_either(cell['if_open'])}")


def _answer(status: str, possible: Sequence[str]) -> str:
    """A status by its word; an uncertain one by every word that is possible."""
    return f"{status_word(status)}, {_either(possible)}" if status == "uncertain" else status_word(status)


def _either(possible: Sequence[str]) -> str:
    if len(possible) == len(STATUSES):
        return "any status"
    return " or ".join(status_word(word) for word in possible)


def _deciding(roles: Roles) -> None:
    """The answer of a gate, and the claims that decide it."""
    gate = roles.gate
    word, days = gate["last_word"], gate["last_word_days"]
    last = "" if word is None or days is None else f"; last word {word} ({age_in_words(days)})"
    click.echo(f"\n{heading(str(gate['gate']))}: {_answer(gate['status'], gate['possible'])}{last}")
    if gate["silent"]:
        _line("nothing is recorded that forbids or permits it, so any status is possible", 2)
    for line in lines(gate):
        if line["role"] in DECIDING:
            click.echo(fold(_head(line), INDENT))
            for text in _particulars(roles, line):
                _line(text, INDENT)
            _sources(roles.accounts[line["id"]], line)
    _lent_conditions(roles)
    _settling(roles)


def _head(line: RoleLine) -> str:
    """A claim: what it does, what it is called, what it says, from when until when, and its own status."""
    label = f"  {line['role']:<{ROLE_WIDTH}} "
    start = f", from {line['start']}" if line["start"] and line["role"] != NOT_YET else ""
    until = (
        f"{' ' if start else ', '}{until_in_words(line['until'])}" if line["until"] and line["role"] != ENDED else ""
    )
    status = f": {status_word(line['status'])}" if line["status"] else ""
    return f"{label}{heading(one_line(line['claim']))}: {one_line(line['says'])}{start}{until}{status}"


def _particulars(roles: Roles, line: RoleLine) -> Iterator[str]:
    """Why it does what it does, its conditions, what is left of it, what other reports say instead."""
    claim = line["id"]
    yield from line["why"]
    yield line["scope"]
    yield from _conditions(roles, claim)
    yield from (left_in_words(left) for left in roles.gate["left"] or () if left["claim"] == claim)
    for two in roles.accounts[claim]["two_values"]:
        own, other = ("; ".join(map(short_source, sources)) for sources in (two["own_sources"], two["other_sources"]))
        yield f"{two['field']}: {two['own']} ({own}); instead {two['other']} ({other})"


def _conditions(roles: Roles, claim: str) -> Iterator[str]:
    """The conditions of a claim; with their own source where a correction brought them."""
    own = [_named(report) for report in roles.accounts[claim]["sources"]]
    for each in roles.conditions.get(claim, ()):
        binds = "" if each["binds"] == "certainly" else " (binds only possibly)"
        others = [short_source(report) for report in each["sources"] if _named(report) not in own]
        source = f" ({'; '.join(others)})" if others else ""
        yield f"condition {each['key']}: {each['wording']}{binds}{source}"


def _named(report: Mapping[str, Any]) -> tuple[str, str]:
    return report["publisher"], report["published"]


def _lent_conditions(roles: Roles) -> None:
    """Conditions of duties that do not stand themselves: a licence is granted under them (semantics.md §8)."""
    decide = {line["id"] for line in lines(roles.gate) if line["role"] in DECIDING}
    for claim in dict.fromkeys(each["claim"] for each in roles.gate["conditions"] if each["claim"] not in decide):
        account = roles.accounts[claim]
        name = f"{heading(one_line(called(account)))}, under which a licence is granted"
        click.echo(fold(f"  {'binds':<{ROLE_WIDTH}} {name}", INDENT))
        for text in _conditions(roles, claim):
            _line(text, INDENT)
        _dim("; ".join(map(short_source, account["sources"])))


def _sources(account: ClaimAccount, line: RoleLine) -> None:
    """On whose word: all reports together where there are several, then each, with what it says."""
    if len(account["sources"]) > 1:
        _line(account["word"], INDENT)
    for report in account["sources"]:
        _dim(source_line(report))
        for text in texts(report):
            _dim(f"  {text}")
    if not account["sources"]:
        _dim(BOOKKEEPING)
    for text in line["events"]:
        _dim(text)
    if account["note"]:
        _dim(f"note: {account['note']}")


def _settling(roles: Roles) -> None:
    for each in roles.gate["would_settle"]:
        name = heading(one_line(called(roles.accounts[each["claim"]])))
        outcomes = f"if it holds, {_either(each['if_holds'])}; if not, {_either(each['if_not'])}"
        click.echo(fold(f"  would settle it: {name} ({outcomes})", INDENT))


def _rest(roles: Roles, everything: bool) -> None:
    """The claims that do not decide, and the signals, each with why and with its sources in short."""
    others = [line for line in lines(roles.gate) if line["role"] not in DECIDING]
    signals = list(beside_lines(roles.gate, with_developments=False))
    if others or signals:
        click.echo(f"\n{heading('also at ' + str(roles.gate['gate']))}")
    for line in others:
        _brief(line, roles.cited(line["id"]))
    _some(signals, everything)


def _brief(line: RoleLine, sources: Sequence[str]) -> None:
    why = "".join(f"; {one_line(text)}" for text in line["why"])
    click.echo(fold(f"{_head(line)}{why} {dim(one_line('– ' + '; '.join(sources)))}", INDENT))


def _developments(cell: GateExplanation, everything: bool) -> None:
    found = [line for line in beside_lines(cell, with_developments=True) if line["role"] == DEVELOPMENT]
    if found:
        click.echo(f"\n{heading('what else is reported')}")
    _some(found, everything)


def _some(found: Sequence[RoleLine], everything: bool) -> None:
    """Signals or developments: few of them, unless all are asked for."""
    shown = found if everything else found[:MOST_SHOWN]
    for line in shown:
        _brief({**line, "says": line["says"].partition(": ")[2]}, line["sources"])
    if len(shown) < len(found):
        _line(f"and {len(found) - len(shown):,} more; --all shows them", 2)


def _quantities(cell: GateExplanation) -> None:
    if cell["quantities"]:
        click.echo(f"\n{heading('quantities')}")
    for row in cell["quantities"]:
        at = f" at {row['gate']}" if row["gate"] else ""
        doubt = "" if row["certain"] else "; not every figure counts certainly"
        _line(f"{row['kind']}{at}: {range_in_words(row)} for {row['companies']}{doubt}", 2)
        for figure in row["figures"]:
            _figure(row, figure)
        _dim("; ".join(row["sources"]))


def _figure(row: QuantityRange, figure: QuantityFigure) -> None:
    """A figure in the words of its reports, where the range is not theirs: it is a sum, or counts only possibly."""
    amount = range_in_words({**figure, "unit": row["unit"], "per": row["per"]})
    wording = f" ({figure['wording']})" if figure["wording"] else ""
    doubt = "" if figure["counts"] == "certainly" else ", counts only possibly"
    if wording or amount != range_in_words(row):
        _dim(f"{amount}{wording}{doubt}")


def _line(text: str, indent: int) -> None:
    click.echo(fold(" " * indent + one_line(text), indent + 2))


def _dim(text: str) -> None:
    click.echo(dim(fold(" " * INDENT + one_line(text), INDENT + 2)))
