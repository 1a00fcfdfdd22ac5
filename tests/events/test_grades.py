"""How far a report is to be trusted (semantics.md §3)."""

from itertools import product

import pytest

from policytracker.events.grades import grade, in_words, is_origin, is_sound, is_weak, origin

CODES = ["".join(pair) for pair in product("ABCDEF", "123456")]


@pytest.mark.parametrize(
    ("attribution", "code"),
    [("official", "A1"), ("on-record", "B2"), ("anonymous", "C3"), ("unattributed", "F6"), (None, "F6")],
)
def test_a_report_without_a_grade_takes_it_from_its_attribution(attribution: str | None, code: str) -> None:
    assert grade({"publisher": "Reuters", "attribution": attribution}) == code


def test_a_report_with_nothing_said_of_its_source_is_f6() -> None:
    assert grade({"publisher": "Reuters"}) == "F6"


def test_a_grade_of_its_own_goes_before_the_attribution() -> None:
    assert grade({"publisher": "Reuters", "attribution": "official", "grade": "E5"}) == "E5"


def test_one_report_is_enough_at_a_b_or_c_and_1_2_or_3() -> None:
    sound = {code for code in CODES if is_sound(code)}

    assert sound == {"A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"}


def test_two_origins_are_enough_from_a_to_d_and_1_to_4() -> None:
    """A rumour (F or 6) and a weak report (E or 5) are none: ten of them are still rumours."""
    origins = {code for code in CODES if is_origin(code)}

    assert origins == {"".join(pair) for pair in product("ABCD", "1234")}


def test_reports_graded_e_or_5_do_not_count() -> None:
    weak = [code for code in CODES if is_weak(code)]

    assert weak == ["A5", "B5", "C5", "D5", "E1", "E2", "E3", "E4", "E5", "E6", "F5"]


@pytest.mark.parametrize(
    ("report", "word"),
    [
        ({"publisher": "Reuters"}, "reuters"),
        ({"publisher": "SCMP", "cites": "REUTERS"}, "reuters"),
        ({"publisher": "Straße"}, "strasse"),
        ({"publisher": "财新"}, "财新"),
    ],
)
def test_an_origin_is_whom_a_report_cites_else_its_publisher_without_case(report: dict[str, str], word: str) -> None:
    assert origin(report) == word


def test_every_code_is_told_in_words() -> None:
    assert in_words("A1") == "A1, completely reliable, confirmed by other sources"
    assert in_words("F6") == "F6, reliability cannot be judged, truth cannot be judged"
    assert len({in_words(code) for code in CODES}) == 36
