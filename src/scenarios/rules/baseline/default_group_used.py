from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import SecurityGroup
from scenarios.account.workload import LaunchTemplate
from scenarios.finding import Judgement, Severity
from scenarios.rules.flows import FLOW_TYPES
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=(*FLOW_TYPES, "AWS::OpenSearchService::Domain"),
    remediation="Name a security group of the template's own, and take the rule for the default one out.",
    controls=("SecurityHub/EC2.2", "Prowler/ec2_securitygroup_default_restrict_traffic"),
)
def default_group_used(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nothing stands in a VPC's default security group, and no rule is added to it.

    AWS makes the default group with a rule that admits its own members and one that lets everything out, and gives it
    to whatever names no group. No template can take these rules out (catalogues ask that they be gone), but one where
    nothing stands in the group opens nothing. Judged for workloads, VPC endpoints, network interfaces and OpenSearch
    domains, and for load balancers, databases, caches, file systems and other services that AWS puts into subnets.

    Source: "Default security groups for your VPCs",
    https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    """
    vpcs = {vpc.vpc_id: vpc for vpc in account.vpcs}
    invented = dict(account.invented)
    for group in account.security_groups:
        vpc = vpcs.get(group.vpc_id)
        if not group.is_default or vpc is None or vpc.vpc_id in invented:
            continue
        found = list(_uses(account, group))
        yield from found
        if not found:
            # What could not be deployed names a subnet: it may stand in the group.
            subnets = [subnet.origin for subnet in account.subnets if subnet.vpc_id == vpc.vpc_id]
            cards = [prop(card, "GroupSet") for card in account.network_interfaces if card.vpc_id == vpc.vpc_id]
            named = [prop(domain, "VPCOptions") for domain in account.search_domains if domain.subnet_ids]
            others = [prop(each, *path) for each in account.residents for path in each.said_by]
            said = f"nothing that is seen stands in the default security group of {vpc.vpc_id}"
            yield holds(vpc.origin, said, *subnets, *cards, *named, *others)


def _uses(account: Account, group: SecurityGroup) -> Iterator[Judgement]:
    for each in group.rules:
        if each.origin is not None and each.origin != group.origin:
            yield violated(each.origin, f"rule {each.rule_id} opens the default security group of {group.vpc_id}")
    for workload in account.workloads():
        place = workload.placement
        groups = place.security_group_ids if place else ()
        if isinstance(workload, LaunchTemplate):
            groups = (*groups, *workload.security_group_ids)
        said = f"{workload.name} stands in the default security group of {group.vpc_id}"
        doubt = workload.doubt_of_place()
        here = place is not None and place.vpc_id == group.vpc_id
        if group.group_id not in groups and (doubt is None or not here):
            continue
        yield violated(workload.origin, said) if doubt is None else unknown(workload.origin, f"whether {said}: {doubt}")
    yield from _besides(account, group)


def _besides(account: Account, group: SecurityGroup) -> Iterator[Judgement]:
    """What stands in the group and is no workload."""
    for endpoint in account.endpoints:
        own = endpoint.security_group_ids
        if endpoint.kind == "Interface" and endpoint.vpc_id == group.vpc_id and (not own or group.group_id in own):
            yield violated(endpoint.origin, f"endpoint {endpoint.service} stands in the default security group")
    for card in account.network_interfaces:
        if card.origin is not None and card.vpc_id == group.vpc_id and group.group_id in card.security_group_ids:
            said = f"network interface {card.interface_id} stands in the default security group of {group.vpc_id}"
            yield violated(prop(card, "GroupSet"), said)
    own_subnets = {subnet.subnet_id for subnet in account.subnets if subnet.vpc_id == group.vpc_id}
    for domain in account.search_domains:
        groups = domain.security_group_ids
        if own_subnets & set(domain.subnet_ids) and (not groups or group.group_id in groups):
            said = f"domain {domain.name} stands in the default security group of {group.vpc_id}"
            yield violated(prop(domain, "VPCOptions"), said)
    for resident in account.residents:
        groups = resident.security_group_ids
        without = resident.defaulted and not groups and bool(own_subnets & set(resident.subnet_ids))
        if group.group_id in groups or without:
            name = resident.origin.logical_id if resident.origin else "another resource"
            said = f"{name} ({resident.kind}) stands in the default security group of {group.vpc_id}"
            yield violated(prop(resident, *resident.said_by[-1]), said)
