"""``import``: many lines, all or nothing; every refused line is named, and nothing is ever half done."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.ledger.where import Where
from policytracker.questions.history import shipped_lines
from tests.cli.recording import ask, command, content, position, states
from tests.demo import run

REPORT = {"publisher": "Caixin", "published": "2026-02-03"}
LIFTED = {"type": "lifted", "ref": "over", "target": "cn-2026-01-14-customs", "report": REPORT}
ACME = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "SG"}
SHIPPED = len(list(shipped_lines()))
"""How many events the shipped history has."""

WriteFile = Callable[..., Path]


@pytest.fixture
def ledger(copied: Where) -> Where:
    """The shipped history, to record into."""
    return copied


@pytest.fixture
def file(tmp_path: Path) -> WriteFile:
    """Writes events, or lines as they are, to a file."""

    def write(*lines: dict[str, Any] | str, name: str = "lines.jsonl") -> Path:
        path = tmp_path / name
        texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return path

    return write


def claim(**more: Any) -> dict[str, Any]:
    return {"type": "blocked", "authority": "gacc", "companies": ["all"], "chips": ["all"], "report": REPORT, **more}


def test_lines_are_appended_once(ledger: Where, file: WriteFile) -> None:
    """3 February: the block of January is lifted. The file is imported again the day after, with a line more."""
    first = run(ledger, "import", str(file(ACME, "", LIFTED)))
    again = run(ledger, "import", str(file(ACME, LIFTED, {"type": "retracted", "target": "over"})))

    assert (first.returncode, first.stdout, first.stderr) == (0, "2 events appended, 0 were recorded already\n", "")
    assert again.stdout == "1 event appended, 2 were recorded already\n"
    assert position(ledger) == SHIPPED + 3
    assert ("acme", "h200") in states(ledger)


def test_several_files_are_one_import(ledger: Where, file: WriteFile) -> None:
    """The second file names what the first one registers; the first alone is refused with the second."""
    first, second = file(ACME, name="1"), file(claim(companies=["acme"], authority="bis"), name="2")
    wrong = file({"type": "retracted", "target": "none"}, name="3")

    assert ask(ledger, "import", str(first), str(second), str(wrong)).exit_code == 1
    assert position(ledger) == SHIPPED
    assert ask(ledger, "import", str(first), str(second)).exit_code == 0
    assert position(ledger) == SHIPPED + 2


def test_every_refused_line_is_named_with_its_field_and_the_way_out_and_nothing_is_added(
    ledger: Where, file: WriteFile
) -> None:
    path = file(ACME, claim(authority="gac"), "{", claim(until="2026-02-30"), LIFTED)

    result = run(ledger, "import", str(path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "Error: 3 lines were refused, so nothing was added:",
        f"  {path}:2: authority: no authority 'gac' is registered so far;"
        " did you mean gacc, cac? else register it first",
        f"  {path}:3: not a JSON object in UTF-8: Expecting property name enclosed in double quotes at character 2;"
        " write one event a line, as an object in braces",
        f"  {path}:4: until: '2026-02-30' is not a date this ledger knows;"
        " there is no such day in the calendar; check year, month and day",
    ]
    assert position(ledger) == SHIPPED


def test_standard_input_is_read_for_a_dash(ledger: Where) -> None:
    good = ask(ledger, "import", "-", text=json.dumps(LIFTED))
    bad = ask(ledger, "import", "-", text="\n[]\n")

    assert good.stdout == "1 event appended, 0 were recorded already\n"
    assert bad.stderr.splitlines()[1].startswith("  <stdin>:2: not a JSON object in UTF-8: it holds [];")


def test_a_dry_run_tells_what_would_change_and_writes_nothing(ledger: Where, file: WriteFile) -> None:
    """3 February: Acme of Singapore is registered; bytedance-sg is blocked, for certain."""
    official = {**REPORT, "attribution": "official"}
    block = claim(authority="sg-mti", companies=["bytedance-sg"], chips=["h20"], report=official)
    path = file(ACME, block)
    before = content(ledger)

    result = ask(ledger, "import", str(path), "--dry-run")

    first, second, *rest = result.stdout.splitlines()
    assert first == "2 events would be appended, 0 were recorded already; no line is refused"
    assert re.fullmatch(r"today \(.*\) [1-9][0-9]* cells would change:", second)
    assert "    bytedance-sg × h20" in rest
    assert any(line.startswith("  newly registered: ") for line in rest)
    assert rest[-2].startswith("held on ")
    assert content(ledger) == before


def test_a_dry_run_refuses_what_an_import_refuses(ledger: Where, file: WriteFile) -> None:
    path = str(file(claim(authority="gac")))

    assert ask(ledger, "import", path, "--dry-run").output == ask(ledger, "import", path).output


def test_claims_that_can_never_apply_are_taken_with_a_warning_each(ledger: Where, file: WriteFile) -> None:
    path = file(
        claim(companies=["bytedance-sg"]),
        claim(authority="bis", chips=["ascend-chips"]),
        claim(companies=["in:LI"]),
        claim(effective="2025-06-03"),
    )

    for words in (("--dry-run",), ()):
        result = ask(ledger, "import", str(path), *words)
        assert result.exit_code == 0
        assert [line.partition(";")[0] for line in result.stderr.splitlines() if line.startswith("warning")] == [
            f"warning: {path}:1: the claim can never apply at CN/import: none of its companies (bytedance-sg) is in CN",
            f"warning: {path}:2: the claim can never apply at US/export: US controls none of its chips (ascend-910b,"
            " ascend-910c, ascend-950pr)",
            f"warning: {path}:3: the claim applies to nothing so far: no registered company is in its scope",
        ]


def test_a_warning_is_told_once_of_a_claim_and_not_of_one_recorded_before(ledger: Where, file: WriteFile) -> None:
    """The claim stands twice in the file; the day after, the file has grown by another."""
    early, late = claim(companies=["in:LI"]), claim(companies=["in:AD"])

    path = file(early, early)
    first = ask(ledger, "import", str(path))
    file(early, late)
    for words in (("--dry-run",), ()):
        again = ask(ledger, "import", str(path), *words)
        assert [line.split(": ")[1] for line in again.stderr.splitlines()] == [f"{path}:2"]

    assert [line.split(": ")[1] for line in first.stderr.splitlines()] == [f"{path}:1"]


def test_of_very_many_warnings_the_first_are_told(
    ledger: Where, file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policytracker.cli.import_.MOST_WARNINGS", 2)
    path = file(*(claim(companies=["in:LI"], note=note) for note in "abcd"))

    told = ask(ledger, "import", str(path)).stderr.splitlines()

    assert [line.split(": ")[1] for line in told[:-1]] == [f"{path}:1", f"{path}:2"]
    assert told[-1] == "warning: there is more to look at twice in this import; the first 2 warnings are told"


def test_what_looks_like_a_recorded_event_is_pointed_out_with_the_best_match(ledger: Where, file: WriteFile) -> None:
    """14 January: Reuters says that customs stop H200. A relay of that is imported, and again a day later."""
    relay = {"publisher": "News.Az", "cites": "Reuters", "published": "2026-01-15"}
    path = file(claim(chips=["h200"], effective="2026-01-14", report=relay))

    for words in (("--dry-run",), ()):
        told = [line for line in ask(ledger, "import", str(path), *words).stderr.splitlines() if "looks like" in line]
        (line,) = told
        assert line.startswith(f"warning: {path}:1: it looks like cn-2026-01-14-customs (from 2026-01-12/2026-01-14: ")
        assert "; the same " in line and "origin)" in line
        assert line.endswith(
            "record it as corroborated, target cn-2026-01-14-customs; to mend that event, as corrected"
        )


def test_lines_of_one_import_are_compared_too_and_an_event_is_not_like_itself(ledger: Where, file: WriteFile) -> None:
    block = claim(ref="first", companies=["zte"], chips=["h20"])
    path = file(block, block, {**block, "ref": "second", "report": {**REPORT, "publisher": "FT"}})

    told = ask(ledger, "import", str(path)).stderr.splitlines()

    assert [line.partition(": it looks like ")[2].split(" ")[0] for line in told] == ["first"]
    assert told[0].startswith(f"warning: {path}:3: ")


def test_so_many_events_of_an_import_are_compared_with_others(
    ledger: Where, file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are looked at by themselves."""
    monkeypatch.setattr("policytracker.questions.pointed_out.MOST_COMPARED", 2)
    monkeypatch.setattr("policytracker.questions.pointed_out.BLOCK", 1)
    block = claim(companies=["zte"], chips=["h20"])
    path = file(block, {**block, "note": "again"}, {**block, "note": "and again"}, claim(companies=["in:LI"]))

    told = ask(ledger, "import", str(path)).stderr.splitlines()

    assert [line.split(": ")[1] for line in told[:-1]] == [f"{path}:2", f"{path}:4"]
    assert told[-1] == "note: the first 2 events were compared with others, the rest were not"


def test_strict_makes_refusals_of_warnings(ledger: Where, file: WriteFile) -> None:
    """A claim that can never apply, and one like another; then a file of which nothing is pointed out."""
    path = file(ACME, claim(companies=["in:LI"]), claim(chips=["h200"], effective="2026-01-14"))

    for words in (("--strict",), ("--strict", "--dry-run")):
        result = ask(ledger, "import", str(path), *words)
        assert (result.exit_code, result.stdout, position(ledger)) == (1, "", SHIPPED)
        first, *told = result.stderr.splitlines()
        assert (
            first
            == "Error: nothing was added, as these lines are to be looked at twice; mend them or leave out --strict:"
        )
        assert [line.split(": ")[0] for line in told] == [f"  {path}:2", f"  {path}:3"]

    assert ask(ledger, "import", str(file(ACME, LIFTED)), "--strict").stdout.startswith("2 events appended")
    assert ask(ledger, "import", str(file(ACME, LIFTED)), "--strict").stdout.startswith("0 events appended")


def test_strict_looks_at_so_many_lines_and_no_more(
    ledger: Where, file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policytracker.cli.import_.MOST_TRIED", 1)

    result = ask(ledger, "import", str(file(ACME, LIFTED)), "--strict")

    assert (result.exit_code, position(ledger)) == (1, SHIPPED)
    assert "--strict looks at 1 event at the most; nothing was added; import the lines in parts" in result.stderr


def test_a_restriction_and_a_permission_of_one_day_are_pointed_out(ledger: Where, file: WriteFile) -> None:
    """3 February: customs block H20 for everybody, and clear it for ZTE: in which order, nobody says."""
    clearance = claim(type="cleared", ref="exception", companies=["zte"], chips=["h20"])
    path = file(claim(ref="stop", chips=["h20"]), clearance)

    for words in (("--dry-run",), ()):
        result = ask(ledger, "import", str(path), *words)
        (line,) = [line for line in result.stderr.splitlines() if "same day" in line]
        assert line.startswith(
            f"warning: {path}:2: it is a permission of the same day as the restriction stop (h20 for all companies; "
            "Caixin, 2026-02-03 (not attributed)) at CN/import, and their scopes meet: "
        )
        assert "write an exception within a rule as except_companies or except_chips" in line


def test_a_duty_that_ends_licences_is_pointed_out(ledger: Where, file: WriteFile) -> None:
    """The duty under which a licence was granted in March is recorded again in April, as a claim of its own."""
    official = {"publisher": "BIS", "published": "2026-10-01", "attribution": "official"}
    duty = claim(type="licence-required", review="policy-of-denial", authority="bis", chips=["mi308"], report=official)
    licence = claim(type="licence-granted", ref="one", authority="bis", companies=["zte"], chips=["mi308"])
    again = {**duty, "report": {**official, "published": "2026-10-20"}}
    path = file({**licence, "report": {**official, "published": "2026-10-10"}}, again)

    for words in (("--dry-run",), ()):
        lines = ask(ledger, "import", str(path), *words).stderr.splitlines()
        (line,) = [line for line in lines if "this duty comes after" in line]
        assert line.startswith(f"warning: {path}:2: this duty comes after the licence")
        assert "one (mi308 for zte; BIS, 2026-10-10 (official))" in line
        assert line.endswith("if it says again what held already, record it as corroborated")


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            {**ACME, "company": "zte", "name": "Zoetrope"},
            "the company zte was called 'ZTE' so far, and is called 'Zoetrope' now; if it is another company",
        ),
        (
            {"type": "chip-registered", "chip": "x1", "name": "X1", "vendor": "x", "controlled_by": ["KR", "US"]},
            "KR is to control x1, and nothing is recorded at KR/export: that gate is unknown until a baseline is",
        ),
    ],
)
def test_registrations_that_may_not_be_meant_are_pointed_out(
    event: dict[str, Any], told: str, ledger: Where, file: WriteFile
) -> None:
    path = file({**dict.fromkeys(("parent", "aliases", "names", "identifiers", "owners")), **event})
    if event["type"] == "chip-registered":
        path = file(event)

    for words in (("--dry-run",), ()):
        lines = ask(ledger, "import", str(path), *words).stderr.splitlines()
        assert [line for line in lines if line.startswith(f"warning: {path}:1: {told}")], lines


def test_an_identifier_of_another_company_is_pointed_out(ledger: Where, file: WriteFile) -> None:
    first = {**ACME, "identifiers": {"ticker": "ACM"}}
    second = {**ACME, "company": "acme-two", "name": "Second", "identifiers": {"symbol": "acm"}}

    told = ask(ledger, "import", str(file(first, second))).stderr

    assert "2: the company acme-two has the symbol 'acm', and so has the company acme\n" in told


def test_a_jurisdiction_whose_baseline_is_in_the_same_import_is_not_pointed_out(ledger: Where, file: WriteFile) -> None:
    kats = {"type": "authority-registered", "authority": "k", "name": "K", "jurisdiction": "KR", "direction": "export"}
    chip = {"type": "chip-registered", "chip": "x1", "name": "X1", "vendor": "x", "controlled_by": ["KR"]}
    path = file(kats, chip, claim(type="cleared", authority="k", chips=["x1"]))

    for words in (("--dry-run",), ()):
        assert "nothing is recorded at" not in ask(ledger, "import", str(path), *words).stderr


def test_a_dry_run_of_very_many_events_tells_their_number(
    ledger: Where, file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them would have to be in memory to tell which cells change."""
    monkeypatch.setattr("policytracker.cli.import_.MOST_TRIED", 1)
    path = file(ACME, claim())

    result = ask(ledger, "import", str(path), "--dry-run")

    assert result.stdout == (
        "2 events would be appended, 0 were recorded already; no line is refused\n"
        "which cells would change is told for 1 event at the most; try a part of the file\n"
    )
    assert position(ledger) == SHIPPED


def test_a_warning_rests_on_the_registry_as_the_file_leaves_it(ledger: Where, file: WriteFile) -> None:
    """A claim for companies of Liechtenstein, and after it the first of them."""
    path = file(claim(authority="bis", companies=["in:LI"]), {**ACME, "jurisdiction": "LI"})

    assert ask(ledger, "import", str(path), "--dry-run").stderr == ""
    assert ask(ledger, "import", str(path)).stderr == ""


def test_files_that_cannot_be_read_are_named_in_one_error(ledger: Where, tmp_path: Path, file: WriteFile) -> None:
    missing = tmp_path / "missing"

    result = run(ledger, "import", str(file(LIFTED)), str(missing), str(tmp_path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        f"Error: cannot read {missing} (No such file or directory), {tmp_path} (Is a directory);"
        " nothing was added; name files that can be read\n"
    )
    assert position(ledger) == SHIPPED


def test_a_pipe_is_a_file_like_another(ledger: Where, tmp_path: Path, file: WriteFile) -> None:
    """It is read once, though a line of it names a later one, which is looked for in a second reading."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    lines = file({"type": "retracted", "target": "late"}, claim(ref="late"))
    with subprocess.Popen(["cp", str(lines), str(pipe)]):
        result = ask(ledger, "import", str(pipe))

    assert "target: 'late' is later in the file (line 2); move it before this line" in result.stderr
    assert position(ledger) == SHIPPED


def test_without_a_file_the_usage_is_told(ledger: Where) -> None:
    result = ask(ledger, "import")

    assert result.exit_code == 2
    assert "Missing argument 'FILE...'" in result.stderr


def test_without_a_ledger_the_way_out_is_to_make_one(tmp_path: Path, file: WriteFile) -> None:
    result = ask(tmp_path / "none", "import", str(file(ACME)))

    assert result.exit_code == 1
    assert "make an empty one with `policytracker" in result.stderr


def test_progress_is_shown_in_a_terminal(ledger: Where, file: WriteFile) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command(ledger, "import", str(file(ACME))), stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    with suppress(OSError):
        while chunk := os.read(ours, 4096):
            shown += chunk
    os.close(ours)

    assert process.wait() == 0
    assert b"Importing" in shown
    assert b"100%" in shown
    assert b"1 event appended" in shown


# Hostile lines

HOSTILE = ("\x1b]0;x\x07", "\u202e", "\u200b", "\ue000", "\udcff")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_a_line_reaches_no_output_as_it_is(hostile: str, ledger: Where) -> None:
    """In values, keys, types and refs, written out and as JSON escapes."""
    lines = [
        claim(report={**REPORT, "title": hostile, "publisher": f"x{hostile}"}, companies=["bytedance-sg"]),
        claim(conditions={hostile: "x"}),
        claim(ref=hostile),
        claim(**{hostile: 1}),
        claim(authority=hostile),
        claim(effective=hostile),
        {"type": hostile},
    ]
    for escaped in (True, False):
        for line in lines:
            text = json.dumps(line, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
            for words in (("--dry-run",), ()):
                result = ask(ledger, "import", "-", *words, text=text, color=True)
                assert hostile not in result.output
                assert isinstance(result.exception, SystemExit | None)


def never_a_traceback(ledger: Where, content: bytes, *words: str) -> int:
    result = ask(ledger, "import", "-", *words, text=content)
    assert isinstance(result.exception, SystemExit | None), content
    assert result.exit_code in (0, 1)
    return result.exit_code


@pytest.mark.files
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_garbage_is_refused_and_changes_nothing(content: bytes, demo: Where) -> None:
    code = never_a_traceback(demo, content)

    told = content.removeprefix(b"\xef\xbb\xbf")  # a mark at the beginning is skipped
    assert code == (1 if told.strip(b" \t\r\n") else 0)
    assert position(demo) == SHIPPED


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
LINES = [json.loads(line.text) for line in shipped_lines()]


@pytest.mark.files
@given(data=st.data())
def test_a_line_with_a_wrong_value_anywhere_never_ends_in_a_traceback(data: st.DataObject, demo: Where) -> None:
    line = json.loads(json.dumps(data.draw(st.sampled_from(LINES))))
    part = line
    while True:
        key = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        if not (isinstance(part[key], dict | list) and part[key] and data.draw(st.booleans())):
            break
        part = part[key]
    part[key] = data.draw(VALUES)

    never_a_traceback(demo, json.dumps(line).encode(), "--dry-run")

    assert position(demo) == SHIPPED


@pytest.mark.files
@settings(max_examples=200)
@given(data=st.data())
def test_a_line_with_a_wrong_byte_anywhere_never_ends_in_a_traceback(data: st.DataObject, demo: Where) -> None:
    line = bytearray(data.draw(st.sampled_from(shipped_lines())).text)
    line[data.draw(st.integers(0, len(line) - 1))] = data.draw(st.integers(0, 255))

    never_a_traceback(demo, bytes(line), "--dry-run")

    assert position(demo) == SHIPPED
