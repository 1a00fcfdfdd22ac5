"""Every door of a ledger against the naive reading: whichever way one asks, the answer is that of the semantics.

The helpers lie in ``tests/agreement``. ``python -m tests.agreement LEDGERS SEED`` tries many more ledgers. A ledger
that once made a difference stays as a file of ``tests/agreement/examples``: an empty line stands between two imports.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.testing import naive, strategies
from tests.agreement import doors
from tests.agreement.__main__ import main
from tests.agreement.asking import Asker, Some, ask
from tests.agreement.differences import Disagreement
from tests.agreement.grown import Event, Grown, grown, imports_in, written
from tests.agreement.made import made
from tests.agreement.net import Net
from tests.agreement.reading import Point, Reading, in_order
from tests.demo import ask as run
from tests.soak import often

EXAMPLES = sorted((Path(__file__).parent / "agreement" / "examples").glob("*.jsonl"))
NOW = Point(doors.TODAY_TEXT, None, None)
ANY_LEDGER = st.one_of(
    strategies.ledgers(),
    strategies.ledgers(),
    strategies.claims_only(),
    strategies.one_claim(),
    strategies.batches(),
    strategies.rivals(),
    strategies.registered(),
    strategies.amounts(),
)


def example(name: str) -> list[list[Event]]:
    """The imports of an example."""
    (found,) = [path for path in EXAMPLES if path.stem == name]
    return imports_in(found.read_text(encoding="utf-8"))


@pytest.fixture
def ledger() -> Iterator[Grown]:
    """A new ledger in memory."""
    with grown() as made_now:
        yield made_now


def take(ledger: Grown, imports: Sequence[Sequence[Event]]) -> None:
    """Import, and let the read models catch up after each import."""
    for events in imports:
        ledger.take(events)
        with doors.opened(ledger.path):
            pass


@given(st.data(), ANY_LEDGER, st.integers(0, 999))
def test_every_door_tells_the_naive_answer(data: st.DataObject, ledger: list[Event], seed: int) -> None:
    """Recorded in up to three imports, with questions between; every fifth ledger through the pages as well."""
    registry = next(place for place, event in enumerate(ledger) if event["type"] not in strategies.SUBJECTS)
    cuts = sorted(data.draw(st.lists(st.integers(registry, len(ledger)), max_size=2, unique=True)))
    parts = [ledger[start:end] for start, end in zip([0, *cuts], [*cuts, len(ledger)], strict=True)]
    asked: Counter[str] = Counter()
    ask([part for part in parts if part], seed, Some(points=2, along=3, slow=seed % 5 == 0), asked)
    assert asked["refused"] == 0


def test_every_door_tells_the_naive_answer_on_ledgers_from_a_seed(capsys: pytest.CaptureFixture[str]) -> None:
    """A few of the ledgers that the long form asks."""
    assert main([str(often(short=60, long=20_000)), "1000000"]) == 0
    assert "no difference in" in capsys.readouterr().out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("anew", [False, True], ids=["caught up", "made anew"])
def test_every_door_at_every_turning_point_of_an_example(path: Path, anew: bool, ledger: Grown) -> None:
    """Read models that caught up import by import, and such as were made of all events at once."""
    take(ledger, imports_in(path.read_text(encoding="utf-8")))
    if anew:
        doors.rebuilt(ledger.path)
    Asker(ledger, Random(0), Counter()).everything()


def test_recipients_of_a_claim_that_became_a_list_are_not_matched(ledger: Grown) -> None:
    """Cleared for two of all, hk-co named; then the ledger mends that it was for companies in CN, and no cohort."""
    take(ledger, example("cohort-corrected-to-list"))
    pair = ("hk-co", "ch")
    with doors.opened(ledger.path) as reader, doors.served(ledger.path) as client:
        states = [
            doors.state_of_one(reader, NOW, pair),
            next(state for state in doors.state_of_all(reader, NOW) if (state["company"], state["chip"]) == pair),
            doors.check_of(reader, NOW, pair),
            doors.cell_page(client, NOW, pair)["state"],
            doors.timeline_of(reader, NOW, pair)[-1],
            doors.knowledge_of(reader, NOW, pair)[-1],
        ]
        for state in states:
            assert {gate["gate"]: gate["status"] for gate in state["gates"]}["NL/export"] == "unknown"
            assert state["status"] == "unknown"
        assert states[2]["answer"] == "not certain"
        assert doors.why_of(reader, NOW, pair)[0]["status"] == "unknown"
        assert doors.matrix_of(reader, NOW)[pair][0] == doors.board_page(client, NOW)[pair] == "unknown"


def test_an_authority_that_moves(ledger: Grown) -> None:
    """BIS is registered at US/import, then at US/export; then the date of its rule's report is mended."""
    take(ledger, imports_in(MOVED))
    pair = ("acme", "h20")
    with doors.opened(ledger.path) as reader, doors.served(ledger.path) as client:
        told = {
            "one": doors.state_of_one(reader, NOW, pair)["last_report"],
            "all": doors.state_of_all(reader, NOW)[0]["last_report"],
            "check": doors.check_of(reader, NOW, pair)["last_report"],
            "page": doors.cell_page(client, NOW, pair)["state"]["last_report"],
            "explorer": doors.explorer_of(doors.explorer_data(reader, None), NOW)[0]["last_report"],
        }
    assert told == dict.fromkeys(told, "2024-01-10")
    assert doors.damage_of(ledger.path) == []


def test_what_the_reading_keeps_changes_no_answer() -> None:
    """The net's reading against ``naive.answer``, at random points of ledgers from seeds."""
    for seed in range(often(short=40, long=2_000)):
        with grown() as ledger:
            for events in made(seed):
                ledger.take(events)
            asker = Asker(ledger, Random(seed), Counter())
            for point in (asker.point(), asker.point()):
                pair = asker.pair(point)
                told = asker.reading.cell(*pair, point)
                assert as_naive(told.state(), set(told.settled_by())) == asked_anew(asker.reading, pair, point)


def as_naive(state: dict[str, Any], would_settle: set[str]) -> dict[str, Any]:
    """The same in the shape of ``naive.answer``, which tells neither whose cell it is nor its ends."""
    beside = {"company", "chip", "low", "high"}
    gates = [{**gate, "claims": set(gate["claims"])} for gate in state["gates"]]
    told = {name: value for name, value in state.items() if name not in beside}
    return {**told, "gates": gates, "would_settle": would_settle}


def asked_anew(reading: Reading, pair: tuple[str, str], point: Point) -> dict[str, Any]:
    found = naive.answer(reading.entries, *pair, at=point.at, known=point.known, recorded=point.recorded)
    return {**found, "conditions": in_order(found["conditions"])}


def test_a_failure_names_the_door_the_point_and_the_sections(ledger: Grown) -> None:
    """A reading that lacks the correction: somebody tells something else."""
    take(ledger, example("cohort-corrected-to-list"))
    without = Reading([entry for entry in ledger.entries if entry["type"] != "corrected"])
    with doors.opened(ledger.path) as reader, pytest.raises(Disagreement) as failed:
        Net(without, Counter()).state_of_one(reader, NOW, ("hk-co", "ch"))
    assert "the door 'state of one cell' for hk-co and ch, at=2027-01-15 known=None recorded=None" in str(failed.value)
    assert "§3 (recipients-identified), §4 (cohort, where or exceptions)" in str(failed.value)


def test_an_interchange_text_gives_the_same_imports() -> None:
    assert imports_in(written(made(7))) == made(7)


def test_the_command_line_prints_what_the_doors_tell(ledger: Grown) -> None:
    """``--json`` of a few commands against the objects of the functions that they print from."""
    take(ledger, made(17))
    asker = Asker(ledger, Random(0), Counter())
    here, there = Point("2026-01-30", "2026-01-28", None), Point("2026-02-03", "2026-02-02T12:00Z", None)
    pair = asker.pair(here)
    dates = ["--at", here.at, "--known", "2026-01-28"]

    def printed(*arguments: str) -> Any:
        return json.loads(run(ledger.path, *arguments, "--json").stdout)

    with doors.opened(ledger.path) as reader:
        assert printed("state", *dates) == doors.state_of_all(reader, here)
        assert printed("state", *pair, *dates) == [doors.state_of_one(reader, here, pair)]
        assert printed("check", *pair, *dates) == [doors.check_of(reader, here, pair)]
        assert printed("why", *pair, *dates) == doors.why_of(reader, here, pair)
        assert printed("timeline", *pair, "--known", "2026-01-28") == doors.timeline_of(reader, here, pair)
        assert printed("timeline", *pair, "--knowledge", "--at", here.at) == doors.knowledge_of(reader, here, pair)
        to = ["--to-at", there.at, "--to-known", "2026-02-02T12:00Z"]
        assert printed("diff", *dates, *to) == doors.differences_of(reader, here, there, None)
        assert printed("diff", *dates, *to, "--only", "status") == doors.diff_of(reader, here, there, None)
        rows = {
            (row["company"], chip): text for row in printed("matrix", *dates) for chip, text in row["cells"].items()
        }
        assert rows == {each: text for each, (text, _) in doors.matrix_of(reader, here).items()}


MOVED = """\
{"type": "authority-registered", "authority": "bis", "name": "BIS", "jurisdiction": "US", "direction": "import"}
{"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
{"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"]}
{"type": "prohibited", "ref": "rule", "authority": "bis", "companies": ["acme"], "chips": ["h20"],\
 "report": {"publisher": "Reuters", "published": "2025-01-10", "attribution": "official"}}
{"type": "chip-registered", "chip": "zz", "name": "ZZ", "vendor": "V", "controlled_by": ["US"]}

{"type": "authority-registered", "authority": "bis", "name": "BIS", "jurisdiction": "US", "direction": "export"}

{"type": "corrected", "target": "rule", "changes":\
 {"report": {"publisher": "Reuters", "published": "2024-01-10", "attribution": "official"}}}
"""
