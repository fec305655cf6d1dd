from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision
from scenarios.access.written import covers
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.grants import hidden_policies
from scenarios.rules.invocations import (
    CALLER_TYPES,
    INVOKE,
    STREAM,
    Caller,
    asked_models,
    callers,
    guardrails,
    invoke,
    invoking_statements,
    profiles,
    unseen,
)
from scenarios.rules.rule import rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=CALLER_TYPES,
    remediation="Grant the role bedrock:InvokeModel on the model in its own policy, and let the endpoint policy "
    "admit it.",
)
def invoke_model_denied(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The app may invoke the models that it is meant to, through the endpoint.

    Asked for each model that the role's policies name, for one below each pattern, and for any model where the role has
    no permission at all; with streaming where the role is for that. Where it may call any model, those count that the
    endpoint policy names. An app without a role has no permission.

    Decided through the role's policies, its boundary and the endpoint policy, with the request as it comes through
    the endpoint: with `aws:SourceVpce` and `aws:SourceVpc`, without `aws:SourceIp`. Where the template has a
    guardrail, the request names it.

    Source: "Use interface VPC endpoints with Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
    """
    yield from unseen(scope)
    for workload in scope.workloads:
        if workload.role is None:
            yield violated(workload.origin, f"{workload.name} has no role: it calls Bedrock without any permission")
    for caller in callers(account, scope):
        if caller.endpoint is None:
            continue  # endpoint-missing says so
        if (reason := hidden_policies(account, caller.role)) is not None:
            yield unknown(caller.role.origin, f"which models {caller.workload.name} is meant to invoke: {reason}")
            continue
        for model, origin in asked_models(account, caller.role, caller.endpoint).items():
            for action in _actions(caller.role):
                decision = _best(account, caller, model, action)
                how = "streams from" if action == STREAM else "invokes"
                what = f"{caller.workload.name} {how} {model} through {caller.endpoint.endpoint_id}"
                yield must_be_allowed(decision, _place(decision, caller, origin), what)


def _actions(role: Role) -> Iterator[str]:
    """Plain inference unless the role is for streaming only, and streaming where the role is for it."""
    streams = [statement for statement in invoking_statements(role) if covers(statement, STREAM)]
    if any(covers(statement, INVOKE) for statement in invoking_statements(role)) or not streams:
        yield INVOKE
    if streams:
        yield STREAM


def _best(account: Account, caller: Caller, model: str, action: str) -> Decision:
    """The call in the way that gets furthest: with which guardrail, and through which inference profile."""
    decisions = [
        invoke(account, caller, model, action=action, guardrail=guardrail, profile=profile, through=True)
        for guardrail in guardrails(account)
        for profile in profiles(account, caller.role, model)
    ]
    return next((one for one in decisions if one.allowed), decisions[0])


def _place(decision: Decision, caller: Caller, origin: Origin | None) -> Origin | None:
    """Where a person would add what is lacking: the endpoint policy where only that is in the way, else the role's."""
    endpoint = caller.endpoint
    if endpoint is not None and [lack.partition(":")[0] for lack in decision.lacking] == ["endpoint"]:
        return (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
    return origin or caller.role.origin
