"""What is written stays where the user has said: no link leads elsewhere, and nothing in the data is a path."""

import os
from pathlib import Path
from typing import Any

import pytest

from policytracker.web.page import Page
from policytracker.web.pages import PAGES
from policytracker.web.site_places import Place
from tests.cli.recording import ask
from tests.hostile.ground import attacked as attacked

WRITERS: dict[str, tuple[str, ...]] = {
    "export": ("export", "-o"),
    "explorer": ("export", "explorer"),
    "sqlite": ("export", "sqlite"),
    "checkpoint": ("checkpoint", "-o"),
    "evidence": ("prove", "claim", "-o"),
    "verifier": ("prove", "claim", "--verifier"),
}


@pytest.mark.parametrize("kept", [True, False], ids=["leads to a file", "leads nowhere"])
@pytest.mark.parametrize("writer", WRITERS)
def test_a_link_is_not_written_through(attacked: Path, tmp_path: Path, writer: str, kept: bool) -> None:
    """Refused; with --force the file takes the place of the link, and what it leads to stays as it is."""
    others, link = tmp_path / "others.txt", tmp_path / "link"
    if kept:
        others.write_text("theirs")
    link.symlink_to(others)
    refused = ask(attacked, *WRITERS[writer], str(link))
    forced = ask(attacked, *WRITERS[writer], str(link), "--force")

    assert (refused.exit_code, forced.exit_code) == (1, 0), forced.output
    assert f"Error: {link} is a link to {others}; choose another name, or put a file in its place" in refused.stderr
    assert not link.is_symlink() and link.stat().st_size > 50
    assert (others.read_text() == "theirs") if kept else not others.exists()


def test_a_site_takes_the_place_of_a_link_and_leaves_what_it_led_to(attacked: Path, tmp_path: Path) -> None:
    site, link, nowhere = tmp_path / "site", tmp_path / "link", tmp_path / "nowhere"
    assert ask(attacked, "export", "site", str(site)).exit_code == 0
    (site / "mine.txt").write_text("mine")
    link.symlink_to(site)
    nowhere.symlink_to(tmp_path / "missing")

    assert ask(attacked, "export", "site", str(link)).exit_code == 1
    assert ask(attacked, "export", "site", str(link), "--force").exit_code == 0
    assert not link.is_symlink() and (site / "mine.txt").read_text() == "mine"
    assert ask(attacked, "export", "site", str(nowhere)).exit_code == 1
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("command", [("init",), ("copy",)])
def test_a_ledger_is_not_made_through_a_link(attacked: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    link = tmp_path / "link.ledger"
    link.symlink_to(tmp_path / "missing")
    made = ask(link, "init") if command == ("init",) else ask(attacked, "copy", str(attacked), str(link))

    assert made.exit_code == 1
    assert f"Error: {link} is there already" in made.stderr
    assert not (tmp_path / "missing").exists()


def test_a_key_is_not_written_through_a_link(attacked: Path, tmp_path: Path) -> None:
    link = tmp_path / "key"
    link.symlink_to(tmp_path / "missing")
    made = ask(attacked, "checkpoint", "--new-key", str(link), "--name", "example.com/me")

    assert (made.exit_code, (tmp_path / "missing").exists()) == (1, False)
    assert "is there already, and a key in it would be lost" in made.stderr


def test_a_path_that_the_user_gives_may_lead_up(attacked: Path, tmp_path: Path) -> None:
    """It is his to choose."""
    folder = tmp_path / "folder"
    folder.mkdir()

    assert ask(attacked, "checkpoint", "-o", str(folder / ".." / "up.checkpoint")).exit_code == 0
    assert (tmp_path / "up.checkpoint").is_file()


NAMES = (
    "../../../etc/passwd",
    "..",
    ".",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "a\0b",
    "\n",
    "",
    "x" * 5_000,
    "\u202e",
    "CON.",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", [page for page in PAGES if "{" in page.path], ids=lambda page: str(page.name))
def test_no_name_in_the_data_leads_out_of_the_folder_of_a_site(page: Page[Any], name: str) -> None:
    given = [part.strip("{}") for part in page.path.split("/") if part.startswith("{")]
    path = Place(page.name, tuple((each, name) for each in given)).path

    assert not path.is_absolute()
    assert ".." not in path.parts and "\0" not in str(path) and "\\" not in str(path)
    assert all(len(os.fsencode(part)) < 200 for part in path.parts)
