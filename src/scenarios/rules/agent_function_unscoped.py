from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Request, ask
from scenarios.account import Account
from scenarios.account.workload import LambdaFunction
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_denied
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
    for called in dict.fromkeys(group.lambda_arn for agent in account.agents for group in agent.action_groups):
        function = _function(account, called)
        if called is None or function is None:
            continue
        agent = f"arn:{account.partition}:bedrock:{account.region}:{FOREIGN_ACCOUNT}:agent/ANYAGENT00"
        keys = {"aws:sourceaccount": FOREIGN_ACCOUNT, "aws:sourcearn": agent}
        decision = ask(account, Request(_BEDROCK, "lambda:InvokeFunction", called, account.account_id, keys))
        yield must_be_denied(decision, function.origin, f"Bedrock invokes {function.name} for an agent of any account")


def _function(account: Account, called: str | None) -> LambdaFunction | None:
    """The account's function that an ARN names, with a version or alias or without."""
    unqualified = ":".join((called or "").split(":")[:7])
    return next((one for one in account.functions if one.arn == unqualified), None)
