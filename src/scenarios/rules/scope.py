"""What a scenario found in an account for its rules to judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scenarios.account import Fact
from scenarios.account.iam import Role
from scenarios.account.kms import Key
from scenarios.account.network import Endpoint
from scenarios.account.s3 import Bucket
from scenarios.account.trail import Trail
from scenarios.account.workload import Workload

ANY_OBJECT = "any-object"
"""A key that no policy names: what may be done with it may be done with any object, or any below a prefix."""


@dataclass(frozen=True)
class ServiceRole:
    """A role that an AWS service may assume for a purpose, or has to: `used` where a resource gives it the role.

    `service` is the service principal; `purpose` the kind of job: `knowledge-base`, `batch-inference`,
    `customization`, `agent`, `flow`, `invocation-logging`, `notebook`, `training`, `model`, `studio`,
    `trail-logs` or `unspecified`.
    """

    role: Role
    service: str
    purpose: str
    used: bool = False


@dataclass(frozen=True)
class DataPath:
    """A principal that reads (or writes) a bucket's objects.

    `objects` are keys that stand for those that it is meant for. `key` is the customer managed key that encrypts the
    bucket, where it is one of this account's. `via` is the S3 endpoint that the principal's requests come through."""

    role: Role
    bucket: Bucket
    key: Key | None
    purpose: str
    write: bool = False
    objects: tuple[str, ...] = (ANY_OBJECT,)
    via: Endpoint | None = None


@dataclass(frozen=True)
class UnseenRole:
    """A role that something of the scenario works with and that is not in the account: nothing is known of it.

    Without `role` it is not even known which one that is, for the reason in `doubt`."""

    role: str | None
    user: Fact
    name: str
    doubt: str = ""

    @property
    def reason(self) -> str:
        """What is not known, in words."""
        if self.role is None:
            return f"which role {self.name} acts with is not known: {self.doubt}"
        return f"role {self.role} of {self.name} is not in this template, so that its trust and policies are not known"


@dataclass(frozen=True)
class Flow:
    """A workload that has to reach an AWS service (`bedrock-runtime`, `s3`, `sagemaker.api` ...) over the network.

    `required` is false where the need is only possible."""

    workload: Workload
    service: str
    required: bool = True


@dataclass(frozen=True)
class Scope:
    """A scenario's subjects. A scenario applies where at least one of them exists.

    `buckets` and `keys` are those that the subjects use; alone they do not make a scenario apply. `audit` names what
    shows that calls are meant to be recorded where there is no trail. `everything` makes a scenario apply to any
    account that holds anything.
    """

    service_roles: tuple[ServiceRole, ...] = ()
    data_paths: tuple[DataPath, ...] = ()
    flows: tuple[Flow, ...] = ()
    workloads: tuple[Workload, ...] = ()
    trails: tuple[Trail, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    keys: tuple[Key, ...] = ()
    audit: tuple[str, ...] = ()
    unseen_roles: tuple[UnseenRole, ...] = ()
    everything: bool = False
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What several rules ask of the same account and scope, answered once."""

    @property
    def applies(self) -> bool:
        """Whether the scenario has anything to judge."""
        actors = (self.service_roles, self.data_paths, self.flows, self.workloads, self.unseen_roles)
        return any(actors) or bool(self.trails or self.audit) or self.everything
