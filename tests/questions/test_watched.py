"""What a watch asks for, by names; and what of a digest concerns it."""

import pytest

from policytracker.events.dates import span
from policytracker.questions.asked import Since
from policytracker.questions.digest import digest
from policytracker.questions.errors import QuestionError, UnknownName
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.turning import Publications
from policytracker.questions.watched import Narrowed, NoGate, NoGroup, NoMembers, Watched, narrowed
from policytracker.status.directory import Directory
from tests.ledger.ground import group

OCTOBER = span("2026-10-09").first
END = Clocks(OCTOBER)


def of(reader: Reader, watched: Watched) -> Narrowed:
    """By the registry of October 2026."""
    return narrowed(reader.directory_at(None, OCTOBER), watched)


def test_names_groups_and_gates_become_ids(reader: Reader) -> None:
    """A group may stand among companies; a group is its members."""
    found = of(reader, Watched(("腾讯", "BAT"), ("H200",), ("state-carriers",), ("MOFCOM",), ("us/EXPORT",)))
    assert found.companies == ["alibaba", "baidu", "china-mobile", "tencent"]
    assert found.chips == ["h200"]
    assert found.authorities is not None and {"mofcom", "bis"} <= found.authorities
    assert of(reader, Watched())[:3] == (None, None, None)
    assert of(reader, Watched(groups=("BAT",))).chips is None


@pytest.mark.parametrize(
    ("watched", "kind", "why"),
    [
        (Watched(("Tencnt",)), UnknownName, "no company or group is called 'Tencnt'; did you mean tencent"),
        (Watched(groups=("ai labs",)), NoGroup, "no group is called 'ai labs'; did you mean ai-labs"),
        (Watched(groups=("qqqq",)), NoGroup, "no group is called 'qqqq'; `policytracker log --type group-defined` has"),
        (Watched(gates=("US/exprt",)), NoGate, "no authority guards a gate 'US/exprt'; the gates are AE/import, "),
        (Watched(authorities=("BISS",)), UnknownName, "no authority is called 'BISS'; did you mean bis"),
    ],
)
def test_a_name_that_means_nothing_is_refused(
    reader: Reader, watched: Watched, kind: type[QuestionError], why: str
) -> None:
    with pytest.raises(kind) as caught:
        of(reader, watched)
    assert str(caught.value).startswith(why)


def test_a_group_of_nobody_who_is_registered_does_not_mean_all() -> None:
    """Else a watch of it would tell of everybody."""
    from policytracker.status.entries import Entry

    directory = Directory([Entry(1, "1", 1, group("empty", "company", "nobody"))], OCTOBER)
    with pytest.raises(NoMembers, match="no company is in the groups that are watched"):
        narrowed(directory, Watched(groups=("empty",)))


def test_a_digest_for_a_watch_tells_its_authorities_and_kinds_alone(reader: Reader) -> None:
    """The American words on H200 since May; the age of last words is of no authority."""
    whole = digest(reader, END, Publications(reader, None), Since(span("2026-05-10").first), None, ["h200"])
    watched = of(reader, Watched(chips=("H200",), gates=("US/export",), kinds=("licences", "amounts", "disputes")))
    found = watched.digest(reader, END, whole)
    assert [part["kind"] for part in found["parts"]] == ["licences", "amounts", "disputes"]
    sentences = [entry["sentence"] for part in found["parts"] for entry in part["entries"]]
    assert any("The United States (Bureau of Industry and Security) licensed exports" in each for each in sentences)
    assert not any("China (" in each for each in sentences)
    assert set(sentences) < {entry["sentence"] for part in whole["parts"] for entry in part["entries"]}
    assert (found["stale_before"], found["nothing_new"]) == (0, False)
    nobody = of(reader, Watched(authorities=("NDRC",), kinds=("restrictions",))).digest(reader, END, whole)
    assert (nobody["parts"], nobody["nothing_new"]) == ([], True)
