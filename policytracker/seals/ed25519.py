"""Ed25519 signatures, verified in plain Python after RFC 8032, for places without the package cryptography.

Strict: every number and point has one spelling only, and a key of small order, which would verify almost
anything, is refused. The equation is checked without the cofactor, as OpenSSL and Go do. Nothing here is
secret, so nothing needs constant time. The functions stand in ``verify_evidence.py`` too; a test keeps
them equal.
"""

from hashlib import sha512

Point = tuple[int, int, int, int]

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is the key's, of this message (RFC 8032, section 5.1.7)."""
    key, point, base = key_point(public), decompress(signature[:32]), decompress(b"X" + b"f" * 31)
    scalar = int.from_bytes(signature[32:], "little")
    if not (key and point and base) or len(signature) != 64 or scalar >= L:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    x, y, z, _ = multiply(scalar, base)
    other_x, other_y, other_z, _ = add(point, multiply(challenge, key))
    return (x * other_z - other_x * z) % P == 0 and (y * other_z - other_y * z) % P == 0


def key_point(public: bytes) -> Point | None:
    """The point of a public key; None where it has another spelling, or small order."""
    point = decompress(public)
    return point if point and multiply(8, point)[0] else None


def decompress(data: bytes) -> Point | None:
    """The point that 32 bytes spell, or None (RFC 8032, section 5.1.3)."""
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
    """The sum of two points (RFC 8032, section 5.1.4)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number: int, point: Point) -> Point:
    """The sum of so many times a point."""
    product = (0, 1, 1, 0)
    for bit in bin(number)[2:]:
        product = add(product, product)
        product = add(product, point) if bit == "1" else product
    return product
