from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scenarios.access import Decision, all_allowed, apply_guardrail, ask, guardrail_arn
from scenarios.access.written import covers
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.account.network import Endpoint
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
    enforces,
    guardrails,
    invoke,
    invoking_statements,
    profiles,
    unseen,
)
from scenarios.rules.rule import prop, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=(*CALLER_TYPES, "AWS::KMS::Key", "AWS::KMS::Alias"),
    remediation="Grant the role bedrock:InvokeModel on the model in its own policy, with a guardrail also "
    "bedrock:ApplyGuardrail on it and kms:Decrypt on its key; let the endpoint policy admit the first two.",
)
def invoke_model_denied(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The app may invoke the models that it is meant to, through the endpoint.

    Asked for each model that the role's policies name, for one below each pattern, and for any model where the role has
    no permission at all; with streaming where the role is for that. Where it may call any model, those count that the
    endpoint policy names. An app without a role has no permission.

    Decided through the role's policies, its boundary and the endpoint policy, with the request as it comes through
    the endpoint: with `aws:SourceVpce` and `aws:SourceVpc`, without `aws:SourceIp`. Where the template has a
    guardrail, the request names it, and the call takes more: `bedrock:ApplyGuardrail` on the guardrail and, where that
    is under a customer managed key, `kms:Decrypt` on it in the caller's name. Without them the call fails although the
    model alone would answer. A guardrail that the account enforces takes the same of every call.

    Source: "Use interface VPC endpoints with Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html; "Set
    up permissions to use Amazon Bedrock Guardrails",
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions.html, and "Create a customer managed
    key for your guardrail", https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-kms.html
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
        yield from _calls(account, caller, caller.endpoint)


_Guarding = Mapping[tuple[str, str], Decision]


@dataclass(frozen=True)
class _Way:
    """One way of making a call: the decision on the model, and by action and resource those on guardrails and keys."""

    model: Decision
    guarding: _Guarding

    @property
    def rank(self) -> tuple[bool, bool]:
        """The better the lower."""
        whole = all_allowed((self.model, *self.guarding.values()))
        return not whole.allowed, not self.model.allowed


def _calls(account: Account, caller: Caller, endpoint: Endpoint) -> Iterator[Judgement]:
    guarding: dict[tuple[str, str], Decision] = {}
    for model, origin in asked_models(account, caller.role, endpoint).items():
        for action in _actions(caller.role):
            way = min(_ways(account, caller, model, action), key=lambda one: one.rank)
            how = "streams from" if action == STREAM else "invokes"
            what = f"{caller.workload.name} {how} {model} through {endpoint.endpoint_id}"
            yield must_be_allowed(way.model, _place(way.model, caller, origin), what)
            guarding |= way.guarding
    for (action, resource), decision in guarding.items():
        yield _guarded(account, caller, action, resource, decision)


def _guarded(account: Account, caller: Caller, action: str, resource: str, decision: Decision) -> Judgement:
    """What is said of a guardrail's part of the call. A key that is disabled decrypts nothing for anybody."""
    what = f"{caller.workload.name} calls {action} on {resource} under a guardrail"
    key = account.key(resource)
    if key is not None and (not key.enabled or key.pending_deletion):
        return violated(key.origin, f"{what}: the key is disabled or about to be deleted", caller.role.origin)
    hangs = [prop(one, "KmsKeyArn") for one in account.guardrails]
    hangs += [prop(one, "GuardrailIdentifier") for one in account.enforced_guardrails]
    named = next((one.origin for one in caller.role.policies if one.origin), None)
    return must_be_allowed(decision, _place(decision, caller, named), what, *hangs)


def _actions(role: Role) -> Iterator[str]:
    """Plain inference unless the role is for streaming only, and streaming where the role is for it."""
    streams = [statement for statement in invoking_statements(role) if covers(statement, STREAM)]
    if any(covers(statement, INVOKE) for statement in invoking_statements(role)) or not streams:
        yield INVOKE
    if streams:
        yield STREAM


def _ways(account: Account, caller: Caller, model: str, action: str) -> Iterator[_Way]:
    """With which guardrail, and through which inference profile."""
    enforced = tuple(one.guardrail for one in account.enforced_guardrails if enforces(account, one, model))
    named: tuple[str | None, ...] = guardrails(account)
    if not _given_a_guardrail(account, caller.role):
        named = (*named, None)
    for guardrail in dict.fromkeys(named):
        applied = dict.fromkeys(guardrail_arn(account, one) for one in (guardrail, *enforced) if one)
        requests = [
            one for each in applied for one in apply_guardrail(account, caller.role.arn, each, via=caller.endpoint)
        ]
        guarding = {(one.action, one.resource): ask(account, one, via=caller.endpoint) for one in requests}
        for profile in profiles(account, caller.role, model):
            decision = invoke(account, caller, model, action=action, guardrail=guardrail, profile=profile, through=True)
            yield _Way(decision, guarding)


def _given_a_guardrail(account: Account, role: Role) -> bool:
    """Whether anything names one to the app: a policy of its role, or its environment. A guardrail of the template that
    nothing names to it may be an agent's."""
    texts = [policy.text.lower() for policy in role.policies]
    for workload in account.workloads():
        if account.role(workload.role) == role:
            texts += [f"{name} {value}".lower() for name, value in getattr(workload, "environment", ())]
    ids = [guardrail.guardrail_id.lower() for guardrail in account.guardrails]
    return any(name in text for text in texts for name in ("guardrail", *ids))


def _place(decision: Decision, caller: Caller, origin: Origin | None) -> Origin | None:
    """Where a person would add what is lacking: the endpoint policy where only that is in the way, else the role's."""
    endpoint = caller.endpoint
    if endpoint is not None and [lack.partition(":")[0] for lack in decision.lacking] == ["endpoint"]:
        return (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
    return origin or caller.role.origin
