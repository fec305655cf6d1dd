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
    remediation="Set PrivateDnsEnabled on the endpoint, and EnableDnsSupport and EnableDnsHostnames on the VPC.",
)
def endpoint_dns(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The service's name resolves to the endpoint.

    An interface endpoint takes over the service's public name only with private DNS, and private DNS needs both VPC
    attributes `enableDnsSupport` and `enableDnsHostnames` and Amazon's DNS server in the DHCP options. Otherwise the
    SDK resolves the public address, and the endpoint stands idle.

    Source: "Access an AWS service using an interface VPC endpoint", section on private DNS,
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
    """
    yield from broken(account, scope, "private-dns-off", "vpc-dns-off", "dhcp-dns")
