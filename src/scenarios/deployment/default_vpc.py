"""What names no VPC stands in the account's default VPC, of which a template says nothing.

Source: "Default VPCs", https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.invented_vpc import InventedVpc
from scenarios.deployment.placeholders import Inventor

_REASON = "it stands in the account's default VPC, which is outside the template"
_PLACES = {
    "AWS::AutoScaling::AutoScalingGroup": ("VPCZoneIdentifier", ()),
    "AWS::EC2::Instance": ("SubnetId", ("NetworkInterfaces", "LaunchTemplate")),
    "AWS::EC2::SecurityGroup": ("VpcId", ()),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("Subnets", ()),
    "AWS::RDS::DBInstance": ("VPCSecurityGroups", ("DBSubnetGroupName", "DBSecurityGroups", "DBClusterIdentifier")),
}
"""By type: the property that says where it stands, and those that may say so in its stead."""


def placed(resource_type: str, properties: dict[str, Any], inventor: Inventor, frame: Frame) -> dict[str, Any]:
    """The properties with a stand-in for the default VPC, its subnet or its subnets, where they name no place."""
    name, instead = _PLACES.get(resource_type, ("", ()))
    if resource_type == "AWS::EC2::Instance" and isinstance(properties.get("NetworkInterfaces"), list):
        return _interfaces(properties, inventor, frame)
    if not name or any(properties.get(key) for key in (name, *instead)):
        return properties
    frame.doubt(("Properties", name), _REASON)
    found = {**properties, name: _default(name, inventor.network)}
    if name == "Subnets":
        found.pop("AvailabilityZones", None)  # the default subnets' zones, said in the other way
    return found


def _interfaces(properties: dict[str, Any], inventor: Inventor, frame: Frame) -> dict[str, Any]:
    """The properties with a stand-in for the default subnet in each interface that is made without a subnet."""
    cards = properties["NetworkInterfaces"]
    if not any(isinstance(card, dict) and str(card.get("DeviceIndex", 0)) == "0" for card in cards):
        return properties  # EC2 refuses it
    found: list[Any] = []
    for index, card in enumerate(cards):
        placeless = isinstance(card, dict) and not (card.get("SubnetId") or card.get("NetworkInterfaceId"))
        if placeless:
            frame.doubt(("Properties", "NetworkInterfaces", index, "SubnetId"), _REASON)
        found.append({**card, "SubnetId": _default("SubnetId", inventor.network)} if placeless else card)
    return {**properties, "NetworkInterfaces": found}


def _default(name: str, network: InventedVpc) -> Any:
    subnets = network.subnets("default")
    named: dict[str, Any] = {"VpcId": network.vpc, "SubnetId": subnets[0], "Subnets": subnets}
    named["VPCZoneIdentifier"] = subnets
    return named[name] if name in named else [network.thing("sg", "default")]
