"""``draft`` at the door: a report file that an import refuses until a person has looked at it."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.recording import position
from tests.demo import run

ARTICLES = Path(__file__).resolve().parent.parent.parent / "data" / "articles"
TEN = str(ARTICLES / "01-ten-licences.txt")
LENOVO = "Lenovo and Foxconn have also been licensed as distributors of the H200, two of the people said."
PASSING = {
    "type": "licence-granted",
    "authority": "BIS",
    "companies": ["Lenovo", "鸿海"],
    "chips": ["H200"],
    "quote": LENOVO,
}


@pytest.fixture
def answering(tmp_path: Path) -> Any:
    """Makes a command that answers something, and keeps what it was asked."""

    def made(answer: object) -> str:
        program = tmp_path / "model.py"
        asked = tmp_path / "asked.json"
        text = answer if isinstance(answer, str) else json.dumps(answer)
        program.write_text(f"import sys\nopen({str(asked)!r}, 'w').write(sys.stdin.read())\nprint({text!r})\n", "utf-8")
        return f"{sys.executable} {program}"

    return made


def accepted(draft: Path) -> Path:
    """The draft as a person leaves it who finds nothing wrong."""
    lines = [line for line in draft.read_text("utf-8").splitlines() if line != "draft = true"]
    draft.write_text("\n".join(lines), encoding="utf-8")
    return draft


def test_an_import_refuses_a_draft_and_takes_it_once_it_is_reviewed(ledger: Path, tmp_path: Path) -> None:
    draft, before = tmp_path / "draft.toml", position(ledger)

    made = run(ledger, "draft", TEN, "-o", str(draft))
    refused = run(ledger, "import", str(draft))

    assert (made.returncode, made.stdout) == (0, "")
    assert "3 events drafted in" in made.stderr
    assert (refused.returncode, position(ledger)) == (1, before)
    assert refused.stderr.count("is a draft that nobody has reviewed") == 3
    assert run(ledger, "import", str(accepted(draft))).returncode == 0
    assert position(ledger) == before + 3


def test_what_is_recorded_already_is_drafted_as_corroborated_of_it(ledger: Path) -> None:
    (report,) = tomllib.loads(run(ledger, "draft", TEN).stdout)["report"]

    assert [(event["type"], event["target"]) for event in report["event"]] == [
        ("corroborated", "us-2026-05-14-ten"),
        ("corroborated", "h200-none-2026-05-14"),
        ("corroborated", "us-2026-05-14-distributors"),
    ]


def test_another_figure_for_a_recorded_event_is_what_is_said_instead(ledger: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(Path(TEN).read_text("utf-8").replace("75,000", "100,000"), encoding="utf-8")

    (report,) = tomllib.loads(run(ledger, "draft", str(article)).stdout)["report"]

    assert report["event"][0]["instead"] == {"quantity": {"max": 100_000, "per": "company", "wording": "up to 100,000"}}


def test_a_report_drafted_again_after_it_was_recorded_adds_nothing(ledger: Path, tmp_path: Path) -> None:
    article, draft = tmp_path / "article.txt", tmp_path / "draft.toml"
    article.write_text(
        "Two firms may buy the MI308\n\nExample Wire\nNovember 2, 2026\n\nChina has approved the import of the MI308 by"
        " Tencent and Baidu, two people familiar with the matter said on Monday.\n",
        encoding="utf-8",
    )
    run(ledger, "draft", str(article), "-o", str(draft))
    assert run(ledger, "import", str(accepted(draft))).returncode == 0

    again = run(ledger, "draft", str(article)).stdout

    assert "draft = true" not in again.splitlines()
    assert "recorded already from this report: mi308-2026-11-02-batch-approved" in again


def test_what_the_text_does_not_say_is_a_placeholder_that_the_import_refuses(ledger: Path, tmp_path: Path) -> None:
    article, draft = tmp_path / "article.txt", tmp_path / "draft.toml"
    article.write_text("Beijing has told firms to stop buying the H20 last week, two people familiar with it said.")
    run(ledger, "draft", str(article), "-o", str(draft))

    refused = run(ledger, "import", str(accepted(draft)))

    assert "# missing: publisher; write the outlet that you read, or give --publisher" in draft.read_text("utf-8")
    assert "report.publisher: an empty text (here: ''); give the outlet or body that published it" in refused.stderr
    assert "report.published: '' is not a date this ledger knows" in refused.stderr


def test_options_say_what_the_text_does_not(ledger: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Beijing has told firms to stop buying the H20 last week, two people familiar with it said.")
    options = ("--publisher", "Example Wire", "--published", "2026-09-30T09:00+08:00", "--url", "https://w.example/1")

    (report,) = tomllib.loads(run(ledger, "draft", str(article), *options).stdout)["report"]

    assert (report["publisher"], report["url"]) == ("Example Wire", "https://w.example/1")
    assert report["published"].isoformat() == "2026-09-30T01:00:00+00:00"
    assert report["event"][0]["effective"] == "2026-09-21/2026-09-27"


def test_the_same_text_gives_the_same_bytes(ledger: Path) -> None:
    assert run(ledger, "draft", TEN).stdout == run(ledger, "draft", TEN).stdout != ""


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("nowhere.txt",), 1, "No such file or directory nowhere.txt"),
        ((TEN, "--published", "soon"), 2, "'soon' is not a date this ledger knows"),
        ((TEN, "--seconds", "0"), 2, "Invalid value for '--seconds'"),
    ],
)
def test_wrong_usage_gets_one_error(ledger: Path, words: tuple[str, ...], code: int, why: str) -> None:
    found = run(ledger, "draft", *words)

    assert (found.returncode, found.stdout) == (code, "")
    assert why in found.stderr


def test_a_file_that_is_there_is_kept_without_force(ledger: Path, tmp_path: Path) -> None:
    there = tmp_path / "draft.toml"
    there.write_text("mine")

    found = run(ledger, "draft", TEN, "-o", str(there))

    assert (found.returncode, there.read_text()) == (1, "mine")
    assert "is there already" in found.stderr


def test_another_program_is_given_the_text_the_names_and_the_schema(
    ledger: Path, tmp_path: Path, answering: Any
) -> None:
    found = run(ledger, "draft", TEN, "--with", answering({"events": [PASSING]}))
    asked = json.loads((tmp_path / "asked.json").read_text("utf-8"))

    assert found.returncode == 0, found.stderr
    assert LENOVO in asked["text"]
    assert "鸿海" in asked["names"]["companies"]["foxconn"]
    assert "LicenceGranted" in asked["schema"]["$defs"] and "CompanyRegistered" not in asked["schema"]["$defs"]
    (report,) = tomllib.loads(found.stdout)["report"]
    assert [(event["type"], event["draft"]) for event in report["event"]] == [("corroborated", True)]


def test_what_another_program_makes_up_is_refused_and_named(ledger: Path, answering: Any) -> None:
    made_up = [
        {**PASSING, "quote": "Nobody has written this."},
        {**PASSING, "companies": ["huawei"]},
        {"type": "corroborated", "target": "no-such-event", "quote": LENOVO},
        PASSING,
    ]

    found = run(ledger, "draft", TEN, "--with", answering(made_up))

    assert found.returncode == 0
    assert found.stdout.splitlines().count("draft = true") == 1
    for why in ("quote: not in the text", "huawei is named neither in the quote", "no event 'no-such-event'"):
        assert why in found.stdout and why in found.stderr


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("false", "ended with exit code 1"),
        ("sleep 60", "gave no answer in 0.5 seconds"),
        ("yes", "answered more than 5,000,000 bytes"),
        ("echo hello", "answered no JSON"),
        ("echo {}", "answered JSON without a list of events"),
        ("no-such-program-here", "cannot be started"),
        ("", "cannot be started"),
        ("sh -c 'echo the key is missing >&2; exit 3'", "exit code 3: the key is missing"),
    ],
)
def test_a_program_that_gives_no_answer_is_one_error(ledger: Path, tmp_path: Path, command: str, why: str) -> None:
    seconds = "0.5" if command == "sleep 60" else "30"
    found = run(ledger, "draft", TEN, "--with", command, "--seconds", seconds, "-o", str(tmp_path / "draft.toml"))

    assert (found.returncode, found.stdout) == (1, "")
    assert why in found.stderr and len(found.stderr.splitlines()) == 1
    assert not (tmp_path / "draft.toml").exists()
