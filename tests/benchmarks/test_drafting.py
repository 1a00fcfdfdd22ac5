"""The articles in ``tests/data/articles``: what ``draft`` makes of them is held to what was written down before."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.drafting import ARTICLES, LEAST, SETS, Scored, ledgers_in, scores, shares

REPORTING_NOTHING = ("07-shares.txt", "08-conference.txt", "17-history.txt", "25-rumours.txt")


@pytest.fixture(scope="module")
def ledgers() -> Iterator[dict[str, Path]]:
    with TemporaryDirectory() as made:
        yield ledgers_in(Path(made))


@pytest.fixture(scope="module")
def ten(ledgers: dict[str, Path]) -> list[Scored]:
    return scores(ARTICLES, ledgers)


@pytest.fixture(scope="module")
def held_out(ledgers: dict[str, Path]) -> list[Scored]:
    return scores(SETS["held-out articles"], ledgers)


def test_of_ten_articles_at_least_four_fifths_of_the_events_are_drafted_as_expected(ten: list[Scored]) -> None:
    assert len({each.file for each in ten}) == 10
    assert [str(share) for share in shares("ten", ten, LEAST) if share.missed] == []


def test_the_head_of_each_of_the_ten_is_read_in_every_field(ten: list[Scored]) -> None:
    assert [(each.file, each.report) for each in ten if each.report] == []


def test_held_out_articles_keep_what_they_have_reached(held_out: list[Scored]) -> None:
    assert [str(share) for share in shares("held-out", held_out, LEAST) if share.missed] == []


def test_no_event_is_drafted_without_a_quote(ten: list[Scored], held_out: list[Scored]) -> None:
    assert sum(each.proposed for each in (*ten, *held_out)) > 40
    assert [each.file for each in (*ten, *held_out) if each.unquoted] == []


def test_no_event_is_drafted_of_a_text_that_reports_nothing(ten: list[Scored], held_out: list[Scored]) -> None:
    found = [each for each in (*ten, *held_out) if each.file in REPORTING_NOTHING]

    assert {each.file for each in found} == set(REPORTING_NOTHING)
    assert [(each.file, each.extra) for each in found if each.proposed] == []
