"""The event's page: what it says, on whose word, how it stands, what is said about it, its place in the ledger."""

import re
import sqlite3
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from policytracker.questions.reader import Reader
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.demo import rows
from tests.questions.recorded import TODAY
from tests.views import copy_with_views
from tests.web.ground import REPORT, SCOPE, hostile, registry, served
from tests.web.reading import Tables
from tests.web.test_cell import words_of

BATCH = "cn-2026-01-28-batch"
NOON = "known=2026-01-28T12:00Z"


def test_the_json_of_every_event_is_that_of_show(client: TestClient, demo: Path) -> None:
    with Reader(demo, TODAY) as reader:
        ids = [name for (name,) in reader.connection.execute("SELECT id FROM entries ORDER BY position")]

    for name in ids[::9]:
        assert client.get(f"/event/{name}.json").json() == rows(demo, "show", name)
        assert client.get(f"/event/{name}.json?known=2025-10-01").json() == rows(
            demo, "show", name, "--known", "2025-10-01"
        )
        assert client.get(f"/event/{name}").status_code == 200


def test_an_event_is_found_by_its_ref_its_id_and_the_beginning_of_its_id(client: TestClient) -> None:
    whole = client.get(f"/event/{BATCH}.json").json()

    for name in (whole[0]["id"], whole[0]["id"][:12]):
        assert client.get(f"/event/{name}.json").json() == whole


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("nothing-so-called", 404, "no event &#39;nothing-so-called&#39; in the ledger"),
        ("c", 404, "&#39;c&#39; is ambiguous"),
        (f"{BATCH}?recorded=2020-01-01", 400, "was recorded at"),
    ],
)
def test_an_event_that_is_not_there_is_refused_with_the_way_out(
    client: TestClient, name: str, status: int, says: str
) -> None:
    found = client.get(f"/event/{name}")

    assert found.status_code == status
    assert says in found.text


def test_a_page_tells_what_the_event_says_and_on_whose_word(client: TestClient) -> None:
    found = words_of(client.get(f"/event/{BATCH}?{NOON}").text)

    assert (
        f"{BATCH} China (Chinese regulators, not named) approved a batch of imports of H200 by three companies of "
        "the group Major Chinese internet companies, from a day between 26 and 28 January 2026: several hundred "
        "thousand "
        "(taken as 200,000 to 999,999 chips); two unnamed people told Reuters (via Business Times, 28 January 2026, "
        "04:21 UTC). cn-regulators approves a batch of h200 for 3 of major-internet: 200,000 to 999,999"
    ) in found
    assert "Origin Reuters, whom Business Times repeats On whose word anonymous sources, 2 Address" in found
    assert (
        "Known since 28 Jan 2026, 04:21 UTC; on the word of anonymous sources, 2, one origin: Reuters, as known at "
        "28 Jan 2026, 12:00 UTC."
    ) in found
    assert (
        "type batch approved authority Chinese regulators (not named) 中国监管部门 companies 3 of major-internet"
        in found
    )
    assert "quantity 200,000 to 999,999 (several hundred thousand)" in found


def test_corrections_are_shown_before_and_after(client: TestClient) -> None:
    noon, evening = (Tables(client.get(f"/event/{BATCH}?{known}").text).tables for known in (NOON, "known=2026-01-28"))

    assert noon == []
    (table,) = evening
    assert [[box.text for box in row] for row in table] == [
        ["Corrected", "As recorded", "As corrected"],
        [
            "condition",
            "nothing",
            "terms-open: the terms are still being settled; one person finds them too tight to turn into orders",
        ],
        [
            "quantity",
            "200,000 to 999,999 (several hundred thousand)",
            "400,001 or more (more than 400,000, the three together)",
        ],
    ]


def test_what_is_said_about_an_event_is_a_tree_and_leads_back(client: TestClient) -> None:
    page = client.get(f"/event/{BATCH}").text
    objects = client.get(f"/event/{BATCH}.json").json()
    about = page.partition('id="about"')[2].partition("</section>")[0]

    assert re.findall(r'href="/event/([0-9a-f]{64})"', about) == [each["id"] for each in objects[1:]]
    assert about.count("<ul") == about.count("</ul>") == 1
    named = client.get(f"/event/{objects[1]['id']}").text
    assert f'<a href="/event/{objects[0]["id"]}">{BATCH}</a>' in named


def test_a_reply_to_a_reply_is_nested_and_one_to_the_event_itself_is_not() -> None:
    claim = {"type": "blocked", "ref": "claim", "authority": "gacc", **SCOPE, "report": REPORT}
    told = [
        ("disputed", "one", "claim"),
        ("retracted", "two", "one"),
        ("retracted", "three", "two"),
        ("lifted", "four", "claim"),
    ]
    about = [{"type": kind, "ref": ref, "target": target, "report": REPORT} for kind, ref, target in told]
    with served([*registry(), claim, *about]) as ledger:
        page = ledger.client.get("/event/claim").text

    tree = page.partition('id="about"')[2].partition("</section>")[0]
    outline = re.sub(r"\s", "", re.sub(r"<(?!/?(ul|li)\b)[^>]*>|(?<=<ul)[^>]*", "", tree))
    names = re.sub(r">[^<]*?(one|two|three|four):(disputes|retracts|lifts)[^<]*", r">\1", outline)
    assert names.partition("<")[2] == ("ul><li>one<ul><li>two<ul><li>three</li></ul></li></ul></li><li>four</li></ul>")


def test_a_claim_tells_whom_it_reaches_and_leads_to_the_board(client: TestClient) -> None:
    page = client.get("/event/cn-2026-01-14-customs?at=2026-01-28").text
    customs = client.get("/event/cn-baseline").text

    assert re.search(r"certainly or possibly, \d+ companies × 2 chips", words_of(page))
    assert 'href="/chip/h200-nvl?at=2026-01-28"' in page
    assert "Show them on the board" not in page
    assert '<a href="/board">Show them on the board</a>' in customs


def test_the_scope_named_by_one_selector_opens_the_board_on_it(client: TestClient) -> None:
    page = client.get("/event/cn-2026-01-30-deepseek").text

    (address,) = re.findall(r'<a href="(/board[^"]*)">Show them', page)
    assert address == "/board?companies=deepseek&amp;chips=h200"
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_registration_is_bookkeeping_and_leads_to_its_subject(client: TestClient, demo: Path) -> None:
    with Reader(demo, TODAY) as reader:
        ((name,),) = reader.connection.execute(
            """SELECT id FROM entries WHERE type = 'company-registered'
            AND json_extract(body, '$.company') = 'tencent'"""
        ).fetchall()

    page = client.get(f"/event/{name}").text

    assert "A registration: bookkeeping, without a publication date." in words_of(page)
    assert '<a href="/company/tencent">tencent</a>' in page


def test_the_place_in_the_ledger_is_told(client: TestClient) -> None:
    (event, *_) = client.get(f"/event/{BATCH}.json").json()
    found = words_of(client.get(f"/event/{BATCH}").text)

    assert (
        f"Position {event['position']} Recorded {event['recorded']} Id {event['id']} "
        "Content the stored content matches the id"
    ) in found


def test_an_event_changed_behind_the_ledgers_back_is_not_shown(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = copy_with_views(demo, tmp_path / "copy.ledger")
    with sqlite3.connect(ledger) as connection:
        changed = connection.execute(
            """UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), 'several hundred', 'several thousand')
            AS BLOB) WHERE instr(CAST(state AS TEXT), 'several hundred thousand')
            AND instr(CAST(state AS TEXT), 'batch-approved')"""
        ).rowcount
    connection.close()
    assert changed == 1

    with TestClient(application(Opened(ledger, lambda: TODAY)), base_url="http://127.0.0.1") as client:
        damaged, whole = (client.get(f"/event/{name}") for name in (BATCH, "cn-baseline"))

    assert (damaged.status_code, whole.status_code) == (503, 200)
    assert "the ledger cannot be read now" in damaged.text and "several" not in damaged.text
    assert "Damaged: the ledger is damaged: " in capsys.readouterr().err


def test_hostile_texts_are_shown_as_text() -> None:
    with hostile() as ledger:
        pages = [ledger.client.get(f"/event/{name}") for name in ledger.ids]

    assert [page.status_code for page in pages] == [200] * 6
    for page in pages:
        assert "<script>alert" not in page.text
        assert "\u202e" not in page.text
        assert 'href="javascript:' not in page.text
    assert "<dd>javascript:alert(1)</dd>" in pages[3].text


def test_a_development_leads_to_the_claim_that_it_is_about_and_the_claim_to_it() -> None:
    claim = {"type": "blocked", "ref": "claim", "authority": "gacc", **SCOPE, "report": REPORT}
    about = {"kind": "enforcement", "about": "claim", "text": "A smuggler is fined."}
    with served(
        [*registry(), claim, {"type": "development-reported", "ref": "case", **about, "report": REPORT}]
    ) as ledger:
        claimed, case = (ledger.client.get(f"/event/{name}").text for name in ("claim", "case"))

    assert f'<dt>about</dt><dd><a href="/event/{ledger.ids[3]}">claim</a></dd>' in case
    told = claimed.partition('id="developments"')[2].partition("</section>")[0]
    assert f'href="/event/{ledger.ids[4]}">case</a>' in told and "A smuggler is fined; official: Reuters" in told
    assert 'id="developments"' not in case
