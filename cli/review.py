"""``policytracker review``: go through the drafts of a report file, one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policytracker.cli.notices import notice
from policytracker.cli.options import open_reader, path_of, recorder_of
from policytracker.cli.output import counted, file_name
from policytracker.cli.streams import done
from policytracker.cli.texts import PATH
from policytracker.events.refusals import Refused
from policytracker.ledger.recorders import SOMEBODY
from policytracker.questions.escaping import safe

if TYPE_CHECKING:
    from policytracker.authoring.draft_files import Draft, DraftFile
    from policytracker.authoring.reviewing import Examined
    from policytracker.ledger.store import Store
    from policytracker.questions.reader import Reader

ANSWERS = ("accept", "change", "drop", "skip", "quit")
QUESTION = "accept, change, drop, skip or quit?"


@click.command(short_help="Go through the drafts of a report file, one by one.")
@click.argument("file", type=PATH)
@click.option("--record", is_flag=True, help="At the end, record what is accepted, without asking.")
@click.pass_context
def review(context: click.Context, /, file: str, record: bool) -> None:
    """Go through the events of a report file that have `draft = true`, one by one, and say of each what to do.

    It shows the event in words, its quote and comments, why an import would refuse it, what it looks like,
    and what it would change. The answers are words, or their first letters: accept; change opens its lines
    in your editor ($VISUAL, $EDITOR); drop takes it out of the file; skip leaves it a draft; quit. They may
    also come from standard input, a line each. The file is written after each answer: all else in it stays
    as it is.

    Say who reviews with --recorder. An accepted event is noted as accepted by that person, in the file and in
    the ledger. At the end, what is accepted can be recorded; drafts stay in the file.

    \b
    Examples:
      policytracker --recorder "Mia Chen" review drafts.toml
      policytracker --recorder "Mia Chen" review drafts.toml --record
      yes skip | policytracker --recorder "Mia Chen" review drafts.toml
    """
    from policytracker.authoring.files import is_report_file
    from policytracker.cli.reviewed import record_accepted
    from policytracker.ledger.store import Store

    if not is_report_file(file):
        raise click.UsageError("a review goes through a report file; its name ends in .toml", context)
    name = recorder_of(context)
    if name == SOMEBODY:
        raise click.UsageError(
            "say who reviews: --recorder NAME before or after `review`; an accepted event bears this name", context
        )
    with open_reader(context) as reader, Store(path_of(context)) as store:
        session = _Session(Path(file), name, reader, store)
        is_over = session.run()
    session.tell()
    if record or session.has_accepted:
        record_accepted(context, file, session.file, name, record)
    if not is_over:
        context.exit(1)


class _Session:
    """A review of one file."""

    def __init__(self, path: Path, name: str, reader: Reader, store: Store) -> None:
        from policytracker.authoring.draft_files import DraftFile

        self._path, self._name, self._reader, self._store = path, name, reader, store
        self._content = path.read_bytes()
        self.file: DraftFile = DraftFile(_text(self._content))
        self._place = 0
        """How many drafts were skipped so far: the next one is at hand."""
        self._total = len(self.file.drafts)
        self._counts = dict.fromkeys(("accepted", "dropped"), 0)
        self._written = ""
        """What was written in an editor and is no event so far."""

    def run(self) -> bool:
        """Ask about each draft; whether somebody has said how it ends."""
        at: tuple[DraftFile, int] | None = None
        found: Examined | None = None
        while self._place < len(self.file.drafts):
            draft = self.file.drafts[self._place]
            if found is None or at != (self.file, self._place):
                at, found = (self.file, self._place), self._show(draft)
            try:
                answer = self._ask()
            except click.Abort:
                notice("the answers have ended; what was answered so far is in the file")
                return False
            if answer == "quit":
                return True
            self._act(answer, draft, found)
        return True

    @property
    def has_accepted(self) -> bool:
        """Whether anything was accepted."""
        return self._counts["accepted"] > 0

    def tell(self) -> None:
        """What was done, and what is left."""
        left = len(self.file.drafts)
        told = ", ".join(f"{count:,} {word}" for word, count in self._counts.items())
        click.echo(f"{told}; {counted(left, 'draft')} left in {file_name(self._path)}")

    def _show(self, draft: Draft) -> Examined:
        from policytracker.authoring.reviewing import accepted_lines, examined
        from policytracker.cli.reviewed import tell_draft

        blocks = self.file.blocks[: draft.place + 1]
        lines = accepted_lines(str(self._path), blocks, self._reader, self._name)
        found = examined(self._reader, self._store, lines)
        number = self._total - len(self.file.drafts) + self._place + 1
        tell_draft(f"draft {number} of {self._total}", self.file, draft, found, self._reader.today)
        return found

    def _ask(self) -> str:
        while True:
            given = click.prompt(QUESTION, err=True, prompt_suffix=" ").strip().lower()
            found = [answer for answer in ANSWERS if given and answer.startswith(given)]
            if found:
                return found[0]
            click.echo(f"{safe(given)!r} is none of them; a letter is enough", err=True)

    def _act(self, answer: str, draft: Draft, found: Examined) -> None:
        if answer == "skip":
            self._place += 1
            self._written = ""
        elif answer == "drop":
            self._try(lambda: self.file.dropped(draft), "dropped")
        elif answer == "change":
            self._change(draft)
        elif found.faults:
            click.echo("an import would refuse it: change it, drop it or skip it", err=True)
        else:
            self._try(lambda: self.file.accepted(draft, self._name), "accepted")

    def _change(self, draft: Draft) -> None:
        before = self._written or self.file.lines_of(draft) + "\n"
        written = click.edit(before, extension=".toml", require_save=False)
        if written is None or written == self.file.lines_of(draft) + "\n":
            click.echo("nothing was changed", err=True)
            return
        self._written = written
        if self._try(lambda: self.file.changed(draft, written)):
            self._written = ""
        else:
            click.echo("the file is as before; `change` goes on with what you wrote", err=True)

    def _try(self, make: Callable[[], DraftFile], what: str = "") -> bool:
        """Write the file with a change, or say why it cannot be made."""
        try:
            self._write(make())
        except Refused as refused:
            click.echo(safe(str(refused)), err=True)
            return False
        if what:
            self._counts[what] += 1
            self._written = ""
            done(f"{self._counts['accepted']} accepted and {self._counts['dropped']} dropped in {self._path}")
        return True

    def _write(self, changed: DraftFile) -> None:
        from policytracker.cli.export import taking_the_place_of

        path = self._path.resolve()
        if path.read_bytes() != self._content:
            raise click.ClickException(f"{file_name(path)} was changed meanwhile; review it again")
        content = changed.text.encode()
        with taking_the_place_of(path) as made:
            made.write_bytes(content)
        self.file, self._content = changed, content


def _text(content: bytes) -> str:
    """The text of a report file. Raises NotReviewed."""
    from policytracker.authoring.draft_files import NotReviewed

    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotReviewed("", f"byte {error.start + 1} is not UTF-8", "save the file in UTF-8") from None
