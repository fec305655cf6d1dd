"""What security groups and network ACLs let in from anybody."""

from __future__ import annotations

import pytest

from scenarios.account import Account
from scenarios.account.network import NetworkAcl, NetworkAclEntry, PrefixList, SecurityGroup, SecurityGroupRule
from scenarios.network import acl_exposures, group_exposures
from scenarios.network.sets.packets import kinds

SSH = kinds("tcp", 22, 22)


def group(*rules: dict[str, object]) -> SecurityGroup:
    made = tuple(
        SecurityGroupRule(rule_id=f"r{index}", direction="ingress", **{"protocol": "tcp", **rule})
        for index, rule in enumerate(rules)
    )
    return SecurityGroup(group_id="sg-1", name="g", vpc_id="vpc-1", rules=made)


def port(number: int, **peer: object) -> dict[str, object]:
    return {"from_port": number, "to_port": number, **peer}


def said(*rules: dict[str, object], lists: tuple[PrefixList, ...] = ()) -> list[tuple[str, bool]]:
    account = Account(account_id="1" * 12, region="us-east-1", prefix_lists=lists)
    return [(str(each), each.sure) for each in group_exposures(account, group(*rules), SSH).by]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        pytest.param([port(22, cidr="0.0.0.0/0")], 1, id="everybody"),
        pytest.param([port(22, cidr="::/0")], 1, id="everybody by IPv6"),
        pytest.param([{"protocol": "-1", "cidr": "0.0.0.0/0"}], 1, id="every protocol"),
        pytest.param([{"from_port": 20, "to_port": 30, "cidr": "0.0.0.0/0"}], 1, id="a range"),
        pytest.param([port(22, cidr="64.0.0.0/2")], 1, id="a quarter of everybody"),
        pytest.param([port(22, cidr="8.0.0.0/8"), port(22, cidr="9.0.0.0/8")], 2, id="two that are one too many"),
        pytest.param([port(22, cidr="0.0.0.0/0"), port(22, cidr="203.0.113.0/24")], 1, id="a narrow one adds nothing"),
        pytest.param([port(22, cidr="8.0.0.0/8")], 0, id="one organization"),
        pytest.param([port(22, cidr="10.0.0.0/7")], 0, id="half of it private"),
        pytest.param([port(22, cidr="2001:db8::/32")], 0, id="one organization by IPv6"),
        pytest.param([port(443, cidr="0.0.0.0/0")], 0, id="another port"),
        pytest.param([{"protocol": "udp", **port(22, cidr="0.0.0.0/0")}], 0, id="another protocol"),
        pytest.param([port(22, group_id="sg-2")], 0, id="a group"),
    ],
)
def test_a_group(rules, found):
    assert said(*rules) == [("TCP 22", True)] * found


def test_prefix_lists_are_looked_up():
    halves = PrefixList(prefix_list_id="pl-1", name="all", cidrs=("0.0.0.0/1", "128.0.0.0/1"), owner="1" * 12)
    assert said(port(22, prefix_list_id="pl-1"), lists=(halves,)) == [("TCP 22", True)]
    assert said(port(22, prefix_list_id="pl-2")) == [("TCP 22", False)]
    assert said(port(22, cidr="not-a-block")) == [("TCP 22", False)]


def entry(number: int, cidr: str, *, allow: bool = True, **more: object) -> NetworkAclEntry:
    return NetworkAclEntry(number=number, egress=False, allow=allow, protocol="-1", cidr=cidr, **more)


@pytest.mark.parametrize(
    ("entries", "sure"),
    [
        pytest.param([entry(1, "0.0.0.0/0")], [True], id="everybody"),
        pytest.param([entry(1, "::/0")], [True], id="everybody by IPv6"),
        pytest.param([entry(1, "0.0.0.0/0", allow=False), entry(2, "0.0.0.0/0")], [], id="denied before"),
        pytest.param([entry(2, "0.0.0.0/0", allow=False), entry(1, "0.0.0.0/0")], [True], id="denied after"),
        pytest.param([entry(1, "203.0.113.0/24")], [], id="one organization"),
        pytest.param([entry(1, "not-a-block")], [False], id="nobody knows"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_an_acl(entries, sure):
    account = Account(account_id="1" * 12, region="us-east-1")
    acl = NetworkAcl(acl_id="acl-1", vpc_id="vpc-1", entries=tuple(entries))
    assert [each.sure for each in acl_exposures(account, acl, SSH).by] == sure
