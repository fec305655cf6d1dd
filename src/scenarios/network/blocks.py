"""Address blocks as texts, of which some cannot be read: a parameter or another stack would say them."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LONGEST_WITHOUT_PUBLIC = {4: 8, 6: 7}
"""Private blocks are 10.0.0.0/8 and fc00::/7 at the widest: a wider block holds public addresses."""


@lru_cache(maxsize=4096)
def block(text: str) -> Network | None:
    """The block, or nothing where the text is none."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def contains(outer: str, inner: str) -> bool | None:
    """Whether one block lies in another; blocks of different versions never do. Nothing where one cannot be read."""
    one, other = block(outer), block(inner)
    if one is None or other is None:
        return None
    if isinstance(one, ipaddress.IPv4Network) and isinstance(other, ipaddress.IPv4Network):
        return other.subnet_of(one)
    if isinstance(one, ipaddress.IPv6Network) and isinstance(other, ipaddress.IPv6Network):
        return other.subnet_of(one)
    return False


def overlaps(one: str, other: str) -> bool | None:
    """Whether two blocks share an address: then one lies in the other."""
    outer, inner = contains(one, other), contains(other, one)
    return None if outer is None or inner is None else outer or inner


def is_everything(text: str) -> bool | None:
    """Whether the block holds every address of its version."""
    found = block(text)
    return None if found is None else found.prefixlen == 0


def holds_public(text: str) -> bool | None:
    """Whether the block holds any public address."""
    found = block(text)
    return None if found is None else found.is_global or found.prefixlen < _LONGEST_WITHOUT_PUBLIC[found.version]
