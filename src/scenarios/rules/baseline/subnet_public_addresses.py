from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=("AWS::EC2::Subnet",),
    remediation="Set MapPublicIpOnLaunch to false, and give the few public instances their addresses by themselves.",
    controls=("SecurityHub/EC2.15", "Prowler/vpc_subnet_no_public_ip_by_default"),
)
def subnet_public_addresses(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The subnet gives no public addresses by itself.

    Where it does, every instance that is launched there is on the internet, meant or not.

    Source: "Subnet settings", https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
    """
    invented = dict(account.invented)
    for subnet in account.subnets:
        if subnet.subnet_id in invented:
            continue
        at = prop(subnet, "MapPublicIpOnLaunch")
        if subnet.public_ip_on_launch:
            yield violated(at, f"subnet {subnet.subnet_id} gives every instance a public address")
        else:
            yield holds(at, f"subnet {subnet.subnet_id} gives no public addresses")
