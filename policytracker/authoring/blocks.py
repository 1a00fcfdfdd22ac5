"""The blocks of a report file: each event that it holds, in the order of the file, with its report and its place."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from policytracker.authoring.headers import headers
from policytracker.events.refusals import Refused, shown
from policytracker.ledger.lines import BYTE_ORDER_MARK

REPORT, EVENT = "report", "event"
_AT = re.compile(r"^(.*?) ?\(at (?:line ([0-9]+), column [0-9]+|end of document)\)$", re.DOTALL)


class NotToml(Refused):
    """A file that is not TOML, or not in UTF-8."""

    def __init__(self, why: str) -> None:
        super().__init__("", f"not TOML in UTF-8: {why}", "mend it there; https://toml.io tells the form")


class NotABlock(Refused):
    """Something else where a block of a report file is meant."""


class Block(NamedTuple):
    """One event of a report file as it is written there, or what cannot be one."""

    line: int
    name: str
    """What messages call it: ``report 2, event 1``."""
    fields: dict[str, Any]
    report: dict[str, Any] | None
    """What its block says of the report; None for an event without."""
    fault: Refused | None = None
    """Why nothing of it can be read."""
    faults: tuple[Refused, ...] = ()
    """What else of it is refused, where the rest can be read."""


def blocks_of(content: bytes) -> list[Block]:
    """The blocks of a file. One that is no TOML is one block at fault."""
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return [_faulty(line, "", NotToml(f"byte {error.start + 1} is not UTF-8"))]
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.match(str(error))
        line = int(found[2]) if found and found[2] else text.count("\n") + 1
        return [_faulty(line, "", NotToml(found[1] if found else str(error)))]
    except RecursionError:
        return [_faulty(1, "", NotToml("it is nested too deeply"))]
    except ValueError:
        return [_faulty(1, "", NotToml("a number in it is too long"))]
    return sorted(_blocks(values, _Lines(text)), key=lambda block: block.line)


class _Lines:
    """On which lines the blocks begin. One that is written in one line with others counts as at the one around it."""

    def __init__(self, text: str) -> None:
        self.reports: list[int] = []
        self.events: list[list[int]] = []
        """Those of each report."""
        self.without: list[int] = []
        """Those of events without a report."""
        for path, line in headers(text):
            if path == (REPORT,):
                self.reports.append(line)
                self.events.append([])
            elif path == (REPORT, EVENT) and self.events:
                self.events[-1].append(line)
            elif path == (EVENT,):
                self.without.append(line)

    def of_report(self, number: int) -> int:
        return _nth(self.reports, number, 1)

    def of_event(self, report: int, number: int) -> int:
        around = self.of_report(report)
        return _nth(self.events[report], number, around) if report < len(self.events) else around

    def of_event_without(self, number: int) -> int:
        return _nth(self.without, number, 1)


def _nth(lines: Sequence[int], number: int, other: int) -> int:
    return lines[number] if number < len(lines) else other


def _blocks(values: dict[str, Any], lines: _Lines) -> Iterator[Block]:
    for key in values:
        if key not in (REPORT, EVENT):
            way_out = "a file has [[report]] blocks with [[report.event]] blocks, and [[event]] blocks"
            yield _faulty(1, "", NotABlock(key, "no file has such a field outside of its blocks", way_out))
    for number, report in _tables(values, REPORT):
        if isinstance(report, dict):
            yield from _of_report(number, report, lines)
        else:
            yield _faulty(lines.of_report(number), f"report {number + 1}", _no_tables("", REPORT, report))
    for place, event in _tables(values, EVENT):
        line, name = lines.of_event_without(place), f"event {place + 1}"
        if isinstance(event, dict):
            yield Block(line, name, event, None)
        else:
            yield _faulty(line, name, _no_tables("", EVENT, event))


def _of_report(number: int, report: dict[str, Any], lines: _Lines) -> Iterator[Block]:
    """The events of a report."""
    line, name = lines.of_report(number), f"report {number + 1}"
    said = {field: value for field, value in report.items() if field != EVENT}
    if not report.get(EVENT):
        fault = NotABlock(EVENT, "missing; a report is recorded with its events", "add [[report.event]] below it")
        yield _faulty(line, name, fault)
        return
    for place, event in _tables(report, EVENT):
        if isinstance(event, dict):
            yield Block(lines.of_event(number, place), f"{name}, event {place + 1}", event, said)
        else:
            yield _faulty(line, f"{name}, event {place + 1}", _no_tables("report.", EVENT, event))


def _tables(values: dict[str, Any], key: str) -> Iterator[tuple[int, Any]]:
    """What stands under a key, numbered from 0; something else than a list of tables is given in their place."""
    found = values.get(key, [])
    yield from enumerate(found) if isinstance(found, list) else [(0, [found])]


def _no_tables(above: str, key: str, value: object) -> Refused:
    given = value[0] if isinstance(value, list) and value else value
    single = isinstance(given, dict)
    what = "one pair of brackets" if single else f"no table (here: {shown(given)})"
    return NotABlock(key, what, f"write [[{above}{key}]] above each")


def _faulty(line: int, name: str, fault: Refused) -> Block:
    return Block(line, name, {}, None, fault)
