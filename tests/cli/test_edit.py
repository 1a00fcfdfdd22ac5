"""``edit``: recorded events are corrected in an editor, and what somebody wrote is never lost."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policytracker.ledger.where import Where
from tests.cli.recording import ask, content, position, say

TEN = "us-2026-05-14-ten"
BATCH = "cn-2026-01-28-batch"
Editor = Callable[..., None]


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Editor:
    """Makes an editor that replaces texts; each time that it is opened it does the next of its replacements."""

    def made(*replacements: tuple[str, str]) -> None:
        script, todo = tmp_path / "editor.py", tmp_path / "todo.json"
        todo.write_text(json.dumps(replacements), encoding="utf-8")
        script.write_text(
            "import json, pathlib, sys\n"
            f"todo = pathlib.Path({str(todo)!r})\n"
            "(old, new), *rest = json.loads(todo.read_text('utf-8'))\n"
            "todo.write_text(json.dumps(rest), 'utf-8')\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "text = path.read_text('utf-8')\n"
            "assert old in text, text\n"
            "path.write_text(text.replace(old, new), 'utf-8')\n",
            encoding="utf-8",
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"{shutil.which('python3')} {script}")
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)

    return made


def newest(ledger: Where) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(say(ledger, "export").splitlines()[-1])
    return {name: value for name, value in event.items() if name not in ("id", "recorded")}


def kept(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("policytracker-*.toml"))


def test_a_changed_value_becomes_a_correction_that_is_shown_first(
    copied: Where, editor: Editor, tmp_path: Path
) -> None:
    """Up to 75,000 each becomes up to 80,000; what is left of the licences follows."""
    editor(("max = 75000", "max = 80000"))

    told = say(copied, "edit", TEN, "--yes")

    assert f"corrects {TEN}: quantity: up to 75,000 per company" in told
    assert f"left of {TEN}: up to 75,000 → up to 80,000" in told
    assert told.endswith("1 event appended, 0 were recorded already\n")
    found = newest(copied)
    assert (found["type"], found["target"], found["changes"]["quantity"]["max"]) == ("corrected", TEN, 80000)
    assert "report" not in found
    assert kept(tmp_path) == []


def test_it_is_recorded_only_once_somebody_says_so_and_else_the_text_stays(
    copied: Where, editor: Editor, tmp_path: Path
) -> None:
    editor(("max = 75000", "max = 80000"))
    before = content(copied)

    no = ask(copied, "edit", TEN, text="n\n")

    assert no.exit_code == 1
    assert content(copied) == before
    (path,) = kept(tmp_path)
    assert no.stderr.endswith(f"Error: nothing was recorded; what you wrote is in {path}\n")
    assert "max = 80000" in path.read_text(encoding="utf-8")
    assert say(copied, "import", "--correct", str(path)).startswith("1 event appended")


def test_nothing_changed_records_nothing(copied: Where, editor: Editor, tmp_path: Path) -> None:
    editor(("max = 75000", "max = 75000"))
    before = position(copied)

    assert say(copied, "edit", TEN) == "nothing was changed, so nothing is recorded\n"
    assert (position(copied), kept(tmp_path)) == (before, [])


def test_what_says_the_same_in_other_letters_is_no_correction(copied: Where, editor: Editor) -> None:
    """A name in place of an id, and a comment."""
    editor(('"tencent"', '"腾讯"  # as in the story\n'))
    before = position(copied)

    assert say(copied, "edit", TEN, "--yes") == "nothing was changed, so nothing is recorded\n"
    assert position(copied) == before


def test_a_fault_is_shown_and_the_editor_opens_again_with_what_was_written(copied: Where, editor: Editor) -> None:
    """A name that nobody has, then no TOML, then what is meant."""
    editor(('"h200"', '"H2000X"'), ('"H2000X"', '"H200'), ('"H200', '"H20"'))

    result = ask(copied, "edit", TEN, text="y\ny\ny\n")

    assert result.exit_code == 0, result.output
    assert "line 8, report 1, event 1: chips[0]: no chip or group is called 'H2000X'" in result.stderr
    assert "not TOML in UTF-8" in result.stderr
    assert newest(copied)["changes"] == {"chips": ["h20"]}


def test_a_fault_that_is_not_mended_loses_no_text(copied: Where, editor: Editor, tmp_path: Path) -> None:
    """The answers end."""
    editor(("max = 75000", "max = 'many'"))
    before = content(copied)

    result = ask(copied, "edit", TEN, text="")

    assert result.exit_code == 1
    assert "line 8, report 1, event 1: quantity.max: not a whole number (here: 'many')" in result.stderr
    (path,) = kept(tmp_path)
    assert f"what you wrote is in {path}" in result.stderr
    assert content(copied) == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (('ref = "us-2026-05-14-ten"', 'ref = "other"'), "the type, the ref or the target is another; leave them"),
        (('"licence-granted"', '"cleared"'), "cleared has no such field"),
        (("[[report.event]]", "[[report.event]]\n[[report.event]]"), "1 event was opened, and the file has 2"),
        (("published = 2026-05-14", "published = 2999-01-01"), "published"),
    ],
)
def test_what_an_edit_cannot_mean_is_refused(copied: Where, editor: Editor, change: tuple[str, str], why: str) -> None:
    editor(change)
    before = content(copied)

    result = ask(copied, "edit", TEN, "--yes", text="n\n")

    assert result.exit_code == 1
    assert why in result.stderr
    assert content(copied) == before


def test_an_event_opens_as_corrections_of_the_ledger_have_left_it_and_can_go_back(
    copied: Where, editor: Editor
) -> None:
    """75,000, then 80,000, then 75,000 again: three states, two corrections."""
    before = position(copied)
    for old, new in (("75000", "80000"), ("80000", "75000")):
        editor((f"max = {old}", f"max = {new}"))
        say(copied, "edit", TEN, "--yes")

    assert position(copied) == before + 2
    assert newest(copied)["changes"]["quantity"]["max"] == 75000


def test_what_another_report_has_corrected_is_not_taken_for_an_own_word(copied: Where, editor: Editor) -> None:
    """A later version of the report firmed the batch up; the event opens with the first number."""
    editor(("max = 999999", "max = 900000"))

    say(copied, "edit", BATCH, "--yes")

    assert newest(copied)["changes"] == {
        "quantity": {"min": 200000, "max": 900000, "wording": "several hundred thousand"}
    }


def test_several_events_open_in_one_file_and_only_what_differs_is_corrected(copied: Where, editor: Editor) -> None:
    editor(("max = 75000", "max = 80000"))
    before = position(copied)

    say(copied, "edit", TEN, BATCH, TEN, "--yes")

    assert position(copied) == before + 1


def test_an_event_without_a_ref_is_corrected_by_its_id(copied: Where, editor: Editor) -> None:
    new = ("--authority", "gacc", "--company", "Tencent", "--chip", "RTX 4090", "--publisher", "FT")
    (event,) = json.loads(say(copied, "record", "blocked", *new, "--published", "2026-10-11", "--json"))
    editor(('"rtx-4090"', '"rtx-4090d"'))

    say(copied, "edit", event["id"][:12], "--yes")

    assert (newest(copied)["target"], newest(copied)["changes"]) == (event["id"], {"chips": ["rtx-4090d"]})


def test_a_note_that_an_edit_takes_away_is_taken_away(copied: Where, editor: Editor) -> None:
    """A field that is deleted from the file ends."""
    text = re.search(r'"note": ("(?:[^"\\]|\\.)*")', say(copied, "export").split(TEN)[1])
    assert text is not None
    editor((f"note = {text[1]}", ""))

    say(copied, "edit", TEN, "--yes")

    assert newest(copied)["changes"] == {"note": None}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "cn-2026-01-28-batch-firmed",
            "is of type corrected, which is not corrected; correct the event that it is about",
        ),
        ("no-such", "no event 'no-such' in the ledger"),
    ],
)
def test_what_cannot_be_edited_is_told(copied: Where, name: str, why: str) -> None:
    result = ask(copied, "edit", name)

    assert result.exit_code == 1
    assert why in result.stderr


def test_a_registration_is_not_edited(copied: Where) -> None:
    event = json.loads(say(copied, "log", "--type", "company-registered", "--limit", "1", "--json"))[0]

    result = ask(copied, "edit", event["id"])

    assert "is a registration, which is registered again: `policytracker record company-registered`" in result.stderr
