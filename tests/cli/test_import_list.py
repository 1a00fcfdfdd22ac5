"""``import-list``: what it asks, what it tells, and that it does all or nothing."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from policytracker.authoring.lists.maps import shipped_maps
from policytracker.ledger.where import Where
from tests.cli.recording import ask, command, position, say, states

HEAD = "_id,source,name,addresses,federal_register_notice,start_date,license_requirement,license_policy,alt_names\n"
SOURCE = "Entity List (EL) - Bureau of Industry and Security"
ALL = "For all items subject to the EAR. (See §744.11 of the EAR)"
ALFA = (
    f'1,{SOURCE},Alfa Example Ltd.,"1 Example Road, Example City, CN",90 FR 1,2025-03-25,{ALL},Presumption of denial,\n'
)
BRAVO = f'2,{SOURCE},Bravo Example Ltd.,"2 Example Road, Example City, CN",90 FR 1,2025-03-25,{ALL},Policy of denial,\n'
MAY = ("--map", "us-csl", "--published", "2026-05-01")
JUNE = ("--map", "us-csl", "--published", "2026-06-01")


@pytest.fixture
def ledger(copied: Where) -> Where:
    """The shipped history, to record into."""
    return copied


@pytest.fixture
def old(tmp_path: Path) -> str:
    path = tmp_path / "may.csv"
    path.write_text(HEAD + ALFA + BRAVO, encoding="utf-8")
    return str(path)


@pytest.fixture
def new(tmp_path: Path) -> str:
    """Alfa is gone, and Bravo is judged otherwise."""
    path = tmp_path / "june.csv"
    path.write_text(HEAD + BRAVO.replace("Policy of denial", "Case-by-case basis"), encoding="utf-8")
    return str(path)


def test_a_listed_firm_is_prohibited_on_the_words_of_the_list(ledger: Where, old: str) -> None:
    """In Singapore: of Chinese firms nobody knows which have a licence."""
    Path(old).write_text(HEAD + ALFA.replace("City, CN", "City, SG"), encoding="utf-8")
    say(ledger, "import-list", old, *MAY)

    assert states(ledger)["alfa-example-ltd", "h200"]["status"] == "prohibited"
    told = json.loads(say(ledger, "why", "alfa-example-ltd", "h200", "--json"))
    assert "Presumption of denial" in json.dumps(told)


def test_a_dry_run_tells_what_was_added_changed_and_gone_and_writes_nothing(ledger: Where, old: str, new: str) -> None:
    say(ledger, "import-list", old, *MAY)
    before = position(ledger)
    result = ask(ledger, "import-list", old, new, *JUNE, "--dry-run")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:7] == [
        "on the list: 1 now, 2 before",
        "added: 0",
        "changed: 1",
        "  Bravo Example Ltd. (line 2): licence-required, review policy-of-denial → licence-required, "
        "review case-by-case: lifted, and a new claim",
        "gone: 1",
        "  Alfa Example Ltd. (line 2): lifted or retracted?",
        "2 events would be appended, 0 were recorded already; no line is refused",
    ]
    assert "prohibited → licensable" in result.stdout
    assert "which cells would change is told without the entries that are gone" in result.stderr
    assert position(ledger) == before


def test_without_a_terminal_entries_that_are_gone_need_a_word(ledger: Where, old: str, new: str) -> None:
    say(ledger, "import-list", old, *MAY)
    before = position(ledger)
    result = ask(ledger, "import-list", old, new, *JUNE)

    assert result.exit_code == 1
    assert (
        "one entry is gone from the list: Alfa Example Ltd.; say --gone lifted where the authority took them off, or "
        "--gone retracted where the list withdraws them as a mistake" in result.stderr
    )
    assert position(ledger) == before


def test_the_same_again_adds_nothing(ledger: Where, old: str, new: str) -> None:
    say(ledger, "import-list", old, *MAY)
    first = say(ledger, "import-list", old, new, *JUNE, "--gone", "lifted").splitlines()[-1]
    again = say(ledger, "import-list", old, new, *JUNE, "--gone", "lifted").splitlines()[-1]

    assert first == "3 events appended, 0 were recorded already"
    assert again == "0 events appended, 3 were recorded already"


def in_a_terminal(ledger: Where, *arguments: str, answers: str) -> tuple[int, str]:
    """What a terminal shows, and the exit code."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command(ledger, *arguments), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, answers.encode())
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:
        pass
    os.close(ours)
    return process.wait(), shown.decode()


@pytest.mark.parametrize(("answers", "end"), [("retracted\n", "retracted"), ("each\nlifted\n", "lifted")])
def test_in_a_terminal_somebody_is_asked(ledger: Where, old: str, new: str, answers: str, end: str) -> None:
    say(ledger, "import-list", old, *MAY)
    code, shown = in_a_terminal(ledger, "import-list", old, new, *JUNE, answers=answers)

    assert code == 0, shown
    assert "One entry is gone. Did the authority lift them, or does the list retract them as a mistake?" in shown
    assert json.loads(say(ledger, "export").splitlines()[-1])["type"] == end


def test_a_list_of_which_much_is_gone_is_pointed_out(ledger: Where, old: str, new: str) -> None:
    many = "".join(ALFA.replace("Alfa", f"Alfa {number}") for number in range(9))
    Path(old).write_text(HEAD + many + BRAVO, encoding="utf-8")
    say(ledger, "import-list", old, *MAY)
    result = ask(ledger, "import-list", old, new, *JUNE, "--gone", "lifted")

    assert "warning: 9 of 10 entries are gone: check that the newer file is whole" in result.stderr


def test_an_entry_whose_key_has_changed_is_pointed_out(ledger: Where, old: str, new: str) -> None:
    """Alfa has another first day, and an alias that was its name."""
    other = (
        ALFA.replace("2025-03-25", "2025-03-26")
        .replace("Alfa Example Ltd.", "Alfa Works")
        .replace(",\n", ",Alfa Example Ltd.\n")
    )
    Path(new).write_text(HEAD + other + BRAVO, encoding="utf-8")
    say(ledger, "import-list", old, *MAY)
    result = ask(ledger, "import-list", old, new, *JUNE, "--dry-run")

    told = "warning: Alfa Example Ltd. (line 2) is gone and Alfa Works (line 2) is added: are they one entry whose key"
    assert told in result.stderr


def test_only_the_first_entries_of_a_kind_are_named_unless_all_are_asked_for(ledger: Where, old: str) -> None:
    many = "".join(ALFA.replace("Alfa", f"Alfa {number}") for number in range(25))
    Path(old).write_text(HEAD + many, encoding="utf-8")

    assert "  and 5 more; --all names them" in say(ledger, "import-list", old, *MAY, "--dry-run")
    assert "Alfa 24" in say(ledger, "import-list", old, *MAY, "--dry-run", "--all")


def test_a_warning_of_many_lines_is_told_once_for_most_of_them(ledger: Where, old: str) -> None:
    """Each of thirty firms is under a duty that comes after the same licences."""
    many = "".join(ALFA.replace("Alfa", f"Alfa {number}").replace("2025-03-25", "2026-05-20") for number in range(30))
    Path(old).write_text(HEAD + many, encoding="utf-8")
    result = ask(ledger, "import-list", old, *MAY)

    warnings = [line for line in result.stderr.splitlines() if "this duty comes after" in line]
    assert len(warnings) == 21
    assert warnings[-1].startswith("warning: 10 more lines of this import: this duty comes after the licences")


def test_strict_refuses_a_list_with_warnings(ledger: Where, old: str) -> None:
    Path(old).write_text(HEAD + ALFA.replace("2025-03-25", "2026-05-20"), encoding="utf-8")
    before = position(ledger)
    result = ask(ledger, "import-list", old, *MAY, "--strict")

    assert result.exit_code == 1
    assert "nothing was added, as these lines are to be looked at twice" in result.stderr
    assert position(ledger) == before


def test_a_spelling_that_the_map_does_not_know_is_named_with_its_place(ledger: Where, old: str) -> None:
    Path(old).write_text(HEAD + ALFA.replace("Presumption of denial", "As the Secretary sees fit"), encoding="utf-8")
    result = ask(ledger, "import-list", old, *MAY)

    assert result.exit_code == 1
    assert (
        "may.csv:2: Alfa Example Ltd.: column license_policy: no spelling of review that the map knows: "
        "'As the Secretary sees fit'; add the words with their code to [values.review] of a map of your own"
        in result.stderr
    )


def test_a_map_is_printed_to_be_copied(ledger: Where, tmp_path: Path, old: str) -> None:
    text = say(ledger, "import-list", "--show-map", "us-csl")
    mine = tmp_path / "mine.toml"
    mine.write_text(text + '"As the Secretary sees fit" = "unstated"\n', encoding="utf-8")
    Path(old).write_text(HEAD + ALFA.replace("Presumption of denial", "As the Secretary sees fit."), encoding="utf-8")
    say(ledger, "import-list", old, "--map", str(mine), "--published", "2026-05-01")

    assert json.loads(say(ledger, "export").splitlines()[-1])["review"] == "unstated"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--published", "2026-13-01", "--map", "us-csl"), "'2026-13-01' is not a date this ledger knows"),
        (("--published", "2026-05-01", "--map", "us-csl", "--effective", "soon"), "'soon' is not a date"),
        (("--published", "2026-05-01", "--map", "us-cls"), "the map us-cls cannot be used"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    ledger: Where, old: str, arguments: tuple[str, ...], told: str
) -> None:
    result = ask(ledger, "import-list", old, *arguments)

    assert result.exit_code == 1
    assert told in result.stderr


def test_three_editions_are_too_many(ledger: Where, old: str) -> None:
    result = ask(ledger, "import-list", old, old, old, *MAY)

    assert result.exit_code == 2
    assert "give one edition, or two: the older one first" in result.stderr


def test_the_help_names_every_map_that_comes_along(ledger: Where) -> None:
    told = " ".join(say(ledger, "import-list", "--help").split())

    assert all(name in told for name in shipped_maps())
