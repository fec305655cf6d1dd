from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Request, ask
from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.decisions import must_be_denied
from scenarios.rules.invocations import CALLER_TYPES, callers, unseen
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=CALLER_TYPES,
    remediation="Deny bedrock-mantle:* to the role, or leave it out of its Allow statements.",
)
def bedrock_mantle_bypass(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The role cannot go round the controls through the OpenAI-compatible API.

    `bedrock-mantle` is an API, an endpoint and an IAM service prefix of its own for the same models: conditions and
    endpoint policies that name `bedrock` and `bedrock-runtime` only say nothing about it.

    Source: "Bedrock mantle endpoints", https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html
    """
    yield from unseen(scope)
    for caller in callers(account, scope):
        resource = f"arn:{account.partition}:bedrock-mantle:{account.region}:{account.account_id}:project/default"
        decision = ask(
            account, Request(caller.role.arn, "bedrock-mantle:CreateInference", resource, account.account_id)
        )
        what = f"role {caller.role.name} calls bedrock-mantle:CreateInference, past the bedrock-runtime endpoint"
        yield must_be_denied(decision, caller.role.origin, what)
