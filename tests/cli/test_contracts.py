"""What docs/json.md promises to scripts: environment variables and exit codes, as the source and the help have them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from policytracker.cli.exit_codes import OF_ANY, OF_COMMAND
from tests.cli.recording import ask, say
from tests.test_house import ROOT, source_files

pytestmark = pytest.mark.files
PAGE = ROOT / "docs" / "json.md"
OURS = "_?POLICYTRACKER_[A-Z]+(_[A-Z]+)*"
SETTINGS = ROOT / "cli" / "settings.py"
CREDENTIALS = ROOT / "policytracker" / "alerts" / "credentials.py"
CODES = re.compile(r"[Ee]xit codes?:? ")


def variables_on_the_page() -> set[str]:
    """Those of the first table: what the program reads itself."""
    section = PAGE.read_text(encoding="utf-8").split("\n## Environment variables\n")[1].split("Libraries read")[0]
    return {name for line in section.splitlines() if line.startswith("| `") for name in [line.split("`")[1]]}


def variables_in(path: Path) -> Iterator[str]:
    """The variables that a module names: by our prefix, or where it asks the environment or names one to click."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(OURS, node.value):
            yield node.value
        for asked in asked_by(node):
            known = constants.get(asked.id, asked) if isinstance(asked, ast.Name) else asked
            yield str(known.value) if isinstance(known, ast.Constant) else f"{path}:{asked.lineno}"


def asked_by(node: ast.AST) -> Iterator[ast.expr]:
    """What names a variable in ``environ[…]``, ``environ.get(…)``, ``getenv(…)``, ``… in environ``, ``envvar=…``."""
    if isinstance(node, ast.Subscript) and is_environment(node.value):
        yield node.slice
    if isinstance(node, ast.Call):
        name = node.func
        if isinstance(name, ast.Attribute) and (is_environment(name.value) or name.attr == "getenv") and node.args:
            yield node.args[0]
        yield from (each.value for each in node.keywords if each.arg == "envvar")
    if isinstance(node, ast.Compare) and is_environment(node.comparators[0]):
        yield node.left


def is_environment(node: ast.expr) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "environ") or (
        isinstance(node, ast.Name) and node.id == "environ"
    )


def test_the_page_names_each_variable_that_the_program_reads_and_no_other() -> None:
    found = {name for path in source_files() for name in variables_in(path)}
    # cli/settings.py asks for those in its VARIABLES, whose names are among the constants that are found;
    # alerts/credentials.py for those that a watch file names.
    untold = {name for name in found if ":" in name and not name.startswith((f"{SETTINGS}:", f"{CREDENTIALS}:"))}
    assert untold == set(), "a variable whose name the module does not tell"
    read = {name for name in found if ":" not in name}
    assert read == variables_on_the_page()


def test_the_source_is_searched_in_every_way_in_which_a_variable_is_read(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'NAME = "A"\nos.environ[NAME]\nos.environ.get("B", "")\nos.getenv("C")\n"D" in os.environ\n'
        'option(envvar="E")\nTOLD = "POLICYTRACKER_F"\nenviron["G"]\n"no POLICYTRACKER_H"\n',
        encoding="utf-8",
    )
    assert sorted(variables_in(module)) == ["A", "B", "C", "D", "E", "G", "POLICYTRACKER_F"]


def test_an_empty_variable_counts_as_none(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those that an empty text could break."""
    for name in ("POLICYTRACKER_LOCK_SECONDS", "POLICYTRACKER_RECORDER", "POLICYTRACKER_DEBUG", "NO_COLOR"):
        monkeypatch.setenv(name, "")
    assert say(demo, "log", "--limit", "1", "--json").count('"position": ') == 1


@pytest.mark.parametrize("command", OF_COMMAND)
def test_the_help_of_a_command_names_the_codes_that_mean_something_of_their_own(command: str) -> None:
    told = CODES.split(" ".join(say(Path("none"), command, "--help").split()), maxsplit=1)
    own = [code for code in OF_COMMAND[command] if code != 0]
    assert own
    assert [code for code in own if not re.search(rf"\b{code}\b", told[1])] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "alibaba", "h200", "--at", "2026-01-10"), 3),
        (("check", "tencent", "rtx-5090d", "--at", "2025-09-01"), 4),
        (("check", "tencent", "h200", "--at", "2026-09-01"), 6),
        (("check", "tencent", "h200", "--at", "2026-09-01", "--accept", "conditional"), 0),
        (("check", "g42", "h20", "--at", "2025-03-01"), 0),
        (("check", "nobody", "h20"), 1),
        (("check", "tencent"), 2),
        (("state", "--at", "soon"), 2),
        (("verify",), 0),
        (("doctor",), 0),
    ],
)
def test_a_command_exits_with_a_documented_code(demo: Path, words: tuple[str, ...], code: int) -> None:
    assert ask(demo, *words).exit_code == code
    assert code in OF_COMMAND.get(words[0], {}) or code in OF_ANY


@pytest.mark.parametrize(("expected", "code"), [("conditional", 0), ("cleared", 3), ("fine", 1)])
def test_expect_exits_with_a_documented_code(demo: Path, tmp_path: Path, expected: str, code: int) -> None:
    lines = tmp_path / "mine.csv"
    lines.write_text(f"company,chip,at,expected\ntencent,h200,2026-09-01,{expected}\n", encoding="utf-8")
    assert ask(demo, "expect", str(lines)).exit_code == code
    assert code in OF_COMMAND["expect"] or code in OF_ANY
