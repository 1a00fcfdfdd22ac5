"""On whose word: publishers, and the origins that they repeat."""

from typing import Any

import pytest

from policytracker.events.dates import moment, span
from policytracker.questions.errors import UnknownName
from policytracker.questions.publishers import Publishers
from policytracker.questions.reader import Clocks, Reader
from tests.questions.recorded import recorded
from tests.web.ground import SCOPE, registry

ALL = Clocks(span("2026-02-01").first)


def block(published: str, publisher: str, **more: Any) -> dict[str, Any]:
    report = {"publisher": publisher, "published": published, "attribution": "anonymous", **more}
    return {"type": "blocked", "ref": f"on-{published}", "authority": "gacc", **SCOPE, "report": report}


EVENTS = [
    *registry(),
    block("2026-01-10", "Reuters"),
    block("2026-01-11", "News.Az", cites="REUTERS"),
    block("2026-01-12", "reuters", cites="Nikkei", grade="B2"),
    {"type": "disputed", "target": "on-2026-01-10", "report": {"publisher": "Customs", "published": "2026-01-13"}},
]


def test_publishers_are_told_apart_without_case_and_origins_count_too() -> None:
    with recorded(EVENTS) as reader:
        rows = {row["publisher"].casefold(): row for row in Publishers(reader, ALL).rows()}
    assert {name: (row["reports"], row["cited"]) for name, row in rows.items()} == {
        "reuters": (2, 1),
        "news.az": (1, 0),
        "nikkei": (0, 1),
        "customs": (1, 0),
    }
    assert rows["reuters"]["words"] == {"graded B2": 1, "anonymous sources": 1}
    assert (rows["reuters"]["first"], rows["reuters"]["last"]) == ("2026-01-10", "2026-01-12")


def test_one_source_tells_whom_it_cites_who_cites_it_and_what_it_brought() -> None:
    with recorded(EVENTS) as reader:
        found = Publishers(reader, ALL).one("REUTERS")
    assert [each["publisher"] for each in found["cites"]] == ["Nikkei"]
    assert [each["publisher"] for each in found["cited_by"]] == ["News.Az"]
    assert [each["ref"] for each in found["events"]] == ["on-2026-01-12", "on-2026-01-11", "on-2026-01-10"]
    assert [each["counts"] for each in found["events"]] == ["certainly", "certainly", "certainly"]
    assert [each["report"]["word"] for each in found["events"]] == [
        "anonymous sources, graded B2: usually reliable, probably true",
        "anonymous sources",
        "anonymous sources",
    ]


def test_what_was_not_published_by_then_is_left_out() -> None:
    with recorded(EVENTS) as reader:
        early = Publishers(reader, ALL._replace(known=moment("2026-01-10")))
        assert [row["publisher"] for row in early.rows()] == ["Reuters"]
        with pytest.raises(UnknownName, match=r"no source is called 'News\.Az'; the page of sources lists them"):
            early.one("News.Az")


def test_a_mistyped_source_is_refused_with_the_nearest(reader: Reader) -> None:
    with pytest.raises(UnknownName, match="did you mean Reuters"):
        Publishers(reader, ALL).one("Reutrs")


def test_every_report_of_the_shipped_history_has_its_publisher(reader: Reader) -> None:
    (count,) = reader.connection.execute(
        "SELECT count(*) FROM entries WHERE json_extract(body, '$.report') IS NOT NULL"
    )
    assert sum(row["reports"] for row in Publishers(reader, ALL).rows()) == count[0]
