"""The blocks of a report file, each with the line on which it begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.authoring.blocks import blocks_of
from policytracker.authoring.headers import headers

TRICKY = (
    'note = "[[event]]"',
    "note = '[[event]]'",
    'note = """\n[[event]]\n\\""" ""\n[[report]]""""',
    "note = '''\n[[event]]\n''\n'''",
    "note = [\n[[1]],\n[[2]], # ]\n]",
    "# [[event]] '''",
    "[report.part] # not an array",
    'part = { a = [["x"]] }',
)


@given(st.lists(st.sampled_from(TRICKY), max_size=4, unique_by=lambda text: text.split(" ")[0]))
def test_headers_are_found_beside_texts_and_lists_that_look_like_them(parts: list[str]) -> None:
    parts.sort(key=lambda part: part.startswith("[report"))
    text = "\n".join(["[[report]]", *parts, "  [[ report . 'event' ]] # first", "a = 1", "[[event]]"])

    found = list(headers(text))

    assert [header.path for header in found] == [("report",), ("report", "event"), ("event",)]
    assert [text.split("\n")[header.line - 1].strip()[:2] for header in found] == ["[["] * 3
    assert found[1].line == 2 + sum(part.count("\n") + 1 for part in parts)


def test_events_come_in_the_order_of_the_file_with_their_names_and_lines() -> None:
    text = b"""[[event]]
type = "a"
[[report]]
publisher = "FT"
[[report.event]]
type = "b"
[[event]]
type = "c"
[[report]]
event = [{ type = "d" }, { type = "e" }]
"""

    found = [(block.fields["type"], block.line, block.name) for block in blocks_of(b"\xef\xbb\xbf" + text)]

    assert found == [
        ("a", 1, "event 1"),
        ("b", 5, "report 1, event 1"),
        ("c", 7, "event 2"),
        ("d", 9, "report 2, event 1"),
        ("e", 9, "report 2, event 2"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b'a = 1\nb = \xff"', 2, "not TOML in UTF-8: byte 11 is not UTF-8"),
        (b"\n[[report]\n", 2, "not TOML in UTF-8: "),
        (b"a = " + b"[" * 5000 + b"]" * 5000, 1, "not TOML in UTF-8: it is nested too deeply"),
        (b"a = " + b"9" * 5000, 1, "not TOML in UTF-8: a number in it is too long"),
        (b"\n[report]\nevent = []", 1, "report: one pair of brackets; write [[report]] above each"),
        (b"event = 'x'", 1, "event: no table (here: 'x'); write [[event]] above each"),
        (
            b"[[report]]\n[report.event]\ntype = 'x'",
            1,
            "event: one pair of brackets; write [[report.event]] above each",
        ),
        (b"\n[[report]]\npublisher = 'FT'", 2, "event: missing; a report is recorded with its events; add"),
        (b"reports = []", 1, "reports: no file has such a field outside of its blocks; a file has [[report]]"),
    ],
)
def test_what_is_no_block_is_told_with_its_line_and_the_way_out(content: bytes, line: int, why: str) -> None:
    (found,) = blocks_of(content)

    assert found.line == line
    assert str(found.fault).startswith(why)
