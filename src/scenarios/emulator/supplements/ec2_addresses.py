"""EC2: addresses of interfaces and names for them, what a VPC's IPv6 block brings with it, and the
source/destination check.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from scenarios.emulator.supplements.record import Held, Record, parameters, succeeded

_ALL = "::/0"


def register(events: Any, record: Record) -> None:
    """Act on moto's backend after the calls whose effects it leaves out."""
    _interfaces(events, record)
    _names(events)
    _blocks(events, record)
    _checks(events, record)


def _names(events: Any) -> None:
    """In a subnet of IPv6 alone moto makes a name of an address that it takes for one of IPv4, and breaks down."""

    def prepare(context: Any, **_: Any) -> None:
        module: Any = import_module("moto.ec2.models.elastic_network_interfaces")
        named = module.generate_dns_from_ip
        if parameters(context).get("Ipv6Native") and not getattr(named, "of_any_version", False):

            def name(address: Any, dns_type: str = "internal") -> str:
                return f"{address}.{dns_type}".replace(":", "-") if ":" in str(address) else named(address, dns_type)

            module.generate_dns_from_ip = name
            module.generate_dns_from_ip.of_any_version = True

    events.register("before-call.ec2.CreateSubnet", prepare)


def _backend(record: Record) -> Any:
    from moto.ec2.models import ec2_backends

    return ec2_backends[record.account_id][record.region]


def _interfaces(events: Any, record: Record) -> None:
    """Addresses that were asked for, or one where the subnet gives one to every new interface."""

    def run(context: Any, http_response: Any, parsed: Held, **_: Any) -> None:
        if not succeeded(http_response):
            return
        asked = parameters(context)
        cards = {int(card.get("DeviceIndex", 0)): card for card in asked.get("NetworkInterfaces") or []}
        for instance in parsed.get("Instances", []):
            interfaces = _backend(record).get_instance(instance["InstanceId"]).nics
            if len(interfaces) > 1:
                _without_public_address(interfaces)
            for index, interface in interfaces.items():
                card = cards.get(index, {})
                if "NetworkInterfaceId" not in card:
                    _address(record, interface, card or asked)

    def create(context: Any, http_response: Any, parsed: Held, **_: Any) -> None:
        if succeeded(http_response):
            interface = _backend(record).get_network_interface(parsed["NetworkInterface"]["NetworkInterfaceId"])
            _address(record, interface, parameters(context))

    events.register("after-call.ec2.RunInstances", run)
    events.register("after-call.ec2.CreateNetworkInterface", create)


def _without_public_address(interfaces: dict[int, Any]) -> None:
    """ "You can't auto-assign a public IP address if you specify more than one network interface":
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/working-with-ip-addresses.html"""
    for interface in interfaces.values():
        if interface.public_ip_auto_assign:
            interface.public_ip_auto_assign, interface.public_ip = False, None


def _address(record: Record, interface: Any, asked: Held) -> None:
    given = [str(item["Ipv6Address"]) for item in asked.get("Ipv6Addresses") or []]
    default = 0 if given else int(interface.subnet.assign_ipv6_address_on_creation in (True, "true"))
    count = int(asked.get("Ipv6AddressCount") or default)
    if not interface.subnet.ipv6_cidr_block_associations:
        return
    missing = max(count - len(interface.ipv6_addresses), 0)
    _backend(record).assign_ipv6_addresses(interface.id, given, missing)


def _blocks(events: Any, record: Record) -> None:
    """With a VPC's IPv6 block come entries of its default network ACL, and rules of the groups whose outbound rules
    are still those that EC2 made."""
    changed = record.of("ec2.groups-with-own-egress")

    def change(context: Any, http_response: Any, **_: Any) -> None:
        if succeeded(http_response):
            changed[str(parameters(context).get("GroupId"))] = {}

    def associate(context: Any, http_response: Any, parsed: Held, **_: Any) -> None:
        if not succeeded(http_response) or "Ipv6CidrBlockAssociation" not in parsed:
            return
        vpc, backend = str(parameters(context)["VpcId"]), _backend(record)
        for acl in _default_acls(backend, vpc):
            _open(backend, acl)
        for identifier, group in backend.groups.get(vpc, {}).items():
            if identifier not in changed and not any(_ALL in rule.ip_range.values() for rule in group.egress_rules):
                _let_out(backend, group)

    for direction in ("Authorize", "Revoke"):
        events.register(f"after-call.ec2.{direction}SecurityGroupEgress", change)
    events.register("after-call.ec2.AssociateVpcCidrBlock", associate)


def _default_acls(backend: Any, vpc: str) -> Iterator[Any]:
    return (acl for acl in backend.network_acls.values() if acl.vpc_id == vpc and str(acl.default).lower() == "true")


def _open(backend: Any, acl: Any) -> None:
    """The entries of a default network ACL for IPv6, unless it has them."""
    if any(entry.ipv6_cidr_block for entry in acl.network_acl_entries):
        return
    for egress in (True, False):
        for number, action in ((101, "allow"), (32768, "deny")):
            backend.create_network_acl_entry(
                network_acl_id=acl.id,
                rule_number=number,
                protocol="-1",
                rule_action=action,
                egress=egress,
                cidr_block=None,
                icmp_code=None,
                icmp_type=None,
                port_range_from=None,
                port_range_to=None,
                ipv6_cidr_block=_ALL,
            )


def _let_out(backend: Any, group: Any) -> None:
    from moto.ec2.models.security_groups import SecurityGroupRule

    group.egress_rules.append(SecurityGroupRule(backend, "-1", group.id, None, None, {"CidrIpv6": _ALL}))


def _checks(events: Any, record: Record) -> None:
    """An instance's source/destination check is the one of its primary interface."""

    def check(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        if succeeded(http_response) and "SourceDestCheck" in asked:
            cards = _backend(record).get_instance(asked["InstanceId"]).nics
            if 0 in cards:
                cards[0].source_dest_check = bool(asked["SourceDestCheck"].get("Value"))

    events.register("after-call.ec2.ModifyInstanceAttribute", check)
