"""``why`` at the door: what a person sees, and what a program gets."""

import csv
import json
import re
from pathlib import Path

import click
import pytest

from policytracker.cli.folding import fold_to
from policytracker.ledger.where import Where
from tests.demo import ask, rows, run

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")


def block(text: str, claim: str) -> str:
    """The lines about one claim."""
    lines = text.splitlines()
    (start,) = [place for place, line in enumerate(lines) if line[2:3].strip() and line[15:].startswith(f"{claim}:")]
    end = next(place for place in range(start + 1, len(lines)) if not lines[place].startswith(" " * 10))
    return "\n".join(lines[start:end])


def test_a_person_reads_the_verdict_then_each_gate_then_what_would_settle_it(demo: Where) -> None:
    """28 January at noon: the batch of the morning may or may not be for Tencent; the US issues no licence yet."""
    answer = run(demo, "why", "腾讯", "H200", *NOON)

    assert answer.returncode == 0
    first, *rest = answer.stdout.splitlines()
    assert first.endswith(
        "H200 on 2026-01-28, as known 2026-01-28T12:00Z: uncertain, in_principle or licensable; limited by CN/import"
    )
    assert [line for line in rest if line.startswith(("US/", "CN/"))] == [
        "US/export: licensable; last word 2026-01-15 (13 days earlier)",
        "CN/import: uncertain, in_principle or cleared; last word 2026-01-28 (the same day)",
    ]
    assert "  would settle it: cn-2026-01-28-batch (if it holds, licensable; if not, in_principle)" in rest
    assert rest[-1].startswith("held on 2026-01-28; as known at 2026-01-28T12:00Z; newest report in the ledger ")


def test_what_decides_comes_before_everything_else(demo: Where) -> None:
    """The verdict, the claims that decide at each gate, the other claims gate by gate, what else is reported."""
    lines = ask(demo, "why", "Tencent", "H200", *NOON).stdout.splitlines()

    headings = [line for line in lines if line and not line.startswith(" ")]
    assert [line.partition(":")[0].partition(",")[0] for line in headings[1:-1]] == [
        *("US/export", "CN/import", "also at US/export", "also at CN/import", "what else is reported", "quantities")
    ]
    deciding = lines[: lines.index("also at US/export")]
    assert {line[2:14].strip() for line in deciding if re.match(r"  \S", line)} == {
        "stands",
        "caps",
        "may stand",
        "would settle",
    }


def test_every_claim_is_told_with_its_sources(demo: Where) -> None:
    """The rule of January: its conditions, who published it, when, on whose word; nothing is called confirmed."""
    whole = ask(demo, "why", "Tencent", "H200", *NOON).stdout
    told = block(whole, "us-2026-01-13-rule")

    assert "stands       us-2026-01-13-rule: licence-required: case-by-case, from 2026-01-15: licensable" in told
    assert "condition end-use: no military, intelligence or weapons use" in told
    assert "US Bureau of Industry and Security, 2026-01-13; official https://" in told
    assert "confirmed" not in whole
    assert " certain" not in whole


def test_each_event_about_a_claim_is_told_with_its_source(demo: Where) -> None:
    """In the evening the recipients are named, and the figure is corrected: both values are told."""
    told = block(ask(demo, "why", "Tencent", "H200", "--at", "2026-01-28").stdout, "cn-2026-01-28-batch")

    assert (
        "recipients-identified: bytedance, alibaba, tencent (cn-2026-01-28-batch-named): "
        "Business Times citing Reuters, 2026-01-28"
    ) in told
    assert "quantity: 200,000 to 999,999 (several hundred thousand) → 400,001 or more" in told


def test_without_any_claim_the_answer_is_unknown_and_says_what_it_would_be_otherwise(demo: Where) -> None:
    """Before anything of this history was known, and before the chip was launched."""
    told = ask(demo, "why", "Tencent", "H200", "--at", "2015-01-01", "--known", "2015-01-01").stdout

    first, *rest = told.splitlines()
    assert first.endswith("unknown; limited by US/export CN/import")
    assert rest[0].startswith("  before the launch of the chip (20")
    assert rest[1] == "  nothing is recorded of US/export and CN/import; if they were open: cleared"
    assert told.count("nothing is recorded that forbids or permits it, so any status is possible") == 2


def test_a_domestic_chip_is_told_as_such(demo: Where) -> None:
    """Huawei's own chip in China passes no gate."""
    told = ask(demo, "why", "Huawei", "Ascend 910C", "--at", "2025-12-01").stdout.splitlines()

    assert told[0].endswith("on 2025-12-01: cleared")
    assert told[1].startswith("  domestic: the chip comes from the company's own jurisdiction")


def test_a_program_gets_one_object_a_gate(demo: Where) -> None:
    """The claims are named by id; each is told in full once."""
    export, customs = rows(demo, "why", "Tencent", "H200", *NOON)

    assert (export["gate"], export["status"], customs["gate"], customs["status"]) == (
        "US/export",
        "licensable",
        "CN/import",
        "uncertain",
    )
    assert {gate["cell_status"] for gate in (export, customs)} == {"uncertain"}
    ids = {claim["id"] for claim in customs["claims"]}
    parts = ("overridden", "order_assumed", "not_deciding", "possible_only", "not_applying", "heard", "capped_by")
    named = [each["claim"] for part in parts for each in customs[part]]
    assert named
    assert {*named, *customs["standing"], *(each["by"] for each in customs["overridden"])} <= ids


def test_a_spreadsheet_gets_one_line_a_claim(demo: Where) -> None:
    """Gate, role, claim, reasons, on whose word and sources in columns; signals and developments after them."""
    answer = ask(demo, "why", "Tencent", "H200", *NOON, "--csv")
    found = list(csv.DictReader(answer.stdout.splitlines()))

    (batch,) = [line for line in found if line["claim"] == "cn-2026-01-28-batch"]
    assert (batch["gate"], batch["role"], batch["status"]) == ("CN/import", "may stand", "cleared")
    assert batch["why"].startswith("only possibly: for 3 of major-internet")
    assert batch["word"] == "on the word of anonymous sources, 2, one origin: Reuters"
    assert batch["sources"].startswith("Business Times citing Reuters, 2026-01-28T04:21Z")
    assert {"signal", "development"} <= {line["role"] for line in found}
    developments = [line["claim"] for line in found if line["role"] == "development"]
    assert len(developments) == len(set(developments))


def test_claims_for_others_and_all_developments_are_told_with_all(demo: Where) -> None:
    """The letter on H20 is out of scope for an H200; of the developments a person sees the nearest."""
    near, everything = (ask(demo, "why", "Tencent", "H200", *NOON, *wide).stdout for wide in ((), ("--all",)))

    assert "us-2025-08-10-share:" not in near
    assert "names other chips" in block(everything, "us-2025-08-10-share")
    assert near.count("\n  development  ") == 5
    assert "more; --all shows them" in near
    assert everything.count("\n  development  ") > 5


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("Tencnt", "H200"), 1, "Error: no company is called 'Tencnt'; did you mean tencent"),
        (("Tencent", "H2000"), 1, "Error: no chip is called 'H2000'; did you mean h200"),
        (("Tencent",), 2, "Error: Missing argument 'CHIP'."),
        (("Tencent", "H200", "--json", "--csv"), 2, "exclude each other"),
    ],
)
def test_a_mistake_is_told_in_one_line(demo: Where, arguments: tuple[str, ...], code: int, message: str) -> None:
    """A slip of the pen, a missing name, two forms at once."""
    answer = run(demo, "why", *arguments)

    assert answer.returncode == code
    assert message in answer.stderr.splitlines()[-1]
    assert answer.stdout == ""


def test_untrusted_text_cannot_reach_the_terminal(demo: Where, tmp_path: Path) -> None:
    """A report whose publisher carries an escape sequence and a right-to-left override."""
    ledger = tmp_path / "evil.ledger"
    lines = [
        {
            "type": "authority-registered",
            "authority": "gacc",
            "name": "GACC",
            "jurisdiction": "CN",
            "direction": "import",
        },
        {"type": "company-registered", "company": "tencent", "name": "Ten\u202ecent", "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Nvidia", "controlled_by": []},
        {
            "type": "blocked",
            "authority": "gacc",
            "companies": ["all"],
            "chips": ["all"],
            "report": {"publisher": "Rel\u202eiable", "published": "2026-01-01"},
        },
    ]
    (tmp_path / "evil.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert ask(ledger, "init").exit_code == 0
    assert ask(ledger, "import", str(tmp_path / "evil.jsonl")).exit_code == 0

    for form in ((), ("--json",), ("--csv",), ("--md",)):
        told = ask(ledger, "why", "tencent", "h200", "--at", "2026-01-02", *form).stdout
        assert "\u202e" not in told
        assert ("Rel\\\\u202eiable" if form == ("--md",) else "Rel\\u202eiable") in told


def test_long_lines_are_folded_at_spaces_and_keep_their_columns() -> None:
    """A label, its column, and a second line under the first; an address stays whole."""
    folded = fold_to(30, "  struck       rule-2023: licence-required https://example.org/a-long-address", 15)

    assert folded.splitlines() == [
        "  struck       rule-2023:",
        "               licence-required",
        "               https://example.org/a-long-address",
    ]


def test_chinese_counts_two_columns_a_character() -> None:
    """Twelve characters fill twenty-four columns."""
    assert fold_to(24, "腾讯控股有限 字节跳动有限").splitlines() == ["腾讯控股有限", "字节跳动有限"]


def test_what_stands_for_a_character_that_is_not_shown_is_never_cut() -> None:
    """Nor is Chinese text without a space: where it could be cut, an escape could be cut too."""
    escaped = "\\u202e\\u2066" * 3

    assert fold_to(10, f"腾讯控股有限公司 {escaped} end", 2).splitlines() == [
        "腾讯控股有限公司",
        f"  {escaped}",
        "  end",
    ]


def test_a_style_is_taken_along_to_the_next_line() -> None:
    """Each line ends as it began, so that nothing that is printed in between is styled too."""
    assert fold_to(9, click.style("struck by the rule", dim=True), 2).splitlines() == [
        "\x1b[2mstruck by\x1b[0m",
        "\x1b[2m  the\x1b[0m",
        "\x1b[2m  rule\x1b[0m",
    ]


def test_a_figure_that_counts_only_possibly_is_told_in_the_words_of_its_report(demo: Where) -> None:
    """Nvidia's head denies the orders: their sum is open, and the number of the report is told beneath it."""
    told = ask(demo, "why", "JD", "H200", "--at", "2026-02-01").stdout.splitlines()
    place = told.index("  ordered: 0 or more for in:CN; not every figure counts certainly")
    assert told[place + 1].strip() == "2,000,001 or more (more than two million, for 2026), counts only possibly"
    assert told[place + 2].strip().startswith("Reuters, 2025-12-31 (anonymous sources, 3)")
