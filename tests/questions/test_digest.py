"""What a digest and a brief tell of the shipped history, and of a ledger in which little happens."""

from collections.abc import Iterator
from typing import Any

import pytest

from policytracker.api.ledger import Ledger
from policytracker.events.dates import span
from policytracker.questions.asked import NotAPosition, NotBefore, Since, since
from policytracker.questions.brief import brief
from policytracker.questions.digest import digest
from policytracker.questions.digest_answers import Digest, DigestEntry
from policytracker.questions.documents import NOTHING_ELSE, NOTHING_NEW, markdown, of_digest
from policytracker.questions.errors import NoSuchPosition, UnknownName
from policytracker.questions.in_words import InWords
from policytracker.questions.news import instant_of, news
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.stale import last_word_in_words
from policytracker.questions.state import cells
from policytracker.questions.turning import Publications

SUMMER = Since(span("2026-05-10").first)
MAY, OCTOBER = span("2026-05-10").first, span("2026-10-09").first
END = Clocks(OCTOBER)


def told(reader: Reader, start: Since = SUMMER, end: Clocks = END, **asked: Any) -> Digest:
    """A digest of the shipped history."""
    return digest(reader, end, Publications(reader, end.recorded), start, **asked)


def entries(found: Digest, kind: str) -> list[DigestEntry]:
    """What it tells of one kind."""
    return [entry for part in found["parts"] if part["kind"] == kind for entry in part["entries"]]


def refs(entry: DigestEntry) -> list[str | None]:
    """The events that an entry tells, or rests on."""
    return [event["ref"] for event in (*([entry["event"]] if entry["event"] else []), *entry["by"])]


@pytest.fixture(scope="module")
def summer(reader: Reader) -> Digest:
    """From the tenth of May to the ninth of October 2026."""
    return told(reader)


def test_a_digest_of_the_summer_names_the_licences_for_about_ten_buyers_with_their_amount(summer: Digest) -> None:
    """Reuters told of them on the fourteenth of May."""
    (licence,) = [each for each in entries(summer, "licences") if "us-2026-05-14-ten" in refs(each)]
    assert "licensed exports of H200 to 9 to 11 companies in China" in licence["sentence"]
    assert "up to 75,000 chips for each company" in licence["sentence"]
    assert "unnamed people told Reuters (14 May 2026)" in licence["sentence"]
    (amount,) = [each for each in entries(summer, "amounts") if each["sentence"].startswith("9 to 11 companies")]
    assert "up to 75,000 chips for each company licensed" in amount["sentence"]
    assert refs(amount) == ["us-2026-05-14-ten"]


def test_a_digest_of_the_summer_names_the_hold_up_by_china(summer: Digest) -> None:
    """Nvidia's filing of August says so of H200; MIIT held up another chip in September."""
    (stopped,) = [each for each in entries(summer, "reports") if "cn-2026-08-26-not-let" in refs(each)]
    assert "China (Chinese regulators, not named) stopped imports of H200 and H200 NVL" in stopped["sentence"]
    assert stopped["sentence"].startswith(
        "The Chinese government restricts sales of H200 that the US has licensed; on the record: Nvidia (26 August "
        "2026)."
    )
    assert any("held up imports of RTX Pro 5500" in each["sentence"] for each in entries(summer, "restrictions"))
    assert any("restricts sales of licensed H200" in each["sentence"] for each in entries(summer, "developments"))


def test_a_digest_of_the_summer_says_that_nothing_was_delivered_by_the_days_reported(summer: Digest) -> None:
    """Two reports of May, each with its day and its source."""
    found = {ref: each["sentence"] for each in entries(summer, "amounts") for ref in refs(each)[:1]}
    assert found["h200-none-2026-05-14"] == (
        "Deliveries of H200 to companies in China by 14 May 2026: none delivered; "
        "unnamed people told Reuters (14 May 2026)."
    )
    assert found["hopper-none-2026-q1"].endswith(
        "none (no Hopper part to China in the quarter); on the record: Nvidia (20 May 2026)."
    )


def test_every_entry_has_its_source(summer: Digest) -> None:
    """An event that tells it, or events on which it rests; the age of a last word has none."""
    assert len(summer["parts"]) >= 11
    for part in summer["parts"]:
        for entry in part["entries"]:
            assert part["kind"] == "stale" or (all(refs(entry)) and refs(entry))


def test_every_event_of_the_news_is_told_once(reader: Reader, summer: Digest) -> None:
    """As its own entry."""
    found = news(reader, END, Publications(reader, None), SUMMER)
    events = [entry["event"]["id"] for part in summer["parts"] for entry in part["entries"] if entry["event"]]
    assert sorted(events) == sorted(item["id"] for section in found["sections"] for item in section["items"])
    assert len(entries(summer, "answers")) == len(found["changed"])


def test_conditions_and_what_is_left_are_compared(summer: Digest) -> None:
    """The lots of August bring a condition; of them 2,000 at most are left."""
    first = entries(summer, "conditions")[0]
    assert (first["sentence"], refs(first)) == (
        "ByteDance and Tencent Holdings, H200: a condition now binds (Import into China): most of what the US has "
        "licensed for the firm is to stay outside the mainland; Hong Kong is allowed.",
        ["cn-2026-08-18-lots"],
    )
    assert "ByteDance and Tencent Holdings, H200: 0 to 2,000 left of 9,000 to 11,000 per company." in [
        each["sentence"] for each in entries(summer, "amounts")
    ]


def test_an_approval_that_no_longer_stands_is_told_with_what_it_had(reader: Reader) -> None:
    """A licence of February is overridden by that of May for those who have it."""
    found = told(reader, companies=["Tencent"], chips=["H200"])
    assert "Tencent Holdings, H200: the approval no longer stands; it had 1 or more left." in [
        each["sentence"] for each in entries(found, "amounts")
    ]


def test_only_some_companies_and_chips_are_told(reader: Reader, summer: Digest) -> None:
    """Names are taken as everywhere; what is told of them is part of what is told of all."""
    found = told(reader, companies=["腾讯", "JD"], chips=["H200", "h20"])
    assert (found["companies"], found["chips"]) == (["jd", "tencent"], ["h20", "h200"])
    answers = entries(found, "answers")
    assert {each for entry in answers for each in entry["companies"]} == {"jd", "tencent"}
    assert {each for entry in answers for each in entry["chips"]} == {"h200"}
    assert not any("G42" in each["sentence"] for part in found["parts"] for each in part["entries"])
    one, other = (told(reader, companies=[each], chips=["H200"]) for each in ("jd", "tencent"))
    together = told(reader, companies=["jd", "tencent"], chips=["H200"])
    for kind in ("licences", "reports", "developments", "disputes"):
        each = {e["event"]["id"] for d in (one, other) for e in entries(d, kind) if e["event"]}
        assert {e["event"]["id"] for e in entries(together, kind) if e["event"]} == each
    with pytest.raises(UnknownName, match="no company is called 'nobody'"):
        told(reader, companies=["nobody"])


def test_words_go_stale_on_the_day_after_so_many_days(reader: Reader) -> None:
    """The last US word on H20 is of 18 March 2026: ninety days later is the sixteenth of June."""
    day = span("2026-06-16").first
    for last, expected in ((day, False), (day + 1, True), (day + 2, False)):
        found = told(reader, Since(last - 1), Clocks(last), chips=["H20"])
        stale = [each["sentence"] for each in entries(found, "stale")]
        assert any("Export from the United States: last word on 18 March 2026" in each for each in stale) is expected
    sooner = told(reader, Since(day - 1), Clocks(day), chips=["H20"], stale_days=89)
    assert any("18 March 2026, 90 days before" in each["sentence"] for each in entries(sooner, "stale"))


def test_what_was_stale_before_is_counted(reader: Reader) -> None:
    """On a day on which nothing goes stale, all that is stale was so before."""
    found = told(reader, Since(OCTOBER - 1), chips=["H20"])
    assert entries(found, "stale") == []
    assert found["stale_before"] > 0


def test_days_to_come_are_told(summer: Digest) -> None:
    """A licence for the Emirates ends in April. Before that a rule returns that reaches no company registered here."""
    *claims, ahead = entries(summer, "scheduled")
    assert ahead["sentence"] == "6 April 2027: Core42 and G42, 21 chips: from “yes” to “not yet”."
    assert refs(ahead) == ["us-2026-07-10-uae"]
    assert [(each["sentence"].partition(":")[0], each["companies"]) for each in claims] == [
        ("10 November 2026", []),
        ("10 January 2027", []),
    ]


def test_after_a_position_what_was_recorded_since_is_told(reader: Reader) -> None:
    """However old it is; after the last there is nothing."""
    last = reader.head.position
    found = told(reader, Since(None, last - 12))
    events = [each["event"] for part in found["parts"] for each in part["entries"] if each["event"]]
    assert 0 < len(events) <= 12
    assert told(reader, Since(None, last))["nothing_new"]
    with pytest.raises(NoSuchPosition, match="no event has position"):
        told(reader, Since(None, last + 1))


def test_where_nothing_is_new_it_says_so(reader: Reader, summer: Digest) -> None:
    """And where something is, that there is nothing else."""
    quiet = told(reader, Since(OCTOBER), Clocks(OCTOBER + 1))
    assert quiet["nothing_new"] and not summer["nothing_new"]
    naming = InWords(reader, END).names
    assert of_digest(quiet, naming).lead[-1] == NOTHING_NEW
    assert NOTHING_ELSE not in of_digest(quiet, naming).end
    assert of_digest(summer, naming).end[-1] == NOTHING_ELSE


def test_an_event_is_told_in_full_once(reader: Reader, summer: Digest) -> None:
    """Elsewhere its ref stands. A report with another value for the licences names them once more."""
    text = "\n".join(markdown(of_digest(summer, InWords(reader, END).names)))
    assert (
        text.count("licensed exports of H200 to 9 to 11 companies in China") == 2
    )  # and the report with another value
    assert text.count("us-2026-05-14-ten") >= 4


@pytest.mark.parametrize(("text", "expected"), [("2026-05", Since(MAY + 21)), ("position:7", Since(None, 7))])
def test_news_begin_after_a_day_or_a_position(text: str, expected: Since) -> None:
    """Of a month after its last day."""
    assert since(text, OCTOBER, OCTOBER) == expected


def test_a_beginning_that_is_none_is_refused() -> None:
    """With the way out."""
    with pytest.raises(NotAPosition, match="'-1' is no position; write a whole number, such as position:340"):
        since("position:-1", OCTOBER, OCTOBER)
    with pytest.raises(NotBefore, match="2026-12-31 is after 2026-10-09, on which the news end"):
        since("2026", OCTOBER, OCTOBER)


def test_a_last_word_after_the_day_is_later_and_not_a_negative_number_of_days_before() -> None:
    assert last_word_in_words("2026-01-28", span("2026-01-30").first).endswith(", 2 days before")
    assert last_word_in_words("2026-01-28", span("2026-01-25").first).endswith(", 3 days later")


def test_a_brief_has_a_paragraph_for_each_gate(reader: Reader) -> None:
    """Each with what decides, conditions, amounts, what is left and disputes, and the ref of each event."""
    found = brief(reader, END, "Tencent", "H200", 30)
    assert found["sentence"] == "Tencent Holdings may import H200, with conditions."
    export, entry, rest = found["paragraphs"]
    assert [each["gate"] for each in found["paragraphs"]] == ["US/export", "CN/import", None]
    assert (
        export["sentence"] == "Yes, with conditions; last word on 26 August 2026, 44 days before: older than 30 days."
    )
    assert (export["last_word_days"], export["is_stale"]) == (44, True)
    kinds = {line["kind"] for line in export["lines"]}
    assert kinds >= {"decides", "condition", "licensed", "left", "signal", "disputed"}
    assert {line["kind"] for line in entry["lines"]} >= {
        "decides",
        "condition",
        "approved",
        "left",
        "signal",
        "disputed",
    }
    assert {line["kind"] for line in rest["lines"]} == {"ordered", "delivered", "disputed"}
    assert [line["sentence"] for line in entry["lines"] if line["kind"] == "left"] == [
        "0 to 2,000 left of 9,000 to 11,000 per company."
    ]
    ordered = next(line for line in rest["lines"] if line["kind"] == "ordered")
    assert ordered["sentence"].endswith("ordered (not every figure counts certainly).")
    assert all(line["event"] or line["by"] for paragraph in found["paragraphs"] for line in paragraph["lines"])


def test_a_brief_of_a_gate_with_a_fresh_word_calls_it_not_stale(reader: Reader) -> None:
    """Forty-four days are not more than forty-four."""
    found = brief(reader, END, "Tencent", "H200", 44)
    assert not found["paragraphs"][0]["is_stale"]
    assert found["paragraphs"][0]["sentence"] == "Yes, with conditions; last word on 26 August 2026, 44 days before."


def test_a_brief_tells_what_comes_next(reader: Reader) -> None:
    """The licence for G42 ends."""
    found = brief(reader, END, "G42", "H200", 90)
    assert any(
        line["sentence"].startswith("6 April 2027: G42, H200: from “yes”")
        for line in found["paragraphs"][-1]["lines"]
        if line["kind"] == "next"
    )


@pytest.fixture
def small(reader: Reader) -> Iterator[Ledger]:
    """The shipped history, to be recorded in."""
    with Ledger.demo(today="2026-10-10") as made:
        yield made


def test_a_company_that_is_registered_meanwhile_can_be_asked_for(small: Ledger) -> None:
    """It has no answers at the first point, so none has changed; what is reported of it is told."""
    position = len(small.log())
    small.append(type="company-registered", company="newcomer", name="Newcomer", jurisdiction="CN")
    small.append(
        type="batch-approved",
        authority="ndrc",
        companies=["newcomer"],
        chips=["h200"],
        effective="2026-10-01",
        quantity={"max": 500},
        ref="newcomer-lot",
        report={"publisher": "NDRC", "published": "2026-10-09", "attribution": "official"},
    )
    for start in ("2026-10-01", f"position:{position}", "position:0"):
        found = small.digest(start, ["Newcomer"])
        told = {part.kind: [entry.sentence for entry in part.entries] for part in found.parts}
        assert any(each.startswith("Newcomer, H200: up to 500 chips approved") for each in told["amounts"]), start
        assert any("approved a batch of imports of H200 by Newcomer" in each for each in told["licences"]), start
        assert "answers" not in told
    assert small.digest("position:3", recorded="2020-01-01").nothing_new


def test_a_condition_that_ends_no_longer_binds(small: Ledger) -> None:
    """The inspection is lifted on the tenth of October."""
    small.append(
        type="lifted",
        target="us-2026-02-25-inspection",
        effective="2026-10-10",
        ref="no-inspection",
        report={"publisher": "BIS", "published": "2026-10-10", "attribution": "official"},
    )
    found = small.digest(since="2026-10-09", at="2026-10-10", companies=["Tencent"], chips=["H200"])
    conditions = [each.sentence for part in found.parts if part.kind == "conditions" for each in part.entries]
    assert conditions == [
        "Tencent Holdings, H200: a condition no longer binds (Export from the United States): the chips pass an "
        "inspection in the US before they go to the customer."
    ]
    assert small.brief("Tencent", "H200", at="2026-10-10").paragraphs[0].last_word_days == 0


def test_a_digest_after_a_position_changes_no_later_answer(reader: Reader) -> None:
    """All events of the history have one recorded instant; the position lies in the middle of them."""
    asked = Clocks(OCTOBER, None, instant_of(reader, 100))
    before = list(cells(reader, asked, ["tencent"], ["h200"]))
    told(reader, Since(None, 100))

    assert list(cells(reader, asked, ["tencent"], ["h200"])) == before
