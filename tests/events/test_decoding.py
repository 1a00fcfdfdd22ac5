"""From a line of text to plain values: strict, once, at the border (interchange.md)."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policytracker.events.forms import canonical, plain, read_fields, read_line, read_values
from policytracker.events.limits import LONGEST_LINE, LONGEST_TEXT
from policytracker.events.reading import DEEPEST, LARGEST_NUMBER, clean
from policytracker.events.refusals import Refused
from tests.events.samples import (
    BLOCKED,
    CHIP,
    CLEARED,
    COMPANY,
    LEAST,
    REPORT,
    SHIPPED,
    Fields,
    id_from,
    least,
    read,
    refusal,
)

WAY_OUT = "write one event a line, as an object in braces"
CONTROL = "remove it (line ends and tabs may stand in note and text only)"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "Expecting value at character 1"),
        (b"blocked", "Expecting value at character 1"),
        (b"[1]", "it holds [1]"),
        (b'"text"', "it holds 'text'"),
        (b"null", "it holds None"),
        (b"{'type': 1}", "Expecting property name enclosed in double quotes at character 2"),
        (b'{"type": 1} {"type": 1}', "Extra data at character 13"),
        (b'{"type": 1', "Expecting ',' delimiter at character 11"),
        (b'{"note": "a\x01"}', "Invalid control character at at character 12"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": Infinity}', "Infinity is no number"),
        (b'{"a": -Infinity}', "-Infinity is no number"),
        (b'{"a": 1e400}', "the number '1e400' is out of range"),
        (b'{"a": -1e400}', "the number '-1e400' is out of range"),
        (b'{"a": 1e16}', "the number '1e16' is out of range"),
        (b'{"a": 9007199254740993}', "the number '9007199254740993' is out of range"),
        (b'{"a": -9007199254740993}', "the number '-9007199254740993' is out of range"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "a number in it is too long"),
        (b'\xef\xbb\xbf{"type": 1}', "it begins with a byte order mark"),
        (b'{"a": "\xff"}', "byte 8 is not UTF-8"),
        ('{"type": 1}'.encode("utf-16-be"), "Expecting value at character 1"),
        (b'{"a": "\xed\xa0\x80"}', "byte 8 is not UTF-8"),
    ],
)
def test_a_line_that_is_no_json_object_in_utf8_is_refused(line: bytes, why: str) -> None:
    assert refusal(line) == f"not a JSON object in UTF-8: {why}; {WAY_OUT}"


@pytest.mark.parametrize("levels", [DEEPEST, 300, 900, 100_000])
@pytest.mark.parametrize(("opens", "inside", "closes"), [("[", "", "]"), ('{"a":', "1", "}")])
@pytest.mark.parametrize("note", ["plain", "\\u00e9"])
def test_a_line_nested_too_deeply_is_refused(levels: int, opens: str, inside: str, closes: str, note: str) -> None:
    """At any depth, in arrays and objects, and whether or not its texts need a closer look."""
    value = opens * levels + inside + closes * levels
    line = f'{{"type": "corrected", "target": "one", "note": "{note}", "changes": {{"note": {value}}}}}'

    assert refusal(line.encode()) == f"not a JSON object in UTF-8: it is nested too deeply; {WAY_OUT}"


def test_brackets_in_a_text_are_no_depth() -> None:
    assert read(BLOCKED | {"note": "[" * 100}).note == "[" * 100


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (b'{"type": "blocked", "type": "cleared"}', "type"),
        (b'{"type": "blocked", "report": {"publisher": "a", "publisher": "a"}}', "publisher"),
        (b'{"type": "corrected", "changes": {"note": null, "note": "x"}}', "note"),
        (b'{"\\ud800": 1, "\\ud800": 2}', r"\ud800"),
        ('{"type": "cleared", "conditions": {"\u00e9": "a", "e\u0301": "b"}}'.encode(), "\u00e9"),
    ],
)
def test_a_key_named_twice_is_refused(line: bytes, key: str) -> None:
    """In any object, however the two are spelled."""
    assert f"{key}: this key stands twice in one object; keep one of the two" in refusal(line).split("\n")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"note": "a\ud800"}, "note"),
        ({"note": "\udc00\ud800"}, "note"),
        ({"report": REPORT | {"title": "\udfff"}}, "report.title"),
        ({"companies": ["\ud800"]}, "companies"),
        ({"\ud800": 1}, "a key"),
        ({"conditions": {"\ud800": "x"}}, "conditions"),
    ],
)
def test_half_a_character_is_refused(fields: dict[str, Any], field: str) -> None:
    message = f"{field}: half a character (a lone surrogate) in the text; write the whole character"

    assert refusal(CLEARED | fields) == message


def test_two_halves_make_a_character() -> None:
    line = json.dumps(BLOCKED | {"note": "😀"}).encode()

    assert b"\\ud83d\\ude00" in line
    assert read_line(line).note == "😀"


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9f"])
@pytest.mark.parametrize("as_ascii", [True, False])
def test_a_control_character_is_refused_even_in_a_note(character: str, as_ascii: bool) -> None:
    """Escaped, or, where JSON lets it stand, as it is."""
    if not as_ascii and character < " ":
        return
    line = json.dumps(BLOCKED | {"note": f"a{character}b"}, ensure_ascii=as_ascii).encode()

    assert refusal(line) == f"note: a control character (U+{ord(character):04X}) in the text; {CONTROL}"


@pytest.mark.parametrize("character", ["\n", "\t", "\r"])
def test_line_ends_and_tabs_stand_in_a_note_and_nowhere_else(character: str) -> None:
    text = f"a{character}b"

    assert read(BLOCKED | {"note": text}).note == text
    assert read(least("corrected") | {"changes": {"note": text}}) is not None
    message = f"a control character (U+{ord(character):04X}) in the text; {CONTROL}"
    assert refusal(BLOCKED | {"instrument": text}) == f"instrument: {message}"
    assert refusal(BLOCKED | {"report": REPORT | {"title": text}}) == f"report.title: {message}"
    assert refusal(CLEARED | {"conditions": {"note": text}}) == f"conditions.note: {message}"
    assert refusal(CLEARED | {"conditions": {text: "x"}}) == f"conditions: {message}"
    assert refusal(COMPANY | {"aliases": ["A", text]}) == f"aliases: {message}"
    assert refusal(BLOCKED | {text: "x"}) == f"a key: {message}"


@pytest.mark.parametrize("text", ["bis\n", "\u202ebis", "bi s", "ｂｉｓ"])
def test_no_id_ends_in_a_line_end_or_hides_a_character(text: str) -> None:
    with pytest.raises(Refused, match=r"^authority: (a control character \(U\+000A\)|no id )"):
        read(BLOCKED | {"authority": text})


def test_a_text_is_as_long_as_ten_thousand_characters_and_no_longer() -> None:
    message = "a text of 10,001 characters; keep it within 10,000; link to the rest"

    assert read(BLOCKED | {"note": "x" * LONGEST_TEXT}).note == "x" * 10_000
    assert refusal(BLOCKED | {"note": "x" * (LONGEST_TEXT + 1)}) == f"note: {message}"
    assert refusal(BLOCKED | {"report": REPORT | {"url": "x" * 10_001}}) == f"report.url: {message}"
    assert refusal(BLOCKED | {"x" * 10_001: 1}) == f"a key: {message}"


def test_a_text_counts_as_long_as_it_is_kept() -> None:
    """In NFC: a letter and its accent are one character, and some signs become two."""
    assert read(BLOCKED | {"note": "e\u0301" * 10_000}).note == "\u00e9" * 10_000
    assert refusal(BLOCKED | {"note": "\u0958" * 10_000}).startswith("note: a text of 20,000 characters; ")


def test_text_is_kept_in_nfc_everywhere() -> None:
    decomposed = unicodedata.normalize("NFD", "Économie 가")
    event = read(
        CLEARED | {"note": decomposed, "conditions": {decomposed: decomposed}, "report": REPORT | {"title": decomposed}}
    )

    assert plain(event)["note"] == "Économie 가"
    assert plain(event)["conditions"] == {"Économie 가": "Économie 가"}
    assert plain(event)["report"]["title"] == "Économie 가"


@given(st.text(max_size=40))
@example("\U0002f800")  # a letter that NFC replaces by another
@example("e\u0301")
@example("\ud800")
def test_any_text_is_kept_in_nfc_or_refused(text: str) -> None:
    fields = CLEARED | {"note": text}
    try:
        found = plain(read_line(json.dumps(fields).encode())).get("note")
    except Refused:
        assert any(unicodedata.category(character) in ("Cc", "Cs", "Mn") for character in text)
        return
    assert found == unicodedata.normalize("NFC", text)
    assert read_line(json.dumps(fields, ensure_ascii=False).encode()) == read_line(json.dumps(fields).encode())


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_line_gives_an_event_or_a_refusal(line: bytes) -> None:
    """No other failure, whatever the bytes."""
    with pytest.raises(Refused):
        read_line(line)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data(), st.sampled_from(sorted(BLOCKED | CLEARED | COMPANY | CHIP | SHIPPED)), json_values)
def test_any_value_in_any_field_gives_an_event_or_a_refusal(data: st.DataObject, field: str, value: Any) -> None:
    """What is taken can be kept, read and written again."""
    base = data.draw(st.sampled_from([BLOCKED, CLEARED, COMPANY, CHIP, SHIPPED]))
    line = json.dumps(base | {field: value}).encode()
    try:
        event = read_line(line)
    except Refused as refused:
        assert all(fault.isprintable() for fault in str(refused).split("\n"))
        return
    assert read_line(canonical(event)) == event


def test_a_message_shows_no_character_that_cannot_be_seen() -> None:
    """Neither in the name of a field nor in a value."""
    assert refusal(BLOCKED | {"a\u202eb": 1}).startswith(r"a\u202eb: unknown; blocked has no such field; remove it, ")
    assert refusal(CLEARED | {"conditions": {"\u200b": "\x1f"}}).startswith(r"conditions.\u200b: a control character")
    assert refusal(BLOCKED | {"form": "rule\u202e"}).startswith(
        r"form: no word for it (here: 'rule\u202e'); use one of"
    )


def test_absent_and_null_mean_the_same() -> None:
    nulls = {"note": None, "effective": None, "companies": {"of": ["all"], "count": None, "named": None}}
    report = REPORT | {"grade": None, "title": None}

    event = read(BLOCKED | nulls | {"report": report})

    assert event == read(BLOCKED | {"companies": {"of": ["all"]}})
    assert id_from(BLOCKED | {"effective": None}) == id_from(BLOCKED)


def test_a_required_field_that_is_null_is_missing() -> None:
    message = "missing; every blocked needs it; add it to the event"

    assert refusal(BLOCKED | {"authority": None}) == f"authority: {message}"
    assert refusal(BLOCKED | {"report": REPORT | {"published": None}}) == (
        f"report.published: {message}".replace("blocked", "report")
    )


def test_null_in_the_changes_of_a_correction_is_kept() -> None:
    """It removes the field; within a new value it means absent, as elsewhere."""
    changes = {"until": None, "note": "mended", "report": {"publisher": "R", "published": "2026", "title": None}}

    event = read(least("corrected") | {"changes": changes})

    assert plain(event)["changes"] == {
        "until": None,
        "note": "mended",
        "report": {"publisher": "R", "published": "2026"},
    }


def test_id_and_recorded_are_read_over() -> None:
    """An export, which carries both, says the same as the line that was imported."""
    exported = BLOCKED | {"id": "0" * 64, "recorded": "2026-01-28T06:00:00.000001Z"}

    assert read(exported) == read(BLOCKED)
    assert refusal(BLOCKED | {"Id": 1}).startswith("Id: unknown; blocked has no such field")


@pytest.mark.parametrize("spelling", ["1000", "1000.0", "1e3", "1E+3", "10000e-1", "1000.00"])
def test_a_whole_number_is_the_same_however_it_is_spelled(spelling: str) -> None:
    line = json.dumps(CHIP | {"attributes": {"tpp": 1000}})

    assert id_from(line.replace("1000", spelling)) == id_from(line)


def test_a_broken_number_stays_as_it_is() -> None:
    attributes = {"performance_density": 5.92, "memory": 0.5, "tpp": -0.0}

    assert plain(read(CHIP | {"attributes": attributes}))["attributes"] == {
        "performance_density": 5.92,
        "memory": 0.5,
        "tpp": 0,
    }


def test_a_number_is_as_large_as_every_reader_of_json_can_tell() -> None:
    largest = read(SHIPPED | {"quantity": {"max": LARGEST_NUMBER}})

    assert plain(largest)["quantity"] == {"max": 9_007_199_254_740_992}


@pytest.mark.parametrize("number", [2**53 + 1, 10**30])
def test_a_larger_number_is_refused_in_whatever_line_it_stands(number: int) -> None:
    for fields in (SHIPPED, SHIPPED | {"note": "\u00e9"}):
        with pytest.raises(Refused, match=f"the number '{number}' is out of range"):
            read(fields | {"quantity": {"min": number}})


@pytest.mark.parametrize("note", ["plain", "\u00e9"])
def test_where_within_where_is_refused_at_one_depth_in_whatever_line_it_stands(note: str) -> None:
    """What is taken once can be exported and taken again."""

    def within(levels: int) -> Fields:
        test: Fields = {"where": ["tpp<1"]}
        return test if levels == 0 else test | {"of": [within(levels - 1)]}

    taken = read(BLOCKED | {"chips": [within(6)], "note": note})

    assert json.loads(canonical(taken))["chips"] == [within(6)]
    with pytest.raises(Refused, match="it is nested too deeply"):
        read(BLOCKED | {"chips": [within(7)], "note": note})


def test_null_within_a_list_means_absence_too() -> None:
    where = {"where": ["tpp<1"]}

    assert read(BLOCKED | {"chips": [where | {"of": None}]}) == read(BLOCKED | {"chips": [where]})


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -(2**53) - 1, 10**30])
def test_plain_values_are_held_to_the_same_rules_as_lines(number: float | int) -> None:
    """What the command line gives: numbers, texts and keys."""
    shown = ascii(number)

    with pytest.raises(Refused, match=r"^attributes\.tpp: out of range \(here: .*\); give a number within ±9,007,"):
        read_fields(CHIP | {"attributes": {"tpp": number}})
    with pytest.raises(Refused, match=f"here: {shown.replace('+', '.')}"):
        read_fields(CHIP | {"attributes": {"tpp": number}})


def test_plain_values_are_cleaned_as_lines_are() -> None:
    assert read_fields(CHIP | {"attributes": {"tpp": 1000.0}}) == read(CHIP | {"attributes": {"tpp": 1000}})
    assert clean([True, "e\u0301", 2.5, None], "x") == [True, "\u00e9", 2.5, None]
    with pytest.raises(Refused, match=r"^note: a control character \(U\+0000\) in the text; remove it"):
        read_fields(CHIP | {"note": "\0"})


def nested(levels: int) -> Any:
    return [] if levels == 0 else [nested(levels - 1)]


@pytest.mark.parametrize(
    "event",
    [
        *map(least, LEAST),
        CHIP | {"attributes": {"tpp": 6.5}, "note": "e\u0301\n"},
        BLOCKED | {"note": None, "ref": None},
        BLOCKED | {"note": "\ud800"},
        BLOCKED | {"effective": "20260101"},
        BLOCKED | {"colour": "red"},
        BLOCKED | {"companies": "all"},
        {"type": "blocked"},
        {"type": "seized"},
        BLOCKED | {"companies": nested(DEEPEST - 1)},
        BLOCKED | {"companies": nested(DEEPEST)},
        BLOCKED | {"companies": [f"{'x' * 9_000}{number}" for number in range(40)]},
    ],
)
def test_values_of_no_line_are_read_and_refused_as_a_line_that_says_them(event: Fields) -> None:
    """What the options of ``record`` say does not become text on its way."""
    try:
        by_line = read_line(json.dumps(event).encode())
    except Refused as refused:
        with pytest.raises(Refused) as caught:
            read_values(event)
        assert (type(caught.value), str(caught.value)) == (type(refused), str(refused))
    else:
        assert read_values(event).event == by_line


def test_a_line_longer_than_any_event_is_refused_unread() -> None:
    """The longest one is still looked at."""
    way_out = "write one event a line, and link to what is long"

    assert refusal(b"[" * LONGEST_LINE).startswith("not a JSON object in UTF-8: it is nested too deeply")
    assert refusal(b"[" * (LONGEST_LINE + 1)) == (f"a line of more than 1,000,000 bytes; {way_out}")


def test_an_event_that_fills_more_than_any_should_is_refused() -> None:
    """As it is kept: how it is spelled does not count."""
    many = [f"company-{number:06}" for number in range(20_000)]
    large = BLOCKED | {"companies": many}
    least_bytes = json.dumps(large, separators=(",", ":")).encode()

    assert refusal(least_bytes) == (
        f"an event of {len(least_bytes):,} bytes, and the largest may have 300,000; "
        "name groups in place of their members, and link to what is long"
    )
    aliases = COMPANY | {"aliases": ["x" * 9_000] * 10}
    spelled = json.dumps(aliases).replace("x" * 9_000, "\\u0078" * 9_000)
    assert len(spelled) > 500_000
    assert read_line(spelled.encode()) == read(aliases)


def test_a_key_named_twice_among_very_many_is_found_without_comparing_each_with_each() -> None:
    """Compared with each other, 100,000 keys would take minutes."""
    keys = ",".join(f'"{number}":1' for number in range(90_000))

    assert (
        refusal(f'{{{keys},"89999":1}}'.encode()) == "89999: this key stands twice in one object; keep one of the two"
    )


def test_a_pile_of_marks_on_one_letter_is_refused() -> None:
    """To bring 40,000 of them into order takes seconds. Thirty, the most in a Stream-Safe Text, stay."""
    thirty = "a" + "\u0301\u0316" * 15

    assert read(BLOCKED | {"note": thirty + thirty}).note == unicodedata.normalize("NFC", thirty + thirty)
    assert refusal(BLOCKED | {"note": thirty + "\u0301"}) == (
        "note: more than 30 combining marks on one letter; remove those that no language needs"
    )
    assert refusal(BLOCKED | {"note": "a" + "\u0301" * 20_000 + "\u0316" * 20_000}).startswith("note: more than 30 ")
    assert refusal(BLOCKED | {"\u0301" * 31: 1}).startswith("a key: more than 30 combining marks")
