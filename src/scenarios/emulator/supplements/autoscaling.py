"""Auto Scaling: a launch configuration that leaves public addresses to the subnet, which moto answers as one without.

https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Held, Record, parameters, succeeded

_PUBLIC = "AssociatePublicIpAddress"


def register(events: Any, record: Record) -> None:
    """Remember which configurations say nothing of it."""
    silent = record.of("autoscaling.silent-configurations")

    def create(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        if succeeded(http_response) and _PUBLIC not in asked:
            silent[str(asked["LaunchConfigurationName"])] = {}

    def show(parsed: Held, **_: Any) -> None:
        for item in parsed.get("LaunchConfigurations", []):
            if item.get("LaunchConfigurationName") in silent:
                item.pop(_PUBLIC, None)

    events.register("after-call.autoscaling.CreateLaunchConfiguration", create)
    events.register("after-call.autoscaling.DescribeLaunchConfigurations", show)
