"""Which reports give the value of a field, and which give another (semantics.md §8)."""

from typing import Any

from policytracker.events.dates import moment
from policytracker.status.entries import Entry
from policytracker.status.instead import giving, other_values
from policytracker.status.knowledge import Standing, stand

Event = dict[str, Any]


def report(publisher: str, published: str, grade: str = "A1") -> Event:
    """A report; sound unless its grade says otherwise."""
    return {"publisher": publisher, "published": published, "grade": grade}


def about(kind: str, event_id: str, said: Event | None, target: str = "batch", **fields: Any) -> Event:
    """An event about the batch, or about another."""
    return {"type": kind, "id": event_id, "target": target, **({"report": said} if said else {}), **fields}


BATCH: Event = {
    "type": "batch-approved",
    "id": "batch",
    "companies": ["all"],
    "chips": ["all"],
    "authority": "gacc",
} | {
    "quantity": {"min": 10},
    "report": report("Reuters", "2026-01-01"),
}
FEWER = about("corroborated", "fewer", report("FT", "2026-01-02"), instead={"quantity": {"max": 9}, "form": "letter"})
SAME = about("corroborated", "same", report("Caixin", "2026-01-03"))


def batch(*events: Event, known: str | None = None) -> Standing:
    """The batch, with what is said of it."""
    thread = tuple(Entry(place, each["id"], place, each) for place, each in enumerate([BATCH, *events]))
    return stand(thread, None if known is None else moment(known))["batch"]


def givers(event: Standing, field: str = "quantity") -> list[str]:
    """Who gives the event's own value."""
    return [each["publisher"] for each in giving(event, field)]


def others(event: Standing, field: str | None = None) -> list[tuple[str, Any, list[str]]]:
    """The other values, with who gives them."""
    found = other_values(event, field)
    return [(each.field, each.value, [report["publisher"] for report in each.reports]) for each in found]


def test_a_corroboration_gives_the_value_unless_it_gives_another() -> None:
    """One that gives another quantity gives the same conditions."""
    event = batch(FEWER, SAME)
    assert givers(event) == ["Reuters", "Caixin"]
    assert givers(event, "conditions") == ["Reuters", "FT", "Caixin"]
    assert others(event) == [("quantity", {"max": 9}, ["FT"]), ("form", "letter", ["FT"])]
    assert others(event, "form") == [("form", "letter", ["FT"])]
    assert others(event, "instrument") == []


def test_reports_that_are_not_known_yet_give_nothing() -> None:
    """On the first of January Reuters stands alone."""
    event = batch(FEWER, SAME, known="2026-01-01")
    assert givers(event) == ["Reuters"]
    assert others(event) == []


def test_what_was_published_earlier_goes_first() -> None:
    """A corroboration may be older than the report that was recorded first."""
    assert givers(batch(about("corroborated", "old", report("AP", "2025-12-31")))) == ["AP", "Reuters"]


def test_a_correction_gives_its_value_by_its_own_report() -> None:
    """Whoever repeated the old number did not say the new one; who repeats it later does."""
    corrected = about("corrected", "c", report("Nikkei", "2026-01-04"), changes={"quantity": {"min": 20}})
    again = about("corroborated", "again", report("AP", "2026-01-05"))
    assert givers(batch(SAME, corrected)) == ["Nikkei"]
    assert givers(batch(SAME, corrected, again)) == ["Nikkei", "AP"]
    assert givers(batch(SAME, corrected), "conditions") == ["Reuters", "Caixin"]
    assert givers(batch(SAME, corrected, known="2026-01-03")) == ["Reuters", "Caixin"]


def test_a_correction_that_counts_possibly_changes_nothing() -> None:
    """Not the value, and not who gives it."""
    rumour = about("corrected", "c", report("X", "2026-01-04", "F6"), changes={"quantity": {"min": 20}})
    assert givers(batch(rumour)) == ["Reuters"]


def test_a_correction_without_a_report_mends_what_the_ledger_wrote() -> None:
    """The reports had it right all the time."""
    mended = about("corrected", "c", None, changes={"quantity": {"min": 20}})
    assert givers(batch(SAME, mended)) == ["Reuters", "Caixin"]
    retold = about("corrected", "c", None, changes={"report": report("Reuters", "2025-12-30")})
    assert [each["published"] for each in giving(batch(retold), "quantity")] == ["2025-12-30"]


def test_a_doubtful_corroboration_that_is_disputed_says_nothing() -> None:
    """One that is certain by its word still does."""
    rumour = about("corroborated", "r", report("X", "2026-01-02", "F6"), instead={"quantity": {"max": 1}})
    denial = about("disputed", "d", report("Nvidia", "2026-01-03"), target="r")
    assert others(batch(rumour)) == [("quantity", {"max": 1}, ["X"])]
    assert others(batch(rumour, denial)) == []
    assert givers(batch(about("corroborated", "r", report("X", "2026-01-02", "F6")), denial)) == ["Reuters"]


def test_another_value_may_itself_be_corrected_and_corroborated() -> None:
    """By whoever says so."""
    corrected = about(
        "corrected", "c", report("AP", "2026-01-04"), "fewer", changes={"instead": {"quantity": {"max": 8}}}
    )
    repeated = about("corroborated", "r", report("Caixin", "2026-01-05"), "fewer")
    assert others(batch(FEWER, repeated), "quantity") == [("quantity", {"max": 9}, ["FT", "Caixin"])]
    assert others(batch(FEWER, corrected, repeated)) == [("quantity", {"max": 8}, ["AP", "Caixin"])]
    assert givers(batch(FEWER, corrected)) == ["Reuters"]
