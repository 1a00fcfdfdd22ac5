"""The package that makes and checks signatures (RFC 8032): an extra, so it is imported when it is needed."""

from types import ModuleType

from policytracker.seals.errors import NoSignatures


def ed25519() -> ModuleType:
    """The module of cryptography that has the keys. Raises NoSignatures."""
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519 as found
    except ImportError as error:
        raise NoSignatures() from error
    return found
