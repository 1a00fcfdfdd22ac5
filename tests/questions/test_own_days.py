"""What a dry run tells beside today: the events' own days, the days over which statuses differ, amounts."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import FIRST_DAY, iso, span
from policytracker.questions import own_days
from policytracker.questions.dry_run import Assumed, changes, reached
from policytracker.questions.effect_answers import Effects
from policytracker.questions.own_days import changed_intervals, effects
from policytracker.questions.quantities import quantities
from policytracker.questions.reader import Clocks
from policytracker.status.entries import Entry
from policytracker.testing import strategies
from tests.projections.test_read_models import ANY_LEDGER, DAY
from tests.questions.recorded import TODAY, recorded
from tests.questions.test_dry_run import Ledger, answers, supposing
from tests.questions.test_quantities import REGISTRY, about, ordered
from tests.test_core_is_the_contract import view_of

WINDOW = [span(day).first for day in strategies.WINDOW]


@given(data=st.data(), ledger=ANY_LEDGER)
def test_the_days_over_which_a_status_differs_are_those_on_which_it_does(data: st.DataObject, ledger: Ledger) -> None:
    """Day by day, before and after, by the plain reading of all claims; no cell and no day is left out."""
    there = data.draw(st.integers(0, len(ledger) - 1) | st.just(len(ledger) - 1))
    days = [*range(min(WINDOW) - 3, max(WINDOW) + 4)]
    with supposing(ledger[:there], ledger[there:]) as (reader, entries):
        more = entries[there:]
        before, after = Assumed(reader, ()), Assumed(reader, more)
        cells = reached(before.world(DAY), after.world(DAY), more)
        told = changed_intervals(before, after, cells, DAY)

    assert told is not None
    over = {
        (each["company"], each["chip"], day): (each["before"] and each["before"]["status"], each["after"]["status"])
        for each in told
        for day in days
        if (each["from"] or iso(FIRST_DAY)) <= iso(day) < (each["to"] or "9999-12-31")
    }
    for day in days:
        old = answers(view_of(entries[:there], day), day)
        for pair, now in answers(view_of(entries, day), day).items():
            was = old.get(pair)
            found = over.get((*pair, day))
            differs = was is None or was["possible"] != now["possible"]
            assert found == ((was and was["status"], now["status"]) if differs else None)


@given(data=st.data(), ledger=ANY_LEDGER)
def test_neighbouring_intervals_of_a_cell_differ(data: st.DataObject, ledger: Ledger) -> None:
    there = data.draw(st.integers(0, len(ledger) - 1))
    with supposing(ledger[:there], ledger[there:]) as (reader, entries):
        more = entries[there:]
        before, after = Assumed(reader, ()), Assumed(reader, more)
        told = changed_intervals(before, after, reached(before.world(DAY), after.world(DAY), more), DAY)

    for one, other in pairwise(told or ()):
        if (one["company"], one["chip"], one["to"]) == (other["company"], other["chip"], other["from"]):
            assert (one["before"], one["after"]) != (other["before"], other["after"])


def tried(there: Ledger, *more: dict[str, Any]) -> Effects:
    """What events would change, on the 15th of January 2027."""
    with recorded(REGISTRY, there) as reader:
        first = reader.head.position + 1
        entries = [
            Entry(first + place, each.get("ref", str(place)), 0, _aimed(reader, each))
            for place, each in enumerate(more)
        ]
        return effects(reader, Assumed(reader, ()), Assumed(reader, entries), entries, TODAY)


def _aimed(reader: Any, event: dict[str, Any]) -> dict[str, Any]:
    return {**event, "target": reader.event_id(event["target"])} if "target" in event else event


BLOCK = {
    "type": "blocked",
    "ref": "block",
    "authority": "gacc",
    "companies": ["acme"],
    "chips": ["h200"],
    "effective": "2026-03-02",
    "until": "2026-03-09",
    "report": {"publisher": "Caixin", "published": "2026-03-01", "attribution": "official"},
}


def test_a_week_that_is_over_changes_nothing_today_and_is_told_by_its_own_days() -> None:
    """Customs block for a week of March 2026; today is January 2027."""
    found = tried([], BLOCK)

    assert [(each["day"], len(each["cells"])) for each in found["days"]] == [("2026-03-02", 1), ("2026-03-09", 0)]
    assert found["intervals"] is not None
    (week,) = found["intervals"]
    assert (week["from"], week["to"]) == ("2026-03-02", "2026-03-09")
    assert week["before"] is not None
    assert (week["before"]["status"], week["after"]["status"]) == ("unknown", "uncertain")


def test_a_correction_tells_of_the_old_day_and_of_the_new_one() -> None:
    change = {"type": "corrected", "ref": "mend", "target": "block", "changes": {"effective": "2026-03-05"}}

    found = tried([BLOCK], change)

    assert [each["day"] for each in found["days"]] == ["2026-03-02", "2026-03-05", "2026-03-09"]
    assert found["intervals"] is not None
    assert [(each["from"], each["to"]) for each in found["intervals"]] == [("2026-03-02", "2026-03-05")]


def test_a_condition_is_told_on_its_own_day() -> None:
    """It caps what permissions give; what binds is told with the cells of the day."""
    cleared = {**BLOCK, "type": "cleared", "ref": "open", "effective": "2026-01-01", "until": None}
    terms = {**BLOCK, "type": "condition-imposed", "ref": "terms", "conditions": {"quota": "buy at home too"}}

    found = tried([cleared], terms)

    (cell,) = found["days"][0]["cells"]
    assert [each["key"] for each in cell["after"]["conditions"]] == ["quota"]


def test_an_amount_that_a_total_replaces_is_told_before_and_after() -> None:
    first = ordered("2026-01-05", ref="first", quantity={"min": 10})
    found = tried([first], ordered("2026-03-01", ref="second", quantity={"max": 20}))

    (amount,) = found["amounts"]
    assert amount["before"] == {"min": 10, "max": None, "certain": True}
    assert amount["after"] == {"min": None, "max": 20, "certain": True}


def test_amounts_after_a_dry_run_are_those_that_are_recorded_then() -> None:
    """Each kind of event: an addition, a correction, a dispute, a retraction."""
    first = ordered("2026-01-05", ref="first", quantity={"min": 10, "max": 12})
    others = (
        ordered("2026-02-01", ref="more", basis="added", quantity={"min": 3, "max": 4}),
        {"type": "corrected", "ref": "mend", "target": "first", "changes": {"quantity": {"min": 11}}},
        about("disputed", "first", "2026-03-01", ref="no"),
        {"type": "retracted", "ref": "gone", "target": "first"},
    )
    for event in others:
        (told,) = tried([first], event)["amounts"]
        with recorded(REGISTRY, [first], [event]) as reader:
            rows = quantities(reader, Clocks(TODAY), "h200")
        now = rows[0] if rows else None
        assert told["after"] == (now and {"min": now["min"], "max": now["max"], "certain": now["certain"]})


def test_what_is_left_of_an_approval_is_told_where_something_was_shipped() -> None:
    report = {"publisher": "Caixin", "published": "2026-02-01", "attribution": "official"}
    scope = {"companies": ["acme"], "chips": ["h200"], "report": report}
    batch = {
        **scope,
        "type": "batch-approved",
        "ref": "batch",
        "authority": "gacc",
        "quantity": {"min": 100, "max": 100},
    }
    sent = {**scope, "type": "shipped", "ref": "sent", "quantity": {"min": 30, "max": 40}}

    (rest,) = tried([batch], sent)["rests"]

    assert rest["ref"] == "batch"
    assert (rest["before"]["min"], rest["before"]["max"]) == (100, 100)
    assert (rest["after"]["min"], rest["after"]["max"]) == (60, 70)


def test_very_many_kinds_of_cells_are_not_gone_along(monkeypatch: Any) -> None:
    monkeypatch.setattr(own_days, "MOST_ALIKE", 0)

    assert tried([], BLOCK)["intervals"] is None


def test_the_cells_of_a_day_are_those_that_would_change_if_it_were_today() -> None:
    with recorded(REGISTRY, []) as reader:
        entry = Entry(reader.head.position + 1, "block", 0, BLOCK)
        before, after = Assumed(reader, ()), Assumed(reader, [entry])
        found = effects(reader, before, after, [entry], TODAY)
        day = span("2026-03-02").first
        assert found["days"][0]["cells"] == list(changes(before.world(day), after.world(day), [entry], day))


def test_of_very_many_days_the_last_ones_are_told_and_the_others_counted(monkeypatch: Any) -> None:
    monkeypatch.setattr(own_days, "MOST_DAYS", 1)
    blocks = [
        {**BLOCK, "ref": f"block-{day}", "effective": f"2026-03-{day:02}", "until": "2026-04-01"} for day in (2, 3, 4)
    ]

    found = tried([], *blocks)

    assert [each["day"] for each in found["days"]] == ["2026-04-01"]
    assert found["earlier_days"] == 3
