"""The ledger's events one by one: in order, as a person searches them, and one with all that is said about it."""

from typing import Any

import pytest

from policytracker.events.dates import moment
from policytracker.ledger.errors import AmbiguousEvent, NoSuchEvent
from policytracker.projections.log import Logged
from policytracker.questions.corrections import LoggedCorrections
from policytracker.questions.log import as_object, log, search
from policytracker.questions.reader import Reader
from policytracker.questions.show import NotRecordedYet, details, show
from policytracker.status.entries import Fields
from tests.questions.recorded import CLOCK, recorded

BATCH = "cn-2026-01-28-batch"
COMPANIES: list[dict[str, Any]] = [
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN", "names": {"zh": "顶点"}},
    {"type": "company-registered", "company": "acme-cloud", "name": "Cirrus", "jurisdiction": "CN", "parent": "acme"},
]
CHIP: dict[str, Any] = {
    "type": "chip-registered",
    "chip": "h20",
    "name": "H20",
    "vendor": "Nvidia",
    "controlled_by": ["US"],
}


def order(*companies: str, ref: str) -> dict[str, Any]:
    report = {"publisher": "FT", "published": "2026-01-01"}
    body = {"companies": list(companies), "chips": ["h20"], "quantity": {"min": 1}, "report": report}
    return {"type": "orders-reported", "ref": ref, **body}


def refs(found: list[Logged]) -> list[str | None]:
    return [event.fields.get("ref") for event in found]


def test_the_newest_events_come_last(reader: Reader) -> None:
    """The last two of the shipped history."""
    found = log(reader, limit=2)
    assert found == log(reader)[-2:]
    assert found[1].position == found[0].position + 1 == len(log(reader))


def test_a_type_and_a_position_leave_those_after_it_of_that_type(reader: Reader) -> None:
    """Of the last two orders, the second; after that none."""
    orders = log(reader, event_type="orders-reported")
    assert len(orders) >= 2
    assert {event.fields["type"] for event in orders} == {"orders-reported"}
    assert log(reader, since=orders[-2].position, event_type="orders-reported") == orders[-1:]
    assert log(reader, since=orders[-1].position, event_type="orders-reported") == []


def test_an_event_is_told_with_its_place_in_the_ledger() -> None:
    """Recorded by the tester on 15 January 2027, at position 1."""
    with recorded([CHIP]) as reader:
        (found,) = map(as_object, log(reader))
    event = dict(found)
    assert str(event.pop("id")).isalnum()
    assert event == {**CHIP, "recorded": "2027-01-15T08:00:00.000000Z", "position": 1, "recorder": "tester"}


def test_an_earlier_ledger_does_not_have_what_was_recorded_later() -> None:
    """A chip; a microsecond later two companies."""
    with recorded([CHIP], COMPANIES) as reader:
        assert [event.fields["type"] for event in log(reader, CLOCK)] == ["chip-registered"]
        assert len(log(reader, CLOCK + 1)) == 3
        assert search(reader, "acme", CLOCK) == []


@pytest.mark.parametrize("text", ["91 FR 1684", "91 fr 1684", "９１ FR １６８４"])
def test_a_text_is_found_in_any_field_without_case(reader: Reader, text: str) -> None:
    """The citation of the rule of January 2026, in full-width digits too."""
    assert refs(search(reader, text)) == ["us-2026-01-13-rule"]


def test_a_chinese_name_finds_the_events_that_write_the_id() -> None:
    """顶点 is Acme: its registration, its order and that of those under it; not the order of Acme's cloud."""
    orders = [order("acme", ref="own"), order("under:acme", ref="under"), order("acme-cloud", ref="cloud")]
    with recorded([*COMPANIES, CHIP, *orders]) as reader:
        found = search(reader, "顶点")
        assert refs(found)[-2:] == ["own", "under"]
        assert [event.fields.get("company") for event in found][:2] == ["acme", "acme-cloud"]
        assert refs(search(reader, "Cirrus"))[-1:] == ["cloud"]


def test_a_chinese_name_finds_the_shipped_batch(reader: Reader) -> None:
    """腾讯 stands in none of these lines."""
    assert f"{BATCH}-named" in refs(search(reader, "腾讯"))


def test_a_text_that_is_nowhere_finds_nothing(reader: Reader) -> None:
    """Not even a percent sign is special."""
    assert search(reader, "100% no such text") == []
    assert search(reader, "%") == [event for event in log(reader) if "%" in str(event.fields)]


def test_an_event_is_shown_with_all_that_is_said_about_it(reader: Reader) -> None:
    """The batch, who its firms are, and the version that firmed the number up."""
    found = show(reader, None, None, BATCH)
    refs = [(each.event.fields["ref"], each.depth) for each in found]
    assert refs[0] == (BATCH, 0)
    assert {(f"{BATCH}-named", 1), (f"{BATCH}-firmed", 1)} <= set(refs)
    told: Fields = found[0].as_object()
    assert (told["known"], told["counts"], told["retracted"]) == (True, "certainly", False)
    assert told["quantity"]["min"] == 200_000
    assert told["corrected"]["quantity"]["min"] == 400_001
    assert found[0].fields["quantity"]["min"] == 400_001


def test_how_an_event_stands_says_on_whose_word_and_no_more() -> None:
    """Two agencies on anonymous sources; a rumour that is denied; a corrected date that nobody should take."""
    anonymous = {"attribution": "anonymous"}
    first = order("acme", ref="own")
    first["report"] = first["report"] | anonymous
    again: dict[str, Any] = {"type": "corroborated", "ref": "again", "target": "own"}
    again["report"] = {"publisher": "Reuters", "published": "2026-01-02", **anonymous}
    weak = {"type": "corrected", "ref": "weak", "target": "own", "changes": {"effective": "2026-01-03"}}
    weak["report"] = {"publisher": "Blog", "published": "2026-01-03", "grade": "E5"}
    rumour = order("acme", ref="rumour")
    denial = {"type": "disputed", "ref": "denial", "target": "rumour"}
    with recorded([*COMPANIES, CHIP, first, again, weak, rumour, denial]) as reader:
        own, _, mending = show(reader, None, None, "own")
        denied, _ = show(reader, None, None, "rumour")
    assert own.in_words() == ("known since 2026-01-01; on the word of anonymous sources, two origins: FT, Reuters")
    assert mending.in_words() == (
        "known since 2026-01-03; graded E5: unreliable, improbable: Blog; "
        "heard, not counted: every report of it is graded unreliable or improbable"
    )
    assert denied.in_words() == (
        "known since 2026-01-01; not attributed, one origin: FT; heard, not counted: disputed; "
        "nobody says on whose word the report rests, and no two origins say it"
    )


def test_a_correction_tells_the_old_and_the_new_value_and_its_own_report() -> None:
    """A date, moved twice; a report that was mistyped in the ledger is cited as it stands."""
    first = order("acme", ref="own") | {"effective": "2019-02-12"}
    moved = {"type": "corrected", "ref": "moved", "target": "own", "changes": {"effective": "2019-12-02"}}
    moved["report"] = {"publisher": "BIS", "published": "2026-01-02", "attribution": "official"}
    again = {"type": "corrected", "ref": "again", "target": "own", "changes": {"effective": None}}
    mended: dict[str, Any] = {"type": "corrected", "ref": "mended", "target": "own"}
    mended["changes"] = {"report": {"publisher": "Financial Times", "published": "2026-01-01"}}
    with recorded([*COMPANIES, CHIP, first, moved, again, mended]) as reader:
        own, *corrections = show(reader, None, None, "own")
        early, *_ = show(reader, moment("2026-01-01"), None, "own")
        was = LoggedCorrections(reader)
        logged = [was.before(event) for event in log(reader, event_type="corrected")]
    assert [each.as_object()["changes_in_words"] for each in (own, *corrections)] == [
        [],
        ["effective: 2019-02-12 → 2019-12-02"],
        ["effective: 2019-12-02 → none"],
        ["report.publisher: FT → Financial Times"],
    ]
    assert [(each.by.entry.fields["ref"], each.field, each.text) for each in own.changes()] == [
        ("moved", "effective", "2019-02-12 → 2019-12-02"),
        ("again", "effective", "2019-12-02 → none"),
        ("mended", "report.publisher", "FT → Financial Times"),
    ]
    assert own.fields["report"]["publisher"] == early.fields["report"]["publisher"] == "Financial Times"
    assert corrections[0].summary() == "corrects own: effective: 2019-02-12 → 2019-12-02"
    assert [before["effective"] if before else None for before in logged[:2]] == ["2019-02-12", "2019-12-02"]


def test_what_was_not_known_yet_is_shown_as_such(reader: Reader) -> None:
    """28 January, noon: the second version is of that day, so it is known at the end of it."""
    batch, *about = show(reader, moment("2026-01-28T12:00Z"), None, BATCH)
    (firmed,) = [each for each in about if each.event.fields["ref"] == f"{BATCH}-firmed"]
    assert batch.as_object()["corrected"] == {}
    assert (firmed.as_object()["known"], firmed.in_words()) == (False, "not known yet")


def test_what_is_said_about_what_is_said_is_deeper_in_the_tree() -> None:
    """An order; doubted; the doubt withdrawn: the order is certain again. A correction removes its note."""
    doubted = {"type": "disputed", "ref": "doubt", "target": "own"}
    withdrawn = {"type": "retracted", "ref": "withdrawn", "target": "doubt"}
    mended = {"type": "corrected", "ref": "mended", "target": "own", "changes": {"note": None}}
    first = {**order("acme", ref="own"), "note": "perhaps"}
    with recorded([*COMPANIES, CHIP, first, doubted, mended, withdrawn]) as reader:
        found = show(reader, None, None, "own")
    assert [(each.event.fields["ref"], each.depth) for each in found] == [
        ("own", 0),
        ("doubt", 1),
        ("withdrawn", 2),
        ("mended", 1),
    ]
    own, doubt, *_ = found
    assert own.corrected() == {"note": None}
    assert doubt.as_object()["retracted"]
    assert doubt.in_words() == "known at every date; no report: the ledger mends itself; retracted"


def test_a_prefix_of_an_id_is_enough(reader: Reader) -> None:
    """As long as one id only begins so."""
    batch = show(reader, None, None, BATCH)[0]
    assert show(reader, None, None, batch.event.id[:12])[0] == batch


def test_an_event_that_is_not_there_or_could_be_several_is_refused(reader: Reader) -> None:
    """Each message says what to do."""
    with pytest.raises(NoSuchEvent, match=r"no event 'nope' in the ledger; `policytracker log` lists ids and refs"):
        show(reader, None, None, "nope")
    with pytest.raises(AmbiguousEvent, match=r"'a' is ambiguous: a.*give more of the id"):
        show(reader, None, None, "a")


def test_an_event_that_was_recorded_later_is_refused() -> None:
    """Recorded a microsecond after the instant asked for."""
    with recorded([CHIP], [{**COMPANIES[0], "ref": "late"}]) as reader:
        with pytest.raises(NotRecordedYet, match=r"'late' was recorded at 2027-01-15T08:00:00.000001Z; give a later"):
            show(reader, None, CLOCK, "late")
        assert show(reader, None, CLOCK + 1, "late")[0].in_words().startswith("a registration")


def test_every_field_is_told_in_words(reader: Reader) -> None:
    """Of every event of the shipped history; the batch as first reported."""
    for event in log(reader):
        labels = {name.replace(" ", "_") for name, _ in details(event.fields)}
        missing = set(event.fields) - labels - {"type", "ref", "target"}
        assert missing <= {"conditions"} if "condition" in labels else not missing
    (batch, *_) = show(reader, None, None, BATCH)
    told = dict(details(batch.event.fields))
    assert told["companies"] == "3 of major-internet"
    assert told["quantity"] == "200,000 to 999,999 (several hundred thousand)"
    assert (told["word"], told["origin"]) == ("anonymous sources, 2", "reuters")


def test_the_end_of_a_claim_is_told_as_the_first_day_without_it() -> None:
    """Every door that shows an ``until`` says so."""
    assert dict(details({"type": "blocked", "until": "2026-03-31"}))["until"] == "2026-03-31 (the first day without it)"
