"""A way through networks: packets that go together, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenarios.account.network import Subnet
from scenarios.finding import Origin
from scenarios.network.path import Blocked, Hop, Undecided
from scenarios.network.sets.packets import Packets
from scenarios.network.sets.ranges import Ranges

INTERNET = "internet"
NO_ADDRESS = Ranges()


@dataclass(frozen=True)
class Turn:
    """A NAT gateway on the way: from here on the packets bear its address, in `place`. Answers turn back to `client`,
    where they came from."""

    place: Subnet
    client: Subnet


@dataclass(frozen=True)
class Way:
    """Packets that go one way together: `where` they arrive (the internet, or a VPC), or what stops them.

    `sender` are the addresses that they may bear as their source, `turns` the NAT gateways that changed it. `stays`
    tells that they leave no subnet on their first hop, so that the network ACL there is not asked. `exit` is the subnet
    in which they come out of a transit gateway, where they are for an address there: its ACL is not asked either
    (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html).
    """

    packets: Packets
    hops: tuple[Hop, ...] = ()
    about: tuple[Origin, ...] = ()
    kind: str = "local"
    via: str | None = None
    where: str | None = None
    stop: Blocked | Undecided | None = None
    sender: Ranges = NO_ADDRESS
    turns: tuple[Turn, ...] = ()
    stays: bool = False
    exit: Subnet | None = None

    def on(self, hop: Hop, *about: Origin) -> Way:
        """The same way, one hop further."""
        return replace(self, hops=(*self.hops, hop), about=(*self.about, *about))

    def part(self, addresses: Ranges) -> Way:
        """The way of those packets alone that go to these addresses."""
        packets = self.packets.at(addresses)
        return self if packets == self.packets else replace(self, packets=packets)

    def blocked(self, code: str, why: str, at: Origin | None, *about: Origin) -> Way:
        """The way, stopped."""
        return replace(self, stop=Blocked(code, why, at, self.hops, (*self.about, *about)))

    def undecided(self, why: str, at: Origin | None, *about: Origin, code: str | None = None) -> Way:
        """The way, as far as anybody sees."""
        return replace(self, stop=Undecided(why, at, (*self.about, *about), code, self.hops))
