"""AWS::EC2: security groups and network ACLs."""

from __future__ import annotations

from typing import Any

import pytest

from providers.support import Maker

EVERYWHERE = ("-1", None, None, "0.0.0.0/0")
Rule = tuple[str, int | None, int | None, str]


def a_vpc(make: Maker) -> str:
    return make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16").physical_id


def a_group(make: Maker, vpc: str, logical_id: str = "Group", **properties: Any) -> Any:
    return make("AWS::EC2::SecurityGroup", logical_id, GroupDescription="own", VpcId=vpc, **properties)


def rules(make: Maker, group: str, *, egress: bool) -> dict[str, Rule]:
    """The rules of one direction by id: protocol, ports, peer."""
    filters = [{"Name": "group-id", "Values": [group]}]
    shown = make.client("ec2").describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
    return {rule["SecurityGroupRuleId"]: _plain(rule) for rule in shown if rule["IsEgress"] is egress}


def _plain(rule: dict[str, Any]) -> Rule:
    peer = rule.get("CidrIpv4") or rule.get("CidrIpv6") or rule.get("PrefixListId")
    ports = (rule.get("FromPort"), rule.get("ToPort"))
    return (
        rule["IpProtocol"],
        *((None, None) if rule["IpProtocol"] == "-1" else ports),
        str(peer or rule["ReferencedGroupInfo"]["GroupId"]),
    )


RULES: tuple[tuple[str, dict[str, Any], Rule], ...] = (
    ("texts for ports", {"IpProtocol": "tcp", "FromPort": "443", "ToPort": "443"}, ("tcp", 443, 443, "10.0.0.0/8")),
    ("a protocol's number", {"IpProtocol": 6, "FromPort": 443, "ToPort": 444}, ("tcp", 443, 444, "10.0.0.0/8")),
    ("all protocols", {"IpProtocol": -1}, ("-1", None, None, "10.0.0.0/8")),
    ("all protocols with ports", {"IpProtocol": "-1", "FromPort": 1, "ToPort": 2}, ("-1", None, None, "10.0.0.0/8")),
    ("a protocol without ports", {"IpProtocol": "udp"}, ("udp", 0, 65535, "10.0.0.0/8")),
    ("icmp", {"IpProtocol": "icmp", "FromPort": "8", "ToPort": "-1"}, ("icmp", 8, -1, "10.0.0.0/8")),
)


@pytest.mark.parametrize(("rule", "expected"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_protocols_and_ports(make: Maker, rule: dict[str, Any], expected: Rule) -> None:
    made = a_group(make, a_vpc(make), SecurityGroupIngress=[{**rule, "CidrIp": "10.0.0.0/8"}])
    shown = rules(make, made.physical_id, egress=False)
    assert list(shown.values()) == [expected]
    assert made.origins == {(made.physical_id, "ingress", next(iter(shown))): ("Properties", "SecurityGroupIngress", 0)}


def test_each_kind_of_peer(make: Maker) -> None:
    vpc = a_vpc(make)
    other = a_group(make, vpc, "Other").physical_id
    listed = make("AWS::EC2::PrefixList", "List", PrefixListName="one", AddressFamily="IPv4", MaxEntries=1).physical_id
    web = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    made = a_group(
        make,
        vpc,
        SecurityGroupIngress=[
            {**web, "CidrIp": "10.0.0.0/8"},
            {**web, "CidrIpv6": "::/0"},
            {**web, "SourceSecurityGroupId": other},
            {**web, "SourcePrefixListId": listed},
        ],
    )
    peers = {rule[3] for rule in rules(make, made.physical_id, egress=False).values()}
    assert peers == {"10.0.0.0/8", "::/0", other, listed}


def test_without_egress_everything_goes_out(make: Maker) -> None:
    group = a_group(make, a_vpc(make)).physical_id
    assert list(rules(make, group, egress=True).values()) == [EVERYWHERE]


def test_inline_egress_takes_the_default_away(make: Maker) -> None:
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/16"}
    made = a_group(make, a_vpc(make), SecurityGroupEgress=[rule])
    shown = rules(make, made.physical_id, egress=True)
    assert list(shown.values()) == [("tcp", 443, 443, "10.0.0.0/16")]
    assert made.origins == {(made.physical_id, "egress", next(iter(shown))): ("Properties", "SecurityGroupEgress", 0)}


def test_ipv6_default_goes_too(make: Maker) -> None:
    vpc = a_vpc(make)
    make("AWS::EC2::VPCCidrBlock", "Six", VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    open_group = a_group(make, vpc, "Open").physical_id
    assert {rule[3] for rule in rules(make, open_group, egress=True).values()} == {"0.0.0.0/0", "::/0"}
    closed = a_group(make, vpc, SecurityGroupEgress=[{"IpProtocol": "-1", "CidrIp": "127.0.0.1/32"}]).physical_id
    assert {rule[3] for rule in rules(make, closed, egress=True).values()} == {"127.0.0.1/32"}


def test_egress_of_its_own_takes_the_default_away_once(make: Maker) -> None:
    vpc = a_vpc(make)
    group = a_group(make, vpc).physical_id
    one = make(
        "AWS::EC2::SecurityGroupEgress",
        "One",
        GroupId=group,
        IpProtocol="tcp",
        FromPort=443,
        ToPort=443,
        CidrIp="10.0.0.0/16",
    )
    make("AWS::EC2::SecurityGroupEgress", "Two", GroupId=group, IpProtocol="-1", CidrIp="10.1.0.0/16")
    shown = rules(make, group, egress=True)
    assert set(shown.values()) == {("tcp", 443, 443, "10.0.0.0/16"), ("-1", None, None, "10.1.0.0/16")}
    assert one.origins == {(group, "egress", one.physical_id): ("Properties",)}
    assert shown[one.physical_id][0] == "tcp"


@pytest.mark.parametrize("inline", [True, False])
def test_open_egress_that_the_template_writes_stays(make: Maker, inline: bool) -> None:
    everywhere = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}
    vpc = a_vpc(make)
    group = a_group(make, vpc, **({"SecurityGroupEgress": [everywhere]} if inline else {})).physical_id
    if not inline:
        make("AWS::EC2::SecurityGroupEgress", "All", GroupId=group, **everywhere)
    make("AWS::EC2::SecurityGroupEgress", "One", GroupId=group, IpProtocol="-1", CidrIp="10.1.0.0/16")
    assert set(rules(make, group, egress=True).values()) == {EVERYWHERE, ("-1", None, None, "10.1.0.0/16")}


def test_ingress_of_its_own_by_group(make: Maker) -> None:
    vpc = a_vpc(make)
    group, other = a_group(make, vpc).physical_id, a_group(make, vpc, "Other").physical_id
    made = make(
        "AWS::EC2::SecurityGroupIngress",
        "Rule",
        GroupId=group,
        IpProtocol="tcp",
        FromPort=443,
        ToPort=443,
        SourceSecurityGroupId=other,
    )
    assert rules(make, group, egress=False) == {made.physical_id: ("tcp", 443, 443, other)}
    assert make.unmapped == ()
    assert list(rules(make, group, egress=True).values()) == [EVERYWHERE]


def test_network_acl(make: Maker) -> None:
    vpc = a_vpc(make)
    subnet = make("AWS::EC2::Subnet", "Subnet", VpcId=vpc, CidrBlock="10.0.0.0/24").physical_id
    acl = make("AWS::EC2::NetworkAcl", "Acl", VpcId=vpc).physical_id
    made = make(
        "AWS::EC2::NetworkAclEntry",
        "Entry",
        NetworkAclId=acl,
        RuleNumber="100",
        Protocol="6",
        RuleAction="ALLOW",
        Egress="true",
        CidrBlock="10.0.0.0/8",
        PortRange={"From": "443", "To": "443"},
    )
    joined = make("AWS::EC2::SubnetNetworkAclAssociation", "Join", SubnetId=subnet, NetworkAclId=acl)
    shown = make.client("ec2").describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"][0]
    entry = next(item for item in shown["Entries"] if item["RuleNumber"] == 100)
    assert (entry["Egress"], entry["RuleAction"], entry["Protocol"]) == (True, "allow", "6")
    assert (entry["CidrBlock"], entry["PortRange"]) == ("10.0.0.0/8", {"From": 443, "To": 443})
    assert [(item["SubnetId"], item["NetworkAclAssociationId"]) for item in shown["Associations"]] == [
        (subnet, joined.physical_id)
    ]
    assert made.origins == {(acl, "egress", "100"): ("Properties",)}
    assert joined.origins == {(acl, "association", subnet): ("Properties",)}
