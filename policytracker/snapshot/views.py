"""The views of a snapshot: its tables with names for people beside the ids."""

from typing import NamedTuple


class TableView(NamedTuple):
    """A view, by its name."""

    says: str
    select: str


_NAMED_CELL = "c.name AS company_name, c.jurisdiction, h.name AS chip_name, h.vendor"
_JOINED_CELL = "JOIN companies c ON c.company = x.company JOIN chips h ON h.chip = x.chip"

VIEWS: dict[str, TableView] = {
    "statuses_with_names": TableView(
        "`statuses` with the names of company and chip",
        f"SELECT {_NAMED_CELL}, x.* FROM statuses x {_JOINED_CELL}",
    ),
    "gates_with_claims": TableView(
        "each gate of a cell with the claims that stand there, one row a claim; one without, where none stands",
        f"""SELECT {_NAMED_CELL}, x.company, x.chip, x.gate, x.status, x.possible, x.last_word,
            l.name AS claim_name, l.says, l.scope, l.start, l.until, l.word, l.position AS claim
            FROM gates x {_JOINED_CELL}
            LEFT JOIN gate_claims g ON g.company = x.company AND g.chip = x.chip AND g.gate = x.gate
            LEFT JOIN claims l ON l.position = g.claim""",
    ),
    "conditions_with_names": TableView(
        "`conditions` with the names of company, chip and claim",
        f"""SELECT {_NAMED_CELL}, l.name AS claim_name, x.*
            FROM conditions x {_JOINED_CELL} JOIN claims l ON l.position = x.claim""",
    ),
    "intervals_with_names": TableView(
        "`intervals` with the names of company and chip",
        f"SELECT {_NAMED_CELL}, x.* FROM intervals x {_JOINED_CELL}",
    ),
    "claims_in_force": TableView(
        "the claims that are in force on the day, certainly or possibly, with the name of the authority",
        """SELECT a.name AS authority_name, l.* FROM claims l JOIN authorities a ON a.authority = l.authority
            WHERE l.in_force <> 'no'""",
    ),
    "reports_of_claims": TableView(
        "the reports of each claim, one row a report",
        """SELECT l.name AS claim_name, l.says, x.event_type, r.publisher, r.cites, r.published, r.word, r.title, r.url,
            r.archived, x.claim, x.event, x.report
            FROM claim_reports x JOIN claims l ON l.position = x.claim JOIN reports r ON r.id = x.report""",
    ),
    "quantities_with_names": TableView(
        "`quantities` with the name of the chip",
        "SELECT h.name AS chip_name, h.vendor, x.* FROM quantities x JOIN chips h ON h.chip = x.chip",
    ),
}
