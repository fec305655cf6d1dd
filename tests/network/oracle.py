"""One packet on its way through an account's network, step by step: a second opinion on `scenarios.network`.

It shares no code with it and is as plain as can be: addresses are Python's own, every table is searched from its
beginning, and what nobody can know is tried out. An interface has an address that nobody chose: each address of its
subnet at which any block begins or ends is taken in turn (`Run.turn`), so is each subnet of an attachment that packets
may come out in. What holds in every run is sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from itertools import chain
from typing import Any

from scenarios.account import Account
from scenarios.account.workload import Instance

Address = IPv4Address | IPv6Address
TCP, UDP = 6, 17
NUMBERS = {"tcp": TCP, "udp": UDP, "icmp": 1, "icmpv6": 58}
NOT_PUBLIC = tuple(
    IPv4Network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
PUBLIC6 = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
KINDS = (*((protocol, port) for protocol in (TCP, UDP) for port in (0, 53, 443, 1023, 1024, 5000)), (47, 0))
"""Packets of which one is let by whatever lets any, as the random rules are."""


@dataclass(frozen=True)
class Packet:
    """What filters and routers see."""

    source: Address
    destination: Address
    protocol: int
    port: int


@dataclass(frozen=True)
class Arrival:
    """Where a packet came to: a subnet's id, or `internet`; and the NAT gateways' subnets that it came through, each
    with the packet and the subnet that it had before."""

    where: str
    packet: Packet
    turns: tuple[tuple[str, str, Packet], ...] = ()


def opinions(account: Account, workload: Any, destination: str, port: int | None) -> tuple[bool, bool]:
    """Whether connections to the address get there, and whether nothing does, whatever nobody can know.

    Without a port any packet is enough, and on the internet no answer is waited for. Neither is true where it depends.
    """
    run = Run(account, workload)
    kinds = KINDS if port is None else ((TCP, port),)
    found = [
        {
            kind: run.at(turn).connects(subnet, ip_address(destination), kind, answered=port is not None)
            for kind in kinds
        }
        for subnet in workload.placement.subnet_ids
        for turn in range(run.turns)
    ]
    always = any(all(each[kind] for each in found) for kind in kinds)
    never = not any(chain.from_iterable(each.values() for each in found))
    return always, never


@dataclass(frozen=True)
class Run:
    """The account with one choice of all that nobody knows."""

    account: Account
    workload: Any
    turn: int = 0

    def at(self, turn: int) -> Run:
        return replace(self, turn=turn)

    @cached_property
    def turns(self) -> int:
        return max(len(self._borders(text)) for one in self.account.subnets for text in (one.cidr, *one.ipv6_cidrs))

    def connects(self, start: str, destination: Address, kind: tuple[int, int], *, answered: bool) -> bool:
        """Whether a connection from the workload's interface in the subnet comes to the address."""
        source = self._address(start, destination.version)
        if source is None or (destination.version == 6 and not self.workload.ipv6):
            return False
        packet = Packet(source, destination, *kind)
        if not self._let_out(packet):
            return False
        arrival = self._send(start, packet, "workload")
        if arrival is None:
            return False
        if arrival.where == "internet" and not answered:
            return True
        return self._returns(start, packet, arrival)

    def _returns(self, start: str, packet: Packet, arrival: Arrival) -> bool:
        """Back through every NAT gateway, the last one first."""
        where, there = arrival.where, arrival.packet
        for place, before, sent in reversed(arrival.turns):
            if not self._answers(where, place, there):
                return False
            where, there = place, sent
            if before == start:
                break
        by = "workload" if where in (arrival.where, "internet") else "nat"
        return self._answers(where, start, replace(packet, destination=there.destination), by)

    def _answers(self, where: str, back: str, packet: Packet, by: str = "workload") -> bool:
        """Whether an answer to the packet comes from where it got to back to the subnet that it was sent from."""
        port = 5000 if packet.protocol in (TCP, UDP) else packet.port
        answer = Packet(packet.destination, packet.source, packet.protocol, port)
        if where == "internet":
            return self._passes(back, "in", answer)
        arrival = self._send(where, answer, by)
        return arrival is not None and arrival.where == back and not arrival.turns

    def _send(self, subnet: str, packet: Packet, by: str, depth: int = 0) -> Arrival | None:
        """From an interface in the subnet to wherever the routes lead; `by` is what the interface is of."""
        route = self._route(subnet, packet.destination)
        if route is None or depth > 12:
            return None
        target, name = route
        if target == "local":
            place = self._place(self._subnet(subnet).vpc_id, packet.destination)
            return Arrival(place, packet) if place and self._crosses(subnet, place, packet) else None
        if target == "nat-gateway":
            return self._translate(subnet, packet, name, depth)
        if not self._passes(subnet, "out", packet):
            return None
        if target in ("internet-gateway", "egress-only-internet-gateway"):
            return Arrival("internet", packet) if self._public(subnet, packet, target, by) else None
        if target == "peering":
            return self._peer(subnet, packet, name, by)
        return self._transit(subnet, packet, name, depth) if target == "transit-gateway" else None

    def _translate(self, subnet: str, packet: Packet, name: str, depth: int) -> Arrival | None:
        gateway = next(one for one in self.account.nat_gateways if one.nat_gateway_id == name)
        place = gateway.subnet_id
        sent = packet
        if packet.destination.version == 6:
            if packet.destination not in NAT64:
                return None
            sent = replace(packet, destination=IPv4Address(int(packet.destination) & 0xFFFFFFFF))
        if not self._crosses(subnet, place, packet):
            return None
        source = self._address(place, 4)
        assert source is not None
        arrival = self._send(place, replace(sent, source=source), "nat", depth + 1)
        if arrival is None or (arrival.where == "internet" and not gateway.public):
            return None
        return replace(arrival, turns=((place, subnet, packet), *arrival.turns))

    def _public(self, subnet: str, packet: Packet, target: str, by: str) -> bool:
        """Whether a gateway passes it to the internet."""
        if packet.destination.version == 6:
            return by == "workload" and self.workload.ipv6 and packet.destination in PUBLIC6
        if target != "internet-gateway" or any(packet.destination in block for block in NOT_PUBLIC):
            return False
        return by == "nat" or (by == "workload" and isinstance(self.workload, Instance) and self.workload.public_ip)

    def _peer(self, subnet: str, packet: Packet, name: str, by: str) -> Arrival | None:
        peering = next(one for one in self.account.peerings if one.peering_id == name)
        ends = {peering.requester_vpc_id, peering.accepter_vpc_id}
        other = next(iter(ends - {self._subnet(subnet).vpc_id}))
        place = self._place(other, packet.destination)
        if by != "workload" or not peering.active or place is None or not self._passes(place, "in", packet):
            return None
        return Arrival(place, packet)

    def _transit(self, subnet: str, packet: Packet, gateway: str, depth: int) -> Arrival | None:
        here = self._subnet(subnet)
        attachments = [one for one in self.account.transit_gateway_attachments if one.transit_gateway_id == gateway]
        entrance = next(one for one in attachments if one.vpc_id == here.vpc_id)
        door = [one for one in entrance.subnet_ids if self._subnet(one).availability_zone == here.availability_zone]
        if not door or not self._passes(door[0], "in", packet):
            return None
        tables = self.account.transit_gateway_route_tables
        table = next(one for one in tables if entrance.attachment_id in one.associations)
        routes = [(ip_network(one.destination), 1, one.attachment_id) for one in table.routes]
        for name in table.propagations:
            block = next(one.vpc_id for one in attachments if one.attachment_id == name)
            cidrs = next(one for one in self.account.vpcs if one.vpc_id == block)
            routes += [(ip_network(text), 0, name) for text in (*cidrs.cidrs, *cidrs.ipv6_cidrs)]
        fitting = [one for one in routes if packet.destination in one[0]]
        if not fitting:
            return None
        chosen = max(fitting, key=lambda one: (one[0].prefixlen, one[1]))[2]
        attachment = next((one for one in attachments if one.attachment_id == chosen), None)
        if attachment is None:
            return None
        exits = [one for one in attachment.subnet_ids if self._subnet(one).availability_zone == here.availability_zone]
        exits = exits or list(attachment.subnet_ids)
        return self._send(exits[self.turn % len(exits)], packet, "transit", depth + 1)

    def _route(self, subnet: str, destination: Address) -> tuple[str, str] | None:
        """The longest prefix; of equals the local one, then one for a block."""
        here = self._subnet(subnet)
        cidrs = next(one for one in self.account.vpcs if one.vpc_id == here.vpc_id)
        found = [(ip_network(text), 2, ("local", "")) for text in (*cidrs.cidrs, *cidrs.ipv6_cidrs)]
        own = [one for one in self.account.route_tables if subnet in one.subnet_ids]
        main = [one for one in self.account.route_tables if one.main and one.vpc_id == here.vpc_id]
        for route in (own or main)[0].routes:
            listed = route.destination.startswith("pl-")
            texts = self._listed(route.destination) if listed else (route.destination,)
            target = ("", "") if route.blackhole else (route.target, route.target_id)
            found += [(ip_network(text), int(not listed), target) for text in texts]
        fitting = [one for one in found if destination in one[0]]
        return max(fitting, key=lambda one: (one[0].prefixlen, one[1]))[2] if fitting else None

    def _crosses(self, subnet: str, place: str, packet: Packet) -> bool:
        """Between two subnets of one VPC; within one no network ACL is asked."""
        return subnet == place or (self._passes(subnet, "out", packet) and self._passes(place, "in", packet))

    def _passes(self, subnet: str, way: str, packet: Packet) -> bool:
        """The first entry that fits decides."""
        acls = [one for one in self.account.network_acls if subnet in one.subnet_ids]
        acls += [
            one for one in self.account.network_acls if one.is_default and one.vpc_id == self._subnet(subnet).vpc_id
        ]
        peer = packet.destination if way == "out" else packet.source
        for entry in sorted(acls[0].entries, key=lambda one: one.number):
            if entry.egress == (way == "out") and peer in ip_network(entry.cidr) and _carries(entry, packet):
                return bool(entry.allow)
        return False

    def _let_out(self, packet: Packet) -> bool:
        for group in self.account.security_groups:
            if group.group_id in self.workload.placement.security_group_ids:
                for rule in group.rules:
                    texts = (rule.cidr,) if rule.cidr else self._listed(rule.prefix_list_id)
                    fits = any(packet.destination in ip_network(text) for text in texts)
                    if rule.direction == "egress" and fits and _carries(rule, packet):
                        return True
        return False

    def _listed(self, name: str | None) -> tuple[str, ...]:
        return next(one.cidrs for one in self.account.prefix_lists if one.prefix_list_id == name)

    def _subnet(self, name: str) -> Any:
        return next(one for one in self.account.subnets if one.subnet_id == name)

    def _place(self, vpc: str, address: Address) -> str | None:
        for one in self.account.subnets:
            if one.vpc_id == vpc and any(address in ip_network(text) for text in (one.cidr, *one.ipv6_cidrs)):
                return str(one.subnet_id)
        return None

    def _address(self, subnet: str, version: int) -> Address | None:
        here = self._subnet(subnet)
        texts = (here.cidr,) if version == 4 else here.ipv6_cidrs
        borders = [each for text in texts if text for each in self._borders(text)]
        return borders[self.turn % len(borders)] if borders else None

    def _borders(self, text: str) -> list[Address]:
        """The addresses of a block at which any block of the account begins or ends."""
        own = ip_network(text)
        found = {own[0], own[-1]}
        for block in self._blocks:
            if block.version == own.version:
                found |= {each for each in (block[0], block[-1]) if each in own}
        return sorted(found)  # type: ignore[type-var]

    @cached_property
    def _blocks(self) -> list[IPv4Network | IPv6Network]:
        return [ip_network(text) for text in dict.fromkeys(_texts(self.account)) if text]


def _texts(account: Account) -> Iterator[str]:
    for table in account.route_tables:
        yield from (route.destination for route in table.routes if not route.destination.startswith("pl-"))
    yield from (route.destination for table in account.transit_gateway_route_tables for route in table.routes)
    yield from (entry.cidr for acl in account.network_acls for entry in acl.entries)
    yield from (text for listed in account.prefix_lists for text in listed.cidrs)


def borders(account: Account) -> Iterable[str]:
    """Every address at which any block of the account begins or ends, and the one before and behind."""
    own = (text for one in account.subnets for text in (one.cidr, *one.ipv6_cidrs))
    rules = (rule.cidr or "" for group in account.security_groups for rule in group.rules)
    for text in dict.fromkeys(chain(_texts(account), own, rules)):
        if text:
            block = ip_network(text)
            for number in (int(block[0]) - 1, int(block[0]), int(block[-1]), int(block[-1]) + 1):
                if 0 <= number < 1 << block.max_prefixlen:
                    yield str(type(block[0])(number))


def _carries(rule: Any, packet: Packet) -> bool:
    """Whether a rule or an entry is for the packet's protocol and port."""
    if rule.protocol == "-1":
        return True
    number = NUMBERS.get(rule.protocol) or int(rule.protocol)
    if number != packet.protocol:
        return False
    ported = number in (TCP, UDP) and rule.from_port is not None
    return not ported or rule.from_port <= packet.port <= rule.to_port
