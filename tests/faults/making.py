"""Commands that make files: what each needs, and how one knows whether what it makes is there, or was there before."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from policytracker.cli.export_site import MARK
from policytracker.keeping.keys import read_key
from policytracker.keeping.verify import ledger_damage
from policytracker.ledger.layout import LAYOUT, OLDEST
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from tests.demo import ask
from tests.keeping.old import contents, layout_of, old_file
from tests.ledger.ground import REGISTRY, Ledger, batch, cleared, company, line_of
from tests.shipped import shipped
from tests.views import copy_with_views

Check = Callable[[Path], bool]
OLD = "what was there before\n"
SAMPLED = len(REGISTRY) + 2
MORE = 50
"""So many events are imported."""


class Making(NamedTuple):
    """One command, run in a folder of its own."""

    words: str
    """FOLDER stands for that folder."""
    target: str
    """The name of what it makes or changes."""
    is_new: Check
    """Whether that is there whole. It may raise anything where it is not."""
    needs: Callable[[Path], object]
    """Puts what the command needs, and what it replaces, into the folder."""
    is_old: Check = lambda path: not path.exists() and not path.is_symlink()
    """Whether it is as it was before the command."""
    again: str = " is there already"
    """What the next run of the same command may be refused with, where the first one has made it."""


def prepare(base: Path) -> None:
    """Make what the commands need, and what those that write texts write when nothing happens to them."""
    ledger = base / "sample.ledger"
    with Store.create(ledger) as store:
        Ledger(ledger, store).add(*REGISTRY, cleared(), batch())
    lines = [line_of(company(f"more-{number}")) for number in range(MORE)]
    (base / "more.jsonl").write_bytes(b"\n".join(lines))
    old_file(base)
    for words in (
        "refresh",
        "backup FOLDER/sample.backup",
        *(f"{words} FOLDER/{name}" for name, words in TEXTS.items()),
    ):
        done = ask(ledger, *words.replace("FOLDER", str(base)).split())
        assert done.exit_code == 0, done.output


TEXTS = {
    "ledger.jsonl": "export -o",
    "explorer.html": "export explorer",
    "tracker.db": "export sqlite",
    "evidence.json": "prove clear -o",
    "sample.checkpoint": "checkpoint -o",
}
"""Files that are the same whenever they are written, and the commands that write them."""


def makings(base: Path) -> dict[str, Making]:
    """The commands by what they are called in a test; ``base`` is what was prepared."""

    def sample(folder: Path) -> None:
        copy_with_views(base / "sample.ledger", folder / "sample.ledger")

    def made_anew(target: str) -> Callable[[Path], None]:
        def needs(folder: Path) -> None:
            sample(folder)
            (folder / target).write_text(OLD)

        return needs

    def take(*names: str) -> Callable[[Path], object]:
        return lambda folder: [shutil.copy(base / name, folder) for name in names]

    own = "--ledger FOLDER/sample.ledger"
    found = {
        "init": Making("--ledger FOLDER/new.ledger init", "new.ledger", holds(0), lambda _: None),
        "init --demo": Making(
            "--ledger FOLDER/new.ledger init --demo", "new.ledger", holds(len(shipped())), lambda _: None
        ),
        "copy": Making("copy FOLDER/sample.ledger FOLDER/new.ledger", "new.ledger", holds(SAMPLED), sample),
        "restore": Making(
            "--ledger FOLDER/new.ledger restore FOLDER/sample.backup",
            "new.ledger",
            holds(SAMPLED),
            take("sample.backup", "sample.backup.checkpoint"),
        ),
        "backup": Making(f"{own} backup FOLDER/new.backup", "new.backup", holds(SAMPLED), sample),
        "checkpoint --new-key": Making(
            "checkpoint --new-key FOLDER/new.key --name example.com/x", "new.key", is_key, lambda _: None
        ),
        "export site": Making(f"{own} export site FOLDER/site --with-json", "site", is_site, sample),
        "upgrade": Making(
            "--ledger FOLDER/policy.ledger upgrade",
            "policy.ledger",
            is_of(LAYOUT, base),
            take("policy.ledger"),
            is_of(OLDEST, base),
        ),
        "import": Making(
            f"{own} import {base}/more.jsonl", "sample.ledger", holds(SAMPLED + MORE), sample, holds(SAMPLED)
        ),
    }
    for target, words in TEXTS.items():
        same = is_same_as(base / target)
        found[words] = Making(f"{own} {words} FOLDER/{target}", target, same, sample)
        found[f"{words} --force"] = Making(
            f"{own} {words} FOLDER/{target} --force", target, same, made_anew(target), is_old_text
        )

    def old_site(folder: Path) -> None:
        sample(folder)
        (folder / "site").mkdir()
        for name in (MARK, "index.html"):
            (folder / "site" / name).write_text(OLD)

    found["export site --force"] = Making(
        f"{own} export site FOLDER/site --with-json --force",
        "site",
        is_site,
        old_site,
        lambda path: is_old_text(path / MARK),
    )
    return found


def holds(count: int) -> Check:
    """Whether a ledger is whole, and holds so many events."""

    def check(path: Path) -> bool:
        with open_ledger(path) as source:
            return source.head().position == count and not list(ledger_damage(path))

    return check


def is_of(layout: int, base: Path) -> Check:
    """Whether the ledger of version 0.1 has a layout by now, and every event as before."""
    return lambda path: layout_of(path) == layout and contents(path) == contents(base / "policy.ledger")


def is_same_as(written: Path) -> Check:
    """Whether a file has the bytes of another."""
    return lambda path: path.read_bytes() == written.read_bytes()


def is_old_text(path: Path) -> bool:
    """Whether a file is as it was before."""
    return path.read_text() == OLD


def is_key(path: Path) -> bool:
    """Whether a file holds a key, for its owner alone."""
    return str(read_key(path).verifier).startswith("example.com/x+")


def is_site(path: Path) -> bool:
    """Whether a folder is an exported site: the mark is written last, and each page has its answer beside it."""
    pages = [page for page in path.rglob("*.html") if page.name != "board.html"]
    answers = [json.loads(page.with_suffix(".json").read_bytes()) for page in pages]
    return (path / MARK).read_text() != OLD and len(answers) > SAMPLED
