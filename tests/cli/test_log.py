"""``log``, ``search`` and ``show`` at the door."""

import json
import re

import pytest

from policytracker.ledger.where import Where
from tests.cli.recording import say
from tests.demo import ask, rows, run

BATCH = "cn-2026-01-28-batch"


def test_the_log_tells_position_ref_words_and_source(demo: Where) -> None:
    """The newest event of the shipped history."""
    found = run(demo, "log", "--limit", "1")
    recorded, name, words, source, dates = found.stdout.splitlines()
    assert re.fullmatch(r"recorded \d{4}-\d\d-\d\dT[\d:.]+Z by \S+", recorded)
    assert re.fullmatch(r" +\d+  us-2026-09-24-summit [0-9a-f]{12} development-reported", name)
    assert words.startswith("        statement of white-house: The presidents meet in Washington;")
    assert source.startswith("        CNBC citing White House, 2026-09-24; official https://www.cnbc.com/")
    assert dates == "all that is published; newest report in the ledger 2026-10-09"


def test_events_recorded_together_share_one_heading(demo: Where) -> None:
    """All of the shipped history was imported at once."""
    found = ask(demo, "log").stdout
    assert found.count("recorded ") - found.count(" recorded ") == 1


def test_one_type_of_events_as_json(demo: Where) -> None:
    """In the interchange form, with its place in the ledger."""
    found = rows(demo, "log", "--type", "batch-approved")
    assert [each["ref"] for each in found] == [BATCH, "cn-2026-01-30-deepseek", "cn-2026-08-18-lots"]
    assert list(found[0])[-4:] == ["id", "recorded", "position", "recorder"]


def test_a_program_follows_the_ledger_by_the_last_position_that_it_has_seen(copied: Where) -> None:
    """What is recorded later comes, once, in its order; then nothing until something is new."""
    before = [json.loads(line) for line in say(copied, "log", "--nl").splitlines()]
    assert [each["position"] for each in before] == list(range(1, len(before) + 1))
    last = before[-1]["position"]
    assert say(copied, "log", "--since", str(last), "--nl") == ""
    for day in ("2026-10-07", "2026-10-08"):
        report = ("--publisher", "Example Times", "--published", day)
        say(copied, "record", "development-reported", "--kind", "statement", "--text", f"Said on {day}.", *report)
    new = [json.loads(line) for line in say(copied, "log", "--since", str(last), "--nl").splitlines()]
    assert [(each["position"], each["text"]) for each in new] == [
        (last + 1, "Said on 2026-10-07."),
        (last + 2, "Said on 2026-10-08."),
    ]
    overlapping = say(copied, "log", "--since", str(last - 1), "--nl").splitlines()
    assert [json.loads(line)["id"] for line in overlapping] == [each["id"] for each in (before[-1], *new)]
    assert say(copied, "log", "--since", str(last + 2), "--nl") == ""


def test_a_ledger_of_before_its_first_event_is_empty(demo: Where) -> None:
    """As recorded by the end of 2020: nothing was, and the answer says so."""
    assert rows(demo, "log", "--recorded", "2020") == []
    told = ask(demo, "log", "--recorded", "2020").stdout
    assert "note: nothing was recorded by 2020-12-31T23:59:59.999999Z: the first event of this ledger is later" in told


def test_the_instant_that_the_log_shows_is_one_to_ask_for(demo: Where) -> None:
    """To the microsecond: of all that was recorded at once nothing is left out."""
    instant = rows(demo, "log", "--limit", "1")[0]["recorded"]
    assert len(rows(demo, "log", "--recorded", instant)) == len(rows(demo, "log"))


@pytest.mark.parametrize("arguments", [("--since", "-1"), ("--limit", "0"), ("--type", "batch")])
def test_a_log_of_nonsense_is_refused(demo: Where, arguments: tuple[str, str]) -> None:
    """Wrong usage: exit code 2."""
    assert ask(demo, "log", *arguments).exit_code == 2


def test_a_chinese_name_finds_events_that_write_the_id(demo: Where) -> None:
    """腾讯 is tencent."""
    found = run(demo, "search", "腾讯")
    assert found.returncode == 0
    assert "identifies recipients of cn-2026-01-28-batch: bytedance, alibaba, tencent" in found.stdout
    assert re.search(r"^\d+ events found$", found.stdout, re.MULTILINE)


def test_a_search_for_nothing_is_refused(demo: Where) -> None:
    """It would list everything."""
    found = ask(demo, "search", "  ")
    assert found.exit_code == 2
    assert "TEXT is empty" in found.stderr


def test_a_search_without_a_find_says_so(demo: Where) -> None:
    """And is no failure."""
    found = ask(demo, "search", "no such text anywhere")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (0, "0 events found")


def test_an_event_is_shown_whole_and_with_what_is_said_about_it(demo: Where) -> None:
    """The batch of 28 January, as it stands: the correction with both values and its own source."""
    found = run(demo, "show", BATCH)
    lines = found.stdout.splitlines()
    assert re.fullmatch(rf"{BATCH} [0-9a-f]{{12}} batch-approved", lines[0])
    (quantity,) = [line for line in lines if line.startswith("  quantity        ")]
    assert quantity.startswith("  quantity        400,001 or more")
    (stands,) = [line for line in lines if line.startswith("  stands          ")]
    assert stands.startswith(
        "  stands          known since 2026-01-28T04:21Z; on the word of anonymous sources, two origins: "
    )
    assert "  word            anonymous sources, 2" in lines
    corrected = [
        line for line in lines if line.startswith(("  corrected       quantity: ", "                  quantity: "))
    ]
    assert "200,000 to 999,999 (several hundred thousand) → 400,001 or more" in corrected[0]
    assert f"({BATCH}-firmed: Business Times citing Reuters, 2026-01-28; anonymous sources" in corrected[0]
    about = lines[lines.index("said about it") + 1 :]
    assert about[0].startswith(f"  {BATCH}-named")
    assert about[1].startswith("    Business Times citing Reuters, 2026-01-28")


def test_json_has_the_event_and_then_those_about_it(demo: Where) -> None:
    """At noon what is said later is there, not known."""
    found = rows(demo, "show", BATCH, "--known", "2026-01-28T12:00Z")
    known = {each["type"]: (each["known"], each["counts"]) for each in found}
    assert known["batch-approved"] == (True, "certainly")
    assert known["recipients-identified"] == known["corrected"] == (False, "not at all")


def test_an_event_that_is_not_there_is_one_line_and_exit_code_1(demo: Where) -> None:
    """With the way to the ids and refs."""
    found = run(demo, "show", "nope")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == "Error: no event 'nope' in the ledger; `policytracker log` lists ids and refs\n"


def test_the_log_of_a_cell_in_some_days(demo: Where) -> None:
    """May 2026, with names in place of ids; those of one publisher, the newest."""
    may = ("--company", "腾讯", "--chip", "H200", "--since-published", "2026-05", "--until-published", "2026-05")
    found = rows(demo, "log", *may)
    assert "us-2026-05-14-ten" in [each["ref"] for each in found]
    assert {each["report"]["published"][:7] for each in found} == {"2026-05"}
    (last,) = rows(demo, "log", *may, "--publisher", "REUTERS", "--limit", "1")
    assert last == [each for each in found if each["report"]["publisher"] == "Reuters"][-1]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--company", "Tencnt"), 1, "no company is called 'Tencnt'; did you mean tencent"),
        (("--chip", "H2000"), 1, "no chip is called 'H2000'; did you mean"),
        (("--publisher", "Reutrs"), 1, "no publisher is called 'Reutrs'; did you mean Reuters"),
        (("--publisher", "no such paper"), 1, "`policytracker log` shows the publisher of each report"),
        (
            ("--since-published", "2026-02", "--until-published", "2026-01"),
            2,
            "give the earlier day to --since-published",
        ),
    ],
)
def test_what_cannot_be_narrowed_so_is_refused(
    demo: Where, arguments: tuple[str, ...], code: int, message: str
) -> None:
    """With the way out."""
    answer = ask(demo, "log", *arguments)
    assert (answer.exit_code, answer.stdout) == (code, "")
    assert message in answer.stderr
