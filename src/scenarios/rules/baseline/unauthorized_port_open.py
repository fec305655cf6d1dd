from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.exposures import GROUP_TYPES, UNAUTHORIZED, judged_groups
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=GROUP_TYPES,
    remediation="Name the addresses or the security group that need the port; leave 80 and 443 alone to everybody.",
    controls=(
        "SecurityHub/EC2.18",
        "Prowler/ec2_securitygroup_allow_ingress_from_internet_to_all_ports",
    ),
)
def unauthorized_port_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Security groups admit anybody to the web's ports alone.

    TCP 80 and 443 are for everybody, other ports of TCP and UDP seldom. Asked as for risky-port-open.

    Source: "Security group rules", https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """
    yield from judged_groups(account, UNAUTHORIZED)
