"""How the commands of a page are run and compared, on small pages."""

from pathlib import Path

from tests.docs.consoles import anew, run

PAGE = """Save this as `names.txt`:

```text
alfa
bravo
```

```console
$ wc -l < names.txt
2
$ name=$(head -1 names.txt); pwd
/home/mia/tracker
$ echo "$name" and \\
    more
alfa and more
$ cat missing.txt
cat: missing.txt: …
$ printf '1\\n2\\n3\\n'; date -u +%FT%TZ
1
…
2026-01-01T00:00:00Z
```

```python
this is not run
```
"""


def test_a_page_is_compared_with_what_a_shell_prints(tmp_path: Path) -> None:
    done = run(PAGE, tmp_path)

    assert [each.command.split()[0] for each in done] == ["wc", "name=$(head", "echo", "cat", "printf"]
    assert [each.command for each in done if each.differs] == []


def test_what_differs_is_noticed_and_written_anew(tmp_path: Path) -> None:
    """A wrong number, a missing line, and a line too many: each of them, and nothing else, becomes what was printed."""
    wrong = PAGE.replace("\n2\n$", "\n3\n$").replace("alfa and more\n", "").replace("tracker\n", "tracker\nmore\n")

    assert [each.command.split()[0] for each in run(wrong, tmp_path) if each.differs] == ["wc", "name=$(head", "echo"]
    assert anew(wrong, tmp_path) == PAGE


def test_lines_left_out_do_not_hide_a_wrong_one(tmp_path: Path) -> None:
    done = run(PAGE.replace("1\n…\n", "2\n…\n"), tmp_path)

    assert [each.command.split()[0] for each in done if each.differs] == ["printf"]
