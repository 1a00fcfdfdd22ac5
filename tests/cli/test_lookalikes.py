"""At the door: a name that looks like another's is recorded, and warned of."""

import json
import subprocess
import sys
from pathlib import Path

from policytracker.ledger.where import Where
from tests.cli.recording import ask, position

NAMED = "the company tencemt is called 'T\u0435ncent', which looks like 'Tencent', the company tencent"
FAKE = {"type": "company-registered", "company": "tencemt", "name": "T\u0435ncent", "jurisdiction": "CN"}
OPTIONS = ("--company", "tencemt", "--name", "T\u0435ncent", "--jurisdiction", "CN")


def test_record_names_whom_a_new_company_resembles(copied: Where) -> None:
    before = position(copied)
    tried = ask(copied, "record", "company-registered", *OPTIONS, "--dry-run", "--json")
    said = ask(copied, "record", "company-registered", *OPTIONS)

    assert [warning.startswith(NAMED) for warning in json.loads(tried.stdout)[0]["warnings"]] == [True]
    assert f"warning: {NAMED}" in said.stderr
    assert (said.exit_code, position(copied)) == (0, before + 1)


def test_import_names_the_line_and_whom_it_resembles(copied: Where, tmp_path: Path) -> None:
    file = tmp_path / "new.jsonl"
    file.write_text(f"\n{json.dumps(FAKE)}\n", encoding="utf-8")
    before = position(copied)
    tried = ask(copied, "import", "--dry-run", str(file))
    said = ask(copied, "import", str(file))

    assert f"warning: {file}:2: {NAMED}" in tried.stderr
    assert f"warning: {file}:2: {NAMED}" in said.stderr
    assert (said.exit_code, position(copied)) == (0, before + 1)


def test_a_question_does_not_load_the_table_of_look_alikes() -> None:
    asked = "import policytracker.cli.state, policytracker.cli.recording, policytracker.cli.import_, sys"
    found = subprocess.run(
        [sys.executable, "-c", f"{asked}; print('confusable_homoglyphs' in sys.modules)"],
        capture_output=True,
        text=True,
    )

    assert found.stdout == "False\n"
