from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision
from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import culprit, judgement
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope, ServiceRole
from scenarios.rules.trust import KINDS, assumed, own_source

_BEDROCK = "bedrock.amazonaws.com"


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::IAM::Role",),
    remediation="Make aws:SourceArn like the kind of job that uses the role, such as "
    "arn:aws:bedrock:REGION:ACCOUNT:knowledge-base/*.",
)
def service_role_source_arn_kind(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trust's `aws:SourceArn` is of the kind of job that uses the role, and of no other.

    A knowledge base's role is assumed for `knowledge-base/*`, an agent's for `agent/*`, a batch job's for
    `model-invocation-job/*`. A pattern of another kind keeps the right job out; none at all lets every kind of job of
    the account in, so that whoever may start some job gets the role's data.

    Source: "Create a service role for Amazon Bedrock Knowledge Bases",
    https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html
    """
    for subject in scope.service_roles:
        kind = KINDS.get(subject.purpose)
        if kind is None:
            if subject.purpose == "unspecified" and subject.service == _BEDROCK:
                yield from _any_kind(account, subject)
            continue
        right = assumed(account, subject, own_source(account, subject, kind))
        at = culprit(right, subject.role.trust.origin)
        what = f"{subject.service} for {kind}/*: role {subject.role.name}"
        if right.denied:
            yield judgement(Verdict.VIOLATED, at, f"{what} cannot be assumed, because {right.why}", right)
        elif not right.allowed:
            yield judgement(Verdict.UNKNOWN, at, f"{what}: not decided, because {right.why}", right)
        else:
            yield _no_other_kind(account, subject, kind, right)


def _any_kind(account: Account, subject: ServiceRole) -> Iterator[Judgement]:
    """A role of which nothing tells what it is for is still for some kind of job, and not for every."""
    decision = assumed(account, subject, own_source(account, subject, "any-kind-of-job"))
    at = next((by.origin for by in decision.by if by.origin), subject.role.trust.origin)
    if decision.allowed:
        yield judgement(Verdict.VIOLATED, at, f"any kind of job may have role {subject.role.name} assumed", decision)


def _no_other_kind(account: Account, subject: ServiceRole, kind: str, right: Decision) -> Judgement:
    others = ("any-other-kind-of-job", *(one for one in KINDS.values() if one != kind))
    asked = [assumed(account, subject, own_source(account, subject, one)) for one in others]
    other = next((one for one in asked if one.allowed), next((one for one in asked if not one.denied), asked[0]))
    at = next((by.origin for by in other.by if by.origin), subject.role.trust.origin)
    if other.allowed:
        message = f"role {subject.role.name} is for {kind}/*, but other kinds of job may have it assumed too"
        return judgement(Verdict.VIOLATED, at, message, other)
    if other.denied:
        return judgement(Verdict.HOLDS, at, f"role {subject.role.name} is assumed for {kind}/* only", right)
    return judgement(Verdict.UNKNOWN, at, f"whether {subject.role.name} is for {kind}/* only: {other.why}", other)
