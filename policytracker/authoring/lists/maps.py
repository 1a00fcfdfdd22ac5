"""Maps: what the columns of a list mean, as a TOML file says it. Nothing in one is passed over in silence."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from policytracker.authoring.lists.columns import Column, Filter, Value, columns_in
from policytracker.authoring.lists.editions import FORMATS
from policytracker.authoring.lists.errors import BadMap
from policytracker.authoring.lists.map_values import MapFaults, column_of, filters_of, spellings_of, value_of
from policytracker.authoring.lists.spellings import Spellings
from policytracker.events.catalogue import TYPES
from policytracker.events.describe import fields as fields_of
from policytracker.ledger.line_files import why_unreadable
from policytracker.status.words import CLAIM_TYPES

SHIPPED = files("policytracker.authoring.lists").joinpath("maps")
ENDING = ".toml"
_TOP = ("about", "format", "rows", "ref", "key", "where", "report", "authority", "company", "claim", "values", "rules")
_REPORT = ("publisher", "url", "archived", "title", "summary", "cites", "attribution", "sources", "grade", "language")
_COMPANY = ("name", "jurisdiction", "aliases", "names", "identifiers", "known", "note")
_NOT_OF_CLAIMS = ("ref", "report", "companies", "quantity", "basis", "except_companies")
_REF = re.compile("[A-Za-z][A-Za-z0-9_.-]*")


class ClaimMap(NamedTuple):
    """How a row becomes one claim."""

    name: str
    """What tells it from the other claims of a row; "" where there is only one."""
    when: Sequence[Filter]
    """Which rows have this claim; all filters must pass."""
    fields: Mapping[str, Value]
    quote: Value
    """The words that the claim rests on."""


class ListMap(NamedTuple):
    """A whole map."""

    name: str
    about: str
    form: str
    rows: str
    """Where the rows are within JSON, as keys with dots between."""
    ref: str
    """How the refs of the claims begin."""
    key: Sequence[Column]
    """What tells an entry from all others, in every edition."""
    where: Sequence[Filter]
    """Which rows count at all."""
    report: Mapping[str, Any]
    authorities: Sequence[Mapping[str, Any]]
    """Registrations of authorities, recorded where the ledger has none of the id."""
    company: Mapping[str, Value]
    known: Mapping[str, str]
    """Ids of companies by the names that the list gives them."""
    claims: Sequence[ClaimMap]

    @property
    def columns(self) -> list[str]:
        """Every column that the map reads."""
        claims = [(claim.fields, {"quote": claim.quote}) for claim in self.claims]
        values = [*self.key, self.company, *chain.from_iterable(claims)]
        filters = [*self.where, *(each for claim in self.claims for each in claim.when)]
        read = [*chain.from_iterable(map(columns_in, values)), *(each.column for each in filters)]
        return list(dict.fromkeys(read))


def shipped_maps() -> list[str]:
    """The names of the maps that come with the program."""
    return sorted(each.name.removesuffix(ENDING) for each in SHIPPED.iterdir() if each.name.endswith(ENDING))


def map_text(name: str) -> str:
    """The text of a map: one that comes with the program by its name, else a file. Raises BadMap."""
    if name in shipped_maps():
        return SHIPPED.joinpath(f"{name}{ENDING}").read_text(encoding="utf-8")
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        with_program = f"with the program come: {', '.join(shipped_maps())}; else give the path of a file"
        raise BadMap(name, [f"{why_unreadable(error)}; {with_program}"]) from None


def map_named(name: str) -> ListMap:
    """A map, by its name or its path. Raises BadMap, which names all its faults."""
    try:
        values = tomllib.loads(map_text(name))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadMap(name, [f"not TOML: {error}; https://toml.io tells the form"]) from None
    faults = MapFaults()
    found = _map(name, values, faults)
    if faults:
        raise BadMap(name, faults)
    return found


def _map(name: str, values: dict[str, Any], faults: MapFaults) -> ListMap:
    faults.unknown("", values, _TOP)
    for needed in ("format", "ref", "key", "report", "company", "claim"):
        faults.missing("", values, needed)
    if values.get("format", FORMATS[0]) not in FORMATS:
        faults.add("format", f"not {' or '.join(FORMATS)}", "write how the list comes")
    ref = values.get("ref", "")
    if not isinstance(ref, str) or (ref and not _REF.fullmatch(ref)):
        faults.add("ref", "no beginning of a ref", "write a letter, then letters, digits, - and _")
    spellings = spellings_of(values.get("values", {}), values.get("rules", {}), faults)
    company = _table("company", values.get("company", {}), faults)
    return ListMap(
        name,
        str(values.get("about", "")),
        str(values.get("format", "")),
        str(values.get("rows", "")),
        str(ref),
        _key(values.get("key", []), spellings, faults),
        filters_of("where", values.get("where", {}), faults),
        _report(_table("report", values.get("report", {}), faults), faults),
        _authorities(values.get("authority", []), faults),
        _company(company, spellings, faults),
        {str(name): str(known) for name, known in _table("company.known", company.get("known", {}), faults).items()},
        list(_claims(values.get("claim", []), spellings, faults)),
    )


def _table(place: str, value: Any, faults: MapFaults) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    faults.add(place, "no table", f"write [{place}]")
    return {}


def _key(value: Any, spellings: Mapping[str, Spellings], faults: MapFaults) -> list[Column]:
    if not isinstance(value, list) or not value:
        faults.add("key", "no list of columns", 'write the columns that tell an entry from others: ["name", "country"]')
        return []
    wanted = ({"column": each} if isinstance(each, str) else each for each in value)
    found = (column_of(f"key {place}", each, spellings, faults) for place, each in enumerate(wanted, start=1))
    return [each for each in found if each is not None]


def _report(report: dict[str, Any], faults: MapFaults) -> dict[str, Any]:
    faults.unknown("report", report, _REPORT)
    for needed in ("publisher", "attribution"):
        faults.missing("report", report, needed)
    for field, value in report.items():
        if isinstance(value, dict | list):
            faults.add(f"report.{field}", "not one value", "write a text: it is the same for all rows")
    return report


def _authorities(value: Any, faults: MapFaults) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        faults.add("authority", "no blocks", "write [[authority]]")
        return []
    kind = TYPES["authority-registered"]
    for place, each in enumerate(value, start=1):
        faults.unknown(f"authority {place}", each, [field for field in fields_of(kind) if field != "ref"])
        faults.missing(f"authority {place}", each, "authority")
    return value


def _company(company: dict[str, Any], spellings: Mapping[str, Spellings], faults: MapFaults) -> dict[str, Value]:
    faults.unknown("company", company, _COMPANY)
    for needed in ("name", "jurisdiction"):
        faults.missing("company", company, needed)
    fields = ((field, value) for field, value in company.items() if field != "known")
    return {field: value_of(f"company.{field}", value, spellings, faults) for field, value in fields}


def _claims(value: Any, spellings: Mapping[str, Spellings], faults: MapFaults) -> Iterator[ClaimMap]:
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        faults.add("claim", "no blocks", "write [[claim]]")
        return
    names = [str(each.get("name", "")) for each in value]
    if len(set(names)) != len(names):
        faults.add("claim", "blocks that have the same name", 'give each a `name` of its own: name = "watch-list"')
    for place, each in enumerate(value, start=1):
        where = f"claim {names[place - 1] or place}"
        kind = each.get("type")
        if not isinstance(kind, str) or kind not in CLAIM_TYPES:
            faults.add(f"{where}.type", "no type of a claim", f"write one of {', '.join(CLAIM_TYPES)}")
            continue
        faults.unknown(where, each, ["type", "name", "when", "quote", *_fields_of(kind)])
        for needed in ("authority", "chips"):
            faults.missing(where, each, needed)
        fields = {field: each[field] for field in each if field not in ("name", "when", "quote")}
        yield ClaimMap(
            names[place - 1],
            filters_of(f"{where}.when", each.get("when", {}), faults),
            {field: value_of(f"{where}.{field}", taken, spellings, faults) for field, taken in fields.items()},
            value_of(f"{where}.quote", each.get("quote"), spellings, faults),
        )


def _fields_of(kind: str) -> Iterable[str]:
    return (field for field in fields_of(TYPES[kind]) if field not in _NOT_OF_CLAIMS)
