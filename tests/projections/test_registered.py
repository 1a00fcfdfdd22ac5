"""The registry read a subject at a time: the same as the whole of it, whoever was renamed, moved or sold."""

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
from policytracker.projections import schema, subjects
from policytracker.projections.events import registry_row
from policytracker.projections.reading import registry
from policytracker.projections.registered import Registered
from policytracker.questions import names
from policytracker.questions.errors import QuestionError
from policytracker.questions.reader import Reader
from policytracker.status.directory import Directory
from tests.projections.test_read_models import CLOCK, DAY, recorded
from tests.strategies import present

COMPANIES = ("acme", "acme-1", "bolt", "cog")
CHIPS = ("h20", "h200", "acme")
AUTHORITIES = ("bis", "gacc")
GROUPS = {"company": ("giants", "acme-all"), "chip": ("hopper", "h-all")}
SPELLED = ("Acme", " ACME  ", "Ａcme", "Bolt Works", "bolt  works", "字节跳动", "字節跳動", "Straße", "STRASSE", "h20")
ASKED = (*COMPANIES, *CHIPS, *AUTHORITIES, "giants", "hopper", *SPELLED, "Acmee", "blot", "字节", "nobody at all", "")
JURISDICTIONS = ("CN", "US", "SG")


def called() -> st.SearchStrategy[dict[str, Any]]:
    """A name, aliases, and names in other languages."""
    spelled = st.sampled_from(SPELLED)
    return st.fixed_dictionaries(
        {
            "name": spelled,
            "aliases": st.none() | st.lists(spelled, max_size=2),
            "names": st.none() | st.dictionaries(st.sampled_from(("zh", "de")), spelled, max_size=2),
        }
    )


@st.composite
def registrations(draw: st.DrawFn) -> dict[str, Any]:
    """A registration of any kind. What stands registered already is registered anew as often as not."""
    kind = draw(st.sampled_from(("company", "company", "chip", "authority", "company group", "chip group")))
    jurisdiction = draw(st.sampled_from(JURISDICTIONS))
    event: dict[str, Any] = draw(called())
    if kind == "company":
        parent = draw(st.none() | st.sampled_from((*COMPANIES, "giants")))
        event |= {"type": "company-registered", "company": draw(st.sampled_from(COMPANIES)), "parent": parent}
        return present(event | {"jurisdiction": jurisdiction})
    if kind == "chip":
        event |= {"type": "chip-registered", "chip": draw(st.sampled_from(CHIPS)), "vendor": "Acme"}
        return present(event | {"controlled_by": draw(st.lists(st.sampled_from(JURISDICTIONS), max_size=3))})
    if kind == "authority":
        direction = draw(st.sampled_from(("export", "import")))
        event |= {"type": "authority-registered", "authority": draw(st.sampled_from(AUTHORITIES))}
        return present(event | {"jurisdiction": jurisdiction, "direction": direction})
    members, _ = kind.split()
    groups = GROUPS[members]
    some = st.lists(st.sampled_from((*(COMPANIES if members == "company" else CHIPS), *groups)), max_size=4)
    event |= {"type": "group-defined", "group": draw(st.sampled_from(groups)), "kind": members, "members": draw(some)}
    return present(event | {"complete": draw(st.booleans())})


@contextmanager
def written(events: list[dict[str, Any]], at_once: int) -> Iterator[sqlite3.Connection]:
    """Read models with registrations, so many of them written at once."""
    rows = [Row(place, "", 0, "", None, "", b"", b"", "") for place in range(1, len(events) + 1)]
    made = [registry_row(row, fields) for row, fields in zip(rows, events, strict=True)]
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.create(Database(connection))
        for start in range(0, len(made), at_once):
            subjects.write(connection, made[start : start + at_once])
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
    for selectors in (["acme"], ["giants"], ["acme", "giants", "acme-all"], ["all"], ["hopper"]):
        yield directory.pool(selectors)
    for ask in (names.company, names.chip, names.authority):
        yield [told(partial(ask, directory, name)) for name in ASKED]
    for kind in GROUPS:
        yield [told(partial(names.member, directory, kind, name)) for name in ASKED]


def everybody(directory: Directory) -> list[object]:
    """All that is registered, in order."""
    by_kind = (directory.authorities, directory.companies, directory.chips, directory.groups)
    return [(list(registered.items()), len(registered)) for registered in by_kind]


@settings(max_examples=100)
@given(st.lists(registrations(), max_size=14), st.integers(1, 5))
def test_one_subject_at_a_time_is_the_same_as_all(events: list[dict[str, Any]], at_once: int) -> None:
    with written(events, at_once) as connection:
        whole = Directory(registry(connection, None))
        piecewise = Registered(connection, partial(registry, connection, None))
        assert list(answers(piecewise)) == list(answers(whole))
        assert everybody(piecewise) == everybody(whole)
        assert list(answers(piecewise)) == list(answers(whole))


@settings(max_examples=60)
@given(st.lists(registrations(), max_size=14), st.integers(1, 5))
def test_names_and_members_written_bit_by_bit_are_those_of_the_newest(
    events: list[dict[str, Any]], at_once: int
) -> None:
    """A name that is given up leads nowhere; whoever left a group is not in it."""
    newest = {(row["space"], row["id"]): fields for row, fields in _rows(events)}
    with written(events, at_once) as grown, written(list(newest.values()), len(events) or 1) as made:
        for table in ("called", "members"):
            query = f"SELECT * FROM {table} ORDER BY space, text, id"
            assert grown.execute(query).fetchall() == made.execute(query).fetchall()


def _rows(events: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for fields in events:
        yield registry_row(Row(1, "", 0, "", None, "", b"", b"", ""), fields), fields


def firm(name: str, **more: object) -> dict[str, Any]:
    return {"type": "company-registered", "company": "acme", "name": name, "jurisdiction": "CN", **more}


def test_a_former_name_is_found_as_recorded_then_and_no_more_now() -> None:
    """First hour: Acme, also called Ajax. Second hour: it is Bolt."""
    chip = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Acme", "controlled_by": []}
    first = [firm("Acme Works", aliases=["Ajax"]), chip]
    with recorded(first, [firm("Bolt")], step=3_600_000_000) as path, Reader(path, DAY) as reader:
        assert names.company(reader.directory_at(CLOCK), "AJAX") == "acme"
        assert names.company(reader.directory_at(None), "bolt") == "acme"
        assert names.company(reader.directory_at(CLOCK + 3_600_000_000), "bolt") == "acme"
        with pytest.raises(QuestionError, match=r"^no company is called 'bolt'; `policytracker state` lists"):
            names.company(reader.directory_at(CLOCK), "bolt")
        with pytest.raises(QuestionError, match=r"^no company is called 'Ajax'; `policytracker state` lists"):
            names.company(reader.directory_at(None), "Ajax")


def test_a_question_on_one_subject_reads_no_other() -> None:
    with written([firm("Acme"), firm("Bolt") | {"company": "bolt"}], 2) as connection:
        connection.execute("UPDATE registry SET body = 'unread' WHERE id = 'bolt'")
        directory = Registered(connection, partial(pytest.fail, "the whole registry was read"))
        assert names.company(directory, "ACME") == "acme"
        assert list(directory.company_selectors("acme")) == ["all", "in:CN", "hq:CN", "under:acme", "acme"]
        assert directory.companies.get("nobody") is None
