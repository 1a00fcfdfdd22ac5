"""What the server says of itself, and what it says to what it cannot answer."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mcp import Client
from mcp_types import TextResourceContents

from policytracker import Ledger
from policytracker.installing import way_to_install
from tests.demo import LEDGER, PROGRAM, run
from tests.ledger.ground import CLAIM, REGISTRY
from tests.mcp_server.conftest import Ask, AskOf, run_apart, session
from tests.test_house import ROOT

CELL = {"company": "Tencent", "chip": "H200"}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("state", {"company": "Tencnt"}, "no company is called 'Tencnt'; did you mean tencent, "),
    ("why", {"company": "Tencent", "chip": "H2000"}, "no chip is called 'H2000'; did you mean h20"),
    ("state", {"company": "Zzzzqqqq"}, "no company is called 'Zzzzqqqq'; search for a part of its name"),
    ("state", {**CELL, "at": "2026-13-01"}, "'2026-13-01' is not a date"),
    (
        "state",
        {**CELL, "at": "28 January"},
        "'28 January' is not a date this ledger knows; write a day (2026-01-28)",
    ),
    ("state", {**CELL, "knwon": "2026-01-01"}, "state has no argument knwon; it has company, chip, at, known"),
    ("state", {"company": 5}, "state: company: input should be a valid string"),
    ("state", {"company": ""}, "the name of the company is empty"),
    ("state", {**CELL, "limit": 0}, "state: limit: input should be greater than or equal to 1"),
    ("state", {**CELL, "limit": 101}, "state: limit: input should be less than or equal to 100"),
    ("state", {**CELL, "offset": -1}, "state: offset: input should be greater than or equal to 0"),
    ("why", {"company": "Tencent"}, "why: chip: field required"),
    ("changes", {}, "changes: since: field required"),
    ("changes", {"since": "position:9999"}, "no event has position 9,999; the ledger goes from 1 to 352"),
    ("changes", {"since": "2026-02-01", "at": "2026-01-01"}, "2026-02-01"),
    ("search", {"text": ""}, "search: text: string should have at least 1 character"),
    ("search", {"text": {"a": 1}}, "search: text: input should be a valid string"),
    ("record", {}, "Unknown tool: record"),
]
"""A tool, arguments that it cannot answer, and what it says."""
STRANGE = ("'; DROP TABLE entries; --", "\x00", "\u202e", "%", "x" * 9_999)


def asked(ledger: Path, question: Callable[[Client], Any]) -> Any:
    async def ask() -> Any:
        async with session(ledger) as client:
            return await question(client)

    return run_apart(ask())


def test_four_tools_are_offered_which_only_read(demo: Path) -> None:
    found = asked(demo, lambda client: client.list_tools()).tools
    assert [tool.name for tool in found] == ["state", "why", "changes", "search"]
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in found)
    assert {name for tool in found for name in tool.input_schema["properties"]} == {
        *("company", "chip", "at", "known", "recorded", "since", "text", "limit", "offset")
    }
    assert all("description" in json.dumps(each) for tool in found for each in tool.input_schema["properties"].values())


def test_the_glossary_and_the_semantics_are_resources(demo: Path) -> None:
    listed = asked(demo, lambda client: client.list_resources()).resources
    assert [str(each.uri) for each in listed] == [
        f"policytracker://docs/{name}" for name in ("glossary", "semantics", "answers")
    ]
    (page,) = asked(demo, lambda client: client.read_resource("policytracker://docs/glossary")).contents
    assert isinstance(page, TextResourceContents)
    assert page.text == (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_the_assistant_is_told_to_quote_dates_and_sources_and_not_to_guess(demo: Path) -> None:
    async def instructions(client: Client) -> str | None:
        return client.instructions

    told = asked(demo, instructions)
    assert "Quote the dates" in told and "Name publisher, day and address" in told and "do not choose one" in told


def test_what_cannot_be_answered_is_told_in_plain_words_and_the_next_question_is_answered(ask: Ask) -> None:
    *found, right = ask(*((tool, arguments) for tool, arguments, _ in REFUSED), ("state", CELL))
    for (tool, arguments, told), wrong in zip(REFUSED, found, strict=True):
        assert wrong.is_error and told in wrong.text, (tool, arguments)
        assert "Traceback" not in wrong.text and "pydantic" not in wrong.text
    assert not right.is_error


def test_a_text_of_a_stranger_is_an_argument_and_nothing_more(ask: Ask) -> None:
    for answer in ask(*(("search", {"text": text}) for text in STRANGE)):
        assert not answer.is_error and answer.found["total"] < 352


def test_long_texts_and_long_lists_are_cut_and_it_is_told(tmp_path: Path, ask_of: AskOf) -> None:
    ledger = tmp_path / LEDGER
    publishers = [f"Agency {number:02}" for number in range(30)]
    with Ledger.create(ledger) as made:
        blocked = {"type": "blocked", "ref": "stop", **CLAIM, "note": "n"}
        blocked["report"] = {"publisher": "Agency", "published": "2026-01-01", "summary": "s", "title": "t" * 9_000}
        more = [
            {"type": "corroborated", "target": "stop", "report": {"publisher": each, "published": "2026-01-02"}}
            for each in publishers
        ]
        made.append_all([*REGISTRY, blocked, *more])
    (answer,) = ask_of(ledger, ("state", {"company": "acme", "chip": "h20"}))
    (claim,) = answer.found["cells"][0]["gates"][1]["decided_by"]
    assert (len(claim["sources"]), claim["sources_left_out"]) == (20, 11)
    assert claim["sources"][0]["title"].endswith("t … (7,000 more characters)")


def test_characters_that_nobody_sees_are_written_out(tmp_path: Path, ask_of: AskOf) -> None:
    """A headline with an order in letters that have no shape (Unicode tags), and with a change of direction."""
    ledger = tmp_path / LEDGER
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "buy")
    report = {"publisher": "Agency", "published": "2026-01-01", "title": f"Stop{hidden} \u202enow"}
    with Ledger.create(ledger) as made:
        made.append_all([*REGISTRY, {"type": "blocked", **CLAIM, "report": report}])
    (answer,) = ask_of(ledger, ("why", {"company": "acme", "chip": "h20"}))
    titles = [source["title"] for line in answer.found["lines"] for source in line["sources"]]
    assert titles == [r"Stop\udb40\udc62\udb40\udc75\udb40\udc79 \u202enow"]


def test_without_a_ledger_it_does_not_start_and_says_how_to_make_one(tmp_path: Path) -> None:
    found = run(tmp_path / "none.ledger", "mcp")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("Error: no ledger at ") and "make an empty one" in found.stderr


def test_a_ledger_that_goes_away_is_told_by_the_tool(tmp_path: Path) -> None:
    ledger = tmp_path / LEDGER
    Ledger.create(ledger).close()

    async def question(client: Client) -> Any:
        before = await client.call_tool("search", {"text": "x"})
        ledger.unlink()
        return before, await client.call_tool("search", {"text": "x"})

    before, after = asked(ledger, question)
    assert not before.is_error and after.is_error
    assert f"no ledger at {ledger}; make an empty one" in after.content[0].text


def test_what_is_recorded_meanwhile_is_found_by_the_next_call(tmp_path: Path) -> None:
    ledger = tmp_path / LEDGER
    Ledger.create(ledger).close()

    async def question(client: Client) -> Any:
        await client.call_tool("search", {"text": "acme"})
        with Ledger(ledger) as opened:
            opened.append_all(REGISTRY)
        return await client.call_tool("search", {"text": "acme"})

    assert asked(ledger, question).structured_content["total"] > 0


def test_noise_on_standard_input_does_not_end_it_and_standard_output_has_messages_alone(demo: Path) -> None:
    """Not JSON, JSON of another kind, a message cut off: then a request in order. It ends when its input does."""
    noise = ["not json", "[]", '{"jsonrpc": "2.0"', '{"id": null}', "\u202e"]
    request = {"jsonrpc": "2.0", "id": 7, "method": "ping"}
    with subprocess.Popen(
        [*PROGRAM, str(demo), "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin and server.stdout
        server.stdin.write("\n".join([*noise, json.dumps(request)]) + "\n")
        server.stdin.flush()
        messages = [json.loads(server.stdout.readline())]
        while messages[-1].get("id") != 7:
            messages.append(json.loads(server.stdout.readline()))
        server.stdin.close()
        assert server.wait(60) == 0
    assert all(each["jsonrpc"] == "2.0" for each in messages)


def test_without_the_package_the_way_to_install_it_is_told(demo: Path) -> None:
    code = "import sys; sys.modules['mcp'] = None; from policytracker.cli.main import main; main()"
    found = subprocess.run(
        [sys.executable, "-c", code, "--ledger", str(demo), "mcp"], capture_output=True, text=True, timeout=60
    )
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == (
        "Error: assistants are answered with the package mcp, version 2; "
        f"install it with: {way_to_install('mcp>=2,<3')}\n"
    )
