"""On whose word a text rests, and whom it repeats."""

import pytest

from policytracker.authoring.drafting.article import read_article
from policytracker.authoring.drafting.attribution import Attributed, attributed

HEAD = "A headline about chips\n\nExample Daily\nMay 14, 2026\n\n"


def read(body: str) -> Attributed:
    return attributed(read_article("a.txt", f"{HEAD}{body}".encode()), ("Bureau of Industry and Security",))


@pytest.mark.parametrize(
    ("body", "attribution", "sources"),
    [
        ("China has approved it, two people familiar with the matter said on Thursday in Beijing.", "anonymous", 2),
        (
            "China has approved it, according to people briefed on the decision, it was said.",
            "anonymous",
            None,
        ),
        (
            "China has approved it, a spokesperson for the Ministry of Commerce said at a briefing.",
            "official",
            None,
        ),
        (
            "It has received licences from the government, the company said in a regulatory filing.",
            "on-record",
            None,
        ),
        (
            "China has approved the chips, the chief executive of the firm told reporters in Taipei.",
            "on-record",
            None,
        ),
        ("China has approved the chips, it is said in the trade, but nobody could confirm it so far.", None, None),
        ("三名知情人士表示,中国已批准首批芯片进口,涉及多家大型互联网企业。", "anonymous", 3),
    ],
)
def test_the_first_word_decides_on_what_a_text_rests(body: str, attribution: str | None, sources: int | None) -> None:
    assert read(body)[:2] == (attribution, sources)


@pytest.mark.parametrize(
    ("body", "cites"),
    [
        (
            "China has approved it, Example Wire reported on Wednesday, citing two people with knowledge of it.",
            "Example Wire",
        ),
        (
            "China has approved it, according to a report by Example Wire, and lots are on their way.",
            "Example Wire",
        ),
        ("China has approved it, two people familiar with the matter told Reuters, and more are to follow.", "Reuters"),
        ("据示例通讯社报道,两名知情人士透露,中国已批准首批芯片进口,涉及三家企业。", "示例通讯社"),
        ("China has approved it, two people familiar with the matter told reporters in Beijing on Tuesday.", None),
        ("China has approved it, Example Daily reported on Tuesday, citing two people with knowledge of it.", None),
    ],
)
def test_a_relay_names_whom_it_repeats_and_never_itself(body: str, cites: str | None) -> None:
    assert read(body).cites == cites


def test_an_authority_that_publishes_is_official() -> None:
    text = f"{HEAD}The rule takes effect on Friday, and applications will be judged one by one from then on."
    article = read_article("a.txt", text.replace("Example Daily", "Bureau of Industry and Security").encode())

    assert attributed(article, ("Bureau of Industry and Security",)).attribution == "official"
