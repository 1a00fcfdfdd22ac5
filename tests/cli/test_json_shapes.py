"""What commands print with --json is what ``schema --answers`` says, and no more; the page has all of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import jsonschema_rs
import pytest

from docs.structs import parts_of
from policytracker.cli.json_shapes import BY_COMMAND, document, parts
from policytracker.cli.main import COMMANDS, Door, cli
from policytracker.ledger.where import Where
from tests.cli.made_up import made_up
from tests.cli.recording import ask, say
from tests.demo import rows, run
from tests.keeping.old import old_file
from tests.questions.test_quantities import counted

NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
POINTS = [("--at", "2019-06-01"), NOON, ("--at", "2026-05-20", "--known", "2026-05"), ("--at", "2026-09-01")]
"""Before anything, within the news of a day, in the middle of it, and with all that is published."""
AT_POINTS = [
    ("state",),
    ("matrix",),
    ("check", "tencent", "h200"),
    ("check", "huawei", "ascend-910b"),
    ("why", "tencent", "h200", "--all"),
    ("why", "huawei", "ascend-910b"),
    ("claims",),
    ("conflicts",),
    ("quantities",),
    ("companies",),
    ("chips",),
    ("authorities",),
]
OTHERS = [
    ("timeline", "tencent", "h200"),
    ("timeline", "jd", "h20", "--known", "2025-09-01"),
    ("timeline", "tencent", "h200", "--knowledge", "--at", "2026-01-28"),
    ("diff", "--at", "2022-01-01", "--to-at", "2022-12-31"),
    ("diff", *NOON, "--to-known", "2026-01-28"),
    ("log",),
    ("search", "腾讯"),
    ("show", "cn-2026-01-28-batch"),
    ("show", "cn-2026-01-28-batch", "--known", "2026-01-28T12:00Z"),
    ("verify",),
    ("doctor",),
    ("where",),
]
ASKED = [*((*question, *point) for question in AT_POINTS for point in POINTS), *OTHERS]
BLOCKED = (
    *("record", "blocked", "--authority", "cn-regulators", "--company", "tencent", "--chip", "h200"),
    *("--effective", "2026-10-01", "--publisher", "Reuters", "--published", "2026-10-02"),
)
FREE = {"corrected", "report"}
"""Fields that hold a part of an event: what may stand there depends on the event."""


def faults(command: str, answer: Any) -> list[str]:
    """What is wrong with an answer, by the schema that is printed for its command."""
    schema = json.loads(say(Path("none"), "schema", "--answers", command))
    return [str(fault) for fault in jsonschema_rs.validator_for(schema).iter_errors(answer)]


def with_json(command: click.Command, name: str) -> Iterator[str]:
    """The commands, or those of a group, that have --json."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            if below is not None and any(with_json(below, each)):
                yield name
                return
    elif any("--json" in option.opts for option in command.params):
        yield name


@pytest.mark.files
@pytest.mark.parametrize("question", ASKED, ids=" ".join)
def test_an_answer_is_as_its_schema_says(demo: Where, question: tuple[str, ...]) -> None:
    answer = json.loads(ask(demo, *question, "--json").stdout)
    assert faults(question[0], answer) == []


def test_an_answer_from_a_server_has_the_same_shape(demo: Where) -> None:
    for question in (("state", *NOON), ("log",), ("where",), ("doctor",)):
        assert faults(question[0], json.loads(ask(demo, *question, "--json").stdout)) == []


@pytest.mark.files
def test_each_line_of_nl_is_an_item_of_the_array(demo: Where) -> None:
    array = rows(demo, "claims", *NOON)
    assert [json.loads(line) for line in say(demo, "claims", *NOON, "--nl").splitlines()] == array


@pytest.mark.files
def test_the_answers_of_the_commands_that_record_are_as_their_schemas_say(copied: Where) -> None:
    """Before, when it is recorded, and when it is recorded already; also of a new company, which had no answer."""
    tried = rows(copied, *BLOCKED, "--dry-run")
    assert faults("record --dry-run", tried) == []
    assert tried[0]["cells"][0]["before"] is not None
    company = ("record", "company-registered", "--company", "nova", "--name", "Nova", "--jurisdiction", "CN")
    new = rows(copied, *company, "--dry-run")
    assert faults("record --dry-run", new) == []
    assert new[0]["cells"][0]["before"] is None
    for _ in range(2):
        assert faults("record", rows(copied, *BLOCKED)) == []
    again = rows(copied, *BLOCKED[:-1], "2026-10-03", "--dry-run")
    assert faults("record --dry-run", again) == []
    assert again[0]["alike"]


@pytest.mark.files
def test_what_is_left_of_a_redacted_event_is_as_the_schemas_say(copied: Where) -> None:
    (first,) = rows(copied, *BLOCKED)
    assert ask(copied, "redact", first["id"], "--reason", "court order", "--yes").exit_code == 0
    *_, removed, redaction = rows(copied, "log")
    assert (removed["type"], redaction["type"]) == ("removed", "redacted")
    assert faults("log", [removed, redaction]) == []
    assert faults("show", rows(copied, "show", first["id"])) == []


@pytest.mark.files
def test_the_answers_of_the_commands_that_keep_a_ledger_are_as_their_schemas_say(demo: Path, tmp_path: Path) -> None:
    saved, empty = tmp_path / "one.backup", tmp_path / "empty.ledger"
    assert faults("backup", rows(demo, "backup", str(saved))) == []
    against = ("--against", f"{saved}.checkpoint")
    restored = rows(tmp_path / "restored.ledger", "restore", str(saved), *against)
    assert faults("restore", restored) == []
    assert restored[0]["extends"]
    say(empty, "init")
    assert faults("where", rows(empty, "where")) == []
    damaged = json.loads(ask(empty, "verify", *against, "--json").stdout)
    assert damaged
    assert faults("verify", damaged) == []


@pytest.mark.filterwarnings("ignore::policytracker.ledger.ledger_error.OldLedgerWarning")
def test_the_answer_of_an_upgrade_is_as_its_schema_says(tmp_path: Path) -> None:
    """When it is upgraded, and when nothing is left to do."""
    ledger = old_file(tmp_path)
    for has_backup in (True, False):
        (answer,) = rows(ledger, "upgrade")
        assert faults("upgrade", [answer]) == []
        assert (answer["backup"] is not None) is has_backup


def test_an_approval_that_is_used_up_and_a_doubt_are_as_the_schema_says(tmp_path: Path) -> None:
    """With what is left of it below 0, in a currency, and with a condition that binds only possibly."""
    scope = {"companies": ["acme"], "chips": ["h20"]}
    batch = counted("batch-approved", "2026-01-10", **scope, authority="gacc", quantity={"min": 1, "max": 9})
    licence = counted("licence-granted", "2026-01-10", **scope, authority="bis", quantity={"max": 9, "unit": "USD"})
    rumour = counted(
        "condition-imposed",
        "2026-01-10",
        **scope,
        authority="bis",
        attribution="unattributed",
        conditions={"a": "b"},
    )
    ledger = made_up(tmp_path, batch, licence, rumour, counted("shipped", "2026-01-20", **scope, quantity={"min": 20}))
    answer = rows(ledger, "state", "acme", "h20", "--at", "2026-02-01")
    assert {left["unit"] for left in answer[0]["left"]} == {"chips", "USD"}
    assert faults("state", answer) == []
    assert faults("quantities", rows(ledger, "quantities")) == []


@pytest.mark.files
@pytest.mark.parametrize("question", [*((*each, *NOON) for each in AT_POINTS), *OTHERS], ids=" ".join)
def test_a_field_that_no_table_names_is_refused_wherever_it_stands(demo: Where, question: tuple[str, ...]) -> None:
    """In an object of the array and in every object below it."""
    answer = json.loads(ask(demo, *question, "--json").stdout)[:1]
    objects = list(objects_in(answer))
    assert len(objects) >= len(answer)
    schema = jsonschema_rs.validator_for(document(question[0]))
    for each in objects:
        each["strange"] = 1
        assert not schema.is_valid(answer)
        del each["strange"]
    assert schema.is_valid(answer)


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in an answer, but for those whose keys are the writer's own."""
    if isinstance(value, list):
        for each in value:
            yield from objects_in(each)
    elif isinstance(value, dict):
        yield value
        own = FREE if "corrected" in value or "same" in value else set()
        free = own | {"cells", "names", "identifiers", "attributes", "changes", "where"}
        is_event = "type" in value and "recorded" in value
        for name, part in value.items():
            if name not in free and not (is_event and name == "conditions"):
                yield from objects_in(part)


def test_every_command_with_json_has_a_shape_and_no_other_has() -> None:
    context = click.Context(cli)
    assert isinstance(cli, Door)
    found = [name for each in COMMANDS for name in with_json(cli.get_command(context, each) or cli, each)]
    assert [name for name in BY_COMMAND if name != "record --dry-run"] == found


def test_every_field_has_a_meaning_that_says_when_it_is_null() -> None:
    """Fields of events are described with the events."""
    schemas = parts(dict.fromkeys(shape.kind for shape in BY_COMMAND.values()))
    ours = {part.__name__ for shape in BY_COMMAND.values() for part in parts_of(shape.kind)}
    assert len(ours) > 40
    silent = [
        f"{name}.{field}"
        for name in sorted(ours)
        for field, told in schemas[name]["properties"].items()
        if not told.get("description") or (may_be_null(told) and "null" not in told["description"])
    ]
    assert silent == []


def may_be_null(told: dict[str, Any]) -> bool:
    return {"type": "null"} in told.get("anyOf", []) or None in told.get("enum", [])


@pytest.mark.files
def test_the_schema_of_all_commands_holds_that_of_each(demo: Where) -> None:
    everything = json.loads(say(Path("none"), "schema", "--answers"))
    assert set(BY_COMMAND) <= set(everything["$defs"])
    whole = jsonschema_rs.validator_for(everything)
    assert whole.is_valid(rows(demo, "where"))
    assert not whole.is_valid([{"strange": 1}])
    for name in BY_COMMAND:
        alone = json.loads(say(Path("none"), "schema", "--answers", name))
        assert everything["$defs"][name]["items"] == alone["items"]
        assert {part: everything["$defs"][part] for part in alone["$defs"]} == alone["$defs"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("stat", "--answers"), "no command 'stat' has --json; did you mean state?"),
        (("--answers", "export"), "no command 'export' has --json; "),
        (("--answers", "zzz"), "no command 'zzz' has --json; these do: state, matrix,"),
        (("state",), "'state' is no type of event"),
    ],
)
def test_a_command_without_json_is_refused_with_the_nearest(words: tuple[str, ...], why: str) -> None:
    refused = run(Path("none"), "schema", *words)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert why in refused.stderr


@pytest.mark.files
def test_objects_come_in_the_documented_order(demo: Where) -> None:
    cells = [(row["company"], row["chip"]) for row in rows(demo, "state", *NOON)]
    assert cells == sorted(cells)
    for command, name in (
        ("matrix", "company"),
        ("companies", "company"),
        ("chips", "chip"),
        ("authorities", "authority"),
    ):
        ids = [row[name] for row in rows(demo, command)]
        assert ids == sorted(ids)
    places = {row["id"]: row["position"] for row in rows(demo, "log")}
    assert list(places.values()) == list(range(1, len(places) + 1))
    for question in (("search", "H200"), ("claims", *NOON)):
        positions = [places[row["id"]] for row in rows(demo, *question)]
        assert positions == sorted(positions)
