"""``checkpoint``, ``verify --against``, ``prove``, and who recorded it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.sealing import tree_of
from policytracker.ledger.where import Where
from policytracker.seals.checkpoint import read_checkpoint
from policytracker.seals.leaves import Sealed, leaf_hash
from policytracker.seals.notes import VerifierKey, open_note, verifier_key
from policytracker.seals.tree import Frontier, root_of
from tests.demo import ask, rows, run
from tests.homes import change
from tests.shipped import position_of, shipped

EVENTS = len(shipped())
POSITION = position_of("cn-2026-01-28-batch")
NEWS = ("--publisher", "Caixin", "--published", "2026-01-29", "--attribution", "official")
LIFTED = ("record", "lifted", "cn-2026-01-14-customs", *NEWS, "--anyway")


@pytest.fixture
def ledger(copied: Where) -> Where:
    """A ledger that may be recorded in."""
    return copied


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, VerifierKey]:
    """A key file made by the program, and its public half."""
    path = tmp_path / "ledger.key"
    return path, made_key(path, "example.com/compliance")


def made_key(path: Path, name: str) -> VerifierKey:
    answer = ask(path, "checkpoint", "--new-key", str(path), "--name", name)
    assert answer.exit_code == 0, answer.output
    return verifier_key(answer.stdout.strip())


def kept(ledger: Where, path: Path, *more: str) -> Path:
    answer = ask(ledger, "checkpoint", "-o", str(path), *more)
    assert answer.exit_code == 0, answer.output
    return path


def rewritten(ledger: Where, recorder: str) -> None:
    """Give the first event another recorder, and compute every seal anew: as somebody does who owns everything."""
    change(ledger, f"UPDATE ledger_entries SET recorder = '{recorder}' WHERE position = 1")
    with open_ledger(ledger) as source:
        found = [Sealed(row.position, row.id, row.topic, row.recorded, row.recorder) for row in source.rows()]
    tree = Frontier()
    for sealed in found:
        tree.append(leaf_hash(sealed))
        columns = {"leaf": leaf_hash(sealed), "tree": tree.to_bytes()}
        if sealed.position not in (1, len(found)):
            continue
        for column, value in columns.items():
            blob = f"X'{value.hex()}'" if isinstance(ledger, Path) else f"'\\x{value.hex()}'"
            change(ledger, f"UPDATE ledger_entries SET {column} = {blob} WHERE position = {sealed.position}")


def test_a_checkpoint_tells_identity_size_and_root(demo: Where) -> None:
    text = ask(demo, "checkpoint").stdout
    with open_ledger(demo) as source:
        head, leaves = source.head(), source.leaves()

    found = read_checkpoint(text.encode())
    assert found.signatures == ()
    assert found.checkpoint == (f"policytracker/{head.ledger}", head.position, root_of(leaves), ())
    assert tree_of(head).root() == root_of(leaves)


def test_a_checkpoint_can_be_given_another_origin(demo: Where) -> None:
    assert ask(demo, "checkpoint", "--origin", "example.com/ledger").stdout.startswith("example.com/ledger\n")
    assert ask(demo, "checkpoint", "--origin", "two\nlines").exit_code == 1


def test_a_checkpoint_is_signed_with_a_key_that_the_program_made(
    demo: Where, key: tuple[Path, VerifierKey], tmp_path: Path
) -> None:
    path, verifier = key
    assert path.stat().st_mode & 0o777 == 0o600

    found = kept(demo, tmp_path / "c", "--key", str(path)).read_bytes()

    assert open_note(found, [verifier]).signers == (verifier,)


def test_a_key_is_never_overwritten_and_needs_a_name(key: tuple[Path, VerifierKey], tmp_path: Path) -> None:
    before = key[0].read_bytes()

    again = ask(key[0], "checkpoint", "--new-key", str(key[0]), "--name", "x")

    assert again.exit_code == 1
    assert "is there already, and a key in it would be lost" in again.stderr
    assert key[0].read_bytes() == before
    assert ask(key[0], "checkpoint", "--new-key", str(tmp_path / "n")).exit_code == 2
    assert ask(key[0], "checkpoint", "--name", "n").exit_code == 2
    assert ask(key[0], "checkpoint", "--new-key", str(tmp_path / "n"), "--name", "a b").exit_code == 1
    assert not (tmp_path / "n").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_that_others_may_read_signs_nothing(demo: Where, key: tuple[Path, VerifierKey], mode: int) -> None:
    key[0].chmod(mode)

    answer = ask(demo, "checkpoint", "--key", str(key[0]))

    assert answer.exit_code == 1
    assert f"others may read or change the key in {key[0]}; `chmod 600` it" in answer.stderr
    assert answer.stdout == ""


def test_a_secret_is_never_printed(demo: Where, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("PRIVATE+KEY+name+00000000+c2VjcmV0\n")
    path.chmod(0o600)

    answer = ask(demo, "checkpoint", "--key", str(path))

    assert answer.exit_code == 1
    assert "this is no signer key" in answer.stderr
    assert "c2VjcmV0" not in answer.output


def test_no_file_is_overwritten_unless_forced(demo: Where, tmp_path: Path) -> None:
    path = kept(demo, tmp_path / "c")

    assert ask(demo, "checkpoint", "-o", str(path)).exit_code == 1
    assert ask(demo, "prove", "cn-2026-01-28-batch", "-o", str(path)).exit_code == 1
    assert ask(demo, "checkpoint", "-o", str(path), "--force").exit_code == 0


def test_a_damaged_ledger_gives_no_checkpoint(ledger: Where) -> None:
    change(ledger, "UPDATE ledger_entries SET recorder = 'eve' WHERE position = 5")

    answer = ask(ledger, "checkpoint")

    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert "one of them was changed), so nothing is said of it; run `policytracker verify`" in answer.stderr


def test_a_ledger_that_has_grown_extends_its_checkpoints(
    ledger: Where, key: tuple[Path, VerifierKey], tmp_path: Path
) -> None:
    """One kept before, one after an event, one signed."""
    old = kept(ledger, tmp_path / "old")
    assert ask(ledger, *LIFTED).exit_code == 0
    new = kept(ledger, tmp_path / "new", "--key", str(key[0]))

    answer = run(ledger, "verify", "--against", str(old), str(new))

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [
        f"whole: {EVENTS + 1} events, every seal holds, read models equal a rebuild",
        f"extends {old}: its {EVENTS} events are the first of this ledger; it is unsigned",
        f"extends {new}: its {EVENTS + 1} events are the first of this ledger; "
        "its signature was not checked, as no --key was given",
    ]
    signed = ask(ledger, "verify", "--against", str(new), "--key", str(key[1]))
    assert f"signed by {key[1]}" in signed.stdout
    assert signed.exit_code == 0
    assert rows(ledger, "verify", "--against", str(old), str(new)) == []


def test_a_ledger_that_was_rewritten_whole_is_found_by_a_checkpoint_alone(ledger: Where, tmp_path: Path) -> None:
    """Who can write everything can seal everything anew; what is kept elsewhere they cannot reach."""
    path = kept(ledger, tmp_path / "kept")
    rewritten(ledger, "eve")
    assert list(ledger_damage(ledger)) == []
    ask(ledger, "rebuild")

    answer = run(ledger, "verify", "--against", str(path))

    assert answer.returncode == 5
    assert answer.stdout.splitlines() == [
        f"whole: {EVENTS} events, every seal holds, read models equal a rebuild",
        f"not proven: {path}: the first {EVENTS} events of this ledger are not those that it was made of",
    ]
    (told,) = json.loads(ask(ledger, "verify", "--against", str(path), "--json").stdout)
    assert told["what"].startswith(f"{path}: the first {EVENTS} events")


def test_a_ledger_that_was_put_back_is_shorter_than_its_checkpoint(ledger: Where, demo: Where, tmp_path: Path) -> None:
    assert ask(ledger, *LIFTED).exit_code == 0
    path = kept(ledger, tmp_path / "kept", "--origin", "example.com/ours")

    answer = ask(demo, "verify", "--against", str(path))

    assert answer.exit_code == 5
    assert f"it is of {EVENTS + 1} events, and this ledger holds {EVENTS}: some were taken away" in answer.stdout
    assert "(it is of example.com/ours, this is policytracker/" in answer.stdout


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "this is no checkpoint"),
        (b"\xff", "this is no checkpoint"),
        (b"a\n1\nAAAA\n", "this is no checkpoint: its third line is no SHA-256 in base64"),
    ],
)
def test_a_file_that_is_no_checkpoint_proves_nothing(demo: Where, tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "kept"
    path.write_bytes(content)

    answer = ask(demo, "verify", "--against", str(path))

    assert answer.exit_code == 5
    assert f"not proven: {path}: {why}" in answer.stdout


def test_with_a_key_only_what_it_has_signed_proves_anything(
    demo: Where, key: tuple[Path, VerifierKey], tmp_path: Path
) -> None:
    """Unsigned, signed by another, signed and then changed."""
    other = tmp_path / "other.key"
    made_key(other, "example.com/other")
    unsigned = kept(demo, tmp_path / "unsigned")
    foreign = kept(demo, tmp_path / "foreign", "--key", str(other))
    signed = kept(demo, tmp_path / "signed", "--key", str(key[0]))
    changed = tmp_path / "changed"
    changed.write_text(signed.read_text().replace(f"\n{EVENTS}\n", f"\n{EVENTS - 1}\n"))

    answer = ask(demo, "verify", "--key", str(key[1]), "--against", *map(str, (unsigned, foreign, changed, signed)))

    assert answer.exit_code == 5
    assert f"not proven: {unsigned}: it is not signed, and a key was given" in answer.stdout
    assert f"not proven: {foreign}: none of the known keys has signed this" in answer.stdout
    assert f"not proven: {changed}: the signature of example.com/compliance" in answer.stdout
    assert f"extends {signed}" in answer.stdout


def test_a_checkpoint_that_came_by_mail_proves_as_much(
    demo: Where, key: tuple[Path, VerifierKey], tmp_path: Path
) -> None:
    """Its line ends became CR LF and the last one was lost; so did those of the key. A changed one proves nothing."""
    signed = kept(demo, tmp_path / "signed", "--key", str(key[0])).read_bytes()
    mailed, changed, evidence = (tmp_path / name for name in ("mailed", "changed", "evidence"))
    mailed.write_bytes(signed.replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    changed.write_bytes(mailed.read_bytes().replace(b"policytracker/", b"policytracker-"))
    verifier = f"{key[1]}\r\n"

    good = ask(demo, "verify", "--key", verifier, "--against", str(mailed))
    bad = ask(demo, "verify", "--key", verifier, "--against", str(changed))
    made = ask(demo, "prove", "cn-2026-01-28-batch", "--checkpoint", str(mailed), "--signed-by", verifier,
               "-o", str(evidence))  # fmt: skip

    assert good.exit_code == 0, good.output
    assert f"extends {mailed}: its {EVENTS} events are the first of this ledger; signed by {key[1]}" in good.stdout
    assert bad.exit_code == 5
    assert f"not proven: {changed}: the signature of example.com/compliance" in bad.stdout
    assert made.exit_code == 0, made.output
    assert json.loads(evidence.read_text())["checkpoint"] == signed.decode()


def test_checkpoints_and_keys_are_given_with_against(demo: Where, tmp_path: Path) -> None:
    assert ask(demo, "verify", str(tmp_path)).exit_code == 2
    assert ask(demo, "verify", "--against", str(tmp_path / "none")).exit_code == 1
    assert "this is no verifier key" in ask(demo, "verify", "--against", "x", "--key", "nonsense").output


def test_evidence_convinces_a_stranger_with_nothing_but_python(
    demo: Where, key: tuple[Path, VerifierKey], tmp_path: Path
) -> None:
    evidence, verifier = tmp_path / "evidence.json", tmp_path / "verify_evidence.py"
    answer = ask(demo, "prove", "cn-2026-01-28-batch", "-o", str(evidence), "--verifier", str(verifier),
                 "--key", str(key[0]))  # fmt: skip
    assert answer.exit_code == 0, answer.output

    stranger: list[str | Path] = [sys.executable, "-I", "-S", verifier, evidence, "--key", str(key[1])]
    told = subprocess.run(stranger, env={}, cwd="/", capture_output=True, text=True)

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith(f"Event {POSITION}, batch-approved/2, recorded ")
    assert f"Signed by {key[1]}, as you demanded." in told.stdout

    evidence.write_text(evidence.read_text().replace(f'"position": {POSITION}', f'"position": {POSITION - 1}'))
    assert subprocess.run(stranger, env={}, cwd="/", capture_output=True).returncode == 1


def test_evidence_can_rest_on_a_kept_checkpoint(ledger: Where, key: tuple[Path, VerifierKey], tmp_path: Path) -> None:
    path = kept(ledger, tmp_path / "kept", "--key", str(key[0]))
    assert ask(ledger, *LIFTED).exit_code == 0
    with_it = ("--checkpoint", str(path), "--signed-by", str(key[1]))

    found = json.loads(ask(ledger, "prove", "cn-2026-01-28-batch", *with_it).stdout)
    newest = rows(ledger, "log", "--limit", "1")[0]["id"]
    too_old = ask(ledger, "prove", newest, *with_it)

    assert found["checkpoint"] == path.read_text()
    assert found["keys"] == [str(key[1])]
    assert too_old.exit_code == 1
    assert f"the checkpoint is of the first {EVENTS} events, and this one is number {EVENTS + 1}" in too_old.stderr


def test_no_evidence_rests_on_a_checkpoint_of_another_ledger(demo: Where, ledger: Where, tmp_path: Path) -> None:
    rewritten(ledger, "eve")
    path = kept(ledger, tmp_path / "theirs")

    answer = ask(demo, "prove", "cn-2026-01-28-batch", "--checkpoint", str(path))

    assert answer.exit_code == 1
    assert "the event is not in the tree" in answer.stderr
    assert answer.stdout == ""


def test_no_evidence_is_written_of_an_event_that_is_damaged_or_unknown(ledger: Where) -> None:
    change(ledger, "UPDATE ledger_entries SET recorder = 'eve' WHERE ref = 'cn-2026-01-28-batch'")

    damaged = ask(ledger, "prove", "cn-2026-01-28-batch")
    unknown = ask(ledger, "prove", "nothing")

    assert (damaged.exit_code, unknown.exit_code) == (1, 1)
    assert f"at position {POSITION} is not as it was sealed" in damaged.stderr
    assert "no event 'nothing' in the ledger" in unknown.stderr


def test_options_that_say_nothing_together_are_refused(demo: Where, key: tuple[Path, VerifierKey]) -> None:
    both = ask(demo, "prove", "x", "--key", str(key[0]), "--checkpoint", "c")
    alone = ask(demo, "prove", "x", "--signed-by", str(key[1]))

    assert (both.exit_code, alone.exit_code) == (2, 2)


def test_show_tells_that_an_event_is_sealed_and_how_to_prove_it(demo: Where) -> None:
    told = ask(demo, "show", "cn-2026-01-28-batch").stdout

    assert f"position {POSITION}" in told
    assert "sealed          `policytracker prove " in told


def test_who_records_is_the_option_then_the_environment_and_never_the_login(
    ledger: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "login")
    monkeypatch.delenv("POLICYTRACKER_RECORDER", raising=False)
    lift = [*LIFTED]
    assert ask(ledger, *lift).exit_code == 0
    monkeypatch.setenv("POLICYTRACKER_RECORDER", "environment")
    lift[-2] = "unattributed"
    assert ask(ledger, *lift).exit_code == 0
    lift[-2] = "on-record"
    assert ask(ledger, "--recorder", " 李 Mia ", *lift).exit_code == 0

    assert [event["recorder"] for event in rows(ledger, "log", "--limit", "3")] == ["somebody", "environment", "李 Mia"]
    assert list(ledger_damage(ledger)) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is empty"),
        ("a\nb", "holds a control character"),
        ("a\x1bb", "holds a control character"),
        ("a\u2028b", "holds a control character"),
        ("\udcff", "holds a control character, a line end, or half a character"),
        ("x" * 201, "has 201 characters, and 200 is the most"),
    ],
)
@pytest.mark.parametrize("command", [LIFTED, ("import", "-"), ("init",)])
def test_a_name_that_no_ledger_should_hold_records_nothing(
    demo: Where, tmp_path: Path, name: str, why: str, command: tuple[str, ...]
) -> None:
    where = tmp_path / "new.ledger" if command == ("init",) else demo

    answer = ask(where, "--recorder", name, *command)

    assert answer.exit_code == 1
    assert f"the name of who records {why}" in answer.stderr
    assert "give another with --recorder" in answer.stderr
    assert not (tmp_path / "new.ledger").exists()


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_checkpoint_can_be_signed_with_ssh_keygen(demo: Where, tmp_path: Path) -> None:
    """As docs/trust.md tells it."""
    path = kept(demo, tmp_path / "kept.checkpoint")
    key = tmp_path / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    sign: list[str | Path] = ["ssh-keygen", "-Y", "sign", "-n", "policytracker", "-f", key, path]
    subprocess.run(sign, check=True, capture_output=True)
    (tmp_path / "signers").write_text(f"mia@example.com {key.with_suffix('.pub').read_text()}")
    check: list[str | Path] = ["ssh-keygen", "-Y", "verify", "-n", "policytracker", "-f", tmp_path / "signers",
             "-I", "mia@example.com", "-s", f"{path}.sig"]  # fmt: skip

    assert subprocess.run(check, input=path.read_bytes(), capture_output=True).returncode == 0
    assert subprocess.run(check, input=path.read_bytes() + b"x\n", capture_output=True).returncode != 0
    assert ask(demo, "verify", "--against", str(path)).exit_code == 0
