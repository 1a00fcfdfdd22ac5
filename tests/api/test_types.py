"""Type checkers see the types of the API in a program of a user."""

import subprocess
import sys
from pathlib import Path

from tests.examples import blocks_of, modules_of_testing_page

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".mypy_cache" / "of_users"
"""Apart from the one of this project, whose settings differ; kept, because a first run takes long."""
WRONG = """
from policytracker import Ledger

with Ledger.demo() as ledger:
    print(ledger.state("Tencent", "H200").stauts)
    day: int = ledger.state("Tencent", "H200").at
"""


def test_mypy_strict_passes_on_the_examples_of_the_pages_and_not_on_a_wrong_one(tmp_path: Path) -> None:
    """The package is found as an installed one: what is wrong in it is not reported. Only a test of pytest's own
    fixtures has no types."""
    examples = {f"python_{place}": text for place, (_, text) in enumerate(blocks_of("python"), start=1)}
    examples |= {name: text for name, text in modules_of_testing_page().items() if name != "test_customs"}
    for name, text in {**examples, "wrong": WRONG}.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    mypy = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--follow-imports=silent",
        "--config-file=",
        f"--cache-dir={CACHE}",
    ]
    environment = {"MYPYPATH": str(ROOT), "PATH": ""}
    found = subprocess.run([*mypy, "."], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert len(examples) == 9
    assert [line.partition(" error: ")[0] for line in found.stdout.splitlines()[:-1]] == ["wrong.py:5:", "wrong.py:6:"]
    assert found.stdout.splitlines()[-1] == "Found 2 errors in 1 file (checked 10 source files)"
