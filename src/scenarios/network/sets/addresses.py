"""Address blocks as texts, and sets of addresses.

IPv4 and IPv6 addresses stand on one line of numbers, the IPv6 ones behind. Some texts are no block: a parameter or
another stack would say which.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scenarios.network.sets.ranges import Ranges

_V6 = 1 << 32
"""Where the IPv6 addresses begin."""

_LAST = _V6 + (1 << 128) - 1

ALL_V4 = Ranges(((0, _V6 - 1),))
ALL_V6 = Ranges(((_V6, _LAST),))
EVERY_ADDRESS = ALL_V4 | ALL_V6


@lru_cache(maxsize=8192)
def block(text: str) -> Ranges | None:
    """The addresses of a block, or nothing where the text is none."""
    try:
        found = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    offset = _V6 if found.version == 6 else 0
    return Ranges(((offset + int(found.network_address), offset + int(found.broadcast_address)),))


def blocks(texts: Iterable[str]) -> Ranges:
    """The addresses of all of these that can be read."""
    found = Ranges()
    for text in texts:
        found |= block(text) or Ranges()
    return found


def length(text: str) -> int:
    """How many leading bits a block fixes: the longer, the more specific."""
    return ipaddress.ip_network(text.strip(), strict=False).prefixlen


def _special() -> Ranges:
    """Blocks that are routed on no public network, but for those meant for documentation: in a template they stand
    for public ones (IANA's special-purpose registries, RFC 6890)."""
    v4 = "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 198.18.0.0/15"
    return blocks((*v4.split(), "224.0.0.0/4", "240.0.0.0/4"))


NAT64 = block("64:ff9b::/96") or Ranges()
"""IPv4 addresses as IPv6 ones, which a NAT gateway translates."""

PUBLIC_V4 = ALL_V4 - _special()
PUBLIC_V6 = (block("2000::/3") or Ranges()) | NAT64
PUBLIC = PUBLIC_V4 | PUBLIC_V6
"""Every address of the internet."""


_MOST_V4, _MOST_V6 = 1 << 24, 1 << 112
"""The most addresses that one organization is given: a /8, and a /16 of IPv6."""


def anybody(addresses: Ranges) -> bool:
    """Whether these are more public addresses than any one organization has: then they are nobody's in particular."""
    v4, v6 = addresses & PUBLIC_V4, addresses & PUBLIC_V6
    return _count(v4) > _MOST_V4 or _count(v6) > _MOST_V6


def _count(addresses: Ranges) -> int:
    return sum(high - low + 1 for low, high in addresses.parts)


def is_everything(text: str) -> bool | None:
    """Whether the block holds every address of its version."""
    found = block(text)
    return None if found is None else found in (ALL_V4, ALL_V6)


_KNOWN = (
    (EVERY_ADDRESS, "any address"),
    (ALL_V4, "any IPv4 address"),
    (ALL_V6, "any IPv6 address"),
    (PUBLIC, "any public address"),
    (PUBLIC_V4, "any public IPv4 address"),
    (PUBLIC_V6, "any public IPv6 address"),
)


@lru_cache(maxsize=8192)
def texts(addresses: Ranges, most: int = 4) -> str:
    """The addresses in words, as the blocks that they make up; not more than `most` of them."""
    for known, named in _KNOWN:
        if addresses == known:
            return named
    listed: list[str] = []
    for found in _networks(addresses):
        if len(listed) == most:
            return f"{', '.join(listed)} ..."
        listed.append(plain(found))
    return ", ".join(listed) or "no address"


def plain(block: str) -> str:
    """A block as people write it: a single address without its length."""
    return block.removesuffix("/128" if ":" in block else "/32")


def _networks(addresses: Ranges) -> Iterator[str]:
    for low, high in addresses.parts:
        if low < _V6:
            first, last = ipaddress.IPv4Address(low), ipaddress.IPv4Address(min(high, _V6 - 1))
            yield from map(str, ipaddress.summarize_address_range(first, last))
        if high >= _V6:
            start, end = ipaddress.IPv6Address(max(low - _V6, 0)), ipaddress.IPv6Address(high - _V6)
            yield from map(str, ipaddress.summarize_address_range(start, end))
