"""What the rules about role trust share: an AWS service asking to assume a role on behalf of some job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.access import Decision, PolicySet, Request, decide
from scenarios.access.written import only, statements
from scenarios.account import Account
from scenarios.account.base import Policy
from scenarios.rules.scope import ServiceRole
from scenarios.rules.strangers import FOREIGN_ACCOUNT

KINDS = {
    "knowledge-base": "knowledge-base",
    "agent": "agent",
    "batch-inference": "model-invocation-job",
    "customization": "model-customization-job",
    "flow": "flow",
}
"""A role's purpose -> the kind of Bedrock resource for which it is assumed."""


_KINDS_OF = {
    "bedrock": tuple(KINDS.values()),
    "ec2": ("instance",),
    "ecs-tasks": ("task",),
    "lambda": ("function:any",),
    "sagemaker": ("notebook-instance", "model", "endpoint", "training-job", "domain", "user-profile"),
}
"""A service -> the kinds of resources for which it assumes roles."""


def assumed_somehow(account: Account, subject: ServiceRole) -> Decision:
    """The decision for a job of this account, of whichever kind the trust policy lets in."""
    kinds = _KINDS_OF[subject.service.partition(".")[0]]
    own = KINDS.get(subject.purpose)
    ordered = (own, *(kind for kind in kinds if kind != own)) if own else kinds
    decisions = [assumed(account, subject, own_source(account, subject, kind)) for kind in ordered]
    return next((one for one in decisions if not one.denied), decisions[0])


def own_source(account: Account, subject: ServiceRole, kind: str) -> dict[str, str]:
    """The keys that the service sends for a job of this account."""
    service = subject.service.partition(".")[0].removesuffix("-tasks")
    arn = f"arn:{account.partition}:{service}:{account.region}:{account.account_id}:{kind}/ANY0000000"
    return {"aws:sourceaccount": account.account_id, "aws:sourcearn": arn}


def foreign_source(account: Account, subject: ServiceRole) -> dict[str, str]:
    """The keys that the service sends for a job of an unknown account, of the kind that the role is for."""
    service = subject.service.partition(".")[0]
    kind = KINDS.get(subject.purpose, "knowledge-base")
    arn = f"arn:{account.partition}:{service}:{account.region}:{FOREIGN_ACCOUNT}:{kind}/ANY0000000"
    return {"aws:sourceaccount": FOREIGN_ACCOUNT, "aws:sourcearn": arn}


def assumed(account: Account, subject: ServiceRole, keys: Mapping[str, str], trust: Policy | None = None) -> Decision:
    """Whether the service may assume the role with these keys, by its trust policy or by `trust` instead."""
    context = {
        "aws:principalisawsservice": "true",
        "aws:principalservicename": subject.service,
        "aws:securetransport": "true",
        "aws:viaawsservice": "false",
        "aws:resourceaccount": account.account_id,
        **keys,
    }
    request = Request(subject.service, "sts:AssumeRole", subject.role.arn, account.account_id, context)
    return decide(request, PolicySet(resource=trust or subject.role.trust, resource_kind="role-trust"))


def by_statement(account: Account, subject: ServiceRole, keys: Mapping[str, str]) -> Iterator[tuple[int, Decision]]:
    """The same question to each Allow statement of the trust policy by itself."""
    for statement in statements(subject.role.trust):
        if statement.allow:
            trust = only(subject.role.trust, statement.index)
            yield statement.index, assumed(account, subject, keys, trust)


def undone(account: Account, subject: ServiceRole, index: int) -> bool:
    """Whether another statement trusts the same service under conditions, which the one at `index` undoes."""
    kind = KINDS.get(subject.purpose, "knowledge-base")
    own = dict(by_statement(account, subject, own_source(account, subject, kind)))
    foreign = dict(by_statement(account, subject, foreign_source(account, subject)))
    return any(other != index and own[other].allowed and foreign[other].denied for other in own)
