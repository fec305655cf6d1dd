"""AWS::EC2: the ways out of a VPC, and the addresses that some of them need."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import create, tag
from scenarios.deployment.shapes import call
from scenarios.finding import PropertyPath


def _gateway(resource_type: str, operation: str, result: str, identity: str, attribute: str) -> None:
    """A gateway that one call makes."""

    @provider(resource_type)
    def make(request: Request) -> Created:
        identifier = create(request, operation, result, identity)[identity]
        return Created(identifier, {attribute: identifier}, identity=identifier)


_gateway(
    "AWS::EC2::InternetGateway",
    "CreateInternetGateway",
    "InternetGateway",
    "InternetGatewayId",
    "InternetGatewayId",
)
_gateway(
    "AWS::EC2::EgressOnlyInternetGateway",
    "CreateEgressOnlyInternetGateway",
    "EgressOnlyInternetGateway",
    "EgressOnlyInternetGatewayId",
    "Id",
)
_gateway("AWS::EC2::VPNGateway", "CreateVpnGateway", "VpnGateway", "VpnGatewayId", "VPNGatewayId")


@provider("AWS::EC2::VPCGatewayAttachment")
def vpc_gateway_attachment(request: Request) -> Created:
    """An internet or virtual private gateway on a VPC."""
    properties, client = request.properties, request.client("ec2")
    internet = "InternetGatewayId" in properties
    call(client, "AttachInternetGateway" if internet else "AttachVpnGateway", properties)
    gateway = str(properties["InternetGatewayId" if internet else "VpnGatewayId"])
    kind, vpc_id = "IGW" if internet else "VGW", str(properties["VpcId"])
    place = (gateway, "attachment", vpc_id)
    return Created(f"{kind}|{vpc_id}", {"AttachmentType": kind}, origins={place: ("Properties",)})


@provider("AWS::EC2::EIP")
def elastic_ip(request: Request) -> Created:
    """An elastic address, associated with an instance where the template names one."""
    properties, client = request.properties, request.client("ec2")
    given: dict[str, Any] = {"Domain": "vpc"}
    made = call(client, "AllocateAddress", properties, skip=("Tags", "InstanceId"), **given)
    identifier = made["AllocationId"]
    tag(request, identifier)
    lent = "InstanceId" in properties
    if lent:
        client.associate_address(AllocationId=identifier, InstanceId=str(properties["InstanceId"]))
    return Created(
        made["PublicIp"],
        {"AllocationId": identifier, "PublicIp": made["PublicIp"]},
        identity=identifier,
        origins=_lent(client, AllocationIds=[identifier]) if lent else {},
    )


@provider("AWS::EC2::EIPAssociation")
def elastic_ip_association(request: Request) -> Created:
    """An elastic address on an instance or interface."""
    client = request.client("ec2")
    made = call(client, "AssociateAddress", request.properties, rename={"EIP": "PublicIp"})
    filters = [{"Name": "association-id", "Values": [made["AssociationId"]]}]
    return Created(made["AssociationId"], {"Id": made["AssociationId"]}, origins=_lent(client, Filters=filters))


def _lent(client: Any, **which: Any) -> dict[tuple[str, ...], PropertyPath]:
    """That this resource gives an interface its elastic address."""
    found = client.describe_addresses(**which)["Addresses"]
    interfaces = {address.get("NetworkInterfaceId") for address in found} - {None}
    return {(str(interface), "address"): ("Properties",) for interface in interfaces}


@provider("AWS::EC2::NatGateway")
def nat_gateway(request: Request) -> Created:
    """A NAT gateway; public unless ConnectivityType says private."""
    properties = request.properties
    kind = {} if "ConnectivityType" in properties else {"ConnectivityType": "public"}
    made = create(request, "CreateNatGateway", "NatGateway", "NatGatewayId", **kind)
    identifier = made["NatGatewayId"]
    properties.ignore("MaxDrainDurationSeconds")
    addresses = made.get("NatGatewayAddresses") or [{}]
    attributes = {"NatGatewayId": identifier, "EniId": addresses[0].get("NetworkInterfaceId", "")}
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::VPCPeeringConnection")
def peering(request: Request) -> Created:
    """A peering connection; CloudFormation accepts one that stays within the account itself."""
    properties = request.properties
    made = create(request, "CreateVpcPeeringConnection", "VpcPeeringConnection", "VpcPeeringConnectionId")
    identifier = made["VpcPeeringConnectionId"]
    if str(properties.get("PeerOwnerId") or request.stack.account_id) == request.stack.account_id:
        request.client("ec2").accept_vpc_peering_connection(VpcPeeringConnectionId=identifier)
    properties.ignore("PeerRoleArn")
    return Created(identifier, {"Id": identifier}, identity=identifier)
