"""The naive reading of semantics.md §2 and §3, held to their tables by hand."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from policytracker.testing import naive
from policytracker.testing.naive import Entry
from policytracker.testing.naive.registrations import registration_on
from tests.naive_ground import about, answer, claim, judged, possible, report

RUMOUR = report(grade="F6")
WEAK = report(grade="E1")

# §2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-28", "2026-01-28", "2026-01-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-01/2026-02-03", "2026-01-01", "2026-02-03"),
        ("../2026-06-29", "0001-01-01", "2026-06-29"),
        ("2026-01-28T23:30+01:00", "2026-01-28", "2026-01-28"),
        ("2026-01-28T23:30-01:00", "2026-01-29", "2026-01-29"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    """An open start is before all days; an instant is taken in UTC."""
    assert naive.span(text) == (date.fromisoformat(first), date.fromisoformat(last))


def test_moments_are_in_this_order() -> None:
    """A day means its end, just before 00:00 of the next; a month the end of its last day."""
    texts = ["2026-01-27", "2026-01-28T00:00Z", "2026-01-28T08:00+08:00", "2026-01-28T23:59:59Z"]
    texts += ["2026-01-28", "2026-01-29T00:00Z", "2026-01", "2026-02-01T00:00Z", "2026"]
    assert sorted(texts, key=naive.moment) == texts
    assert naive.moment("2026-01-28T00:00Z") == naive.moment("2026-01-28T08:00+08:00")


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-01-28", "2026-01-28"),
        ("2026-01", "2026-01-31"),
        ("2026-01-28T15:59Z", "2026-01-28"),
        ("2026-01-28T16:00Z", "2026-01-29"),
        ("9999-12-31T20:00Z", "9999-12-31"),
    ],
)
def test_the_publication_day_of_an_instant_is_that_of_the_gate(published: str, day: str) -> None:
    """Of a vague report it is the last day."""
    assert naive.publication_day(report(published), ZoneInfo("Asia/Shanghai")).isoformat() == day


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-12-31", "b"), ("2025-06-29", "b"), ("2025-06-30", "c"), ("2026-01-01", "e"), ("2027-01-01", "d")],
)
def test_the_registration_that_counts_on_a_day(day: str, expected: str) -> None:
    """The latest last day that has come; among equals the last in the ledger."""
    said = [("a", None), ("b", None), ("c", "2025-06"), ("d", "2026-06-01/2026-12-31"), ("x", "2026-01-01")]
    said += [("e", "../2026-01-01")]
    registrations: list[Entry] = [{"name": name, "effective": effective} for name, effective in said]
    assert registration_on(date.fromisoformat(day), registrations)["name"] == expected


def test_before_all_registrations_the_earliest_counts() -> None:
    """It has no `effective` that has come."""
    said = [{"name": "late", "effective": "2026"}, {"name": "early", "effective": "2025"}]
    assert registration_on(date(2020, 1, 1), said)["name"] == "early"


# §3: how an event counts

DISPUTE = about("disputed", "c", "d", report())
DOUBTFUL_RETRACTION = [about("retracted", "c", "x", report()), about("disputed", "x", "dx", report())]
ACTIONS = {
    "neither": [],
    "disputed": [DISPUTE],
    "retraction": DOUBTFUL_RETRACTION,
    "both": [DISPUTE, *DOUBTFUL_RETRACTION],
}


@pytest.mark.parametrize(
    ("said", "action", "counts"),
    [
        (report(), "neither", "certainly"),
        (report(), "disputed", "possibly"),
        (report(), "retraction", "possibly"),
        (report(), "both", "possibly"),
        (RUMOUR, "neither", "possibly"),
        (RUMOUR, "disputed", "not at all"),
        (RUMOUR, "retraction", "possibly"),
        (RUMOUR, "both", "not at all"),
        (WEAK, "neither", "not at all"),
        (WEAK, "disputed", "not at all"),
        (WEAK, "retraction", "not at all"),
        (WEAK, "both", "not at all"),
    ],
)
def test_how_an_event_counts(said: Entry, action: str, counts: str) -> None:
    """The table of §3, cell by cell; where both of the last columns apply, the first of them decides."""
    assert judged(claim("blocked", "c", said), *ACTIONS[action])["c"].counts == counts


@pytest.mark.parametrize(
    ("reports", "certain"),
    [
        ([report(grade="C3")], True),
        ([report(grade="D3")], False),
        ([report(grade="C4")], False),
        ([report(grade="D4"), report(grade="D4", publisher="Caixin")], True),
        ([report(grade="D4"), report(grade="D4", publisher="ft")], False),
        ([report(grade="D4"), report(grade="D4", publisher="Caixin", cites="ft")], False),
        ([report(grade="D4"), report(grade="F4", publisher="Caixin")], False),
        ([report(grade="D4"), report(grade="D6", publisher="Caixin")], False),
        ([report(grade="F6"), report(grade="F6", publisher="Caixin")], False),
        ([report(grade="D5"), report(grade="D4", publisher="Caixin")], False),
    ],
)
def test_certain_by_its_word(reports: list[Entry], certain: bool) -> None:
    """A sound report, or two origins of D4 or better: two rumours are still rumours."""
    first, *others = reports
    about_it = [about("corroborated", "c", f"b{place}", each) for place, each in enumerate(others)]
    found = judged(claim("blocked", "c", first), *about_it)["c"]
    assert found.counts == ("certainly" if certain else "possibly")


@pytest.mark.parametrize(
    ("attribution", "grade"),
    [("official", "A1"), ("on-record", "B2"), ("anonymous", "C3"), ("unattributed", "F6"), (None, "F6")],
)
def test_a_report_without_a_grade(attribution: str | None, grade: str) -> None:
    """By its attribution."""
    assert naive.grade({"publisher": "FT", "published": "2026", "attribution": attribution}) == grade


def test_the_first_and_the_sure_word() -> None:
    """A rumour of the 3rd is confirmed on the 8th, again on the 9th; weak words before and after are no words."""
    said = [report("2026-01-02", "E3"), report("2026-01-08", "B2"), report("2026-01-09", "A1")]
    events = [about("corroborated", "c", f"b{place}", each) for place, each in enumerate(said)]
    found = judged(claim("blocked", "c", report("2026-01-03", "F3")), *events)["c"]
    assert found.first_word == report("2026-01-03", "F3")
    assert found.sure_word == report("2026-01-08", "B2")


def test_without_certainty_the_last_word_that_is_not_weak_is_the_sure_word() -> None:
    """Two rumours, then a weak report."""
    said = [report("2026-01-07", "F3"), report("2026-01-09", "A5")]
    events = [about("corroborated", "c", f"b{place}", each) for place, each in enumerate(said)]
    found = judged(claim("blocked", "c", report("2026-01-03", "F3")), *events)["c"]
    assert (found.first_word, found.sure_word) == (report("2026-01-03", "F3"), said[0])


def test_an_event_is_known_by_a_corroboration_that_was_published_before_it() -> None:
    """Any of its reports will do; then its first word is that one's."""
    events = (claim("blocked", "c", report("2026-01-20")), about("corroborated", "c", "b", report("2026-01-10")))
    assert not judged(*events, known="2026-01-09")["c"].known
    assert judged(*events, known="2026-01-10")["c"].known


def test_an_event_without_a_report_counts_for_every_moment() -> None:
    """It mends the ledger's own mistake."""
    events = (claim("blocked", "c"), about("retracted", "c", "x"))
    assert judged(*events, known="0001-01-01")["x"].counts == "certainly"
    assert judged(*events, known="2026-01-10")["c"].retracted


# §3: what events about others do


@pytest.mark.parametrize(
    ("said", "more", "adds"),
    [
        (report("2026-01-20"), [], True),
        (report("2026-01-20", "D4"), [], True),
        (report("2026-01-20"), [about("disputed", "b", "d", report())], False),
        (report("2026-01-20", "D4"), [about("disputed", "b", "d", RUMOUR)], True),
        (report("2026-01-20", "E1"), [], False),
        (report("2026-01-20", "D4"), [about("retracted", "b", "x"), about("retracted", "x", "y")], True),
        (report("2026-01-20"), [about("retracted", "b", "x")], False),
    ],
)
def test_corroborated_adds_its_own_report(said: Entry, more: list[Entry], adds: bool) -> None:
    """Certain or possible, but not while a certain dispute acts on it."""
    found = judged(claim("blocked", "c"), about("corroborated", "c", "b", said), *more)
    assert (said in found["c"].reports) == adds


def test_a_corroboration_passes_on_no_report_but_its_own() -> None:
    """What corroborates the corroboration makes that one certain, and its target no more so."""
    events = [about("corroborated", "c", "b", report(grade="D6")), about("corroborated", "b", "bb", report())]
    found = judged(claim("blocked", "c", RUMOUR), *events)
    assert (found["b"].counts, found["c"].counts) == ("certainly", "possibly")


@pytest.mark.parametrize(
    ("said", "more", "disputed"),
    [
        (report(), [], True),
        (RUMOUR, [], False),
        (report(), [about("disputed", "d", "dd", report())], False),
        (report(), [about("retracted", "d", "x", report()), about("disputed", "x", "dx", report())], True),
        (RUMOUR, [about("retracted", "d", "x", report()), about("disputed", "x", "dx", report())], False),
        (report(), [about("retracted", "d", "x", report())], False),
        (
            report(),
            [
                about("retracted", "d", "x", report()),
                about("disputed", "x", "dx", report()),
                about("disputed", "d", "dd", report()),
            ],
            False,
        ),
        (None, [], True),
    ],
)
def test_disputed(said: Entry | None, more: list[Entry], disputed: bool) -> None:
    """Certainly, or to no effect; one that a doubtful retraction is about still disputes."""
    assert judged(claim("blocked", "c"), about("disputed", "c", "d", said), *more)["c"].disputed == disputed


@pytest.mark.parametrize(
    ("said", "more", "retracted", "counts"),
    [
        (report(), [], True, "certainly"),
        (RUMOUR, [], False, "certainly"),
        (report(), [about("disputed", "x", "d", report())], False, "possibly"),
        (RUMOUR, [about("disputed", "x", "d", report())], False, "certainly"),
        (report(), [about("retracted", "x", "y", report())], False, "certainly"),
        (report(), [about("retracted", "x", "y", RUMOUR)], True, "certainly"),
    ],
)
def test_retracted(said: Entry, more: list[Entry], retracted: bool, counts: str) -> None:
    """A rumour takes no official word away; a certain retraction of a retraction restores."""
    found = judged(claim("blocked", "c"), about("retracted", "c", "x", said), *more)["c"]
    assert (found.retracted, found.counts) == (retracted, counts)


def test_corrected_replaces_fields_and_the_last_in_ledger_order_wins() -> None:
    """Only if it counts certainly; `null` removes; a correction with a report changes no report."""
    events = [
        about("corrected", "c", "k1", report("2026-03-01"), changes={"until": "2026-05", "companies": ["bolt"]}),
        about("corrected", "c", "k2", report(), changes={"companies": ["acme"], "report": RUMOUR, "effective": None}),
        about("corrected", "c", "k3", RUMOUR, changes={"companies": ["giants"]}),
    ]
    found = judged(claim("blocked", "c", effective="2026-01-05"), *events)["c"]
    assert (found.fields["companies"], found.fields["until"]) == (["acme"], "2026-05")
    assert "effective" not in found.fields
    assert found.report == report()


def test_a_correction_without_a_report_changes_the_report_for_every_moment() -> None:
    """It stands, whole, in place of the event's own."""
    mended = {"publisher": "FT", "published": "2026-01-12"}
    events = (claim("blocked", "c"), about("corrected", "c", "k", changes={"report": mended}))
    assert not judged(*events, known="2026-01-11")["c"].known
    assert judged(*events, known="2026-01-12")["c"].report == mended
    assert judged(*events)["c"].counts == "possibly"


SUSPENDED = about("suspended", "c", "s", report(), effective="2026-01-20", until="2026-01-25")


@pytest.mark.parametrize(
    ("event", "at", "expected"),
    [
        (about("lifted", "c", "l", report(), effective="2026-01-20"), "2026-01-19", ["cleared"]),
        (about("lifted", "c", "l", report(), effective="2026-01-20"), "2026-01-20", ["blocked"]),
        (about("lifted", "c", "l", RUMOUR, effective="2026-01-20"), "2026-01-20", ["blocked", "cleared"]),
        (about("lifted", "c", "l", WEAK, effective="2026-01-20"), "2026-01-20", ["cleared"]),
        (about("lifted", "c", "l", report("2026-01-22")), "2026-01-22", ["blocked"]),
        (SUSPENDED, "2026-01-19", ["cleared"]),
        (SUSPENDED, "2026-01-20", ["blocked"]),
        (SUSPENDED, "2026-01-25", ["cleared"]),
        (SUSPENDED | {"report": RUMOUR}, "2026-01-24", ["blocked", "cleared"]),
        (SUSPENDED | {"report": WEAK}, "2026-01-24", ["cleared"]),
    ],
)
def test_lifted_and_suspended(event: Entry, at: str, expected: list[str]) -> None:
    """A clearance of the 15th over a block: it ends, or pauses, and the block is back."""
    events = claim("blocked", "b", report("2026-01-02")), claim("cleared", "c", report("2026-01-15"))
    assert possible(*events, event, at=at) == expected


@pytest.mark.parametrize(
    ("said", "at", "expected"),
    [
        (report(), "2026-01-30", ["conditional"]),
        (report(), "2026-01-31", ["cleared"]),
        (RUMOUR, "2026-01-31", ["conditional"]),
    ],
)
def test_conditions_met(said: Entry, at: str, expected: list[str]) -> None:
    """From the last day of its date on, if it counts certainly."""
    event = claim("cleared", "c", conditions={"quota": "some"})
    met = about("conditions-met", "c", "m", said, conditions=["quota"], effective="2026-01")
    assert possible(event, met, at=at) == expected


def names(ref: str, published: str | None, grade: str = "A1", **sides: list[str]) -> Entry:
    """A `recipients-identified`."""
    return about("recipients-identified", "c", ref, report(published, grade) if published else None, **sides)


@pytest.mark.parametrize(
    ("own", "events", "named", "excluded"),
    [
        ({}, [names("a", "2026-01-11", companies=["acme"])], {"acme"}, set()),
        ({}, [names("a", "2026-01-11", "F6", companies=["acme"])], set(), set()),
        ({"named": ["acme"]}, [names("a", None, excluded=["acme"])], set(), {"acme"}),
        (
            {},
            [names("a", "2026-01-12", companies=["acme"]), names("b", "2026-01-11", excluded=["acme"])],
            {"acme"},
            set(),
        ),
        ({}, [names("a", "2026-01-11", companies=["acme"]), names("b", None, excluded=["acme"])], {"acme"}, set()),
        (
            {"named": ["acme"]},
            [names("a", "2026-01-11", companies=["acme"]), names("b", "2026-01-11", excluded=["acme"])],
            set(),
            set(),
        ),
        (
            {"named": ["acme"]},
            [names("a", None, companies=["acme"]), names("b", None, excluded=["acme"])],
            set(),
            set(),
        ),
        ({"excluded": ["acme"]}, [names("a", None, companies=["acme"], excluded=["acme"])], set(), set()),
    ],
)
def test_recipients_identified(own: Entry, events: list[Entry], named: set[str], excluded: set[str]) -> None:
    """The later sure word decides: own lists, then events without a report, then reports by moment."""
    from policytracker.testing.naive.scopes import recipients

    found = judged(claim("cleared", "c", companies={"of": ["all"], **own}), *events)["c"]
    assert recipients(found) == (named, excluded)


def test_a_later_confirmation_moves_the_sure_word_of_recipients() -> None:
    """A rumour of the 11th, confirmed on the 20th, is later than an exclusion of the 15th."""
    from policytracker.testing.naive.scopes import recipients

    events = [names("a", "2026-01-11", "F3", companies=["acme"]), names("b", "2026-01-15", excluded=["acme"])]
    confirmed = about("corroborated", "a", "k", report("2026-01-20"))
    event = claim("cleared", "c", companies={"of": ["all"]})
    assert recipients(judged(event, *events, known="2026-01-19")["c"]) == (set(), {"acme"})
    assert recipients(judged(event, *events)["c"]) == (set(), {"acme"})
    assert recipients(judged(event, *events, confirmed)["c"]) == ({"acme"}, set())


def test_what_counts_not_at_all_changes_no_answer_but_is_a_last_word() -> None:
    """Heard, not counted."""
    sure = claim("blocked", "b", report("2026-01-02"))
    told, silent = answer(sure, claim("cleared", "c", WEAK)), answer(sure)
    assert (told["possible"], told["gates"][0]["claims"]) == (silent["possible"], {"b"})
    assert (told["last_report"], silent["last_report"]) == ("2026-01-10", "2026-01-02")
