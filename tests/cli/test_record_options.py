"""The options of ``record`` are made from the fields of a type, and say every event of it."""

import json
from collections import Counter
from typing import Any

import click
import pytest
from hypothesis import given

from policytracker.cli.record import record
from policytracker.cli.record_options import specs
from policytracker.cli.record_values import arguments_of, body_of
from policytracker.events.catalogue import TYPES
from policytracker.events.describe import fields
from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused
from policytracker.questions.history import shipped_lines
from policytracker.testing import strategies
from tests.events import golden
from tests.events.samples import least

Fields = dict[str, Any]
Argument = tuple[str, ...]

COHORT = {"of": ["in:CN", "owned:acme"], "count": {"min": 2, "max": 4}, "named": ["acme"], "excluded": ["bolt"]}
CHIPS = [
    "h20",
    "vendor:Nvidia, Inc.",
    {"where": ["tpp<21000", "memory>=80"]},
    {"where": ["datacentre=1"], "of": ["vendor:Bank of Chips", "h20"]},
    {"where": ["tpp < 1"], "of": [{"where": ["memory>1"], "of": ["vendor:A, B"]}]},
]
QUANTITY = {"min": 0, "max": 5, "wording": "a few", "unit": "USD", "per": "company"}
REPORT = {
    "publisher": "Caixin",
    "published": "2026-01-28T06:30Z",
    "title": "标题 with = and -",
    "url": "https://example.com/?a=b",
    "cites": "Reuters",
    "attribution": "anonymous",
    "sources": 3,
    "grade": "C3",
    "language": "zh",
    "archived": "https://example.org",
    "summary": "What it says",
    "quote": "“放行”",
}
FULL: Fields = {
    "report": REPORT,
    "companies": ["acme"],
    "chips": CHIPS,
    "except_companies": ["in:SG"],
    "except_chips": CHIPS,
    "quantity": QUANTITY,
    "instead": {"quantity": QUANTITY, "conditions": {"quota": "a tenth"}, "instrument": "Notice 7", "form": "letter"},
    "basis": "added",
    "conditions": {"quota": "a share, x=y", "test": "--odd"},
    "effective": "2026-01/2026-02",
    "until": "2027",
    "instrument": "91 FR 1684",
    "form": "rule",
    "parent": "bolt",
    "aliases": ["A", "B"],
    "names": {"zh": "名"},
    "identifiers": {"ticker": "1.HK"},
    "attributes": {
        "tpp": {"min": 5284.8},
        "memory": 24,
        "die_area": {"max": 800},
        "io_bandwidth": {"min": 1, "max": 2},
    },
    "owners": [{"company": "bolt", "share": 55}, {"company": "acme", "share": 12.5}],
    "origin": "TW",
    "launched": "2024-11",
    "timezone": "Asia/Shanghai",
    "about": "an-event",
    "authority": "gacc",
    "stage": "passed by the House",
    "text": "Two\nlines",
    "controlled_by": ["US", "NL"],
    "complete": True,
    "excluded": ["bolt"],
    "changes": {"effective": None, "quantity": {"min": 1}, "note": "2026", "companies": ["acme"]},
    "ref": "a-ref",
    "note": "Two\nlines",
}


def full(name: str) -> Fields:
    """An event of a type in which every field is given."""
    known = fields(TYPES[name])
    found = {field: value for field, value in FULL.items() if field in known}
    if name == "conditions-met":
        found["conditions"] = ["quota", "test"]
    if name == "recipients-identified":
        found["companies"] = ["acme", "coda"]
    return least(name) | found


def with_cohort(name: str) -> Fields:
    """The same with a cohort in place of companies, where there may be one."""
    event = full(name)
    return event | {"companies": COHORT} if name in WITH_COHORT else event


WITH_COHORT = [name for name, kind in TYPES.items() if any(spec.path == ("companies", "of") for spec in specs(kind))]


def said(arguments: list[str]) -> Fields:
    """The event that arguments of ``record`` say, names not resolved and changes not decoded."""
    name, *words = arguments
    command = record.get_command(click.Context(record), name)
    assert command is not None
    values = command.make_context(name, words).params
    return dict(body_of(TYPES[name], values))


def decoded(event: Fields) -> Fields:
    """What a correction changes, as values."""
    changes = {field: json.loads(text) for field, text in event.get("changes", {}).items()}
    return event | {"changes": changes} if changes else event


def same(one: Fields, other: Fields) -> bool:
    return read_line(json.dumps(one).encode()) == read_line(json.dumps(other).encode())


@pytest.mark.parametrize("name", TYPES)
def test_every_field_of_a_type_can_be_said(name: str) -> None:
    """`report`, `quantity` and a cohort by their own fields."""
    for event in (full(name), with_cohort(name), least(name)):
        assert same(decoded(said(arguments_of(event))), event)


@pytest.mark.parametrize("name", TYPES)
def test_every_option_does_something(name: str) -> None:
    """Leave out one option of a full event: what is said is not the same, or the event is refused."""
    given_flags = set()
    for event in (full(name), with_cohort(name)):
        whole = arguments_of(event)
        for flag in {word for word in whole if word.startswith("--") and word[2:3].isalpha()} & flags(name):
            given_flags.add(flag)
            assert is_other(without(whole, flag), event), flag

    assert given_flags == flags(name)


def flags(name: str) -> set[str]:
    return {spec.flag for spec in specs(TYPES[name])}


def without(arguments: list[str], flag: str) -> list[str]:
    takes_value = flag != "--complete"
    kept: list[str] = []
    words = iter(arguments)
    for word in words:
        if word != flag:
            kept.append(word)
        elif takes_value:
            next(words)
    return kept


def is_other(arguments: list[str], event: Fields) -> bool:
    try:
        return not same(decoded(said(arguments)), event)
    except Refused:
        return True


@pytest.mark.parametrize("name", TYPES)
def test_no_two_options_of_a_type_are_called_the_same(name: str) -> None:
    command = record.get_command(click.Context(record), name)
    assert command is not None
    names = [word for parameter in command.params for word in parameter.opts]

    assert len(names) == len(set(names))
    assert all(parameter.name for parameter in command.params)


@pytest.mark.parametrize("name", TYPES)
def test_every_option_is_told_in_words(name: str) -> None:
    assert [spec.flag for spec in specs(TYPES[name]) if not spec.description] == []


@pytest.mark.parametrize("name", TYPES)
def test_no_two_options_of_a_type_are_told_in_the_same_words(name: str) -> None:
    words = Counter(spec.description for spec in specs(TYPES[name]))
    assert [text for text, count in words.items() if count > 1] == []


@pytest.mark.parametrize("name", TYPES)
def test_the_help_speaks_of_a_target_where_one_is_taken(name: str) -> None:
    command = record.get_command(click.Context(record), name)
    assert command is not None
    takes_one = any(isinstance(parameter, click.Argument) for parameter in command.params)
    told = [each for each in command.params if isinstance(each, click.Option) and "TARGET" in (each.help or "")]
    assert [each.opts[0] for each in told] == (["--target"] if takes_one else [])


def test_the_golden_events_and_the_shipped_history_can_be_said() -> None:
    lines = [*(entry["line"] for entry in golden.read()), *(json.loads(line.text) for line in shipped_lines())]

    assert [line for line in lines if not same(decoded(said(arguments_of(line))), line)] == []


@given(strategies.ledgers())
def test_every_event_can_be_said(ledger: list[Fields]) -> None:
    for event in ledger:
        assert same(decoded(said(arguments_of(event))), with_tests_last(event))


def with_tests_last(event: Fields) -> Fields:
    """The order of selectors has no meaning: options give those by id first."""
    lists = {field: event[field] for field in ("chips", "except_chips") if event.get(field)}
    if "changes" in event:
        return event
    return event | {field: sorted(chips, key=lambda chip: isinstance(chip, dict)) for field, chips in lists.items()}


def test_a_list_that_is_empty_is_said_where_it_must_be_given() -> None:
    chip = {"type": "chip-registered", "chip": "910c", "name": "910C", "vendor": "Huawei", "controlled_by": []}

    assert arguments_of(chip)[-2:] == ["--controlled-by", "none"]
    assert said(arguments_of(chip)) == chip
