"""Public keys that no honest signer has, and that the package cryptography would take."""

_P = 2**255 - 19
_SMALL_ORDER = frozenset(
    int.from_bytes(bytes.fromhex(spelled), "little")
    for spelled in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)
"""The y of the eight points of small order: anybody can sign nearly any text for such a key (RFC 8032, section 8)."""


def is_weak(public: bytes) -> bool:
    """Whether 32 bytes spell an Ed25519 point of small order, or spell a point in another way than RFC 8032 has it."""
    y = int.from_bytes(public, "little") & 2**255 - 1  # the last bit is the sign of x
    return y >= _P or y in _SMALL_ORDER
