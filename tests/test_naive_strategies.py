"""Made-up ledgers have something of everything that the semantics know."""

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.testing import naive, strategies
from tests.naive_at_scale import Ledger


def test_every_claim_and_every_review_is_drawn() -> None:
    """The lists of the strategies, whose order weighs, and of the naive reading are the same sets."""
    assert sorted(strategies.CLAIMS) == sorted(naive.CLAIMS)
    assert set(strategies.REVIEWS) == set(naive.REVIEWS)


@settings(max_examples=20)
@given(st.data(), st.one_of(strategies.ledgers(), strategies.registered(), strategies.amounts()))
def test_every_question_about_a_made_up_ledger_has_an_answer(
    data: st.DataObject, ledger: list[strategies.Event]
) -> None:
    """Few enough possible worlds to try them all; the lowest possible status is possible at a gate that limits."""
    question = data.draw(strategies.questions(ledger))
    cell = question.company, question.chip
    entries = naive.resolve(ledger)
    found = naive.answer(entries, *cell, at=question.at, known=question.known, recorded=None)
    assert found["possible"]
    low = found["possible"][0]
    limiting = [gate["gate"] for gate in found["gates"] if low in gate["possible"]]
    assert found["limited_by"] == limiting
    assert bool(limiting) == bool(found["gates"])


@settings(max_examples=40)
@given(st.data(), st.one_of(strategies.ledgers(), strategies.registered(), strategies.rivals()))
def test_what_is_kept_from_looking_at_large_ledgers_changes_no_answer(
    data: st.DataObject, ledger: list[strategies.Event]
) -> None:
    """The reading for ledgers of any size, against the reading that tries everything."""
    question = data.draw(strategies.questions(ledger))
    cell = question.company, question.chip
    entries = naive.resolve(ledger)
    recorded = data.draw(st.none() | st.sampled_from([entry["recorded"] for entry in entries[-3:]]))
    known = naive.answer(entries, *cell, at=question.at, known=question.known, recorded=recorded)
    found = Ledger(entries).answer(*cell, at=question.at, known=question.known, recorded=recorded)
    assert found == {name: value for name, value in known.items() if name not in ("would_settle", "left")}
