from __future__ import annotations

from collections.abc import Iterator

from scenarios.access.written import statements
from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.grants import granted_by_identity
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope

_RAISING = ("iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:PassRole")


@rule(
    severity=Severity.HIGH,
    needs=(
        "AWS::Bedrock::Agent",
        "AWS::IAM::Role",
        "AWS::IAM::Policy",
        "AWS::IAM::RolePolicy",
        "AWS::IAM::ManagedPolicy",
    ),
    remediation="Grant the agent's role the calls and resources that it needs, by a policy of its own.",
    controls=("Prowler/bedrock_agent_role_least_privilege",),
)
def agent_role_privileged(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An agent's role has no whole service, and cannot raise its own privileges.

    An agent does what a prompt makes it do, with its role's permissions. Judged are statements that allow every action
    of a service (or of all) on every resource, as AWS's FullAccess policies do, and whether the role may change its
    own policies or pass roles at will.

    Source: "Create a service role for Amazon Bedrock Agents",
    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html
    """
    for agent in account.agents:
        role = account.role(agent.role)
        if role is None:
            yield unknown(agent.origin, f"role {agent.role} of agent {agent.name} is not in this template")
            continue
        wide, named = False, f"role {role.name} of agent {agent.name}"
        for policy in role.policies:
            for statement in statements(policy):
                whole = [action for action in statement.actions if action == "*" or action.endswith(":*")]
                if statement.allow and "*" in statement.resources and (whole or statement.not_actions):
                    wide = True
                    what = ", ".join(whole) or "all but some actions"
                    at = statement.origin or policy.origin or role.origin
                    yield violated(at, f"{named} is allowed {what} on everything", role.origin)
        for action in _RAISING:
            decision = granted_by_identity(account, role, action, role.arn)
            if decision.allowed:
                wide = True
                at = next((by.origin for by in decision.by if by.origin), role.origin)
                yield judgement(Verdict.VIOLATED, at, f"{named} is allowed {action} on itself", decision)
            elif not decision.denied:
                wide = True
                what = f"whether {named} is allowed {action} on itself is not known: {decision.why}"
                yield judgement(Verdict.UNKNOWN, role.origin, what, decision)
        if not wide:
            yield holds(role.origin, f"{named} is narrow", agent.origin)
