"""docs/events.md says what the program does: its examples are taken, its table of refusals is what is said."""

import json
import re
from pathlib import Path

import pytest

from policytracker.events.catalogue import TYPES
from policytracker.events.forms import read_line
from tests.events.samples import BLOCKED, COMPANY, REPORT, Fields, refusal

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("example", re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
def test_an_example_is_an_event(example: str) -> None:
    read_line(" ".join(example.split()).encode())


def test_every_type_has_its_fields_on_the_page() -> None:
    assert [name for name in TYPES if f"\n### `{name}`\n" not in PAGE] == []


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ('"effective": "2026-Q1"', BLOCKED | {"effective": "2026-Q1"}, "write 2026-01/2026-03"),
        ('"2026-33"', BLOCKED | {"effective": "2026-33"}, "write 2026-01/2026-03"),
        ('"until": "01/28/2026"', BLOCKED | {"until": "01/28/2026"}, "write 2026-01-28"),
        (
            '"published": "2026-01-28T12:00"',
            BLOCKED | {"report": REPORT | {"published": "2026-01-28T12:00"}},
            "write 2026-01-28T12:00Z for UTC, or ",
        ),
        ('"jurisdiction": "UK"', COMPANY | {"jurisdiction": "UK"}, "write GB"),
    ],
)
def test_what_is_refused_leads_to_the_form_that_the_page_tells(written: str, line: Fields, said: str) -> None:
    (row,) = [row for row in PAGE.splitlines() if row.startswith("| `") and written in row]

    assert said in row
    assert said in refusal(json.dumps(line).encode())
