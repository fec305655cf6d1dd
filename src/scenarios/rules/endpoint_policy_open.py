from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.endpoint_policies import passes_strangers, used_endpoints
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::EC2::VPCEndpoint",),
    remediation="Give the endpoint a PolicyDocument that names the account's principals (aws:PrincipalAccount or "
    "aws:PrincipalArn) and the resources that are needed.",
)
def endpoint_policy_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The endpoint's policy confines who uses it, and for what.

    Without a policy an endpoint passes every principal's call to every resource, of any account: with credentials
    brought along from elsewhere, data leaves through it. Asked for a principal of an unknown account, and for this
    account's principals on a resource of an unknown account.

    Source: "Control access to VPC endpoints using endpoint policies",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    for endpoint in {endpoint.endpoint_id: endpoint for endpoint in used_endpoints(account, scope)}.values():
        at = (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
        name = endpoint.service.rpartition(".")[2]
        strange = passes_strangers(account, endpoint)
        if strange is True:
            yield violated(at, f"endpoint {name} passes the calls of other accounts' principals")
        elif strange is None:
            yield unknown(at, f"whether endpoint {name} passes other accounts' principals is not decided")
        else:
            yield holds(at, f"endpoint {name} passes this account's principals only")
