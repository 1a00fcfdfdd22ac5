"""The rows of a snapshot, made from the answers that the command line, the pages and the Python API give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from policytracker.events.dates import iso, moment_text
from policytracker.ledger import clock
from policytracker.questions.accounts import claim_account
from policytracker.questions.authorities import Said, authorities, said
from policytracker.questions.quantities import quantities
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.registered import chips, companies
from policytracker.questions.state import states
from policytracker.questions.telling import called, range_in_words, short_source
from policytracker.questions.timeline import over_days
from policytracker.snapshot.schema import FORMAT, TABLES
from policytracker.snapshot.views import VIEWS
from policytracker.status.entries import Fields
from policytracker.status.quantities import unit_of
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState
    from policytracker.questions.claim_answers import ClaimAccount, SourceReport

TableRows = Iterator[tuple[str, dict[str, object]]]
"""Rows, each with the name of its table."""
LARGEST = (1 << 63) - 1
"""The largest number that SQLite holds."""


def rows(reader: Reader, clocks: Clocks) -> TableRows:
    """All rows of a snapshot at one point of the clocks, table by table or cell by cell."""
    yield from _meta(reader, clocks)
    yield from _documentation()
    view = reader.view(clocks)
    for company in companies(reader, clocks):
        yield _row("companies", company)
    for chip in chips(reader, clocks):
        yield _row("chips", chip)
    for authority in authorities(view, clocks.at):
        yield _row("authorities", authority)
    known = known_claims(view, clocks.at)
    yield from _claims(known, view, clocks.at)
    positions = {each.claim.id: each.claim.position for each in known}
    recorded = None if clocks.recorded is None else clock.text(clocks.recorded)
    for cell in states(reader, clocks, None, None):
        yield from _cell(cell, recorded, positions)
    yield from _intervals(reader, clocks, positions)
    yield from _quantities(reader, clocks)


def known_claims(view: View, day: int) -> list[Said]:
    """The claims that are known and not retracted, in ledger order, and how they stand on a day (an ordinal)."""
    found = (each for authority in view.directory.authorities for each in said(view, authority, day))
    return sorted((each for each in found if not each.standing.retracted), key=lambda each: each.claim.position)


def _row(table: str, answer: Mapping[str, Any], **others: object) -> tuple[str, dict[str, object]]:
    """The row of an answer: of its fields those that are columns; ``others`` go before them."""
    values = {**answer, **others}
    return table, {name: values.get(name) for name in TABLES[table].columns}


def _meta(reader: Reader, clocks: Clocks) -> TableRows:
    found = {
        "format": str(FORMAT),
        "program": f"policytracker {version('policytracker')}",
        "ledger": reader.head.ledger,
        "position": str(reader.point(clocks).seen),
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "recorded": None if clocks.recorded is None else clock.text(clocks.recorded),
        "newest_report": None if reader.newest_report is None else iso(reader.newest_report),
    }
    for key, value in found.items():
        yield _row("meta", {"key": key, "value": value})


def _documentation() -> TableRows:
    for name, table in TABLES.items():
        described = {"": table.says, **{column: each.says for column, each in table.columns.items()}}
        for column, says in described.items():
            yield _row("documentation", {"table_name": name, "column_name": column, "says": says})
    for name, view in VIEWS.items():
        yield _row("documentation", {"table_name": name, "column_name": "", "says": view.says})


def _claims(known: Iterable[Said], view: View, day: int) -> TableRows:
    reports: dict[tuple[object, ...], int] = {}
    for each in known:
        claim, account, answer = each.claim, claim_account(each.claim, each.standing, day), each.as_object()
        yield _row(
            "claims",
            {**answer, **account, **_quantity(claim.fields.get("quantity"))},
            position=claim.position,
            name=called(account["id"], account["ref"]),
            gate=str(view.directory.gate(account["authority"])),
        )
        for event_type, source in _sources(account):
            key = tuple(source.get(name) for name in TABLES["reports"].columns)
            if key not in reports:
                reports[key] = len(reports) + 1
                yield _row("reports", source, id=reports[key], name=short_source({**source}))
            yield _row("claim_reports", source, claim=claim.position, event_type=event_type, report=reports[key])


def _sources(account: ClaimAccount) -> Iterator[tuple[str, SourceReport]]:
    """The reports of a claim and of the events that act on it, each with the type of the event that brought it."""
    for event in (account, *account["events"]):
        for source in event["sources"]:
            yield event["type"] if source["event"] == event["id"] else "corroborated", source


def _cell(cell: CellState, recorded: str | None, positions: Mapping[str, int]) -> TableRows:
    """What a cell answers. ``positions``: the place of each claim in the ledger, by its id."""
    pair = {"company": cell["company"], "chip": cell["chip"]}
    yield _row("statuses", cell, recorded=recorded)
    for gate in cell["gates"]:
        yield _row("gates", gate, **pair)
        for claim in gate["claims"]:
            yield _row("gate_claims", gate, **pair, claim=positions[claim])
    for condition in cell["conditions"]:
        yield _row("conditions", condition, **pair, claim=positions[condition["claim"]])
    for left in cell["left"] or ():
        yield _row("left_of_approvals", {**left, **_bounds(left)}, **pair, claim=positions[left["claim"]])


def _intervals(reader: Reader, clocks: Clocks, positions: Mapping[str, int]) -> TableRows:
    before, number = ("", ""), 0
    for each in over_days(reader, clocks, None, None):
        pair = each["company"], each["chip"]
        number = number + 1 if pair == before else 1
        before = pair
        turned_by = [called(event["id"], event["ref"]) for event in each["turned_by"]]
        place = {"number": number, "from_day": each["from"], "to_day": each["to"]}
        yield _row("intervals", each, **place, turned_by=turned_by)
        for claim in each["claims"]:
            yield _row("interval_claims", each, number=number, claim=positions[claim])


def _quantities(reader: Reader, clocks: Clocks) -> TableRows:
    for number, each in enumerate(quantities(reader, clocks), start=1):
        yield _row(
            "quantities", {**each, **_bounds(each)}, id=number, name=f"{each['kind']}: {range_in_words({**each})}"
        )
        for figure in each["figures"]:
            name = called(figure["event"], figure["ref"])
            yield _row("quantity_figures", {**figure, **_bounds(figure)}, quantity=number, name=name)


def _quantity(quantity: Fields | None) -> dict[str, Any]:
    if quantity is None:
        return {}
    return {**quantity, "unit": unit_of(quantity), **_bounds(quantity)}


def _bounds(quantity: Mapping[str, Any]) -> dict[str, Any]:
    """A range in numbers that SQLite holds, which says no more than before.

    A sum may be larger than any number in a report.

    >>> _bounds({"min": LARGEST + 1, "max": LARGEST + 2}), _bounds({"min": -LARGEST - 1, "max": -LARGEST - 1})
    ({'min': 9223372036854775807, 'max': None}, {'min': None, 'max': -9223372036854775807})
    """
    least, most = quantity.get("min"), quantity.get("max")
    return {
        "min": None if least is None or least < -LARGEST else min(least, LARGEST),
        "max": None if most is None or most > LARGEST else max(most, -LARGEST),
    }
