"""The drafts of a report file, accepted, dropped and changed: all else stays as it was written."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.authoring.blocks import Block
from policytracker.authoring.draft_files import DraftFile, NotReviewed

TEXT = '''# Two reports, and what the ledger keeps for itself.

[[report]]
publisher = "Example Daily"   # the page
  # why: "stopped"
  [[report.event]]
  type = "blocked"
  draft = true  # look twice
  note = """
draft = true
[[event]]"""
  # in the end

  # not placed: "traders"

[[event]]
type = "retracted"
draft = true

[[report]]
publisher = "Example Times"

# why: "cleared"
[[report.event]]
draft = true
[report.event.quantity]
max = 5
'''


def said(file: DraftFile) -> list[dict[str, Any]]:
    return [block.fields for block in file.blocks]


def test_drafts_are_found_in_the_order_of_the_file_with_their_comments() -> None:
    file = DraftFile(TEXT)

    assert [draft.block.name for draft in file.drafts] == ["report 1, event 1", "event 1", "report 2, event 1"]
    assert file.comments_of(file.drafts[0]) == ['why: "stopped"', "in the end"]
    assert file.lines_of(file.drafts[2]).splitlines()[0] == '# why: "cleared"'


def test_an_accepted_draft_bears_the_name_in_the_line_of_the_mark_and_nothing_else_changes() -> None:
    file = DraftFile(TEXT)

    found = file.accepted(file.drafts[0], "Mia “M” Chen")

    assert found.text == TEXT.replace("  draft = true  # look twice", '  accepted = "Mia “M” Chen"  # look twice')


def test_a_dropped_draft_goes_with_its_comments_and_its_report_if_that_has_no_other_event() -> None:
    file = DraftFile(TEXT)

    without_retraction = file.dropped(file.drafts[1])
    last = without_retraction.dropped(without_retraction.drafts[1])

    assert without_retraction.text == TEXT.replace('[[event]]\ntype = "retracted"\ndraft = true\n\n', "")
    assert last.text == TEXT[: TEXT.index("\n[[event]]\ntype")]
    assert [draft.block.name for draft in last.drafts] == ["report 1, event 1"]


def test_what_could_not_be_placed_stays_where_it_is_when_the_draft_above_is_dropped() -> None:
    file = DraftFile(TEXT)

    found = file.dropped(file.drafts[0])

    assert '# not placed: "traders"' in found.text
    assert "Example Daily" not in found.text
    assert "# why" not in found.text.partition("[[event]]")[0]


def test_a_changed_draft_stays_a_draft_also_where_its_mark_was_deleted() -> None:
    file = DraftFile(TEXT)
    lines = file.lines_of(file.drafts[1]).replace('"retracted"', '"disputed"')

    kept = file.changed(file.drafts[1], lines)
    marked = file.changed(file.drafts[1], lines.replace("draft = true\n", "").replace("\ndraft = true", ""))

    assert said(kept)[1] == said(marked)[1] == {"type": "disputed", "draft": True}
    assert kept.text == TEXT.replace('"retracted"', '"disputed"')


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("[[event]]\ntype = ", "not TOML in UTF-8"),
        ("# nothing", "what you wrote is not one event; keep its header"),
        ("[[event]]\ndraft = true\n[[event]]\ndraft = true", "what you wrote is not one event"),
        ("[[report]]\npublisher = 'FT'\n[[report.event]]\ndraft = true", None),
        ("[[event]]\ndraft = 1", "it says draft and not true; write draft = true"),
    ],
)
def test_what_is_no_event_in_the_place_of_one_is_refused(lines: str, why: str | None) -> None:
    """A report of its own in its place is one event too."""
    file = DraftFile(TEXT)

    if why is None:
        assert len(file.changed(file.drafts[1], lines).drafts) == 3
        return
    with pytest.raises(NotReviewed) as refused:
        file.changed(file.drafts[1], lines)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[report]]\nevent = [{type = 'blocked', draft = true}]", "line 1: report 1, event 1 is a draft in one line"),
        ("[[report]\n", "line 1: not TOML in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_gone_through_is_refused_with_the_way_out(text: str, why: str) -> None:
    with pytest.raises(NotReviewed) as refused:
        DraftFile(text)
    assert str(refused.value).startswith(why)


def test_a_mark_in_an_unusual_spelling_is_found_or_refused() -> None:
    quoted = DraftFile("[[event]]\nfields.a = 1\n'draft' = true\n")
    escaped = DraftFile('[[event]]\n"dr\\u0061ft" = true\n')

    assert quoted.accepted(quoted.drafts[0], "Mia").text == '[[event]]\nfields.a = 1\naccepted = "Mia"\n'
    with pytest.raises(NotReviewed, match="event 1: no line of it says `draft = true`; write it on a line of its own"):
        escaped.accepted(escaped.drafts[0], "Mia")


FILLER = ("# a comment\n", "\n", "", "# [[event]] draft = true\n")
VALUES = (
    "note = '''\ndraft = true\n# no comment\n\n[[report]]'''\n",
    'quote = "a # b"\n',
    "chips = [\n  'h200', # one\n\n  'h20',\n]\n",
    "[{path}.quantity]\nmax = 5\n",
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Report files in any layout: nested strings, comments, sub-tables, reports and events in turn."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        has_report = draw(st.booleans())
        if has_report:
            parts += [draw(st.sampled_from(FILLER)), "[[report]]\npublisher = 'FT'\n"]
        for _ in range(draw(st.integers(1, 3))):
            path, indent = ("report.event", draw(st.sampled_from(["", "  "]))) if has_report else ("event", "")
            parts += [draw(st.sampled_from(FILLER)) for _ in range(2)]
            marks = [f"{indent}draft = true\n"] if draw(st.booleans()) else []
            values = sorted(draw(st.sets(st.sampled_from(VALUES))), key=lambda each: each.startswith("["))
            place = draw(st.integers(0, sum(not each.startswith("[") for each in values)))
            lines = [*values[:place], *marks, *values[place:]]
            parts += [f"{indent}[[{path}]]\n", *(each.replace("{path}", path) for each in lines)]
            parts.append(draw(st.sampled_from(FILLER)))
    return "".join(parts)


@given(text=files(), data=st.data())
def test_whatever_is_answered_changes_nothing_but_the_draft_it_is_said_of(text: str, data: st.DataObject) -> None:
    """Accept and drop in any order: the other events say the same, in the same order, and no other line is touched."""
    assert tomllib.loads(text)
    file = DraftFile(text)
    while file.drafts:
        draft = data.draw(st.sampled_from(file.drafts))
        others = [block.fields for block in file.blocks if block is not draft.block]
        if data.draw(st.booleans()):
            found = file.accepted(draft, "Mia")
            place = draft.place
            assert found.blocks[place].fields == accepted(draft.block)
            assert [each for number, each in enumerate(said(found)) if number != place] == others
            pairs = zip(file.text.split("\n"), found.text.split("\n"), strict=True)
            assert sum(one != other for one, other in pairs) == 1
        else:
            found = file.dropped(draft)
            assert said(found) == others
            lines = iter(file.text.split("\n"))
            assert all(line in lines for line in found.text.split("\n"))
        assert len(found.drafts) == len(file.drafts) - 1
        file = found


def accepted(block: Block) -> dict[str, Any]:
    return {**{key: value for key, value in block.fields.items() if key != "draft"}, "accepted": "Mia"}
