"""The generator of large ledgers: the same for a seed, with the proportions that it names, and free of refusals."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.large.doubtful import MOST_MOVES
from benchmarks.large.lines import SMALL_WORLD, WORKLOADS, WORLD, events, lines, record
from benchmarks.large.words import SECOND
from policytracker.events.grades import grade, is_sound
from policytracker.ledger.reading import open_ledger
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES

Event = dict[str, Any]
WITHIN = 0.015


def share(made: Iterable[Event], holds: Callable[[Event], bool]) -> float:
    answers = [holds(event) for event in made]
    return sum(answers) / len(answers)


def has_doubtful_date(claim: Event) -> bool:
    return any(len(claim.get(field, "2026-01-28")) != len("2026-01-28") for field in ("effective", "until"))


def named(claim: Event, side: str, kind: str) -> bool:
    first = claim[side][0] if isinstance(claim[side], list) else {}
    return isinstance(first, str) and first.startswith(f"{kind}-") and "group" not in first


@pytest.mark.parametrize("workload", sorted(WORKLOADS))
def test_a_seed_gives_the_same_lines_and_another_seed_others(workload: str) -> None:
    first, again, other = (list(lines(workload, 1_000, seed, SMALL_WORLD)) for seed in (1, 1, 2))

    assert first == again
    assert len(set(first) & set(other)) < SMALL_WORLD.size + 10


def test_a_longer_ledger_names_the_whole_world_first() -> None:
    types = Counter(event["type"] for event in events("doubtful", WORLD.size))

    assert types == {
        "authority-registered": 6,
        "company-registered": 2_000,
        "chip-registered": 200,
        "group-defined": 50,
    }


def test_a_doubtful_ledger_has_doubts_of_every_kind_in_their_proportions() -> None:
    made = list(events("doubtful", 20_000, world=SMALL_WORLD))[SMALL_WORLD.size :]
    claims = [event for event in made if event["type"] in CLAIM_TYPES]

    assert share(claims, lambda claim: named(claim, "companies", "firm")) == pytest.approx(0.7, abs=0.04)
    assert share(claims, lambda claim: named(claim, "chips", "chip")) == pytest.approx(0.6, abs=WITHIN * 2)
    assert share(claims, lambda claim: claim["companies"] == ["all"]) == pytest.approx(0.1, abs=WITHIN)
    assert share(made, lambda event: isinstance(event.get("companies"), dict)) == pytest.approx(0.03, abs=WITHIN)
    assert share(made, lambda event: event["type"] == "retracted") == pytest.approx(0.02, abs=WITHIN)
    assert share(claims, lambda claim: not is_sound(grade(claim["report"]))) == pytest.approx(0.05, abs=WITHIN)
    assert share(claims, has_doubtful_date) == pytest.approx(0.05, abs=WITHIN)
    kinds = {event["type"] for event in made}
    assert kinds >= {"corrected", "lifted", "suspended", "disputed", "corroborated", "conditions-met"}
    assert kinds >= {"recipients-identified", "orders-reported", "shipped", "condition-signalled"}
    assert any(isinstance(chip, dict) for claim in claims for chip in claim["chips"])


def test_a_doubtful_ledger_says_what_version_2_can_say() -> None:
    """Types, selectors, ranges and open starts; and companies that change hands from a day on."""
    world = list(SMALL_WORLD.registry(SECOND))
    made = list(events("doubtful", 20_000, world=SMALL_WORLD))[SMALL_WORLD.size :]
    claims = [event for event in made if event["type"] in CLAIM_TYPES]

    assert {claim["type"] for claim in claims} == set(CLAIM_TYPES)
    assert share(claims, lambda claim: claim["type"] == "condition-imposed") == pytest.approx(0.03, abs=WITHIN)
    named = {str(selector).partition(":")[0] for claim in claims for selector in [*claim["companies"], *claim["chips"]]}
    assert named >= {"owned", "under", "vendor"}
    assert any("of" in chip for claim in claims for chip in claim["chips"] if isinstance(chip, dict))
    counts = [claim["companies"].get("count") for claim in claims if isinstance(claim["companies"], dict)]
    assert {type(count) for count in counts} == {int, dict, type(None)}
    assert any(event.get("effective", "").startswith("../") for event in made)
    assert any(event["type"] == "development-reported" for event in made)
    targets = {event["ref"]: event["type"] for event in made if "ref" in event}
    assert any(event["type"] == "lifted" and targets[event["target"]] == "suspended" for event in made)
    moves = [event for event in made if event["type"] == "company-registered"]
    assert 10 < len(moves) <= MOST_MOVES
    assert all("effective" in event for event in moves)
    assert any(company.get("owners") for company in world)
    assert any(isinstance(size, dict) for chip in world for size in chip.get("attributes", {}).values())


def test_a_ledger_to_be_compared_with_version_0_1_says_nothing_new() -> None:
    """Neither a type nor a field that version 1 has not."""
    made = list(events("doubtful-0.1", 5_000, world=SMALL_WORLD))

    new = {"held", "licence-granted", "condition-imposed", "development-reported"}
    assert new.isdisjoint(event["type"] for event in made)
    fields = {"timezone", "owners", "origin", "launched"}
    assert all(fields.isdisjoint(event) for event in made)
    assert not any("effective" in event for event in made if event["type"] in REGISTRY_TYPES)
    assert not any("vendor:" in str(event) or "owned:" in str(event) or "'../" in str(event) for event in made)


@pytest.mark.parametrize("workload", sorted(WORKLOADS))
def test_a_ledger_is_recorded_in_batches_over_ten_years_and_no_line_is_refused(workload: str, tmp_path: Path) -> None:
    record(tmp_path / "large.ledger", workload, 2_000, world=SMALL_WORLD, batches=20)

    with closing(open_ledger(tmp_path / "large.ledger")) as source:
        rows = list(source.rows())
    assert len(rows) == 2_000
    assert len({row.recorded for row in rows}) == 21
    registered = sum(row.topic.partition("/")[0] in REGISTRY_TYPES for row in rows)
    assert SMALL_WORLD.size <= registered <= SMALL_WORLD.size + MOST_MOVES
