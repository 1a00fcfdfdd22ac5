"""An atlas, read as its reader would, says what ``state --json`` says at every point."""

import json
from bisect import bisect_right
from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.questions.explorer_data import answers
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.testing import strategies
from tests.questions.recorded import TODAY, recorded
from tests.status.ground import REGISTRY, about, claim, report

Atlas = dict[str, Any]
ANY_LEDGER = strategies.ledgers() | strategies.claims_only() | strategies.one_claim()
MOST_POINTS = 3


def sent(reader: Reader) -> Atlas:
    """The atlas as it arrives: through JSON."""
    found: Atlas = json.loads(json.dumps(answers(reader, Clocks(TODAY))))
    return found


def told(*events: dict[str, Any]) -> Atlas:
    """The atlas of some events behind a registry of one company and one chip."""
    with recorded([*REGISTRY, *events]) as reader:
        return sent(reader)


def read(atlas: Atlas, day: int, known: int | None) -> list[dict[str, Any]]:
    """Every cell in the shape of ``state --json``, its dates left out; by nothing but looking up."""
    here = bisect_right(atlas["days"], day) - 1
    now = len(atlas["moments"]) - 1 if known is None else bisect_right(atlas["moments"], known) - 1
    registry = [each for each in atlas["registries"] if each["since"] <= day][-1]
    pairs = product(registry["companies"], registry["chips"])
    return [
        {
            "company": company[0],
            "chip": chip[0],
            **read_class(atlas, atlas["classes"][number], here, now),
            "launched": chip[3] is None or chip[3] <= day,
        }
        for (company, chip), number in zip(pairs, atlas["cells"], strict=True)
    ]


def read_class(atlas: Atlas, parts: list[int], here: int, now: int) -> dict[str, Any]:
    gates = [
        Gate(atlas, gate, story, words, here, now)
        for gate, story, words in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]
    possible, limiting = atlas["cells_of"][".".join(str(gate.possible) for gate in gates)]
    status, words = atlas["sets"][str(possible)]
    if_open, _ = atlas["cells_of"][".".join(str(gate.if_open or gate.possible) for gate in gates)]
    there = [gate for gate in gates if gate.possible]
    days = [gate.last_word for gate in there if gate.last_word]
    return {
        "status": status,
        "possible": words,
        "low": words[0],
        "high": words[-1],
        "limited_by": [gates[place].name for place in limiting],
        "if_open": atlas["sets"][str(if_open)][1] if any(gate.if_open for gate in there) else None,
        "gates": [gate.told() for gate in there],
        "conditions": [condition for gate in there for condition in gate.conditions()],
        "left": [left for gate in there for left in gate.left()] or None,
        "last_report": iso(max(days)) if days else None,
    }


class Gate:
    """A gate of a cell at a point, as the tables have it."""

    def __init__(self, atlas: Atlas, gate: int, story: int, words: int, here: int, now: int) -> None:
        self.atlas, self.here, self.now = atlas, here, now
        self.name = atlas["gates"][gate]
        first = 4 * at_point(atlas["stories"][story], here, now)
        self.possible, self.if_open, link, self.bound = atlas["answers"][first : first + 4]
        self.claims = chain(atlas, link)
        self.last_word = at_point(atlas["last_words"][words], here, now)

    def told(self) -> dict[str, Any]:
        return dict(zip(("status", "possible"), self.atlas["sets"][str(self.possible)], strict=True)) | {
            "gate": self.name,
            "claims": self.claims,
            "last_word": iso(self.last_word) if self.last_word else None,
        }

    def conditions(self) -> list[dict[str, Any]]:
        return [
            {
                "gate": self.name,
                "claim": self.atlas["claims"][claim]["id"],
                "key": key,
                "wording": wording,
                "binds": "certainly" if surely else "possibly",
            }
            for claim, key, wording, surely in self.atlas["conditions"][self.bound]
        ]

    def left(self) -> Iterator[dict[str, Any]]:
        """What is left of the approvals that stand."""
        for name in self.claims:
            (number,) = (n for n, claim in enumerate(self.atlas["claims"]) if claim["id"] == name)
            steps = [each for known, each in self.atlas["left"].get(str(number), ()) if known <= self.now]
            amounts = (
                [amount for day, amount in zip(*[iter(steps[-1])] * 2, strict=True) if day <= self.here]
                if steps
                else []
            )
            found = self.atlas["amounts"][amounts[-1]] if amounts else None
            if found is not None:
                yield {"claim": name} | dict(zip(("min", "max", "unit", "used_up"), found[:4], strict=True))


def at_point(story: list[int], here: int, now: int) -> int:
    rectangles = zip(*[iter(story)] * 4, strict=True)
    covering = [
        answer
        for known, first, after, answer in rectangles
        if known <= now and first <= here and (after < 0 or here < after)
    ]
    return covering[-1] if covering else 0


def chain(atlas: Atlas, link: int) -> list[str]:
    if not link:
        return []
    before, number = atlas["links"][2 * link - 2 : 2 * link]
    return [*chain(atlas, before), atlas["claims"][number]["id"]]


@given(st.data(), ANY_LEDGER)
def test_every_cell_is_read_as_state_tells_it(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """On days and at moments of the atlas's own tables, just before them, and anywhere."""
    with recorded(ledger) as reader:
        assert_read_as_told(data, reader)


def assert_read_as_told(data: st.DataObject, reader: Reader) -> None:
    atlas = sent(reader)
    days = st.sampled_from(atlas["days"][1:] or [span("2026-01-28").first]) | strategies.days().map(
        lambda t: span(t).first
    )
    moments = st.sampled_from(atlas["moments"][1:] or [moment("2026-01-28")]) | strategies.instants().map(moment)
    for _ in range(MOST_POINTS):
        day = data.draw(days) - data.draw(st.integers(0, 1))
        known = data.draw(st.none() | moments)
        expected = list(states(reader, Clocks(day, known), None, None))
        for cell in expected:
            del cell["at"], cell["known"]
        assert read(atlas, day, known) == expected


@given(ANY_LEDGER)
def test_every_claim_that_stands_can_be_told_at_its_moment(ledger: list[dict[str, Any]]) -> None:
    """A story that names a claim from a moment on has words for it there, and each of its numbers leads somewhere."""
    with recorded(ledger) as reader:
        atlas = sent(reader)
    for story in atlas["stories"]:
        for known, _, _, answer in zip(*[iter(story)] * 4, strict=True):
            for name in chain(atlas, atlas["answers"][4 * answer + 2]):
                (told,) = (claim for claim in atlas["claims"] if claim["id"] == name)
                version = [version for version in told["versions"] if version[0] <= known][-1]
                *_, sources, events, _, _ = version
                assert all(atlas["sources"][place] for place in sources)
                assert all(atlas["sources"][place] for event in events for place in atlas["events_about"][event][3])


def test_a_claim_is_told_with_the_sources_of_its_day() -> None:
    """10 January: one outlet. 20 January: a second one, and a correction of the date."""
    mended = {"changes": {"effective": "2026-01-15"}}
    block = claim("blocked", "block", "2026-01-14", report=report("2026-01-10") | {"url": "https://x.example/1"})
    also = about("corroborated", "block", "2026-01-20")
    atlas = told(block, also, about("corrected", "block", "2026-01-20", **mended))
    (found,) = (claim for claim in atlas["claims"] if claim["called"] == "block")
    first, second = found["versions"]
    assert [atlas["moments"][known] for known, *_ in (first, second)] == [moment("2026-01-10"), moment("2026-01-20")]
    assert first[1:5] == ["gacc", "blocked", "all chips for all companies", "2026-01-14"]
    assert second[4] == "2026-01-15"
    assert [atlas["sources"][place][1] for place in first[5]] == ["https://x.example/1"]
    assert [atlas["sources"][place][1] for place in second[5]] == ["https://x.example/1", None]
    assert [atlas["events_about"][place][1] for place in second[6]] == ["corrected: effective: 2026-01-14 → 2026-01-15"]


def test_what_was_reported_is_told_at_its_moment() -> None:
    """A block on the 10th, and a lift of it on the 20th, which names it."""
    block = claim("blocked", "block", "2026-01-14", report=report("2026-01-10"))
    atlas = told(block, about("lifted", "block", "2026-01-20"))
    said = dict(zip(atlas["moments"], atlas["published"], strict=True))
    assert said[moment("2026-01-10")] == ["block: gacc blocks all chips for all companies: from 2026-01-14"]
    assert said[moment("2026-01-20")] == ["block-lifted: lifts block"]
    assert said[-1] == []


def test_text_that_cannot_be_seen_is_written_out() -> None:
    """In a title, in a condition."""
    hidden = report("2026-01-10") | {"title": "a\u202eb c"}
    atlas = told(claim("cleared", "grant", "2026-01-14", report=hidden, conditions={"test": "by\u200b day"}))
    text = json.dumps(atlas, ensure_ascii=False)
    assert '\\"a\\\\u202eb c\\"' in text
    assert [[0, "test", "by\\u200b day", True]] in atlas["conditions"]
    assert "\u202e" not in text and "\u200b" not in text


def test_what_is_left_of_an_approval_is_told_for_every_day_and_moment() -> None:
    """A batch of 100; 40 shipped on the 20th, as is known from the 25th on."""
    scope = {"companies": ["tencent"], "chips": ["h200"]}
    batch = claim("batch-approved", "batch", "2026-01-14", report=report("2026-01-10"), **scope)
    batch["quantity"] = {"min": 100, "max": 100}
    sent = {"type": "shipped", **scope, "quantity": {"min": 40, "max": 40}, "effective": "2026-01-20"}
    atlas = told(batch, sent | {"report": report("2026-01-25")})

    def left(at: str, known: str) -> list[dict[str, Any]] | None:
        (cell,) = read(atlas, span(at).first, moment(known))
        found: list[dict[str, Any]] | None = cell["left"]
        return found

    for at, known, rest in (
        ("2026-01-20", "2026-01-24", 100),
        ("2026-01-19", "2026-01-25", 100),
        ("2026-01-20", "2026-01-25", 60),
    ):
        assert left(at, known) == [
            {"claim": atlas["claims"][0]["id"], "min": rest, "max": rest, "unit": "chips", "used_up": False}
        ]
    assert left("2026-01-13", "2026-01-25") is None
    assert [each and each[4] for each in atlas["amounts"]] == [None, "100 left", "60 left of 100"]
