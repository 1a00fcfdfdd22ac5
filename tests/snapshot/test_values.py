"""What a value of a ledger is in a table."""

from pathlib import Path

from tests.demo import ask
from tests.snapshot.ground import select
from tests.snapshot.ground import small as small


def test_texts_are_safe_as_everywhere(small: Path, tmp_path: Path) -> None:
    """A character that turns the direction of writing is written out."""
    path = tmp_path / "tracker.db"
    assert ask(small, "export", "sqlite", str(path)).exit_code == 0
    assert select(path, "SELECT name FROM companies") == [{"name": "Acme \\u202e Co"}]


def test_the_same_question_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    """So that copies can be compared."""
    for name in ("one.db", "two.db"):
        assert ask(small, "export", "sqlite", str(tmp_path / name), "--at", "2026-01-28").exit_code == 0
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.db", "two.db"]
