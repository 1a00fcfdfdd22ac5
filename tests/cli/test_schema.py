"""``schema``: what a line may look like, for editors and other programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import BashComplete

from policytracker.cli.main import cli
from policytracker.events.catalogue import CLASSES, TYPES
from policytracker.events.describe import schema
from tests.cli.recording import ask, say
from tests.demo import run

NOWHERE = Path("none")


def as_json(document: dict[str, Any]) -> Any:
    return json.loads(json.dumps(document))


@pytest.mark.parametrize("name", TYPES)
def test_the_schema_of_a_type_is_printed(name: str) -> None:
    assert json.loads(say(NOWHERE, "schema", name)) == as_json(schema((TYPES[name],)))


def test_without_a_type_the_schema_tells_all_apart_by_their_type() -> None:
    document = json.loads(say(NOWHERE, "schema"))

    assert document == as_json(schema(CLASSES))
    assert document["discriminator"]["propertyName"] == "type"
    assert list(document["discriminator"]["mapping"]) == list(TYPES)
    assert len(document["anyOf"]) == len(TYPES)


def test_the_schema_says_what_texts_and_numbers_may_look_like() -> None:
    parts = json.loads(say(NOWHERE, "schema", "batch-approved"))["$defs"]
    claim = parts["BatchApproved"]["properties"]

    assert claim["authority"] == {"description": "who acts", "type": "string", "pattern": "^[a-z0-9.-]+$"}
    assert claim["companies"]["anyOf"][0]["minItems"] == 1
    assert claim["conditions"]["anyOf"][0]["minProperties"] == 1
    assert parts["Range"]["properties"]["min"]["anyOf"][0]["minimum"] == 0
    assert parts["Cohort"]["properties"]["count"]["anyOf"][0]["minimum"] == 1
    assert all(part["additionalProperties"] is False for part in parts.values())


def test_a_type_that_is_none_is_refused_with_the_nearest() -> None:
    result = run(NOWHERE, "schema", "batch-aproved")

    assert result.returncode == 2
    assert "'batch-aproved' is no type of event; did you mean batch-approved?" in result.stderr


def test_a_type_like_no_other_is_refused_with_where_to_look() -> None:
    result = ask(NOWHERE, "schema", "zzz\u202e")

    assert result.exit_code == 2
    assert "'zzz\\u202e' is no type of event; `policytracker record --help` lists the types" in result.stderr


def test_the_shell_completes_types_with_what_they_mean() -> None:
    shell = BashComplete(cli, {}, "policytracker", "_POLICYTRACKER_COMPLETE")

    found = shell.get_completions(["schema"], "rev")

    meaning = "An authority examines whether it may go ahead."
    assert [(item.value, item.help) for item in found] == [("review-opened", meaning)]
