"""On whose word: no more trust in words than the reports carry (interchange.md, `report`)."""

import itertools
from typing import Any

import pytest

from policytracker.events.grades import BY_ATTRIBUTION, CREDIBILITY, RELIABILITY
from policytracker.questions.sources import BOOKKEEPING, on_whose_word, source_line, sources_line, texts, word
from policytracker.questions.telling import short_source

Report = dict[str, Any]


def report(publisher: str = "Reuters", **more: Any) -> Report:
    return {"publisher": publisher, "published": "2026-01-14", **more}


OFFICIAL = report("BIS", attribution="official")
ANONYMOUS = report(attribution="anonymous")


@pytest.mark.parametrize(
    ("reports", "words"),
    [
        ([], BOOKKEEPING),
        ([OFFICIAL], "official: BIS"),
        ([report(attribution="on-record")], "on the record: Reuters"),
        ([report()], "not attributed, one origin: Reuters"),
        ([ANONYMOUS | {"sources": 2}], "on the word of anonymous sources, 2, one origin: Reuters"),
        ([ANONYMOUS, report("News.Az", cites="REUTERS")], "on the word of anonymous sources, one origin: Reuters"),
        (
            [ANONYMOUS | {"sources": 2}, report("FT", attribution="anonymous", sources=3)],
            "on the word of anonymous sources, two origins: Reuters, FT",
        ),
        ([ANONYMOUS, OFFICIAL, report("Blog")], "official: BIS; also Reuters, Blog"),
        ([report(grade="B2")], "graded B2: usually reliable, probably true: Reuters"),
        ([report("Leak", grade="A6"), ANONYMOUS], "on the word of anonymous sources, one origin: Reuters; also Leak"),
        ([report("Hoax", grade="E5"), ANONYMOUS], "on the word of anonymous sources, one origin: Reuters"),
        ([report("Hoax", grade="E5")], "graded E5: unreliable, improbable: Hoax"),
        ([report(f"P{n}") for n in range(7)], "not attributed, seven origins: P0, P1, P2, P3, P4 and 2 more"),
    ],
)
def test_all_reports_of_an_event_are_told_by_the_best_word_and_its_origins(reports: list[Report], words: str) -> None:
    """Ten outlets that repeat one agency are one origin; weak reports lend no trust where there are others."""
    assert on_whose_word(reports) == words


@pytest.mark.parametrize("attribution", BY_ATTRIBUTION)
def test_a_grade_that_follows_from_the_attribution_is_never_spelled_out(attribution: str) -> None:
    """Whatever the form: the attribution alone is shown."""
    one = report(attribution=attribution)
    for told in (word(one), source_line(one), short_source(one), on_whose_word([one])):
        assert BY_ATTRIBUTION[attribution] not in told
        assert not any(words in told for words in (*CREDIBILITY.values(), *RELIABILITY.values()))


def test_no_report_is_called_confirmed_or_certain() -> None:
    """Not even one that somebody graded A1: nobody can say of one report that others confirm it."""
    grades = [a + b for a, b in itertools.product(RELIABILITY, CREDIBILITY)]
    for code in grades:
        told = source_line(report(grade=code))
        assert f"graded {code}: {RELIABILITY[code[0]]}" in told
        assert "confirmed" not in told
        assert "certain" not in told
    assert word(report(grade="A1")) == "graded A1: completely reliable, credibility 1"
    assert word(report(grade="B2", attribution="anonymous", sources=3)) == (
        "anonymous sources, 3, graded B2: usually reliable, probably true"
    )


def test_a_headline_stands_in_quotation_marks_and_the_recorders_words_do_not() -> None:
    """Title as printed; summary plain; quote as a quotation."""
    one = report(title="H20 sales stop", summary="Sales stop", quote="we stopped", url="https://example.org/a")

    assert source_line(one) == 'Reuters, 2026-01-14, "H20 sales stop"; not attributed https://example.org/a'
    assert list(texts(one)) == ["Sales stop", "“we stopped”"]
    assert short_source(one | {"grade": "C3"}) == "Reuters, 2026-01-14 (graded C3)"
    assert sources_line([]) == BOOKKEEPING
