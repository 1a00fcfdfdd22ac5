"""Names at the door: by what a company or chip is found, and what is said of any other name."""

from pathlib import Path
from typing import Any

import pytest

from policytracker.ledger.where import Where
from tests.cli.made_up import made_up
from tests.cli.recording import say
from tests.demo import ask, rows

LEI = "5493001KJTIIGC8Y1R12"


def company(name: str, **fields: Any) -> dict[str, Any]:
    """A registration of Gamma."""
    return {"type": "company-registered", "company": "gamma", "name": name, "jurisdiction": "CN", **fields}


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gamma was called Oldname until 2025; it has names in three languages, a ticker and an LEI."""
    more = {"aliases": ["Gamma Intelligence"], "names": {"zh": "伽马", "de": "Gämma"}}
    numbers = {"identifiers": {"ticker": "1234.HK", "lei": LEI}}
    return made_up(
        tmp_path_factory.mktemp("renamed"),
        company("Oldname", **more, **numbers),
        company("Gamma AI", effective="2025-01-01", **more, **numbers),
    )


@pytest.mark.parametrize(
    "name",
    ["gamma", "Gamma AI", "GAMMA  ai", "oldname", "gamma intelligence", "伽马", "GÄMMA", "1234.hk", LEI, LEI.lower()],
)
@pytest.mark.parametrize("day", ["2024-01-01", "2026-01-01"])
def test_a_company_is_found_by_every_name_and_number_it_has_or_had(renamed: Path, name: str, day: str) -> None:
    """Whatever the day: the registration that counts then decides the answer, and not who is meant."""
    (cell,) = rows(renamed, "state", name, "h20", "--at", day)
    assert cell["company"] == "gamma"


def test_a_number_that_two_companies_give_is_ambiguous(tmp_path: Path) -> None:
    other = {**company("Delta", identifiers={"ticker": "1234.HK"}), "company": "delta"}
    ledger = made_up(tmp_path, company("Gamma", identifiers={"ticker": "1234.HK"}), other)
    answer = ask(ledger, "state", "1234.hk", "h20")
    assert answer.exit_code == 1
    assert "'1234.hk' could mean several: delta, gamma; give the id of the company" in answer.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("state", "Tencent", ""),
        ("state", "", "H200"),
        ("state", " "),
        ("check", "", "h200"),
        ("why", "tencent", " "),
        ("timeline", "", "h200"),
        ("diff", "", "--at", "2026-01-01", "--to-at", "2026-01-31"),
        ("claims", "--company", ""),
        ("conflicts", "--chip", ""),
        ("quantities", ""),
        ("matrix", "--company", ""),
    ],
)
def test_an_empty_name_is_refused(demo: Where, command: tuple[str, ...]) -> None:
    answer = ask(demo, *command)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert " is empty; give an id, a name or an alias" in answer.stderr


@pytest.mark.parametrize(
    ("kind", "name", "nearest"),
    [
        ("company", "Inspur Electronic", ["inspur"]),
        ("company", "group", ["g42", "bytedance", "inspur-group", "lenovo"]),
        ("company", "Tencnt", ["tencent"]),
        ("company", "singapore", ["bytedance-sg"]),
        ("chip", "Nvidia H200", ["h200"]),
        ("chip", "5090", ["rtx-5090d", "rtx-5090d-v2"]),
        ("chip", "ascend", ["ascend-910b", "ascend-910c", "ascend-950pr"]),
        ("chip", "MI30", ["mi308", "mi300a", "mi300x"]),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(demo: Where, kind: str, name: str, nearest: list[str]) -> None:
    """A whole word of the name first, shorter names before longer ones."""
    arguments = (name, "H200") if kind == "company" else ("Tencent", name)
    answer = ask(demo, "state", *arguments)
    assert answer.exit_code == 1
    assert f"no {kind} is called '{name}'; did you mean " in answer.stderr
    told = answer.stderr.partition("did you mean ")[2].rstrip("?\n").split(", ")
    assert told[: len(nearest)] == nearest


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry of 3,490 parties; five are called Huawei something, others have the word as a part of one."""
    firms = ["Huawei Cloud Computing Technology", "Huawei Technologies", "Huawei Device", "Beijing Huawei Digital"]
    parts = [f"Dahuaweiye Trading {number}" for number in range(100)]
    others = [f"Party No. {number} of the List" for number in range(3_490 - 1 - len(firms) - len(parts))]
    names = [*others, *parts, *firms]
    lines = [
        {"type": "company-registered", "company": f"p{number}", "name": name, "jurisdiction": "CN"}
        for number, name in enumerate(names)
    ]
    whole = {"company": "huawei-tech", "name": "Hua Wei", "aliases": ["Huawei Co."], "jurisdiction": "CN"}
    ticker = {"identifiers": {"ticker": "002502.SZ", "lei": "300300AAAAAAAAAAAA12"}}
    return made_up(
        tmp_path_factory.mktemp("long"), *lines, {"type": "company-registered", **whole, **ticker, "ref": "whole"}
    )


def test_on_a_list_of_3490_parties_the_shortest_name_with_the_whole_word_is_offered_first(long_list: Path) -> None:
    answer = ask(long_list, "state", "huawei", "h20")
    assert answer.exit_code == 1
    offered = answer.stderr.partition("did you mean ")[2].rstrip("?\n").split(", ")
    called = [rows(long_list, "companies", each)[0] for each in offered]
    assert called[0]["company"] == "huawei-tech"
    assert [each["name"] for each in called][1:] == [
        "Huawei Device",
        "Huawei Technologies",
        "Beijing Huawei Digital",
        "Huawei Cloud Computing Technology",
    ]


def test_a_number_of_the_list_finds_its_party_and_the_number_without_its_exchange_offers_it(long_list: Path) -> None:
    for number in ("002502.sz", "300300aaaaaaaaaaaa12", "huawei co."):
        assert rows(long_list, "state", number, "h20")[0]["company"] == "huawei-tech"
    assert "did you mean huawei-tech, " in ask(long_list, "state", "002502", "h20").stderr


def test_a_name_like_no_other_is_told_where_all_are_listed(demo: Where) -> None:
    for arguments, kind, command in (
        (("Xyzzyq", "h200"), "company", "companies"),
        (("tencent", "Xyzzyq"), "chip", "chips"),
    ):
        told = ask(demo, "state", *arguments).stderr
        assert told == f"Error: no {kind} is called 'Xyzzyq'; `policytracker {command}` lists every {kind}\n"


def test_in_an_empty_ledger_no_name_is_known(tmp_path: Path) -> None:
    say(tmp_path / "empty.ledger", "init")
    told = ask(tmp_path / "empty.ledger", "state", "tencent", "h200").stderr
    assert "no company is called 'tencent': none is registered" in told
    assert "register it first: `policytracker record`" in told
