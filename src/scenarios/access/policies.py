"""The policies that take part in a decision."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.account.base import Policy
from scenarios.account.kms import Grant

Levels = tuple[tuple[Policy, ...], ...]
"""Policies of an organisation by level: the root first, then each unit, then the account."""


@dataclass(frozen=True)
class PolicySet:
    """The policies that apply to one request.

    `resource` is the policy of the resource and `resource_kind` what it is the policy of (`s3`, `kms`, `role-trust`,
    `sns`, `secretsmanager`, `lambda`, `logs`): KMS keys and role trust have rules of their own. `further_resource`
    are more of them where a resource can have several. `scps` limit the caller's account, `rcps` the resource's;
    none given means that none are attached. `endpoint` counts where `through_endpoint`; without one AWS's default,
    full access, is in force; `endpoint_kind` is `Gateway` or `Interface`. `public_access_blocked`: S3 Block
    Public Access takes away what a public bucket policy grants to outsiders. `identity_known` and
    `resource_policy_known` are false where those policies could not be read, for the reason given.
    """

    identity: tuple[Policy, ...] = ()
    resource: Policy | None = None
    resource_kind: str | None = None
    boundary: Policy | None = None
    session: Policy | None = None
    scps: Levels = ()
    rcps: Levels = ()
    endpoint: Policy | None = None
    through_endpoint: bool = False
    identity_known: bool = True
    resource_policy_known: bool = True
    endpoint_kind: str | None = None
    further_resource: tuple[Policy, ...] = ()
    grants: tuple[Grant, ...] = ()
    public_access_blocked: bool = False
    identity_reason: str = ""
    resource_reason: str = ""

    @property
    def strict(self) -> bool:
        """Whether the resource's own policy has to admit the caller even within one account."""
        return self.resource_kind in ("kms", "role-trust")

    @property
    def resources(self) -> tuple[Policy, ...]:
        """Every policy of the resource."""
        return (*((self.resource,) if self.resource else ()), *self.further_resource)
