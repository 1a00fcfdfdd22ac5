"""``import`` of a report file, at the door: names become ids, every fault is told, edits become corrections."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.authoring.conftest import Write
from tests.cli.recording import ask, content, position
from tests.demo import run

TEN = """
    [[report]]
    publisher = "Example Daily"
    published = 2026-05-14T09:30:00+08:00
    cites = "Reuters"
    attribution = "anonymous"
    sources = 2
    summary = "Ten buyers are licensed"

      [[report.event]]
      type = "licence-granted"
      ref = "ten"
      authority = "Bureau of Industry and Security"
      companies = { count = { min = 9, max = 11 }, of = ["in:CN"], named = ["腾讯", "JD.com"] }
      chips = ["H200", "Nvidia chips"]
      quantity = { max = 75000, per = "company", wording = "up to 75,000 each" }
      quote = "about ten"

      [[report.event]]
      type = "shipped"
      ref = "none"
      companies = ["in:CN"]
      chips = ["H200"]
      quantity = { max = 0, wording = "none delivered" }
      summary = "Nothing was delivered"
    """
REPORT = {
    "publisher": "Example Daily",
    "published": "2026-05-14T01:30Z",
    "cites": "Reuters",
    "attribution": "anonymous",
    "sources": 2,
    "summary": "Ten buyers are licensed",
}
LINES: tuple[dict[str, Any], ...] = (
    {
        "type": "licence-granted",
        "ref": "ten",
        "authority": "bis",
        "chips": ["h200", "nvidia-chips"],
        "companies": {"count": {"min": 9, "max": 11}, "of": ["in:CN"], "named": ["tencent", "jd"]},
        "quantity": {"max": 75000, "per": "company", "wording": "up to 75,000 each"},
        "report": {**REPORT, "quote": "about ten"},
    },
    {
        "type": "shipped",
        "ref": "none",
        "companies": ["in:CN"],
        "chips": ["h200"],
        "quantity": {"max": 0, "wording": "none delivered"},
        "report": {**REPORT, "summary": "Nothing was delivered"},
    },
)


def newest(ledger: Path, count: int) -> list[dict[str, Any]]:
    """The newest events as an export writes them, but for id and time."""
    lines = [json.loads(line) for line in ask(ledger, "export").stdout.splitlines()[-count:]]
    return [{name: value for name, value in line.items() if name not in ("id", "recorded")} for line in lines]


def refused(ledger: Path, *arguments: str) -> list[str]:
    """What an import that is refused tells, without the name of the file."""
    before = content(ledger)
    result = ask(ledger, "import", *arguments)
    assert result.exit_code == 1, result.output
    assert content(ledger) == before
    return [line.replace(arguments[0], "FILE").strip() for line in result.stderr.splitlines()]


def test_names_dates_and_the_report_become_what_the_json_lines_would_record(ledger: Path, write: Write) -> None:
    """The same events as JSON lines are recorded already."""
    name = write(TEN)
    lines = Path(name).with_name("same.jsonl")
    lines.write_text("".join(f"{json.dumps(line)}\n" for line in LINES), encoding="utf-8")

    assert ask(ledger, "import", name).stdout == "2 events appended, 0 were recorded already\n"
    assert newest(ledger, 2) == [*LINES]
    assert ask(ledger, "import", str(lines)).stdout == "0 events appended, 2 were recorded already\n"


def test_what_record_points_out_is_pointed_out_of_each_event_with_its_place(ledger: Path, write: Write) -> None:
    """The ten licences of May are in the shipped history; with --strict nothing is added."""
    name = write(TEN)

    tried = ask(ledger, "import", name, "--dry-run")
    strict = refused(ledger, name, "--strict")

    assert tried.stdout.startswith("2 events would be appended, 0 were recorded already; no line is refused")
    assert f"warning: {name}:10: report 1, event 1: it looks like us-2026-05-14-ten" in tried.stderr
    assert any(line.startswith("FILE:10: report 1, event 1: it looks like us-2026-05-14-ten") for line in strict)


def test_names_may_be_those_that_the_same_import_registers_before(ledger: Path, write: Write) -> None:
    """In the same file, and in a file of JSON lines before it; a ticker too, and a parent by its name."""
    text = """
        [[event]]
        type = "company-registered"
        company = "acme"
        name = "Acme Cloud"
        jurisdiction = "CN"
        parent = "Holding One"
        identifiers = { ticker = "ACME.X" }

        [[event]]
        type = "group-defined"
        group = "pair"
        kind = "company"
        name = "The pair"
        members = ["acme cloud", "Tencent"]

        [[report]]
        publisher = "FT"
        published = 2026-02-03
        [[report.event]]
        type = "blocked"
        authority = "海关总署"
        companies = ["ACME.X", "under:Acme Cloud", "the pair"]
        chips = [{ where = ["tpp>=1"], of = ["H200"] }]
        """
    name = write(text)
    lines = Path(name).with_name("first.jsonl")
    holding = {"type": "company-registered", "company": "h1", "name": "Holding One", "jurisdiction": "CN"}
    lines.write_text(json.dumps(holding), encoding="utf-8")

    assert ask(ledger, "import", str(lines), name).exit_code == 0

    found = newest(ledger, 3)
    assert (found[0]["parent"], found[1]["members"]) == ("h1", ["acme", "tencent"])
    assert found[2]["companies"] == ["acme", "under:acme", "pair"]
    assert found[2]["chips"] == [{"of": ["h200"], "where": ["tpp>=1"]}]


def test_every_fault_is_told_at_once_with_its_block_and_nothing_is_added(ledger: Path, write: Write) -> None:
    text = """
        [[event]]
        type = "retracted"
        target = "no-such"

        [[report]]
        publisher = "FT"
        published = 2026-02-03T10:00:00
        [[report.event]]
        type = "blocked"
        authority = "gac"
        companies = ["Tencnt Holdings", "in:CN"]
        chips = ["H200"]
        until = 2026-02-30
        """
    bad_date = refused(ledger, write(text))
    assert bad_date[1].startswith("FILE:14: not TOML in UTF-8: ")

    found = refused(ledger, write(text.replace("2026-02-30", "2026-02-03T10:00:00Z\n        report = {}")))

    assert found[0] == "Error: 2 events were refused, so nothing was added:"
    assert found[1].startswith("FILE:2: event 1: target: 'no-such' is no event recorded so far;")
    told = "\n".join(found[2:])
    place = "FILE:9: report 1, event 1: "
    assert found[2].startswith(f"{place}report: this event has the report of its block; leave it out, or move")
    assert f"{place}companies[0]: no company or group is called 'Tencnt Holdings'; did you mean tencent" in told
    assert f"{place}until: " in told
    assert "only days are taken here: write 2026-02-03" in told
    assert f"{place}authority: no authority 'gac' is registered so far; did you mean gacc" in told


def test_a_time_without_an_offset_is_refused_with_the_time_to_write(ledger: Path, write: Write) -> None:
    """Both events have the report, and it is told once."""
    found = refused(ledger, write(TEN.replace("09:30:00+08:00", "09:30:00")))

    assert len(found) == 2
    assert "report.published: '2026-05-14T09:30:00' is not a date this ledger knows; say in which time zone" in found[1]
    assert "write 2026-05-14T09:30:00Z for UTC, or 2026-05-14T09:30:00+08:00" in found[1]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("draft = true", "draft: ten is a draft that nobody has reviewed; compare it with its report: `poli"),
        ("accepted = 1", "accepted: no name (here: 1); name who has reviewed the draft, or leave it out"),
        ("draft = 1", "draft: not true or false (here: 1); write true, or leave it out"),
        ("without = ['quote']", "without: only a registration and a correction give fields as ended (here: ['quote'])"),
        ("basis = nan", "basis: no number (here: 'nan'); give a number"),
        ("effective = 2026-05-01T00:00:00.5Z", "effective: a time with a part of a second"),
        ("publsher = 'FT'", "publsher: unknown; licence-granted has no such field"),
        ("note.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q = 1", "nested too deeply (here: 'report 1, event 1')"),
    ],
)
def test_what_toml_can_say_and_an_event_cannot_is_refused(ledger: Path, write: Write, line: str, why: str) -> None:
    found = refused(ledger, write(TEN.replace('      ref = "ten"\n', f'      ref = "ten"\n      {line}\n')))

    assert found[0] == "Error: 1 event was refused, so nothing was added:"
    assert found[1].startswith(f"FILE:10: report 1, event 1: {why}")


def test_drafts_are_named_all_at_once(ledger: Path, write: Write) -> None:
    found = refused(ledger, write(TEN.replace("chips =", "draft = true\n      chips =")))

    assert [line.partition(" is a draft")[0] for line in found[1:]] == [
        "FILE:10: report 1, event 1: draft: ten",
        "FILE:20: report 1, event 2: draft: none",
    ]


def test_an_edited_event_becomes_a_correction_once_it_is_asked_for(ledger: Path, write: Write) -> None:
    """The file is imported, edited, imported again; then once more, and edited back and forth."""
    assert ask(ledger, "import", write(TEN)).exit_code == 0
    edited = write(TEN.replace("max = 75000", "max = 80000").replace('"H200", "Nvidia chips"', '"H200"'))

    shown = refused(ledger, edited)
    corrected = ask(ledger, "import", edited, "--correct")
    again = ask(ledger, "import", edited)

    assert len(shown) == 2
    assert shown[1].startswith("FILE:10: report 1, event 1: ref: 'ten' is recorded with other content; its correction")
    assert "import with --correct to record it" in shown[1]
    assert f"{edited}:10: report 1, event 1: corrects ten: chips: " in corrected.stderr
    assert corrected.stdout == "1 event appended, 1 was recorded already\n"
    quantity = {"max": 80000, "per": "company", "wording": "up to 75,000 each"}
    changes = {"chips": ["h200"], "quantity": quantity}
    assert newest(ledger, 1) == [{"type": "corrected", "target": "ten", "changes": changes}]
    assert again.stdout == "0 events appended, 2 were recorded already\n"


def test_a_correction_that_comes_back_is_recorded_again(ledger: Path, write: Write) -> None:
    """80,000, then 90,000, then 80,000: without a note the third would be the first, and add nothing."""
    assert ask(ledger, "import", write(TEN)).exit_code == 0
    for most in (80000, 90000, 80000):
        result = ask(ledger, "import", write(TEN.replace("max = 75000", f"max = {most}")), "--correct")
        assert result.stdout == "1 event appended, 1 was recorded already\n"

    (last,) = newest(ledger, 1)
    assert last["changes"]["quantity"]["max"] == 80000
    assert last["note"].startswith("again, after the correction ")


def test_a_field_taken_out_of_the_file_is_taken_out_of_the_event(ledger: Path, write: Write) -> None:
    assert ask(ledger, "import", write(TEN)).exit_code == 0
    assert ask(ledger, "import", write(TEN.replace('quote = "about ten"', "")), "--correct").exit_code == 0

    (last,) = newest(ledger, 1)
    assert last["changes"] == {"report": REPORT}


def test_another_type_under_the_same_ref_is_no_correction(ledger: Path, write: Write) -> None:
    assert ask(ledger, "import", write(TEN)).exit_code == 0

    found = refused(ledger, write(TEN.replace('"shipped"', '"orders-reported"')), "--correct")

    assert "FILE:19: report 1, event 2: ref: 'none' is taken by another event; choose another ref" in found[1]


def test_correct_without_a_report_file_is_refused(ledger: Path, tmp_path: Path) -> None:
    before = position(ledger)
    result = run(ledger, "import", str(tmp_path / "x.jsonl"), "--correct")

    assert (result.returncode, position(ledger)) == (2, before)
    assert "--correct is for report files, whose names end in .toml, .csv or .xlsx; here is none" in result.stderr


def test_every_file_that_cannot_be_read_is_named(ledger: Path, tmp_path: Path) -> None:
    result = ask(ledger, "import", str(tmp_path / "a.toml"), str(tmp_path / "b.jsonl"))

    assert result.exit_code == 1
    assert "a.toml" in result.stderr
    assert "b.jsonl" in result.stderr


def test_a_fault_of_a_report_is_told_once_and_those_of_its_events_each(ledger: Path, write: Write) -> None:
    """A report of the same kind in another block is another report."""
    text = TEN.replace('publisher = "Example Daily"', 'publsher = "FT"').replace('"H200"', '"Q 900"')

    found = refused(ledger, write(text + text.replace('"ten"', '"ten-2"').replace('"none"', '"none-2"')))

    told = [line.split(": ")[1:3] for line in found[1:]]
    assert [field for place, field in told if place == "report 1, event 1"].count("report.publsher") == 1
    assert {field for place, field in told if place == "report 1, event 2"} == {"chips[0]"}
    assert {field for place, field in told if place == "report 2, event 1"} >= {"report.publsher", "report.publisher"}


def test_a_dry_run_tells_of_the_events_own_days_and_of_amounts(ledger: Path, write: Write) -> None:
    """Customs let the 5090D V2 in for one week of October; a batch of 5,000 is approved."""
    text = """
        [[report]]
        publisher = "Example Daily"
        published = 2026-10-12
        attribution = "anonymous"
        [[report.event]]
        type = "cleared"
        authority = "GACC"
        companies = ["Tencent"]
        chips = ["5090D V2"]
        effective = 2026-10-05
        until = 2026-10-12
        [[report.event]]
        type = "batch-approved"
        authority = "GACC"
        companies = ["Tencent"]
        chips = ["H200"]
        quantity = { max = 5000 }
        """

    told = ask(ledger, "import", write(text), "--dry-run").stdout

    assert "\non 2026-10-05 1 cell would change:\n  blocked → cleared, 1 cell\n" in told
    assert "\n  blocked → cleared, from 2026-10-05 to 2026-10-11: 1 cell, tencent × rtx-5090d-v2\n" in told
    assert "\namounts that would change:\n  approved at CN/import, h200, tencent: nothing so far → up to 5" in told
