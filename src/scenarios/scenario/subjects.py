"""How subjects are found in any account: which roles a service may assume, which buckets they read, for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from scenarios.access import trusted_services
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.account.s3 import Bucket
from scenarios.rules.documents import Statement, covers, statements
from scenarios.rules.scope import DataPath, ServiceRole

_KINDS = {
    "knowledge-base/": "knowledge-base",
    "agent/": "agent",
    "model-invocation-job/": "batch-inference",
    "model-customization-job/": "customization",
    "flow/": "flow",
}
"""What follows the account id in the ARN of the job for which Bedrock assumes a role -> the role's purpose."""


def service_roles(account: Account, service: str) -> Iterator[ServiceRole]:
    """The roles that `service` may assume, each with the purpose that it is used for."""
    for role in account.roles:
        if service in trusted_services(role):
            yield ServiceRole(role, service, _purpose(account, role))


def _purpose(account: Account, role: Role) -> str:
    """By the resource that uses the role; else by what its trust policy or its permissions name."""
    if any(base.role in (role.arn, role.name) for base in account.knowledge_bases):
        return "knowledge-base"
    if any(agent.role in (role.arn, role.name) for agent in account.agents):
        return "agent"
    if any(flow.role in (role.arn, role.name) for flow in account.flows):
        return "flow"
    named = next((purpose for kind, purpose in _KINDS.items() if f":{kind}" in role.trust.text), None)
    if named:
        return named
    actions = {action.lower() for policy in role.policies for s in statements(policy) for action in s.actions}
    return "invocation-logging" if "logs:putlogevents" in actions else "unspecified"


def data_paths(account: Account, roles: Iterable[ServiceRole]) -> Iterator[DataPath]:
    """The buckets that each role is meant to read or write: those that its data sources or its policies name."""
    for service_role in roles:
        role = service_role.role
        sources = dict(_from_data_sources(account, role))
        found = {(bucket.name, write): bucket for bucket, write in _from_policies(account, role)}
        found |= {(bucket.name, False): bucket for bucket in (account.bucket(name) for name in sources) if bucket}
        for (name, write), bucket in found.items():
            key = account.key(bucket.encryption.key) if bucket.encryption else None
            prefixes = () if write else sources.get(name, ())
            yield DataPath(role, bucket, key, service_role.purpose, write, prefixes)


def _from_data_sources(account: Account, role: Role) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The buckets that the role's knowledge bases read, with the prefixes that narrow them."""
    bases = {base.knowledge_base_id for base in account.knowledge_bases if base.role in (role.arn, role.name)}
    for source in account.data_sources:
        bucket = account.bucket(source.bucket_arn)
        if source.knowledge_base_id in bases and bucket is not None:
            yield bucket.name, source.prefixes


def _from_policies(account: Account, role: Role) -> Iterator[tuple[Bucket, bool]]:
    for policy in role.policies:
        for statement in statements(policy):
            if statement.allow:
                yield from _named(account, statement)


def _named(account: Account, statement: Statement) -> Iterator[tuple[Bucket, bool]]:
    reads, writes = covers(statement, "s3:GetObject"), covers(statement, "s3:PutObject")
    for bucket in account.buckets:
        if any(_names(resource, bucket) for resource in statement.resources):
            if reads:
                yield bucket, False
            if writes:
                yield bucket, True


def _names(resource: str, bucket: Bucket) -> bool:
    """Whether an S3 resource pattern names this bucket's objects; a pattern for every bucket names none."""
    head, separator, tail = resource.partition(":s3:::")
    name, slash, _ = tail.partition("/")
    return bool(separator and slash and head.startswith("arn:") and name != "*" and fnmatchcase(bucket.name, name))
