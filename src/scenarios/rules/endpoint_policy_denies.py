from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Outcome, ask, read_object, write_object
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import culprit, judgement, layer_outcome
from scenarios.rules.endpoint_policies import routed_paths
from scenarios.rules.rule import rule
from scenarios.rules.scope import DataPath, Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::EC2::VPCEndpoint", "AWS::IAM::Role", "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::KMS::Key"),
    remediation="Let the endpoint policy admit the role, the action and the resource of the intended call.",
)
def endpoint_policy_denies(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The endpoint's policy admits the call that the endpoint is there for.

    An endpoint policy grants nothing, and what it does not admit is denied. Judged for the objects that the
    workload's role is meant to read or write.

    Source: "Control access to VPC endpoints using endpoint policies",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    for path, endpoint in routed_paths(account, scope):
        for key in path.objects:
            yield _judged(account, path, endpoint, key)


def _judged(account: Account, path: DataPath, endpoint: Endpoint, key: str) -> Judgement:
    builder = write_object if path.write else read_object
    request = builder(account, path.role.arn, path.bucket, key, via=endpoint)[0]
    decision = ask(account, request, via=endpoint)
    at = (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
    what = f"role {path.role.name}: {request.action} on {path.bucket.name}/{key} through {endpoint.endpoint_id}"
    said = layer_outcome(decision, "endpoint")
    if said is Outcome.ALLOWED or (said is None and endpoint.policy is None):
        return judgement(Verdict.HOLDS, at, f"{what}: the endpoint policy admits it", decision)
    if said is Outcome.UNKNOWN or said is None:
        return judgement(Verdict.UNKNOWN, at, f"{what}: not decided, because {decision.why}", decision)
    return judgement(Verdict.VIOLATED, culprit(decision, at), f"{what}: the endpoint policy denies it", decision)
