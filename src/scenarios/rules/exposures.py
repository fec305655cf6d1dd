"""What the rules about ports that are open to anybody share."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement
from scenarios.network import group_exposures
from scenarios.network.sets.addresses import PUBLIC
from scenarios.network.sets.packets import Packets, kinds
from scenarios.network.sets.ranges import Ranges
from scenarios.rules.rule import holds, unknown, violated

GROUP_TYPES = (
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::PrefixList",
)

_PORTS = (
    *(
        20,
        21,
        22,
        23,
        25,
        88,
        110,
        135,
        139,
        143,
        389,
        445,
        464,
        636,
        749,
        750,
        1433,
        1434,
        1521,
        2483,
        2484,
        3000,
        3306,
        3389,
        4333,
    ),
    *(
        5000,
        5432,
        5500,
        5601,
        6379,
        7000,
        7001,
        7199,
        8080,
        8088,
        8888,
        9042,
        9092,
        9160,
        9200,
        9300,
        11211,
        27017,
        27018,
    ),
)


def _ports(protocol: str, *numbers: int) -> Ranges:
    return Ranges.of(*(part for number in numbers for part in kinds(protocol, number, number).parts))


ADMINISTRATION = _ports("tcp", 22, 3389)
RISKY = _ports("tcp", *_PORTS) | _ports("udp", 22, 389, 3389, 11211)
"""Remote administration, file sharing, directories, mail, databases and consoles: EC2.19's ports and Prowler's.

https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
"""

UNAUTHORIZED = (kinds("tcp") | kinds("udp")) - _ports("tcp", 80, 443)
"""All but the web's ports, as EC2.18 has it by default.

https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18
"""


def in_words(what: Ranges) -> str:
    """`TCP 22, TCP 3389`."""
    return str(Packets.of(what, PUBLIC)).rpartition(" at ")[0]


def judged_groups(account: Account, wanted: Ranges) -> Iterator[Judgement]:
    """Violated for each rule by which a security group admits anybody to any of these ports."""
    for group in account.security_groups:
        outside = group.group_id in dict(account.invented)
        if outside:  # of a group outside the template, the template's own rules are all that is known
            own = tuple(rule for rule in group.rules if rule.origin is not None)
            group = group.model_copy(update={"rules": own})
        exposed = group_exposures(account, group, wanted)
        for each in exposed.by:
            said = f"security group {group.name} admits anybody to {each}"
            at = each.at or group.origin
            yield (
                violated(at, said, *each.hangs) if each.sure else unknown(at, f"whether {said}: a rule cannot be read")
            )
        if not exposed.by and not outside:
            said = f"security group {group.name} admits nobody in particular to such a port"
            yield holds(group.origin, said, *exposed.hangs)
