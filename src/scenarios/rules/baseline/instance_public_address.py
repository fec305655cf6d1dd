from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import Subnet
from scenarios.account.workload import EcsService, Instance, LaunchTemplate, ScalingGroup, Workload
from scenarios.finding import Confidence, Judgement, Origin, Severity
from scenarios.network.routes.addressed import may_have_public_address, public_address
from scenarios.rules.flows import FLOW_TYPES
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=(*FLOW_TYPES, "AWS::EC2::EIP", "AWS::EC2::EIPAssociation"),
    remediation="Set AssociatePublicIpAddress to false (AssignPublicIp to DISABLED), and reach it through a load "
    "balancer or Session Manager.",
    controls=(
        "SecurityHub/EC2.9",
        "SecurityHub/EC2.25",
        "SecurityHub/AutoScaling.5",
        "SecurityHub/ECS.2",
        "CKV_AWS_88",
        "Prowler/ec2_instance_public_ip",
        "Prowler/ec2_launch_template_no_public_ip",
    ),
)
def instance_public_address(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Instances and tasks have no public IPv4 address.

    By its own setting, by its subnet's or by an elastic address; a launch template by its own setting alone. Whether
    anybody gets to it is risky-port-reachable's to say.

    Source: "Amazon EC2 instance IP addressing",
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
    """
    known = {subnet.subnet_id: subnet for subnet in account.subnets}
    for workload in scope.workloads:
        if not may_have_public_address(workload):
            continue
        names = workload.placement.subnet_ids if workload.placement else ()
        subnets = [known[name] for name in names if name in known]
        about = [origin for subnet in subnets if (origin := prop(subnet, "MapPublicIpOnLaunch")) is not None]
        if _addressed(workload, subnets):
            yield violated(_place(workload), f"{workload.name} has a public address", *about)
        elif (doubt := workload.doubt_of_place()) is not None:
            yield unknown(workload.origin, f"whether {workload.name} has a public address: {doubt}")
        else:
            yield holds(_place(workload), f"{workload.name} has no public address", *about)


def _addressed(workload: Workload, subnets: list[Subnet]) -> bool:
    if isinstance(workload, LaunchTemplate | EcsService):
        return bool(workload.public_ip)
    return any(public_address(workload, subnet) for subnet in subnets)


def _place(workload: Workload) -> Origin | None:
    if isinstance(workload, Instance):
        return prop(workload, "NetworkInterfaces")
    if isinstance(workload, LaunchTemplate):
        return prop(workload, "LaunchTemplateData", "NetworkInterfaces")
    if isinstance(workload, ScalingGroup):
        return workload.origin
    return prop(workload, "NetworkConfiguration")
