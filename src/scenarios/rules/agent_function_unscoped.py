from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Request, ask
from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import FOREIGN_ACCOUNT

_BEDROCK = "bedrock.amazonaws.com"


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::Bedrock::Agent", "AWS::Lambda::Function", "AWS::Lambda::Permission"),
    remediation="Add SourceAccount this account, and SourceArn the agent, to the AWS::Lambda::Permission.",
)
def agent_function_unscoped(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Bedrock invokes an action group's function for this account's agents only.

    Bedrock acts for every customer: a permission for `bedrock.amazonaws.com` without a source lets the agent of any
    account call the function with whatever it likes. Asked as Bedrock would ask for an agent of an unknown account.

    Source: "Resource-based policy to allow Amazon Bedrock to invoke an action group Lambda function",
    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html#agents-permissions-lambda
    """
    called = {_unqualified(group.lambda_arn) for agent in account.agents for group in agent.action_groups}
    for function in account.functions:
        if function.arn not in called:
            continue
        agent = f"arn:{account.partition}:bedrock:{account.region}:{FOREIGN_ACCOUNT}:agent/ANYAGENT00"
        keys = {"aws:sourceaccount": FOREIGN_ACCOUNT, "aws:sourcearn": agent}
        decision = ask(account, Request(_BEDROCK, "lambda:InvokeFunction", function.arn, account.account_id, keys))
        at = next((by.origin for by in decision.by if by.origin), function.origin)
        what = f"Bedrock invokes {function.name} for an agent of any account"
        if decision.allowed:
            yield judgement(Verdict.VIOLATED, at, f"{what}: allowed", decision)
        elif decision.denied:
            yield judgement(Verdict.HOLDS, at, f"{what}: denied", decision)
        else:
            yield judgement(Verdict.UNKNOWN, at, f"{what}: not decided, because {decision.why}", decision)


def _unqualified(arn: str | None) -> str:
    """A function's ARN without version or alias."""
    return ":".join((arn or "").split(":")[:7])
