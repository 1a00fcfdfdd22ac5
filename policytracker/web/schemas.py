"""The JSON Schema of answers, made from their types; the text under a field of a type is the field's description."""

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from msgspec.json import schema_components

from policytracker.questions.ledger_answers import WITH_OTHER_FIELDS

Schema = dict[str, Any]
OPENAPI = "#/components/schemas/"
"""Where OpenAPI has the schemas to which others refer."""


def schemas(types: Iterable[Any], place: str = OPENAPI) -> tuple[list[Schema], dict[str, Schema]]:
    """The schema of each type, and those to which these refer, by their names. ``place``: where these will stand."""
    wanted = list(types)
    made, components = schema_components(wanted, ref_template=f"{place}{{name}}")
    for kind in dict.fromkeys(each for wish in wanted for each in _objects(wish)):
        _describe(kind, components[kind.__name__])
    return list(made), components


def _objects(kind: Any) -> Iterator[Any]:
    """The classes of objects in a type, itself included."""
    if is_typeddict(kind):
        yield kind
    for part in get_type_hints(kind).values() if is_typeddict(kind) else get_args(kind):
        yield from _objects(part)


def _describe(kind: Any, schema: Schema) -> None:
    """Say what the fields of an object mean, and that it has no others."""
    texts = descriptions(kind)
    for name, hint in get_type_hints(kind, include_extras=True).items():
        schema["properties"][name] |= _keywords(hint)
        if name in texts:
            schema["properties"][name]["description"] = texts[name]
    schema["description"] = inspect.cleandoc(schema["description"])
    if kind not in WITH_OTHER_FIELDS:
        schema["additionalProperties"] = False


def _keywords(hint: Any) -> Schema:
    """The keywords of JSON Schema that stand beside a type."""
    if get_origin(hint) in (Union, UnionType, NotRequired):
        return {word: value for part in get_args(hint) for word, value in _keywords(part).items()}
    return dict(getattr(hint, "__metadata__", ()))


def descriptions(kind: Any) -> dict[str, str]:
    """The texts under the fields of a class of objects. At run time such a class knows its bases no more."""
    module = sys.modules[kind.__module__]
    node = _classes(kind.__module__).get(kind.__name__)
    found: dict[str, str] = {}
    for base in node.bases if node else ():
        if isinstance(base, ast.Name) and is_typeddict(vars(module)[base.id]):
            found |= descriptions(vars(module)[base.id])
    return found | dict(_texts(node.body if node else ()))


def _texts(body: Iterable[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            yield field.target.id, " ".join(ast.literal_eval(text.value).split())


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
