"""All that ``diff`` tells: statuses, conditions, licences, amounts and what is left (cli.md)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.questions.diff import NoDistance, Points, diff
from policytracker.questions.differences import PARTS, differences
from policytracker.questions.licence_changes import LICENCES
from policytracker.questions.log import log
from policytracker.questions.quantities import quantities
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.testing import strategies
from tests.questions.recorded import CLOCK, recorded
from tests.questions.test_diff import JANUARY, NOON, points
from tests.questions.test_quantities import REGISTRY, Event, about, counted, ordered
from tests.soak import often

Step = Mapping[str, Any]
MAY = points("2026-05-20", "2026-05-10", "2026-05-20", "2026-05-20")
BASE: list[Event] = [
    {
        "type": "licence-required",
        "ref": "duty",
        "authority": "bis",
        "companies": ["all"],
        "chips": ["all"],
        "review": "case-by-case",
        "effective": "2025-01-01",
        "report": {"publisher": "BIS", "published": "2025-01-01", "attribution": "official"},
    },
    {
        "type": "cleared",
        "ref": "open",
        "authority": "gacc",
        "companies": ["all"],
        "chips": ["all"],
        "effective": "2025-01-01",
        "report": {"publisher": "GACC", "published": "2025-01-01", "attribution": "official"},
    },
]


def licence(ref: str = "licence", **fields: Any) -> Event:
    """A licence of Acme for the H20, officially told on 5 January 2026."""
    report = {"publisher": "BIS", "published": "2026-01-05", "attribution": "official"}
    told = {"authority": "bis", "companies": ["acme"], "chips": ["h20"], **fields}
    return {"type": "licence-granted", "ref": ref, **told, "report": report}


def between(events: Iterable[Event], at: str, to_at: str, known: str | None = None, **asked: Any) -> list[Step]:
    """The steps of Acme's H20 from one day to another, in a ledger of these events."""
    with recorded(REGISTRY, [*BASE, *events]) as reader:
        return list(differences(reader, points(at, known, to_at, known), None, "acme", "h20", **asked))


def became(steps: Iterable[Step]) -> list[tuple[str, str]]:
    return [(change["ref"], change["change"]) for step in steps for change in step["licences"]]


def refs(step: Step, ids: Iterable[str]) -> list[str]:
    """The refs of events of a step."""
    names = {event["id"]: event["ref"] for event in step["events"]}
    return [names[event] for event in ids]


@pytest.mark.parametrize(
    ("about_it", "days", "change", "by"),
    [
        (None, ("2026-01-01", "2026-02-01"), "granted", "licence"),
        (about("lifted", "licence", "2026-03-01", ref="end"), ("2026-02-01", "2026-04-01"), "lifted", "end"),
        (
            about("suspended", "licence", "2026-03-01", ref="pause", until="2026-05-01"),
            ("2026-02-01", "2026-04-01"),
            "suspended",
            "pause",
        ),
        (
            about("suspended", "licence", "2026-03-01", ref="pause", until="2026-05-01"),
            ("2026-04-01", "2026-06-01"),
            "resumed",
            "pause",
        ),
    ],
)
def test_what_becomes_of_a_licence_is_told_in_one_word(
    about_it: Event | None, days: tuple[str, str], change: str, by: str
) -> None:
    """Granted in January; in another ledger lifted, or suspended until May."""
    (step,) = between([licence(), *([about_it] if about_it else [])], *days)
    assert became([step]) == [("licence", change)]
    assert refs(step, step["licences"][0]["events"]) == [by]


def test_a_licence_ends_by_its_own_date_and_by_another_that_overrides_it() -> None:
    """The first until March; the second from February on."""
    ended = between([licence(until="2026-03-01")], "2026-02-01", "2026-03-01")
    assert became(ended) == [("licence", "ended")]
    second = licence("second", effective="2026-02-10")
    second["report"] = {**second["report"], "published": "2026-02-10"}
    (step,) = between([licence(), second], "2026-02-01", "2026-02-20")
    assert sorted(became([step])) == [("licence", "overridden"), ("second", "granted")]
    assert {tuple(refs(step, change["events"])) for change in step["licences"]} == {("second",)}


def test_a_delivery_uses_an_approval_up() -> None:
    """100 licensed, 100 delivered: the status stays, what is left does not."""
    delivered = counted(
        "shipped", "2026-03-01", ref="all", companies=["acme"], chips=["h20"], quantity={"min": 100, "max": 100}
    )
    (step,) = between([licence(quantity={"min": 100, "max": 100}), delivered], "2026-02-01", "2026-04-01")
    assert step["from"] == step["to"]
    assert became([step]) == [("licence", "used up")]
    (left,) = step["left"]
    assert (left["from_left"]["max"], left["to_left"]["max"], refs(step, left["events"])) == (100, 0, ["all"])
    (amount,) = step["amounts"]
    assert (amount["kind"], amount["from_amount"], amount["to_amount"]["max"]) == ("shipped", None, 100)
    assert refs(step, amount["events"]) == ["all"]


def test_a_total_replaces_what_was_said_before() -> None:
    """An order of 100; then one of 300 in all."""
    orders = [
        ordered("2026-02-01", ref="first", companies=["acme"], chips=["h20"], quantity={"min": 100, "max": 100}),
        ordered("2026-03-01", ref="total", companies=["acme"], chips=["h20"], quantity={"min": 300, "max": 300}),
    ]
    (step,) = between(orders, "2026-02-15", "2026-03-15")
    (amount,) = step["amounts"]
    assert (amount["from_amount"]["max"], amount["to_amount"]["max"]) == (100, 300)
    assert amount["replaced"] == amount["from_amount"]["events"]
    assert refs(step, amount["events"]) == ["total"]


def test_a_condition_comes_goes_and_is_worded_anew() -> None:
    """A test by a third party; its wording is mended; it is met in March."""
    granted = licence(conditions={"test": "a test"})
    mended = about("corrected", "licence", "2026-02-01", ref="mended", changes={"conditions": {"test": "a full test"}})
    met = about("conditions-met", "licence", "2026-03-01", ref="met", conditions=["test"])
    with recorded(REGISTRY, [*BASE, granted, mended, met]) as reader:
        ways = [
            points("2026-01-01", "2026-01-10", "2026-01-10", "2026-01-10"),
            points("2026-02-10", "2026-01-10", "2026-02-10", "2026-02-10"),
            points("2026-02-10", "2026-03-10", "2026-03-10", "2026-03-10"),
        ]
        steps = [next(differences(reader, way, None, "acme", "h20")) for way in ways]
    wordings = [(change["from_wording"], change["to_wording"]) for step in steps for change in step["conditions"]]
    assert wordings == [(None, "a test"), ("a test", "a full test"), ("a full test", None)]
    assert [refs(step, step["conditions"][0]["events"]) for step in steps] == [["licence"], ["mended"], ["met"]]


def test_a_condition_of_a_duty_that_is_overridden_goes_by_the_other_claim() -> None:
    """The open door of Chinese customs had a condition; then they block."""
    duty = {**BASE[1], "ref": "narrow", "effective": "2025-06-01", "conditions": {"list": "listed buyers alone"}}
    block = {"type": "blocked", "ref": "block", "authority": "gacc", "companies": ["acme"], "chips": ["h20"]}
    report = {"publisher": "GACC", "published": "2026-01-05", "attribution": "official"}
    (step,) = between([duty, {**block, "report": report}], "2026-01-01", "2026-02-01")
    (change,) = step["conditions"]
    assert (change["key"], change["to_binds"], refs(step, change["events"])) == ("list", None, ["block"])


def test_the_shipped_history_names_the_licences_of_may(reader: Reader) -> None:
    """14 May 2026: about ten licensed, up to 75,000 each; the events stand under their report."""
    (step,) = differences(reader, MAY, None, "Tencent", "H200", only=["licences", "amounts"])
    assert ("us-2026-05-14-ten", "granted") in became([step])
    assert "conditions" not in step
    licensed = next(each for each in step["amounts"] if each["kind"] == "licensed")
    assert licensed["to_amount"] is not None
    assert (licensed["to_amount"]["max"], licensed["to_amount"]["per"]) == (75_000, "company")
    reuters = next(each for each in step["reports"] if each["publisher"] == "Reuters")
    assert {"us-2026-05-14-ten", "h200-none-2026-05-14"} <= {*refs(step, reuters["events"])}


def test_statuses_alone_are_those_of_before(reader: Reader) -> None:
    """Row by row, of one cell and of all."""
    for way in (NOON, JANUARY):
        found = list(differences(reader, way, None, None, None, only=["status"]))
        assert found == list(diff(reader, way, None, None, None))
        every = [
            step for step in differences(reader, way, None, None, None) if step["from_possible"] != step["to_possible"]
        ]
        assert [[row[name] for name in found[0] if name != "events"] for row in map(dict, every)] == [
            [row[name] for name in found[0] if name != "events"] for row in map(dict, found)
        ]


def test_points_that_are_the_same_are_refused(reader: Reader) -> None:
    """Whatever is asked for."""
    for only in ((), ("conditions",)):
        with pytest.raises(NoDistance, match="both points are the same"):
            differences(reader, Points(*NOON[:2], *NOON[:2]), None, None, None, only=only)  # type: ignore[arg-type]


ANY_LEDGER = st.one_of(strategies.ledgers(), strategies.batches(), strategies.amounts())


@settings(max_examples=often(short=40, long=3_000))
@given(st.data(), ANY_LEDGER)
def test_what_differs_is_the_difference_of_the_answers_at_both_ends(data: st.DataObject, ledger: list[Event]) -> None:
    """Of ``state`` and of ``quantities``: conditions, licences that stand, amounts, what is left; for every cell."""
    start, end = data.draw(strategies.questions(ledger)), data.draw(strategies.questions(ledger))
    half = data.draw(st.sampled_from([0, len(ledger) // 2]))
    way = points(start.at, start.known, end.at, end.known)
    was = None if half == 0 else CLOCK
    with recorded(*([ledger] if half == 0 else [ledger[:half], ledger[half:]])) as reader:
        if way[:2] == way[2:] and was is None:
            return
        found = list(differences(reader, way, was, None, None, None))
        types = {each.id: each.fields["type"] for each in log(reader)}
        known = [step for step in corners(way, was) if step[1] != step[2]]
        told: dict[tuple[str, ...], Step] = {(step["changed"], step["company"], step["chip"]): step for step in found}
        assert len(told) == len(found)
        first, last = reader.directory_at(was, way.at), reader.directory_at(None, way.to_at)
        cells = product(sorted({*first.companies} & {*last.companies}), sorted({*first.chips} & {*last.chips}))
        for company, chip in cells:
            for changed, before, after in known:
                held(reader, told.pop((changed, company, chip), {}), (before, after), company, chip, types)
        assert told == {}


def corners(way: Points, was: int | None) -> Iterator[tuple[str, Clocks, Clocks]]:
    """The steps of a way."""
    ends = [
        Clocks(way.at, way.known, was),
        Clocks(way.to_at, way.known, was),
        Clocks(way.to_at, way.to_known, was),
        Clocks(way.to_at, way.to_known, None),
    ]
    for changed, (before, after) in zip(("world", "knowledge", "ledger"), pairwise(ends), strict=True):
        yield changed, before, after


def held(
    reader: Reader, step: Step, ends: tuple[Clocks, Clocks], company: str, chip: str, types: Mapping[str, str]
) -> None:
    """Hold a step of a cell ({}: there is none) to the answers at its ends."""
    (was,), (now,) = (list(states(reader, clocks, company, chip)) for clocks in ends)
    both: dict[str, list[list[Any]]] = {
        "conditions": [[tuple(each.values()) for each in state["conditions"]] for state in (was, now)],
        "left": [[tuple(each.values()) for each in state["left"] or ()] for state in (was, now)],
        "licences": [list(licences(state, types)) for state in (was, now)],
        "amounts": [[amount(row) for row in quantities(reader, clocks, chip, company)] for clocks in ends],
    }
    for part, rows in both.items():
        expected = [sorted(set(one) - set(other), key=str) for one, other in (rows, rows[::-1])]
        assert [sorted(each, key=str) for each in sides(part, step.get(part, ()))] == expected, part
    assert (step.get("from_possible", was["possible"]), step.get("to_possible", now["possible"])) == (
        was["possible"],
        now["possible"],
    )
    if step:
        assert step["events"]
        ids = [event["id"] for event in step["events"]]
        changes = [change for part in (*PARTS[1:], "left") for change in step[part]]
        assert {event for change in changes for event in change["events"]} <= set(ids)
        assert sorted(event for report in step["reports"] for event in report["events"]) == sorted(set(ids))
    else:
        assert was["possible"] == now["possible"]


def licences(state: Step, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The licences that stand at the gates of a cell."""
    for gate in state["gates"]:
        yield from ((gate["gate"], claim) for claim in gate["claims"] if types[claim] in LICENCES)


def sides(part: str, changes: Iterable[Step]) -> tuple[list[Any], list[Any]]:
    """What changes take away, and what they bring."""
    ends: tuple[list[Any], list[Any]] = [], []
    for change in changes:
        for end, found in zip(("from", "to"), ends, strict=True):
            if part == "conditions" and change[f"{end}_binds"]:
                place = (change["gate"], change["claim"], change["key"])
                found.append((*place, change[f"{end}_wording"], change[f"{end}_binds"]))
            elif part == "left" and change["from_left" if end == "from" else "to_left"]:
                found.append(tuple(change[f"{end}_left"].values()))
            elif part == "amounts" and change[f"{end}_amount"]:
                found.append(amount({**change[f"{end}_amount"], "kind": change["kind"]}))
            elif part == "licences" and (change["change"] in ("granted", "resumed", "stands")) == (end == "to"):
                found += [] if "used up" in change["change"] else [(change["gate"], change["id"])]
    return ends


def amount(row: Step) -> tuple[Any, ...]:
    """What is compared of a range."""
    names = ("kind", "gate", "companies", "unit", "per", "min", "max", "certain")
    return (*(row[name] for name in names), tuple(row["together_with"]), tuple(row["events"]))
