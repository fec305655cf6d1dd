"""What the rules about endpoint policies share: the endpoints in use, and questions to a policy by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenarios.access import Outcome, PolicySet, Request, decide
from scenarios.access.written import Statement, statements
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.network import short_name
from scenarios.rules.decisions import layer_outcome
from scenarios.rules.endpoint_aws_buckets import harmless_at_aws_bucket
from scenarios.rules.scope import DataPath, Scope
from scenarios.rules.strangers import FOREIGN_ACCOUNT, foreign_role


def used_endpoints(account: Account, scope: Scope) -> Iterator[Endpoint]:
    """The endpoints of the workloads' VPCs for the services that the scope's flows need."""
    services = {flow.service for flow in scope.flows}
    vpcs = {flow.workload.placement.vpc_id for flow in scope.flows if flow.workload.placement}
    for endpoint in account.endpoints:
        if endpoint.vpc_id in vpcs and short_name(endpoint, account.region) in services:
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
            if endpoint.vpc_id in vpcs and short_name(endpoint, account.region) == "s3":
                yield path, endpoint


@dataclass(frozen=True)
class Call:
    """A call that a statement of an endpoint's policy names, with something in place of wildcards."""

    action: str
    resource: str
    statement: Statement


@dataclass(frozen=True)
class Passed:
    """A call that an endpoint passes, or passes for all that is known."""

    call: Call | None
    sure: bool


def passes_strangers(account: Account, endpoint: Endpoint) -> Passed | None:
    """The call of a principal of an unknown account that the endpoint passes, if it passes any.

    Asked for each action and resource that its Allow statements name, of this account and of an unknown one.
    """
    if endpoint.policy is None:
        return Passed(None, True)  # AWS's default policy is full access
    service = short_name(endpoint, account.region) or ""
    answers = (
        (call, admits(account, endpoint, call.action, call.resource, resource_account=owner, stranger=True))
        for call in _named_calls(endpoint, service)
        if account.bucket(call.resource.partition("/")[0]) is None  # strangers may well bring data to a bucket of ours
        for owner in (FOREIGN_ACCOUNT, account.account_id)
    )
    return _first_passed(answers)


def passes_to_strangers(account: Account, endpoint: Endpoint) -> Passed | None:
    """The call of one of this account's principals on a bucket of an unknown account that an S3 endpoint passes.

    Only a bucket can be anybody's: models belong to no account, and what SageMaker works with is the caller's own.
    A bucket that a statement names in full is taken for one that is meant.
    """
    if endpoint.policy is None:
        return Passed(None, True)
    own = (f"arn:{account.partition}:iam::{account.account_id}:role/any-role", *(role.arn for role in account.roles))
    answers = (
        (
            call,
            admits(
                account, endpoint, call.action, call.resource, resource_account=FOREIGN_ACCOUNT, principal=principal
            ),
        )
        for call in _foreign_calls(account, endpoint)
        for principal in own
    )
    return _first_passed(answers)


def _first_passed(answers: Iterable[tuple[Call, bool | None]]) -> Passed | None:
    """The first call that passes, else the first that may."""
    undecided = None
    for call, answer in answers:
        if answer is True:
            return Passed(call, True)
        if answer is None and undecided is None:
            undecided = Passed(call, False)
    return undecided


_CALLS = {
    "s3": "s3:GetObject",
    "bedrock-runtime": "bedrock:InvokeModel",
    "sagemaker.api": "sagemaker:CreateTrainingJob",
    "sagemaker.runtime": "sagemaker:InvokeEndpoint",
    "studio": "sagemaker:CreatePresignedDomainUrl",
    "ecr.api": "ecr:BatchGetImage",
    "ecr.dkr": "ecr:BatchGetImage",
}
"""One call of each service, to ask what a policy says of all of them."""


def _named_calls(endpoint: Endpoint, service: str) -> Iterator[Call]:
    for statement in statements(endpoint.policy):
        if statement.allow:
            for action in statement.actions or ("*",):
                for resource in statement.resources or ("*",):
                    if not harmless_at_aws_bucket(action, resource):
                        asked = _CALLS.get(service, "s3:GetObject") if action == "*" else action.replace("*", "Any")
                        yield Call(asked, _filled(resource), statement)


def _foreign_calls(account: Account, endpoint: Endpoint) -> Iterator[Call]:
    """Reads and writes of buckets whose names the statements leave open: anybody may own such a one."""
    for statement in statements(endpoint.policy):
        for resource in statement.resources if statement.allow else ():
            pattern = "*/*" if resource == "*" else resource.partition(":s3:::")[2]
            bucket, _, key = pattern.partition("/")
            if not set(bucket) & set("*?"):
                continue
            arn = f"arn:{account.partition}:s3:::{_filled(bucket)}"
            objects = f"{arn}/{_filled(key or '*')}"
            for action, named in (("s3:PutObject", objects), ("s3:GetObject", objects), ("s3:ListBucket", arn)):
                if not harmless_at_aws_bucket(action, resource):
                    yield Call(action, named, statement)


def _filled(pattern: str) -> str:
    return pattern.replace("*", "any").replace("?", "x")


_WHO = "which of this account's principals calls is not known"
_PRINCIPAL_KEYS = ("aws:principaltag/*", "aws:principalorgid", "aws:principalorgpaths", "aws:userid")


def admits(
    account: Account,
    endpoint: Endpoint,
    action: str,
    resource: str,
    *,
    resource_account: str | None,
    stranger: bool = False,
    principal: str | None = None,
) -> bool | None:
    """Whether the endpoint's policy by itself admits the call of a stranger, of `principal` or of any role of this
    account; nothing where that cannot be decided."""
    if endpoint.policy is None:
        return True  # AWS's default policy is full access
    owner = FOREIGN_ACCOUNT if stranger else account.account_id
    if principal is None:
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
    unknown = {} if stranger else dict.fromkeys(_PRINCIPAL_KEYS, _WHO)
    request = Request(principal, action, resource, resource_account or "000000000000", context, unknown)
    decision = decide(request, PolicySet(endpoint=endpoint.policy, through_endpoint=True))
    said = layer_outcome(decision, "endpoint")
    if said in (None, Outcome.UNKNOWN):
        return None
    return said is Outcome.ALLOWED
