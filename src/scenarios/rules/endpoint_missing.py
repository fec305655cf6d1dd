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
    remediation="Add an AWS::EC2::VPCEndpoint for the service to the workload's VPC.",
    controls=("SecurityHub/EC2.10", "SecurityHub/EC2.55", "SecurityHub/EC2.56"),
)
def endpoint_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Each service that a workload needs has an endpoint in the workload's own VPC.

    The endpoint must be for the service itself, in the same VPC and Region: `bedrock` (the control plane) does not
    serve `bedrock-runtime` (inference), and an endpoint in another VPC serves nobody here. Without one, the call
    leaves by way of the internet or not at all.

    Source: "Use interface VPC endpoints with Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html,
    and "Gateway endpoints for Amazon S3",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
    """
    yield from broken(account, scope, "no-endpoint", "wrong-vpc", "wrong-region", "endpoint-subnet", "no-subnet")
