"""``record``: one event from options, tried before it is appended, and told."""

import json
import os
import pty
import shlex
import sqlite3
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import BashComplete

from policytracker.cli.main import cli
from policytracker.cli.record_values import example_of
from policytracker.events.catalogue import GROUPS, REGISTRY, TYPES
from policytracker.events.describe import fields
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Where
from policytracker.questions.history import shipped_lines
from tests.cli.recording import ask, command, position, recorded, say, states
from tests.cli.recording import content as everything
from tests.demo import run

REPORT = ("--publisher", "Caixin", "--published", "2026-02-03")
CAIXIN = {"publisher": "Caixin", "published": "2026-02-03"}
REFS = [json.loads(line.text).get("ref") or "" for line in shipped_lines()]
SHIPPED = len(REFS)
"""How many events the shipped history has."""
WHERE = {"where": ["tpp>=4800", "tpp<21000"]}

SAID: dict[str, tuple[str, dict[str, Any]]] = {
    "authority-registered": (
        "--authority hk-censtad --name 'Trade and Industry Department' --jurisdiction HK --direction import"
        " --name-in zh=工业贸易署 --name-in zh-Hant=工業貿易署 --note 'Two\nlines' --timezone Asia/Hong_Kong",
        {
            "authority": "hk-censtad",
            "name": "Trade and Industry Department",
            "jurisdiction": "HK",
            "direction": "import",
            "names": {"zh": "工业贸易署", "zh-Hant": "工業貿易署"},
            "note": "Two\nlines",
            "timezone": "Asia/Hong_Kong",
        },
    ),
    "company-registered": (
        "--company tencent-cloud --name 'Tencent Cloud' --jurisdiction CN --parent 腾讯 --alias TC --alias 腾讯云"
        " --name-in zh=腾讯云 --identifier ticker=0700.HK --identifier note=a=b --ref tc"
        " --owner 腾讯=55 --owner Baidu=12.5",
        {
            "company": "tencent-cloud",
            "name": "Tencent Cloud",
            "jurisdiction": "CN",
            "parent": "tencent",
            "aliases": ["TC", "腾讯云"],
            "names": {"zh": "腾讯云"},
            "identifiers": {"ticker": "0700.HK", "note": "a=b"},
            "ref": "tc",
            "owners": [{"company": "tencent", "share": 55}, {"company": "baidu", "share": 12.5}],
        },
    ),
    "chip-registered": (
        "--chip h20e --name H20e --vendor Nvidia --controlled-by US --controlled-by NL --alias 'HGX H20e'"
        " --attribute tpp=2368 --attribute performance_density=2.91 --attribute memory=96.. --attribute die_area=1..2"
        " --attribute datacentre=1 --origin TW --launched 2025-10/2025-12",
        {
            "chip": "h20e",
            "name": "H20e",
            "vendor": "Nvidia",
            "controlled_by": ["US", "NL"],
            "aliases": ["HGX H20e"],
            "attributes": {
                "tpp": 2368,
                "performance_density": 2.91,
                "memory": {"min": 96},
                "die_area": {"min": 1, "max": 2},
                "datacentre": 1,
            },
            "origin": "TW",
            "launched": "2025-10/2025-12",
        },
    ),
    "group-defined": (
        "--group pair --kind chip --name Pair --member H100 --member h200 --complete --effective ../2025-06",
        {
            "group": "pair",
            "kind": "chip",
            "name": "Pair",
            "members": ["h100", "h200"],
            "complete": True,
            "effective": "../2025-06",
        },
    ),
    "prohibited": (
        "--authority 商务部 --company in:CN --chip 'Huawei Ascend chips' --instrument 'Notice 1' --until 2027",
        {
            "authority": "mofcom",
            "companies": ["in:CN"],
            "chips": ["ascend-chips"],
            "instrument": "Notice 1",
            "until": "2027",
        },
    ),
    "blocked": (
        "--authority gacc --company 字节跳动 --company BAT --company under:百度 --chip H20 --form instruction"
        " --except-company 京东 --except-chip L20 --except-where 'memory<48'",
        {
            "authority": "gacc",
            "companies": ["bytedance", "bat", "under:baidu"],
            "chips": ["h20"],
            "form": "instruction",
            "except_companies": ["jd"],
            "except_chips": ["l20", {"where": ["memory<48"]}],
        },
    ),
    "held": (
        "--authority gacc --company owned:Tencent --chip vendor:Nvidia --effective ../2026-02-01",
        {
            "authority": "gacc",
            "companies": ["owned:tencent"],
            "chips": ["vendor:Nvidia"],
            "effective": "../2026-02-01",
        },
    ),
    "licence-granted": (
        "--authority bis --cohort-of hq:CN --cohort-count 9..11 --chip H20 --min 5000000 --unit USD --per company",
        {
            "authority": "bis",
            "companies": {"of": ["hq:CN"], "count": {"min": 9, "max": 11}},
            "chips": ["h20"],
            "quantity": {"min": 5_000_000, "unit": "USD", "per": "company"},
        },
    ),
    "condition-imposed": (
        "--authority ndrc --company in:CN --where 'tpp>=4800 of vendor:Nvidia, H200 SXM' --condition quota=some",
        {
            "authority": "ndrc",
            "companies": ["in:CN"],
            "chips": [{"where": ["tpp>=4800"], "of": ["vendor:Nvidia", "h200"]}],
            "conditions": {"quota": "some"},
        },
    ),
    "development-reported": (
        "--kind legislation --text 'A bill.\nRead twice.' --authority BIS --company 腾讯 --chip H20 --stage committee"
        " --about cn-2026-01-14-customs",
        {
            "kind": "legislation",
            "text": "A bill.\nRead twice.",
            "authority": "bis",
            "companies": ["tencent"],
            "chips": ["h20"],
            "stage": "committee",
            "about": "cn-2026-01-14-customs",
        },
    ),
    "licence-required": (
        "--authority bis --company hq:CN --where 'tpp>=4800, tpp < 21000' --where memory>=141 --review case-by-case"
        " --condition 'test=an independent laboratory, x=y'",
        {
            "authority": "bis",
            "companies": ["hq:CN"],
            "chips": [WHERE, {"where": ["memory>=141"]}],
            "review": "case-by-case",
            "conditions": {"test": "an independent laboratory, x=y"},
        },
    ),
    "review-opened": (
        "--authority ndrc --cohort-of 'Major Chinese internet companies' --chip H200",
        {"authority": "ndrc", "companies": {"of": ["major-internet"]}, "chips": ["h200"]},
    ),
    "approved-in-principle": (
        "--authority ndrc --company ALL --chip h200 --effective 2026-02-01/2026-02-03 --condition quota=some",
        {
            "authority": "ndrc",
            "companies": ["all"],
            "chips": ["h200"],
            "effective": "2026-02-01/2026-02-03",
            "conditions": {"quota": "some"},
        },
    ),
    "cleared": (
        "--authority miit --company 月之暗面 --chip h200",
        {"authority": "miit", "companies": ["moonshot"], "chips": ["h200"]},
    ),
    "batch-approved": (
        "--authority ndrc --cohort-of in:CN --cohort-of BAT --cohort-count 3 --cohort-named 腾讯"
        " --cohort-excluded Huawei --chip h200 --min 1000 --max 2000 --wording 'a few' --basis added",
        {
            "authority": "ndrc",
            "companies": {"of": ["in:CN", "bat"], "count": 3, "named": ["tencent"], "excluded": ["huawei"]},
            "chips": ["h200"],
            "quantity": {"min": 1000, "max": 2000, "wording": "a few"},
            "basis": "added",
        },
    ),
    "corroborated": (
        "cn-2026-01-14-customs --instead-form letter --instead-instrument 'Notice 7'",
        {"target": "cn-2026-01-14-customs", "instead": {"form": "letter", "instrument": "Notice 7"}},
    ),
    "disputed": ("--target cn-2026-01-14-customs", {"target": "cn-2026-01-14-customs"}),
    "corrected": (
        "cn-2026-01-14-customs --change effective=2026 --change form=null --change instrument=null"
        " --change 'companies=[\"all\"]' --change 'note=2026 it was'",
        {
            "target": "cn-2026-01-14-customs",
            "changes": {
                "effective": "2026",
                "form": None,
                "instrument": None,
                "companies": ["all"],
                "note": "2026 it was",
            },
        },
    ),
    "retracted": ("cn-2026-01-14-customs", {"target": "cn-2026-01-14-customs"}),
    "lifted": (
        "cn-2026-01-14-customs --effective 2026-02",
        {"target": "cn-2026-01-14-customs", "effective": "2026-02"},
    ),
    "suspended": (
        "cn-2026-01-14-customs --effective 2026-02 --until 2026-03",
        {"target": "cn-2026-01-14-customs", "effective": "2026-02", "until": "2026-03"},
    ),
    "conditions-met": (
        "cn-2026-01-30-deepseek --condition conditions-open",
        {"target": "cn-2026-01-30-deepseek", "conditions": ["conditions-open"]},
    ),
    "recipients-identified": (
        "cn-2026-01-28-queue --company 百度 --excluded Huawei",
        {"target": "cn-2026-01-28-queue", "companies": ["baidu"], "excluded": ["huawei"]},
    ),
    "orders-reported": (
        "--company in:CN --chip h20 --wording 'a great many'",
        {"companies": ["in:CN"], "chips": ["h20"], "quantity": {"wording": "a great many"}},
    ),
    "shipped": (
        "--company in:CN --chip h20 --max 5 --basis total",
        {"companies": ["in:CN"], "chips": ["h20"], "quantity": {"max": 5}, "basis": "total"},
    ),
    "condition-signalled": (
        "--authority bis --company in:CN --chip h20 --condition share=15%",
        {"authority": "bis", "companies": ["in:CN"], "chips": ["h20"], "conditions": {"share": "15%"}},
    ),
}


@pytest.fixture
def ledger(copied: Where) -> Where:
    """The shipped history, to record into."""
    return copied


def id_of(ledger: Where, ref: str) -> str:
    with open_ledger(ledger) as source:
        (found,) = source.find(ref)
    return found


def content(event: dict[str, Any]) -> dict[str, Any]:
    """An event without what the ledger adds."""
    return {key: value for key, value in event.items() if key not in ("id", "recorded")}


def blocks_tencent(*more: str) -> tuple[str, ...]:
    """Customs block H200 for Tencent, says Caixin on 15 January: two days after another report, one after a third."""
    claim = ("blocked", "--authority", "gacc", "--company", "Tencent", "--chip", "H200")
    return (*claim, "--publisher", "Caixin", "--published", "2026-01-15", *more)


@pytest.mark.parametrize("name", TYPES)
def test_each_type_is_recorded_from_options_as_from_a_line(name: str, ledger: Where) -> None:
    """Names in any language become ids, repeated options lists and objects, a ref the id of the target."""
    options, fields = SAID[name]
    reported = name not in REGISTRY
    expected = {"type": name, **fields, **({"report": CAIXIN} if reported else {})}
    expected |= {field: id_of(ledger, fields[field]) for field in ("target", "about") if field in fields}
    before = position(ledger)

    event = recorded(ledger, name, *shlex.split(options), *(REPORT if reported else ()), "--anyway")

    assert content(event) == expected
    assert position(ledger) == before + 1
    line = json.dumps(expected | {field: fields[field] for field in ("target", "about") if field in fields})
    assert ask(ledger, "import", "-", text=line).stdout == "0 events appended, 1 was recorded already\n"


def register(ledger: Where, words: str) -> dict[str, Any]:
    """What a registration from these options says, without what the ledger adds."""
    return content(recorded(ledger, *shlex.split(words)))


NEW = "company-registered --company gamma --name 'Gamma AI' --jurisdiction CN --parent Tencent --alias G"


def test_a_registration_starts_from_the_current_one(ledger: Where) -> None:
    """What was meant to add an alias loses no parent (interchange.md, "Registry")."""
    first = register(ledger, f"{NEW} --name-in zh=伽马 --owner Tencent=55 --note 'a note' --ref gamma-1")

    found = register(ledger, "company-registered --company gamma --alias 'Gamma Intelligence' --name-in en=Gamma")

    assert found == {
        **{field: value for field, value in first.items() if field not in ("ref", "note")},
        "aliases": ["G", "Gamma Intelligence"],
        "names": {"zh": "伽马", "en": "Gamma"},
    }
    again = say(ledger, "record", "company-registered", "--company", "gamma", "--alias", "G")
    assert again.startswith("recorded already as ")


def test_a_registration_loses_what_it_is_told_to(ledger: Where) -> None:
    first = register(ledger, f"{NEW} --owner Tencent=55 --owner Baidu=5 --identifier ticker=1")

    found = register(
        ledger,
        "company-registered --company gamma --without parent --without aliases --alias New --without identifiers"
        " --owner Tencent=20",
    )

    assert found == {
        **{field: value for field, value in first.items() if field not in ("parent", "identifiers")},
        "aliases": ["New"],
        "owners": [{"company": "tencent", "share": 20}, {"company": "baidu", "share": 5}],
    }


def test_a_registration_of_a_later_day_starts_from_that_of_its_day(ledger: Where) -> None:
    first = register(ledger, NEW)
    sold = register(ledger, "company-registered --company gamma --effective 2020-06 --without parent")
    register(ledger, "company-registered --company gamma --effective 2099 --parent Baidu")

    today = register(ledger, "company-registered --company gamma --alias Now")
    in_2030 = register(ledger, "company-registered --company gamma --effective 2030 --alias Then")
    once = register(ledger, "company-registered --company gamma --without effective --alias Once")

    without_parent = {field: value for field, value in first.items() if field != "parent"}
    assert sold == without_parent | {"effective": "2020-06"}
    assert today == sold | {"aliases": ["G", "Now"]}
    assert in_2030 == today | {"effective": "2030", "aliases": ["G", "Now", "Then"]}
    assert once == first | {"aliases": ["G", "Once"]}


def test_what_is_registered_for_the_first_time_is_told_whole(ledger: Where) -> None:
    result = ask(ledger, "record", "company-registered", "--company", "gamma", "--alias", "G")
    unnamed = ask(ledger, "record", "group-defined", "--member", "h20", "--group", "new")

    assert result.exit_code == unnamed.exit_code == 2
    assert "missing --name, --jurisdiction; `policytracker record company-registered --help` tells" in result.stderr
    assert "missing --kind; " in unnamed.stderr


@pytest.mark.parametrize("name", TYPES)
def test_every_help_that_asks_for_an_end_says_that_the_day_is_the_first_one_free(name: str, ledger: Where) -> None:
    text = " ".join(say(ledger, "record", name, "--help").split())

    assert ("--until" in text) is ("until" in fields(TYPES[name]))
    assert text.count("--until TEXT the first day on which it no longer holds: a day, ") == text.count("--until TEXT")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("batch-approved --cohort-count 9-11", "'9-11' is no number and no range; write 3, 9..11, 9.. or ..11"),
        ("batch-approved --cohort-count ..", "'..' is no number and no range"),
        ("chip-registered --chip x --attribute tpp=1...2", "'1...2' is no number; write digits: tpp=4992, tpp=6.04, "),
        ("company-registered --company x --owner tencent=half", "'half' is no number; write digits: tencent=4992"),
        ("company-registered --company x --owner tencent=5..6", "'5..6' is no number; write digits: tencent=4992"),
        ("company-registered --company x --owner a=1 --owner a=2", "--owner names 'a' twice; keep one of them"),
        ("blocked --where '{}x'", "--where: '{}x' is no JSON object; write tests: tpp>=4800,tpp<21000"),
        ("company-registered --company x --without name", "'name' is not one of 'effective', 'parent', "),
    ],
)
def test_new_forms_of_values_are_told_where_they_are_wrong(words: str, message: str, ledger: Where) -> None:
    result = ask(ledger, "record", *shlex.split(words))

    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize("name", TYPES)
def test_the_example_in_the_help_of_each_type_runs(name: str, ledger: Where) -> None:
    words = example_of(name)
    text = say(ledger, "record", name, "--help")

    assert "Example, on the history that comes with the program:" in text
    assert shlex.split(text.partition("program:")[2].replace("\\\n", " ")) == ["policytracker", "record", *words]
    assert ask(ledger, "record", *words, "--dry-run").exit_code == 0


def test_the_help_lists_the_types_by_what_they_are_about() -> None:
    text = ask(Path("none"), "record", "--help").stdout

    sections = [line for line in text.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert sections == ["Options:", *(f"{heading}:" for heading in GROUPS)]
    assert all(f"\n  {name} " in text for name in TYPES)


def test_record_without_a_type_lists_the_types_in_groups_and_says_how_to_go_on(ledger: Where) -> None:
    answer = ask(ledger, "record")

    assert answer.exit_code == 0
    blocks = answer.stdout.split("\n\n")
    headings = {block.partition(":\n")[0]: block.splitlines()[1:] for block in blocks[1:-1]}
    assert list(headings) == ["Registry", "Claims", "About other events", "Market", "Signals", "Developments"]
    for heading, lines in headings.items():
        named = [line.split()[0] for line in lines if not line.startswith("   ")]
        assert named == list(GROUPS[heading])
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(TYPES)
    assert blocks[-1].startswith("`policytracker record TYPE --help` tells what a type takes")


def test_the_help_of_a_type_tells_its_fields_in_words_and_which_are_required(ledger: Where) -> None:
    text = " ".join(say(ledger, "record", "licence-required", "--help").split())

    assert "--authority AUTHORITY who acts [required]" in text
    assert "--review [policy-of-denial|presumption-of-denial|case-by-case|presumption-of-approval|unstated]" in text
    assert "how applications are reviewed [required]" in text
    assert "hq:CN, all; may be repeated [required, or --cohort-of]" in text.replace("cohort- of", "cohort-of")


def test_what_is_missing_is_named_by_its_options_at_once(ledger: Where) -> None:
    result = ask(ledger, "record", "orders-reported", "--publisher", "Caixin", "--cohort-count", "3")

    assert result.exit_code == 2
    assert (
        "missing --chip (or --where), --min (or --max, --wording, --unit, --per), --published, --cohort-of;"
        " `policytracker record orders-reported --help` tells what they are" in result.stderr
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("blcked",), "'blcked' is no type of event; did you mean blocked?"),
        (("blocked", "--company", "x", "--cohort-of", "all"), "--cohort-of and --company exclude each other"),
        (("cleared", "--condition", "quota"), "'quota' is no pair; write KEY=TEXT"),
        (("cleared", "--condition", "a=b", "--condition", "a=c"), "--condition names 'a' twice; keep one of them"),
        (("shipped", "--min", "1_000"), "'1_000' is no whole number; write digits: 200000"),
        (("shipped", "--min", "१२"), "is no whole number"),
        (("chip-registered", "--attribute", "tpp=nan"), "'nan' is no number; write digits: tpp=4992"),
        (("lifted", "x", "--target", "y"), "TARGET and --target are the same; give one of them"),
        (("disputed", "x", "--publisher", "y"), "missing --published;"),
        (("blocked", "--form", "rumour"), "'rumour' is not one of 'rule'"),
    ],
)
def test_wrong_usage_is_told_in_a_line_and_changes_nothing(words: tuple[str, ...], message: str, ledger: Where) -> None:
    result = ask(ledger, "record", *words)

    assert result.exit_code == 2
    assert message in result.stderr
    assert position(ledger) == SHIPPED


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--company", "Tencnt", "--chip", "H200"), "no company or group is called 'Tencnt'; did you mean tencent"),
        (("--company", "腾讯", "--chip", "H2000"), "no chip or group is called 'H2000'; did you mean h200"),
        (("--company", "in:China", "--chip", "all"), "companies: 'in:China' is no company selector; use an id"),
        (("--company", "all", "--where", "speed>1"), "there is no attribute 'speed'; use one of: tpp"),
        (("--company", "all", "--chip", "all", "--until", "2026-02-30"), "until: '2026-02-30' is not a date"),
        (("--company", "all", "--chip", "all", "--ref", "us-baseline"), "ref: 'us-baseline' is taken by another event"),
        (("--company", "all", "--chip", "all", "--grade", "A9"), "report.grade: "),
    ],
)
def test_a_refused_event_is_told_in_a_line_and_changes_nothing(
    words: tuple[str, ...], message: str, ledger: Where
) -> None:
    result = ask(ledger, "record", "blocked", "--authority", "gacc", *REPORT, *words)

    assert result.exit_code == 1
    assert message in result.stderr
    assert position(ledger) == SHIPPED


def test_an_unknown_authority_is_refused_with_the_nearest(ledger: Where) -> None:
    result = ask(ledger, "record", "blocked", "--authority", "gac", "--company", "all", "--chip", "all", *REPORT)

    assert (result.exit_code, result.stderr) == (1, "Error: no authority is called 'gac'; did you mean gacc, cac?\n")


def test_where_nothing_is_registered_the_way_out_is_to_register(tmp_path: Path) -> None:
    ledger = tmp_path / "empty.ledger"
    say(ledger, "init")

    result = ask(ledger, "record", "blocked", "--authority", "gacc", "--company", "all", "--chip", "all", *REPORT)

    assert result.stderr.startswith("Error: no authority is called 'gacc'")
    assert "; register it first: `policytracker record`" in result.stderr


def test_a_target_may_be_the_beginning_of_an_id(ledger: Where) -> None:
    whole = id_of(ledger, "cn-2026-01-14-customs")

    assert recorded(ledger, "lifted", whole[:12], *REPORT)["target"] == whole


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("1", "'1' is ambiguous: "),
        ("nothing-such", "no event 'nothing-such' in the ledger; `policytracker log` lists ids and refs"),
        ("", "no event '' in the ledger"),
    ],
)
def test_a_target_that_is_not_one_event_is_refused(target: str, message: str, ledger: Where) -> None:
    result = ask(ledger, "record", "retracted", target)

    assert result.exit_code == 1
    assert message in result.stderr


def test_a_key_twice_in_what_a_correction_changes_is_refused(ledger: Where) -> None:
    change = 'quantity={"min": 1, "min": 2}'

    result = ask(ledger, "record", "corrected", "cn-2026-01-28-batch", "--change", change)

    assert result.exit_code == 1
    assert "min: this key stands twice in one object" in result.stderr


@pytest.mark.parametrize("text", ["{" * 5000, "[" * 5000, '{"a": ' * 90 + "1" + "}" * 90, "NaN", "1" * 5000, "1e999"])
def test_hostile_json_in_a_correction_is_refused_in_a_line(text: str, ledger: Where) -> None:
    result = ask(ledger, "record", "corrected", "cn-2026-01-28-batch", "--change", f"quantity={text}")

    assert (result.exit_code, result.stderr[:7]) == (1, "Error: ")
    assert position(ledger) == SHIPPED


def test_the_same_event_again_adds_nothing(ledger: Where) -> None:
    first = recorded(ledger, "cleared", *shlex.split(SAID["cleared"][0]), *REPORT, "--anyway")

    again = say(ledger, "record", "cleared", *shlex.split(SAID["cleared"][0]), *REPORT)
    company = ("company-registered", "--company", "minimax", "--name", "MiniMax", "--jurisdiction", "CN")

    assert again.startswith(f"recorded already as {first['id'][:12]} (position {SHIPPED + 1}, 20")
    assert recorded(ledger, "cleared", *shlex.split(SAID["cleared"][0]), *REPORT) == first
    assert recorded(ledger, *company, "--name-in", "zh=稀宇科技")["recorded"] < first["recorded"]
    assert position(ledger) == SHIPPED + 1


def test_a_dry_run_shows_the_event_and_the_cells_and_writes_nothing(ledger: Where) -> None:
    """August: small lots are let in for ByteDance and Tencent. What if that were lifted?"""
    before = everything(ledger)

    lift = ("record", "lifted", "cn-2026-08-18-lots", *REPORT, "--attribution", "official")
    result = ask(ledger, *lift, "--dry-run")

    line, would, cells, *_ = result.stdout.splitlines()
    event = json.loads(line)
    assert content(event)["target"] == id_of(ledger, "cn-2026-08-18-lots")
    assert would == f"would be recorded as {event['id'][:12]}, at position {SHIPPED + 1}"
    assert cells.endswith(" 2 cells would change:")
    assert "\n    at CN/import: conditional → pending\n" in result.stdout
    assert "\nheld on 20" in result.stdout
    assert everything(ledger) == before
    assert recorded(ledger, *lift[1:])["id"] == event["id"]


CHANGING: dict[str, str] = {
    "a claim": "prohibited --authority bis --company in:CN --where memory>=100 --attribution official",
    "an uncertain claim": "blocked --authority gacc --cohort-of BAT --cohort-count 2 --chip 'Nvidia chips'",
    "a lift": "lifted us-2026-01-13-rule --effective 2026-02/2030 --attribution official",
    "a retraction": "retracted cn-2026-08-18-lots --attribution official",
    "a correction": "corrected us-2026-01-13-rule --change companies='[\"tencent\"]' --attribution official",
    "recipients": "recipients-identified us-2026-05-14-ten --company Baidu --attribution official",
    "a dispute": "disputed cn-2026-08-18-lots --attribution official",
    "orders": "orders-reported --company all --chip all --min 5",
}
REGISTERED: dict[str, str] = {
    "a company that moves": "company-registered --company alibaba --jurisdiction SG",
    "a new company": "company-registered --company acme --name Acme --jurisdiction CN --parent huawei",
    "a chip": "chip-registered --chip b30a --controlled-by none --attribute tpp=9",
    "a group": "group-defined --group us-entity-listed --kind company --member Tencent",
    "an authority": "authority-registered --authority gacc --jurisdiction US --direction export",
}


@cache
def shipped_states(demo: Where) -> dict[tuple[str, str], Any]:
    """What each ledger tells before anything is recorded into it."""
    return states(demo)


@pytest.mark.parametrize("what", [*CHANGING, *REGISTERED])
def test_the_cells_that_a_dry_run_names_are_those_that_change(what: str, demo: Where, ledger: Where) -> None:
    """Before, dry run, record, after: `state` tells of the same cells, with the same answers."""
    words = shlex.split({**CHANGING, **REGISTERED}[what]) + list(REPORT if what in CHANGING else ())
    before = shipped_states(demo)

    (told,) = json.loads(say(ledger, "record", *words, "--dry-run", "--json"))
    recorded(ledger, *words, "--anyway")
    after = states(ledger)

    changed = {cell: (answer(before.get(cell)), answer(after[cell])) for cell in after}
    assert {(cell["company"], cell["chip"]): (cell["before"], cell["after"]) for cell in told["cells"]} == {
        cell: answers for cell, answers in changed.items() if answers[0] != answers[1]
    }
    assert bool(told["cells"]) is (what != "orders")


def answer(cell: dict[str, Any] | None) -> dict[str, Any] | None:
    """What `record --dry-run` tells of a cell, from what `state` does."""
    if cell is None:
        return None
    gates = {gate["gate"]: gate["possible"] for gate in cell["gates"]}
    return {**{key: cell[key] for key in ("status", "possible", "limited_by", "conditions")}, "gates": gates}


def test_what_was_recorded_and_what_it_changed_is_told_in_short(ledger: Where) -> None:
    text = say(ledger, "record", "prohibited", "--authority", "bis", "--company", "in:CN", "--chip", "H20", *REPORT)

    first, second, *rest = text.splitlines()
    assert first.startswith("recorded ")
    assert first.endswith(f" at position {SHIPPED + 1}: bis prohibits h20 for in:CN")
    assert second.endswith(" cells changed:")
    assert rest
    assert all(" × h20" in line or "as before" in line for line in rest)


def test_a_likely_duplicate_is_refused_with_the_way_out_and_recorded_anyway(ledger: Where) -> None:
    """14 January: Reuters says that customs stop H200. 15 January: Caixin says so of Tencent."""
    refused = ask(ledger, "record", *blocks_tencent())

    assert refused.exit_code == 1
    assert "Error: this looks like 2 events recorded already:\n  cn-2026-01-14-customs (" in refused.stderr
    assert "), from 2026-01-12/2026-01-14: Reuters, 2026-01-14 (anonymous sources, 3)\n" in refused.stderr
    assert position(ledger) == SHIPPED

    assert content(recorded(ledger, *blocks_tencent("--anyway")))["companies"] == ["tencent"]
    assert position(ledger) == SHIPPED + 1


def test_the_way_out_of_a_likely_duplicate_can_be_run_as_it_stands(ledger: Where) -> None:
    refused = ask(ledger, "record", *blocks_tencent("--title", "It's 'so'", "--sources", "2"))

    (line,) = [line for line in refused.stderr.splitlines() if line.startswith("  policytracker --ledger ")]
    program, *words = shlex.split(line)
    result = run(ledger, *words[2:], "--json")

    assert (program, words[:2]) == ("policytracker", ["--ledger", str(ledger)])
    (event,) = json.loads(result.stdout)
    assert content(event) == {
        "type": "corroborated",
        "target": id_of(ledger, "cn-2026-01-14-customs"),
        "report": {"publisher": "Caixin", "published": "2026-01-15", "title": "It's 'so'", "sources": 2},
    }


def test_a_dry_run_points_out_a_likely_duplicate_and_does_not_fail(ledger: Where) -> None:
    result = ask(ledger, "record", *blocks_tencent("--dry-run"))

    assert result.exit_code == 0
    assert "note: this looks like 2 events recorded already:" in result.stderr


def test_the_same_word_about_the_same_event_twice_is_pointed_out(ledger: Where) -> None:
    recorded(ledger, "disputed", "cn-2026-01-14-customs", *REPORT)

    again = ask(ledger, "record", "disputed", "cn-2026-01-14-customs", *REPORT, "--title", "Denied")

    assert again.exit_code == 1
    assert "if it is the same report, nothing is left to do\nif it tells something else" in again.stderr


@pytest.mark.parametrize(
    ("typed", "code", "events"), [("y\n", 0, SHIPPED + 1), ("n\n", 1, SHIPPED), ("\n", 1, SHIPPED)]
)
def test_in_a_terminal_a_likely_duplicate_is_asked_about(typed: str, code: int, events: int, ledger: Where) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command(ledger, "record", *blocks_tencent()), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = drained(ours)

    assert (process.wait(), position(ledger)) == (code, events)
    assert "Record it all the same? [y/N]: " in shown


def drained(terminal: int) -> str:
    """All that a terminal shows until nobody holds its other end."""
    found = b""
    with suppress(OSError):
        while chunk := os.read(terminal, 4096):
            found += chunk
    os.close(terminal)
    return found.decode()


def test_two_processes_that_record_at_once_both_land(ledger: Where) -> None:
    claims = [
        ("cleared", "--authority", "gacc", "--company", name, "--chip", "h20", *REPORT) for name in ("zte", "smic")
    ]
    running = [
        subprocess.Popen(command(ledger, "record", *words, "--anyway"), stdout=subprocess.PIPE) for words in claims
    ]

    assert [process.wait() for process in running] == [0, 0]
    for process in running:
        process.communicate()
    assert position(ledger) == SHIPPED + 2
    found = states(ledger)
    words = [gate["last_word"] for company in ("zte", "smic") for gate in found[company, "h20"]["gates"]]
    assert words[1::2] == ["2026-02-03"] * 2
    assert ask(ledger, "verify").exit_code == 0


def test_the_real_program_records_and_refuses(ledger: Where) -> None:
    done = run(ledger, "record", "lifted", "cn-2026-01-14-customs", *REPORT)
    failed = run(ledger, "record", "lifted", "cn-2026-01-14-customs", "--publisher", "x", "--published", "lately")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("recorded ")
    assert failed.returncode == 1
    assert failed.stderr.startswith("Error: report.published: 'lately' is not a date this ledger knows; write a day")


@pytest.mark.parametrize("hostile", ["\x1b]0;x\x07", "\u202e", "\u200b", "\ue000"])
def test_hostile_text_reaches_no_output_as_it_is(hostile: str, ledger: Where) -> None:
    """In a title, a ref, a name, a path, an argument: whether it is taken or refused."""
    title = ("--title", f"Safe{hostile}", "--cites", f"x{hostile}", "--note", hostile)
    tries = [
        ("record", *blocks_tencent(*title, "--dry-run")),
        ("record", *blocks_tencent(*title)),
        ("record", *blocks_tencent(*title, "--anyway")),
        ("record", *blocks_tencent("--publisher", f"P{hostile}")),
        (
            "record",
            "chip-registered",
            "--chip",
            "x",
            "--name",
            f"x{hostile}",
            "--vendor",
            "y",
            "--controlled-by",
            "none",
        ),
        ("record", "lifted", hostile, *REPORT),
        ("record", f"blocked{hostile}"),
        ("record", "blocked", hostile),
        ("record", "cleared", "--condition", hostile),
        ("record", "corrected", "cn-2026-01-28-batch", "--change", f'conditions={{"{hostile}": "x"}}', "--dry-run"),
        ("import", f"none{hostile}"),
    ]
    for words in tries:
        result = ask(ledger, *words, color=True)
        assert hostile not in result.output, words
        assert isinstance(result.exception, SystemExit | None), words


def test_a_claim_that_can_never_apply_is_recorded_with_a_warning(ledger: Where) -> None:
    result = ask(
        ledger, "record", "blocked", "--authority", "gacc", "--company", "bytedance-sg", "--chip", "h20", *REPORT
    )

    assert result.exit_code == 0
    assert result.stderr == (
        "warning: the claim can never apply at CN/import: none of its companies (bytedance-sg) is in CN;"
        " check its authority and its scope\n"
    )


def test_what_is_recorded_stays_so_when_the_read_models_cannot_follow(
    ledger: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    ask(ledger, "where")  # on a server, the read models of a copied database are those of another copy so far
    monkeypatch.setattr("policytracker.projections.catching_up.catch_up", fail)

    result = ask(ledger, "record", "lifted", "cn-2026-01-14-customs", *REPORT)

    assert result.exit_code == 0
    assert "warning: recorded, but the read models lag behind (disk full); `policytracker rebuild`" in result.stderr
    assert position(ledger) == SHIPPED + 1


@pytest.mark.parametrize(
    ("words", "begun", "expected"),
    [
        (["blocked", "--company"], "bytedance-s", ["bytedance-sg"]),
        (["blocked", "--company"], "hq:S", ["hq:SG"]),
        (["blocked", "--company"], "under:bytedance-s", ["under:bytedance-sg"]),
        (["blocked", "--chip"], "h20", ["h20", "h200", "h200-nvl"]),
        (["blocked", "--authority"], "ca", ["cac"]),
        (["blocked", "--form"], "l", ["letter", "licence"]),
        (
            ["lifted"],
            "cn-2026-01-28-b",
            [ref for ref in REFS if ref.startswith("cn-2026-01-28-b")],
        ),
        (["lifted", "--target"], "us-base", ["us-baseline"]),
        (["group-defined", "--member"], "h2", ["h20", "h200", "h200-nvl"]),
        ([], "con", ["conditions-met", "condition-imposed", "condition-signalled"]),
    ],
)
def test_the_shell_completes_ids_refs_and_choices(
    words: list[str], begun: str, expected: list[str], ledger: Where
) -> None:
    shell = BashComplete(cli, {}, "policytracker", "_POLICYTRACKER_COMPLETE")

    found = shell.get_completions(["--ledger", str(ledger), "record", *words], begun)

    assert sorted(item.value for item in found) == sorted(expected)


def test_an_id_that_has_been_begun_is_completed(ledger: Where) -> None:
    shell = BashComplete(cli, {}, "policytracker", "_POLICYTRACKER_COMPLETE")
    whole = id_of(ledger, "us-baseline")

    (item,) = shell.get_completions(["--ledger", str(ledger), "record", "retracted"], whole[:10])

    assert item.value == whole
    assert str(item.help).startswith("bis clears all")


def test_without_a_ledger_the_shell_completes_nothing(tmp_path: Path) -> None:
    shell = BashComplete(cli, {}, "policytracker", "_POLICYTRACKER_COMPLETE")

    assert shell.get_completions(["--ledger", str(tmp_path / "none"), "record", "blocked", "--company"], "t") == []


def test_help_is_given_without_loading_the_store() -> None:
    code = "import sys; from policytracker.cli.main import cli; cli(sys.argv[1:], standalone_mode=False)"
    check = "; sys.exit('eventsourcing' in sys.modules or 'sqlite_utils' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code + check, "record", "blocked", "--help"], capture_output=True)

    assert done.returncode == 0, done.stderr
