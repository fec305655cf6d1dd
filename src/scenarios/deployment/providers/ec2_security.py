"""AWS::EC2: security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import ec2, number, tag
from scenarios.deployment.shapes import flag
from scenarios.finding import PropertyPath

Direction = Literal["ingress", "egress"]


@provider("AWS::EC2::SecurityGroup")
def security_group(request: Request) -> Created:
    """A security group with its inline rules.

    EC2 gives every new group a rule that lets all traffic out; CloudFormation takes it away where the template lists
    egress rules (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html).
    """
    properties = request.properties
    given: dict[str, Any] = {
        "GroupName": str(properties.get("GroupName") or request.name(max_length=255)),
        "Description": str(properties.get("GroupDescription") or "none"),
        "VpcId": properties.get("VpcId"),
    }
    identifier = ec2(request, "create_security_group", **given)["GroupId"]
    origins: dict[tuple[str, ...], PropertyPath] = {}
    for index, rule in enumerate(properties.get("SecurityGroupIngress") or []):
        for rule_id in authorize(request, identifier, "ingress", rule):
            origins[(identifier, "ingress", rule_id)] = ("Properties", "SecurityGroupIngress", index)
    egress = properties.get("SecurityGroupEgress") or []
    if egress:
        revoke_default_egress(request, identifier)
    for index, rule in enumerate(egress):
        for rule_id in authorize(request, identifier, "egress", rule):
            origins[(identifier, "egress", rule_id)] = ("Properties", "SecurityGroupEgress", index)
    tag(request, identifier)
    attributes = {"GroupId": identifier, "Id": identifier, "VpcId": properties.get("VpcId", "")}
    return Created(identifier, attributes, identity=identifier, origins=origins)


def authorize(request: Request, group: str, direction: Direction, rule: Mapping[str, Any]) -> list[str]:
    """Add one rule as CloudFormation writes it; the ids of the rules that EC2 made of it."""
    made = ec2(request, f"authorize_security_group_{direction}", GroupId=group, IpPermissions=[permission(rule)])
    return [item["SecurityGroupRuleId"] for item in made.get("SecurityGroupRules", [])]


def permission(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as EC2's IpPermission: every protocol name or number, ports where the protocol has any."""
    protocol = str(rule.get("IpProtocol", "-1")).lower()
    made: dict[str, Any] = {"IpProtocol": protocol}
    if protocol not in ("-1", "all"):
        low, high = number(rule.get("FromPort")), number(rule.get("ToPort"))
        made |= {"FromPort": -1 if low is None else low, "ToPort": -1 if high is None else high}
        if low is None and protocol in ("tcp", "udp", "6", "17"):
            made |= {"FromPort": 0, "ToPort": 65535}
    else:
        made["IpProtocol"] = "-1"
    group = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    prefix_list = rule.get("SourcePrefixListId") or rule.get("DestinationPrefixListId")
    if rule.get("CidrIp"):
        made["IpRanges"] = [{"CidrIp": str(rule["CidrIp"])}]
    if rule.get("CidrIpv6"):
        made["Ipv6Ranges"] = [{"CidrIpv6": str(rule["CidrIpv6"])}]
    if group:
        made["UserIdGroupPairs"] = [{"GroupId": str(group)}]
    elif rule.get("SourceSecurityGroupName"):
        made["UserIdGroupPairs"] = [{"GroupName": str(rule["SourceSecurityGroupName"])}]
    if prefix_list:
        made["PrefixListIds"] = [{"PrefixListId": str(prefix_list)}]
    return made


def revoke_default_egress(request: Request, group: str) -> None:
    """Take the rule away that lets all traffic out, if it is still there."""
    found = request.client("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    everywhere = [
        item
        for item in found.get("IpPermissionsEgress", [])
        if item.get("IpProtocol") == "-1" and {"CidrIp": "0.0.0.0/0"} in _bare(item.get("IpRanges", []))
    ]
    if everywhere:
        ec2(request, "revoke_security_group_egress", GroupId=group, IpPermissions=everywhere)


def _bare(ranges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"CidrIp": item.get("CidrIp")} for item in ranges]


def _separate(direction: Direction) -> None:
    @provider(f"AWS::EC2::SecurityGroup{direction.capitalize()}")
    def create(request: Request) -> Created:
        """A rule as a resource of its own, which adds to the group's and takes none away."""
        properties = request.properties
        group = str(properties.get("GroupId") or _by_name(request, str(properties.get("GroupName"))))
        rules = authorize(request, group, direction, properties.everything())
        origins: dict[tuple[str, ...], PropertyPath] = {(group, direction, rule): ("Properties",) for rule in rules}
        identifier = rules[0] if rules else request.name()
        return Created(identifier, {"Id": identifier}, origins=origins)


for _direction in ("ingress", "egress"):
    _separate(_direction)  # type: ignore[arg-type]  # mypy widens the loop's literals


def _by_name(request: Request, name: str) -> str:
    filters = [{"Name": "group-name", "Values": [name]}]
    return str(request.client("ec2").describe_security_groups(Filters=filters)["SecurityGroups"][0]["GroupId"])


@provider("AWS::EC2::NetworkAcl")
def network_acl(request: Request) -> Created:
    """A network ACL; without entries it denies everything."""
    made = ec2(request, "create_network_acl", VpcId=str(request.properties["VpcId"]))["NetworkAcl"]
    identifier = made["NetworkAclId"]
    tag(request, identifier)
    return Created(identifier, {"Id": identifier}, identity=identifier)


@provider("AWS::EC2::NetworkAclEntry")
def network_acl_entry(request: Request) -> Created:
    """One entry."""
    properties = request.properties
    acl, egress = str(properties["NetworkAclId"]), flag(properties.get("Egress"))
    rule = int(properties["RuleNumber"])
    ports = properties.get("PortRange")
    icmp = properties.get("Icmp")
    ec2(
        request,
        "create_network_acl_entry",
        NetworkAclId=acl,
        RuleNumber=rule,
        Protocol=str(properties.get("Protocol", "-1")),
        RuleAction=str(properties["RuleAction"]).lower(),
        Egress=egress,
        CidrBlock=properties.get("CidrBlock"),
        Ipv6CidrBlock=properties.get("Ipv6CidrBlock"),
        PortRange={"From": number(ports.get("From")), "To": number(ports.get("To"))} if ports else None,
        IcmpTypeCode={"Code": number(icmp.get("Code")), "Type": number(icmp.get("Type"))} if icmp else None,
    )
    key = (acl, "egress" if egress else "ingress", str(rule))
    return Created(f"{acl}|{rule}|{str(egress).lower()}", {"Id": request.name()}, origins={key: ("Properties",)})


@provider("AWS::EC2::SubnetNetworkAclAssociation")
def subnet_network_acl_association(request: Request) -> Created:
    """A subnet's network ACL: it replaces the default one."""
    properties = request.properties
    subnet, acl = str(properties["SubnetId"]), str(properties["NetworkAclId"])
    client = request.client("ec2")
    found = client.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])["NetworkAcls"]
    current = next(item for item in found[0]["Associations"] if item["SubnetId"] == subnet)
    made = client.replace_network_acl_association(AssociationId=current["NetworkAclAssociationId"], NetworkAclId=acl)
    identifier = made["NewAssociationId"]
    return Created(identifier, {"AssociationId": identifier}, origins={(acl, "association", subnet): ("Properties",)})
