"""The index for language models: every page of the navigation, once, and nothing that leads nowhere."""

import re
from pathlib import Path

from starlette.testclient import TestClient

from policytracker.documentation.navigation import KINDS
from policytracker.documentation.site import shipped, write
from tests.demo import demo as demo
from tests.documentation.test_site import documentation
from tests.web.conftest import client as client

LINE = re.compile(r"- \[(?P<label>[^\]]+)\]\((?P<address>[^)]+)\): (?P<says>.+)")


def entries(text: str) -> list[re.Match[str]]:
    found = [LINE.fullmatch(line) for line in text.splitlines() if line.startswith("- ")]
    return [each for each in found if each is not None]


def test_every_page_has_one_line_with_what_it_says_first() -> None:
    text = shipped().llms_txt()
    found = entries(text)
    assert [each["address"] for each in found] == [page.name for page in shipped().pages.values()]
    assert [line for line in text.splitlines() if line.startswith("## ")] == [f"## {kind.title}" for kind in KINDS]
    assert text.startswith("# policytracker\n\n> May this company import this chip, on that day?")
    assert all(each["says"].endswith((".", "?", "!", ":")) and len(each["says"]) < 300 for each in found)


def test_a_new_page_is_in_the_index_without_an_edit(tmp_path: Path) -> None:
    found = documentation(tmp_path, docs__two="# Two\n\nThis page is **new**. It says more.\n")
    assert "- [Two](two.html): This page is new." in found.llms_txt().splitlines()


def test_the_site_has_the_index_beside_its_pages(tmp_path: Path) -> None:
    write(documentation(tmp_path), tmp_path / "site")
    text = (tmp_path / "site" / "llms.txt").read_text(encoding="utf-8")
    assert [(tmp_path / "site" / each["address"]).is_file() for each in entries(text)] == [True, True]


def test_the_server_has_it_where_language_models_look_and_beside_the_pages(client: TestClient) -> None:
    root, beside = client.get("/llms.txt"), client.get("/docs/llms.txt")
    assert root.headers["content-type"] == beside.headers["content-type"] == "text/plain; charset=utf-8"
    assert beside.text == shipped().llms_txt()
    addresses = [each["address"] for each in entries(root.text)]
    assert addresses[:2] == ["docs/index.html", "docs/tutorial.html"]
    assert [client.get(f"/{address}").status_code for address in addresses[:5]] == [200] * 5
