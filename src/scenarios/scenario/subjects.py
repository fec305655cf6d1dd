"""How subjects are found in any account: which roles a service may assume, which buckets they read, for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.access import trusted_services
from scenarios.access.written import Statement, covers, matches, statements
from scenarios.account import Account, Fact
from scenarios.account.iam import Role
from scenarios.account.kms import Key
from scenarios.account.s3 import Bucket
from scenarios.account.workload import Workload
from scenarios.rules.scope import ANY_OBJECT, DataPath, ServiceRole, UnseenRole

_KINDS = {
    "knowledge-base/": "knowledge-base",
    "agent/": "agent",
    "model-invocation-job/": "batch-inference",
    "model-customization-job/": "customization",
    "flow/": "flow",
}
"""What follows the account id in the ARN of the job for which Bedrock assumes a role -> the role's purpose."""


def service_roles(account: Account, service: str, given: Iterable[str | None]) -> Iterator[ServiceRole]:
    """The roles that `service` may assume or is `given` (ARNs or names), each with the purpose that it is used for."""
    used = {role.arn for name in given if (role := account.role(name)) is not None}
    for role in account.roles:
        if role.arn in used or service in trusted_services(role):
            yield ServiceRole(role, service, _purpose(account, role), role.arn in used)


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
        objects = _from_data_sources(account, role) | _from_action_groups(account, role)
        for (name, write), keys in (*_from_policies(account, service_role).items(), *_outside(account, role).items()):
            objects.setdefault((name, write), keys)
        for (name, write), keys in objects.items():
            yield data_path(account, role, name, service_role.purpose, write=write, objects=keys)


def data_path(
    account: Account, role: Role, name: str, purpose: str, *, write: bool, objects: tuple[str, ...]
) -> DataPath:
    """The path to a bucket by its name. One that is not in the account is known by its name alone: what hangs on its
    policy or its key is unknown."""
    bucket = account.bucket(name) or Bucket(
        name=name, arn=f"arn:{account.partition}:s3:::{name}", region=account.region
    )
    key = account.key(bucket.encryption.key) if bucket.encryption else None
    return DataPath(role, bucket, key, purpose, write, objects)


def buckets_and_keys(account: Account, paths: Iterable[DataPath]) -> tuple[tuple[Bucket, ...], tuple[Key, ...]]:
    """The account's own buckets among those of the paths, and the keys that encrypt them."""
    buckets = {path.bucket.name: path.bucket for path in paths if account.bucket(path.bucket.name)}
    keys = {path.key.arn: path.key for path in paths if path.key}
    return tuple(buckets.values()), tuple(keys.values())


Objects = dict[tuple[str, bool], tuple[str, ...]]
"""Bucket name, and whether it is written -> keys that stand for the objects that are meant."""


def _from_data_sources(account: Account, role: Role) -> Objects:
    """What the role's knowledge bases read: everything, or what lies below their prefixes."""
    bases = {base.knowledge_base_id for base in account.knowledge_bases if base.role in (role.arn, role.name)}
    found: Objects = {}
    for source in account.data_sources:
        name = (source.bucket_arn or "").partition(":::")[2]
        if source.knowledge_base_id in bases and name:
            keys = tuple(f"{prefix}{ANY_OBJECT}" for prefix in source.prefixes or ("",))
            found[name, False] = found.get((name, False), ()) + keys
    return found


def _from_action_groups(account: Account, role: Role) -> Objects:
    """The API schemas that the role's agents read."""
    found: Objects = {}
    for agent in account.agents:
        for group in agent.action_groups if agent.role in (role.arn, role.name) else ():
            if group.schema_bucket and group.schema_key:
                place = (group.schema_bucket, False)
                found[place] = (*found.get(place, ()), group.schema_key)
    return found


def unseen_roles(account: Account, users: Iterable[tuple[Fact, str, str | None]]) -> tuple[UnseenRole, ...]:
    """The roles (ARNs or names) of these users, each given with its name, that are not in the account or not known."""
    return tuple(found for user, name, role in users if (found := _unseen(account, user, name, role)) is not None)


def _unseen(account: Account, user: Fact, name: str, role: str | None) -> UnseenRole | None:
    if role is not None and account.role(role) is None:
        return UnseenRole(role, user, name)
    doubt = user.doubt_of_role() if role is None and isinstance(user, Workload) else None
    return UnseenRole(None, user, name, doubt) if doubt is not None else None


def _outside(account: Account, role: Role) -> Objects:
    """What the role's Allow statements name by its full name in buckets that are not in the account."""
    allows = [s for policy in role.policies for s in statements(policy) if s.allow]
    found: Objects = {}
    for write, action in _ACTIONS.items():
        for pattern in (_in_s3(resource) for s in allows if covers(s, action) for resource in s.resources):
            name, slash, key = pattern.partition("/")
            if slash and name and not set(name) & set("*?$") and account.bucket(name) is None:
                keys = (key.replace("*", ANY_OBJECT).replace("?", "x"),)
                found[name, write] = found.get((name, write), ()) + keys
    return found


def _from_policies(account: Account, service_role: ServiceRole) -> Objects:
    """What the role's Allow statements name.

    A bucket that is named, by itself, by its objects or by its key, but neither read nor written, is meant to be read:
    a permission is missing then. So it is with one that is written only, by a role that works on data and reads no
    other; and for a job that has a result, with one that is read only. A pattern for every bucket counts where no
    bucket is named.
    """
    allows = [s for policy in service_role.role.policies for s in statements(policy) if s.allow]
    found: Objects = {
        (bucket.name, write): keys
        for bucket in account.buckets
        for write, action in _ACTIONS.items()
        if (keys := _keys(allows, action, bucket))
    }
    touched = [one for one in account.buckets if any(_touches(account, statement, one) for statement in allows)]
    has_input = not _works_on_data(service_role) or any(not write for _, write in found)
    for bucket in touched:
        if (bucket.name, False) not in found and not ((bucket.name, True) in found and has_input):
            found[bucket.name, False] = (ANY_OBJECT,)
    if service_role.purpose in _WRITERS and touched and not any(write for _, write in found):
        found[touched[-1].name, True] = (ANY_OBJECT,)
    if not found:
        universal = {write for write, action in _ACTIONS.items() if any(_universal(s, action) for s in allows)}
        found = {(bucket.name, write): (ANY_OBJECT,) for bucket in account.buckets for write in sorted(universal)}
    return found


def _works_on_data(service_role: ServiceRole) -> bool:
    return service_role.purpose in _READERS or service_role.service == "sagemaker.amazonaws.com"


_WRITERS = ("batch-inference", "customization")
_READERS = ("knowledge-base", "batch-inference", "customization")
_ACTIONS = {False: "s3:GetObject", True: "s3:PutObject"}


def _keys(allows: Iterable[Statement], action: str, bucket: Bucket) -> tuple[str, ...]:
    """Keys that stand for the objects which these statements name; one that no pattern names where all are named."""
    keys: dict[str, None] = {}
    for statement in allows:
        if covers(statement, action):
            for pattern in map(_in_s3, statement.resources):
                name, slash, key = pattern.partition("/")
                if slash and name != "*" and matches(bucket.name, name):
                    keys[key.replace("*", ANY_OBJECT).replace("?", "x")] = None
                elif name.strip("*") and matches(f"{bucket.name}/{ANY_OBJECT}", pattern):
                    keys[ANY_OBJECT] = None
    return (ANY_OBJECT,) if ANY_OBJECT in keys else tuple(keys)


def _touches(account: Account, statement: Statement, bucket: Bucket) -> bool:
    """Whether a statement about S3 names this bucket, or one that decrypts names its key."""
    key = account.key(bucket.encryption.key) if bucket.encryption else None
    if key is not None and covers(statement, "kms:Decrypt") and key.arn in statement.resources:
        return True
    names = (_in_s3(resource).partition("/")[0] for resource in statement.resources)
    return any(name.strip("*") and matches(bucket.name, name) for name in names)


def _universal(statement: Statement, action: str) -> bool:
    """Whether it is about every object of every bucket, under no condition."""
    patterns = {resource if resource == "*" else _in_s3(resource) for resource in statement.resources}
    return covers(statement, action) and not statement.conditions and bool(patterns & {"*", "*/*"})


def _in_s3(resource: str) -> str:
    """What follows `arn:PARTITION:s3:::`, empty for other resources."""
    return resource.partition(":s3:::")[2] if resource.startswith("arn:") else ""
