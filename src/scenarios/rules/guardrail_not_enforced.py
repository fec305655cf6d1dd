from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_denied
from scenarios.rules.invocations import (
    CALLER_TYPES,
    INVOKE,
    STREAM,
    asked_models,
    callers,
    invoke,
    invoking_statements,
    most_open,
    profiles,
    unseen,
)
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=(*CALLER_TYPES, "AWS::Bedrock::Guardrail", "AWS::Bedrock::GuardrailVersion"),
    remediation="Deny bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream where "
    "bedrock:GuardrailIdentifier is not the guardrail (StringNotEquals also denies where it is "
    "absent).",
)
def guardrail_not_enforced(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No inference without the guardrail.

    A guardrail works only where the caller asks for it. To make it binding, IAM has to deny every call that does not
    carry it, for InvokeModel and for InvokeModelWithResponseStream (Converse is authorised by the same two). Judged
    where the template has a guardrail: the call without any, and the call with another one, must both be denied.

    Source: "Set up permissions to use Amazon Bedrock Guardrails", section on enforcing one,
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
    """
    if not account.guardrails:
        return
    yield from unseen(scope)
    for caller in callers(account, scope):
        if not any(invoking_statements(caller.role)):
            continue
        for action in (INVOKE, STREAM):
            for other, words in ((None, "without a guardrail"), (_another(account), "with another guardrail")):
                decision = most_open(
                    invoke(account, caller, model, action=action, guardrail=other, profile=profile, through=through)
                    for model in asked_models(account, caller.role)
                    for profile in profiles(account, caller.role, model)
                    for through in (True, False)
                )
                yield must_be_denied(decision, caller.role.origin, f"role {caller.role.name} calls {action} {words}")


def _another(account: Account) -> str:
    """A guardrail of this account that no template names."""
    return f"arn:{account.partition}:bedrock:{account.region}:{account.account_id}:guardrail/anotherguard"
