"""Sets of packets, as far as filters look at them: protocol, port, and the address of the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scenarios.network.sets.addresses import EVERY_ADDRESS, texts
from scenarios.network.sets.ranges import Ranges

_PORTS = 1 << 16
TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
_NUMBERS = {"tcp": TCP, "udp": UDP, "icmp": ICMP, "icmpv6": ICMPV6}

EVERY_KIND = Ranges(((0, 256 * _PORTS - 1),))
"""Every protocol with every port."""


@lru_cache(maxsize=4096)
def kinds(protocol: str, low: int | None = None, high: int | None = None) -> Ranges:
    """A protocol (`tcp`, `6`, `-1` for all) with its ports, all of them where none are given.

    Ports are those of TCP and UDP; the types and codes of ICMP count as all of it.
    """
    name = protocol.strip().lower()
    number = _NUMBERS.get(name, int(name) if name.isdecimal() else None)
    if number is None or not 0 <= number < 256:
        return EVERY_KIND if name in ("-1", "all") else Ranges()
    if low is None or high is None or number not in (TCP, UDP):
        low, high = 0, _PORTS - 1
    return Ranges.of((number * _PORTS + max(low, 0), number * _PORTS + min(high, _PORTS - 1)))


@dataclass(frozen=True, slots=True)
class Box:
    """All packets of these kinds to or from these addresses."""

    kinds: Ranges
    addresses: Ranges

    def __and__(self, other: Box) -> Box:
        return Box(self.kinds & other.kinds, self.addresses & other.addresses)

    def __bool__(self) -> bool:
        return bool(self.kinds) and bool(self.addresses)


@dataclass(frozen=True, slots=True)
class Packets:
    """A set of packets: boxes that share none. Falsy where empty."""

    boxes: tuple[Box, ...] = ()

    @classmethod
    def of(cls, what: Ranges, addresses: Ranges = EVERY_ADDRESS) -> Packets:
        """All packets of these kinds to or from these addresses."""
        box = Box(what, addresses)
        return cls((box,)) if box else cls()

    def __bool__(self) -> bool:
        return bool(self.boxes)

    def __and__(self, other: Packets) -> Packets:
        if self.boxes == other.boxes:
            return self
        shared = (one & two for one in self.boxes for two in other.boxes)
        return Packets(tuple(box for box in shared if box))

    def __sub__(self, other: Packets) -> Packets:
        left = self.boxes
        for taken in other.boxes:
            left = tuple(rest for box in left for rest in _without(box, taken))
        return Packets(left)

    def __or__(self, other: Packets) -> Packets:
        boxes = list(self.boxes)
        for box in (other - self).boxes:
            _put(boxes, box)
        return Packets(tuple(boxes))

    def __le__(self, other: Packets) -> bool:
        """Whether every packet of this set is in the other."""
        return self.boxes == other.boxes or not self - other

    @property
    def addresses(self) -> Ranges:
        """The addresses that any of these packets go to or come from."""
        return _union([box.addresses for box in self.boxes])

    @property
    def kinds(self) -> Ranges:
        """The kinds that any of these packets have."""
        return _union([box.kinds for box in self.boxes])

    def at(self, addresses: Ranges) -> Packets:
        """Those to or from these addresses."""
        shared = ((box.kinds, box.addresses & addresses) for box in self.boxes)
        return Packets(tuple(Box(what, where) for what, where in shared if where))

    def __str__(self) -> str:
        return "; ".join(f"{_words(box.kinds)} at {texts(box.addresses)}" for box in self.boxes[:3]) or "nothing"


def _put(boxes: list[Box], new: Box) -> None:
    """One more box, which shares nothing with the others: made one with another where it is that one's other half."""
    for index, box in enumerate(boxes):
        if box.kinds == new.kinds:
            boxes[index] = Box(box.kinds, box.addresses | new.addresses)
            return
        if box.addresses == new.addresses:
            boxes[index] = Box(box.kinds | new.kinds, box.addresses)
            return
    boxes.append(new)


def _union(sets: Sequence[Ranges]) -> Ranges:
    if len(sets) == 1:
        return sets[0]
    return Ranges.of(*(part for each in sets for part in each.parts))


def _without(box: Box, taken: Box) -> Iterator[Box]:
    shared = box & taken
    if not shared:
        yield box
        return
    for rest in (
        Box(box.kinds - taken.kinds, box.addresses),
        Box(shared.kinds, box.addresses - taken.addresses),
    ):
        if rest:
            yield rest


def _words(found: Ranges) -> str:
    """`TCP 443`, `UDP 53, TCP 80-443`, `any protocol`."""
    if found == EVERY_KIND:
        return "any protocol"
    named = {number: name.upper() for name, number in _NUMBERS.items()}
    listed = []
    for low, high in found.parts[:4]:
        first, last = divmod(low, _PORTS), divmod(high, _PORTS)
        if first[0] != last[0]:
            listed.append(f"protocols {first[0]}-{last[0]}")
            continue
        name = named.get(first[0], f"protocol {first[0]}")
        ports = (
            ""
            if (first[1], last[1]) == (0, _PORTS - 1)
            else f" {first[1]}"
            if low == high
            else f" {first[1]}-{last[1]}"
        )
        listed.append(name + ports)
    return ", ".join(listed)


NOTHING = Packets()
