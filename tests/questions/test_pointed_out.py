"""What is pointed out of many events at once: the same as of each, and in time that grows as they do."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.large.entity_list import EntityList
from policytracker.projections.reading import all_entries
from policytracker.questions import matters, pointed_out
from policytracker.questions.dry_run import registry_with
from policytracker.questions.likeness import alike
from policytracker.questions.pointed_out import of_new, of_recorded
from policytracker.questions.reader import Reader
from policytracker.status.entries import Entry
from policytracker.testing import strategies
from tests.calls import calls_of
from tests.questions.recorded import TODAY, recorded
from tests.questions.test_likeness import REGISTRY, block, report
from tests.soak import often

Event = dict[str, Any]


def told(reader: Reader, position: int) -> list[tuple[str, list[str], list[str]]]:
    """What is pointed out of all that was recorded from a position on: warnings, and the ids of likes."""
    return [
        (each.entry.id, each.warnings, [like["id"] for like in each.alike])
        for each in of_recorded(reader, TODAY, position)
    ]


@settings(max_examples=often(short=30, long=500))
@given(st.data(), strategies.ledgers())
def test_what_is_pointed_out_before_an_import_is_what_is_after_it(data: st.DataObject, ledger: list[Event]) -> None:
    """A dry run tells what the import tells then: of a ledger that is recorded in two parts."""
    cut = data.draw(st.integers(0, len(ledger) - 1))
    with recorded(ledger[:cut], ledger[cut:]) as reader:
        after, entries = told(reader, cut + 1), list(all_entries(reader.connection))[cut:]
    with recorded(ledger[:cut]) as reader:
        before = [
            (each.entry.id, each.warnings, [like["id"] for like in each.alike])
            for each in of_new(reader, registry_with(reader, entries), TODAY, entries)
        ]
    assert before == after


def test_each_event_is_like_what_it_would_be_like_by_itself() -> None:
    """Blocks of one week, for several scopes; the third is recorded already, the rest come one by one or together."""
    scopes: Sequence[Event] = (
        {"companies": ["tencent"]},
        {"companies": ["baidu"]},
        {"companies": ["all"]},
        {"companies": ["in:CN"], "chips": ["h20"]},
        {"companies": ["tencent"], "except_chips": ["h20"], "chips": ["all"]},
    )
    events = [block(f"2026-01-{10 + place}", **scope) for place, scope in enumerate(scopes)]
    with recorded(REGISTRY, events) as reader:
        together = {event: likes for event, _, likes in told(reader, len(REGISTRY) + 1)}
        entries = list(all_entries(reader.connection))[len(REGISTRY) :]
    for place, entry in enumerate(entries):
        with recorded(REGISTRY, events[:place]) as reader:
            alone = [each["id"] for each in alike(reader, Entry(reader.head.position + 1, entry.id, 0, entry.fields))]
        assert alone == together[entry.id]


@pytest.mark.parametrize(
    "scope",
    [
        lambda company: {"companies": [company]},
        lambda company: {"companies": ["all"], "except_companies": [company]},
        lambda company: {"companies": {"of": ["in:CN"], "named": [company], "count": 9}},
        lambda company: {"companies": ["all"]},
        lambda company: {"companies": [company], "type": "licence-granted"},
    ],
    ids=["one company", "all but one", "a cohort", "everybody", "a licence"],
)
@pytest.mark.parametrize("again", [False, True], ids=["new", "recorded before"])
def test_a_claim_of_one_day_for_each_company_is_work_for_each_claim_not_for_each_pair(
    scope: Callable[[str], Event], again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four times the claims, four times the work. Few others are looked at here, so that their number is small."""
    monkeypatch.setattr(matters, "MOST_SCOPES", 8)
    monkeypatch.setattr(matters, "MOST_EVENTS", 8)

    def work(companies: int) -> int:
        made = [event for event in EntityList(companies, 3).events() if event["type"].endswith("-registered")]
        fields = {"authority": made[0]["authority"], "chips": ["all"], "report": report("2026-01-14")}
        claims = [
            {"type": "blocked", **fields, **scope(f"firm-{number}"), "note": f"{number}"} for number in range(companies)
        ]
        with recorded(made, claims if again else []) as reader:
            first = reader.head.position + 1
            new = [Entry(first + place, f"new-{place}", 0, claim) for place, claim in enumerate(claims)]
            registry = reader.registry(reader.head.position)
            return calls_of(lambda: list(of_new(reader, registry, TODAY, new)))

    assert work(400) < 6 * work(100)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [block(f"2026-01-{day}", companies=["tencent"]) for day in range(10, 20)]
    with recorded(REGISTRY, events) as reader:
        whole = told(reader, len(REGISTRY) + 1)
        for size in (1, 3):
            monkeypatch.setattr(pointed_out, "BLOCK", size)
            assert told(reader, len(REGISTRY) + 1) == whole
    assert [len(likes) for *_, likes in whole] == [0, 1, 2, 3, 4, 5, 6, 7, 7, 7]


def test_only_so_many_are_compared_and_the_rest_are_looked_at_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pointed_out, "BLOCK", 2)
    monkeypatch.setattr(pointed_out, "MOST_COMPARED", 4)
    events = [block(f"2026-01-{day}", companies=["tencent"], until="2027") for day in range(10, 17)]
    with recorded(REGISTRY, events) as reader:
        found = told(reader, len(REGISTRY) + 1)
    assert [len(likes) for *_, likes in found] == [0, 1, 2, 3, 0, 0, 0]
    assert all(len(warnings) == 1 for _, warnings, _ in found)


def test_of_very_many_different_scopes_the_last_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scopes of all but one of 40 companies: after three of them the earlier ones are forgotten."""
    monkeypatch.setattr(matters, "MOST_KEPT", 100)
    made = [event for event in EntityList(40, 3).events() if event["type"].endswith("-registered")]
    scopes = [{"companies": ["all"], "except_companies": [f"firm-{number}"]} for number in range(5)]
    events = [block("2026-01-14", authority=made[0]["authority"], chips=["all"], **scope) for scope in scopes]
    with recorded(made, events) as reader:
        found = told(reader, len(made) + 1)
    assert [len(likes) for *_, likes in found] == [0, 1, 2, 1, 2]


def test_it_is_found_one_by_one() -> None:
    """Whoever needs the first few need not wait for all."""
    events = [block(f"2026-01-{day}", companies=["tencent"]) for day in range(10, 20)]
    with recorded(REGISTRY, events) as reader:
        first = list(islice(of_recorded(reader, TODAY, len(REGISTRY) + 1), 2))
    assert [len(each.alike) for each in first] == [0, 1]
