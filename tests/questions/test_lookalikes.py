"""Names that could be taken for another's: each is warned of, with the one it resembles."""

from typing import Any

import pytest

from policytracker.ledger.lines import Line
from policytracker.projections.reading import all_entries
from policytracker.questions.confusables import looks, skeleton
from policytracker.questions.history import shipped_lines
from policytracker.questions.lookalikes import lookalikes
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry
from tests.questions.recorded import TODAY, recorded_lines


def company(name: str, company: str = "other", **more: Any) -> dict[str, Any]:
    return {"type": "company-registered", "company": company, "name": name, "jurisdiction": "CN", **more}


def chip(name: str, chip: str) -> dict[str, Any]:
    return {"type": "chip-registered", "chip": chip, "name": name, "vendor": "x", "controlled_by": []}


def warned(known: list[dict[str, Any]], *new: dict[str, Any]) -> list[str]:
    """What is said of new registrations, in their order."""
    entries = [Entry(place, str(place), 0, fields) for place, fields in enumerate([*known, *new])]
    found = lookalikes(Directory(entries, TODAY), entries[len(known) :])
    return [warning for warnings in found.values() for warning in warnings]


TENCENT = company("Tencent", "tencent", names={"zh": "腾讯"}, aliases=["WeChat"])
CHECK = "check that the one is not taken for the other"


@pytest.mark.parametrize(
    ("name", "strange"),
    [
        ("T\u0435ncent", "CYRILLIC SMALL LETTER IE (U+0435)"),
        ("\u0422encent", "CYRILLIC CAPITAL LETTER TE (U+0422)"),
        ("T\u0454ncent", None),
        ("\uff34encent", "FULLWIDTH LATIN CAPITAL LETTER T (U+FF34)"),
        ("\U0001d413encent", "MATHEMATICAL BOLD CAPITAL T (U+1D413)"),
        (
            "T\u0435n\u0441ent",
            "CYRILLIC SMALL LETTER IE (U+0435) and CYRILLIC SMALL LETTER ES (U+0441)",
        ),
        ("Tencent Cloud", None),
        ("Tencen", None),
    ],
)
def test_letters_of_other_scripts_do_not_hide_whom_a_name_resembles(name: str, strange: str | None) -> None:
    """Only letters that look alike count: a Ukrainian ie does not look like an e."""
    said = f"the company other is called {name!r}, which looks like 'Tencent', the company tencent but for {strange}"

    assert warned([TENCENT], company(name)) == ([f"{said}; {CHECK}"] if strange else [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Intel", "lntel"),
        ("Intel", "1ntel"),
        ("Oppo", "0ppo"),
        ("Samsung", "Sarnsung"),
        ("TENCENT", "\u0442\u0435ncent"),
        ("Bilibili", "BiIibili"),
        ("\u0420\u043e\u0441\u0430\u0442\u043e\u043c", "Poca\u0442om"),
    ],
)
def test_letters_that_look_alike_in_either_case_are_told(one: str, other: str) -> None:
    found = warned([company(one, "first")], company(other))

    assert [f"which looks like {one!r}, the company first" in warning for warning in found] == [True]


@pytest.mark.parametrize(
    ("one", "other"),
    [("SAIL", "SALL"), ("Huawei", "Hauwei"), ("H100", "H200"), ("腾讯", "腾迅"), ("Baidu", "Baidu Inc")],
)
def test_names_that_do_not_look_alike_are_not_warned_of(one: str, other: str) -> None:
    assert warned([company(one, "first")], company(other)) == []


def test_a_name_is_compared_with_ids_aliases_and_names_in_other_languages() -> None:
    assert "looks like 'WeChat'" in warned([TENCENT], company("We\u0421hat"))[0]
    assert "looks like 'tencent'" in warned([TENCENT], company("Other", aliases=["t\u0435ncent"]))[0]
    assert warned([TENCENT], company("Other", names={"zh": "腾讯"})) == [
        "the company other is called '腾讯', and so is the company tencent; ask by id, or rename one"
    ]
    assert (
        "is called 'h2o', which looks like 'h20', the chip h20" in warned([chip("H20", "h20")], chip("Water", "h2o"))[0]
    )


def test_a_group_is_compared_with_companies_and_an_authority_with_neither() -> None:
    """Companies and their groups share one name space; chips and authorities have their own."""
    group = {"type": "group-defined", "group": "giants", "kind": "company", "name": "T\u0435ncent", "members": []}
    authority = {"type": "authority-registered", "authority": "tencent", "name": "Tencent", "jurisdiction": "CN"}

    assert warned([TENCENT], group)[0].startswith(
        "the group giants is called 'T\u0435ncent', which looks like 'Tencent'"
    )
    assert warned([TENCENT], authority) == []
    assert warned([TENCENT], {**group, "kind": "chip"}) == []
    second = {**authority, "authority": "second", "name": "T\u0435ncent"}
    assert "the authority second is called" in warned([authority], second)[0]


def test_of_two_new_ones_the_later_is_warned_of_and_nobody_resembles_itself() -> None:
    fake = company("T\u0435ncent", "fake")

    assert [warning[:16] for warning in warned([], TENCENT, fake)] == ["the company fake"]
    assert warned([TENCENT], company("T\u0435ncent", "tencent"), TENCENT) == []
    assert [warning[:19] for warning in warned([fake, TENCENT], TENCENT)] == ["the company tencent"]


def test_each_other_is_named_once() -> None:
    found = warned([TENCENT], company("T\u0435ncent", aliases=["\u0422encent", "W\u0435Chat"]))

    assert len(found) == 1


def test_characters_that_nobody_sees_are_told_and_do_not_hide_the_resemblance() -> None:
    hidden, alike = warned([TENCENT], company("Ten\u200bcent\u202e"))

    assert hidden == (
        r"the company other is called 'Ten\u200bcent\u202e', with ZERO WIDTH SPACE (U+200B) and RIGHT-TO-LEFT OVERRIDE "
        "(U+202E), which nobody sees; check where it comes from"
    )
    assert r"called 'Ten\u200bcent\u202e', which looks like 'Tencent', the company tencent" in alike


def test_many_strange_characters_are_counted() -> None:
    (found,) = warned([], company("a" + "".join(chr(0x200B + each) for each in range(5)) + "\ue000"))

    assert found.endswith("LEFT-TO-RIGHT MARK (U+200E) and 2 more, which nobody sees; check where it comes from")


def test_the_shipped_history_holds_no_name_that_could_be_taken_for_another() -> None:
    lines: list[Line] = shipped_lines()
    with recorded_lines([line.text.decode() for line in lines]) as reader:
        assert lookalikes(reader.directory, list(all_entries(reader.connection))) == {}
        assert len(reader.directory.companies) > 10


def test_a_skeleton_has_no_confusable_left() -> None:
    """To take it twice changes nothing, whatever the letters."""
    letters = [chr(number) for block in (range(0x20, 0x600), range(0xFF00, 0xFFE0)) for number in block]

    assert [letter for letter in letters if skeleton(skeleton(letter)) != skeleton(letter)] == []
    assert looks("a  b") == looks("a\u00a0b")
