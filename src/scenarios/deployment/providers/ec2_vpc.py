"""AWS::EC2: VPCs, subnets, and what is said of a whole VPC."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import create, held, tag, texts
from scenarios.deployment.providers.parts import part
from scenarios.deployment.recorded import record
from scenarios.deployment.shapes import call, flag
from scenarios.finding import PropertyPath

_POOLS = ("Ipv6Pool", "Ipv6IpamPoolId", "Ipv6CidrBlock")
_IPAM = ("Ipv4IpamPoolId", "Ipv4NetmaskLength", "Ipv6IpamPoolId", "Ipv6NetmaskLength")


@provider("AWS::EC2::VPC")
def vpc(request: Request) -> Created:
    """A VPC with its two DNS attributes: support is on by default, hostnames are off.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html
    """
    properties, client = request.properties, request.client("ec2")
    given: dict[str, Any] = {"CidrBlock": str(properties.get("CidrBlock") or "10.0.0.0/16")}
    if "CidrBlock" not in properties:
        properties.lose("CidrBlock")  # an address pool decides
    made = call(client, "CreateVpc", properties, skip=("Tags", *_IPAM), **given)["Vpc"]
    identifier = made["VpcId"]
    tag(request, identifier)
    support = flag(properties.get("EnableDnsSupport"), default=True)
    client.modify_vpc_attribute(VpcId=identifier, EnableDnsSupport={"Value": support})
    names = flag(properties.get("EnableDnsHostnames"))
    client.modify_vpc_attribute(VpcId=identifier, EnableDnsHostnames={"Value": names})
    mine = [{"Name": "vpc-id", "Values": [identifier]}]
    blocks: list[str] = []
    held(request)[("ipv6-blocks", identifier)] = blocks
    attributes = {
        "VpcId": identifier,
        "CidrBlock": made["CidrBlock"],
        "CidrBlockAssociations": [item["AssociationId"] for item in made.get("CidrBlockAssociationSet", [])],
        "Ipv6CidrBlocks": blocks,
        "DefaultSecurityGroup": client.describe_security_groups(Filters=mine)["SecurityGroups"][0]["GroupId"],
        "DefaultNetworkAcl": client.describe_network_acls(Filters=mine)["NetworkAcls"][0]["NetworkAclId"],
    }
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::VPCCidrBlock")
def vpc_cidr_block(request: Request) -> Created:
    """A further block of a VPC; an IPv6 one shows in the VPC's `Ipv6CidrBlocks` from then on.

    What a pool of addresses gives is not known: of IPv6, Amazon's own stands in for it.
    """
    properties, client = request.properties, request.client("ec2")
    identifier = str(properties["VpcId"])
    pooled = any(key in properties for key in _POOLS)
    if not pooled and not {"CidrBlock", "AmazonProvidedIpv6CidrBlock"} & set(properties):
        return record(request, "a pool of addresses decides the block")
    six: dict[str, Any] = {"AmazonProvidedIpv6CidrBlock": True} if pooled else {}
    made = call(client, "AssociateVpcCidrBlock", properties, skip=(*_IPAM, *_POOLS), **six)
    found = made.get("CidrBlockAssociation") or made.get("Ipv6CidrBlockAssociation") or {}
    if "Ipv6CidrBlock" in found:
        held(request).setdefault(("ipv6-blocks", identifier), []).append(found["Ipv6CidrBlock"])
    association = str(found["AssociationId"])
    place = (identifier, "cidr", str(found.get("CidrBlock") or found.get("Ipv6CidrBlock")))
    shown = ((identifier, "Ipv6CidrBlocks"),) if "Ipv6CidrBlock" in found else ()
    return Created(association, {"Id": association}, origins={place: ("Properties",)}, shown=shown)


@provider("AWS::EC2::Subnet")
def subnet(request: Request) -> Created:
    """A subnet. Whether instances get a public address is said either way: the emulator has defaults of its own."""
    properties, client = request.properties, request.client("ec2")
    skip = ("Tags", *_IPAM)
    made = call(client, "CreateSubnet", properties, skip=skip)["Subnet"]
    identifier = made["SubnetId"]
    tag(request, identifier)
    six = flag(properties.get("Ipv6Native"))  # then interfaces have no other addresses
    for key, default in (("MapPublicIpOnLaunch", False), ("AssignIpv6AddressOnCreation", six)):
        client.modify_subnet_attribute(SubnetId=identifier, **{key: {"Value": flag(properties.get(key), default)}})
    filters = [{"Name": "association.subnet-id", "Values": [identifier]}]
    acls = client.describe_network_acls(Filters=filters)["NetworkAcls"]
    associations = [item for acl in acls for item in acl["Associations"] if item["SubnetId"] == identifier]
    attributes = {
        "SubnetId": identifier,
        "AvailabilityZone": made["AvailabilityZone"],
        "AvailabilityZoneId": made.get("AvailabilityZoneId", ""),
        "CidrBlock": made.get("CidrBlock", ""),
        "VpcId": made["VpcId"],
        "Ipv6CidrBlocks": [item["Ipv6CidrBlock"] for item in made.get("Ipv6CidrBlockAssociationSet", [])],
        "NetworkAclAssociationId": associations[0]["NetworkAclAssociationId"] if associations else "",
        "OutpostArn": str(properties.get("OutpostArn", "")),
    }
    named = "AvailabilityZone" in properties
    zone: dict[tuple[str, ...], PropertyPath] = {(identifier, "zone"): ("Properties", "AvailabilityZone")}
    return Created(identifier, attributes, identity=identifier, origins=zone if named else {})


@provider("AWS::EC2::SubnetCidrBlock")
def subnet_cidr_block(request: Request) -> Created:
    """An IPv6 block of a subnet."""
    made = call(request.client("ec2"), "AssociateSubnetCidrBlock", request.properties, skip=_IPAM)
    found = made["Ipv6CidrBlockAssociation"]
    association = str(found["AssociationId"])
    place = (str(request.properties["SubnetId"]), "cidr", str(found["Ipv6CidrBlock"]))
    return Created(association, {"Id": association}, origins={place: ("Properties",)})


_OPTIONS = {
    "DomainName": "domain-name",
    "DomainNameServers": "domain-name-servers",
    "NtpServers": "ntp-servers",
    "NetbiosNameServers": "netbios-name-servers",
    "NetbiosNodeType": "netbios-node-type",
    "Ipv6AddressPreferredLeaseTime": "ipv6-address-preferred-lease-time",
}


@provider("AWS::EC2::DHCPOptions")
def dhcp_options(request: Request) -> Created:
    """A DHCP option set."""
    properties = request.properties
    configured = [{"Key": api, "Values": texts(properties[key])} for key, api in _OPTIONS.items() if key in properties]
    made = request.client("ec2").create_dhcp_options(DhcpConfigurations=configured)["DhcpOptions"]
    identifier = made["DhcpOptionsId"]
    tag(request, identifier)
    return Created(identifier, {"DhcpOptionsId": identifier}, identity=identifier)


@provider("AWS::EC2::VPCDHCPOptionsAssociation")
def dhcp_association(request: Request) -> Created:
    """A VPC's DHCP option set."""
    properties = request.properties
    options, identifier = str(properties["DhcpOptionsId"]), str(properties["VpcId"])
    request.client("ec2").associate_dhcp_options(DhcpOptionsId=options, VpcId=identifier)
    return Created(f"{options}|{identifier}", origins={(identifier, "dhcp-options"): ("Properties",)})


@provider("AWS::EC2::PrefixList")
def prefix_list(request: Request) -> Created:
    """A customer managed prefix list."""
    entries = len(request.properties.get("Entries") or [])
    more = {} if "MaxEntries" in request.properties else {"MaxEntries": max(entries, 1)}
    made = create(request, "CreateManagedPrefixList", "PrefixList", "PrefixListId", **more)
    identifier = made["PrefixListId"]
    attributes = {"PrefixListId": identifier, "Arn": made["PrefixListArn"], "OwnerId": made["OwnerId"], "Version": 1}
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::FlowLog")
def flow_log(request: Request) -> Created:
    """A flow log."""
    properties = request.properties
    given: dict[str, Any] = {"ResourceIds": [str(properties["ResourceId"])]}
    made = call(request.client("ec2"), "CreateFlowLogs", properties, skip=("Tags",), **given)
    if made.get("Unsuccessful"):
        raise ValueError(str(made["Unsuccessful"][0]["Error"].get("Message", "not created")))
    identifier = made["FlowLogIds"][0]
    with part(properties, "Tags"):
        tag(request, identifier)
    return Created(identifier, {"Id": identifier}, identity=identifier)
