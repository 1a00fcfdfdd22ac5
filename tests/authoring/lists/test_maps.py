"""Maps are strict: a fault of one is told with its place and the way out, all faults at once."""

from pathlib import Path
from textwrap import dedent

import pytest

from policytracker.authoring.lists.errors import BadMap
from policytracker.authoring.lists.maps import map_named, map_text, shipped_maps

WHOLE = """
format = "csv"
ref = "x"
key = ["id"]
[report]
publisher = "Example Register"
attribution = "official"
[company]
name = { column = "name" }
jurisdiction = "CN"
[[claim]]
type = "prohibited"
authority = "bis"
chips = ["all"]
"""


def read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(dedent(text), encoding="utf-8")
    map_named(str(path))


@pytest.mark.parametrize("name", shipped_maps())
def test_every_map_that_comes_along_is_whole_and_says_what_it_is(name: str) -> None:
    found = map_named(name)

    assert found.about
    assert found.columns
    assert map_text(name).startswith("#")


def test_the_three_maps_come_along() -> None:
    assert shipped_maps() == ["cn-sanctions", "eu-dual-use", "us-csl"]


def test_a_map_of_ones_own_is_read(tmp_path: Path) -> None:
    read(tmp_path, WHOLE)


def test_all_faults_of_a_map_are_told_at_once(tmp_path: Path) -> None:
    faulty = """
    format = "xml"
    ref = "1"
    key = []
    colums = 1
    [where]
    source = "EL"
    [report]
    publisher = "Example Register"
    published = 2026-05-01
    [company]
    name = { colum = "name" }
    jurisdiction = { column = "country", values = "codes" }
    [[claim]]
    type = "prohibited"
    reviews = "unstated"
    chips = { column = "items", pattern = "(" }
    [[claim]]
    type = "company-registered"
    """
    with pytest.raises(BadMap) as refused:
        read(tmp_path, faulty)

    told = str(refused.value).split("\n  ")[1:]
    assert told == [
        "colums: nothing that a map has; there are about, format, rows, ref, key, where, report, authority, company, "
        "claim, values, rules",
        "format: not csv or json; write how the list comes",
        "ref: no beginning of a ref; write a letter, then letters, digits, - and _",
        'key: no list of columns; write the columns that tell an entry from others: ["name", "country"]',
        "where.source: no list of words; write the words of rows that count, in brackets",
        "report.published: nothing that a map has; did you mean publisher?",
        "report.attribution: missing; every map has it",
        'company.name: no column; write a text, or { column = "NAME" }',
        "company.jurisdiction.values: no [values.codes] and no [[rules.codes]]; write one of them",
        'claim: blocks that have the same name; give each a `name` of its own: name = "watch-list"',
        "claim 1.reviews: nothing that a map has; there are type, name, when, quote, chips, authority, note, "
        "effective, until, except_chips, instrument, form",
        "claim 1.authority: missing; every map has it",
        "claim 1.chips.pattern: no regular expression (missing ), unterminated subpattern at position 0); "
        "https://docs.python.org/3/library/re.html tells the form",
        "claim 2.type: no type of a claim; write one of prohibited, blocked, held, licence-required, review-opened, "
        "approved-in-principle, licence-granted, batch-approved, cleared, condition-imposed",
    ]


def test_a_map_that_is_not_there_names_those_that_come_along() -> None:
    with pytest.raises(BadMap, match="us-scl cannot be used:\n  No such file or directory; with the program come: cn-"):
        map_named("us-scl")


def test_a_map_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMap, match="not TOML"):
        read(tmp_path, "key = [")
