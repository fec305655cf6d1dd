from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.access import Decision
from scenarios.account import Account
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.decisions import must_be_denied
from scenarios.rules.invocations import (
    CALLER_TYPES,
    INVOKE,
    STREAM,
    Caller,
    asked_models,
    callers,
    enforces,
    invoke,
    invoking_statements,
    most_open,
    profiles,
    unseen,
)
from scenarios.rules.rule import holds, prop, rule
from scenarios.rules.scope import Scope

_ANOTHER_REGION = "a-region-that-nobody-names"
_SETTINGS = ("GuardrailIdentifier", "ModelEnforcement", "SelectiveContentGuarding")


@rule(
    severity=Severity.HIGH,
    needs=(
        *CALLER_TYPES,
        "AWS::Bedrock::Guardrail",
        "AWS::Bedrock::GuardrailVersion",
        "AWS::Bedrock::EnforcedGuardrailConfiguration",
    ),
    remediation="Deny bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream where "
    "bedrock:GuardrailIdentifier is not the guardrail (StringNotEquals also denies where it is "
    "absent), or add an AWS::Bedrock::EnforcedGuardrailConfiguration.",
)
def guardrail_not_enforced(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No inference without the guardrail.

    A guardrail works only where the caller asks for it. To make it binding, IAM has to deny every call that does not
    carry it, for InvokeModel and for InvokeModelWithResponseStream (Converse is authorised by the same two); or the
    account enforces it, beside whatever the caller asks for, on all models or on those that the enforcement includes
    and does not exclude. One that looks only at what callers mark (SELECTIVE for messages) binds nobody. Judged where
    the template has a guardrail: the call without any, and the call with another one, must both be denied or guarded.

    Source: "Set up permissions to use Amazon Bedrock Guardrails", section on enforcing one,
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html, and
    "Apply cross-account safeguards with Amazon Bedrock Guardrails enforcements",
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html
    """
    if not account.guardrails and not account.enforced_guardrails:
        return
    yield from unseen(scope)
    about = tuple(_hangs(account))
    for caller in callers(account, scope):
        if not any(invoking_statements(caller.role)):
            continue
        for action in (INVOKE, STREAM):
            for other, words in ((None, "without a guardrail"), (_another(account), "with another guardrail")):
                what = f"role {caller.role.name} calls {action} {words}"
                for where, models in _places(account, caller):
                    decisions = list(_unguarded(account, caller, models, action, other))
                    if decisions:
                        judged = must_be_denied(most_open(decisions), caller.role.origin, f"{what}{where}")
                        yield replace(judged, about=(*judged.about, *about))
                    else:
                        said = f"{what}{where}: the account's guardrail is applied all the same"
                        yield holds(caller.role.origin, said, *about)


def _places(account: Account, caller: Caller) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Which models are asked about, and where. An enforcement is its region's: elsewhere the caller meets none."""
    asked = tuple(asked_models(account, caller.role))
    arn = f"arn:{account.partition}:bedrock:{account.region}::foundation-model/"
    excluded = (f"{arn}{model}" for each in account.enforced_guardrails for model in each.excluded)
    yield "", tuple(dict.fromkeys((*asked, *excluded)))
    if account.enforced_guardrails:
        elsewhere = (model.replace(f":{account.region}:", f":{_ANOTHER_REGION}:", 1) for model in asked)
        yield " in another region", tuple(elsewhere)


def _unguarded(
    account: Account, caller: Caller, models: tuple[str, ...], action: str, guardrail: str | None
) -> Iterator[Decision]:
    """The decisions on the calls to which the account applies no guardrail by itself."""
    for model in models:
        for profile in profiles(account, caller.role, model):
            if not _enforced(account, model, profile):
                for through in (True, False):
                    yield invoke(
                        account, caller, model, action=action, guardrail=guardrail, profile=profile, through=through
                    )


def _enforced(account: Account, model: str, profile: str | None) -> bool:
    """Whether the account applies a guardrail to this call. A model that is named in another region is called there,
    but for what lies behind an inference profile."""
    region = model.split(":")[3] if model.count(":") > 4 else ""
    here = profile is not None or region in ("", account.region)
    binding = (each for each in account.enforced_guardrails if not each.selective)
    return here and any(enforces(account, each, model) for each in binding)


def _hangs(account: Account) -> Iterator[Origin]:
    """What says which guardrail is enforced, and on what."""
    found = [each.origin for each in (*account.guardrails, *account.enforced_guardrails)]
    found += [prop(each, setting) for each in account.enforced_guardrails for setting in _SETTINGS]
    yield from (origin for origin in found if origin is not None)


def _another(account: Account) -> str:
    """A guardrail of this account that no template names."""
    return f"arn:{account.partition}:bedrock:{account.region}:{account.account_id}:guardrail/anotherguard"
