from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision
from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_denied
from scenarios.rules.grants import granted_by_identity
from scenarios.rules.invocations import (
    CALLER_TYPES,
    INVOKE,
    Caller,
    callers,
    guardrails,
    invoking_statements,
    unnamed_model,
    unseen,
)
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=CALLER_TYPES,
    remediation="Name the models in Resource instead of a wildcard.",
)
def model_not_allow_listed(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The app invokes only models that somebody chose.

    With `Resource: "*"` or `foundation-model/*` the role calls every model of the region, whatever it costs and
    whoever made it. Asked for a model that no policy names.

    Source: "Identity-based policy examples for Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html
    """
    yield from unseen(scope)
    for caller in callers(account, scope):
        if not any(invoking_statements(caller.role)):
            continue
        decision = _decided(account, caller)
        what = f"role {caller.role.name} invokes a model that its policy does not name"
        yield must_be_denied(decision, caller.role.origin, what)


def _decided(account: Account, caller: Caller) -> Decision:
    """The role's own policies only: an endpoint policy narrows the way, not what the role may ask for."""
    decisions = [_with(account, caller, guardrail) for guardrail in guardrails(account)]
    return next((decision for decision in decisions if not decision.denied), decisions[0])


def _with(account: Account, caller: Caller, guardrail: str | None) -> Decision:
    keys = {"bedrock:guardrailidentifier": guardrail} if guardrail else {}
    if caller.endpoint is not None:
        keys |= {"aws:sourcevpce": caller.endpoint.endpoint_id, "aws:sourcevpc": caller.endpoint.vpc_id}
    return granted_by_identity(account, caller.role, INVOKE, unnamed_model(account), context=keys)
