"""AWS::EC2: instances and what they start from."""

from __future__ import annotations

import base64
from typing import Any

from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import ec2, number, tag, texts
from scenarios.deployment.shapes import convert, flag

_HEX = "0123456789abcdef"


@provider("AWS::EC2::Instance")
def instance(request: Request) -> Created:
    """An instance; its user data is stored and never run."""
    properties = request.properties
    given: dict[str, Any] = {
        "ImageId": str(properties.get("ImageId") or f"ami-{digest(request.logical_id, 17, _HEX)}"),
        "InstanceType": str(properties.get("InstanceType", "m1.small")),
        "MinCount": 1,
        "MaxCount": 1,
    }
    interfaces = properties.get("NetworkInterfaces")
    if interfaces:
        given["NetworkInterfaces"] = [_interface(item) for item in interfaces]
    else:
        given["SubnetId"] = properties.get("SubnetId")
        given["SecurityGroupIds"] = texts(properties.get("SecurityGroupIds"))
        given["SecurityGroups"] = texts(properties.get("SecurityGroups"))
    if "IamInstanceProfile" in properties:
        given["IamInstanceProfile"] = {"Name": str(properties["IamInstanceProfile"])}
    if "UserData" in properties:
        given["UserData"] = _decoded(str(properties["UserData"]))
    if "MetadataOptions" in properties:
        shape = request.client("ec2").meta.service_model.operation_model("RunInstances").input_shape
        given["MetadataOptions"] = convert(shape.members["MetadataOptions"], properties["MetadataOptions"])
    if "LaunchTemplate" in properties:
        given["LaunchTemplate"] = {key: str(value) for key, value in properties["LaunchTemplate"].items()}
    properties.ignore("KeyName", "BlockDeviceMappings", "Monitoring", "EbsOptimized", "Tenancy", "AvailabilityZone")
    made = ec2(request, "run_instances", **given)["Instances"][0]
    identifier = made["InstanceId"]
    tag(request, identifier)
    attributes = {
        "InstanceId": identifier,
        "AvailabilityZone": made.get("Placement", {}).get("AvailabilityZone", ""),
        "PrivateDnsName": made.get("PrivateDnsName", ""),
        "PrivateIp": made.get("PrivateIpAddress", ""),
        "PublicDnsName": made.get("PublicDnsName", ""),
        "PublicIp": made.get("PublicIpAddress", ""),
        "VpcId": made.get("VpcId", ""),
    }
    return Created(identifier, attributes, identity=identifier)


def _interface(item: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"DeviceIndex": number(item.get("DeviceIndex", 0)) or 0}
    if "NetworkInterfaceId" in item:
        made["NetworkInterfaceId"] = str(item["NetworkInterfaceId"])
    if "SubnetId" in item:
        made["SubnetId"] = str(item["SubnetId"])
    if "GroupSet" in item:
        made["Groups"] = texts(item["GroupSet"])
    if "AssociatePublicIpAddress" in item:
        made["AssociatePublicIpAddress"] = flag(item["AssociatePublicIpAddress"])
    return made


def _decoded(text: str) -> str:
    """User data comes encoded from the template and is encoded once more by boto3."""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except ValueError:
        return text


@provider("AWS::EC2::LaunchTemplate")
def launch_template(request: Request) -> Created:
    """A launch template."""
    properties = request.properties
    client = request.client("ec2")
    shape = client.meta.service_model.operation_model("CreateLaunchTemplate").input_shape
    data = convert(shape.members["LaunchTemplateData"], properties["LaunchTemplateData"])
    name = str(properties.get("LaunchTemplateName") or request.name(max_length=128))
    made = client.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)["LaunchTemplate"]
    properties.ignore("TagSpecifications", "VersionDescription")
    identifier = made["LaunchTemplateId"]
    attributes = {"LaunchTemplateId": identifier, "LatestVersionNumber": "1", "DefaultVersionNumber": "1"}
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::KeyPair")
def key_pair(request: Request) -> Created:
    """A key pair."""
    properties = request.properties
    made = request.client("ec2").create_key_pair(KeyName=str(properties["KeyName"]))
    properties.ignore("KeyType", "KeyFormat", "PublicKeyMaterial", "Tags")
    attributes = {"KeyPairId": made["KeyPairId"], "KeyFingerprint": made["KeyFingerprint"]}
    return Created(str(made["KeyName"]), attributes)
