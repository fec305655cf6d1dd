from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.flows import FLOW_TYPES, broken
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=FLOW_TYPES,
    remediation="Allow TCP 443 one way and TCP 1024-65535 back, before any entry that denies them.",
)
def network_acl_blocks(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No network ACL cuts the flow, either way.

    Network ACLs keep no state: the request must pass out on 443 and in at the endpoint's subnet, and the answer must
    pass back on the ephemeral ports 1024-65535. Entries are judged in order of their number.

    Source: "Control subnet traffic with network access control lists",
    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
    """
    yield from broken(account, scope, "network-acl")
