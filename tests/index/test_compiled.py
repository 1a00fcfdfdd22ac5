"""Functions compiled by numba: kept in the user's cache directory where that can be written to, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest

import policytracker
from policytracker.index import compiled

PACKAGE = Path(policytracker.__file__).parent
PROGRAM = """
from policytracker.index.compiled import compiled
from policytracker.status.prevails import KINDS
import numpy
made = compiled()
assert made.prevails.is_idle(4095, 4095, 0, numpy.array(KINDS))
print(made.prevails.place_of(3, 2))
"""


def files_in(folder: Path) -> dict[Path, int]:
    """All files with the times of their last change."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def run(home: Path, program: str = PROGRAM) -> str:
    """What a program prints that has a home of its own."""
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | own, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_what_was_compiled_is_kept_for_the_user_and_not_in_the_package(tmp_path: Path) -> None:
    before = files_in(PACKAGE)
    assert run(tmp_path) == "11\n"
    assert files_in(PACKAGE) == before
    kept = files_in(tmp_path / "cache")
    assert {path.suffix for path in kept} == {".nbi", ".nbc"}
    assert run(tmp_path) == "11\n"
    assert files_in(tmp_path / "cache") == kept


def test_where_nothing_can_be_kept_compiling_still_works(tmp_path: Path) -> None:
    """In place of the cache directory there is a file, so not even the superuser can write there."""
    before = files_in(PACKAGE)
    (tmp_path / "cache").write_text("")
    assert run(tmp_path) == "11\n"
    assert files_in(PACKAGE) == before
    assert files_in(tmp_path) == {tmp_path / "cache": (tmp_path / "cache").stat().st_mtime_ns}


def test_importing_writes_and_removes_nothing(tmp_path: Path) -> None:
    before = files_in(PACKAGE)
    run(tmp_path, "import policytracker.index.compiled, policytracker.index.board, policytracker.index.paths")
    assert files_in(PACKAGE) == before
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _: tmp_path / "file" / "below")
    assert compiled._folder("1") is None


def test_every_function_of_the_modules_is_compiled() -> None:
    """Under the name that it has where it is written."""
    made = compiled.compiled()
    for module in compiled.MODULES:
        here = vars(getattr(made, module.__name__.rpartition(".")[2]))
        own = [each for each in vars(module).values() if isinstance(each, FunctionType)]
        assert {each.__name__ for each in own if each.__module__ == module.__name__} == set(here)
