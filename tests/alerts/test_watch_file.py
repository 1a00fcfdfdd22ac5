"""Watch files: what they may say, and that each mistake is one clear error."""

from pathlib import Path

import pytest

from policytracker.alerts.credentials import password_of, token_of, url_of
from policytracker.alerts.errors import BadWatchFile, NoSecret
from policytracker.alerts.watch_file import KINDS, Mail, Webhook, read_watch_file, recipients
from policytracker.questions.watched import Watched

WHOLE = """
name = "weekly"
companies = ["Tencent"]
chips = ["H200"]
groups = ["BAT"]
authorities = ["MOFCOM"]
gates = ["US/export"]
kinds = ["answers", "scheduled"]
timeout = 5
attempts = 2
stdout = "json"
exec = "tell"
[[webhook]]
url = "https://example.org/x"
token_env = "TOKEN"
token_header = "X-Token"
[[webhook]]
url_env = "SLACK"
format = "slack"
[mail]
host = "mail.example.org"
port = 587
from = "t@example.org"
to = ["mia@example.org", "mia@example.org", "li@example.org"]
subject = "Chips"
starttls = true
user = "t"
password_file = "~/secret"
"""


def read(folder: Path, text: str | bytes) -> None:
    """Read a file with this text."""
    file = folder / "w.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    read_watch_file(file)


def test_a_file_may_say_all_of_this(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text(WHOLE)
    found = read_watch_file(file)
    assert found.name == "weekly"
    assert found.watched == Watched(
        ("Tencent",), ("H200",), ("BAT",), ("MOFCOM",), ("US/export",), ("answers", "scheduled")
    )
    assert (found.stdout, found.command, found.timeout, found.attempts) == ("json", "tell", 5, 2)
    assert [each.format for each in found.webhooks] == ["json", "slack"]
    assert recipients(found.mails[0]) == ("mia@example.org", "li@example.org")


def test_an_empty_file_watches_all_and_tells_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    file.touch()
    found = read_watch_file(file)
    assert (found.name, found.watched, found.stdout) == ("all", Watched(), "text")
    assert "answers" in KINDS and "stale" not in KINDS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('compnies = ["x"]', "has an unknown key 'compnies'; did you mean companies?"),
        ("zzz = 1", "has an unknown key 'zzz'; the keys there are name, companies, chips"),
        ('[webhook]\nurl = "https://x.org"\ntimeout = 1', "the key timeout in [webhook]; write it above the first [t"),
        (
            '[webhook]\nadress = "https://x.org"',
            "an unknown key 'adress' in [webhook]; the keys there are url, url_env",
        ),
        ('url = "https://x.org"', "has the key 'url'; it belongs below [webhook]"),
        ('[mail]\nurl = "https://x.org"', "has the key 'url' in [mail]; it belongs below [webhook]"),
        ('kinds = ["answer"]', "names a kind of change 'answer'; did you mean answers?"),
        (
            "companies = 3",
            "has at companies: Expected `array`, got `int`; `policytracker help watch` shows a whole file",
        ),
        ('companies = [""]', "has at companies[0]: Expected `str` of length >= 1"),
        ("attempts = 0", "has at attempts: Expected `int` >= 1"),
        ('stdout = "yaml"', "has at stdout: Invalid enum value 'yaml'"),
        ("webhook = 3", "has at webhook: Expected `object | array`, got `int`"),
        ("a b", "is not TOML (Expected '=' after a key"),
        (b"\xff", "is not UTF-8; write it in UTF-8, as TOML is"),
        ("[webhook]", "has a [webhook] without one address; give url, or url_env and no url"),
        ('[webhook]\nurl = "ftp://x.org"', "does not begin with https:// or http:// and a host; give an address such"),
        ('[webhook]\nurl = "https://a:b@x.org"', "has a user or a password in it: give a token by token_env"),
        ('[webhook]\nurl = "https://x.org:1x"', "whose url is none"),
        ('[webhook]\nurl = "https://x.org/a b"', "whose url has characters that no address has"),
        ('[webhook]\nurl = "http://x.org"\ntoken_env = "T"', "is not encrypted, and a token would be: use https://"),
        ('[webhook]\nurl = "https://x.org"\ntoken_header = "a b"', "a token_header 'a b'; give the name of a header"),
        ('[mail]\nfrom = "t"\nto = "m@x.org"', "has no mail address 't'; write it as mia@example.org"),
        ('[mail]\nfrom = "t@x.org"\nto = "m@x.org\\nBcc: y@x.org"', "has no mail address 'm@x.org\\nBcc: y@x.org'"),
        ('[mail]\nfrom = "t@x.org"\nto = "m@x.org"\nsubject = "a\\nb"', "has 'a\\nb' in [mail]; write it on one line"),
        ('[mail]\nfrom = "t@x.org"\nto = "m@x.org"\nstarttls = true\ntls = true', "has starttls and tls in [mail]"),
        ('[mail]\nfrom = "t@x.org"\nto = "m@x.org"\nuser = "t"', "has a [mail] with half a login; give user, and"),
        (
            '[mail]\nfrom = "t@x.org"\nto = "m@x.org"\nhost = "x.org"\nuser = "t"\npassword_env = "P"',
            "would send a password unencrypted; give starttls = true, or tls = true, in [mail]",
        ),
    ],
)
def test_each_mistake_is_one_error_with_the_way_out(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(BadWatchFile, match=r"^the watch file .*w\.toml ") as caught:
        read(tmp_path, text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadWatchFile, match=r"cannot be read \(No such file or directory\); check its name"):
        read_watch_file(tmp_path / "none.toml")


def test_secrets_come_from_where_the_file_says_and_are_never_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T", "two\nlines")
    for webhook in (Webhook(url="https://x.org", token_env="NONE"), Webhook(url="https://x.org", token_env="T")):
        with pytest.raises(NoSecret, match=r"there is no token .*in \$[A-Z]+; set it there") as caught:
            token_of(webhook)
        assert "two" not in str(caught.value)
    monkeypatch.setenv("HOOK", "gopher://s3cret")
    with pytest.raises(NoSecret, match=r"no usable address in \$HOOK \(it does not begin with https") as caught:
        url_of(Webhook(url_env="HOOK"))
    assert "s3cret" not in str(caught.value)
    file = tmp_path / "password"
    mail = Mail("t@x.org", "m@x.org", user="t", password_file=str(file))
    with pytest.raises(NoSecret, match="there is no password in"):
        password_of(mail)
    file.write_text("word with spaces \n")
    assert password_of(mail) == "word with spaces "
