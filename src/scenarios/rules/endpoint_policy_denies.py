from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Outcome, ask, read_object, write_object
from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import culprit, judgement, layer_outcome
from scenarios.rules.endpoint_policies import routed_paths
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::EC2::VPCEndpoint", "AWS::IAM::Role", "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::KMS::Key"),
    remediation="Let the endpoint policy admit the role, the action and the resource of the intended call.",
)
def endpoint_policy_denies(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The endpoint's policy admits the call that the endpoint is there for.

    An endpoint policy grants nothing, and what it does not admit is denied. Judged for the buckets that the
    workload's role may read as far as its own policies go.

    Source: "Control access to VPC endpoints using endpoint policies",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    for path, endpoint in routed_paths(account, scope):
        builder = write_object if path.write else read_object
        request = builder(account, path.role.arn, path.bucket, "any-object", via=endpoint)[0]
        decision = ask(account, request, via=endpoint)
        at = (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
        what = f"role {path.role.name}: {request.action} on {path.bucket.name} through {endpoint.endpoint_id}"
        said = layer_outcome(decision, "endpoint")
        if said is Outcome.ALLOWED or (said is None and endpoint.policy is None):
            yield judgement(Verdict.HOLDS, at, f"{what}: the endpoint policy admits it", decision)
        elif said is Outcome.UNKNOWN or said is None:
            yield judgement(Verdict.UNKNOWN, at, f"{what}: not decided, because {decision.why}", decision)
        else:
            yield judgement(Verdict.VIOLATED, culprit(decision, at), f"{what}: the endpoint policy denies it", decision)
