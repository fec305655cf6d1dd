"""AWS::EC2: instances, and what they start from and are made of."""

from __future__ import annotations

import base64
from typing import Any

from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Created, Properties, Request, provider
from scenarios.deployment.providers.ec2_common import create, tag
from scenarios.deployment.providers.parts import part
from scenarios.deployment.shapes import call, convert, fit, flag, member, text
from scenarios.finding import PropertyPath

_HEX = "0123456789abcdef"
_SEPARATE = ("Tags", "IamInstanceProfile", "UserData", "NetworkInterfaces", "Monitoring", "BlockDeviceMappings")
_NO_FIRST = "When specifying network interfaces, you must include a device at index 0."
"""How EC2 says it."""
_PLACEMENT = {"Tenancy": "Tenancy", "AvailabilityZone": "AvailabilityZone", "HostId": "HostId", "Affinity": "Affinity"}


@provider("AWS::EC2::Instance")
def instance(request: Request) -> Created:
    """An instance; its user data is stored and never run."""
    properties, client = request.properties, request.client("ec2")
    given = fit(client.meta.service_model.operation_model("RunInstances").input_shape, properties, skip=_SEPARATE)
    given |= {"MinCount": 1, "MaxCount": 1, **_translated(request)}
    if "LaunchTemplate" not in given:
        given.setdefault("ImageId", f"ami-{digest(request.logical_id, 17, _HEX)}")
    if given.get("NetworkInterfaces"):  # the interfaces say it all, and EC2 refuses it twice
        for key in ("SubnetId", "SecurityGroupIds", "SecurityGroups", "PrivateIpAddress"):
            given.pop(key, None)
        if all(card.get("DeviceIndex") != 0 for card in given["NetworkInterfaces"]):
            raise ValueError(_NO_FIRST)
    identifier = client.run_instances(**given)["Instances"][0]["InstanceId"]
    tag(request, identifier)
    if "SourceDestCheck" in properties:
        with part(properties, "SourceDestCheck"):
            check = {"Value": flag(properties["SourceDestCheck"])}
            client.modify_instance_attribute(InstanceId=identifier, SourceDestCheck=check)
    shown = client.describe_instances(InstanceIds=[identifier])["Reservations"][0]["Instances"][0]
    attributes = {
        "InstanceId": identifier,
        "AvailabilityZone": shown.get("Placement", {}).get("AvailabilityZone", ""),
        "PrivateDnsName": shown.get("PrivateDnsName", ""),
        "PrivateIp": shown.get("PrivateIpAddress", ""),
        "PublicDnsName": shown.get("PublicDnsName", ""),
        "PublicIp": shown.get("PublicIpAddress", ""),
        "VpcId": shown.get("VpcId", ""),
    }
    return Created(identifier, attributes, identity=identifier, origins=_said(properties, shown))


def _said(properties: Properties, shown: dict[str, Any]) -> dict[tuple[str, ...], PropertyPath]:
    """Where the template says the private address of an interface that it makes with the instance."""
    places: dict[int, PropertyPath] = {}
    if properties.get("PrivateIpAddress"):
        places[0] = ("Properties", "PrivateIpAddress")
    for index, card in enumerate(properties.get("NetworkInterfaces") or []):
        for key in ("PrivateIpAddress", "PrivateIpAddresses"):
            if card.get(key) and "NetworkInterfaceId" not in card:
                places[int(card.get("DeviceIndex") or 0)] = ("Properties", "NetworkInterfaces", index, key)
    cards = shown.get("NetworkInterfaces", [])
    made = {card["Attachment"]["DeviceIndex"]: card["NetworkInterfaceId"] for card in cards}
    return {(made[device], "private-address"): place for device, place in places.items() if device in made}


def _translated(request: Request) -> dict[str, Any]:
    """What CloudFormation calls or forms otherwise than RunInstances."""
    properties, client = request.properties, request.client("ec2")
    made: dict[str, Any] = {}
    if properties.get("IamInstanceProfile"):
        made["IamInstanceProfile"] = {"Name": text(properties["IamInstanceProfile"])}
    if properties.get("SecurityGroups") and request.doubt(("Properties", "SubnetId")) is not None:
        # In the default VPC, which a subnet of our own stands in for, groups go by their names.
        made["SecurityGroupIds"] = [_group(request, text(name)) for name in properties["SecurityGroups"]]
        made["SecurityGroups"] = []
    if "UserData" in properties:
        made["UserData"] = _decoded(text(properties["UserData"]))
    if "Monitoring" in properties:
        made["Monitoring"] = {"Enabled": flag(properties["Monitoring"])}
    placement = {api: text(properties[key]) for key, api in _PLACEMENT.items() if properties.get(key)}
    if placement:
        made["Placement"] = placement
    for key, renamed in (("NetworkInterfaces", _interface), ("BlockDeviceMappings", _device)):
        if properties.get(key):
            items = [renamed(item) for item in properties[key]]
            made[key] = convert(member(client, "RunInstances", key), items, properties.lose, key)
    return made


def _group(request: Request, name: str) -> str:
    """A security group's id by its name; what has the form of an id already stays as it is."""
    filters = [{"Name": "group-name", "Values": [name]}]
    found = request.client("ec2").describe_security_groups(Filters=filters)["SecurityGroups"]
    return str(found[0]["GroupId"]) if found else name


def _interface(item: dict[str, Any]) -> dict[str, Any]:
    made = {"Groups" if key == "GroupSet" else key: value for key, value in item.items()}
    return {"DeviceIndex": 0, **made}


def _device(item: dict[str, Any]) -> dict[str, Any]:
    return {key: "" if key == "NoDevice" else value for key, value in item.items()}


def _decoded(encoded: str) -> str:
    """User data comes encoded from the template and is encoded once more by boto3."""
    try:
        return base64.b64decode(encoded, validate=True).decode("utf-8", "replace")
    except ValueError:
        return encoded


@provider("AWS::EC2::LaunchTemplate")
def launch_template(request: Request) -> Created:
    """A launch template."""
    properties = request.properties
    given: dict[str, Any] = {}
    if "LaunchTemplateName" not in properties:
        given["LaunchTemplateName"] = request.name(max_length=128)
    made = call(request.client("ec2"), "CreateLaunchTemplate", properties, skip=("TagSpecifications",), **given)
    identifier = made["LaunchTemplate"]["LaunchTemplateId"]
    for specification in properties.get("TagSpecifications") or []:
        tags = [{"Key": text(tag["Key"]), "Value": text(tag["Value"])} for tag in specification.get("Tags") or []]
        if tags and specification.get("ResourceType", "launch-template") == "launch-template":
            request.client("ec2").create_tags(Resources=[identifier], Tags=tags)
    attributes = {"LaunchTemplateId": identifier, "LatestVersionNumber": "1", "DefaultVersionNumber": "1"}
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::KeyPair")
def key_pair(request: Request) -> Created:
    """A key pair; a public key that the template brings is imported."""
    properties = request.properties
    operation = "ImportKeyPair" if "PublicKeyMaterial" in properties else "CreateKeyPair"
    made = call(request.client("ec2"), operation, properties, skip=("Tags",))
    tag(request, made["KeyPairId"])
    properties.ignore("KeyType", "KeyFormat")
    attributes = {"KeyPairId": made["KeyPairId"], "KeyFingerprint": made["KeyFingerprint"]}
    return Created(str(made["KeyName"]), attributes, identity=made["KeyPairId"])


@provider("AWS::EC2::Volume")
def volume(request: Request) -> Created:
    """An EBS volume."""
    properties = request.properties
    made = call(request.client("ec2"), "CreateVolume", properties, skip=("Tags",))
    identifier = made["VolumeId"]
    tag(request, identifier)
    properties.ignore("AutoEnableIO")
    return Created(identifier, {"VolumeId": identifier}, identity=identifier)


@provider("AWS::EC2::NetworkInterface")
def network_interface(request: Request) -> Created:
    """A network interface."""
    properties = request.properties
    groups: dict[str, Any] = {}
    if properties.get("GroupSet"):
        groups["Groups"] = [text(group) for group in properties["GroupSet"]]
    made = create(request, "CreateNetworkInterface", "NetworkInterface", "NetworkInterfaceId", **groups)
    identifier = made["NetworkInterfaceId"]
    if "SourceDestCheck" in properties:
        check = {"Value": flag(properties["SourceDestCheck"])}
        request.client("ec2").modify_network_interface_attribute(NetworkInterfaceId=identifier, SourceDestCheck=check)
    addresses = [item["PrivateIpAddress"] for item in made.get("PrivateIpAddresses", []) if not item.get("Primary")]
    attributes = {
        "Id": identifier,
        "PrimaryPrivateIpAddress": made.get("PrivateIpAddress", ""),
        "SecondaryPrivateIpAddresses": addresses,
        "PrimaryIpv6Address": "",
        "VpcId": made.get("VpcId", ""),
    }
    origins: dict[tuple[str, ...], PropertyPath] = {}
    for key in ("PrivateIpAddress", "PrivateIpAddresses"):
        if properties.get(key):
            origins[identifier, "private-address"] = ("Properties", key)
    return Created(identifier, attributes, identity=identifier, origins=origins)


@provider("AWS::EC2::NetworkInterfaceAttachment")
def network_interface_attachment(request: Request) -> Created:
    """A further network interface of an instance."""
    properties = request.properties
    made = call(request.client("ec2"), "AttachNetworkInterface", properties, skip=("DeleteOnTermination",))
    properties.ignore("DeleteOnTermination")
    place = (text(properties["NetworkInterfaceId"]), "attachment")
    return Created(made["AttachmentId"], {"AttachmentId": made["AttachmentId"]}, origins={place: ("Properties",)})
