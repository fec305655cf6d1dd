"""Which resource of the account a request is about, and the policy that it carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from scenarios.access.access_point import vpc_only
from scenarios.access.acl import acl_policy
from scenarios.access.action import alias_only
from scenarios.access.arn import account_of
from scenarios.access.data_access import data_access_policy
from scenarios.access.managed_keys import aws_managed_key
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.base import Policy, Tags
from scenarios.account.kms import Grant

_UNOBSERVED = frozenset(
    {
        *("acm-pca", "backup", "codeartifact", "cassandra", "dynamodb", "elasticfilesystem", "es", "events"),
        *("execute-api", "glacier", "glue", "kinesis", "lex", "s3express", "s3tables", "s3-outposts", "schemas", "ses"),
        *("vpc-lattice", "xray"),
    }
)
"""Services whose resources can have policies of their own, of which the account's facts show none.

Source: "AWS services that work with IAM",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
"""

_ASSUME = frozenset({"sts:assumerole", "sts:assumerolewithwebidentity", "sts:assumerolewithsaml"})
_TRUST = _ASSUME | {"sts:tagsession", "sts:setsourceidentity", "sts:setcontext"}


@dataclass(frozen=True)
class Resource:
    """A resource as far as access to it goes. `owner` is its account where that is known; `unknown` says why its
    policy is not; `tags` are absent where they are not observed."""

    arn: str
    owner: str | None = None
    kind: str | None = None
    policies: tuple[Policy, ...] = ()
    unknown: str | None = None
    tags: Tags | None = None
    grants: tuple[Grant, ...] = ()
    region: str | None = None
    public_access_blocked: bool = False


def resource_of(account: Account, request: Request) -> Resource:
    """The resource that a request names, by ARN (a KMS key also by id or alias, anything of ours by its ARN)."""
    service = request.action.lower().partition(":")[0]
    if request.action.lower() in _TRUST:
        return _trusting_role(account, request)
    return _FINDERS.get(service, _other)(account, request)


def _owner(account: Account, request: Request) -> str | None:
    """The owner of something not observed: as the request says, else as its ARN does."""
    named = request.resource_account or account_of(request.resource)
    return named or (None if ":s3:::" in request.resource else account.account_id)


def _missing(account: Account, request: Request, kind: str) -> Resource:
    reason = f"{request.resource} is not in the account observed, so that its policy is not known"
    return Resource(request.resource, _owner(account, request), kind, unknown=reason)


def _unread(account: Account, what: str, *names: str) -> str | None:
    for name in names:
        if (mark := account.unreadable(what, name)) is not None:
            return f"{what} of {name} could not be read: {mark.reason}"
    return None


def _bucket(account: Account, request: Request) -> Resource:
    if request.resource == "*":
        return Resource("*", account.account_id, "s3")
    if ":accesspoint/" in request.resource:
        return _access_point(account, request)
    name = request.resource.partition(":::")[2].partition("/")[0]
    bucket = account.bucket(name)
    if bucket is None:
        return _missing(account, request, "s3")
    unread = _unread(account, "s3.bucket.policy", bucket.name, bucket.arn)
    policies = tuple(policy for policy in (bucket.policy, acl_policy(bucket)) if policy is not None)
    block = bucket.public_access_block
    blocked = block is not None and (block.restrict_public_buckets or block.block_public_policy)
    return Resource(request.resource, account.account_id, "s3", policies, unread, None, (), bucket.region, blocked)


def _access_point(account: Account, request: Request) -> Resource:
    """An access point decides by its own policy; the bucket's counts in a request of its own (`calls/s3.py`)."""
    point = account.access_point(request.resource)
    if point is None:
        return _missing(account, request, "s3")
    unread = _unread(account, "s3.access_point.policy", point.name) or _unread(account, "s3.access_point", point.name)
    confined = (vpc_only(point),) if point.vpc_id else ()
    policies = (*((point.policy,) if point.policy else ()), *confined)
    block = point.public_access_block
    blocked = block is None or block.restrict_public_buckets or block.block_public_policy
    region = point.arn.split(":")[3]
    return Resource(request.resource, account.account_id, "s3", policies, unread, None, (), region, blocked)


def _key(account: Account, request: Request) -> Resource:
    if alias_only(request.action, request.resource):
        return Resource(_alias_arn(account, request.resource), _owner(account, request))
    key = account.key(request.resource)
    if key is None:
        managed = aws_managed_key(account, request.resource)
        if managed is not None:
            return Resource(request.resource, account.account_id, "kms", (managed,), tags=())
        if request.resource == "*":  # CreateKey and the list calls are about no key
            return Resource("*", account.account_id)
        return _missing(account, request, "kms")
    names = (key.key_id, key.arn)
    unread = _unread(account, "kms.key.policy", *names) or _unread(account, "kms.key.grants", *names)
    return Resource(key.arn, account.account_id, "kms", (key.policy,), unread, key.tags, key.grants)


def _alias_arn(account: Account, alias: str) -> str:
    named = alias.startswith("arn:")
    return alias if named else f"arn:{account.partition}:kms:{account.region}:{account.account_id}:{alias}"


def _trusting_role(account: Account, request: Request) -> Resource:
    role = account.role(request.resource)
    if role is None:
        return _missing(account, request, "role-trust")
    unread = _unread(account, "iam.role", role.name, role.arn)
    return Resource(role.arn, account.account_id, "role-trust", (role.trust,), unread, role.tags)


def _iam(account: Account, request: Request) -> Resource:
    role = account.role(request.resource)
    return Resource(request.resource, _owner(account, request), tags=role.tags if role else None)


def _topic(account: Account, request: Request) -> Resource:
    return _holder(account, request, "sns", "sns.topic", account.topics)


def _queue(account: Account, request: Request) -> Resource:
    return _holder(account, request, "sqs", "sqs.queue", account.queues)


def _secret(account: Account, request: Request) -> Resource:
    return _holder(account, request, "secretsmanager", "secretsmanager.secret.policy", account.secrets)


def _repository(account: Account, request: Request) -> Resource:
    return _holder(account, request, "ecr", "ecr.repository.policy", account.repositories)


class _Holder(Protocol):
    """A thing that may carry a resource policy."""

    @property
    def arn(self) -> str: ...

    @property
    def policy(self) -> Policy | None: ...


def _holder(account: Account, request: Request, kind: str, what: str, things: Iterable[_Holder]) -> Resource:
    """The resource with the policy that it carries, if it carries one; `*` is no resource of ours."""
    if request.resource == "*":
        return Resource("*", account.account_id)
    thing = next((one for one in things if request.resource in (one.arn, getattr(one, "name", None))), None)
    if thing is None:
        return _missing(account, request, kind)
    unread = _unread(account, what, thing.arn, getattr(thing, "name", thing.arn))
    return Resource(thing.arn, account.account_id, kind, (thing.policy,) if thing.policy else (), unread)


def _function(account: Account, request: Request) -> Resource:
    unqualified = ":".join(request.resource.split(":")[:7])
    function = next((one for one in account.functions if one.arn in (request.resource, unqualified)), None)
    if function is None:
        return _missing(account, request, "lambda") if request.resource != "*" else Resource("*", account.account_id)
    unread = _unread(account, "lambda.function.policy", function.name, function.arn)
    policies = (function.policy,) if function.policy else ()
    return Resource(request.resource, account.account_id, "lambda", policies, unread, function.tags)


def _collection(account: Account, request: Request) -> Resource:
    """A collection: its data, named `collection/NAME` or `index/NAME/INDEX`, is governed by data access policies alone;
    `aoss:APIAccessAll` and the control plane by IAM."""
    if not request.resource.startswith(("collection/", "index/")):
        return _other(account, request)
    unread = account.unreadable("aoss.access_policies")
    reason = f"data access policies could not be read: {unread.reason}" if unread else None
    policies = tuple(data_access_policy(access.policy) for access in account.collection_access_policies)
    return Resource(request.resource, account.account_id, "aoss", policies, reason)


def _log_group(account: Account, request: Request) -> Resource:
    unread = account.unreadable("logs.resource_policies")
    policies = tuple(one.policy for one in account.log_resource_policies)
    reason = f"log resource policies could not be read: {unread.reason}" if unread else None
    return Resource(request.resource, _owner(account, request), "logs", policies, reason)


def _other(account: Account, request: Request) -> Resource:
    """Services without resource policies have none to miss; a resource of another account stays unknown."""
    service = request.action.lower().partition(":")[0]
    owner = _owner(account, request)
    foreign = owner is not None and owner != account.account_id
    if request.resource != "*" and (foreign or service in _UNOBSERVED):
        return _missing(account, request, service)
    return Resource(request.resource, owner)


_FINDERS: dict[str, Callable[[Account, Request], Resource]] = {
    "s3": _bucket,
    "kms": _key,
    "iam": _iam,
    "sns": _topic,
    "sqs": _queue,
    "ecr": _repository,
    "aoss": _collection,
    "secretsmanager": _secret,
    "lambda": _function,
    "logs": _log_group,
}
