from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision, Request, invoke_model, may, routing_known
from scenarios.access.written import matches
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.account.network import Endpoint
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.invocations import CALLER_TYPES, callers, guardrails, invoking_statements, named_models
from scenarios.rules.rule import rule, unknown
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=CALLER_TYPES,
    remediation="Grant the action on the profile's ARN and on the model's ARN in every region that the profile "
    "routes to.",
)
def inference_profile_incomplete(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Where the role may use an inference profile, it may invoke the models behind it.

    A call through an inference profile is authorised on the profile and on the model in the region where it runs:
    with the profile alone, or the model in one region, it fails as soon as it is routed elsewhere.

    Source: "Prerequisites for inference profiles",
    https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
    """
    for caller in callers(account, scope):
        if caller.endpoint is not None:  # else endpoint-missing says so
            yield from _of_role(account, caller.role, caller.endpoint)
    agents = {agent.role for agent in account.agents}  # agent-action-denied speaks of these
    for subject in scope.service_roles:
        if subject.service == "bedrock.amazonaws.com" and not agents & {subject.role.arn, subject.role.name}:
            yield from _of_role(account, subject.role, None)


def _of_role(account: Account, role: Role, via: Endpoint | None) -> Iterator[Judgement]:
    for profile, origin in named_models(role).items():
        if "inference-profile/" in profile:
            yield from _judged(account, role, profile, origin, via)


def _judged(
    account: Account, role: Role, profile: str, origin: Origin | None, via: Endpoint | None
) -> Iterator[Judgement]:
    """What the call lacks on the models, where it is allowed on the profile itself (else invoke-model-denied says so).

    What stops both, such as a boundary, an endpoint policy or a guardrail condition, is not about the profile.
    """
    named = [_calls(account, role, profile, guardrail, via) for guardrail in guardrails(account)]
    best = next((calls for calls in named if all(decision.allowed for _, decision in calls)), named[0])
    (_, first), *behind = best
    if not routing_known(account, profile) and not _in_every_region(role, profile):
        yield unknown(origin, f"to which regions {profile} routes is not known here")
    for request, decision in behind:
        if not (first.denied and decision.denied):
            yield must_be_allowed(decision, origin, f"role {role.name} through {profile} calls {request.resource}")


def _in_every_region(role: Role, profile: str) -> bool:
    """Whether the role's Allow statements name the profile's model, or all models, whatever the region."""
    model = profile.rpartition("/")[2].partition(".")[2]
    named = (resource for statement in invoking_statements(role) for resource in statement.resources)
    return any(
        resource == "*" or (resource.split(":")[3:4] == ["*"] and matches(model, resource.rpartition("/")[2]))
        for resource in named
    )


def _calls(
    account: Account, role: Role, profile: str, guardrail: str | None, via: Endpoint | None
) -> list[tuple[Request, Decision]]:
    """The authorisations of one call through the profile: on the profile and on each model behind it."""
    requests = invoke_model(account, role.arn, profile, guardrail=guardrail, via=via)
    return list(zip(requests, may(account, requests, via=via), strict=True))
