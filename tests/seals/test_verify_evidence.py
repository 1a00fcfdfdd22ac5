"""The verifier as a stranger runs it: one file, a bare Python, nothing else."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policytracker.seals import verify_evidence
from policytracker.seals.notes import VerifierKey, read_note, verifier_key
from policytracker.seals.verify_evidence import Refused
from tests.seals.ground import OTHER, OURS, evidence_of, kept
from tests.seals.test_evidence import REDACTED, resealed
from tests.seals.test_notes import ENOCH, EXAMPLE, EXAMPLE_NOTE, OTHER_KIND, PETER, SAID

TURNED = OURS.verifier._replace(name="example.com/\u202erosnec")
SOURCE = Path(verify_evidence.__file__)
Run = subprocess.CompletedProcess[str]


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A folder with the verifier alone in it."""
    shutil.copy(SOURCE, tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str, utf8: bool = True) -> Run:
    command = [sys.executable, "-I", "-S", "-X", f"utf8={int(utf8)}", SOURCE.name, *arguments]
    environment = {"PATH": "", "LC_ALL": "C"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_it_needs_the_standard_library_and_python_3_9_only() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 9))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}

    assert imported <= sys.stdlib_module_names
    assert "cryptography" not in source


def test_good_evidence_is_told_and_ends_with_0(stranger: Path) -> None:
    (stranger / "e.json").write_bytes(evidence_of(3, OURS))

    told = run(stranger, "e.json", "--key", str(OURS.verifier))

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[0] == "Event 3, note/1, recorded 2026-01-28 00:00:00.000003 UTC by mia."
    assert "腾讯 é 3" in told.stdout
    assert f"Signed by {OURS.verifier}, as you demanded." in told.stdout


def test_unsigned_and_redacted_evidence_is_told_for_what_it_is(stranger: Path) -> None:
    (stranger / "unsigned.json").write_bytes(evidence_of(3))
    (stranger / "redacted.json").write_bytes(evidence_of(3, OURS, content=REDACTED))

    unsigned, redacted = run(stranger, "unsigned.json"), run(stranger, "redacted.json")

    assert (unsigned.returncode, redacted.returncode) == (0, 0)
    assert "NOT SIGNED: anyone can have made this." in unsigned.stdout
    assert "Its content: removed by the data protection officer" in redacted.stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["e.json", "--key", str(OTHER.verifier)], f"REFUSED: its checkpoint is not signed by {OTHER.verifier}."),
        (["e.json", "--key", "\udcff+00000000+AAAA"], "REFUSED: a hash, a key or a signature is misspelled."),
        (["e.json", "--key", ""], "REFUSED: a hash, a key or a signature is misspelled."),
        (["forged.json"], "REFUSED: the event is not in the tree."),
        (["missing.json"], "REFUSED: [Errno 2] No such file or directory: 'missing.json'."),
        (["."], "REFUSED: [Errno 21] Is a directory: '.'."),
        (["deep.json"], "REFUSED: it is not JSON in UTF-8."),
        (["large.json"], "REFUSED: it has more than 10,000,000 bytes."),
        (["e.json", "--key", str(TURNED)], f"REFUSED: its checkpoint is not signed by {TURNED}."),
    ],
)
def test_anything_else_is_refused_in_one_sentence_and_ends_with_1(
    stranger: Path, arguments: list[str], why: str
) -> None:
    (stranger / "e.json").write_bytes(evidence_of(3, OURS))
    (stranger / "forged.json").write_bytes(resealed(evidence_of(3, OURS), recorder="eve"))
    (stranger / "deep.json").write_bytes(b'{"a":' * 100_000)
    (stranger / "large.json").write_bytes(b" " * 10_000_001)

    told = run(stranger, *arguments)

    assert (told.returncode, told.stdout, told.stderr) == (1, "", why.replace("\u202e", "\\u202e") + "\n")


def test_what_could_deceive_a_reader_is_written_out(stranger: Path) -> None:
    """A recorder who would draw on the terminal, and an output that knows ASCII only."""
    data = evidence_of(3, content=REDACTED._replace(by="eve\x1b[2J\u202e\nSigned by 腾讯"))
    (stranger / "e.json").write_bytes(data)

    assert "by eve\\x1b[2J\\u202e\\nSigned by 腾讯, " in run(stranger, "e.json").stdout
    assert "\\nSigned by \\u817e\\u8baf, " in run(stranger, "e.json", utf8=False).stdout


@pytest.mark.parametrize("flip", range(0, 4000, 397))
def test_a_flipped_bit_is_refused_by_the_process(stranger: Path, flip: int) -> None:
    data = bytearray(evidence_of(3, OURS))
    data[flip // 8] ^= 1 << flip % 8
    (stranger / "e.json").write_bytes(bytes(data))

    told = run(stranger, "e.json")

    assert told.returncode == 1
    assert told.stderr.startswith("REFUSED: ")
    assert told.stderr.count("\n") == 1


def test_it_reads_keys_and_signatures_as_the_program_does() -> None:
    for text in (PETER, ENOCH, EXAMPLE):
        ours = verifier_key(text)
        assert verify_evidence.read_key(text) == (ours.name, ours.key_id, ours.public)
    for changed in [PETER[:place] + chr(ord(sign) + 1) + PETER[place + 1 :] for place, sign in enumerate(PETER)]:
        with pytest.raises(Refused):
            verify_evidence.read_key(changed)
    for wrong in (OTHER_KIND, str(VerifierKey("anyone", bytes([1]) + bytes(31)))):
        with pytest.raises(Refused, match="a key is no Ed25519 verifier key"):
            verify_evidence.read_key(wrong)
    for note, key in ((SAID, PETER), (EXAMPLE_NOTE, EXAMPLE)):
        text, signatures = read_note(note.encode())
        (made,) = [(each.name, each.key_id, each.signature) for each in signatures]
        assert verify_evidence.check_signatures(text, [made], {key: verify_evidence.read_key(key)}) == 0
    text, size, root, below = verify_evidence.read_checkpoint(kept(OURS, OTHER).to_bytes().decode())
    whole = kept(OURS, OTHER)
    assert (text, size, root) == (whole.checkpoint.text(), whole.checkpoint.size, whole.checkpoint.root)
    assert below == [tuple(signature) for signature in whole.signatures]
