"""Principals and the policies that they carry."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy, Tags


class Identity(Fact):
    """What users, groups and roles share. Inline and attached policies are kept apart only by origin and ARN.

    `unique_id` is the id that AWS gives out once and never again (`AROA...`, `AIDA...`).
    """

    name: str
    arn: str
    unique_id: str | None = None
    path: str = "/"
    inline: tuple[Policy, ...] = ()
    attached: tuple[Policy, ...] = ()

    @property
    def policies(self) -> tuple[Policy, ...]:
        """All identity policies, inline first."""
        return self.inline + self.attached


class Group(Identity):
    """An IAM group; never a principal itself."""


class User(Identity):
    """An IAM user; `groups` are the names of the groups it is in."""

    boundary: Policy | None = None
    groups: tuple[str, ...] = ()
    tags: Tags = ()
    access_key_ids: tuple[str, ...] = ()
    console_access: bool | None = None


class Role(Identity):
    """An IAM role; `trust` is its assume-role policy."""

    trust: Policy
    boundary: Policy | None = None
    tags: Tags = ()


class InstanceProfile(Fact):
    """An instance profile and the ARNs of its roles."""

    name: str
    arn: str
    roles: tuple[str, ...] = ()


class ServiceCredential(Fact):
    """A long-term service-specific credential, such as a Bedrock API key of a user."""

    user: str
    service: str
    expires: str | None = None


class OutsideUser(Fact):
    """A user whom a policy of this account names and whom the account does not show; `policy` is the policy's name."""

    policy: str
    name: str
