from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision
from scenarios.access.written import statements
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.finding import Judgement, Origin, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.grants import granted_by_identity
from scenarios.rules.invocations import most_open
from scenarios.rules.rule import holds, rule, unknown
from scenarios.rules.scope import Scope

_OTHER = "anyservice"
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

    An agent does what a prompt makes it do, with its role's permissions. Asked for a call that the service does not
    have, on something that nobody names, for each service that the role's policies name: who may do that has the whole
    service, as by AWS's FullAccess policies. And whether the role may change its own policies or pass itself on.

    Source: "Create a service role for Amazon Bedrock Agents",
    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html
    """
    for agent in account.agents:
        role = account.role(agent.role)
        if role is None:
            yield unknown(agent.origin, f"role {agent.role} of agent {agent.name} is not in this template")
            continue
        wide, named = False, f"role {role.name} of agent {agent.name}"
        for service in _services(role):
            decision = _whole(account, role, service)
            what = "every service" if service == _OTHER else f"every action of {service}"
            if decision.allowed:
                wide = True
                yield judgement(Verdict.VIOLATED, _place(decision, role), f"{named} is allowed {what}", decision)
            elif not decision.denied:
                wide = True
                message = f"whether {named} is allowed {what} is not known: {decision.why}"
                yield judgement(Verdict.UNKNOWN, role.origin, message, decision)
        for action in _RAISING:
            decision = granted_by_identity(account, role, action, role.arn)
            if decision.allowed:
                wide = True
                what = f"{named} is allowed {action} on itself"
                yield judgement(Verdict.VIOLATED, _place(decision, role), what, decision)
            elif not decision.denied:
                wide = True
                what = f"whether {named} is allowed {action} on itself is not known: {decision.why}"
                yield judgement(Verdict.UNKNOWN, role.origin, what, decision)
        if not wide:
            yield holds(role.origin, f"{named} is narrow", agent.origin)


def _services(role: Role) -> tuple[str, ...]:
    """The services that the role's policies allow by name, and one that nobody names."""
    named = (action for policy in role.policies for each in statements(policy) if each.allow for action in each.actions)
    services = {service for action in named if (service := action.partition(":")[0].lower().rstrip("*?"))}
    return (_OTHER, *sorted(services))


def _whole(account: Account, role: Role, service: str) -> Decision:
    """On something that nobody names, in this region or of no region and account, as buckets are."""
    arns = (f":{account.region}:{account.account_id}:anything/any-thing-at-all", ":::any-thing-at-all")
    return most_open(
        granted_by_identity(account, role, f"{service}:AnyActionAtAll", f"arn:{account.partition}:{service}{arn}")
        for arn in arns
    )


def _place(decision: Decision, role: Role) -> Origin | None:
    return next((by.origin for by in decision.by if by.origin), role.origin)
