"""``export explorer`` at the door: one file, whole or not at all; what it answers is tested in a browser."""

import subprocess
import sys
from pathlib import Path

from tests.demo import ask


def test_the_explorer_is_one_file(demo: Path, tmp_path: Path) -> None:
    """It says where it is and which dates it opens with, to standard error."""
    path = tmp_path / "tracker.html"
    found = ask(demo, "export", "explorer", str(path), "--at", "2026-01-28", "--known", "2026-01-28")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr.startswith(f"wrote {path}; open it in a browser\nheld on 2026-01-28; as known at 2026-01-28;")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>\n")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_there_is_left_alone_without_force(demo: Path, tmp_path: Path) -> None:
    """With --force it is overwritten."""
    path = tmp_path / "tracker.html"
    path.write_text("mine\n", encoding="utf-8")
    found = ask(demo, "export", "explorer", str(path))
    assert (found.exit_code, path.read_text(encoding="utf-8")) == (1, "mine\n")
    assert f"{path} is there already; choose another name, or overwrite it with --force" in found.stderr
    assert ask(demo, "export", "explorer", "--force", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>\n")


def test_options_of_the_plain_export_before_a_form_are_refused(demo: Path, tmp_path: Path) -> None:
    """They would be lost silently."""
    found = ask(demo, "export", "--force", "explorer", str(tmp_path / "tracker.html"))
    assert found.exit_code == 2
    assert "give the options after `export explorer`" in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_form_is_told_what_there_is(demo: Path) -> None:
    """With what it was called by, made safe."""
    found = ask(demo, "export", "explo\u202erer")
    assert found.exit_code == 2
    assert "there is no form 'explo\\u202erer'; there are: site, explorer, sqlite" in found.stderr


def test_the_explorer_needs_no_server_and_no_templates(demo: Path, tmp_path: Path) -> None:
    """Written in a process in which Starlette, Jinja2 and uvicorn cannot be imported."""
    block = "import sys; sys.modules.update(dict.fromkeys(('starlette', 'jinja2', 'uvicorn')))"
    call = f"from policytracker.cli.main import cli; cli(['--ledger', {str(demo)!r}, *sys.argv[1:]])"
    words = ("export", "explorer", str(tmp_path / "tracker.html"))
    found = subprocess.run([sys.executable, "-c", f"{block}; {call}", *words], capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (0, ""), found.stderr
