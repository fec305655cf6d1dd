"""Network interfaces: where they stand, and which addresses they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.account.network import Placement
from scenarios.account.workload import Interface
from scenarios.finding import PropertyPath
from scenarios.observation.reader import Reader


def placement(subnets: Any, groups: Any) -> Placement | None:
    """Where interfaces stand; the VPC is filled in when all subnets are known."""
    wanted = tuple(dict.fromkeys(str(subnet) for subnet in subnets or () if subnet))
    if not wanted:
        return None
    return Placement(subnet_ids=wanted, security_group_ids=tuple(dict.fromkeys(str(group) for group in groups or ())))


def attached(reader: Reader, instance: str, item: Mapping[str, Any]) -> tuple[Interface, ...]:
    """The interfaces of an instance, the primary one first; one at least."""
    cards = [card for card in item.get("NetworkInterfaces") or [] if card.get("SubnetId")]
    found = sorted((_interface(reader, instance, item, card) for card in cards), key=lambda each: each.device)
    if found:
        return tuple(found)
    return (
        Interface(
            placement=placement([item.get("SubnetId")], _groups(item.get("SecurityGroups"))),
            public_ip=bool(item.get("PublicIpAddress")),
            ipv6=bool(item.get("Ipv6Address")),
            origin=reader.origin(instance),
        ),
    )


def _interface(reader: Reader, instance: str, item: Mapping[str, Any], card: Mapping[str, Any]) -> Interface:
    identifier = str(card.get("NetworkInterfaceId"))
    device = int((card.get("Attachment") or {}).get("DeviceIndex") or 0)
    groups = _groups(card.get("Groups")) or (_groups(item.get("SecurityGroups")) if device == 0 else [])
    public = (card.get("Association") or {}).get("PublicIp") or (item.get("PublicIpAddress") if device == 0 else None)
    # The emulator picks addresses too; those of a template's interfaces are known where the template says them.
    place = reader.origins.exact(identifier, "private-address")
    said = reader.origin(instance) is None or (place is not None and reader.doubt(place) is None)
    return Interface(
        device=device,
        placement=placement([card["SubnetId"]], groups),
        address=card.get("PrivateIpAddress") if said else None,
        public_ip=bool(public),
        ipv6=bool(card.get("Ipv6Addresses") or (item.get("Ipv6Address") if device == 0 else None)),
        uncertain=tuple(_unsure(reader, identifier)),
        origin=reader.origins.exact(identifier) or reader.origin(instance),
    )


def _groups(items: Any) -> list[str]:
    return [str(group["GroupId"]) for group in items or ()]


_PLACED = ("SubnetId", "GroupSet")


def _unsure(reader: Reader, identifier: str) -> Iterator[tuple[PropertyPath, str]]:
    """What of an interface that is a resource of its own, of its attachment and of its elastic address is not known."""
    for path, reason in reader.uncertain(reader.origins.exact(identifier)):
        if len(path) < 2 or path[1] in _PLACED:
            yield ("Properties", "NetworkInterfaces", *path[1:]), reason
    for part, setting in (("attachment", "NetworkInterfaces"), ("address", "PublicIp")):
        if (doubt := reader.doubt(reader.origins.exact(identifier, part))) is not None:
            yield ("Properties", setting), doubt
