"""The cell's page: the answer, why, over the days, and as it became known, as the command line has it."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.demo import ask, rows
from tests.web.ground import REPORT, SCOPE, hostile, registry, served
from tests.web.points import At, points
from tests.web.reading import Tables

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"


def words_of(page: str) -> str:
    """The main part of a page as running text."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\xa0", " ").split())


def test_the_answer_in_words_stands_beside_the_question(client: TestClient) -> None:
    found = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)

    assert found.startswith(
        "May Tencent Holdings 腾讯 import the H200? Tencent Holdings may not import H200 as things stand: not yet, or "
        "needs a licence. On 28 Jan 2026 , as publicly known at 28 Jan 2026, 12:00 UTC , and by all that this ledger "
        "holds. Last report on the matter: 28 Jan 2026. in principle … licensable Limited by Import into China ."
    )


@pytest.mark.parametrize(
    ("company", "chip"), [("tencent", "h200"), ("bytedance-sg", "b30a"), ("huawei", "ascend-910c"), ("smic", "h20")]
)
@pytest.mark.parametrize("point", points(3, seed=11), ids=str)
def test_the_json_has_what_the_commands_print(
    client: TestClient, demo: Path, company: str, chip: str, point: At
) -> None:
    found = client.get(f"/cell/{company}/{chip}.json", params=point.query()).json()

    known = point.options()[2:]
    assert [found["state"]] == rows(demo, "state", company, chip, *point.options())
    assert found["why"] == rows(demo, "why", company, chip, *point.options())
    assert found["timeline"] == rows(demo, "timeline", company, chip, *known)
    assert found["knowledge"] == rows(demo, "timeline", company, chip, "--knowledge", "--at", point.at)
    quantities = rows(demo, "quantities", chip, *point.options())
    assert all(row in quantities for row in found["quantities"])


def test_quantities_are_those_of_the_company(client: TestClient) -> None:
    """The three firms of the batch are named by the evening of 28 January."""
    kinds = {
        company: [row["kind"] for row in client.get(f"/cell/{company}/h200.json?at=2026-01-28").json()["quantities"]]
        for company in ("tencent", "baidu", "bytedance-sg")
    }

    assert kinds == {
        "tencent": ["ordered", "approved", "shipped", "shipped"],
        "baidu": ["ordered", "shipped", "shipped"],
        "bytedance-sg": [],
    }


@pytest.mark.parametrize("address", ["/cell/腾讯/H200", "/cell/TENCENT/h200", "/cell/Tencent Holdings/H200"])
def test_names_are_understood_in_any_language(client: TestClient, address: str) -> None:
    assert client.get(f"{address}.json?{NOON}").json() == client.get(f"/cell/tencent/h200.json?{NOON}").json()


def test_an_unknown_company_is_refused_with_the_nearest(client: TestClient) -> None:
    found = client.get("/cell/tencnt/h200")

    assert found.status_code == 404
    assert "no company is called &#39;tencnt&#39;; did you mean tencent, tencent-hk, bytedance?" in found.text


def test_each_claim_is_told_with_its_reason_and_source_and_what_would_settle_it(client: TestClient) -> None:
    found = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)

    assert (
        "in principle from a day between 19 Jan 2026 and 23 Jan 2026 China (Chinese regulators, not named) approved in "
        "principle imports of H200 by Alibaba Group, Tencent Holdings and ByteDance, from a day between 19 and 23 "
        "January 2026; condition: buy some domestic chips as well; the share is not set; unnamed people told Bloomberg "
        "(23 January 2026). cn-2026-01-23-in-principle : cn-regulators approves in principle "
        "h200 for alibaba, tencent, bytedance: conditions domestic-purchase, from 2026-01-19/2026-01-23 overridden, if "
        "it holds, by cn-2026-01-28-batch : a later permission lifts what it covers"
    ) in found
    assert "holds only possibly: for 3 of major-internet, none of them named yet" in found
    assert (
        "Whether cn-2026-01-28-batch holds for Tencent Holdings 腾讯: if it does, needs a licence ; if not, not yet"
    ) in found
    assert (
        "Business Times citing Reuters, 28 Jan 2026, 04:21 UTC, its report ; anonymous sources, 2: China has" in found
    )
    assert (
        "3 that do not apply prohibited from 21 Oct 2022 The United States (Bureau of Industry and Security) required"
        in found
    )
    assert "lifted on 17 Nov 2023 ( us-2022-10-07-rule-lifted )" in found


def test_on_whose_word_is_told_and_a_grade_only_where_somebody_gave_one(client: TestClient) -> None:
    """A recorder gave the C3. Nobody gave a title, so nothing stands in quotation marks as one."""
    found = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)

    assert "its report ; anonymous sources, 2: China has approved a first batch of H200" in found
    assert (
        "Nvidia , 31 Aug 2022 ( a copy ); on the record, graded C3: fairly reliable, possibly true: The maker expects"
    ) in found
    assert "Certain." not in found and "confirmed" not in found
    assert re.search(r"\d{4}(, \d\d:\d\d UTC)?, “", found) is None


def test_a_title_stands_in_quotation_marks_and_the_recorders_words_do_not() -> None:
    report = {**REPORT, "title": "Customs let it in", "summary": "Customs clear the chip.", "quote": "it may enter"}
    with served([*registry(), {"type": "cleared", "authority": "gacc", **SCOPE, "report": report}]) as ledger:
        page = ledger.client.get("/cell/acme/h20").text

    assert "“Customs let it in”; official: Customs clear the chip. <q>it may enter</q>" in page


def test_conditions_are_listed_claim_by_claim_and_what_is_left_is_told(client: TestClient) -> None:
    """At noon the batch may hold, and the agreement in principle may stand in its place."""
    page = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)
    state = client.get(f"/cell/tencent/h200.json?{NOON}").json()["state"]

    for each in state["conditions"]:
        assert f"{each['key'].replace('-', ' ')} {each['wording']} ({each['binds']})" in page
    assert {each["binds"] for each in state["conditions"]} == {"certainly", "possibly"}
    assert "Of us-2026-01-14-duty White House, 14 Jan 2026 (official) duty 25 percent duty" in page
    assert (
        "Of cn-2026-01-28-batch : 200,000 to 999,999 left Business Times citing Reuters, 28 Jan 2026, 04:21 UTC "
        "(anonymous sources, 2)"
    ) in page
    assert "Last report on this side: 15 Jan 2026, 13 days earlier." in page


def test_what_is_left_is_told_with_of_how_much_as_the_command_line_tells_it(client: TestClient, demo: Path) -> None:
    """Each firm has so many: no report gives what is left of that, and none gives so many for all of them."""
    page = words_of(client.get("/cell/tencent/h200?at=2026-10-09").text)
    shell = ask(demo, "state", "tencent", "h200", "--at", "2026-10-09").output

    for claim, left, source in (
        ("us-2026-05-14-ten", "up to 75,000 left of up to 75,000 per company", "Reuters, 14 May 2026"),
        ("cn-2026-08-18-lots", "0 to 2,000 left of 9,000 to 11,000 per company", "Financial Times, 18 Aug 2026"),
    ):
        assert f"Of {claim} : {left} {source} (anonymous sources)" in page
        assert f"{claim}: {left} – " in " ".join(shell.split())


def test_a_certain_answer_is_told_with_those_on_whose_word_it_rests(client: TestClient) -> None:
    found = words_of(client.get("/cell/smic/b200?at=2026-01-28").text)

    assert found.startswith("May SMIC 中芯国际 import the B200? ")
    assert re.search(r"Export from the United States: no Official The United States .+ us-[-0-9a-z]+ : ", found)


def test_what_is_talked_about_and_what_else_is_reported_is_shown_beside(client: TestClient) -> None:
    page = client.get(f"/cell/tencent/h200?{NOON}").text
    why = client.get(f"/cell/tencent/h200.json?{NOON}").json()["why"]

    talked = [event["ref"] for gate in why for event in gate["signals"]]
    around = [event["ref"] for event in why[0]["developments"]]
    assert "us-2025-12-08-h200-announced" in talked and around
    assert all(f">{ref}</a>" in page.partition("Talked about, not imposed")[2] for ref in talked)
    assert all(f">{ref}</a>" in page[page.index('id="developments"') :] for ref in around)


def test_a_domestic_chip_passes_no_gate(client: TestClient) -> None:
    page = client.get("/cell/baidu/ascend-910c?at=2026-10-09").text
    found = words_of(page)

    assert found.startswith(
        "May Baidu 百度 import the Ascend 910C? Ascend 910C comes from Baidu’s own jurisdiction: it passes no border "
        "control that this ledger follows."
    )
    assert 'class="side"' not in page and 'class="gate"' not in page and page.count('role="img"') == 2


def test_a_day_before_the_launch_of_a_chip_is_told(client: TestClient) -> None:
    coming, launched = (
        words_of(client.get(f"/cell/tencent/h200?at={day}").text) for day in ("2023-11-12", "2023-11-13")
    )

    assert "The day is before its launch: H200 was or will be launched 13 Nov 2023." in coming
    assert "before its launch" not in launched


def test_a_gate_of_which_nothing_is_recorded_does_not_hide_the_others() -> None:
    """Nothing of the US gate is recorded; the Chinese one is cleared."""
    controlled = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"]}
    clear = {"type": "cleared", "authority": "gacc", **SCOPE, "report": REPORT}
    with served([*registry(), controlled, clear]) as ledger:
        found = words_of(ledger.client.get("/cell/acme/h20?at=2026-01-12").text)

    assert "This ledger does not tell whether Acme may import H20." in found
    assert "unknown Limited by Export from the United States" in found
    assert (
        "Nothing is recorded that forbids or permits it at Export from the United States. Were this side open, the "
        "answer would be yes ."
    ) in found


def test_a_gate_that_a_cell_has_on_some_days_only_is_told_so() -> None:
    """From June on the US controls the chip."""
    controlled = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"]}
    claims = [
        {"type": "cleared", "authority": "gacc", **SCOPE, "report": REPORT},
        {"type": "blocked", "authority": "bis", **SCOPE, "effective": "2026-06-05", "report": REPORT},
    ]
    bis = {
        "type": "authority-registered",
        "authority": "bis",
        "name": "BIS",
        "jurisdiction": "US",
        "direction": "export",
    }
    with served([*registry(), bis, controlled | {"effective": "2026-06-01"}, *claims]) as ledger:
        before, after = (ledger.client.get(f"/cell/acme/h20?at={day}").text for day in ("2026-05-31", "2026-06-06"))

    for page in (before, after):
        table = next(table for table in Tables(page).tables if table[0][0].text == "Turn")
        assert [box.text for box in table[0][4:-1]] == ["Export from the United States", "Import into China"]
        by_start = {row[1].text: [box.text for box in row[3:-1]] for row in table[1:]}
        assert by_start["10 Jan 2026"] == ["cleared", "no such gate", "cleared"]
        assert by_start["1 Jun 2026"] == ["unknown", "unknown", "cleared"]
        assert by_start["5 Jun 2026"] == ["blocked", "blocked", "cleared"]
    assert 'id="US-export"' in after and 'id="US-export"' not in before


@pytest.mark.parametrize(("table", "part", "first"), [(2, "timeline", "the beginning"), (3, "knowledge", None)])
def test_each_chart_is_followed_by_the_same_as_a_table(
    client: TestClient, table: int, part: str, first: str | None
) -> None:
    address = f"/cell/tencent/h200{{}}?{NOON}"
    told = client.get(address.format(".json")).json()[part]

    _, *shown = Tables(client.get(address.format("")).text).tables[table]

    assert [row[0].text for row in shown] == ["–", *map(str, range(1, len(told)))]
    assert first is None or shown[0][1].text == first
    for row, spell in zip(shown, told, strict=True):
        turned = [link.address.partition("?")[0] for link in row[-1].links]
        assert turned == [f"/event/{event['id']}" for event in spell["turned_by"]]
        assert [_status(box.text) for box in row[3:-1]] == [
            [each["possible"][0], each["possible"][-1]] for each in (spell, *spell["gates"])
        ]


def _status(text: str) -> list[str]:
    if text == "unknown":
        return ["prohibited", "cleared"]
    ends = [end.strip().replace(" ", "_") for end in text.replace("\xa0", " ").split("…")]
    return [ends[0], ends[-1]]


def test_links_keep_the_dates_of_the_question(client: TestClient) -> None:
    page = client.get(f"/cell/tencent/h200?{NOON}").text

    kept = "?at=2026-01-28&amp;known=2026-01-28T12%3A00Z"
    assert f'href="/company/tencent{kept}"' in page
    assert f'href="/chip/h200{kept}"' in page
    assert f'href="/cell/tencent/h200/alike{kept}"' in page


def test_cells_under_the_same_claims_are_named_on_demand_and_have_the_same_answer(client: TestClient) -> None:
    page = client.get("/cell/baidu/h200/alike?at=2026-01-28").text
    alike = set(re.findall(r'href="/cell/([^/]+)/h200\?', page.partition('id="companies"')[2])) - {"baidu"}

    assert "meituan" in alike and "tencent" not in alike
    answers = {company: client.get(f"/cell/{company}/h200.json?at=2026-01-28").json()["state"] for company in alike}
    own = client.get("/cell/baidu/h200.json?at=2026-01-28").json()["state"]
    assert all((state["possible"], state["gates"]) == (own["possible"], own["gates"]) for state in answers.values())
    listed = client.get("/cell/baidu/h200/alike.json?at=2026-01-28").json()
    assert {row["company"] for row in listed if row["chip"] == "h200"} == alike


def test_a_cell_of_which_nothing_is_known_says_so(client: TestClient) -> None:
    page = client.get("/cell/tencent/h200?known=2000-01-01").text

    found = words_of(page)
    assert "unknown Limited by Export from the United States and Import into China ." in found
    assert found.count("This ledger holds no reliable report on this side.") == 2
    assert found.count("Nothing is recorded that forbids or permits it here, so any status is possible.") == 2
    assert "No quantity is known." in found
    assert page.count('role="img"') == 2


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(client: TestClient, at: str) -> None:
    assert client.get(f"/cell/tencent/h200?at={at}&known={at}").status_code == 200


def test_nothing_on_the_page_is_styled_or_scripted_in_line(client: TestClient) -> None:
    page = client.get(f"/cell/tencent/h200?{NOON}").text

    assert re.search(r"\s(style|on[a-z]+)=", page) is None
    assert re.search(r"<style|<script(?! src=)", page) is None
    identities = re.findall(r'\sid="([^"]+)"', page)
    assert len(identities) == len(set(identities))


def test_hostile_texts_are_shown_as_text() -> None:
    with hostile() as ledger:
        page = ledger.client.get("/cell/acme/h20").text

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;\\u202e") >= 6
    assert "\u202e" not in page
    assert 'href="javascript:' not in page


def test_each_side_tells_its_claims_in_sentences_with_the_precise_line_and_how_sure_they_are(
    client: TestClient,
) -> None:
    found = client.get(f"/cell/tencent/h200.json?{NOON}").json()
    page = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)

    assert [side["name"] for side in found["sides"]] == ["Export from the United States", "Import into China"]
    for side in found["sides"]:
        assert f"{side['name']}: {side['verdict']}" in page
        assert side["claims"]
        for claim in side["claims"]:
            certainty = claim["certainty"][0].upper() + claim["certainty"][1:]
            assert f"{certainty} {claim['sentence']} {claim['ref']} : " in page


def test_a_side_on_which_only_unnamed_people_speak_says_so(client: TestClient) -> None:
    found = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)

    said = "On this side all rests on unnamed people. Nothing official is known."
    assert found.count(said) == 1
    assert found.index("Import into China:") < found.index(said)


def test_the_full_account_is_folded_and_complete(client: TestClient) -> None:
    page = client.get(f"/cell/tencent/h200?{NOON}").text
    why = client.get(f"/cell/tencent/h200.json?{NOON}").json()["why"]

    account = page[page.index('id="account"') :]
    assert '<details class="full">' in account and re.search(r"<details[^>]* open", account) is None
    for gate in why:
        assert all(f"/event/{claim}" in account for claim in gate["standing"])
