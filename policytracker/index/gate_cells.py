"""The cells that have a gate, for all cells of a registry at once (semantics.md §1)."""

from collections.abc import Iterator
from typing import NamedTuple

from policytracker.index.match_tables import Members
from policytracker.status.directory import Directory, Gate


class GateCells(NamedTuple):
    """The companies and the chips that have a gate, as bits; every pair of them is a cell with it."""

    gate: Gate
    companies: int
    chips: int


def gates_of(directory: Directory, companies: Members, chips: Members) -> Iterator[GateCells]:
    """The cells of every gate (§1). The gates with the fewest go first: a cell shut there is not looked at again."""
    homes: dict[str, int] = {}
    controls: dict[str, int] = {}
    domestic: dict[str, int] = {}
    for place, name in enumerate(companies.names):
        home = directory.companies[name]["jurisdiction"]
        homes[home] = homes.get(home, 0) | 1 << place
    for place, name in enumerate(chips.names):
        chip = directory.chips[name]
        if chip.get("origin"):
            domestic[chip["origin"]] = domestic.get(chip["origin"], 0) | 1 << place
        for jurisdiction in set(chip["controlled_by"]):
            controls[jurisdiction] = controls.get(jurisdiction, 0) | 1 << place
    found = [
        GateCells(Gate(home, "import"), members, chips.every & ~domestic.get(home, 0))
        for home, members in homes.items()
    ]
    for jurisdiction, members in controls.items():
        abroad = companies.every & ~homes.get(jurisdiction, 0)
        found.append(GateCells(Gate(jurisdiction, "export"), abroad, members))
    yield from sorted(found, key=lambda cells: (cells.companies.bit_count() * cells.chips.bit_count(), cells.gate))
