"""The page of conflicts: where reports differ, with the reports of both sides."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.demo import rows
from tests.web.ground import HOSTILE, REPORT, SCOPE, registry, served
from tests.web.reading import Tables

NOON = {"at": "2026-01-28", "known": "2026-01-28T12:00Z"}
LATER = {"at": "2026-10-09"}


@pytest.mark.parametrize("dates", [NOON, LATER], ids=["noon", "later"])
@pytest.mark.parametrize("narrowed", [{}, {"company": "腾讯"}, {"chip": "H200"}, {"company": "jd", "chip": "h20"}])
def test_the_json_is_what_the_command_prints(
    client: TestClient, demo: Path, dates: dict[str, str], narrowed: dict[str, str]
) -> None:
    options = [part for name, value in {**narrowed, **dates}.items() for part in (f"--{name}", value)]

    assert client.get("/conflicts.json", params={**dates, **narrowed}).json() == rows(demo, "conflicts", *options)


def test_both_sides_are_shown_each_with_its_reports(client: TestClient) -> None:
    page, answer = (client.get(f"/conflicts{form}", params=LATER) for form in ("", ".json"))

    (table,) = Tables(page.text).tables
    assert len(table) - 1 == len(answer.json()) > 20
    for row, told in zip(table[1:], answer.json(), strict=True):
        on, own, other = row
        assert on.links[0].address.partition("?")[0] == f"/event/{told['event']}"
        assert all(report["publisher"] in own.text for report in told["own_sources"])
        assert all(report["publisher"] in other.text for report in told["other_sources"])
        assert told["by"] is None or other.links[0].address.partition("?")[0] == f"/event/{told['by']}"
    assert {told["kind"] for told in answer.json()} == {"disputed", "instead", "corrected", "in doubt"}


def test_a_value_that_another_report_gives_instead_stands_beside_the_first(client: TestClient) -> None:
    (table,) = Tables(client.get("/conflicts", params={**LATER, "chip": "h200"}).text).tables

    (row,) = (row for row in table if row[0].text.startswith("us-2026-05-14-ten another value"))
    assert "The number is: up to 75,000" in row[1].text and "Reuters" in row[1].text
    assert "100,000" in row[2].text and "Financial Times" in row[2].text


def test_opposed_claims_of_one_day_stand_side_by_side() -> None:
    """One official word clears the chip, another of the same day blocks it."""
    claims = [
        {"type": kind, "ref": kind, "authority": "gacc", **SCOPE, "effective": "2026-01-12", "report": REPORT}
        for kind in ("cleared", "blocked")
    ]
    with served([*registry(), *claims]) as ledger:
        (table,) = Tables(ledger.client.get("/conflicts").text).tables

    _, (on, own, other) = table
    assert on.text == "cleared opposed, Import into China"
    assert own.text.startswith(
        "China (Acme) allowed imports of Acme by Acme, from 12 January 2026. gacc clears h20 for acme"
    ) and other.text.startswith("blocked gacc blocks h20 for acme")


def test_where_reports_agree_that_is_said_with_the_way_back() -> None:
    with served([*registry(), {"type": "cleared", "authority": "gacc", **SCOPE, "report": REPORT}]) as ledger:
        page = ledger.client.get("/conflicts?chip=h20").text

    assert 'No reports differ on what is asked for. <a href="/conflicts">Show all</a>.' in page


def test_a_company_and_a_chip_lead_to_their_conflicts(client: TestClient) -> None:
    for path in ("/company/tencent", "/chip/h200"):
        kind, name = path.strip("/").split("/")
        address = f'href="/conflicts?at=2026-01-28&amp;known=2026-01-28T12%3A00Z&amp;{kind}={name}"'
        assert address in client.get(path, params=NOON).text


def test_a_name_nobody_has_is_refused_with_the_nearest(client: TestClient) -> None:
    found = client.get("/conflicts?company=tencnt")

    assert found.status_code == 404
    assert "did you mean tencent" in found.text


def test_many_conflicts_are_told_page_by_page() -> None:
    claims: list[dict[str, Any]] = [
        {
            "type": "cleared",
            "ref": f"no-{n}",
            "authority": "gacc",
            **SCOPE,
            "report": {**REPORT, "attribution": "unattributed"},
        }
        for n in range(150)
    ]
    with served([*registry(), *claims]) as ledger:
        first, second = (ledger.client.get(f"/conflicts.json?page={page}") for page in (1, 2))
        page = ledger.client.get("/conflicts?page=2").text

    assert [len(each.json()) for each in (first, second)] == [100, 50]
    assert {row["ref"] for each in (first, second) for row in each.json()} == {claim["ref"] for claim in claims}
    assert 'rel="next"' in first.headers["link"] and len(Tables(page).tables[0]) == 51


def test_hostile_texts_are_text() -> None:
    report = {**REPORT, "publisher": HOSTILE, "summary": HOSTILE, "url": "javascript:alert(1)"}
    claim = {"type": "cleared", "ref": "claim", "authority": "gacc", **SCOPE, "report": report}
    denial = {"type": "disputed", "target": "claim", "note": HOSTILE, "report": report}
    with served([*registry(HOSTILE), claim, denial]) as ledger:
        page = ledger.client.get("/conflicts").text

    assert page.count("&lt;script&gt;alert") >= 4
    assert "<script>alert" not in page and "\u202e" not in page and 'href="javascript' not in page
