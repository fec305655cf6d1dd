"""ECS: the security group of a service that names none, without which moto's backend breaks down, and lost members.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.ec2 import default_group, vpc_of
from scenarios.emulator.supplements.record import Record
from scenarios.emulator.supplements.remembered import Lost

LOST = (
    Lost(
        "ecs",
        writes=("CreateService", "UpdateService"),
        reads=("DescribeServices",),
        key="serviceName",
        members=(
            *("enableExecuteCommand", "enableECSManagedTags", "healthCheckGracePeriodSeconds"),
            *("deploymentConfiguration", "placementConstraints", "placementStrategy", "availabilityZoneRebalancing"),
        ),
        within="services",
    ),
)


def register(events: Any, record: Record) -> None:
    """Complete the network configuration before moto sees it: AWS takes the VPC's default group."""

    def complete(params: dict[str, Any], **_: Any) -> None:
        place = (params.get("networkConfiguration") or {}).get("awsvpcConfiguration")
        if isinstance(place, dict) and place.get("subnets") and not place.get("securityGroups"):
            group = default_group(record, vpc_of(record, place["subnets"][0]))
            place["securityGroups"] = [group] if group else []

    for operation in ("CreateService", "UpdateService", "RunTask"):
        events.register(f"provide-client-params.ecs.{operation}", complete)
