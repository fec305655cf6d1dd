"""KMS keys."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy, Tags


class Grant(Fact):
    """A KMS grant: `grantee` may use `operations` under the encryption-context constraint."""

    grant_id: str
    grantee: str
    operations: tuple[str, ...]
    context_equals: Tags = ()
    context_subset: Tags = ()


class Key(Fact):
    """A customer managed KMS key; `aliases` are full names such as `alias/documents`."""

    key_id: str
    arn: str
    policy: Policy
    enabled: bool = True
    pending_deletion: bool = False
    rotation: bool | None = None
    rotation_days: int | None = None
    spec: str = "SYMMETRIC_DEFAULT"
    usage: str = "ENCRYPT_DECRYPT"
    multi_region: bool = False
    aliases: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    tags: Tags = ()
