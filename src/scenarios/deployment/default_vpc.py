"""What names no VPC stands in the account's default VPC, of which a template says nothing.

Source: "Default VPCs", https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.placeholders import Inventor

_REASON = "it stands in the account's default VPC, which is outside the template"
_PLACES = {
    "AWS::EC2::Instance": ("SubnetId", ("NetworkInterfaces", "LaunchTemplate")),
    "AWS::EC2::SecurityGroup": ("VpcId", ()),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("Subnets", ()),
}
"""By type: the property that says where it stands, and those that may say so in its stead."""


def placed(resource_type: str, properties: dict[str, Any], inventor: Inventor, frame: Frame) -> dict[str, Any]:
    """The properties with a stand-in for the default VPC, its subnet or its subnets, where they name no place."""
    name, instead = _PLACES.get(resource_type, ("", ()))
    if not name or any(properties.get(key) for key in (name, *instead)):
        return properties
    frame.doubt(("Properties", name), _REASON)
    subnets = inventor.network.subnets("default")
    value: Any = inventor.network.vpc if name == "VpcId" else subnets[0] if name == "SubnetId" else subnets
    found = {**properties, name: value}
    if name == "Subnets":
        found.pop("AvailabilityZones", None)  # the default subnets' zones, said in the other way
    return found
