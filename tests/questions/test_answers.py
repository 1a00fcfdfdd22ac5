"""The types of answers: none is loaded for a question from the shell, and each says what its fields are."""

import subprocess
import sys
from pathlib import Path

import pytest

from policytracker.questions import (
    answers,
    claim_answers,
    difference_answers,
    ledger_answers,
    publisher_answers,
    why_answers,
)
from policytracker.web.schemas import schemas
from tests.demo import demo as demo

MODULES = (answers, claim_answers, difference_answers, ledger_answers, publisher_answers, why_answers)
QUESTIONS = ("state tencent h200", "why tencent h200", "timeline tencent h200", "claims", "log", "quantities")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_from_the_shell_loads_no_type_of_an_answer(demo: Path, question: str) -> None:
    """Only type checkers and the description of the pages read them."""
    code = (
        "import sys\n"
        "from policytracker.cli.main import cli\n"
        f"cli(['--ledger', {str(demo)!r}, *{question.split()!r}, '--json'], standalone_mode=False)\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines()[-1].split())
    assert imported.isdisjoint(module.__name__ for module in MODULES)


def test_the_texts_under_the_fields_of_all_bases_are_the_descriptions() -> None:
    """A cell has the dates of a question and statuses, and fields of its own."""
    _, found = schemas([answers.CellState])
    fields = found["CellState"]["properties"]
    assert fields["at"] == {"type": "string", "format": "date", "description": "What held on this day."}
    assert fields["low"]["description"] == "The lowest possible status."
    assert fields["chip"]["description"] == "The id of the chip."
    assert fields["possible"]["minItems"] == 1


def test_an_answer_has_no_other_fields_unless_it_is_an_event() -> None:
    _, found = schemas([list[ledger_answers.LedgerEvent], difference_answers.StatusStep])
    closed = {name for name, schema in found.items() if schema.get("additionalProperties") is False}
    assert closed == {"StatusStep", "EventOfChange", "SourceReport"}
