"""What the shell completes: companies, chips and events wherever a command takes one."""

from collections.abc import Iterator

import click
import pytest
from click.shell_completion import BashComplete

from policytracker.cli.completing import Named
from policytracker.cli.main import cli
from policytracker.ledger.where import Where


def completed(ledger: Where, words: tuple[str, ...], begun: str) -> list[str]:
    """What the shell would propose for a word that has been begun."""
    shell = BashComplete(cli, {}, "policytracker", "_POLICYTRACKER_COMPLETE")
    return [str(item.value) for item in shell.get_completions(["--ledger", str(ledger), *words], begun)]


@pytest.mark.parametrize("command", ["state", "check", "why", "timeline", "diff"])
def test_companies_and_chips_are_completed(demo: Where, command: str) -> None:
    assert completed(demo, (command,), "ten") == ["tencent", "tencent-hk"]
    assert completed(demo, (command, "tencent"), "h20") == ["h20", "h200", "h200-nvl"]


@pytest.mark.parametrize("command", ["matrix", "claims", "conflicts"])
def test_options_that_name_a_company_or_a_chip_are_completed(demo: Where, command: str) -> None:
    assert completed(demo, (command, "--company"), "ten") == ["tencent", "tencent-hk"]
    assert completed(demo, (command, "--chip"), "gaudi-2") == ["gaudi-2", "gaudi-2-hl225b"]


def test_groups_and_selectors_are_no_companies(demo: Where) -> None:
    """A question is about one of them; ``record`` takes selectors too."""
    assert completed(demo, ("state",), "major") == completed(demo, ("state",), "in:") == []
    assert completed(demo, ("record", "blocked", "--company"), "major") == ["major-internet"]


@pytest.mark.parametrize(
    ("option", "begun", "expected"),
    [
        ("--company", "owned:ten", ["owned:tencent", "owned:tencent-hk"]),
        ("--company", "owned:major", ["owned:major-internet"]),
        ("--company", "under:ten", ["under:tencent", "under:tencent-hk"]),
        ("--chip", "vendor:Nv", ["vendor:Nvidia"]),
    ],
)
def test_selectors_are_completed_where_a_claim_is_recorded(
    demo: Where, option: str, begun: str, expected: list[str]
) -> None:
    assert completed(demo, ("record", "blocked", option), begun) == expected


@pytest.mark.parametrize(
    ("words", "begun", "expected"),
    [
        (("companies",), "ten", ["tencent", "tencent-hk"]),
        (("chips",), "gaudi-2", ["gaudi-2", "gaudi-2-hl225b"]),
        (("quantities",), "gaudi-2", ["gaudi-2", "gaudi-2-hl225b"]),
        (("quantities", "--company"), "ten", ["tencent", "tencent-hk"]),
        (("record", "company-registered", "--company"), "ten", ["tencent", "tencent-hk"]),
        (("record", "chip-registered", "--chip"), "gaudi-2", ["gaudi-2", "gaudi-2-hl225b"]),
        (("record", "authority-registered", "--authority"), "gac", ["gacc"]),
        (("record", "group-defined", "--group"), "major", ["major-internet"]),
    ],
)
def test_what_is_registered_is_completed_in_lists_and_where_it_is_registered_anew(
    demo: Where, words: tuple[str, ...], begun: str, expected: list[str]
) -> None:
    assert completed(demo, words, begun) == expected


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command, with the words that lead to it."""
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                yield from commands(command.get_command(context, name) or command, (*path, name))


def test_every_company_chip_and_event_of_every_command_is_completed() -> None:
    """Whatever a parameter is called that takes one."""
    named = ("company", "companies", "chip", "chips", "event", "target", "target_argument", "parent", "authority")
    places = [(path, each) for path, command in commands(cli) if path != ("copy",) for each in command.params]
    found = [(path, each) for path, each in places if each.name in named]
    assert len(found) > 75
    assert [(path, each.name) for path, each in found if not isinstance(each.type, Named)] == []


@pytest.mark.parametrize("command", ["show", "prove", "redact"])
def test_events_are_completed_by_ref(demo: Where, command: str) -> None:
    assert completed(demo, (command,), "cn-2026-01-28-batch-w") == ["cn-2026-01-28-batch-wsj"]
