"""AWS::AutoScaling."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, flag, text
from scenarios.finding import PropertyPath


@provider("AWS::AutoScaling::AutoScalingGroup")
def group(request: Request) -> Created:
    """A group; the instances that it starts have it for their origin."""
    properties, client = request.properties, request.client("autoscaling")
    name = str(properties.get("AutoScalingGroupName") or request.name(max_length=255))
    given: dict[str, Any] = {"AutoScalingGroupName": name}
    subnets = properties.get("VPCZoneIdentifier")
    if subnets:
        given["VPCZoneIdentifier"] = ",".join(map(str, subnets)) if isinstance(subnets, list) else str(subnets)
    if properties.get("Tags"):
        given["Tags"] = [_tag(tag, name) for tag in properties["Tags"]]
    rename = {"Cooldown": "DefaultCooldown"}
    call(client, "CreateAutoScalingGroup", properties, rename=rename, skip=_unknown_zones(request), **given)
    shown = client.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"][0]
    arn = shown["AutoScalingGroupARN"]
    instances: dict[tuple[str, ...], PropertyPath] = {(item["InstanceId"],): () for item in shown.get("Instances", [])}
    return Created(name, {"AutoScalingGroupARN": arn}, identity=arn, origins=instances)


def _unknown_zones(request: Request) -> tuple[str, ...]:
    """Zones that EC2 would compare with those of the subnets, where nobody knows whether the two agree."""
    places = ("AvailabilityZones", "VPCZoneIdentifier")
    if not all(request.properties.peek().get(key) for key in places):
        return ()
    if not any(request.doubt(("Properties", key, 0)) for key in places):
        return ()
    request.properties.ignore("AvailabilityZones")
    return ("AvailabilityZones",)


def _tag(tag: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        "ResourceId": name,
        "ResourceType": "auto-scaling-group",
        "Key": text(tag["Key"]),
        "Value": text(tag["Value"]),
        "PropagateAtLaunch": flag(tag.get("PropagateAtLaunch")),
    }


def _monitored(request: Request) -> dict[str, Any]:
    """A boolean in templates, a mapping in the API; on by default."""
    return {"InstanceMonitoring": {"Enabled": flag(request.properties.get("InstanceMonitoring"), default=True)}}


simple(
    "AWS::AutoScaling::LaunchConfiguration",
    "autoscaling",
    "CreateLaunchConfiguration",
    ref="{LaunchConfigurationName}",
    identity="autoscaling:launch-configuration:{LaunchConfigurationName}",
    name="LaunchConfigurationName",
    max_length=255,
    skip=("InstanceMonitoring",),
    more=_monitored,
)
