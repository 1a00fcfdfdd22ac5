"""A line or an option that is to add a name takes nothing else away: a registration is whole, or refused."""

from pathlib import Path

import pytest

from tests.cases.ground import BASE, Event, ledger_of, rows, written
from tests.cli.recording import ask, say

GAMMA = ("record", "company-registered", "--company", "gamma", "--name", "Gamma AI", "--jurisdiction", "CN")
NO, YES = 3, 0


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Alpha's firms may not have chips of 4,800 and more; Gamma is one of them, X100 is such a chip."""
    return ledger_of(tmp_path, BASE, "re-register-drops-fields")


def test_an_alias_from_the_command_line_loses_no_parent(ledger: Path) -> None:
    """``check gamma x100`` said yes after it, at all dates."""
    assert ask(ledger, "check", "gamma", "x100").exit_code == NO
    say(ledger, *GAMMA, "--alias", "Gamma Intelligence")

    for name in ("gamma", "Gamma Intelligence", "GAMMA AI"):
        assert ask(ledger, "check", name, "x100").exit_code == NO
    assert rows(ledger, "companies", "gamma")[0]["parent"] == "alpha"
    assert ask(ledger, "check", "gamma", "x100", "--at", "2024-12-31").exit_code == YES


COMPANY = {"type": "company-registered", "jurisdiction": "CN"}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ({**COMPANY, "company": "gamma", "name": "Gamma AI"}, "parent", '"alpha"'),
        ({**COMPANY, "company": "alpha", "name": "Alpha Group"}, "names", '{"zh": "阿尔法集团"}'),
        (
            {"type": "chip-registered", "chip": "x100", "name": "X100", "vendor": "acme", "controlled_by": ["US"]},
            "attributes",
            '"dram_bandwidth": 4800',
        ),
    ],
)
def test_a_line_that_leaves_a_field_out_is_refused_with_its_value_unless_it_says_so(
    line: Event, field: str, value: str, ledger: Path
) -> None:
    """Written ``null``, the field has ended, and the line is taken."""
    new = {**line, "aliases": ["Another Name"]}
    refused = ask(ledger, "import", written(ledger.parent, new))
    assert refused.exit_code == 1
    assert f"{field}: left out, and the registration of that day has " in refused.stderr
    assert value in refused.stderr
    assert f'repeat it, or write "{field}": null where it ended' in refused.stderr

    assert ask(ledger, "import", written(ledger.parent, {**new, field: None})).exit_code == 0


def test_what_ended_says_so_and_the_answer_follows(ledger: Path) -> None:
    """Gamma was sold in June 2026: from then on the rule does not reach it, and before it does."""
    sold = {"type": "company-registered", "company": "gamma", "name": "Gamma AI", "jurisdiction": "CN"}
    file = written(ledger.parent, {**sold, "parent": None, "effective": "2026-06-01"})

    assert ask(ledger, "import", file).exit_code == 0
    assert [ask(ledger, "check", "gamma", "x100", "--at", day).exit_code for day in ("2026-05-31", "2026-06-01")] == [
        NO,
        YES,
    ]


def test_an_alias_for_a_group_or_an_authority_loses_nothing(ledger: Path) -> None:
    """Members stay, and so does the time zone."""
    say(ledger, "record", "group-defined", "--group", "two", "--kind", "company", "--name", "Two", "--member", "alpha")
    say(ledger, "record", "group-defined", "--group", "two", "--kind", "company", "--name", "The two")
    zone = ("record", "authority-registered", "--authority", "bis", "--timezone", "America/New_York")
    say(ledger, *zone)
    say(ledger, "record", "authority-registered", "--authority", "bis", "--name", "BIS")

    groups = [row for row in rows(ledger, "log") if row["type"] == "group-defined"]
    assert groups[-1]["members"] == ["alpha"]
    (bis,) = (row for row in rows(ledger, "authorities") if row["authority"] == "bis")
    assert (bis["name"], bis["timezone"], bis["direction"]) == ("BIS", "America/New_York", "export")
