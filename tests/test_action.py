"""The GitHub Action at the top of the repository, run by bash on a repository that keeps a ledger as JSON Lines.

GitHub itself is not there: the test gives each step the environment that GitHub would, and reads its expressions.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from policytracker import Ledger
from tests.test_house import ROOT

TEXT = (ROOT / "action.yml").read_text(encoding="utf-8")
ACTION: dict[str, Any] = yaml.safe_load(TEXT)
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
SCRIPTS = [step for step in STEPS if "run" in step]
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
"""How GitHub calls it for ``shell: bash``."""
HOLDS = "company,chip,at,known,expected\nTencent,H200,2026-01-28,2026-01-28T12:00Z,in_principle..licensable\n"
FAILS = "company,chip,at,known,expected\nTencent,H200,2026-01-28,2026-01-28T12:00Z,cleared\n"


@dataclass
class Job:
    """A job that uses the action, in a workspace of its own."""

    folder: Path
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    """Those of the steps, by ``steps.ID.outputs.NAME``."""
    printed: str = ""

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    @property
    def summary(self) -> str:
        path = self.folder / "summary.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def run(self) -> int:
        """The exit code of the first step that fails; 0 where none does. The package is installed already."""
        for step in SCRIPTS[1:]:
            code = self.step(step)
            if code:
                return code
        return 0

    def step(self, step: Mapping[str, Any], **settings: str) -> int:
        """Run one step, and take what it writes for others."""
        script, written = self.folder / "step.sh", self.folder / "output"
        script.write_text(step["run"], encoding="utf-8")
        written.write_text("")
        environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "GITHUB_OUTPUT": str(written),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            **{name: EXPRESSION.sub(self.value, text) for name, text in step["env"].items()},
            **settings,
        }
        done = subprocess.run([*BASH, script], cwd=self.workspace, env=environment, capture_output=True, text=True)
        self.printed += done.stdout + done.stderr
        for line in written.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode

    def value(self, found: re.Match[str]) -> str:
        """What an expression stands for."""
        inputs = {f"inputs.{name}": each["default"] for name, each in ACTION["inputs"].items()}
        inputs |= {f"inputs.{name}": value for name, value in self.inputs.items()}
        github = {"runner.temp": str(self.folder), "github.actor": "mia[bot]", "github.action_path": str(ROOT)}
        known: dict[str, str] = {**inputs, **github, **self.outputs}
        return known[found[1]]

    def output(self, name: str) -> str:
        """An output of the action."""
        return EXPRESSION.sub(self.value, ACTION["outputs"][name]["value"])


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A repository with the shipped history as JSON Lines, and an expectation that holds."""
    made = Job(tmp_path)
    (made.workspace / "ledger").mkdir(parents=True)
    for file in files("policytracker.history").iterdir():
        if file.name.endswith(".jsonl"):
            (made.workspace / "ledger" / file.name).write_bytes(file.read_bytes())
    (made.workspace / "ours.expect.csv").write_text(HOLDS, encoding="utf-8")
    made.inputs = {"ledger-files": "ledger/*.jsonl", "since": "2026-08-15"}
    return made


def test_it_builds_the_ledger_holds_it_to_expectations_and_tells_what_is_new(job: Job) -> None:
    assert job.run() == 0, job.printed
    assert (job.output("events"), job.output("expectations")) == ("352", "held")
    assert "    1 expectation holds\n" in job.summary
    assert "# What is new after 15 August 2026" in job.summary
    assert Path(job.output("digest")).read_text(encoding="utf-8") in job.summary
    assert ElementTree.parse(job.output("junit")).getroot().tag in ("testsuite", "testsuites")
    with Ledger(job.output("ledger")) as ledger:
        assert ledger.log(since=351)[0].recorder == "mia[bot]"


def test_it_fails_where_an_expectation_does_not_hold_after_the_digest_is_written(job: Job) -> None:
    (job.workspace / "wrong.expect.csv").write_text(FAILS, encoding="utf-8")
    assert job.run() == 3
    assert job.output("expectations") == "not-held"
    assert "    1 of 2 expectations does not hold\n" in job.summary and "# What is new" in job.summary


def test_it_fails_where_a_line_is_refused_and_says_which(job: Job) -> None:
    (job.workspace / "ledger" / "9-wrong.jsonl").write_text('{"type": "blocked"}\n', encoding="utf-8")
    assert job.run() == 1
    assert "9-wrong.jsonl" in job.printed and job.summary == ""


def test_it_fails_where_expectations_cannot_be_read(job: Job) -> None:
    (job.workspace / "ours.expect.csv").write_text("company,chip\n", encoding="utf-8")
    assert job.run() not in (0, 3)
    assert "ours.expect.csv" in job.printed


def test_no_file_of_events_is_a_fault_and_no_file_of_expectations_is_none(job: Job) -> None:
    (job.workspace / "ours.expect.csv").unlink()
    assert job.run() == 0, job.printed
    assert (job.output("expectations"), job.output("junit")) == ("none", "")
    job.inputs["ledger-files"] = "elsewhere/**/*.jsonl"
    assert job.run() == 1
    assert "::error::no file matches the input ledger-files" in job.printed


def test_the_digest_is_narrowed_and_begins_a_week_ago_unless_it_is_told(job: Job) -> None:
    job.inputs |= {"companies": "Tencent\nJD.com\n", "chips": "RTX 5090D V2", "since": ""}
    assert job.run() == 0, job.printed
    assert "Only what concerns JD.com, Tencent Holdings, RTX 5090D V2." in job.summary
    assert "Nothing new was recorded." in job.summary


def test_what_is_given_is_never_a_command(job: Job) -> None:
    """Each input and the name of who acts hold what a shell would run. A file's name does too."""
    made = job.folder / "made"
    evil = f"$(touch {made}) `touch {made}`; touch {made} & \" ' -- --help"
    (job.workspace / "ledger" / f"9;touch made {chr(36)}(touch made).jsonl").write_text("", encoding="utf-8")
    for name in ("since", "companies", "chips", "ledger-files", "expectations"):
        given = Job(job.folder, {**job.inputs, name: evil})
        given.run()
    assert job.run() == 0, job.printed
    assert not made.exists() and not (job.workspace / "made").exists()


def test_expressions_stand_only_in_the_environment_of_steps_and_in_outputs() -> None:
    for step in STEPS:
        rest = {name: value for name, value in step.items() if name != "env"}
        assert not EXPRESSION.search(yaml.safe_dump(rest)), step
    told = [value for step in STEPS for value in step.get("env", {}).values()]
    told += [each["value"] for each in ACTION["outputs"].values()]
    assert len(EXPRESSION.findall(TEXT)) == len([each for value in told for each in EXPRESSION.findall(value)]) > 10


def test_every_script_is_one_that_bash_reads_and_quotes_what_it_gets() -> None:
    assert [step["shell"] for step in SCRIPTS] == ["bash"] * len(SCRIPTS)
    for step in SCRIPTS:
        subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)
        # Patterns are split and expanded on purpose, in an assignment that runs nothing.
        rest = re.sub(r"^files=\(\$\w+\)$", "", step["run"], flags=re.MULTILINE)
        for name in step["env"]:
            assert not re.search(rf'(?<!")\$\{{?{name}\b(?![^"\n]*")', rest), (step["name"], name)


def test_the_step_that_installs_installs_the_checkout_of_the_action(job: Job) -> None:
    """Told what it would do: a dry run without the other packages, in a copy, as pip writes beside what it builds."""
    copy = job.folder / "checkout"
    unwanted = shutil.ignore_patterns("__pycache__", ".venv", ".git", "screens", "build", "*.egg-info")
    shutil.copytree(ROOT, copy, symlinks=True, ignore=unwanted)
    dry = {"PIP_DRY_RUN": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_QUIET": "0"}
    loud = {**SCRIPTS[0], "run": SCRIPTS[0]["run"].replace("--quiet ", "")}
    assert job.step(loud, ACTION_PATH=str(copy), **dry) == 0, job.printed
    assert "Would install policytracker-" in job.printed


def test_the_example_of_the_guide_gives_inputs_that_there_are() -> None:
    guide = (ROOT / "docs" / "howto-github.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    job = yaml.safe_load(example)["jobs"]["ledger"]
    (used,) = (step for step in job["steps"] if "policytracker" in step.get("uses", ""))
    assert set(used["with"]) <= set(ACTION["inputs"])
    told = set(re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE))
    assert told == set(ACTION["inputs"]) | set(ACTION["outputs"])
