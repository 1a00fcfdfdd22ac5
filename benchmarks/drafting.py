"""How many of the events that a careful reader would record of an article are drafted, and how many others.

The articles and what is expected of them are in ``tests/data/articles``; ``held-out`` there holds texts that were
written later, and ``unseen`` those for which nothing was changed.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, NamedTuple

from benchmarks.figures import Share
from policytracker.authoring.drafting.article import read_article
from policytracker.authoring.drafting.draft_file import draft_file
from policytracker.authoring.drafting.drafting import Draft, draft
from policytracker.ledger import clock
from policytracker.projections.reading import named
from policytracker.questions.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "tests" / "data" / "articles"
UNSEEN = ARTICLES / "unseen"
SETS = {"ten articles": ARTICLES, "held-out articles": ARTICLES / "held-out", "unseen articles": UNSEEN}
LEAST = 0.8
STRICT = ("companies", "chips", "authority", "effective", "until", "quantity", "conditions", "instead", "changes")
"""Fields that a drafted event has exactly where it is expected to have them."""
REPORT = ("publisher", "published", "cites", "attribution", "sources")


class Scored(NamedTuple):
    """What became of one article in one ledger."""

    file: str
    ledger: str
    expected: int
    proposed: int
    right: int
    """Proposed as expected, in every field."""
    alike: int
    """Of the expected type, on the expected chips, by the expected authority."""
    missed: tuple[dict[str, Any], ...]
    extra: tuple[dict[str, Any], ...]
    unquoted: int
    """Proposed without a quote."""
    report: tuple[str, ...]
    """Fields of the report that are not as expected."""


def figures() -> Iterator[Share]:
    """Precision and recall of each set."""
    with TemporaryDirectory() as made:
        ledgers = ledgers_in(Path(made))
        for name, folder in SETS.items():
            yield from shares(name, scores(folder, ledgers), None if folder == UNSEEN else LEAST)


def shares(name: str, found: Sequence[Scored], least: float | None) -> Iterator[Share]:
    """The figures of one set; ``least``: what each should be, None where they are told for comparison."""
    expected, proposed = (sum(getattr(each, key) for each in found) for key in ("expected", "proposed"))
    right, alike = (sum(getattr(each, key) for each in found) for key in ("right", "alike"))
    fields = len(REPORT) * len(found)
    told = fields - sum(len(each.report) for each in found)
    yield Share(f"draft: events found as expected, {name}", right, expected, "recall", least)
    yield Share(f"draft: drafted events that are right, {name}", right, proposed, "precision", least)
    yield Share(f"draft: events found, some fields apart, {name}", alike, expected, "recall", None)
    yield Share(f"draft: fields of reports, {name}", told, fields, "right", least)


def scores(folder: Path, ledgers: Mapping[str, Path]) -> list[Scored]:
    """Draft every article of a folder, in each ledger that is asked for."""
    expected = tomllib.loads((folder / "expected.toml").read_text("utf-8"))["article"]
    return [_scored(folder, each, name, ledgers[name]) for each in expected for name in each["ledger"]]


def ledgers_in(folder: Path) -> dict[str, Path]:
    """One with the registry of the shipped history, one with all of it."""
    registry, history = folder / "registry.ledger", folder / "history.ledger"
    run("--ledger", str(history), "init", "--demo")
    run("--ledger", str(registry), "init")
    run("--ledger", str(registry), "import", str(ROOT / "policytracker" / "history" / "1-registry.jsonl"))
    return {"registry": registry, "history": history}


def run(*words: str) -> None:
    """The program as a user runs it. Raises CalledProcessError."""
    command = [sys.executable, "-m", "policytracker.cli.main", *words]
    subprocess.run(command, check=True, capture_output=True)


def _scored(folder: Path, expected: dict[str, Any], name: str, ledger: Path) -> Scored:
    if expected.get("after"):
        ledger = _with_drafts(ledger, [folder / each for each in expected["after"]])
    with Reader(ledger, clock.today()) as reader:
        found = _draft(reader, folder / expected["file"])
        return scored(reader, expected, name, found)


def _draft(reader: Reader, file: Path) -> Draft:
    return draft(reader, read_article(file.name, file.read_bytes()))


def _with_drafts(ledger: Path, files: Iterable[Path]) -> Path:
    """A copy of a ledger in which the drafts of some articles are accepted as they are."""
    folder = Path(mkdtemp(dir=ledger.parent))
    copied = folder / "after.ledger"
    run("copy", str(ledger), str(copied))
    for file in files:
        with Reader(copied, clock.today()) as reader:
            lines = [line for line in draft_file(_draft(reader, file)) if line != "draft = true"]
        report = folder / "accepted.toml"
        report.write_text("\n".join(lines), encoding="utf-8")
        run("--ledger", str(copied), "import", str(report))
    return copied


def scored(reader: Reader, expected: dict[str, Any], name: str, found: Draft) -> Scored:
    """Hold a draft to what is expected of it."""
    wanted = [_wanted(each, name) for each in expected.get("event", [])]
    left = list(found.events)
    missed, right, near = [], 0, 0
    for each in wanted:
        exact = next((event for event in left if is_as_expected(reader, each, event.fields, STRICT)), None)
        close = exact or next(
            (event for event in left if is_as_expected(reader, each, event.fields, ("chips", "authority"))), None
        )
        near += close is not None
        right += exact is not None
        if exact is None:
            missed.append(each)
        else:
            left.remove(exact)
    said = expected.get("report", {})
    wrong = tuple(f"{key}: {found.report.get(key)}" for key in REPORT if found.report.get(key) != said.get(key))
    unquoted = sum(not event.quote for event in found.events)
    extra = tuple(event.fields for event in left)
    return Scored(
        expected["file"], name, len(wanted), len(found.events), right, near, tuple(missed), extra, unquoted, wrong
    )


def _wanted(event: dict[str, Any], name: str) -> dict[str, Any]:
    """An expected event as it is drafted in one of the ledgers."""
    if name == "history" and "recorded" in event:
        return {
            "type": "corroborated",
            "target": event["recorded"],
            **({"instead": event["instead"]} if "instead" in event else {}),
        }
    return {key: value for key, value in event.items() if key not in ("recorded", "instead")}


def is_as_expected(reader: Reader, expected: dict[str, Any], drafted: dict[str, Any], strict: Iterable[str]) -> bool:
    """Whether a drafted event says what is expected: the type, each strict field, and each other that is named."""
    if "about" in expected and not _is_about(reader, expected["about"], drafted.get("target")):
        return False
    named_fields = [key for key in expected if key not in (*STRICT, "about")]
    if expected["type"] == "development-reported":
        strict = [key for key in strict if key in expected]
    keys = (
        {*named_fields, *strict} if "about" not in expected else {"type", *(key for key in strict if key in expected)}
    )
    return all(_plain(key, expected.get(key)) == _plain(key, drafted.get(key)) for key in keys)


def _is_about(reader: Reader, expected: dict[str, Any], target: str | None) -> bool:
    if target is None:
        return False
    ids = named(reader.connection, target) or [target]
    fields = reader.thread_of(ids[0])[0].fields
    report = fields.get("report") or {}
    return all(value == (report if key == "publisher" else fields).get(key) for key, value in expected.items())


def _plain(key: str, value: Any) -> Any:
    """A field so that two that say the same are equal: lists without order, ranges without wording."""
    if key == "conditions" and value is not None:
        return sorted(value)
    if isinstance(value, dict):
        return {inner: _plain(inner, item) for inner, item in value.items() if inner != "wording"}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(value)
    return value


def main() -> None:
    """Print what was missed and what was too much, article by article, and the figures."""
    with TemporaryDirectory() as made:
        ledgers = ledgers_in(Path(made))
        for name, folder in SETS.items():
            found = scores(folder, ledgers)
            for each in found:
                print(f"{each.file} | {each.ledger} | {each.right} of {each.expected}, {each.proposed} drafted")
                print(*(f"    missed: {fields}" for fields in each.missed), sep="\n", end="\n" * bool(each.missed))
                print(*(f"    too much: {fields}" for fields in each.extra), sep="\n", end="\n" * bool(each.extra))
                print(*(f"    report: {field}" for field in each.report), sep="\n", end="\n" * bool(each.report))
            print(*shares(name, found, None if folder == UNSEEN else LEAST), sep="\n")


if __name__ == "__main__":
    main()
