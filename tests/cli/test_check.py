"""``check`` at the door: conditions and what is left, each with its gate, its claim and its reports."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.made_up import made_up
from tests.demo import ask, rows
from tests.questions.test_quantities import counted

AT = ("--at", "2026-02-01")
FOR_ACME = {"companies": ["acme"], "chips": ["h20"]}


def approval(kind: str, authority: str, ref: str, published: str = "2026-01-10", **fields: Any) -> dict[str, Any]:
    """An approval of H20 for Acme."""
    return counted(kind, published, **FOR_ACME, authority=authority, ref=ref, **fields)


def shipped(size: int, published: str = "2026-01-20", **fields: Any) -> dict[str, Any]:
    """So many of H20, shipped to Acme."""
    return counted("shipped", published, **FOR_ACME, quantity={"min": size, "max": size}, **fields)


CLEARED = approval("cleared", "bis", "free")
BATCH = approval("batch-approved", "gacc", "lot", quantity={"min": 100, "max": 200})
LICENCE = approval(
    "licence-granted", "bis", "licence", conditions={"kyc": "know them"}, quantity={"max": 900, "unit": "USD"}
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of H20 for Acme of which 30 were shipped in January, and 170 more in March."""
    folder = tmp_path_factory.mktemp("check")
    return made_up(folder, CLEARED, BATCH, shipped(30), shipped(170, "2026-03-01", ref="rest"))


def lines(ledger: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code, and the lines but for the dates."""
    found = ask(ledger, "check", *arguments)
    return found.exit_code, found.stdout.splitlines()[:-1]


def test_what_is_left_is_told_with_its_gate_and_its_source(ledger: Path) -> None:
    """Cleared: 70 to 170 are left."""
    code, told = lines(ledger, "Acme", "H20", *AT)
    assert (code, told[0]) == (0, "acme h20: yes (cleared)")
    assert "  CN/import, lot: 70 to 170 left of 100 to 200 – Reuters, 2026-01-10 (official)" in told


def test_used_up_is_no(ledger: Path) -> None:
    """From the day on which the rest was shipped; the batch still stands."""
    code, told = lines(ledger, "Acme", "H20", "--at", "2026-03-01")
    assert (code, told[0]) == (
        3,
        "acme h20: no: what was approved is used up (cleared, limited by US/export CN/import)",
    )
    assert "  CN/import, lot: used up: no chips left of 100 to 200 – Reuters, 2026-01-10 (official)" in told
    assert lines(ledger, "Acme", "H20", "--at", "2026-03-01", "--known", "2026-02-28")[0] == 0
    (row,) = rows(ledger, "state", "Acme", "H20", "--at", "2026-03-01")
    assert (row["status"], row["left"][0]["used_up"]) == ("cleared", True)


def test_without_an_approval_nothing_is_left(ledger: Path) -> None:
    """Of Bolt nothing is known."""
    code, told = lines(ledger, "Bolt", "H20", *AT)
    assert (code, told[0]) == (4, "bolt h20: not certain (unknown, limited by US/export CN/import)")
    assert not any(line.endswith(" left") or " left – " in line for line in told)


def test_conditions_are_told_claim_by_claim_with_gate_and_source(tmp_path: Path) -> None:
    """Also where they are accepted; of what was licensed in money, the money is left."""
    doubtful = approval("condition-imposed", "bis", "rumour", attribution="unattributed", conditions={"a": "b"})
    ledger = made_up(tmp_path, LICENCE, doubtful, approval("cleared", "gacc", "free"), shipped(30))
    for more, expected in [((), 6), (("--accept", "conditional"), 0)]:
        code, told = lines(ledger, "Acme", "H20", *AT, *more)
        assert (code, told[0]) == (expected, "acme h20: yes, under conditions (conditional, limited by US/export)")
        bound = told.index("  conditions at US/export of licence – Reuters, 2026-01-10 (official)")
        assert told[bound + 1 : bound + 5] == [
            "    condition kyc: know them",
            "  conditions at US/export of rumour – Reuters, 2026-01-10 (not attributed)",
            "    condition a: b (binds only possibly)",
            "  US/export, licence: up to 900 USD left – Reuters, 2026-01-10 (official)",
        ]


def test_each_pair_of_a_file_has_its_lines(ledger: Path, tmp_path: Path) -> None:
    """The worst code of all."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("acme,h20\nbolt,h20\n", encoding="utf-8")
    code, told = lines(ledger, "--file", str(pairs), "--at", "2026-03-01")
    assert code == 3
    assert [line.split(":")[0] for line in told if not line.startswith(" ")] == ["acme h20", "bolt h20"]


def test_each_line_of_a_file_may_ask_about_dates_of_its_own(ledger: Path, tmp_path: Path) -> None:
    """On 1 March the batch is used up, and was not as known the day before. An empty date is that of the option."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "known,Chip,AT,company\n,h20,2026-02-01,Acme\n2026-02-28,h20,2026-03-01,acme\n,h20,2026-03-01,acme\n,h20,,acme\n",
        encoding="utf-8",
    )
    found = ask(ledger, "check", "--file", str(pairs), "--at", "2026-01-31", "--json")
    assert found.exit_code == 3
    told = [(row["at"], row["known"], row["code"]) for row in json.loads(found.stdout)]
    assert told == [
        ("2026-02-01", None, 0),
        ("2026-03-01", "2026-02-28", 0),
        ("2026-03-01", None, 3),
        ("2026-01-31", None, 0),
    ]


def test_a_line_may_ask_what_the_ledger_had_recorded(ledger: Path, tmp_path: Path) -> None:
    """Names are those of the registry as it was recorded then: before the first event there is none."""
    first, *_ = rows(ledger, "log")
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"company,chip,recorded\nacme,h20,\nacme,h20,{first['recorded'][:4]}\n", encoding="utf-8")
    assert ask(ledger, "check", "--file", str(pairs), *AT).exit_code == 0
    pairs.write_text("company,chip,recorded\nacme,h20,\nacme,h20,2020\n", encoding="utf-8")
    refused = ask(ledger, "check", "--file", str(pairs), *AT)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"{pairs}:3: no company is called 'acme': none is registered, or none was by --recorded" in refused.stderr


def test_people_read_the_dates_with_each_answer_where_they_differ(ledger: Path, tmp_path: Path) -> None:
    """With the sources as known then; the notes name the line."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("company,chip,at,known\nacme,h20,2026-03-01,2026-02-28\nacme,h20,2026-03-01,\n", encoding="utf-8")
    told = ask(ledger, "check", "--file", str(pairs)).stdout.splitlines()
    assert told[0] == "acme h20, held on 2026-03-01, as known at 2026-02-28: yes (cleared)"
    assert "acme h20, held on 2026-03-01, all that is published: no: what was approved is used up (" in "\n".join(told)
    *_, newest, note = told
    assert newest == "newest report in the ledger 2026-03-01"
    assert note.startswith(f"note: {pairs}:2: the day asked for, 2026-03-01, is later than the day of --known, 2026-02")


def test_the_dates_stand_below_the_answers_where_all_lines_have_the_same(ledger: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("company,chip,at\nacme,h20,2026-02-01\nbolt,h20,2026-02-01\n", encoding="utf-8")
    of_lines, of_options = tmp_path / "plain.csv", ask(ledger, "check", "--file", str(pairs))
    of_lines.write_text("acme,h20\nbolt,h20\n", encoding="utf-8")
    assert ask(ledger, "check", "--file", str(of_lines), *AT).stdout == of_options.stdout


def test_no_more_than_ten_notes_stand_below_a_file(ledger: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    lines = "".join(f"acme,h20,2026-03-{day:02}\n" for day in range(1, 13))
    pairs.write_text(f"company,chip,at\n{lines}", encoding="utf-8")
    told = ask(ledger, "check", "--file", str(pairs), "--known", "2026-01-31", "--csv").stderr.splitlines()
    assert sum(line.startswith("note: ") for line in told) == 11
    assert told[-1] == "note: and 2 more of this kind"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            "company,chip,at,known\nacme,h20,2026-13,\nacme,h20,,2026-02-30\n",
            [
                ":2: at: '2026-13' is not a date this ledger knows; there is no such day in the calendar",
                ":3: known: '2026-02-30' is not a date this ledger knows",
            ],
        ),
        ("company,chip,recorded\nacme,h20,soon\n", [":2: recorded: 'soon' is not a date this ledger knows"]),
        ("company,chip,at\nacme,h20,2026-01-02/2026-01-04\n", [":2: at: '2026-01-02/2026-01-04' is an interval"]),
        ("company,chip,when\nacme,h20,2026\n", [":1: 'when' is no column; the columns are company, chip, at, known"]),
        ("company,chip,at,At\nacme,h20,2026,\n", [":1: two columns are called at; leave one of them out"]),
        ("company,chip,at\nacme,h20\n", [":2: 2 columns; give 3, company, chip and at, as the heading says"]),
        ("acme,h20,2026-01-01\n", [":1: 3 columns; give 2, company and chip, or a first line that names the columns"]),
    ],
)
def test_a_date_or_a_column_that_cannot_be_read_is_refused_with_its_line(
    ledger: Path, tmp_path: Path, content: str, why: list[str]
) -> None:
    """One error for all of them; nothing is answered."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(content, encoding="utf-8")
    refused = ask(ledger, "check", "--file", str(pairs))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.count("Error: ") == 1
    for each in why:
        assert f"{pairs}{each}" in refused.stderr
