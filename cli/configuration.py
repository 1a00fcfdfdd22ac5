"""The configuration file: what a user would else give with every command. It is read when a value is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from policytracker.events.refusals import shown
from policytracker.questions.escaping import safe

COLOR_CHOICES = ("auto", "never")
"""`always` is for one command (--color) or one shell (FORCE_COLOR): in a file it would colour what scripts read."""
KEYS = ("ledger", "recorder", "color", "pager")
_READ = "policytracker.configuration"
"""Where the contexts of a command line keep what was read."""


class BadConfiguration(click.ClickException):
    """A configuration file that cannot be read, or says what it cannot say."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(safe(f"the configuration file {file} {what}"))


class Configuration(NamedTuple):
    """What a configuration file says."""

    file: Path
    """Where it is, or would be."""
    is_there: bool
    values: dict[str, str]
    """The keys that it gives, of ``KEYS``."""


def configuration_file() -> Path:
    """Where the configuration file is, or would be: by the rules of the platform (XDG), which the user can change."""
    from platformdirs import user_config_path

    return user_config_path("policytracker") / "config.toml"


def configuration_of(context: click.Context) -> Configuration:
    """The user's configuration, read once for a command line. Raises BadConfiguration."""
    found: Configuration | None = context.meta.get(_READ)
    if found is None:
        found = context.meta[_READ] = read(configuration_file())
    return found


def read(file: Path) -> Configuration:
    """What a configuration file says; one that is not there says nothing. Raises BadConfiguration."""
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Configuration(file, False, {})
    except OSError as error:
        raise BadConfiguration(file, f"cannot be read ({error.strerror}); check its permissions") from error
    import tomllib

    try:
        values = tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise BadConfiguration(file, "is not UTF-8; write it in UTF-8, as TOML is") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadConfiguration(file, f"is not TOML ({error}); write lines such as: color = 'never'") from error
    for key, value in values.items():
        _check(file, key, value)
    return Configuration(file, True, values)


def _check(file: Path, key: str, value: Any) -> None:
    if key not in KEYS:
        raise BadConfiguration(file, f"has an unknown key {shown(key)}; the keys are {', '.join(KEYS)}")
    if not isinstance(value, str) or (not value.strip() and key != "pager"):
        raise BadConfiguration(file, f"gives no text for the key {key}; write {key} = '…', or leave the line out")
    if key == "color" and value not in COLOR_CHOICES:
        raise BadConfiguration(file, f"gives {shown(value)} for the key color; give {' or '.join(COLOR_CHOICES)}")
    if key == "ledger" and not value.startswith(("/", "~", "postgresql://", "postgres://")):
        way_out = "give a path from the root (/…) or from your home (~/…), or a postgresql:// URL"
        raise BadConfiguration(file, f"gives {shown(value)} for the key ledger; {way_out}")
    if key == "recorder":
        _check_recorder(file, value)


def _check_recorder(file: Path, name: str) -> None:
    from policytracker.ledger.errors import BadRecorder
    from policytracker.ledger.recorders import recorder_named

    try:
        recorder_named(name)
    except BadRecorder as error:
        raise BadConfiguration(file, f"gives no recorder: {error}") from error
