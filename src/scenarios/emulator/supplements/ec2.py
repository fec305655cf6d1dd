"""EC2: what AWS fills in where an endpoint's creator says nothing.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Record


def register(events: Any, record: Record) -> None:
    """Complete CreateVpcEndpoint's parameters before moto sees them."""

    def complete(params: dict[str, Any], **_: Any) -> None:
        kind = params.setdefault("VpcEndpointType", "Gateway")
        if kind == "Interface":
            # Without groups an interface endpoint gets the VPC's default group; private DNS is on unless switched off.
            params.setdefault("PrivateDnsEnabled", True)
            group = default_group(record, str(params.get("VpcId")))
            if not params.get("SecurityGroupIds") and group:
                params["SecurityGroupIds"] = [group]

    events.register("provide-client-params.ec2.CreateVpcEndpoint", complete)


def default_group(record: Record, vpc_id: str) -> str | None:
    """The id of a VPC's default security group."""
    from moto.ec2.models import ec2_backends

    groups = ec2_backends[record.account_id][record.region].groups.get(vpc_id, {})
    return next((identifier for identifier, group in groups.items() if group.name == "default"), None)


def vpc_of(record: Record, subnet_id: str) -> str:
    """The VPC of a subnet; empty where there is no such subnet."""
    from moto.ec2.models import ec2_backends

    for subnets in ec2_backends[record.account_id][record.region].subnets.values():
        if subnet_id in subnets:
            return str(subnets[subnet_id].vpc_id)
    return ""
