"""A ledger that version 0.1 made: it answers, and is upgraded in place with all that it holds (docs/keeping.md)."""

import json
import signal
import warnings
from collections import Counter
from pathlib import Path

import pytest

from policytracker.events.catalogue import NEW_IN_2, REDACTED, TYPES
from policytracker.events.kept import kept_event, kept_fields
from policytracker.keeping.backups import BackupThere, backup, restore
from policytracker.keeping.checkpoints import compare
from policytracker.keeping.upgrade import AnotherBackup, NoPlaceForBackup, upgrade
from policytracker.keeping.verify import damage
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.copying import copy
from policytracker.ledger.errors import NotALedger, OldLayout, RecordedMeanwhile, Unusable
from policytracker.ledger.ledger_error import OldLedgerWarning
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from policytracker.seals.notes import verifier_key
from tests.demo import ask, rows
from tests.faults.processes import FORKS
from tests.homes import change, databases_of, on_both_homes
from tests.keeping import old
from tests.keeping.old import DATA, EVENTS, KEY, NOTE, contents, everything, layout_of
from tests.ledger.ground import Ledger, company
from tests.soak import often

pytestmark = pytest.mark.filterwarnings("ignore::policytracker.ledger.ledger_error.OldLedgerWarning")
CHECKPOINTS = ("2026-02-03.checkpoint", "2026-02-20.checkpoint")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_homes(metafunc, "ledger", "function")


@pytest.fixture
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """The ledger of version 0.1, to be changed."""
    return old.old_ledger(request, tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The same as a file."""
    return old.old_file(tmp_path)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a backup may be made."""
    return tmp_path / "before.backup"


def upgraded(ledger: Where, place: Path) -> None:
    """Upgrade it as a user does."""
    done = ask(ledger, "upgrade", "--backup", str(place))
    assert done.exit_code == 0, done.output


def record_as_before(ledger: Where, *subjects: str) -> None:
    """Register companies in a ledger of layout 2, as version 0.1 would."""
    with Store(ledger, old=True) as store:
        Ledger(ledger, store).add(*map(company, subjects))


# What it holds


def test_it_has_every_type_of_version_1_in_form_1(file: Path) -> None:
    kept = everything(file)

    types = {str(row.topic).partition("/")[0] for row in kept}
    assert types == {*TYPES} - {*NEW_IN_2} | {REDACTED}
    assert {str(row.topic).partition("/")[2] for row in kept} == {"1"}
    assert (layout_of(file), len(kept)) == (2, EVENTS)
    assert Counter((row.recorded, row.recorder) for row in kept) == {
        (1_767_603_600_000_001, "ada"): 149,
        (1_770_021_000_000_000, "ben"): 17,
        (1_770_113_730_500_000, "ben"): 10,
        (1_770_998_400_000_000, "ada"): 7,
        (1_771_588_800_000_000, "ada"): 1,
    }


def test_every_event_of_it_is_one_of_today(file: Path) -> None:
    """Version 2 added fields; what version 1 stored says the same."""
    for row in everything(file):
        if not row.state:
            continue
        stored = json.loads(row.state)
        stored.pop("replaces", None)
        assert kept_fields(row.topic, row.state) == stored
        if stored["type"] != REDACTED:
            assert kept_event(row.topic, row.state).__struct_config__.tag == stored["type"]


# Before it is upgraded


def test_doctor_says_it(ledger: Where, place: Path) -> None:
    def finding() -> list[tuple[str, str, str | None]]:
        found = json.loads(ask(ledger, "doctor", "--json").stdout)
        return [(each["level"], each["says"], each["do"]) for each in found if each["check"] == "layout"]

    assert finding() == [
        (
            "note",
            "an earlier version made the ledger (layout 2): it answers, and takes no events",
            "policytracker upgrade, which makes a backup first",
        )
    ]
    assert NOTE not in ask(ledger, "doctor").stderr
    upgraded(ledger, place)
    assert finding() == [("ok", "layout 3, the newest", None)]


def test_copies_and_backups_of_it_are_what_it_is(ledger: Where, place: Path, tmp_path: Path) -> None:
    before = contents(ledger)
    backup(ledger, place)
    restore(place, tmp_path / "restored.ledger")
    copy(ledger, tmp_path / "copied.ledger")

    for made in (place, tmp_path / "restored.ledger", tmp_path / "copied.ledger"):
        assert layout_of(made) == 2
        assert contents(made) == before
    with pytest.raises(OldLayout):
        Store(tmp_path / "restored.ledger")


# The upgrade


def test_an_upgrade_keeps_every_event_as_it_was(ledger: Where, place: Path) -> None:
    before = everything(ledger)
    questions = (("log", "--nl"), ("timeline", "tencent", "h200", "--json"), ("claims", "--json"), ("export",))
    answers = [ask(ledger, *words).stdout for words in questions]

    done = ask(ledger, "upgrade", "--backup", str(place), "--json")

    assert (done.exit_code, done.stderr) == (0, "")
    with open_ledger(ledger) as source:
        identity = source.head().ledger
    (told,) = json.loads(done.stdout)
    assert (told["layout_before"], told["layout"], told["identity"], told["events"]) == (2, 3, identity, EVENTS)
    assert (told["backup"], told["checkpoint"]) == (str(place), f"{place}.checkpoint")
    assert layout_of(ledger) == 3
    assert everything(ledger) == before
    assert list(damage(ledger)) == []
    assert [ask(ledger, *words).stdout for words in questions] == answers
    assert ask(ledger, "where").stderr == ""
    assert layout_of(place) == 2
    assert contents(place) == contents(ledger)
    assert list(ledger_damage(place)) == []


def test_nothing_is_left_to_do_the_second_time(ledger: Where, place: Path, tmp_path: Path) -> None:
    upgraded(ledger, place)
    before = everything(ledger)

    (told,) = rows(ledger, "upgrade", "--backup", str(tmp_path / "another.backup"))

    assert (told["layout_before"], told["layout"], told["backup"], told["root"]) == (3, 3, None, None)
    assert everything(ledger) == before
    assert not (tmp_path / "another.backup").exists()


def test_checkpoints_keys_and_evidence_of_before_verify(ledger: Where, place: Path, tmp_path: Path) -> None:
    upgraded(ledger, place)
    record = ("record", "retracted", "example-shipped", "--anyway")
    assert ask(ledger, *record).exit_code == 0

    kept = [(name, (DATA / name).read_bytes()) for name in CHECKPOINTS]
    assert [each.wrong for each in compare(ledger, kept, [])] == [None, None]
    (signed,) = compare(ledger, kept[:1], [verifier_key(KEY)])
    assert (signed.wrong, signed.signers) == (None, (KEY,))

    key = tmp_path / "example.key"
    key.write_bytes((DATA / "example.key").read_bytes())
    key.chmod(0o600)
    proven = ask(ledger, "prove", "cn-2026-01-28-batch", "--key", str(key))
    evidence, was = json.loads(proven.stdout), json.loads((DATA / "evidence.json").read_text())
    assert evidence["tree_size"] == EVENTS + 1
    sealed = ("position", "id", "topic", "recorded", "recorder", "content")
    assert [evidence[name] for name in sealed] == [was[name] for name in sealed]
    assert evidence["keys"] == was["keys"] == [KEY]


def test_an_upgraded_ledger_takes_what_version_2_says(ledger: Where, place: Path) -> None:
    upgraded(ledger, place)
    before = everything(ledger)
    said = ("--publisher", "Reuters", "--published", "2026-03-01", "--anyway")

    sold = ("--company", "example-labs", "--name", "EL", "--effective", "2026-03", "--without", "parent")
    for words in (
        ("company-registered", *sold),
        ("corrected", "example-met", "--change", "effective=2026-02-04", *said),
        ("held", "--authority", "cn-regulators", "--company", "tencent", "--chip", "h200", *said),
    ):
        answer = ask(ledger, "record", *words)
        assert answer.exit_code == 0, answer.output

    now = everything(ledger)
    assert now[:EVENTS] == before
    assert [row.topic for row in now[EVENTS:]] == ["company-registered/2", "corrected/2", "held/1"]
    assert list(damage(ledger)) == []
    (cell,) = rows(ledger, "state", "tencent", "h200", "--at", "2026-03-02")
    assert "CN/import" in cell["limited_by"]


# What can go wrong


def test_a_damaged_ledger_is_not_upgraded(ledger: Where, place: Path) -> None:
    change(ledger, "UPDATE stored_events SET state = {Tencent, Tancent} WHERE originator_id = 'company:tencent'")

    answer = ask(ledger, "upgrade", "--backup", str(place))

    assert answer.exit_code == 5
    assert "is damaged, and nothing was backed up: event " in answer.stderr
    assert layout_of(ledger) == 2
    assert not place.exists()


def test_what_is_recorded_meanwhile_is_in_the_next_backup(ledger: Where, place: Path) -> None:
    more = iter(["one-more"])

    with pytest.raises(RecordedMeanwhile) as caught:
        upgrade(ledger, place, lambda *_: record_as_before(ledger, *more))

    assert str(caught.value) == (
        f"somebody has recorded in {ledger} after its backup was made, and nothing was upgraded; "
        "run `policytracker upgrade` again, while nobody records"
    )
    assert (layout_of(ledger), len(everything(ledger))) == (2, EVENTS + 1)
    assert not place.exists()
    upgraded(ledger, place)
    assert contents(place) == contents(ledger)


def test_two_who_upgrade_at_once_do_it_once(ledger: Where, place: Path, tmp_path: Path) -> None:
    others = iter([tmp_path / "other.backup"])

    def somebody_else(*_: int) -> None:
        for other in others:
            upgrade(ledger, other)

    done = upgrade(ledger, place, somebody_else)

    assert (done.before, done.layout) == (3, 3)
    assert layout_of(ledger) == 3
    assert contents(place) == contents(tmp_path / "other.backup") == contents(ledger)


def test_an_upgrade_goes_on_with_the_backup_of_one_that_was_cut_short(ledger: Where, place: Path) -> None:
    made = backup(ledger, place)
    before = place.read_bytes()
    made.checkpoint.unlink()

    answer = ask(ledger, "upgrade", "--backup", str(place))

    assert answer.exit_code == 0
    assert answer.stdout.startswith(f"found the backup of an earlier attempt again: 184 events in {place}, ")
    assert made.checkpoint.read_bytes() == made.kept.to_bytes()
    assert place.read_bytes() == before
    assert layout_of(ledger) == 3


@pytest.mark.parametrize("what", ["another file", "an older backup", "a damaged one"])
def test_no_other_file_is_taken_for_the_backup(what: str, ledger: Where, place: Path) -> None:
    if what == "another file":
        place.write_text("notes")
    else:
        backup(ledger, place)
    if what == "an older backup":
        record_as_before(ledger, "one-more")
    elif what == "a damaged one":
        change(place, "UPDATE stored_events SET state = {Tencent, Tancent} WHERE originator_id = 'company:tencent'")
    before = place.read_bytes()

    with pytest.raises(AnotherBackup) as caught:
        upgrade(ledger, place)

    assert str(caught.value) == (
        f"{place} is there already, and is no backup of this ledger as it is now, so nothing was upgraded; "
        "move it away, or name another file with --backup"
    )
    assert place.read_bytes() == before
    assert layout_of(ledger) == 2
    upgraded(ledger, place.with_name("another.backup"))


def test_a_checkpoint_that_lies_there_is_not_replaced(file: Path, place: Path) -> None:
    Path(f"{place}.checkpoint").write_text("somebody's")

    with pytest.raises(BackupThere):
        upgrade(file, place)

    assert layout_of(file) == 2
    assert not place.exists()


def test_what_stands_in_the_way_is_found_before_the_backup(file: Path, place: Path) -> None:
    """Somebody else records, for longer than is waited."""
    with pytest.MonkeyPatch.context() as patch, Store(file, old=True) as other, other.writing():
        patch.setenv("POLICYTRACKER_LOCK_SECONDS", "1")
        with pytest.raises(Unusable, match=r"somebody else is recording; try again, or wait longer"):
            upgrade(file, place)

    assert not place.exists()
    assert layout_of(file) == 2


def test_the_backup_of_a_ledger_on_a_server_has_to_be_named(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    server = old.old_server(databases_of(request).fresh(), tmp_path)

    with pytest.raises(NoPlaceForBackup) as caught:
        upgrade(server)

    assert str(caught.value) == "an upgrade makes a backup first; name a new file for it with --backup FILE"
    assert layout_of(server) == 2


@pytest.mark.parametrize("layout", [1, 4])
def test_layouts_that_nobody_knows_are_not_upgraded(layout: int, file: Path, place: Path) -> None:
    change(file, f"PRAGMA user_version={layout}")

    with pytest.raises(NotALedger, match=rf"its layout has the number {layout}, this version knows 2 to 3: "):
        upgrade(file, place)

    assert not place.exists()


def test_whoever_makes_errors_of_warnings_gets_no_ledger(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", OldLedgerWarning)
        with pytest.raises(OldLedgerWarning, match=r"^an earlier version made this ledger \(layout 2\)"):
            open_ledger(file)


# Killed


def test_an_upgrade_that_is_killed_is_done_by_the_next(tmp_path: Path) -> None:
    """At any look at a file: the ledger is as it was, or upgraded, and the next command works."""
    whole, ends, step = everything(old.old_file(tmp_path)), list[int](), 1
    survived = tmp_path / "survived"
    while not survived.exists():
        folder = tmp_path / f"step-{step}"
        folder.mkdir()
        file = old.old_file(folder)
        process = FORKS.Process(target=old.killed_at, args=(str(survived), str(file), step))
        process.start()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        ends.append(layout_of(file))
        assert everything(file) == whole
        assert ask(file, "check", "tencent", "h200").exit_code in (3, 4)
        assert ask(file, "upgrade").exit_code == 0
        assert (layout_of(file), everything(file), list(ledger_damage(file))) == (3, whole, [])
        assert [path.name for path in folder.iterdir() if path.name.endswith(".part")] == []
        step += often(short=5, long=1)
    assert survived.read_text() == "from 2 to 3\n"
    assert len(ends) > 8
    assert set(ends[:-1]) >= {2}


def test_an_upgrade_that_is_killed_before_its_commit_has_not_happened(file: Path) -> None:
    process = FORKS.Process(target=old.killed_before_it_is_committed, args=(str(file),))
    process.start()
    process.join()

    assert process.exitcode == -signal.SIGKILL
    assert layout_of(file) == 2
    assert list(ledger_damage(file)) == []
    answer = ask(file, "upgrade")
    assert answer.stdout.startswith("found the backup of an earlier attempt again: ")
    assert layout_of(file) == 3
