"""For cog: the tables that users may read: a snapshot's, and those of the read models."""

from collections.abc import Mapping
from typing import Any

from policytracker.projections.layout import ENTRIES, IMPORT_STATUS, META, REGISTRY
from policytracker.questions.answers import CellInterval, CellState, CheckedCell
from policytracker.questions.columns import BY_COMMAND
from policytracker.questions.conflict_answers import Conflict
from policytracker.questions.difference_answers import CellStep
from policytracker.questions.ledger_answers import (
    AuthorityAnswer,
    ChipAnswer,
    ClaimInForce,
    CompanyAnswer,
    EventShown,
)
from policytracker.questions.quantity_answers import QuantityRange
from policytracker.snapshot.schema import TABLES
from policytracker.snapshot.tables import Column
from policytracker.snapshot.views import VIEWS
from policytracker.web.schemas import descriptions

ROWS: dict[str, Any] = {
    "state": CellState,
    "check": CheckedCell,
    "timeline": CellInterval,
    "timeline --knowledge": CellInterval,
    "diff": CellStep,
    "conflicts": Conflict,
    "claims": ClaimInForce,
    "quantities": QuantityRange,
    "companies": CompanyAnswer,
    "chips": ChipAnswer,
    "authorities": AuthorityAnswer,
    "show": EventShown,
}
"""What a row of a command is, where its type describes its fields."""

CACHE: dict[str, tuple[str, Mapping[str, type], Mapping[str, str]]] = {
    "import_status": (
        "the answer of one day for every company and chip, with all that is published; empty for more than 5,000 cells",
        IMPORT_STATUS,
        {
            "company": "the id of the company",
            "chip": "the id of the chip",
            "at": "the day for which the row holds",
            "status": "the status; `uncertain` if several are possible, `unknown` if all are",
            "low": "the lowest possible status",
            "high": "the highest possible status",
            "possible": "all statuses that are possible, lowest first, with spaces between",
            "limited_by": "the gates at which the lowest status is possible, with spaces between",
        },
    ),
    "entries": (
        "every event",
        ENTRIES,
        {
            "position": "its place in the ledger, from 1 on",
            "id": "its id",
            "recorded": "when it was recorded, in microseconds since 1970, UTC",
            "recorder": "who recorded it",
            "type": "its type; `removed`: its content was redacted",
            "thread": "the position of the event that it is about in the end; its own, where it is about none",
            "target": "the id of the event that it is about",
            "ref": "the short name by which its author calls it",
            "body": "the event in the interchange format, as JSON, as it was recorded",
            "text": "all its texts, as `search` compares them",
        },
    ),
    "registry": (
        "the registrations of companies, chips, authorities and groups",
        REGISTRY,
        {
            "space": "`company`, `chip` or `authority`; a group is in the space of its members",
            "id": "the id of the subject",
            "since": "the day from which the registration counts, until the next of the same id does: "
            "days since 0001-01-01, which is day 1; 0: always",
            "position": "the position of the event",
            "name": "the name of the subject",
            "body": "the registration in the interchange format, as JSON",
        },
    ),
    "meta": (
        "what the tables were made from; `layout` changes when a table does",
        META,
        {"key": "`layout`, `ledger`, `position`, `id`, `at`, `newest` or `index`", "value": "its value"},
    ),
}
"""The tables of the read models that users may read: what each holds, its columns, and what they say."""


def csv_columns() -> None:
    """Print what the columns of CSV say, as the types of the answers describe them."""
    said: dict[tuple[str, str], list[str]] = {}
    for command, kind in ROWS.items():
        texts = descriptions(kind)
        for column in BY_COMMAND[command]:
            if column in texts:
                said.setdefault((column, texts[column]), []).append(f"`{command}`")
    print("| column | of | what it says |\n| --- | --- | --- |")
    for (column, says), commands in sorted(said.items()):
        print(f"| `{column}` | {', '.join(commands)} | {_cell(says)} |")


def snapshot_tables() -> None:
    """Print every table of a snapshot with its columns."""
    for name, table in TABLES.items():
        print(f"### `{name}`\n\n{_sentence(table.says)} The key is {_codes(table.key)}.", end="")
        print(f" Each row is a part of a row of `{table.part_of[0]}`.\n" if table.part_of else "\n")
        print("| column | type | refers to | what it says |\n| --- | --- | --- | --- |")
        for column, each in table.columns.items():
            print(f"| `{column}` | {_type(each.kind)} | {_refers(each)} | {_cell(each.says)} |")
        print()


def snapshot_views() -> None:
    """Print every view of a snapshot."""
    print("| view | what it holds |\n| --- | --- |")
    for name, view in VIEWS.items():
        print(f"| `{name}` | {_cell(view.says)} |")


def cache_tables() -> None:
    """Print the tables of the read models that users may read. Raises RuntimeError where a column has no text."""
    for name, (says, columns, texts) in CACHE.items():
        if list(columns) != list(texts):
            raise RuntimeError(f"docs/tables.py describes other columns of {name} than it has")
        print(
            f"### `{name}` of the cache\n\n{_sentence(says)}\n\n| column | type | what it says |\n| --- | --- | --- |"
        )
        for column, kind in columns.items():
            print(f"| `{column}` | {_type(kind)} | {_cell(texts[column])} |")
        print()


def _refers(column: Column) -> str:
    return f"`{column.refers}`" if column.refers else ""


def _type(kind: type) -> str:
    return {int: "INTEGER", str: "TEXT"}[kind]


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
