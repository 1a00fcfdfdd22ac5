"""Watch files (TOML): what is watched, and where to tell. Read strictly: an unknown key is refused with the nearest."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, cast
from urllib.parse import urlsplit

import msgspec

from policytracker.alerts.errors import BadWatchFile
from policytracker.events.refusals import shown
from policytracker.ledger.hosts import is_loopback
from policytracker.ledger.nearest import nearest
from policytracker.questions.digest import TITLES
from policytracker.questions.digest_answers import DigestKind
from policytracker.questions.watched import Watched

KINDS: Final = tuple(kind for kind in TITLES if kind not in ("learned", "stale"))
"""What can be watched. What was learned of a first day, and how old a last word is, are for digests."""
AUTHORIZATION: Final = "Authorization"
_HEADER: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_AT: Final = re.compile(r" - at `\$\.?(.*?)`$")

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Texts = list[Text]


class Webhook(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An address that takes messages by HTTP POST."""

    url: Text | None = None
    url_env: Text | None = None
    """The environment variable that has the address, where this is a secret."""
    format: Literal["json", "slack"] = "json"
    token_env: Text | None = None
    """The environment variable that has a token."""
    token_header: Text = AUTHORIZATION
    """The header that takes it; in this one after the word Bearer."""


class Mail(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"sender": "from"}):
    """Recipients of mail, and the server that takes it."""

    sender: Text
    to: Text | Texts
    host: Text = "localhost"
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] | None = None
    subject: Text | None = None
    starttls: bool = False
    tls: bool = False
    """Encrypted from the first byte, as on port 465."""
    user: Text | None = None
    password_env: Text | None = None
    password_file: Text | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    name: Text | None = None
    companies: Texts = []
    chips: Texts = []
    groups: Texts = []
    authorities: Texts = []
    gates: Texts = []
    kinds: Texts = []
    stdout: Literal["text", "json"] | None = None
    exec: Text | None = None
    webhook: Webhook | list[Webhook] = []
    mail: Mail | list[Mail] = []
    timeout: Annotated[float, msgspec.Meta(gt=0, le=3_600)] = 30
    attempts: Annotated[int, msgspec.Meta(ge=1, le=20)] = 4


TABLES: Final[dict[str, type[msgspec.Struct]]] = {"webhook": Webhook, "mail": Mail}


class WatchFile(NamedTuple):
    """What a watch file says."""

    file: Path
    name: str
    """What to call the watch."""
    watched: Watched
    stdout: Literal["text", "json"] | None
    command: str | None
    webhooks: tuple[Webhook, ...]
    mails: tuple[Mail, ...]
    timeout: float
    """Seconds that a destination may take for an answer."""
    attempts: int
    """How often a run tries to reach one."""


def read_watch_file(file: Path) -> WatchFile:
    """What a watch file says. Raises BadWatchFile."""
    values = _toml(file)
    for table, known, found in _tables(values):
        for key in found:
            if key not in known:
                raise _unknown_key(file, table, key, known)
    try:
        read = msgspec.convert(values, _File)
    except msgspec.ValidationError as error:
        place = _AT.search(str(error))
        where = f"has at {place[1]}: " if place and place[1] else "says: "
        raise BadWatchFile(
            file, where + _AT.sub("", str(error)), "`policytracker help watch` shows a whole file"
        ) from None
    for kind in read.kinds:
        if kind not in KINDS:
            raise BadWatchFile(file, f"names a kind of change {shown(kind)}", _mean(kind, KINDS, "the kinds are"))
    webhooks = tuple(read.webhook) if isinstance(read.webhook, list) else (read.webhook,)
    mails = tuple(read.mail) if isinstance(read.mail, list) else (read.mail,)
    for webhook in webhooks:
        _check_webhook(file, webhook)
    for mail in mails:
        _check_mail(file, mail)
    watched = Watched(
        tuple(read.companies),
        tuple(read.chips),
        tuple(read.groups),
        tuple(read.authorities),
        tuple(read.gates),
        cast("tuple[DigestKind, ...]", tuple(read.kinds)),
    )
    nowhere = not (read.exec or webhooks or mails or read.stdout)
    stdout = "text" if nowhere else read.stdout
    name = read.name or file.stem
    return WatchFile(file, name, watched, stdout, read.exec, webhooks, mails, read.timeout, read.attempts)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode())
    except OSError as error:
        raise BadWatchFile(file, f"cannot be read ({error.strerror})", "check its name and its permissions") from None
    except UnicodeDecodeError:
        raise BadWatchFile(file, "is not UTF-8", "write it in UTF-8, as TOML is") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise BadWatchFile(file, f"is not TOML ({error})", 'write lines such as: companies = ["Tencent"]') from None


def _tables(values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    """Each table of a file: what it is called, the keys that it may have, and those that it has."""
    yield "", _keys(_File), values
    for name, kind in TABLES.items():
        found = values.get(name)
        for each in found if isinstance(found, list) else [found]:
            if isinstance(each, Mapping):
                yield name, _keys(kind), each


def _keys(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(kind))


def _unknown_key(file: Path, table: str, key: str, known: tuple[str, ...]) -> BadWatchFile:
    where = f" in [{table}]" if table else ""
    elsewhere = [name for name, kind in TABLES.items() if key in _keys(kind) and name != table]
    if table and key in _keys(_File):
        return BadWatchFile(file, f"has the key {key}{where}", "write it above the first [table]")
    if elsewhere:
        return BadWatchFile(file, f"has the key {shown(key)}{where}", f"it belongs below [{elsewhere[0]}]")
    return BadWatchFile(file, f"has an unknown key {shown(key)}{where}", _mean(key, known, "the keys there are"))


def _mean(word: str, known: tuple[str, ...], otherwise: str) -> str:
    close = nearest(word, known)
    return f"did you mean {', '.join(close)}?" if close else f"{otherwise} {', '.join(known)}"


def _check_webhook(file: Path, webhook: Webhook) -> None:
    if (webhook.url is None) == (webhook.url_env is None):
        raise BadWatchFile(file, "has a [webhook] without one address", "give url, or url_env and no url")
    if not re.fullmatch(_HEADER, webhook.token_header):
        raise BadWatchFile(file, f"has a token_header {shown(webhook.token_header)}", "give the name of a header")
    if webhook.url is not None:
        why = why_no_address(webhook.url, webhook.token_env is not None)
        if why:
            raise BadWatchFile(
                file, f"has a [webhook] whose url {why}", "give an address such as https://example.org/x"
            )


def why_no_address(url: str, with_token: bool) -> str | None:
    """Why nothing can be sent to an address; None: it can. The address itself, which may be a secret, is not told."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        return "is none"
    if not (url.isascii() and url.isprintable()) or " " in url:
        return "has characters that no address has"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "does not begin with https:// or http:// and a host"
    if parts.username or parts.password:
        return "has a user or a password in it: give a token by token_env"
    if with_token and parts.scheme == "http" and not is_loopback(parts.hostname):
        return "is not encrypted, and a token would be: use https://"
    return None


def _check_mail(file: Path, mail: Mail) -> None:
    for address in (mail.sender, *recipients(mail)):
        plain = parseaddr(address)[1]
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", plain) or not address.isascii() or not address.isprintable():
            raise BadWatchFile(file, f"has no mail address {shown(address)}", "write it as mia@example.org")
    for text in (mail.host, mail.subject or "", mail.user or ""):
        if not text.isprintable():
            raise BadWatchFile(file, f"has {shown(text)} in [mail]", "write it on one line, without control characters")
    if mail.starttls and mail.tls:
        raise BadWatchFile(file, "has starttls and tls in [mail]", "give one of them")
    secrets = [each for each in (mail.password_env, mail.password_file) if each]
    if len(secrets) != (mail.user is not None):
        raise BadWatchFile(file, "has a [mail] with half a login", "give user, and password_env or password_file")
    if mail.user and not (mail.starttls or mail.tls or is_loopback(mail.host)):
        raise BadWatchFile(file, "would send a password unencrypted", "give starttls = true, or tls = true, in [mail]")


def recipients(mail: Mail) -> tuple[str, ...]:
    """The addresses that a mail goes to, each once."""
    return tuple(dict.fromkeys([mail.to] if isinstance(mail.to, str) else mail.to))
