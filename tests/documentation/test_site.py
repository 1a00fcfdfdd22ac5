"""The site from the shipped pages, and what is said of pages that are not in order."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from policytracker.documentation.navigation import KINDS, Kind
from policytracker.documentation.site import MEDIA, Documentation, shipped, write
from tests.once import once

ROOT = Path(__file__).resolve().parents[2]
PAGE = "# Title\n\nText.\n"
FILES = {"README.md": PAGE, "docs/one.md": PAGE}
NAVIGATION = (Kind("Begin", ("README.md",)), Kind("More", ("docs/*.md",)))


def documentation(folder: Path, **changed: str) -> Documentation:
    """Two pages, or others; the names of files have `__` in place of `/`, and lack their ending."""
    for name, text in {**FILES, **{f"{path.replace('__', '/')}.md": text for path, text in changed.items()}}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Documentation(folder, NAVIGATION)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped pages, written to a folder."""
    return once(tmp_path_factory, "docs", lambda folder: write(shipped(), folder / "site") and None) / "site"


def test_the_shipped_pages_have_no_problem() -> None:
    assert shipped().problems() == []


def test_every_page_of_the_repository_is_in_the_site() -> None:
    wanted = {path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))}

    assert wanted <= set(shipped().pages)


def test_every_address_in_the_written_site_leads_to_a_file_and_an_anchor_there(site: Path) -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in site.glob("*.html")}
    anchors = {name: set(re.findall(r'id="([^"]+)"', text)) for name, text in pages.items()}
    broken = []
    count = 0
    for name, text in pages.items():
        for address in re.findall(r'(?:href|src)="([^"]+)"', text):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            count += 1
            target = unquote(parts.path) or name
            if not (site / target).is_file() or (parts.fragment and parts.fragment not in anchors[target]):
                broken.append(f"{name}: {address}")

    assert count > 500 and broken == []


def test_pages_of_the_written_site_load_nothing_from_elsewhere_and_have_no_script_or_inline_style(site: Path) -> None:
    for path in site.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        head = text.partition("</head>")[0]
        assert "://" not in head and 'http-equiv="Content-Security-Policy"' in head
        assert not re.search(r'<script|style="|\bon\w+="|src="\w+:', text.partition("</pre>")[0]), path.name
        assert {urlsplit(each).scheme for each in re.findall(r'src="([^"]+)"', text)} <= {""}
    assert "url(" not in "".join(path.read_text(encoding="utf-8") for path in site.glob("*.css"))


def test_every_file_of_the_written_site_has_a_media_type(site: Path) -> None:
    assert {path.suffix for path in site.iterdir()} <= set(MEDIA)


def test_two_pages_in_order_have_no_problem(tmp_path: Path) -> None:
    found = documentation(
        tmp_path, README="# Title\n\n[One](docs/one.md#title), [here](#title), [web](https://x.org).\n"
    )

    assert found.problems() == []
    assert list(found.names()) == ["index.html", "one.html", "docs.css", "llms.txt", "mark.svg", "style.css"]


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("[x](docs/two.md)", "the link to docs/two.md leads to no page, and to no file beside the pages"),
        ("![x](docs/x.png)", "the link to docs/x.png leads to no page, and to no file beside the pages"),
        ("[x](docs/)", "the link to docs/ leads to no page, and to no file beside the pages"),
        ("[x](docs/x.py)", "the link to docs/x.py leads to no page, and to no file beside the pages"),
        ("[x](docs/one.md#part)", "the link to docs/one.md#part leads to no heading"),
        ("[x](#part)", "the link to README.md#part leads to no heading"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path, link: str, problem: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "x.py").touch()

    assert documentation(tmp_path, README=f"# Title\n\n{link}\n").problems() == [f"README.md: {problem}"]


def test_a_page_that_is_not_in_the_navigation_is_a_problem(tmp_path: Path) -> None:
    assert documentation(tmp_path, CHANGELOG=PAGE).problems() == [
        "CHANGELOG.md: the page is not in the navigation; add it in policytracker/documentation/navigation.py"
    ]


def test_a_page_that_the_navigation_names_and_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    kinds = (*NAVIGATION, Kind("Later", ("docs/two.md", "docs/howto-*.md")))
    documentation(tmp_path)

    assert Documentation(tmp_path, kinds).problems() == [
        "docs/two.md: the navigation names it, and there is no such page"
    ]


def test_two_files_of_one_name_are_a_problem(tmp_path: Path) -> None:
    found = documentation(tmp_path, docs__more__one=PAGE, README="# Title\n\n[x](x.csv), [x](docs/x.csv).\n")
    (tmp_path / "x.csv").touch()
    (tmp_path / "docs" / "x.csv").touch()

    assert found.problems() == [
        "one.html: two files of the site have this name; rename one",
        "x.csv: two files of the site have this name; rename one",
    ]


def test_a_picture_is_copied_beside_the_pages(tmp_path: Path) -> None:
    found = documentation(tmp_path, docs__one="# Title\n\n![A picture](pictures/x.svg)\n")
    (tmp_path / "docs" / "pictures").mkdir()
    (tmp_path / "docs" / "pictures" / "x.svg").write_text("<svg/>")
    write(found, tmp_path / "site")

    assert (tmp_path / "site" / "x.svg").read_text() == "<svg/>"
    assert '<img src="x.svg" alt="A picture" />' in (tmp_path / "site" / "one.html").read_text()


def test_the_navigation_has_the_four_kinds_and_marks_the_page_that_is_open() -> None:
    text = shipped().page("cli.html") or ""

    assert [kind.title for kind in KINDS] == ["Tutorial", "How to", "Reference", "Explanation"]
    assert all(f"<h2>{kind.title}</h2>" in text for kind in KINDS)
    assert re.findall(r'href="([^"]+)" aria-current="page"', text) == ["cli.html"]
