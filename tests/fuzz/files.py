"""Files that are nearly interchange files: lines of the shipped history, each changed where it hurts."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.ground import SEEDS

HOSTILE_TEXTS = (
    "",
    "all",
    "x'); DROP TABLE ledger_entries;--",
    "\x1b[31m",
    "a\u202eb",
    "Ten\u200bcent",
    "T\u0435ncent",
    "=1+1",
    "<script>alert(1)</script>",
    "\0",
    "\ud800",
    "\ufffe",
    "e\u0301",
    "a" + "\u0301\u0316" * 20,
    "x" * 10_001,
    "2026-02-30",
    "0000",
    "9999-12-31",
    "2026-01-28T24:00Z",
    "..",
    "../../x",
    "deadbeef",
    "in:CN",
    "\u2028",
)
TOKENS = (
    *(b"NaN", b"Infinity", b"1e999", b"-0.0", b"9" * 30, b"null", b"true", b"{}", b"[]", b'""', b"[[[[", b"}", b","),
    *(b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\\ud800", b"\\u0000", b"\n", b"\r", b"\x00", b"\xe2\x80\xae"),
    *(b'"type":"blocked",', b'"report":null,', b'"ref":"x",', b'"a":' * 50, b"[" * 5_000, b'"x":' + b"1" * 5_000),
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**53, 2**53 + 1, 10**400, 0.1, 1e15, float("nan"), float("inf")])
    | st.sampled_from(HOSTILE_TEXTS)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(HOSTILE_TEXTS), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """A line of the history, as it is or changed in one way."""
    line = draw(st.sampled_from(SEEDS))
    match draw(st.integers(0, 5)):
        case 0:
            return line
        case 1 | 2:
            return _with_another_value(draw, json.loads(line))
        case 3:
            place = draw(st.integers(0, len(line)))
            return line[:place] + draw(st.sampled_from(TOKENS)) + line[place:]
        case 4:
            place = draw(st.integers(0, len(line) - 1))
            return line[:place] + bytes([draw(st.integers(0, 255))]) + line[place + 1 :]
        case _:
            start, end = sorted(draw(st.tuples(*[st.integers(0, len(line))] * 2)))
            return line[:start] + line[end:]


def _with_another_value(draw: st.DrawFn, line: Any) -> bytes:
    part = line
    while True:
        key = draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        if not (isinstance(part[key], dict | list) and part[key] and draw(st.booleans())):
            break
        part = part[key]
    part[key] = draw(VALUES)
    return json.dumps(line, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


FILES = st.lists(lines(), min_size=1, max_size=5).map(b"\n".join) | st.binary(max_size=60)
