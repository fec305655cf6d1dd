"""What the rules about reading encrypted objects share: one read as its authorisations, and why one of them fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scenarios.access import (
    Decision,
    Outcome,
    Request,
    decide,
    list_bucket,
    may,
    policies_for,
    read_object,
    write_object,
)
from scenarios.access.written import statements, without_conditions
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.finding import Origin
from scenarios.rules.decisions import layer_outcome
from scenarios.rules.scope import ANY_OBJECT, DataPath, Scope

DATA_TYPES = (
    "AWS::IAM::Role",
    "AWS::IAM::Policy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::KMS::Key",
    "AWS::KMS::Alias",
)
_ENDPOINT_KEYS = {"aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip"}


@dataclass(frozen=True)
class Attempt:
    """One authorisation of one data path, decided."""

    path: DataPath
    request: Request
    decision: Decision

    @property
    def kms(self) -> bool:
        """Whether it is the key's part of the call."""
        return self.request.action.startswith("kms:")

    @property
    def what(self) -> str:
        """The attempt in words."""
        return f"role {self.path.role.name}: {self.request.action} on {self.request.resource}"


def attempts(account: Account, scope: Scope) -> tuple[Attempt, ...]:
    """Every authorisation that the scope's data paths need, decided for an object that no narrower pattern names."""
    if "attempts" not in scope.memo:
        scope.memo["attempts"] = tuple(_attempts(account, scope))
    found: tuple[Attempt, ...] = scope.memo["attempts"]
    return found


def _attempts(account: Account, scope: Scope) -> Iterator[Attempt]:
    for path in scope.data_paths:
        requests = tuple(_requests(account, scope, path))
        for request, decision in zip(requests, may(account, requests, via=path.via), strict=True):
            yield Attempt(path, request, decision)


def _requests(account: Account, scope: Scope, path: DataPath) -> Iterator[Request]:
    principal, bucket = path.role.arn, path.bucket
    for key in path.objects:
        yield from (
            write_object(account, principal, bucket, key, via=path.via)
            if path.write
            else read_object(account, principal, bucket, key, via=path.via)
        )
    if not path.write and _lists(account, scope, path):
        for key in path.objects:
            yield from list_bucket(account, principal, bucket, key.removesuffix(ANY_OBJECT) or None)


def _lists(account: Account, scope: Scope, path: DataPath) -> bool:
    """Whether AWS asks for `s3:ListBucket` besides: for a knowledge base's buckets, and for a batch job's input.

    Of a batch job's buckets one that may be listed is enough, since nothing tells which of them is the input.
    """
    if path.purpose != "batch-inference":
        return path.purpose == "knowledge-base"
    own = [one for one in scope.data_paths if one.role.arn == path.role.arn and not one.write]
    listed = any(may(account, list_bucket(account, one.role.arn, one.bucket))[0].allowed for one in own)
    return path is own[0] and not listed


def only_endpoint_in_the_way(decision: Decision) -> bool:
    """Whether nothing but the policy of the endpoint keeps a request from being allowed."""
    if decision.outcome is Outcome.EXPLICIT_DENY:
        return all(by.layer == "endpoint" for by in decision.by)
    return decision.denied and [lack.partition(":")[0] for lack in decision.lacking] == ["endpoint"]


def locked_out_by_endpoint(account: Account, decision: Decision) -> bool:
    """Whether an explicit deny hangs on the VPC endpoint that a request comes through."""
    if decision.outcome is not Outcome.EXPLICIT_DENY:
        return False
    denying = {by.origin for by in decision.by if by.origin is not None}
    policies = (*(bucket.policy for bucket in account.buckets), *(key.policy for key in account.keys))
    return any(
        statement.origin in denying and statement.condition_keys & _ENDPOINT_KEYS
        for policy in policies
        for statement in statements(policy)
    )


def closed_key_policy(attempt: Attempt) -> bool:
    """Whether the key policy neither names the role nor hands the decision to the account's IAM."""
    return layer_outcome(attempt.decision, "resource") is Outcome.IMPLICIT_DENY


def condition_stands_in_the_way(account: Account, attempt: Attempt) -> bool:
    """Whether the request would be allowed if no Allow had a condition."""
    policies = policies_for(account, attempt.request)
    bare = replace(
        policies,
        identity=tuple(without_conditions(policy) for policy in policies.identity),
        resource=without_conditions(policies.resource) if policies.resource else None,
    )
    return decide(attempt.request, bare).allowed


def place_to_grant(role: Role) -> Origin | None:
    """Where a person would add a permission: the role's policy that grants S3 access, else its first, else the role."""
    for policy in role.policies:
        if policy.origin and any(a.lower().startswith("s3:") for s in statements(policy) for a in s.actions):
            return policy.origin
    return next((policy.origin for policy in role.policies if policy.origin), role.origin)
