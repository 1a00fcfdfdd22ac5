"""What all answers of the API have in common."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

import msgspec
from msgspec import Struct

from policytracker.installing import way_to_install

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

One = TypeVar("One", bound="Answer")


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An answer. It never changes; its fields are those of the JSON that the command line prints."""

    def as_dict(self) -> dict[str, Any]:
        """The object that the command line prints with ``--json``: dates are text."""
        found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return found

    def to_json(self) -> str:
        """The same as JSON."""
        return msgspec.json.encode(self).decode()

    def __str__(self) -> str:
        """A field a line; of lists of answers, how many there are."""
        return "\n".join(f"{name}: {_text(value)}" for name, value in self.as_dict().items())


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        words = [each for each in value if isinstance(each, str)]
        return ", ".join(words) if len(words) == len(value) and value else f"{len(value)}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_text(each)}" for name, each in value.items())
    return str(value)


def _listed(value: Any) -> Any:
    """The same with lists in place of tuples, which tables do not know."""
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def _alone(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: row[name] for name in row if name != "cells"}
    return {**found, "fields": msgspec.json.encode(found["fields"]).decode()} if "fields" in found else found


class Lacking(ImportError):
    """A package that a table is made with is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the table needs {package}; install it with: {way_to_install(package)}")


def _imported(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError:
        raise Lacking(package) from None


def answer(kind: type[One], found: Mapping[str, Any]) -> One:
    """An object that a question gives, as an answer of a kind."""
    return msgspec.convert(found, kind, strict=False)


def answers(kind: type[One], found: Iterable[Mapping[str, Any]]) -> "Answers[One]":
    """Objects that questions give, as answers of a kind."""
    return Answers(msgspec.convert(list(found), list[kind], strict=False), kind)  # type: ignore[valid-type]


class Answers(Sequence[One], Generic[One]):
    """Answers in their order. A table of them can be made for pandas, polars and Arrow."""

    def __init__(self, rows: Sequence[One], kind: type[One]) -> None:
        self.rows = tuple(rows)
        self._kind = kind

    @overload
    def __getitem__(self, place: int) -> One: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[One]: ...
    def __getitem__(self, place: int | slice) -> One | Sequence[One]:
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<{len(self)} × {self._kind.__name__}>"

    def __str__(self) -> str:
        """All of them, with an empty line between two."""
        return "\n\n".join(map(str, self.rows))

    def to_pandas(self) -> "pandas.DataFrame":
        """A pandas DataFrame: days are ``datetime64``, lists stay lists. Raises Lacking without pandas."""
        tables = _imported("pandas")
        made = tables.DataFrame.from_records(self._flat())
        for name in made.columns.intersection(self._days()):
            made[name] = tables.to_datetime(made[name])
        return cast("pandas.DataFrame", made)

    def to_polars(self) -> "polars.DataFrame":
        """A polars DataFrame: days are ``Date``. Raises Lacking without polars."""
        made = _imported("polars").DataFrame(self._flat(), infer_schema_length=None)
        return cast("polars.DataFrame", made)

    def to_arrow(self) -> "pyarrow.Table":
        """An Arrow table: days are ``date32``. Raises Lacking without pyarrow."""
        return _imported("pyarrow").Table.from_pylist(self._flat())

    def _flat(self) -> list[dict[str, Any]]:
        """Rows of a table: a column a field; of a matrix, a column a chip. The fields of an event are one text."""
        rows = (_listed(msgspec.to_builtins(each, builtin_types=(date, datetime))) for each in self.rows)
        return [{**_alone(row), **row.get("cells", {})} for row in rows]

    def _days(self) -> list[str]:
        hints = msgspec.structs.fields(self._kind)
        return [each.encode_name for each in hints if each.type in (date, date | None, datetime)]

    def as_dicts(self) -> list[dict[str, Any]]:
        """The objects that the command line prints with ``--json``."""
        return [each.as_dict() for each in self.rows]

    def to_json(self) -> str:
        """The same as JSON."""
        return msgspec.json.encode(self.rows).decode()
