"""Lines are read one by one: nothing of a file is in memory but the block at hand, whatever stands in the file."""

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from policytracker.events.limits import LONGEST_LINE
from policytracker.ledger.appending import append_lines
from policytracker.ledger.errors import UnreadableFiles
from policytracker.ledger.line_files import LineFiles
from policytracker.ledger.lines import Line, blocks, lines_in, lines_of
from policytracker.ledger.refused import RefusedLines
from tests.ledger.ground import NOON, REGISTRY, Ledger, cleared, company, line_of

LONG = LONGEST_LINE


@pytest.mark.parametrize(("length", "told"), [(LONG - 1, LONG - 1), (LONG, LONG), (LONG + 1, LONG + 1)])
@pytest.mark.parametrize("end", [b"", b"\n", b"\nnext", b"\n\nnext"])
def test_the_longest_line_is_told_whole(length: int, told: int, end: bytes) -> None:
    lines = lines_of("file", b"x" * length + end)

    assert [len(line.text) for line in lines] == [told, 4][: 1 + end.endswith(b"next")]
    assert lines[-1].number == 1 + end.count(b"\n") * end.endswith(b"next")


@pytest.mark.parametrize("length", [LONG + 2, LONG + 3, 3 * LONG])
@pytest.mark.parametrize("end", [b"", b"\n", b"\nnext", b"\n\nnext"])
def test_of_a_longer_line_no_more_is_told_than_refuses_it(length: int, end: bytes) -> None:
    """The lines after it keep their numbers."""
    lines = lines_of("file", b"x" * length + end)

    assert lines[0] == Line("file", 1, b"x" * (LONG + 1))
    assert lines[1:] == [Line("file", 1 + end.count(b"\n"), b"next")] * end.endswith(b"next")


def test_the_rest_of_an_overlong_line_is_read_in_small_parts() -> None:
    class Counting(io.BytesIO):
        most = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.most = max(self.most, size or 0)
            return super().readline(size)

    file = Counting(b"x" * (5 * LONG) + b"\n{}")

    assert [line.number for line in lines_in("file", file)] == [1, 2]
    assert 0 < file.most <= LONG + 2


def test_a_block_ends_where_its_lines_or_its_bytes_are_enough() -> None:
    lines = lines_of("file", b"1\n22\n333\n4\n5\n6\n7777777\n8")

    assert [[line.number for line in block] for block in blocks(lines, 3, 6)] == [[1, 2, 3], [4, 5, 6], [7], [8]]


def test_overlong_lines_are_refused_by_number_and_others_are_still_judged(ledger: Ledger) -> None:
    lines = lines_of("file", b"\n".join([b"x" * (2 * LONG), line_of(company("new")), b"{}"]))

    with pytest.raises(RefusedLines, match=r"^2 lines were refused") as caught:
        append_lines(ledger.store, lines, lambda: NOON)

    assert [line.line for line in caught.value.lines] == [1, 3]
    assert caught.value.lines[0].why.startswith("a line of more than 1,000,000 bytes; ")


def test_why_is_told_of_the_first_refused_lines_and_the_others_are_named(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policytracker.ledger.refused.MOST_TOLD", 2)
    good = line_of(company("new"))

    with pytest.raises(RefusedLines, match=r"^6 lines were refused, so nothing was added:\n") as caught:
        lines = lines_of("file", b"\n".join([b"{", b"{", b"{", b"{", good, b"{", good, b"{"]))
        append_lines(ledger.store, lines, lambda: NOON)

    assert str(caught.value).splitlines()[3:] == [
        "  why is told of the first 2 only; mend them and import again. Refused too:",
        "  file, lines 3-4",
        "  file, line 6",
        "  file, line 8",
    ]


def test_files_are_read_in_their_order_and_may_be_read_again(tmp_path: Path) -> None:
    for name, content in (("one", b"1\n\n2"), ("two", b""), ("three", b"\n3\n")):
        (tmp_path / name).write_bytes(content)
    names = [str(tmp_path / name) for name in ("one", "two", "three")]

    with LineFiles(names) as lines:
        first, read, again = list(lines), lines.read, list(lines)

    assert [(Path(line.source).name, line.number, line.text) for line in first] == [
        ("one", 1, b"1"),
        ("one", 3, b"2"),
        ("three", 2, b"3"),
    ]
    assert again == first
    assert read == lines.size == 7


def test_how_much_is_read_is_known_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"11\n22\n")

    with LineFiles([str(tmp_path / "file")]) as lines:
        told = [lines.read for _ in lines]

    assert told == [3, 6]


def test_a_pipe_may_be_read_again(tmp_path: Path) -> None:
    """As the shell gives it for ``<(command)``."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"1\n2\n",))
    writer.start()

    with LineFiles([str(pipe)]) as lines:
        writer.join()
        assert [line.text for line in lines] == [line.text for line in lines] == [b"1", b"2"]
        assert lines.size == 4


def test_a_file_that_is_gone_meanwhile_is_told_as_itself_and_not_as_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    before = ledger.rows()
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(line_of(company("new")))
    second.write_bytes(line_of(company("newer")))

    with LineFiles([str(first), str(second)]) as lines:
        second.unlink()
        with pytest.raises(UnreadableFiles, match=rf"^cannot read {second} \(No such file or directory\); nothing was"):
            append_lines(ledger.store, lines, lambda: NOON)

    assert ledger.rows() == before


PEAK = """
import resource, sys
from pathlib import Path
from policytracker.ledger.appending import append_lines
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.line_files import LineFiles
from policytracker.ledger.store import Store, sqlite

# The cache of pages has a bound of its own.
sqlite.PRAGMAS = (*sqlite.PRAGMAS, "PRAGMA cache_size=-2000")
with Store(Path(sys.argv[1])) as store, LineFiles(sys.argv[2:]) as lines:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + {more}, used + {more}))
    try:
        print(append_lines(store, lines, recorder="tester").appended)
    except RefusedLines as refused:
        print(refused)
"""


def within(megabytes: int, ledger: Ledger, file: Path) -> str:
    """What an import says that is given only so much more memory than its program takes."""
    code = PEAK.format(more=megabytes * 1_000_000)
    run = subprocess.run([sys.executable, "-c", code, str(ledger.path), str(file)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.files
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="how much memory is taken is read from /proc")
def test_an_import_takes_no_more_memory_than_its_blocks(empty: Ledger, tmp_path: Path) -> None:
    """36 MB of lines, half of them a second time, within 30 MB."""
    file = tmp_path / "file"
    notes = [line_of(cleared(f"clear-{number}", note="x" * 9_000)) for number in range(2_000)]
    file.write_bytes(b"\n".join([*map(line_of, REGISTRY), *notes, *notes]))
    assert file.stat().st_size > 36_000_000

    assert within(30, empty, file) == f"{len(REGISTRY) + 2_000}\n"


@pytest.mark.files
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="how much memory is taken is read from /proc")
def test_lines_without_end_are_refused_without_being_held(empty: Ledger, tmp_path: Path) -> None:
    """100 MB in two lines, 40 lines that are almost as long as may be, and refused lines by the thousand."""
    file = tmp_path / "file"
    with file.open("wb") as written:
        for _ in range(2):
            written.truncate(written.seek(50_000_000, os.SEEK_CUR))
            written.write(b"\n")
        written.write((b"[" + b"x" * 950_000 + b"\n") * 40 + b"{}\n" * 5_000)

    said = within(30, empty, file).splitlines()

    assert said[0] == "5,042 lines were refused, so nothing was added:"
    assert said[1].startswith(f"  {file}:1: a line of more than 1,000,000 bytes; ")
    assert said[-1] == f"  {file}, lines 1001-5042"


def test_a_byte_order_mark_is_skipped_at_the_beginning_of_a_file_and_nowhere_else(ledger: Ledger) -> None:
    line, mark = json.dumps(company("new")).encode(), b"\xef\xbb\xbf"

    lines = lines_of("file.jsonl", mark + line + b"\n" + mark + b"\n" + mark + line)

    assert [each.text.startswith(mark) for each in lines] == [False, True, True]
    with pytest.raises(RefusedLines) as caught:
        append_lines(ledger.store, lines, lambda: NOON)
    assert [each.line for each in caught.value.lines] == [2, 3]
    for each in caught.value.lines:
        assert each.why.startswith("not a JSON object in UTF-8: it begins with a byte order mark; ")
    assert append_lines(ledger.store, lines[:1], lambda: NOON).appended == 1


def test_a_byte_order_mark_alone_is_a_blank_line(ledger: Ledger) -> None:
    assert lines_of("file.jsonl", b"\xef\xbb\xbf\n\n") == []
