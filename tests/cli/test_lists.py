"""``companies``, ``chips`` and ``authorities`` at the door: the registry of a day."""

from pathlib import Path

import pytest

from policytracker.ledger.where import Where
from tests.cli.made_up import made_up
from tests.cli.test_names import company
from tests.demo import ask, rows


def test_companies_tell_by_what_they_are_found_and_who_owns_them(demo: Where) -> None:
    (found,) = rows(demo, "companies", "kunlunxin")
    assert (found["company"], found["name"], found["jurisdiction"]) == ("kunlunxin", "Kunlunxin", "CN")
    assert (found["parent"], found["names"]) == ("baidu", {"zh": "昆仑芯"})
    told = ask(demo, "companies", "腾讯").stdout.splitlines()
    assert told[3].startswith("held on ")
    assert told[2].startswith("tencent  Tencent Holdings 腾讯  CN ")
    assert "Tencent, 騰訊, ticker 0700.HK, ticker-2 TCEHY" in told[2]


def test_chips_tell_who_controls_them_and_what_rules_test(demo: Where) -> None:
    found = {each["chip"]: each for each in rows(demo, "chips", "--at", "2026-01-28")}
    h200 = found["h200"]
    assert (h200["vendor"], h200["controlled_by"], h200["is_launched"]) == ("Nvidia", ["US"], True)
    assert h200["attributes"]["memory"] == 141
    assert (found["ascend-910b"]["origin"], found["ascend-910b"]["controlled_by"]) == ("CN", [])
    assert not found["rtx-pro-5500"]["is_launched"]
    (line,) = (line for line in ask(demo, "chips", "gaudi-2-hl225b").stdout.splitlines() if "HL-225B" in line)
    assert "tpp 6,920 to 7,200" in line


def test_authorities_tell_their_gate_and_their_last_word(demo: Where) -> None:
    day = ("--at", "2026-01-28", "--known", "2026-01-28")
    found = {each["authority"]: each for each in rows(demo, "authorities", *day)}
    assert (found["gacc"]["jurisdiction"], found["gacc"]["direction"]) == ("CN", "import")
    assert found["gacc"]["timezone"] == "Asia/Shanghai"
    assert found["bis"]["in_force"] == sum(each["authority"] == "bis" for each in rows(demo, "claims", *day))
    assert found["bis"]["in_force"] <= found["bis"]["claims"]
    assert found["samr"]["claims"] == 0
    assert found["samr"]["last_report"] is None


@pytest.mark.parametrize(("day", "parent"), [("2024-12-31", None), ("2025-01-01", "acme")])
def test_the_registration_of_the_day_is_listed(tmp_path: Path, day: str, parent: str | None) -> None:
    """Gamma was bought at the start of 2025."""
    ledger = made_up(tmp_path, company("Gamma"), company("Gamma AI", parent="acme", effective="2025-01-01"))
    (found,) = rows(ledger, "companies", "gamma", "--at", day)
    assert found.get("parent") == parent
    told = ask(ledger, "companies", "gamma", "--at", day).stdout.splitlines()[2]
    assert ("acme" in told) == (parent is not None)
    assert "no report" in told


def test_owners_are_told_with_their_shares(tmp_path: Path) -> None:
    """A parent that is among them is told once."""
    owners = [{"company": "acme", "share": 55}, {"company": "bolt", "share": 12.5}]
    ledger = made_up(tmp_path, company("Gamma", parent="acme", owners=owners))
    assert "  55 % acme, 12.5 % bolt  " in ask(ledger, "companies", "gamma").stdout


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    """Kappa is Delta from 2025 on. Epsilon was registered misspelt at first. The chip N20 is N20D from 2026 on."""
    chip = {"type": "chip-registered", "chip": "n20", "name": "N20", "vendor": "Nova", "controlled_by": ["US"]}
    return made_up(
        tmp_path,
        *(company("Kappa", aliases=["KP"]), company("Delta", aliases=None, effective="2025-01-01")),
        *(company(name, company="zeta") for name in ("Epsilno", "Epsilon")),
        *(chip, {**chip, "name": "N20D", "effective": "2026-01-01"}),
    )


@pytest.mark.parametrize(
    ("list_", "text", "day", "name", "former"),
    [
        ("companies", "kap", "2025-06-01", "Delta", ["Kappa", "KP"]),
        ("companies", "kp", "2025-06-01", "Delta", ["Kappa", "KP"]),
        ("companies", "delta", "2025-06-01", "Delta", ["Kappa", "KP"]),
        ("companies", "delta", "2024-06-01", "Kappa", []),
        ("companies", "epsilno", "2025-06-01", "Epsilon", []),
        ("chips", "n20", "2026-06-01", "N20D", ["N20"]),
    ],
)
def test_a_former_name_finds_its_subject_in_a_list_and_is_told(
    renamed: Path, list_: str, text: str, day: str, name: str, former: list[str]
) -> None:
    (found,) = rows(renamed, list_, text, "--at", day)

    assert (found["name"], found["former_names"]) == (name, former)
    told = ask(renamed, list_, text, "--at", day).stdout.splitlines()[2]
    assert ", ".join(f"formerly {each}" for each in former) in told
    assert ("formerly" in told) == bool(former)


def test_a_former_name_answers_a_question_and_mistyped_it_is_offered(renamed: Path) -> None:
    assert [each["company"] for each in rows(renamed, "state", "KAPPA", "n20")] == ["gamma"]
    assert [each["name"] for each in rows(renamed, "search", "kappa")] == ["Kappa", "Delta"]
    assert ask(renamed, "state", "kapa", "n20").stderr.endswith("did you mean gamma?\n")


def test_a_text_that_nobody_is_called_by_lists_nobody(demo: Where) -> None:
    assert rows(demo, "companies", "no such name") == []
    assert ask(demo, "chips", "no such name").exit_code == 0
