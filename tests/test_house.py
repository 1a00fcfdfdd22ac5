"""The house rules that no linter checks: import names, sizes, and what the wheel carries."""

import ast
import configparser
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from policytracker.documentation.site import shipped

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("events", "policytracker", "cli")
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
ONE_ALGORITHM = {Path("policytracker/status/layers.py"): 290, Path("policytracker/index/board_walk.py"): 335}
"""Each is one algorithm that has to be read at once, and may be so long."""
MANUAL = f"policytracker-{version('policytracker')}.data/data/share/man/man1/{{}}"


def source_files() -> list[Path]:
    """Every module, once: rglob does not walk into the two links."""
    return [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def packages_on_disk() -> set[str]:
    """Every folder with an `__init__.py` within another, by its import name, the linked ones included."""
    found = set()
    for folder, below, files in os.walk(ROOT / "policytracker", followlinks=True):
        if "__init__.py" in files:
            found.add(Path(folder).relative_to(ROOT).as_posix().replace("/", "."))
        else:
            below.clear()
    return found


def packages_declared() -> list[str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return config["options"]["packages"].split()


def name_in_wheel(path: Path) -> str:
    name = path.relative_to(ROOT).as_posix()
    return name if name.startswith("policytracker/") else f"policytracker/{name}"


@pytest.mark.parametrize("name", ["events", "cli"])
def test_a_mistaken_top_level_import_is_refused_in_one_line(name: str) -> None:
    run = subprocess.run([sys.executable, "-c", f"import {name}"], cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == (
        f"ImportError: import policytracker.{name}, not {name}: the top-level name belongs to another project"
    )


def test_no_file_is_longer_than_a_reader_bears() -> None:
    lines = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in source_files()}

    assert {path: count for path, count in lines.items() if count > ONE_ALGORITHM.get(path, LONGEST_FILE)} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {length_of(function)} lines"
        for path in source_files()
        for function in functions_of(path)
        if length_of(function) > LONGEST_FUNCTION
    ]

    assert too_long == []


def test_setup_cfg_lists_the_packages_on_disk() -> None:
    declared = packages_declared()

    assert sorted(declared) == sorted(packages_on_disk())


def test_the_wheel_carries_every_module_the_history_and_the_documentation(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    unwanted = shutil.ignore_patterns("__pycache__")
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, checkout / floor, symlinks=True, ignore=unwanted)
    for path in (ROOT / "setup.cfg", ROOT / "pyproject.toml", ROOT / "LICENSE", *ROOT.glob("*.md")):
        shutil.copy(path, checkout)
    # The pages of the documentation are links to these.
    for folder in ("docs", "benchmarks"):
        shutil.copytree(ROOT / folder, checkout / folder, ignore=unwanted)

    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
    ]
    run = subprocess.run([*pip, "--wheel-dir", tmp_path, checkout], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    (wheel,) = tmp_path.glob("*.whl")

    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
    history = ROOT / "policytracker" / "history"
    web = ROOT / "policytracker" / "web"
    drawn = [path for folder in ("static", "templates", "fonts") for path in (web / folder).iterdir()]
    told = [path for ending in ("jsonl", "md", "csv") for path in history.glob(f"*.{ending}")]
    documentation = ROOT / "policytracker" / "documentation"
    pages = [documentation / "text" / path for path in shipped().shown()]
    styled = [documentation / "page.html", *(documentation / "static").iterdir()]
    maps = (ROOT / "policytracker" / "authoring" / "lists" / "maps").iterdir()
    data = [*told, *drawn, *pages, *styled, *maps, ROOT / "policytracker" / "py.typed"]
    manual = {MANUAL.format(path.name) for path in (ROOT / "docs" / "man").iterdir()}
    assert carried == {name_in_wheel(path) for path in [*source_files(), *data]} | manual
