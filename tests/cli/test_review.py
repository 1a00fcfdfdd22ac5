"""``review``: drafts are accepted, changed, dropped or skipped, and nothing is recorded before."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from policytracker.ledger.where import Where
from tests.cli.recording import ask, command, content, position

pytestmark = pytest.mark.files
DRAFTS = """# Drafts of a story that was written for this test, in the manner of an agency.

[[report]]
publisher = "Example Daily"   # the page
published = 2026-10-12T09:30:00+08:00
cites = "Example Wire"
attribution = "anonymous"

  # why: "may be declared again" ends what customs said in May
  [[report.event]]
  type = "lifted"
  target = "cn-2026-05-15-5090d-v2"
  draft = true
  quote = "Customs told agents that the chip may be declared again."

  [[report.event]]
  type = "batch-approved"
  draft = true
  ref = "first-batch"
  authority = "GACC"
  companies = ["腾讯"]
  chips = ["5090D V3"]
  quantity = { max = 5000, wording = "up to 5,000 cards" }
  note = "The number is not sure."

# not placed: "traders were relieved"
"""
MIA = ("--recorder", "Mia Chen")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    path = tmp_path / "drafts.toml"
    path.write_text(DRAFTS, encoding="utf-8")
    return path


def answered(ledger: Where, file: Path, *answers: str, more: tuple[str, ...] = ()) -> Result:
    """A review with these answers on standard input."""
    return ask(ledger, *MIA, "review", str(file), *more, text="".join(f"{each}\n" for each in answers))


def newest(ledger: Where, count: int) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ask(ledger, "log", "--nl", "--limit", str(count)).stdout.splitlines()]


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Makes an editor that replaces one text by another."""

    def made(old: str, new: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import pathlib, sys\n"
            "path = pathlib.Path(sys.argv[1])\n"
            f"path.write_text(path.read_text('utf-8').replace({old!r}, {new!r}), 'utf-8')\n",
            encoding="utf-8",
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"{shutil.which('python3')} {script}")

    return made


def test_a_draft_is_shown_with_all_that_is_to_be_known_before_it_is_accepted(copied: Where, drafts: Path) -> None:
    """The sentence, its quote and comment, and what it would change today and on its own day."""
    told = answered(copied, drafts, "quit").stdout

    assert "draft 1 of 2: lifted (report 1, event 1, line 10)" in told
    assert "stopped imports of RTX 5090D V2 by companies in China" in told
    assert "unnamed people told Example Wire (via Example Daily, 12 October 2026" in told
    assert "  quote: “Customs told agents that the chip may be declared again.”" in told
    assert '  # why: "may be declared again" ends what customs said in May' in told
    assert "33 cells would change:" in told
    assert "blocked → cleared, from 2026-10-12 on: 19 cells" in told
    assert told.endswith("0 accepted, 0 dropped; 2 drafts left in " + str(drafts) + "\n")


def test_faults_are_those_of_an_import_and_keep_a_draft_from_being_accepted(copied: Where, drafts: Path) -> None:
    result = answered(copied, drafts, "skip", "accept", "quit")

    assert "  refused: chips[0]: no chip or group is called '5090D V3'; did you mean rtx-5090d" in result.stdout
    assert "an import would refuse it: change it, drop it or skip it" in result.stderr
    assert drafts.read_text(encoding="utf-8") == DRAFTS


def test_what_was_recorded_already_alike_is_pointed_out(copied: Where, drafts: Path) -> None:
    scope = 'authority = "GACC"\n  companies = ["in:CN"]\n  chips = ["5090D V2"]\n  effective = 2026-05-16'
    text = DRAFTS.replace('type = "lifted"\n  target = "cn-2026-05-15-5090d-v2"', f'type = "blocked"\n  {scope}')
    drafts.write_text(text, encoding="utf-8")

    told = answered(copied, drafts, "quit").stdout

    assert "  look twice: it looks like cn-2026-05-15-5090d-v2 (from 2026-05-15: Financial Times" in told


def test_what_is_accepted_bears_the_name_and_is_recorded_by_it(copied: Where, drafts: Path, editor: Any) -> None:
    """One is accepted, one changed and accepted; both are recorded, and an import of the file adds nothing."""
    editor("5090D V3", "5090D V2")

    result = answered(copied, drafts, "a", "c", "a", more=("--record",))

    assert result.exit_code == 0, result.output
    assert "2 accepted, 0 dropped; 0 drafts left" in result.stdout
    assert "2 events appended, 0 were recorded already" in result.stdout
    lifted, batch = sorted(newest(copied, 2), key=lambda event: event["position"])
    assert (lifted["recorder"], lifted["note"]) == ("Mia Chen", "Accepted by Mia Chen.")
    assert (batch["recorder"], batch["note"]) == ("Mia Chen", "The number is not sure. Accepted by Mia Chen.")
    assert drafts.read_text(encoding="utf-8") == DRAFTS.replace("draft = true", 'accepted = "Mia Chen"').replace(
        "5090D V3", "5090D V2"
    )
    again = ask(copied, "--recorder", "somebody else", "import", str(drafts))
    assert again.stdout == "0 events appended, 2 were recorded already\n"


def test_nothing_enters_the_ledger_unreviewed(copied: Where, drafts: Path) -> None:
    """What is accepted is recorded, the other stays a draft in the file."""
    before = position(copied)

    result = answered(copied, drafts, "a", "s", more=("--record",))

    assert "1 accepted, 0 dropped; 1 draft left" in result.stdout
    assert position(copied) == before + 1
    assert ask(copied, "import", str(drafts)).exit_code == 1


def test_without_record_nothing_is_recorded_and_the_way_is_told(copied: Where, drafts: Path) -> None:
    before = content(copied)

    result = answered(copied, drafts, "a", "d")

    assert result.stdout.endswith(f"nothing is recorded so far; `policytracker import {drafts}` records them\n")
    assert content(copied) == before


def test_who_accepted_is_sealed_whoever_records_it(copied: Where, drafts: Path) -> None:
    answered(copied, drafts, "a", "d")

    assert ask(copied, "--recorder", "Bo Li", "import", str(drafts)).exit_code == 0

    (event,) = newest(copied, 1)
    assert (event["recorder"], event["note"]) == ("Bo Li", "Accepted by Mia Chen.")
    assert ask(copied, "verify").exit_code == 0


def test_a_review_whose_answers_end_keeps_what_was_answered(copied: Where, drafts: Path) -> None:
    """The input ends after the first answer; the next review begins with the second draft."""
    first = answered(copied, drafts, "accept")
    again = answered(copied, drafts, "q")

    assert first.exit_code == 1
    assert "the answers have ended; what was answered so far is in the file" in first.stderr
    assert "draft 1 of 1: first-batch" in again.stdout


def test_a_dropped_draft_leaves_the_file_and_its_other_comments_stay(copied: Where, drafts: Path) -> None:
    answered(copied, drafts, "d", "d")

    assert drafts.read_text(encoding="utf-8") == (
        "# Drafts of a story that was written for this test, in the manner of an agency.\n\n"
        '# not placed: "traders were relieved"\n'
    )


def test_a_change_that_is_no_event_leaves_the_file_and_is_gone_on_with(
    copied: Where, drafts: Path, editor: Any
) -> None:
    """The editor breaks the block. Opened again, it holds what was written; of the next draft it holds that one."""
    editor("[[report.event]]", "[[report.event]")

    twice = answered(copied, drafts, "c", "c", "q")
    editor('[[report.event]]\n  type = "lifted', "[[report.event]")
    other = answered(copied, drafts, "c", "s", "c", "q")

    assert twice.stderr.count("not TOML in UTF-8") == 2
    assert other.stderr.count("not TOML in UTF-8") == 1
    assert "nothing was changed" in other.stderr
    assert drafts.read_text(encoding="utf-8") == DRAFTS


def test_a_file_that_somebody_changes_meanwhile_is_not_overwritten(
    copied: Where, drafts: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The editor writes to the file itself."""
    script = tmp_path / "other.py"
    script.write_text(f"open({str(drafts)!r}, 'a').write('# mine')", encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{shutil.which('python3')} {script}")
    result = answered(copied, drafts, "c", "a")

    assert result.exit_code == 1
    assert "was changed meanwhile; review it again" in result.stderr
    assert drafts.read_text(encoding="utf-8") == f"{DRAFTS}# mine"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("review", "drafts.toml"), "say who reviews: --recorder NAME"),
        ((*MIA, "review", "drafts.jsonl"), "a review goes through a report file; its name ends in .toml"),
        ((*MIA, "review", "missing.toml"), "missing.toml"),
    ],
)
def test_what_cannot_be_reviewed_is_told(copied: Where, words: tuple[str, ...], why: str) -> None:
    result = ask(copied, *words)

    assert result.exit_code in (1, 2)
    assert why in result.stderr


def test_a_review_from_a_shell_takes_answers_from_a_pipe(copied: Where, drafts: Path) -> None:
    done = subprocess.run(
        command(copied, *MIA, "review", str(drafts)), input="skip\nskip\n", capture_output=True, text=True
    )

    assert done.returncode == 0
    assert done.stdout.count("\ndraft ") == 2
    assert "accept, change, drop, skip or quit?" in done.stderr
