from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES, unscoped
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_ANYTHING = "arn:{partition}:bedrock:{region}:{account}:anything/any-thing-at-all"


@rule(
    severity=Severity.HIGH,
    needs=POLICY_TYPES,
    remediation="Grant the calls and the models that are needed, instead of bedrock:* on everything.",
    controls=("Prowler/bedrock_api_key_no_administrative_privileges", "Prowler/bedrock_full_access_policy_attached"),
)
def bedrock_full_access(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody has full access to Bedrock.

    `AmazonBedrockFullAccess`, or a statement that allows `bedrock:*` on every resource, lets its holder invoke every
    model, delete guardrails and switch invocation logging off. Asked for a call that Bedrock does not have, on
    something that nobody names, so that it is the same in whatever words it is granted. What allows every action of
    every service is admin-policy's.

    Source: "AWS managed policies for Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam-awsmanpol.html
    """
    yield from unscoped(account, (("bedrock:AnyActionAtAll", _ANYTHING),), "may do anything in Bedrock")
