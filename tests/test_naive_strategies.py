"""Made-up ledgers have something of everything that the semantics know."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import naive, strategies


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
    entries = strategies.resolve(ledger)
    found = naive.answer(entries, *cell, at=question.at, known=question.known, recorded=None)
    assert found["possible"]
    low = found["possible"][0]
    limiting = [gate["gate"] for gate in found["gates"] if low in gate["possible"]]
    assert found["limited_by"] == limiting
    assert bool(limiting) == bool(found["gates"])
