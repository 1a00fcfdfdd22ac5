"""Checks of the programs that the ledger is kept with."""

import platform
import re
import sqlite3
from collections.abc import Iterator
from importlib import metadata

from policytracker.keeping.health.defects import DEFECTS, OLDEST, text
from policytracker.keeping.health.findings import Finding, note, ok, problem

OURSELVES = "policytracker"
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*(?:;(.*))?")


def python() -> Iterator[Finding]:
    """Which Python runs on which system."""
    yield ok("python", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")


def packages() -> Iterator[Finding]:
    """The packages that are installed, and whether they are those that policytracker was made for."""
    try:
        wanted = metadata.requires(OURSELVES) or []
    except metadata.PackageNotFoundError:
        yield note("packages", "policytracker is run without being installed", "install it with: pip install .")
        return
    found = {OURSELVES: metadata.version(OURSELVES)}
    for requirement in wanted:
        name, limits, condition = _read(requirement)
        if "'dev'" in condition or '"dev"' in condition:
            continue
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        if not _within(found[name], limits):
            install = f"pip install '{name}{limits}'"
            yield problem("packages", f"{name} {found[name]} is installed, and {limits} is needed", install)
    yield ok("packages", ", ".join(f"{name} {version}" for name, version in found.items()))


def sqlite() -> Iterator[Finding]:
    """Which SQLite Python uses, and what is known to be wrong with it."""
    version = sqlite3.sqlite_version_info
    if version < OLDEST:
        yield problem("sqlite", f"SQLite {text(version)} is older than {text(OLDEST)}", "use a newer Python")
    defects = [defect for defect in DEFECTS if defect.is_in(version)]
    for defect in defects:
        others = " or ".join(text(each) for each in reversed(defect.also))
        yield note(
            "sqlite",
            f"SQLite {text(version)} has {defect.name}, unless your system has mended it under that number: "
            f"{defect.what} ({defect.reference})",
            f"use a Python with SQLite {text(defect.mended)} ({others}) or newer; until then `backup` each day, which "
            "finds damage",
        )
    if not defects:
        yield ok("sqlite", f"SQLite {text(version)}, of which no defect is known that touches a ledger")


def _read(requirement: str) -> tuple[str, str, str]:
    """Name, limits and condition of a requirement.

    >>> _read('eventsourcing<10,>=9.5.6'), _read("psycopg[binary]>=3.2; extra == 'postgres'")
    (('eventsourcing', '<10,>=9.5.6', ''), ('psycopg', '>=3.2', " extra == 'postgres'"))
    """
    found = _REQUIREMENT.fullmatch(requirement)
    return (found[1], found[2].replace(" ", ""), found[3] or "") if found else (requirement, "", "")


def _within(version: str, limits: str) -> bool:
    """Whether a version is within limits of the forms ``>=X`` and ``<X``, which are those of setup.cfg.

    >>> _within("9.5.10", "<10,>=9.5.6"), _within("10.0a1", "<10,>=9.5.6"), _within("1", "")
    (True, False, True)
    """
    for limit in filter(None, limits.split(",")):
        least = limit.startswith(">=")
        if (_numbers(version) >= _numbers(limit)) is not least:
            return False
    return True


def _numbers(text: str) -> list[int]:
    numbers = [int(part) for part in re.findall(r"\d+", text.split("a")[0].split("b")[0].split("rc")[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers
