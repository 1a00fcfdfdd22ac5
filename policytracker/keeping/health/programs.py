"""Checks of the programs that the ledger is kept with."""

import platform
import sqlite3
from collections.abc import Iterable, Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.version import Version

from policytracker.keeping.health.defects import DEFECTS, OLDEST
from policytracker.keeping.health.findings import Finding, note, ok, problem

OURSELVES = "policytracker"
DEVELOPING = "dev"
"""The extra that only those need who change the program."""


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
    extras = set(metadata.metadata(OURSELVES).get_all("Provides-Extra") or ()) - {DEVELOPING}
    found = {OURSELVES: metadata.version(OURSELVES)}
    for requirement in filter(lambda each: _needed(each, extras), map(Requirement, wanted)):
        name, limits = requirement.name, requirement.specifier
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        if not limits.contains(found[name], prereleases=True):
            install = f"pip install '{name}{limits}'"
            yield problem("packages", f"{name} {found[name]} is installed, and {limits} is needed", install)
    yield ok("packages", ", ".join(f"{name} {version}" for name, version in found.items()))


def sqlite() -> Iterator[Finding]:
    """Which SQLite Python uses, and what is known to be wrong with it."""
    version = Version(sqlite3.sqlite_version)
    if version < OLDEST:
        yield problem("sqlite", f"SQLite {version} is older than {OLDEST}", "use a newer Python")
    defects = [defect for defect in DEFECTS if defect.is_in(version)]
    for defect in defects:
        others = " or ".join(map(str, reversed(defect.also)))
        yield note(
            "sqlite",
            f"SQLite {version} has {defect.name}, unless your system has mended it under that number: "
            f"{defect.what} ({defect.reference})",
            f"use a Python with SQLite {defect.mended} ({others}) or newer; until then `backup` each day, which "
            "finds damage",
        )
    if not defects:
        yield ok("sqlite", f"SQLite {version}, of which no defect is known that touches a ledger")


def _needed(requirement: Requirement, extras: Iterable[str]) -> bool:
    """Whether a requirement is one of the program's, or of one of these extras, on this machine."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))
