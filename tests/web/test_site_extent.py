"""What a static site holds: all but the cells, or those who are named with theirs."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from policytracker.events.dates import iso
from policytracker.questions.reader import Clocks
from policytracker.web.opened import Opened
from policytracker.web.site import write_site
from policytracker.web.site_places import Extent, SiteAddresses
from tests.demo import ask, rows
from tests.questions.recorded import TODAY, recorded
from tests.web.conftest import exported
from tests.web.ground import REPORT, SCOPE, registry

MORE: list[dict[str, Any]] = [
    {"type": "company-registered", "company": "other", "name": "Other", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Acme", "controlled_by": []},
    {"type": "blocked", "authority": "gacc", **SCOPE, "report": REPORT},
]


def two_by_two(folder: Path, extent: Extent) -> list[str]:
    """The names of the files of a site of two companies and two chips."""
    with recorded([*registry(), *MORE]) as reader:
        return list(write_site(Opened(reader.ledger, lambda: TODAY), Clocks(TODAY), folder, extent=extent))


def below(folder: str, files: Iterable[str]) -> set[str]:
    """The names of the files in a folder, from there."""
    return {name.removeprefix(f"{folder}/") for name in files if name.startswith(f"{folder}/")}


def test_there_is_a_page_for_all_but_cells(site: Path, demo: Path) -> None:
    assert len(list((site / "event").glob("*.html"))) == rows(demo, "log", "--limit", "1")[0]["position"]
    assert len(list((site / "company").glob("*.html"))) == 46
    assert len(list((site / "chip").glob("*.html"))) == 35
    assert (site / "authority/gacc.html").is_file() and (site / "method.html").is_file()
    assert not (site / "cell").exists() and list(site.rglob("*.json")) == []


def test_the_site_of_the_shipped_history_is_below_ten_megabytes(demo: Path, tmp_path: Path) -> None:
    exported(demo, tmp_path / "site", "--at", "2026-10-09")

    assert sum(path.stat().st_size for path in (tmp_path / "site").rglob("*") if path.is_file()) < 10_000_000


def test_pages_are_written_for_those_who_are_named_and_for_their_cells(narrowed: Path) -> None:
    files = [str(path.relative_to(narrowed)) for path in narrowed.rglob("*.html")]

    assert below("company", files) == {"bytedance.html", "tencent.html"}
    assert below("chip", files) == {"h20.html", "h200.html"}
    assert below("cell", files) == {
        f"{each}/{chip}.html" for each in ("bytedance", "tencent") for chip in ("h20", "h200")
    }
    assert "Who may import the H20?" in (narrowed / "index.html").read_text()


def test_a_company_alone_has_its_page_and_its_cells_with_every_chip(tmp_path: Path) -> None:
    files = two_by_two(tmp_path, Extent(companies=("acme",), cells=True))

    assert below("company", files) == {"acme.html"}
    assert below("cell", files) == {"acme/h20.html", "acme/h200.html"}
    assert below("chip", files) == {"h20.html", "h200.html"}


def test_all_cells_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    files = two_by_two(tmp_path, Extent(cells=True))

    assert below("cell", files) == {"acme/h20.html", "acme/h200.html", "other/h20.html", "other/h200.html"}


def test_all_cells_and_named_ones_are_two_wishes(demo: Path, tmp_path: Path) -> None:
    found = ask(demo, "export", "site", str(tmp_path / "site"), "--all-cells", "--chip", "H20")

    assert found.exit_code == 2 and "leave them out, or --all-cells" in found.output
    assert not (tmp_path / "site").exists()


def test_a_cell_at_other_dates_is_shown_by_the_board_at_these() -> None:
    to = SiteAddresses(PurePosixPath("changes"), {}, Clocks(TODAY), Extent(cells=True))

    assert to.to("cell", company="a", chip="b", at="2026-01-01", known=None) == "board.html#at=2026-01-01&cell=a/b"
    assert to.to("cell", company="a", chip="b", at=iso(TODAY)) == "cell/a/b.html"
