"""What the rules about calling Bedrock share: who calls, which models their policies name, and how they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenarios.access import Decision, Request, ask, guardrail_identifiers, routed_models
from scenarios.access.written import Statement, covers, statements
from scenarios.account import Account
from scenarios.account.bedrock import EnforcedGuardrail
from scenarios.account.iam import Role
from scenarios.account.network import Endpoint
from scenarios.account.workload import Workload
from scenarios.finding import Judgement, Origin
from scenarios.rules.rule import unknown
from scenarios.rules.scope import Scope

INVOKE = "bedrock:InvokeModel"
STREAM = "bedrock:InvokeModelWithResponseStream"
CALLER_TYPES = (
    "AWS::IAM::Role",
    "AWS::IAM::Policy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::Lambda::Function",
    "AWS::EC2::VPCEndpoint",
)


@dataclass(frozen=True)
class Caller:
    """A role that workloads of the scenario call Bedrock with, one of those workloads, and its Bedrock endpoint."""

    role: Role
    workload: Workload
    endpoint: Endpoint | None


def callers(account: Account, scope: Scope) -> Iterator[Caller]:
    """Each role of the scope's workloads once."""
    seen: set[str] = set()
    for workload in scope.workloads:
        role = account.role(workload.role)
        if role is not None and role.arn not in seen:
            seen.add(role.arn)
            yield Caller(role, workload, bedrock_endpoint(account, workload))


def bedrock_endpoint(account: Account, workload: Workload) -> Endpoint | None:
    """The `bedrock-runtime` endpoint of the workload's VPC."""
    vpc = workload.placement.vpc_id if workload.placement else None
    for endpoint in account.endpoints:
        if endpoint.vpc_id == vpc and endpoint.service.endswith((".bedrock-runtime", ".bedrock-runtime-fips")):
            return endpoint
    return None


def invoking_statements(role: Role) -> Iterator[Statement]:
    """The Allow statements of a role that cover inference."""
    for policy in role.policies:
        for statement in statements(policy):
            if statement.allow and covers(statement, INVOKE, STREAM):
                yield statement


def named_models(role: Role) -> dict[str, Origin | None]:
    """The model ARNs that a role's Allow statements name without a wildcard, with the statement's origin."""
    return {
        resource: statement.origin
        for statement in invoking_statements(role)
        for resource in statement.resources
        if ":bedrock:" in resource and "*" not in resource and "?" not in resource
    }


def asked_models(account: Account, role: Role, endpoint: Endpoint | None = None) -> dict[str, Origin | None]:
    """Models that stand for those which a role is meant to call.

    Each that its Allow statements name, and one below each of their patterns; else those that a Deny names; else one
    that nobody named. Where the role may call any model, it is those that the policy of `endpoint` names.
    """
    covering = [s for policy in role.policies for s in statements(policy) if covers(s, INVOKE, STREAM)]
    chosen = _named_by_endpoint(account, endpoint) or (unnamed_model(account),)
    for wanted in (True, False):
        found = {
            model: statement.origin
            for statement in covering
            for resource in statement.resources
            if statement.allow is wanted and (resource == "*" or ":bedrock:" in resource)
            for model in (chosen if resource == "*" else (_instance(account, resource),))
        }
        if found:
            return found
    return dict.fromkeys(chosen)


def _named_by_endpoint(account: Account, endpoint: Endpoint | None) -> tuple[str, ...]:
    """The models that the endpoint's policy admits by name or pattern."""
    admitted = (s for s in statements(endpoint.policy if endpoint else None) if s.allow and covers(s, INVOKE, STREAM))
    resources = (resource for statement in admitted for resource in statement.resources if ":bedrock:" in resource)
    return tuple(dict.fromkeys(_instance(account, resource) for resource in resources))


def _instance(account: Account, pattern: str) -> str:
    """A model's ARN that matches the pattern, in this region and account where the pattern leaves them open. Foundation
    models belong to no account."""
    parts = pattern.split(":", 5)
    owner = "" if parts[-1].startswith("foundation-model") else account.account_id
    own = (None, account.partition, None, account.region, owner)
    filled = [mine if mine is not None and part == "*" else part for part, mine in zip(parts, own, strict=False)]
    return ":".join([*filled, *parts[5:]]).replace("*", "any-model").replace("?", "x")


def invoke(
    account: Account,
    caller: Caller,
    model: str,
    *,
    action: str = INVOKE,
    guardrail: str | None = None,
    profile: str | None = None,
    through: bool,
) -> Decision:
    """One inference call by the caller's role: through its endpoint, or from anywhere else.

    Without `guardrail` the request carries no `bedrock:GuardrailIdentifier`; with `profile` it is the part of a call
    through that inference profile which is about the model behind it.
    """
    context = {"bedrock:guardrailidentifier": guardrail} if guardrail else {}
    if profile is not None:
        context["bedrock:inferenceprofilearn"] = profile
    request = Request(caller.role.arn, action, model, account.account_id, context)
    return ask(account, request, via=caller.endpoint if through else None)


def profiles(account: Account, role: Role, model: str) -> tuple[str | None, ...]:
    """Ways of calling a model: by itself, and as what lies behind an inference profile that the role names."""
    if "foundation-model/" not in model:
        return (None,)
    named = (one for one in asked_models(account, role) if "inference-profile/" in one)
    return (None, *(one for one in named if model in routed_models(account, one)))


def unseen(scope: Scope) -> Iterator[Judgement]:
    """One unknown for each app whose role is not in the account."""
    for role in scope.unseen_roles:
        yield unknown(role.user.origin, role.reason)


def guardrails(account: Account) -> tuple[str | None, ...]:
    """What a request may name as its guardrail: each of the account's, as a draft and by version, or none at all."""
    return tuple(name for guardrail in account.guardrails for name in guardrail_identifiers(guardrail)) or (None,)


def most_open(decisions: Iterable[Decision]) -> Decision:
    """The decision that lets most through: an allowed one, else one that nobody can decide, else a denied one."""
    return min(decisions, key=lambda decision: (not decision.allowed, decision.denied))


def unnamed_model(account: Account) -> str:
    """A foundation model that no policy names; only a wildcard matches it."""
    return f"arn:{account.partition}:bedrock:{account.region}::foundation-model/nobody.named-this-model-v1:0"


def enforces(account: Account, enforced: EnforcedGuardrail, model: str) -> bool:
    """Whether the enforcement is for this model, or for each one behind this inference profile."""
    if "ALL" in enforced.included and not enforced.excluded:
        return True
    named = routed_models(account, model) if "inference-profile/" in model else (model,)
    ids = [one.partition("foundation-model/")[2] for one in named]
    return bool(ids) and all(
        one and one not in enforced.excluded and ("ALL" in enforced.included or one in enforced.included) for one in ids
    )
