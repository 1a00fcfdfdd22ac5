"""What is missing is told with the command that works from this installation."""

import subprocess
import sys
from pathlib import Path

import pytest

from policytracker import installing
from policytracker.installing import way_to_install
from tests.demo import demo as demo


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment in which the program seems to be installed."""
    python = tmp_path / "bin" / "python"
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(python))
    return tmp_path


def test_pipx_injects(environment: Path) -> None:
    (environment / "pipx_metadata.json").touch()

    assert way_to_install("numba", "numpy") == "pipx inject policytracker numba numpy"


def test_a_tool_of_uv_is_added_to_by_uv(environment: Path) -> None:
    (environment / "uv-receipt.toml").touch()

    assert way_to_install("cryptography") == f"uv pip install --python {environment}/bin/python cryptography"


def test_an_environment_without_pip_is_added_to_by_uv(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "find_spec", lambda name: None)

    assert way_to_install("cryptography").startswith("uv pip install --python ")


def test_any_other_environment_is_added_to_by_its_own_pip(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert way_to_install("psycopg[binary]") == f"{environment}/bin/python -m pip install 'psycopg[binary]'"

    monkeypatch.chdir(environment)
    assert way_to_install("psycopg[binary]") == "bin/python -m pip install 'psycopg[binary]'"


def test_without_cryptography_checkpoints_are_made_and_keys_are_told_with_the_way_out(demo: Path) -> None:
    code = "import sys; sys.modules['cryptography'] = None; from policytracker.cli.main import main; main()"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, "--ledger", str(demo), *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert run("checkpoint").returncode == 0
    key = demo.parent / "a.key"
    refused = run("checkpoint", "--new-key", str(key), "--name", "example.com/a")
    assert (refused.returncode, refused.stderr) == (
        1,
        f"Error: signatures need cryptography; install it with: {way_to_install('cryptography')}\n",
    )
    assert not key.exists()
