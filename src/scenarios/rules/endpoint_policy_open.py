from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.finding import Judgement, Origin, Severity
from scenarios.network import short_name
from scenarios.rules.endpoint_policies import Passed, passes_strangers, passes_to_strangers, used_endpoints
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::EC2::VPCEndpoint",),
    remediation="Give the endpoint a PolicyDocument that names the account's principals (aws:PrincipalAccount or "
    "aws:PrincipalArn) and the resources that are needed (by name, or by aws:ResourceAccount).",
)
def endpoint_policy_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The endpoint's policy confines who uses it, and for what.

    Without a policy an endpoint passes every principal's call to every resource, of any account: with credentials
    brought along from elsewhere, data leaves through it. Asked for a principal of an unknown account; and, at S3
    endpoints, for this account's principals on a bucket of an unknown account, which carries data away as well. Reads
    of the buckets that AWS publishes from, such as ECR's layers, are nobody's secret.

    Source: "Control access to VPC endpoints using endpoint policies",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    for endpoint in {endpoint.endpoint_id: endpoint for endpoint in used_endpoints(account, scope)}.values():
        yield confined(account, endpoint)


def confined(account: Account, endpoint: Endpoint) -> Judgement:
    """Whether the endpoint passes this account's principals only, to this account's buckets where it is S3's."""
    at = (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
    name = short_name(endpoint, account.region) or endpoint.service
    strange = passes_strangers(account, endpoint)
    foreign = passes_to_strangers(account, endpoint) if name == "s3" else None
    if strange is not None and strange.sure:
        return violated(_place(strange, at), f"endpoint {name} passes the calls of other accounts' principals")
    if foreign is not None and foreign.sure:
        what = f"passes this account's calls to buckets of other accounts{_example(foreign)}"
        return violated(_place(foreign, at), f"endpoint {name} {what}")
    if strange is not None:
        return unknown(at, f"whether endpoint {name} passes other accounts' principals is not decided")
    if foreign is not None:
        return unknown(at, f"whether endpoint {name} passes calls to other accounts' buckets is not decided")
    return holds(at, f"endpoint {name} passes this account's principals only")


def _place(passed: Passed, at: Origin | None) -> Origin | None:
    """The statement that lets the call pass."""
    return (passed.call.statement.origin if passed.call else None) or at


def _example(passed: Passed) -> str:
    return f", such as {passed.call.action} on {passed.call.resource}" if passed.call else ""
