"""Two editions of a list, in the shape of the US Consolidated Screening List, and what was changed between them.

Firms, addresses and citations are made up. The columns and the forms of cells are those of the public file.
"""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

ROWS = 3_000
CHANGED = 0.02
OLD_DAY, NEW_DAY = "2026-05-01", "2026-06-01"
SOURCE = "Entity List (EL) - Bureau of Industry and Security"
OTHER_SOURCE = "Unverified List (UVL) - Bureau of Industry and Security"
COLUMNS = (
    *("_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice"),
    *("start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type"),
    *("gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url"),
    *("alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "source_information_url"),
    "ids",
)
COUNTRIES = ("CN", "CN", "CN", "RU", "HK", "AE", "TR", "SG")
POLICIES = ("Presumption of denial", "Presumption of denial.", "Policy of denial", "Case-by-case basis")
OTHERWISE = {"Presumption of denial": "Case-by-case basis", "Policy of denial": "Case-by-case basis"}
WORDED = {"Presumption of denial": "Presumption of Denial.", "Policy of denial": "Policy of denial."}
FIRST = ("Northern", "Golden", "Blue", "Harbour", "Summit", "River", "Eastern", "Lucky", "Grand", "Bright")
SECOND = ("Optics", "Circuits", "Logistics", "Dynamics", "Materials", "Computing", "Instruments", "Trading")
Cells = dict[str, str]


@dataclass
class Listing:
    """The rows of both editions, and the names of the firms of which something changed, by what it was."""

    rows: int = ROWS
    seed: int = 1
    old: list[Cells] = field(init=False)
    new: list[Cells] = field(init=False)
    changed: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.old = [_row(chance, number) for number in range(self.rows)]
        share = max(1, round(self.rows * CHANGED / 6))
        places = chance.sample(range(self.rows), 5 * share)
        policy, wording, citation, alias, gone = (places[n * share : (n + 1) * share] for n in range(5))
        new = [dict(row) for row in self.old]
        for place in policy:
            self._write(place, new, license_policy="Presumption of denial")
            new[place]["license_policy"] = OTHERWISE["Presumption of denial"]
        for place in wording:
            self._write(place, new, license_policy="Policy of denial")
            new[place]["license_policy"] = WORDED["Policy of denial"]
        for place in citation:
            new[place]["federal_register_notice"] += f"; 91 FR {20_000 + place}"
        for place in alias:
            new[place]["alt_names"] = f"Also {new[place]['name']}"
        added = [_row(chance, self.rows + number, NEW_DAY) for number in range(share)]
        self.new = [row for place, row in enumerate(new) if place not in gone] + added
        self.changed = {
            name: sorted(self.old[place]["name"] for place in those)
            for name, those in (("policy", policy), ("wording", wording), ("citation", citation), ("alias", alias))
        }
        self.changed["gone"] = sorted(self.old[place]["name"] for place in gone)
        self.changed["added"] = sorted(row["name"] for row in added)
        for number, row in enumerate(self.new):
            row["_id"] = f"new-{number}"
        self.new[0]["remarks"] = "a column that no map reads"

    def _write(self, place: int, new: Sequence[Cells], **cells: str) -> None:
        """Let a row of both editions say something."""
        self.old[place] |= cells
        new[place].update(cells)


def text_of(rows: Sequence[Cells]) -> str:
    """An edition as a file, with rows of another list in between, which the map leaves out."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows):
        writer.writerow(row)
        if number % 50 == 0:
            writer.writerow({"_id": f"other-{number}", "source": OTHER_SOURCE, "name": f"Unverified {number}"})
    return file.getvalue()


def _row(chance: random.Random, number: int, day: str | None = None) -> Cells:
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number} Co., Ltd."
    listed = day or (date(2015, 1, 1) + timedelta(days=chance.randrange(4_000))).isoformat()
    street = f"No. {chance.randrange(1, 300)} Example Road, Example City, {chance.choice(COUNTRIES)}"
    return {
        "_id": f"old-{number}",
        "source": SOURCE,
        "name": name,
        "addresses": street if chance.random() < 0.7 else f"Room 2, Sample Street, Sample Town, CN; {street}",
        "federal_register_notice": f"{80 + number % 11} FR {1_000 + number}",
        "start_date": listed,
        "license_requirement": "For all items subject to the EAR. (See §744.11 of the EAR)",
        "license_policy": chance.choice(POLICIES),
        "source_list_url": "https://example.invalid/entity-list",
        "alt_names": f"NB {number}; and Number {number} Works" if chance.random() < 0.4 else "",
    }
