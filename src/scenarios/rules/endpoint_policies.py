"""What the rules about endpoint policies share: the endpoints in use, and questions to a policy by itself."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Outcome, PolicySet, Request, decide
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.rules.decisions import layer_outcome
from scenarios.rules.scope import DataPath, Scope
from scenarios.rules.strangers import FOREIGN_ACCOUNT, foreign_role

_CALLS = {
    "s3": ("s3:GetObject", "arn:{partition}:s3:::a-bucket-that-nobody-named/any-object"),
    "bedrock-runtime": ("bedrock:InvokeModel", "arn:{partition}:bedrock:{region}::foundation-model/any.model-v1:0"),
    "bedrock": ("bedrock:ListFoundationModels", "*"),
    "bedrock-agent": ("bedrock:ListAgents", "*"),
    "bedrock-agent-runtime": ("bedrock:Retrieve", "arn:{partition}:bedrock:{region}:{account}:knowledge-base/ANY"),
    "api": ("sagemaker:ListModels", "*"),
    "runtime": ("sagemaker:InvokeEndpoint", "arn:{partition}:sagemaker:{region}:{account}:endpoint/any"),
}
"""A call that each kind of endpoint carries, by the last part of its service name."""


def used_endpoints(account: Account, scope: Scope) -> Iterator[Endpoint]:
    """The endpoints of the workloads' VPCs for the services that the scope's flows need."""
    services = {flow.service for flow in scope.flows}
    vpcs = {flow.workload.placement.vpc_id for flow in scope.flows if flow.workload.placement}
    for endpoint in account.endpoints:
        if endpoint.vpc_id in vpcs and any(endpoint.service.endswith(f".{service}") for service in services):
            yield endpoint


def routed_paths(account: Account, scope: Scope) -> Iterator[tuple[DataPath, Endpoint]]:
    """Each data path of the scope with the S3 endpoint of a workload that acts with its role."""
    for path in scope.data_paths:
        vpcs = {
            workload.placement.vpc_id
            for workload in scope.workloads
            if workload.placement and workload.role in (path.role.arn, path.role.name)
        }
        for endpoint in account.endpoints:
            if endpoint.vpc_id in vpcs and endpoint.service.endswith(".s3"):
                yield path, endpoint


def passes(account: Account, endpoint: Endpoint, *, stranger: bool) -> bool | None:
    """Whether the endpoint passes a call of its service by a stranger, or by a principal of this account."""
    last = endpoint.service.rpartition(".")[2].removesuffix("-fips")
    prefix = endpoint.service.rpartition(".")[2].partition("-")[0]
    action, pattern = _CALLS.get(last, (f"{prefix}:AnyAction", "*"))
    resource = pattern.format(partition=account.partition, region=account.region, account=account.account_id)
    return admits(account, endpoint, action, resource, resource_account=FOREIGN_ACCOUNT, stranger=stranger)


def admits(
    account: Account,
    endpoint: Endpoint,
    action: str,
    resource: str,
    *,
    resource_account: str | None,
    stranger: bool = False,
) -> bool | None:
    """Whether the endpoint's policy by itself admits the call; nothing where that cannot be decided."""
    if endpoint.policy is None:
        return True  # AWS's default policy is full access
    owner = FOREIGN_ACCOUNT if stranger else account.account_id
    principal = foreign_role(account) if stranger else f"arn:{account.partition}:iam::{owner}:role/any-role"
    context = {
        "aws:principalarn": principal,
        "aws:principalaccount": owner,
        "aws:sourcevpce": endpoint.endpoint_id,
        "aws:sourcevpc": endpoint.vpc_id,
        "aws:securetransport": "true",
    }
    if resource_account:
        context |= {"aws:resourceaccount": resource_account, "s3:resourceaccount": resource_account}
    request = Request(principal, action, resource, resource_account or "000000000000", context)
    decision = decide(request, PolicySet(endpoint=endpoint.policy, through_endpoint=True))
    said = layer_outcome(decision, "endpoint")
    if said in (None, Outcome.UNKNOWN):
        return None
    return said is Outcome.ALLOWED
