"""The parts of a map that say how values are read, checked; what is wrong with them is told all at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from policytracker.authoring.lists.columns import AS_IT_IS, Column, Filter, Value
from policytracker.authoring.lists.spellings import Rule, Spellings

_OPTIONS = ("column", "split", "pattern", "values", "date", "default", "list", "upper")
_RULE = ("matches", "code")
_OBJECTS = ("names", "identifiers", "conditions")
"""Fields whose keys are the writer's own."""


class MapFaults(list[str]):
    """What is wrong with a map, each with its place and the way out."""

    def add(self, place: str, what: str, way_out: str) -> None:
        """Note a fault."""
        self.append(f"{place}: {what}; {way_out}" if place else f"{what}; {way_out}")

    def unknown(self, place: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        """Note each key that nothing reads."""
        names = list(known)
        for key in table:
            if key not in names:
                near = get_close_matches(key, names, n=1)
                way_out = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
                self.add(f"{place}.{key}" if place else key, "nothing that a map has", way_out)

    def missing(self, place: str, table: Mapping[str, Any], key: str) -> None:
        """Note a key that has to be there."""
        if key not in table:
            self.add(f"{place}.{key}" if place else key, "missing", "every map has it")


def value_of(place: str, value: Any, spellings: Mapping[str, Spellings], faults: MapFaults) -> Value:
    """A constant, a column, or an object of both."""
    if not isinstance(value, dict):
        return value
    if "column" not in value and place.rpartition(".")[2] in _OBJECTS:
        return {key: value_of(f"{place}.{key}", item, spellings, faults) for key, item in value.items()}
    return column_of(place, value, spellings, faults)


def column_of(place: str, value: Any, spellings: Mapping[str, Spellings], faults: MapFaults) -> Column | None:
    """A column, and how it is read; None where that is at fault."""
    if not isinstance(value, dict) or not isinstance(value.get("column"), str):
        faults.add(place, "no column", 'write a text, or { column = "NAME" }')
        return None
    before = len(faults)
    faults.unknown(place, value, _OPTIONS)
    for option in ("split", "pattern", "values", "date"):
        if not isinstance(value.get(option, ""), str):
            faults.add(f"{place}.{option}", "no text", "write it in quotation marks")
    for option in ("list", "upper"):
        if not isinstance(value.get(option, False), bool):
            faults.add(f"{place}.{option}", "not true or false", "write true, or leave it out")
    if len(faults) > before:
        return None
    name = value.get("values", "")
    if name and name not in spellings:
        faults.add(f"{place}.values", f"no [values.{name}] and no [[rules.{name}]]", "write one of them")
    date = value.get("date", "")
    if date and date != AS_IT_IS and "%" not in date:
        faults.add(f"{place}.date", "no form of dates", f'write "%Y-%m-%d", "%d.%m.%Y" or such, or "{AS_IT_IS}"')
    pattern = pattern_of(f"{place}.pattern", value["pattern"], faults) if "pattern" in value else None
    words = spellings.get(name) if name else None
    switches = (value.get(option) is True for option in ("list", "upper"))
    return Column(value["column"], value.get("split", ""), pattern, words, date, value.get("default"), *switches)


def filters_of(place: str, value: Any, faults: MapFaults) -> list[Filter]:
    """Filters by their columns: a list of words, or ``{ any = [...], split = ";" }``."""
    if not isinstance(value, dict):
        faults.add(place, "no table", f"write [{place}]")
        return []
    found: list[Filter] = []
    for column, wanted in value.items():
        table = wanted if isinstance(wanted, dict) else {"any": wanted}
        faults.unknown(f"{place}.{column}", table, ("any", "split"))
        words = table.get("any")
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            faults.add(f"{place}.{column}", "no list of words", "write the words of rows that count, in brackets")
            continue
        found.append(Filter(column, frozenset(words), str(table.get("split", ""))))
    return found


def spellings_of(tables: Any, rules: Any, faults: MapFaults) -> dict[str, Spellings]:
    """The tables of spellings and the rules, by their names."""
    if not isinstance(tables, dict) or not isinstance(rules, dict):
        faults.add("values", "no tables", "write [values.NAME] and [[rules.NAME]]")
        return {}
    found: dict[str, Spellings] = {}
    for name in {**tables, **rules}:
        table = tables.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(code, str) for code in table.values()):
            faults.add(f"values.{name}", "no table of texts", 'write "the words" = "the code"')
            table = {}
        found[name] = Spellings(name, table, _rules(f"rules.{name}", rules.get(name, []), faults))
    return found


def _rules(place: str, value: Any, faults: MapFaults) -> Sequence[Rule]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        faults.add(place, "no blocks", f"write [[{place}]]")
        return []
    found: list[Rule] = []
    for number, each in enumerate(value, start=1):
        where, before = f"{place} {number}", len(faults)
        faults.unknown(where, each, _RULE)
        for key in _RULE:
            if not isinstance(each.get(key), str):
                faults.add(f"{where}.{key}", "no text", "write it in quotation marks")
        if len(faults) == before and (pattern := pattern_of(f"{where}.matches", each["matches"], faults)):
            found.append(Rule(pattern, each["code"]))
    return found


def pattern_of(place: str, text: str, faults: MapFaults) -> re.Pattern[str] | None:
    """A regular expression; None where it is none."""
    try:
        return re.compile(text)
    except re.error as error:
        faults.add(
            place, f"no regular expression ({error})", "https://docs.python.org/3/library/re.html tells the form"
        )
        return None
