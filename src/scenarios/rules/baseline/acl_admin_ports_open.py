from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import NetworkAcl
from scenarios.finding import Confidence, Judgement, Origin, Severity
from scenarios.network import acl_exposures
from scenarios.rules.exposures import ADMINISTRATION
from scenarios.rules.flows import ACL_TYPES
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    needs=(*ACL_TYPES, "AWS::EC2::Subnet", "AWS::EC2::VPC"),
    remediation="Give the subnets a network ACL that admits 22 and 3389 from the addresses that need them alone, or "
    "add a Deny with a lower number to the default one.",
    controls=(
        "SecurityHub/EC2.21",
        "Prowler/ec2_networkacl_allow_ingress_any_port",
        "Prowler/ec2_networkacl_allow_ingress_tcp_port_22",
        "Prowler/ec2_networkacl_allow_ingress_tcp_port_3389",
    ),
)
def acl_admin_ports_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No network ACL lets anybody in to SSH or RDP.

    Entries are taken in their order, IPv4 and IPv6. Judged for the template's own ACLs and for default ones that serve
    subnets: those admit everything. Security groups come behind, so that a violation alone opens nothing.

    Source: "Control subnet traffic with network access control lists",
    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
    """
    for acl in account.network_acls:
        if acl.vpc_id in dict(account.invented) or (acl.is_default and not acl.subnet_ids):
            continue
        yield from _judged(account, acl)


def _judged(account: Account, acl: NetworkAcl) -> Iterator[Judgement]:
    exposed = acl_exposures(account, acl, ADMINISTRATION)
    place = _place(account, acl)
    about = [origin for subnet in account.subnets if subnet.subnet_id in acl.subnet_ids for origin in (subnet.origin,)]
    for each in exposed.by:
        said = f"lets anybody in to {each}"
        if each.sure:
            yield violated(each.at or place, f"network ACL {acl.acl_id} {said}", *each.hangs)
        else:
            yield unknown(each.at or place, f"whether network ACL {acl.acl_id} {said} cannot be read", *each.hangs)
    if not exposed.by:
        yield holds(place, f"network ACL {acl.acl_id} lets nobody in to SSH or RDP", *exposed.hangs, *about)


def _place(account: Account, acl: NetworkAcl) -> Origin | None:
    vpc = next((vpc for vpc in account.vpcs if vpc.vpc_id == acl.vpc_id), None)
    return acl.origin or (vpc.origin if vpc else None)
