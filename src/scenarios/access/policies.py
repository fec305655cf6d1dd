"""The policies that take part in a decision."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenarios.account.base import Policy
from scenarios.account.kms import Grant

Levels = tuple[tuple[Policy, ...], ...]
"""Policies of an organisation by level: the root first, then each unit, then the account."""


@dataclass(frozen=True)
class PolicySet:
    """The policies that apply to one request.

    `resource` is the policy of the resource and `resource_kind` what it is the policy of (`s3`, `kms`, `role-trust`,
    `sns`, `sqs`, `secretsmanager`, `lambda`, `logs`, `ecr`, `aoss`): KMS keys, role trust and the data of collections
    have rules of their own. `further_resource` are more of them where a resource can have several. `scps` limit the
    caller's account, `rcps` the resource's; none given means that none are attached. `endpoint` counts where
    `through_endpoint`; without one AWS's default, full access, is in force; `endpoint_kind` is `Gateway` or
    `Interface`. `public_access_blocked`: S3 Block Public Access takes away what a public bucket policy grants to
    outsiders. `identity_known` and `resource_policy_known` are false where those policies could not be read, for the
    reason given.
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
        return self.resource_kind in ("kms", "role-trust", "aoss")

    @property
    def resources(self) -> tuple[Policy, ...]:
        """Every policy of the resource."""
        return (*((self.resource,) if self.resource else ()), *self.further_resource)

    def of_layer(self, layer: str) -> tuple[Policy, ...]:
        """The policies of one layer: `identity`, `resource`, `boundary`, `session`, `endpoint`, `scp.0`, `rcp.0` ..."""
        kind, _, level = layer.partition(".")
        if kind in ("scp", "rcp"):
            return (self.scps if kind == "scp" else self.rcps)[int(level)]
        if kind == "identity":
            return self.identity
        if kind == "resource":
            return self.resources
        single = {"boundary": self.boundary, "session": self.session, "endpoint": self.endpoint}.get(kind)
        return (single,) if single else ()

    def with_layer(self, layer: str, policies: tuple[Policy, ...]) -> PolicySet:
        """The same set with other policies in one layer; a layer that holds one policy takes the first."""
        kind, _, level = layer.partition(".")
        first = policies[0] if policies else None
        match kind:
            case "identity":
                return replace(self, identity=policies)
            case "resource":
                return replace(self, resource=first, further_resource=policies[1:])
            case "scp":
                return replace(self, scps=_with_level(self.scps, int(level), policies))
            case "rcp":
                return replace(self, rcps=_with_level(self.rcps, int(level), policies))
            case "boundary":
                return replace(self, boundary=first)
            case "session":
                return replace(self, session=first)
        return replace(self, endpoint=first)


def _with_level(levels: Levels, level: int, policies: tuple[Policy, ...]) -> Levels:
    return (*levels[:level], policies, *levels[level + 1 :])
