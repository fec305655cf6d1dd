from __future__ import annotations

from collections.abc import Iterator

from scenarios.access.written import statements
from scenarios.account import Account
from scenarios.account.iam import Role, User
from scenarios.finding import Judgement, Severity
from scenarios.rules.grants import hidden_policies
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"),
    remediation="Grant the calls and the models that are needed, instead of bedrock:* on everything.",
    controls=("Prowler/bedrock_full_access_policy_attached",),
)
def bedrock_full_access(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody has full access to Bedrock.

    `AmazonBedrockFullAccess`, or a statement that allows `bedrock:*` on every resource, lets its holder invoke every
    model, delete guardrails and switch invocation logging off. Roles, users and groups that may call Bedrock at all
    are judged; what allows every action of every service is not this rule's.

    Source: "AWS managed policies for Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam-awsmanpol.html
    """
    for identity in (*account.roles, *account.users, *account.groups):
        named = f"{type(identity).__name__.lower()} {identity.name}"
        calls, full = False, False
        for policy in identity.policies:
            for statement in statements(policy):
                actions = [action.lower() for action in statement.actions if statement.allow]
                calls = calls or any(action.startswith("bedrock:") for action in actions)
                if "bedrock:*" in actions and "*" in statement.resources and not statement.conditions:
                    full = True
                    at = statement.origin or policy.origin or identity.origin
                    yield violated(at, f"{named} may do anything in Bedrock", identity.origin)
        hidden = hidden_policies(account, identity) if isinstance(identity, Role | User) else None
        if hidden and not full:
            yield unknown(identity.origin, f"whether {named} has full access to Bedrock is not known: {hidden}")
        elif calls and not full:
            yield holds(identity.origin, f"{named} has no full access to Bedrock")
