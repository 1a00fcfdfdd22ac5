"""Which machine the name of a host leads to, as far as the name alone tells."""

from ipaddress import ip_address


def is_address(name: str) -> bool:
    """Whether a host is an IP address, which no name server can point elsewhere.

    >>> is_address("192.0.2.1"), is_address("fe80::1"), is_address("example.com")
    (True, True, False)
    """
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether a server bound to a host is reached from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    return host == "localhost" or (is_address(host) and ip_address(host).is_loopback)
