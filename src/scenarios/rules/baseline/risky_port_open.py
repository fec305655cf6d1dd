from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.exposures import GROUP_TYPES, RISKY, judged_groups
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=GROUP_TYPES,
    remediation="Name the addresses or the security group that need the port; reach machines through Session Manager.",
    controls=(
        "SecurityHub/EC2.19",
        "SecurityHub/EC2.53",
        "SecurityHub/EC2.54",
        "CKV_AWS_24",
        "CKV_AWS_25",
        "Prowler/ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports",
    ),
)
def risky_port_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No security group admits anybody to a port of remote administration, file sharing or a database.

    Asked for every public address, IPv4 and IPv6, and all rules together: ranges, protocol -1, prefix lists, and two
    halves of the internet in two rules. A block counts as anybody's that is larger than what one organization has (a
    /8, or a /16 of IPv6). Whether something stands behind the group is risky-port-reachable's to say.

    Source: "Security group rules", https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """
    yield from judged_groups(account, RISKY)
