"""Editions as rows: CSV and JSON, whole or refused with the file, the line and the column."""

from pathlib import Path

import pytest

from policytracker.authoring.lists.editions import Row, rows_of, split
from policytracker.authoring.lists.errors import BadEdition


def rows(tmp_path: Path, text: str | bytes, form: str = "csv", path: str = "", *columns: str) -> list[Row]:
    file = tmp_path / "list.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return rows_of(str(file), form, path, columns)


def test_a_row_knows_the_line_on_which_it_begins(tmp_path: Path) -> None:
    found = rows(tmp_path, '\ufeffname,note\nAlfa,"two\nlines"\n\nBravo,\n', "csv", "", "name")

    assert [(row.line, row.text("name"), row.text("note")) for row in found] == [
        (2, "Alfa", "two lines"),
        (5, "Bravo", ""),
    ]


def test_marks_of_windows_that_were_read_as_latin_1_are_mended(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "name\nGui\u0092an \u0096 Works\u0081\n", "csv", "", "name")

    assert row.text("name") == "Gui’an – Works"


def test_a_path_leads_into_the_parts_of_a_json_row(tmp_path: Path) -> None:
    text = '{"results": [{"name": "Alfa", "addresses": [{"country": "CN"}, {"country": null}, {"country": "HK"}]}]}'
    (row,) = rows(tmp_path, text, "json", "results", "name", "addresses.country")

    assert row.texts("addresses.country") == ["CN", "HK"]
    assert row.line == 1


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("name\n", "csv", "no row in it; fetch the list again"),
        ("nam\nAlfa\n", "csv", r"no column name \(there is nam\); check that it is the list of this map"),
        ("name,country\nAlfa,CN\nBravo\n", "csv", "list.csv:3: 1 cells, where the heading has 2"),
        ('name\n"Alfa\n', "csv", "list.csv:2: not CSV"),
        ("name,name\nAlfa,Alfa\n", "csv", "list.csv:1: the column name stands there twice"),
        (b"name\nAlfa\nBr\xff\n", "csv", "list.csv:3: not UTF-8; save the list in UTF-8"),
        ('{"results": 1}', "json", "no list of objects at its top"),
        ("[1", "json", "not JSON"),
        ('[{"nam": 1}]', "json", r"no column name \(there is nam\)"),
    ],
)
def test_a_file_that_is_not_the_list_is_refused(tmp_path: Path, text: str | bytes, form: str, told: str) -> None:
    with pytest.raises(BadEdition, match=told):
        rows(tmp_path, text, form, "", "name")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadEdition, match="cannot be read"):
        rows_of(str(tmp_path / "none.csv"), "csv", "", ["name"])


def test_an_item_in_quotation_marks_may_hold_the_separator() -> None:
    assert list(split('Alfa; "Bravo; Ltd.";; Charlie', ";")) == ["Alfa", "Bravo; Ltd.", "Charlie"]
    assert list(split("a || b", "||")) == ["a", "b"]
