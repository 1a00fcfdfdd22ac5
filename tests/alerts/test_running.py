"""Runs of a watch: what each destination hears, once, and what is remembered."""

import json
from pathlib import Path
from typing import Any

import pytest

from policytracker.alerts.errors import AnotherRun, BadState, OtherLedger
from policytracker.alerts.state import State, default_state, locked
from policytracker.ledger.store import Store
from policytracker.questions.asked import Since
from tests.alerts.receivers import SILENT, mailbox, webhook
from tests.alerts.running import noon, watching
from tests.demo import ask
from tests.ledger.ground import Ledger
from tests.questions.test_changed_since import JANUARY, REGISTRY, claim

NOW = noon(JANUARY)
SENTENCE = "Acme, h20: from “yes” to “no”."


def ban(ledger: Ledger, ref: str = "ban", **more: Any) -> None:
    """A prohibition is recorded."""
    ledger.add(claim("prohibited", ref, **more))


def test_the_first_run_tells_nothing_and_the_next_ones_each_change_once(ledger: Ledger, tmp_path: Path) -> None:
    watch = watching(ledger.path, tmp_path, "")
    (begun,) = watch.run(NOW).begun
    assert (begun.destination, begun.mark.position) == ("stdout", 4)
    ban(ledger)
    (told,) = watch.run(NOW).told
    assert (told.destination, told.changes, told.failure) == ("stdout", 2, None)
    assert watch.run(NOW) == ([], [])
    (text,) = watch.printed
    assert text.splitlines()[:5] == [
        "What changed: chips",
        "Recorded at position 5; answers are those of 28 January 2026.",
        "",
        "Answers that changed",
        f"- {SENTENCE} [ban]",
    ]


def test_a_change_that_was_scheduled_is_told_on_its_day_without_a_new_event(ledger: Ledger, tmp_path: Path) -> None:
    watch = watching(ledger.path, tmp_path, 'kinds = ["scheduled"]')
    ban(ledger, effective="2026-02-02")
    watch.run(NOW)
    told = [len(watch.run(noon(JANUARY + days)).told) for days in range(10)]
    assert told == [0] * 5 + [1] + [0] * 4
    assert f"- 2 February 2026: {SENTENCE} [ban]" not in watch.printed[0]
    assert f"- 2 February 2026: {SENTENCE}" in watch.printed[0]
    assert watch.run(NOW) == ([], []), "a clock that goes back brings no day again"
    assert watch.run(noon(JANUARY + 9)) == ([], [])


def test_a_first_run_may_begin_at_a_position_or_after_a_day(ledger: Ledger, tmp_path: Path) -> None:
    ban(ledger)
    for number, since in enumerate((Since(None, 4), Since(JANUARY - 1), Since(None, 5))):
        watch = watching(ledger.path, tmp_path, 'kinds = ["restrictions"]')
        found = watch._replace(state=tmp_path / f"{number}.json")
        assert len(found.run(NOW, since).told) == (0 if number == 2 else 1)


def test_a_webhook_hears_json_with_a_key_and_a_token(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_TOKEN", "s3cret-token")
    with webhook() as receiver:
        text = f'stdout = "json"\n[webhook]\nurl = "{receiver.url}"\ntoken_env = "HOOK_TOKEN"'
        watch = watching(ledger.path, tmp_path, text)
        watch.run(NOW)
        ban(ledger)
        watch.run(NOW)
        ((key, body),) = receiver.heard
        (headers,) = receiver.headers
    assert headers["Authorization"] == "Bearer s3cret-token"
    message = json.loads(body)
    assert (message["key"], message["watch"], message["since_position"], message["position"]) == (key, "chips", 4, 5)
    assert [part["kind"] for part in message["parts"]] == ["answers", "restrictions"]
    assert message["parts"][0]["entries"][0]["sentence"] == SENTENCE
    assert json.loads(watch.printed[0])["parts"] == message["parts"]
    assert json.loads(watch.printed[0])["key"] != key, "each destination has keys of its own"
    assert "s3cret-token" not in watch.state.read_text() + body.decode()
    assert receiver.url not in watch.state.read_text()
    assert watch.state.stat().st_mode & 0o077 == 0


def test_slack_hears_text_in_which_nothing_calls_anybody(ledger: Ledger, tmp_path: Path) -> None:
    with webhook() as receiver:
        watch = watching(ledger.path, tmp_path, f'[webhook]\nurl = "{receiver.url}"\nformat = "slack"')
        watch.run(NOW)
        report = {"publisher": "<!channel> & <@U1>", "published": "2026-01-10", "attribution": "official"}
        ban(ledger, report=report)
        watch.run(NOW)
        ((_, body),) = receiver.heard
    message = json.loads(body)
    assert list(message) == ["text"]
    assert SENTENCE in message["text"]
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in message["text"]
    assert "<" not in message["text"]


def test_a_server_that_fails_is_tried_again_and_hears_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    with webhook() as receiver:
        watch = watching(ledger.path, tmp_path, f'[webhook]\nurl = "{receiver.url}"')
        watch.run(NOW)
        ban(ledger)
        receiver.script = [500, 429, 503]
        (told,) = watch.run(NOW).told
    assert told.failure is None
    assert watch.waited == [1.0, 7.0, 4.0]
    assert len(receiver.heard) == 4
    assert len(set(receiver.heard)) == 1


def test_one_that_fails_keeps_its_place_and_no_other_hears_twice(ledger: Ledger, tmp_path: Path) -> None:
    """The second receiver is down for two runs, in which more is recorded; then it hears both messages, in order."""
    with webhook() as well, webhook() as ill:
        text = f'stdout = "text"\nattempts = 2\n[[webhook]]\nurl = "{well.url}"\n[[webhook]]\nurl = "{ill.url}"'
        watch = watching(ledger.path, tmp_path, text)
        watch.run(NOW)
        ill.script = [500] * 4
        for ref in ("ban", "other"):
            ban(ledger, ref)
            outcome = watch.run(NOW)
            assert [each.failure for each in outcome.told if each.failure] == ["it answered 500 (tried 2 times)"]
        assert ill.taken == {}
        outcome = watch.run(NOW)
        assert [each.failure for each in outcome.told] == [None, None]
        assert watch.run(NOW) == ([], [])
    refs = [
        [entry["event"]["ref"] for part in message["parts"] for entry in part["entries"] if entry["event"]]
        for message in (*well.messages, *ill.messages)
    ]
    assert refs == [["ban"], ["other"]] * 2
    assert len(watch.printed) == 2
    assert len(well.heard) == 2


@pytest.mark.parametrize(
    ("status", "failure", "tries"),
    [
        (404, "it answered 404", 1),
        (302, "it answered 302; a redirect is not followed: give the address to which it leads", 1),
        (SILENT, "it did not answer within 0.3 s (tried 2 times)", 2),
    ],
)
@pytest.mark.files
def test_a_refusal_is_told_and_the_message_stays(
    ledger: Ledger, tmp_path: Path, status: int, failure: str, tries: int
) -> None:
    with webhook() as receiver:
        watch = watching(ledger.path, tmp_path, f'timeout = 0.3\nattempts = 2\n[webhook]\nurl = "{receiver.url}"')
        watch.run(NOW)
        ban(ledger)
        receiver.script = [status] * tries
        (told,) = watch.run(NOW).told
        assert told.failure == failure
        assert len(receiver.heard) == tries
        (told,) = watch.run(NOW).told
        assert told.failure is None
        assert len(receiver.taken) == 1


@pytest.mark.files
def test_nobody_listening_is_a_failure_with_its_reason(ledger: Ledger, tmp_path: Path) -> None:
    with webhook() as receiver:
        pass
    watch = watching(ledger.path, tmp_path, f'attempts = 1\n[webhook]\nurl = "{receiver.url}"')
    watch.run(NOW)
    ban(ledger)
    (told,) = watch.run(NOW).told
    assert told.failure == "it cannot be reached (Connection refused)"


LOGIN = pytest.mark.filterwarnings("ignore:Requiring AUTH")
"""The server on loopback lets a user log in without TLS, and says that this is no good idea."""


@LOGIN
@pytest.mark.files
def test_mail_goes_to_each_recipient_with_an_id_made_of_the_key(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "pass-word")
    with mailbox("pass-word") as box:
        text = (
            f'[mail]\nhost = "127.0.0.1"\nport = {box.port}\nfrom = "Tracker <t@example.org>"\n'
            'to = ["mia@example.org", "li@example.org"]\nuser = "tracker"\npassword_env = "MAIL_PASSWORD"'
        )
        watch = watching(ledger.path, tmp_path, text)
        watch.run(NOW)
        ban(ledger)
        box.script = ["451 later", "451 later"]
        assert [each.failure for each in watch.run(NOW).told] == [None, None]
        assert [to for to, _ in box.mails] == [["mia@example.org"], ["li@example.org"]]
        mail = box.message()
    assert mail["Subject"] == "chips: 2 changes"
    assert mail["Message-ID"] == f"<{mail['Idempotency-Key']}@example.org>"
    assert mail["Date"] == "Wed, 28 Jan 2026 12:00:00 +0000"
    assert SENTENCE in mail.get_content()
    assert "pass-word" not in watch.state.read_text()


@LOGIN
@pytest.mark.files
def test_a_mail_server_that_refuses_is_told_without_the_password(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "wrong-one")
    with mailbox("pass-word") as box:
        text = (
            f'attempts = 3\n[mail]\nhost = "127.0.0.1"\nport = {box.port}\nfrom = "t@example.org"\n'
            'to = "mia@example.org"\nuser = "tracker"\npassword_env = "MAIL_PASSWORD"'
        )
        watch = watching(ledger.path, tmp_path, text)
        watch.run(NOW)
        ban(ledger)
        (told,) = watch.run(NOW).told
        assert told.failure == "it answered 535: 5.7.8 Authentication credentials invalid"
        monkeypatch.delenv("MAIL_PASSWORD")
        (told,) = watch.run(NOW).told
        assert str(told.failure).startswith("there is no password in $MAIL_PASSWORD; set it there")
        monkeypatch.setenv("MAIL_PASSWORD", "pass-word")
        box.script = ["554 5.7.1 not the word pass-word"]
        (told,) = watch.run(NOW).told
        assert told.failure == "it answered 554: 5.7.1 not the word …"
        assert [each.failure for each in watch.run(NOW).told] == [None]
        assert len(box.mails) == 1


@pytest.mark.files
def test_a_command_gets_json_on_its_input_and_the_key_in_its_environment(ledger: Ledger, tmp_path: Path) -> None:
    script = tmp_path / "tell.sh"
    script.write_text(f'test -f {tmp_path}/ready || exit 3\necho "$POLICYTRACKER_KEY" > {tmp_path}/key\ncat\n')
    watch = watching(ledger.path, tmp_path, f"attempts = 1\nexec = \"sh -c 'sh {script} > {tmp_path}/heard'\"")
    watch.run(NOW)
    ban(ledger)
    assert [each.failure for each in watch.run(NOW).told] == ["it ended with exit code 3"]
    (tmp_path / "ready").touch()
    assert [each.failure for each in watch.run(NOW).told] == [None]
    message = json.loads((tmp_path / "heard").read_text())
    assert message["key"] == (tmp_path / "key").read_text().strip()
    assert message["parts"][0]["entries"][0]["sentence"] == SENTENCE


@pytest.mark.files
@pytest.mark.parametrize(
    ("command", "failure"),
    [
        ("/nowhere/at-all", "it cannot be run (No such file or directory)"),
        ("sh -c 'sleep 60 & sleep 60'", "it did not end within 0.5 s"),
        ("sh 'open", "it cannot be run (No closing quotation)"),
    ],
)
def test_a_command_that_fails_is_told(ledger: Ledger, tmp_path: Path, command: str, failure: str) -> None:
    watch = watching(ledger.path, tmp_path, f'timeout = 0.5\nattempts = 1\nexec = "{command}"')
    watch.run(NOW)
    ban(ledger)
    assert [each.failure for each in watch.run(NOW).told] == [failure]


def test_a_ledger_that_was_replaced_is_noticed(ledger: Ledger, tmp_path: Path) -> None:
    """Another one, a shorter one, and one with another event at the position."""
    watch = watching(ledger.path, tmp_path, "")
    ban(ledger)
    watch.run(NOW)
    other = tmp_path / "other.ledger"
    with Store.create(other):
        pass
    with pytest.raises(OtherLedger, match=r"another ledger than that of the last run: nothing is told.*--since"):
        watch._replace(ledger=other).run(NOW)
    stored = json.loads(watch.state.read_text())
    place = stored["destinations"]["stdout"]
    for changed, why in (
        ({"position": 9}, "the ledger has 5 events, and at the last run it had 9"),
        ({"event": "0" * 64}, "the event at position 5 is not that of the last run"),
    ):
        watch.state.write_text(json.dumps({**stored, "destinations": {"stdout": {**place, **changed}}}))
        with pytest.raises(OtherLedger, match=why):
            watch.run(NOW)


@pytest.mark.files
@pytest.mark.parametrize(
    "content",
    [
        "", "[]", '{"version": 1}', '{"version": 2, "ledger": "x", "destinations": {}}', "\xff",
        '{"version": 1, "ledger": "x", "destinations": {"stdout": {"position": 1, "day": "soon", "event": ""}}}',
    ],
)  # fmt: skip
def test_a_state_file_that_cannot_be_read_is_refused(ledger: Ledger, tmp_path: Path, content: str) -> None:
    watch = watching(ledger.path, tmp_path, "")
    watch.state.write_text(content, encoding="latin-1")
    with pytest.raises(BadState, match=r"the state file .* restore it from a backup, or remove it"):
        watch.run(NOW)
    assert watch.state.read_text(encoding="latin-1") == content


@pytest.mark.files
def test_the_second_of_two_runs_at_once_says_so(ledger: Ledger, tmp_path: Path) -> None:
    watch = watching(ledger.path, tmp_path, "")
    with locked(watch.state), pytest.raises(AnotherRun, match="another run of this watch is at work"):
        watch.run(NOW)
    assert not watch.state.exists()
    watch.run(NOW)


@pytest.mark.files
def test_a_destination_that_is_new_begins_where_the_ledger_ends(ledger: Ledger, tmp_path: Path) -> None:
    watch = watching(ledger.path, tmp_path, "")
    watch.run(NOW)
    ban(ledger)
    with webhook() as receiver:
        watch.file.write_text(f'stdout = "text"\n[webhook]\nurl = "{receiver.url}"')
        outcome = watch.run(NOW)
        assert [each.destination for each in outcome.told] == ["stdout"]
        assert [each.mark.position for each in outcome.begun] == [5]
        assert receiver.heard == []


def test_the_state_lies_beside_the_watch_file_or_in_the_folder_for_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, watch = tmp_path / "states", tmp_path / "chips.toml"
    assert default_state(watch, folder) == tmp_path / "chips.state.json"
    monkeypatch.setattr("os.access", lambda *_: False)
    other = default_state(watch, folder)
    assert (other.parent, folder.is_dir()) == (folder, True)
    other.touch()
    monkeypatch.undo()
    assert default_state(watch, folder) == other, "the one that is there counts"


@pytest.mark.files
def test_a_watch_of_some_authorities_hears_of_no_other(ledger: Ledger, tmp_path: Path) -> None:
    """A gate of the export side says something too."""
    other = {**REGISTRY[0], "authority": "other", "name": "Other", "jurisdiction": "US", "direction": "export"}
    ledger.add(other)
    watch = watching(ledger.path, tmp_path, 'gates = ["us/export"]\nkinds = ["restrictions", "answers"]')
    watch.run(NOW)
    ban(ledger)
    assert watch.run(NOW) == ([], [])
    ledger.add({**claim("prohibited", "export-ban"), "authority": "other"})
    watch.run(NOW)
    assert len(watch.printed) == 1
    assert "[export-ban]" in watch.printed[0] and "[ban]" not in watch.printed[0]
    assert State(watch.state)["stdout"] is not None


@pytest.mark.files
def test_a_redaction_is_no_news_and_breaks_no_run(ledger: Ledger, tmp_path: Path) -> None:
    """The content of an event is removed after the last run, and that of a claim about which more is said later."""
    watch = watching(ledger.path, tmp_path, "")
    ban(ledger)
    ban(ledger, "other")
    watch.run(NOW)
    for ref in ("ban", "open"):
        assert ask(ledger.path, "redact", ref, "--reason", "legal", "--yes").exit_code == 0
    ledger.add(claim("prohibited", "third"))
    (told,) = watch.run(NOW).told
    assert told.failure is None
    assert "[third]" in watch.printed[0]
    assert watch.run(NOW) == ([], [])
