"""What the rules about endpoint policies share: the endpoints in use, and questions to a policy by itself."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Outcome, PolicySet, Request, decide
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.rules.decisions import layer_outcome
from scenarios.rules.documents import Statement, statements
from scenarios.rules.scope import DataPath, Scope
from scenarios.rules.strangers import FOREIGN_ACCOUNT, foreign_role


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


def passes_strangers(account: Account, endpoint: Endpoint) -> bool | None:
    """Whether the endpoint passes any call at all of a principal of an unknown account; nothing where undecided.

    Asked for what each Allow statement names: its first action and resource, with something in place of wildcards.
    """
    if endpoint.policy is None:
        return True  # AWS's default policy is full access
    answers = [
        admits(account, endpoint, action, resource, resource_account=owner, stranger=True)
        for statement in statements(endpoint.policy)
        if statement.allow
        for action, resource in [_sample(statement)]
        for owner in (FOREIGN_ACCOUNT, account.account_id)
    ]
    return True if True in answers else None if None in answers else False


def _sample(statement: Statement) -> tuple[str, str]:
    action = next(iter(statement.actions), "*")
    resource = next(iter(statement.resources), "*")
    return ("s3:GetObject" if action == "*" else action.replace("*", "Any")), resource.replace("*", "any")


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
