"""AWS::EC2: security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import create, held, number, tag
from scenarios.deployment.shapes import call, flag, text
from scenarios.finding import PropertyPath

Direction = Literal["ingress", "egress"]


@provider("AWS::EC2::SecurityGroup")
def security_group(request: Request) -> Created:
    """A security group with its inline rules.

    EC2 gives every new group rules that let all traffic out; they are taken away where the template has egress rules
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html).
    """
    properties = request.properties
    given: dict[str, Any] = {
        "GroupName": str(properties.get("GroupName") or request.name(max_length=255)),
        "Description": str(properties.get("GroupDescription") or "none"),
    }
    identifier = call(request.client("ec2"), "CreateSecurityGroup", properties, skip=("Tags",), **given)["GroupId"]
    held(request)[("default-egress", identifier)] = True
    if properties.get("SecurityGroupEgress"):
        revoke_default_egress(request, identifier)
    origins: dict[tuple[str, ...], PropertyPath] = {}
    directions: tuple[tuple[Direction, str], ...] = (
        ("ingress", "SecurityGroupIngress"),
        ("egress", "SecurityGroupEgress"),
    )
    for direction, key in directions:
        rules = properties.get(key) or []
        for index, rule in enumerate(rules if isinstance(rules, list) else [rules]):
            for rule_id in authorize(request, identifier, direction, rule):
                origins[(identifier, direction, rule_id)] = ("Properties", key, index)
    tag(request, identifier)
    attributes = {"GroupId": identifier, "Id": identifier, "VpcId": text(properties.get("VpcId", ""))}
    return Created(identifier, attributes, identity=identifier, origins=origins)


def authorize(request: Request, group: str, direction: Direction, rule: Mapping[str, Any]) -> list[str]:
    """Add one rule as CloudFormation writes it; the ids of the rules that EC2 made of it."""
    operation = getattr(request.client("ec2"), f"authorize_security_group_{direction}")
    made = operation(GroupId=group, IpPermissions=[permission(rule)])
    return [item["SecurityGroupRuleId"] for item in made.get("SecurityGroupRules", [])]


def permission(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as EC2's IpPermission: one protocol, its ports, one peer."""
    protocol = text(rule.get("IpProtocol", "-1")).lower()
    if protocol in ("-1", "all"):
        return {"IpProtocol": "-1", **_peer(rule)}
    low, high = number(rule.get("FromPort")), number(rule.get("ToPort"))
    if low is None and high is None:
        low, high = (0, 65535) if protocol in ("tcp", "udp", "6", "17") else (-1, -1)
    ports = {"FromPort": low if low is not None else high, "ToPort": high if high is not None else low}
    return {"IpProtocol": protocol, **ports, **_peer(rule)}


def _peer(rule: Mapping[str, Any]) -> dict[str, Any]:
    """The other end: a block, a prefix list or a group, with the rule's description."""
    words = {"Description": text(rule["Description"])} if rule.get("Description") else {}
    group = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    prefix_list = rule.get("SourcePrefixListId") or rule.get("DestinationPrefixListId")
    made: dict[str, Any] = {}
    if rule.get("CidrIp"):
        made["IpRanges"] = [{"CidrIp": str(rule["CidrIp"]), **words}]
    if rule.get("CidrIpv6"):
        made["Ipv6Ranges"] = [{"CidrIpv6": str(rule["CidrIpv6"]), **words}]
    if prefix_list:
        made["PrefixListIds"] = [{"PrefixListId": str(prefix_list), **words}]
    if group:
        made["UserIdGroupPairs"] = [{"GroupId": str(group), **_owner(rule), **words}]
    elif rule.get("SourceSecurityGroupName"):
        made["UserIdGroupPairs"] = [{"GroupName": str(rule["SourceSecurityGroupName"]), **_owner(rule), **words}]
    return made


def _owner(rule: Mapping[str, Any]) -> dict[str, str]:
    owner = rule.get("SourceSecurityGroupOwnerId")
    return {"UserId": str(owner)} if owner else {}


def revoke_default_egress(request: Request, group: str) -> None:
    """Take away the rules that let all traffic out which EC2 made, if they are still there."""
    if not held(request).pop(("default-egress", group), False):
        return
    client = request.client("ec2")
    filters = [{"Name": "group-id", "Values": [group]}]
    rules = client.describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
    default = [rule["SecurityGroupRuleId"] for rule in rules if rule["IsEgress"]]
    if default:
        client.revoke_security_group_egress(GroupId=group, SecurityGroupRuleIds=default)


def _separate(direction: Direction) -> None:
    @provider(f"AWS::EC2::SecurityGroup{direction.capitalize()}")
    def make(request: Request) -> Created:
        """A rule as a resource of its own.

        A first egress rule takes the place of the ones that EC2 made: "the default rule is removed only when you
        specify one or more egress rules". One that the template itself wrote into the group stays.
        """
        properties = request.properties
        group = str(properties.get("GroupId") or _by_name(request, str(properties.get("GroupName"))))
        if direction == "egress":
            revoke_default_egress(request, group)
        rules = authorize(request, group, direction, properties.everything())
        origins: dict[tuple[str, ...], PropertyPath] = {(group, direction, rule): ("Properties",) for rule in rules}
        identifier = rules[0] if rules else request.name()
        return Created(identifier, {"Id": identifier}, origins=origins)


_separate("ingress")
_separate("egress")


def _by_name(request: Request, name: str) -> str:
    filters = [{"Name": "group-name", "Values": [name]}]
    found = request.client("ec2").describe_security_groups(Filters=filters)["SecurityGroups"]
    if not found:
        raise ValueError(f"there is no security group called {name}")
    return str(found[0]["GroupId"])


@provider("AWS::EC2::NetworkAcl")
def network_acl(request: Request) -> Created:
    """A network ACL; without entries it denies everything."""
    identifier = create(request, "CreateNetworkAcl", "NetworkAcl", "NetworkAclId")["NetworkAclId"]
    return Created(identifier, {"Id": identifier}, identity=identifier)


@provider("AWS::EC2::NetworkAclEntry")
def network_acl_entry(request: Request) -> Created:
    """One entry."""
    properties = request.properties
    egress = flag(properties.get("Egress"))
    given: dict[str, Any] = {"Egress": egress, "RuleAction": text(properties["RuleAction"]).lower()}
    call(request.client("ec2"), "CreateNetworkAclEntry", properties, rename={"Icmp": "IcmpTypeCode"}, **given)
    acl, rule = str(properties["NetworkAclId"]), text(properties["RuleNumber"])
    key = (acl, "egress" if egress else "ingress", rule)
    identifier = f"{acl}|{rule}|{text(egress)}"
    return Created(identifier, {"Id": identifier}, origins={key: ("Properties",)})


@provider("AWS::EC2::SubnetNetworkAclAssociation")
def subnet_network_acl_association(request: Request) -> Created:
    """A subnet's network ACL: it replaces the one that the subnet has."""
    properties, client = request.properties, request.client("ec2")
    subnet, acl = str(properties["SubnetId"]), str(properties["NetworkAclId"])
    filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
    found = client.describe_network_acls(Filters=filters)["NetworkAcls"]
    current = next((item for shown in found for item in shown["Associations"] if item["SubnetId"] == subnet), None)
    if current is None:
        raise ValueError(f"there is no subnet {subnet}")
    made = client.replace_network_acl_association(AssociationId=current["NetworkAclAssociationId"], NetworkAclId=acl)
    identifier = made["NewAssociationId"]
    return Created(identifier, {"AssociationId": identifier}, origins={(acl, "association", subnet): ("Properties",)})
