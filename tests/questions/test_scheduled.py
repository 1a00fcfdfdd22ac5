"""What is to change: rules that are known and have not begun, or will end."""

import pytest

from policytracker.events.dates import iso, moment, span
from policytracker.questions.diff import diff
from policytracker.questions.errors import UnknownName
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.scheduled import scheduled

ANNOUNCED = Clocks(span("2026-01-13").first, moment("2026-01-13"))


def ahead(reader: Reader, clocks: Clocks) -> list[str]:
    found = scheduled(reader, clocks, None, None)
    return [iso(each.day) for each in found]


def test_a_rule_published_before_it_holds_is_scheduled_until_it_does(reader: Reader) -> None:
    """Published on 13 January 2026 to hold from the 15th."""
    assert ahead(reader, ANNOUNCED) == ["2026-01-15"]
    assert ahead(reader, ANNOUNCED._replace(at=span("2026-01-14").first)) == ["2026-01-15"]
    assert ahead(reader, ANNOUNCED._replace(at=span("2026-01-15").first)) == []
    assert ahead(reader, ANNOUNCED._replace(known=moment("2026-01-12"))) == []


def test_each_day_ahead_is_what_a_diff_from_the_day_before_tells(reader: Reader) -> None:
    (found,) = scheduled(reader, ANNOUNCED, None, None)
    told = {(row["company"], row["chip"]): row["to_possible"] for row in diff(reader, found.points, None, None, None)}
    cells = {cell: group.step["to_possible"] for group in found.groups for cell in group.cells}
    assert cells == told
    assert cells["tencent", "mi250"] == ["licensable"]


def test_what_is_ahead_of_one_company_and_one_chip_alone(reader: Reader) -> None:
    (found,) = scheduled(reader, ANNOUNCED, "Tencent", "mi250")
    assert [group.cells for group in found.groups] == [[("tencent", "mi250")]]
    assert list(scheduled(reader, ANNOUNCED, "huawei", None)) == []
    with pytest.raises(UnknownName, match="no chip is called 'a1000'"):
        scheduled(reader, ANNOUNCED, None, "a1000")
