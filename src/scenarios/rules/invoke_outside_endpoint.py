from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision, Request, ask
from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.invocations import (
    CALLER_TYPES,
    INVOKE,
    STREAM,
    Caller,
    asked_models,
    callers,
    guardrails,
    invoking_statements,
    most_open,
    profiles,
    unseen,
)
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=CALLER_TYPES,
    remediation="Add a condition to the role's Bedrock statement: StringEquals aws:SourceVpce the endpoint's id "
    "(or deny where it is another).",
)
def invoke_outside_endpoint(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The app's credentials invoke no model except through the endpoint.

    A private network alone does not bind the credentials: taken elsewhere they call Bedrock's public endpoint. A
    condition on `aws:SourceVpce` or `aws:SourceVpc` in the role's policy does. Asked for the same call from an
    address on the internet.

    Source: "Use interface VPC endpoints with Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
    """
    yield from unseen(scope)
    for caller in callers(account, scope):
        if not any(invoking_statements(caller.role)):
            continue
        for action in (INVOKE, STREAM):
            decision = _from_elsewhere(account, caller, action)
            at = next((by.origin for by in decision.by if by.origin), caller.role.origin)
            what = f"role {caller.role.name} calls {action} from outside the endpoint"
            if decision.allowed:
                yield judgement(Verdict.VIOLATED, at, f"{what}: allowed", decision)
            elif decision.denied:
                yield judgement(Verdict.HOLDS, caller.role.origin, f"{what}: denied", decision)
            else:
                yield judgement(Verdict.UNKNOWN, at, f"{what}: not decided, because {decision.why}", decision)


def _from_elsewhere(account: Account, caller: Caller, action: str) -> Decision:
    """The call from the internet, for whichever model and with whichever guardrail lets it through."""
    return most_open(
        ask(account, Request(caller.role.arn, action, model, account.account_id, _context(guardrail, profile)))
        for model in asked_models(account, caller.role)
        for profile in profiles(account, caller.role, model)
        for guardrail in (None, *guardrails(account))
    )


def _context(guardrail: str | None, profile: str | None) -> dict[str, str]:
    context = {"aws:sourceip": "198.51.100.7"}  # of a block reserved for documentation (RFC 5737)
    if guardrail is not None:
        context["bedrock:guardrailidentifier"] = guardrail
    if profile is not None:
        context["bedrock:inferenceprofilearn"] = profile
    return context
