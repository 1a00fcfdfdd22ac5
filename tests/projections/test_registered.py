"""The registry read a subject at a time: the same as the whole of it on any day, whoever was renamed, moved or sold."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from policytracker.ledger.reading import Row
from policytracker.projections import schema
from policytracker.projections.catching_up import catch_up
from policytracker.projections.events import EntryRow, entry_row, registry_row
from policytracker.projections.layout import place
from policytracker.projections.reading import open_views, registered_in, registry
from policytracker.projections.registered import Registered, StoredRegistry
from policytracker.projections.subjects import Registrations
from policytracker.projections.tables import ENTRY
from policytracker.questions import names
from policytracker.questions.errors import QuestionError
from policytracker.questions.reader import Reader
from policytracker.status.directory import Directory, Gate
from policytracker.status.registrations import SINCE_EVER, by_subject, counts_from
from policytracker.status.registry import Registry
from tests import registries
from tests.projections.test_read_models import CLOCK, DAY, recorded
from tests.registries import AUTHORITIES, CHIPS, COMPANIES, DAYS, GROUPS, JURISDICTIONS, SPELLED, entries_of
from tests.registries import day as day_of

ASKED = (*COMPANIES, *CHIPS, *AUTHORITIES, "giants", "hopper", *SPELLED, "Acmee", "blot", "字节", "nobody at all", "")
TABLES = ("registry", "called", "members")


def row_of(place: int, fields: dict[str, Any]) -> Row:
    return Row(place, f"event-{place}", place, "", None, "", b"", b"", "")


@contextmanager
def written(events: list[dict[str, Any]], at_once: int) -> Iterator[sqlite3.Connection]:
    """Read models with registrations, so many of them written at once."""
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.create(Database(connection))
        rows: list[EntryRow] = []
        for start in range(0, len(events), at_once):
            taken = Registrations()
            for place, fields in enumerate(events[start : start + at_once], start + 1):
                row = row_of(place, fields)
                rows.append(entry_row(row, fields, place))
                taken.take(registry_row(row, fields), fields)
            taken.write(connection)
        connection.executemany(ENTRY, rows)
        schema.index(Database(connection))
        yield connection


def told(ask: Callable[[], object]) -> object:
    """What is answered, or why not."""
    try:
        return ask()
    except QuestionError as error:
        return type(error), str(error)


def answers(directory: Directory) -> Iterator[object]:
    """What a directory says of everybody and of every name, those left to the last for which all of it is read."""
    for company in COMPANIES:
        if company in directory.companies:
            yield company, directory.companies[company]
            yield directory.line(company), list(directory.company_selectors(company).items())
    for chip in CHIPS:
        if chip in directory.chips:
            yield chip, directory.chips[chip], list(directory.chip_selectors(chip).items())
            yield [directory.gates(company, chip) for company in COMPANIES if company in directory.companies]
    for authority in AUTHORITIES:
        yield directory.gate(authority), directory.authorities.get(authority)
    yield [directory.zone(Gate(place, direction)) for place in JURISDICTIONS for direction in ("export", "import")]
    for selectors in (["acme"], ["giants"], ["acme", "giants", "acme-all"], ["all"], ["hopper"]):
        yield directory.pool(selectors)
    for ask in (names.company, names.chip, names.authority):
        yield [told(partial(ask, directory, name)) for name in ASKED]
    for kind in GROUPS:
        yield [told(partial(names.member, directory, kind, name)) for name in ASKED]


def everybody(directory: Directory) -> list[object]:
    """All that is registered."""
    by_kind = (directory.authorities, directory.companies, directory.chips, directory.groups)
    return [(dict(registered.items()), len(registered)) for registered in by_kind]


@settings(max_examples=100)
@given(registries.ledgers(), st.integers(1, 5), st.sampled_from(DAYS))
def test_one_subject_at_a_time_is_the_same_as_all(events: list[dict[str, Any]], at_once: int, day: int) -> None:
    """The directory of all registrations, also of those that others took the place of."""
    with written(events, at_once) as connection:
        whole = Directory(entries_of(events), day)
        piecewise = Registered(connection, partial(registry, connection, None), day)
        assert list(answers(piecewise)) == list(answers(whole))
        assert everybody(piecewise) == everybody(whole)
        assert list(answers(piecewise)) == list(answers(whole))


@settings(max_examples=100)
@given(registries.ledgers(), st.integers(1, 5))
def test_what_changes_on_which_day_is_found_without_reading_all(events: list[dict[str, Any]], at_once: int) -> None:
    with written(events, at_once) as connection:
        whole, stored = Registry(entries_of(events)), StoredRegistry(connection)
        assert stored.days == whole.days
        assert stored.changes == whole.changes
        for day in DAYS:
            assert everybody(stored.on(day)) == everybody(whole.on(day))
        for company in COMPANIES:
            assert [stored.days_of(company, chip) for chip in CHIPS] == [whole.days_of(company, chip) for chip in CHIPS]


@settings(max_examples=60)
@given(registries.ledgers(), st.integers(1, 5))
def test_registrations_are_kept_the_same_whether_written_bit_by_bit_or_at_once(
    events: list[dict[str, Any]], at_once: int
) -> None:
    with written(events, at_once) as grown, written(events, len(events) or 1) as made:
        for table in TABLES:
            query = f"SELECT * FROM {table}"
            assert sorted(grown.execute(query)) == sorted(made.execute(query))


@given(registries.ledgers())
def test_a_subject_is_kept_with_every_registration_that_counts_on_some_day(events: list[dict[str, Any]]) -> None:
    with written(events, 3) as connection:
        kept: dict[tuple[str, str], dict[int, int]] = {}
        for space, subject, since, position in connection.execute("SELECT space, id, since, position FROM registry"):
            kept.setdefault((space, subject), {})[since] = position
        placed = [{**fields, "place": place} for place, fields in enumerate(events, 1)]
        for subject, registrations in by_subject(placed).items():
            found = {counts_from(each): each for each in registrations}
            first, *later = sorted(found)
            days = {SINCE_EVER: found[first]["place"], **{day: found[day]["place"] for day in later}}
            assert kept.pop(subject) == days
        assert kept == {}
        for space in ("company", "chip", "authority"):
            assert registered_in(connection, space) == len({name for of, name in by_subject(placed) if of == space})


def firm(name: str, **more: object) -> dict[str, Any]:
    return {"type": "company-registered", "company": "acme", "name": name, "jurisdiction": "CN", **more}


def test_a_former_name_is_found_once_it_was_given_and_for_good() -> None:
    """First hour: Acme, also called Ajax. Second hour: it is Bolt."""
    chip = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Acme", "controlled_by": []}
    first = [firm("Acme Works", aliases=["Ajax"]), chip]
    with recorded(first, [firm("Bolt", aliases=None)], step=3_600_000_000) as path, Reader(path, DAY) as reader:
        then, now = reader.directory_at(CLOCK, DAY), reader.directory_at(None, DAY)
        assert names.company(then, "AJAX") == "acme"
        assert names.company(now, "bolt") == "acme"
        assert names.company(reader.directory_at(CLOCK + 3_600_000_000, DAY), "bolt") == "acme"
        assert names.company(now, "Ajax") == "acme"
        assert [name for name, _ in now.names("company")] == ["acme works", "ajax", "bolt"]
        assert [name for name, _ in then.names("company")] == ["acme works", "ajax"]
        assert now.companies["acme"]["name"] == "Bolt"
        with pytest.raises(QuestionError, match=r"^no company is called 'bolt'; `policytracker companies` lists"):
            names.company(then, "bolt")


UNREAD = '"unread"'
"""No registration: who decodes it fails. JSON, as an index looks into it."""


def test_a_question_on_one_subject_reads_no_other() -> None:
    with written([firm("Acme"), firm("Bolt") | {"company": "bolt"}], 2) as connection:
        connection.execute("UPDATE registry SET body = ? WHERE id = 'bolt'", (UNREAD,))
        directory = Registered(connection, partial(pytest.fail, "the whole registry was read"), DAY)
        assert names.company(directory, "ACME") == "acme"
        assert list(directory.company_selectors("acme")) == [
            "all",
            "in:CN",
            "hq:CN",
            "under:acme",
            "owned:acme",
            "acme",
        ]
        assert directory.companies.get("nobody") is None


def test_a_registry_without_dates_is_one_for_all_days_and_reads_nobody() -> None:
    with written([firm("Acme"), firm("Acme Works"), firm("Bolt") | {"company": "bolt"}], 2) as connection:
        connection.execute("UPDATE registry SET body = ?", (UNREAD,))
        stored = StoredRegistry(connection)
        assert (stored.days, stored.days_of("nobody", "h20")) == ((), [])
        assert stored.on(1) is stored.on(DAY)
        plan = str(connection.execute("EXPLAIN QUERY PLAN SELECT space, id FROM registry WHERE since > 0").fetchall())
        assert "registry_since" in plan


def test_a_company_that_is_sold_is_read_as_it_is_on_the_day() -> None:
    others = [firm(name) | {"company": name} for name in ("old", "new")]
    with written([*others, firm("Acme", parent="old"), firm("Acme", parent="new", effective="2025-06-02")], 1) as found:
        stored = StoredRegistry(found)
        assert stored.days == (day_of("2025-06-02"),)
        assert stored.on(day_of("2025-06-01")).line("acme") == ["acme", "old"]
        assert stored.on(day_of("2025-06-02")).line("acme") == ["acme", "new"]


def test_the_table_of_a_day_moves_on_with_the_registry() -> None:
    """Nothing in the ledger turns between May and July 2026 but the registry: Firm is bought by Acme on 2 June."""
    report = {"publisher": "Customs", "published": "2025-01-10", "attribution": "official"}
    claim = {"authority": "gacc", "chips": ["all"], "report": report}
    customs = {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN"}
    registry = [
        {**customs, "direction": "import"},
        *(firm(name) | {"company": name} for name in ("acme", "firm")),
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Acme", "controlled_by": []},
        firm("firm", parent="acme", effective="2026-06-02") | {"company": "firm"},
    ]
    claims = [
        {**claim, "type": "cleared", "companies": ["all"]},
        {**claim, "type": "blocked", "companies": ["under:acme"]},
    ]
    with recorded([*registry, *claims]) as path:
        for day, status in (("2026-05-10", "cleared"), ("2026-06-01", "cleared"), ("2026-07-10", "blocked")):
            catch_up(path, day_of(day))
            with closing(open_views(place(path))) as views:
                found = views.execute("SELECT at, status FROM import_status WHERE company = 'firm'").fetchall()
            assert found == [(day, status)]
