from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import SecurityGroup
from scenarios.account.workload import LaunchTemplate
from scenarios.finding import Judgement, Severity
from scenarios.rules.flows import FLOW_TYPES
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=FLOW_TYPES,
    remediation="Name a security group of the template's own, and take the rule for the default one out.",
    controls=("SecurityHub/EC2.2", "Prowler/ec2_securitygroup_default_restrict_traffic"),
)
def default_group_used(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nothing stands in a VPC's default security group, and no rule is added to it.

    AWS makes the default group with a rule that admits its own members and one that lets everything out, and gives it
    to whatever names no group. No template can take these rules out (catalogues ask that they be gone), but one where
    nothing stands in the group opens nothing.

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
            subnets = (subnet.origin for subnet in account.subnets if subnet.vpc_id == vpc.vpc_id)
            yield holds(vpc.origin, f"nothing stands in the default security group of {vpc.vpc_id}", *subnets)


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
    for endpoint in account.endpoints:
        own = endpoint.security_group_ids
        if endpoint.kind == "Interface" and endpoint.vpc_id == group.vpc_id and (not own or group.group_id in own):
            yield violated(endpoint.origin, f"endpoint {endpoint.service} stands in the default security group")
