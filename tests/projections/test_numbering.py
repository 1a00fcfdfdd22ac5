"""The numbers of gates and terms: given once, found again, and never beyond what a key of the index has room for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from typing import Any

import pytest

from policytracker.events.codes import JURISDICTIONS
from policytracker.events.dates import span
from policytracker.index.layout import CAPS, CLAIMS, EARLY, MENTIONS, MOST_TERMS, key_of, parts_of, section
from policytracker.projections import numbering
from policytracker.projections.layout import TERMS
from policytracker.projections.numbering import CHIP, COMPANY, EXPRESSION, Numbers, find, numbered
from policytracker.questions.one_cell import one_cell
from policytracker.questions.reader import Clocks, Reader
from tests.projections.test_read_models import DAY, recorded

COUNTRIES = sorted(JURISDICTIONS)
PLACES = 26 * 26
"""Pairs of letters: no more jurisdictions can be written."""
DIRECTIONS = "export", "import"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute(TERMS)
        yield opened


def test_every_gate_and_term_has_a_key_of_its_own() -> None:
    """The most gates that there can be, with the greatest terms."""
    gates = range(1, 2 * PLACES + 1)
    sections = [section(gate, sort) for gate in gates for sort in (CLAIMS, CAPS, MENTIONS)]
    ends = [0, 1, MOST_TERMS - 1]
    asked = list(product(sections, ends, ends))
    keys = [key_of(*parts) | early for parts in asked for early in (0, EARLY)]
    assert keys == sorted(set(keys))
    assert [parts_of(key) for key in keys[::2]] == [parts_of(key) for key in keys[1::2]] == asked
    assert keys[-1] < 1 << 63


def test_claims_at_every_gate_are_told_apart() -> None:
    """An authority and a company in each jurisdiction; the first customs, and the last, have blocked."""
    report = {"publisher": "Customs", "published": "2025-01-01", "attribution": "official"}
    everybody = {"companies": ["all"], "chips": ["all"], "report": report}
    ledger: list[dict[str, Any]] = [
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
        *(
            {"type": "company-registered", "company": f"c-{country.lower()}", "name": "C", "jurisdiction": country}
            for country in COUNTRIES
        ),
    ]
    for country, direction in product(COUNTRIES, DIRECTIONS):
        name = f"{country.lower()}-{direction}"
        ledger.append(
            {
                "type": "authority-registered",
                "authority": name,
                "name": name,
                "jurisdiction": country,
                "direction": direction,
            }
        )
        status = "blocked" if country in (COUNTRIES[0], COUNTRIES[-1]) else "cleared"
        # Possibly in force from a day before that by which it is ordered: so it has second copies.
        ledger.append({"type": status, "authority": name, "effective": "2026-01-01/2026-01-20", **everybody})
    with recorded(ledger) as path, Reader(path, DAY) as reader:
        for day, others in (("2026-01-25", "cleared"), ("2026-01-10", "unknown")):
            told = {
                country: one_cell(reader, Clocks(span(day).first), f"c-{country.lower()}", "h20")
                for country in (*COUNTRIES[:2], "DE", "JP", *COUNTRIES[-2:])
            }
            ends = "unknown" if others == "unknown" else "blocked"
            assert {country: cell["status"] for country, cell in told.items()} == {
                country: ends if country in (COUNTRIES[0], COUNTRIES[-1]) else others for country in told
            }
            assert all(len(gate["claims"]) == 1 for cell in told.values() for gate in cell["gates"])


def test_a_number_is_given_once_and_found_again(connection: sqlite3.Connection) -> None:
    numbers = Numbers(connection)
    assert numbers.companies(["all", "acme", "all"]) == [1, 2, 1]
    assert numbers.chips(["all"]) == [1]
    assert (numbers.gate("US/export"), numbers.gate("US/export")) == (1, 1)
    assert (numbers.expression(""), numbers.expression("{}")) == (0, 1)
    assert Numbers(connection).companies(["acme", "bolt"]) == [2, 3]
    assert find(connection, COMPANY, ["bolt", "nobody"]) == {"bolt": 3}
    assert numbered(connection, CHIP) == {1: "all"}


def test_more_texts_than_are_remembered_keep_their_numbers(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "MOST_KEPT", 3)
    numbers = Numbers(connection)
    names = [f"firm-{number}" for number in range(9)]
    assert numbers.companies(names) == numbers.companies(names) == list(range(1, 10))
    assert [numbers.expression(name) for name in names] == list(range(1, 10))
    assert numbers.expression("") == 0
    assert find(connection, EXPRESSION, [""]) == {}


def test_more_texts_are_found_than_a_statement_takes_values(connection: sqlite3.Connection) -> None:
    """The terms of all companies of a large registry are looked up at once."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, numbering.MOST_ASKED + 1)
    numbers = Numbers(connection)
    texts = [f"firm-{number}" for number in range(2 * numbering.MOST_ASKED + 1)]
    given = numbers.companies(texts)
    assert find(connection, COMPANY, [*texts, "nobody"]) == dict(zip(texts, given, strict=True))
