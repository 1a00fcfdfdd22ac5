#!/usr/bin/env python3
"""Check the evidence that an event stands in a policytracker ledger: offline, with nothing but Python 3.9 or later.

`python3 verify_evidence.py EVIDENCE.json [--key VERIFIER-KEY]...` ends with 0 when all of it holds, with 1 if not.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import time
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

FORMAT, VERSION = "policytracker-evidence", 1
FIELDS: dict[str, type] = {
    **dict.fromkeys(("format", "id", "topic", "recorder", "checkpoint", "checksum"), str),
    **dict.fromkeys(("version", "position", "recorded", "tree_size"), int),
    **dict.fromkeys(("inclusion", "keys"), list),
}
WHOLE = {**FIELDS, "content": str, "redacted_by": type(None), "redacted_at": type(None)}
REDACTED = {**FIELDS, "content": type(None), "redacted_by": str, "redacted_at": int}
LARGEST_FILE, LARGEST = 10_000_000, 253402300799999999  # bytes; microseconds from 1970 to the end of the year 9999
HEX = re.compile(r"[0-9a-f]{64}")
CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([^\n]+)\n(?:[^\n]+\n)*")
SIGNATURE = re.compile(r"— ([^\s+]+) (\S+)")
NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
SHAPELESS = {*map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)))}
UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")

Named = tuple[str, bytes, bytes]
Point = tuple[int, int, int, int]
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


class Refused(Exception):
    """Why the evidence does not hold, in a few words."""


def demand(holds: bool, why: str) -> None:
    """Refuse the evidence unless this holds."""
    if not holds:
        raise Refused(why)


def check(data: bytes, trusted: list[str]) -> list[str]:
    """What an evidence file proves and what not, in lines; every trusted key must have signed. Raises Refused."""
    body = read(data)
    content, leaf = body["content"], leaf_hash(body)
    demand(content is None or sha256(content.encode()).hexdigest() == body["id"], "the content does not match the id")
    text, size, root, signatures = read_checkpoint(body["checkpoint"])
    demand(size == body["tree_size"], "the tree and its checkpoint differ in size")
    demand(root_by(leaf, body["position"] - 1, size, body["inclusion"]) == root, "the event is not in the tree")
    keys = {key: read_key(key) for key in (*trusted, *body["keys"])}
    return words(body, text, trusted, check_signatures(text, signatures, keys))


def read(data: bytes) -> dict[str, Any]:
    """The fields of an evidence file: all there, of the right kinds, undamaged. Raises Refused."""
    try:
        body = json.loads(data.decode(), object_pairs_hook=_object, parse_int=lambda digits: int(digits[:20]))
        _check_shape(body)
        rest = {name: value for name, value in body.items() if name != "checksum"}
        plain = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        raise Refused("it is not JSON in UTF-8") from None
    demand(sha256(plain).hexdigest() == body["checksum"], "its checksum is wrong: the file was damaged or changed")
    return dict(body)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    demand(len(dict(pairs)) == len(pairs), "a field stands twice in it")
    return dict(pairs)


def _check_shape(body: Any) -> None:
    ours = type(body) is dict and (body.get("format"), body.get("version")) == (FORMAT, VERSION)
    demand(ours, f"it is not {FORMAT}, version {VERSION}")
    kinds = {name: type(value) for name, value in body.items()}
    demand(kinds in (WHOLE, REDACTED), "a field is missing, unknown, or of the wrong kind")
    demand(all(type(item) is str for item in body["inclusion"] + body["keys"]), "a hash or a key is not a text")
    numbers = (body["position"] - 1, body["recorded"], body["redacted_at"] or 0, body["tree_size"] - body["position"])
    demand(all(0 <= number <= LARGEST for number in numbers), "a number is out of range")


def leaf_hash(body: dict[str, Any]) -> bytes:
    """The hash of the event's leaf: the form's name, position, recorded, id and topic in lines, then the recorder."""
    demand(bool(HEX.fullmatch(body["id"])) and "\n" not in body["topic"], "the id or the topic is misspelled")
    lines = ("policytracker-event/1", body["position"], body["recorded"], body["id"], body["topic"], body["recorder"])
    return sha256(b"\x00" + "\n".join(map(str, lines)).encode()).digest()


def root_by(node: bytes, place: int, size: int, proof: list[str]) -> bytes | None:
    """The root that a proof leads to from a leaf (RFC 9162, section 2.1.3.2); None where it leads nowhere."""
    last = size - 1
    for item in proof:
        if last == 0 or not HEX.fullmatch(item):
            return None
        right, beside = place & 1 or place == last, bytes.fromhex(item)
        node = sha256(b"\x01" + (beside + node if right else node + beside)).digest()
        while right and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def read_checkpoint(whole: str) -> tuple[str, int, bytes, list[Named]]:
    """Text, size, root and signatures of a checkpoint (c2sp.org/tlog-checkpoint, c2sp.org/signed-note)."""
    above, signed, below = whole.rpartition("\n\n")
    text = above + "\n" if signed else whole
    found = CHECKPOINT.fullmatch(text)
    lines = [SIGNATURE.fullmatch(line) for line in below.split("\n")[:-1]] if signed else []
    if not found or not all(lines) or len(lines) > 100 or UNFIT.search(whole) or (signed and below[-1:] != "\n"):
        raise Refused("its checkpoint is misspelled")
    made = [(line[1], _decode64(line[2], 5, LARGEST_FILE)) for line in lines if line]
    return text, int(found[2]), _decode64(found[3], 32, 32), [(name, data[:4], data[4:]) for name, data in made]


def read_key(text: str) -> Named:
    """Name, id and public key of a verifier key (c2sp.org/signed-note, "Verifier keys"). Raises Refused."""
    name, key_id, encoded = (*text.split("+", 2), "", "")[:3]
    data = _decode64(encoded, 33, 33)
    right = NAME.fullmatch(name) and sha256(name.encode() + b"\n" + data).hexdigest()[:8] == key_id
    demand(bool(right and data[0] == 1 and key_point(data[1:])), "a key is no Ed25519 verifier key, or was changed")
    return name, bytes.fromhex(key_id), data[1:]


def _decode64(text: str, least: int, most: int) -> bytes:
    """So many bytes in standard base64, in its one spelling (RFC 4648, sections 3.5 and 4)."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    right = base64.b64encode(data).decode() == text
    demand(right and least <= len(data) <= most, "a hash, a key or a signature is misspelled")
    return data


def check_signatures(text: str, signatures: list[Named], keys: dict[str, Named]) -> int:
    """Every key must have signed; the number of signatures of other keys, which say nothing. Raises Refused."""
    demand(not signatures or bool(keys), "its checkpoint is signed, and no key is known: give one with --key")
    for key, (name, key_id, public) in keys.items():
        made = [signature for *signer, signature in signatures if signer == [name, key_id]]
        demand(bool(made), f"its checkpoint is not signed by {key}")
        demand(all(verify(public, text.encode(), each) for each in made), f"the signature by {key} is wrong")
    return sum(signature[:2] not in [key[:2] for key in keys.values()] for signature in signatures)


# Ed25519 (RFC 8032, 5.1). One spelling of each number and point, no key of small order, no cofactor (as OpenSSL).
def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    key, point, base = key_point(public), decompress(signature[:32]), decompress(b"X" + b"f" * 31)
    scalar = int.from_bytes(signature[32:], "little")
    if not (key and point and base) or len(signature) != 64 or scalar >= L:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    x, y, z, _ = multiply(scalar, base)
    other_x, other_y, other_z, _ = add(point, multiply(challenge, key))
    return (x * other_z - other_x * z) % P == 0 and (y * other_z - other_y * z) % P == 0


def key_point(public: bytes) -> Point | None:
    point = decompress(public)
    return point if point and multiply(8, point)[0] else None


def decompress(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little") & 2**255 - 1
    if len(data) != 32 or y >= P:
        return None
    above, below = y * y - 1, D * y * y + 1
    x = above * below**3 * pow(above * below**7, (P - 5) // 8, P) % P
    if (below * x * x + above) % P == 0:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (below * x * x - above) % P or (x == 0 and data[31] >> 7):
        return None
    x = P - x if x % 2 != data[31] >> 7 else x
    return x, y, 1, x * y % P


def add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number: int, point: Point) -> Point:
    product = (0, 1, 1, 0)
    for bit in bin(number)[2:]:
        product = add(product, product)
        product = add(product, point) if bit == "1" else product
    return product


def words(body: dict[str, Any], text: str, trusted: list[str], unknown: int) -> list[str]:
    """What the evidence shows, and what it does not."""
    removed = f"removed by {body['redacted_by']}, {_time(body['redacted_at'] or 0)}, as the file says; not checked"
    lines = [
        f"Event {body['position']}, {body['topic']}, recorded {_time(body['recorded'])} by {body['recorder']}.",
        f"Its content: {removed if body['content'] is None else body['content']}",
        f"Its id, the SHA-256 of its content: {body['id']}",
        "Its position, id, name, recorded time and recorder are sealed in the tree of this checkpoint:",
        *(f"  {line}" for line in text[:-1].split("\n")),
    ]
    for key in dict.fromkeys((*trusted, *body["keys"])):
        brought = "which came with this file: get the ledger's key from its owner and give it with --key"
        lines.append(f"Signed by {key}, {'as you demanded' if key in trusted else brought}.")
    if not (trusted or body["keys"]):
        lines.append("NOT SIGNED: anyone can have made this. Compare the checkpoint with one from a source you trust.")
    if unknown:
        lines.append(f"Signatures by unknown keys, not checked: {unknown}.")
    return [*lines, "Not shown: that what the event says is true, or that the recorder's clock was right."]


def _time(microseconds: int) -> str:
    second, rest = divmod(microseconds, 1_000_000)
    return f"{time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(second))}.{rest:06} UTC"


def _plain(line: str) -> str:
    """The line with everything written out that could deceive an eye or a terminal."""
    return "".join(ascii(sign)[1:-1] if not sign.isprintable() or sign in SHAPELESS else sign for sign in line)


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the evidence that an event stands in a policytracker ledger.")
    parser.add_argument("evidence", metavar="EVIDENCE.json", type=Path)
    parser.add_argument("--key", action="append", default=[], help="a verifier key that must have signed")
    asked = parser.parse_args()
    try:
        with asked.evidence.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        demand(len(data) <= LARGEST_FILE, f"it has more than {LARGEST_FILE:,} bytes")
        lines = check(data, [key.rstrip("\r\n") for key in asked.key])
    except (OSError, Refused) as why:
        print(_plain(f"REFUSED: {why}.")[:300], file=sys.stderr)
        return 1
    told = "".join(f"{_plain(line)}\n" for line in lines)
    sys.stdout.buffer.write(told.encode(sys.stdout.encoding, "backslashreplace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
