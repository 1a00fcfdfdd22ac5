"""The board: who may import which chip, at a glance."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.demo import rows
from tests.web.ground import REPORT, SCOPE, registry, served
from tests.web.reading import Tables, board

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"
EVENING = "at=2026-01-28&known=2026-01-28"


def test_an_evening_report_changes_the_cell_of_tencent_on_the_board(client: TestClient) -> None:
    """28 Jan 2026, 04:21 UTC: three companies, not named. Later that day: named, Tencent among them.

    What they are told changes nothing for SMIC, which may not have it whatever China says.
    """
    noon, evening = (board(client.get(f"/board?{query}").text) for query in (NOON, EVENING))

    assert noon["tencent", "h200"] == "in_principle..licensable"
    assert evening["tencent", "h200"] == "licensable"
    assert noon["smic", "h200"] == evening["smic", "h200"] == "blocked..pending"


@pytest.mark.parametrize("more", ["", "&each=1"])
def test_the_board_says_what_the_matrix_says(client: TestClient, demo: Path, more: str) -> None:
    found = board(client.get(f"/board?{NOON}{more}").text)
    told = rows(demo, "matrix", "--at", "2026-01-28", "--known", "2026-01-28T12:00Z")

    assert found == {(row["company"], chip): status for row in told for chip, status in row["cells"].items()}


def test_the_json_of_the_board_is_that_of_the_matrix(client: TestClient, demo: Path) -> None:
    found = client.get(f"/board.json?{NOON}")

    assert found.headers["content-type"].startswith("application/json")
    assert found.json() == rows(demo, "matrix", "--at", "2026-01-28", "--known", "2026-01-28T12:00Z")


def test_each_by_itself_puts_every_company_in_a_row_and_every_chip_under_its_vendor(client: TestClient) -> None:
    (table,) = Tables(client.get(f"/board?{NOON}&each=1").text).tables

    vendors, chips = table[0][1:], table[1][1:]
    assert [box.text for box in vendors] == ["AMD", "Huawei", "Intel", "Nvidia"]
    assert all(len(box.links) == 1 for box in chips)
    assert len(chips) == 35
    assert len([row for row in table if len(row) == 36]) - 1 == 46


@pytest.mark.parametrize(
    ("query", "companies", "chips"),
    [
        ("companies=bytedance-sg&chips=h20", {"bytedance-sg"}, {"h20"}),
        ("companies=字节跳动&chips=h20", {"bytedance"}, {"h20"}),
        (
            "companies=in:SG&vendor=Huawei",
            {"bytedance-sg", "megaspeed"},
            {"ascend-910b", "ascend-910c", "ascend-950pr"},
        ),
        ("companies=major-internet&chips=h200", {"alibaba", "baidu", "bytedance", "tencent"}, {"h200"}),
    ],
)
def test_the_board_can_be_narrowed(client: TestClient, query: str, companies: set[str], chips: set[str]) -> None:
    found = board(client.get(f"/board?{NOON}&{query}").text)

    assert {chip for _, chip in found} == chips
    assert companies <= {company for company, _ in found}
    assert client.get(f"/board.json?{NOON}&{query}").json()[0]["cells"].keys() == chips


def test_narrowed_to_a_status_the_board_shows_who_possibly_has_it_and_dims_the_rest(client: TestClient) -> None:
    page = client.get(f"/board?{NOON}&status=in_principle").text

    assert set(board(page)) == {(company, "h200") for company in ("alibaba", "bytedance", "tencent")}
    both = client.get(f"/board?{NOON}&status=conditional&companies=tencent&each=1").text
    (table,) = Tables(both).tables
    boxes = [box for row in table for box in row if "status" in box.classes]
    assert {box.text for box in boxes if "faint" in box.classes}.isdisjoint({"conditional"})
    assert "conditional" in {box.text for box in boxes if "faint" not in box.classes}


def test_nothing_that_fits_is_said_with_the_way_back(client: TestClient) -> None:
    page = client.get("/board?at=2026-01-28&chips=h200&vendor=Huawei").text

    assert "No company or chip fits what the board is narrowed to." in page


def test_a_name_nobody_has_is_refused_with_the_nearest(client: TestClient) -> None:
    found = client.get("/board?companies=tencnt")

    assert found.status_code == 404
    assert "no company is called &#39;tencnt&#39;; did you mean tencent, tencent-hk, bytedance?" in found.text


def test_every_status_is_a_word_and_says_how_sure_it_is(client: TestClient) -> None:
    (table,) = Tables(client.get(f"/board?{NOON}&each=1").text).tables

    for box in (box for row in table for box in row if "status" in box.classes):
        sure = "uncertain" if "…" in box.text else "unknown" if box.text == "unknown" else "certain"
        assert sure in box.classes
        assert box.text


def test_the_board_leads_to_cells_companies_and_chips_at_the_same_dates(client: TestClient) -> None:
    (table,) = Tables(client.get(f"/board?{NOON}&companies=tencent&chips=h200").text).tables
    links = [link.address for row in table for box in row for link in box.links]

    kept = "at=2026-01-28&known=2026-01-28T12%3A00Z"
    assert links == [f"/chip/h200?{kept}", f"/company/tencent?{kept}", f"/cell/tencent/h200?{kept}"]


def test_the_newest_reports_stand_below_the_board_each_with_its_source(client: TestClient) -> None:
    page = client.get(f"/board?{EVENING}").text

    below = page.partition("The newest reports by then")[2]
    assert below.index("cn-2026-01-28-batch-firmed") < below.index("cn-2026-01-28-batch</a>")
    assert "Business Times" in below
    assert "cn-2026-01-30" not in below


def test_a_domestic_chip_is_told_apart_from_one_that_is_let_in(client: TestClient) -> None:
    """Ascend chips come from China: there they are not imported, in Singapore they are."""
    (table,) = Tables(client.get("/board?at=2026-10-09&chips=ascend-910c&each=1").text).tables

    shown = {row[0].links[0].address.partition("?")[0]: row[1] for row in table if row[0].links and len(row) == 2}
    assert (shown["/company/baidu"].text, shown["/company/bytedance-sg"].text) == ("domestic", "cleared")
    assert "domestic" in shown["/company/baidu"].classes and "low-cleared" in shown["/company/baidu"].classes


def test_a_domestic_chip_shares_no_column_with_one_that_is_cleared() -> None:
    made = {"type": "chip-registered", "chip": "own", "name": "Own", "vendor": "V", "controlled_by": [], "origin": "CN"}
    clear = {"type": "cleared", "authority": "gacc", **SCOPE, "report": REPORT}
    with served([*registry(), made, clear]) as ledger:
        (table,) = Tables(ledger.client.get("/board").text).tables

    assert [[box.text for box in row] for row in table if len(row) == 3] == [
        ["", "Acme", "Own"],
        ["Acme", "cleared", "domestic"],
    ]


def test_chips_that_are_not_launched_by_the_day_are_marked(client: TestClient) -> None:
    before, after = (client.get(f"/board?at={day}&chips=h200").text for day in ("2023-11-12", "2023-11-13"))

    assert '>H200</a> <span class="soft">before its launch</span>' in before
    assert "before its launch" not in after


def test_the_board_has_the_names_and_homes_of_the_day() -> None:
    """Acme is renamed and moves on 1 February; its status stays the same, so the two days could share a table."""
    moved = {"type": "company-registered", "company": "acme", "name": "Zenith", "jurisdiction": "SG"}
    with served([*registry(), moved | {"effective": "2026-02-01"}]) as ledger:
        before, after = (ledger.client.get(f"/board?at={day}").text for day in ("2026-01-31", "2026-02-01"))

    for page, name, home, other in ((before, "Acme", "China", "Zenith"), (after, "Zenith", "Singapore", ">China<")):
        (table,) = Tables(page).tables
        assert [row[0].text for row in table if row[0].is_heading] == [home, name]
        assert other not in page[page.index("<main") :]
