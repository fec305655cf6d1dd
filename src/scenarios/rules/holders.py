"""Who carries identity policies, and what these allow on something that no policy names.

Asked for a resource with a name of its own that nobody has used: what is allowed there is allowed everywhere. However
a statement comes to take it in (a wildcard, `NotResource`, several statements together), and whatever keeps it out (a
condition on a tag, a Deny, a boundary), the decision knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scenarios.access import Decision, PolicySet, Request, decide
from scenarios.account import Account
from scenarios.account.iam import Group, Role, User
from scenarios.finding import Judgement, Origin, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.grants import circumstanced, granted_by_identity, hidden_policies

Holder = Role | User | Group
Call = tuple[str, str]
"""An action, and the ARN of a resource that nobody names: `{partition}`, `{region}`, `{account}` are filled in."""

POLICY_TYPES = (
    "AWS::IAM::Role",
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "AWS::IAM::Policy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::ManagedPolicy",
)

ANY_ROLE = "arn:{partition}:iam::{account}:role/any-role-at-all"


def holders(account: Account) -> Iterator[Holder]:
    """Roles, users and groups with policies, or of which it is not known whether they have any.

    A managed policy that nobody has is told as a group that has it.
    """
    held: tuple[Holder, ...] = (*account.roles, *account.users, *account.groups)
    yield from (holder for holder in held if holder.policies or hidden(account, holder) is not None)
    for policy in account.loose_policies:
        yield Group(name=policy.name, arn=policy.arn or policy.name, attached=(policy,), origin=policy.origin)


def granted(
    account: Account, holder: Holder, action: str, resource: str, context: Mapping[str, str] | None = None
) -> Decision:
    """The decision of what the holder carries; a group's is that of a member without policies of its own."""
    named = resource.format(partition=account.partition, region=account.region, account=account.account_id)
    if not isinstance(holder, Group):
        return granted_by_identity(account, holder, action, named, context=context)
    member = f"arn:{account.partition}:iam::{account.account_id}:user/any-member"
    reason = hidden(account, holder)
    policies = PolicySet(identity=holder.policies, identity_known=reason is None, identity_reason=reason or "")
    return decide(circumstanced(account, Request(member, action, named, account.account_id, context or {})), policies)


def hidden(account: Account, holder: Holder) -> str | None:
    """Why it is not known which policies the holder has, if it is not."""
    if not isinstance(holder, Group):
        return hidden_policies(account, holder)
    marks = (one.reason for one in account.unread if one.what.startswith("iam.group.") and one.name == holder.name)
    return next(marks, None)


def administers(account: Account, holder: Holder) -> Decision:
    """Whether the holder may do what no statement can mean: actions that do not exist, of IAM too."""
    some = granted(account, holder, "anyservice:AnyActionAtAll", "arn:{partition}:anyservice:{region}:{account}:any")
    return granted(account, holder, "iam:AnyActionAtAll", ANY_ROLE) if some.allowed else some


def unscoped(account: Account, calls: Iterable[Call], what: str) -> Iterator[Judgement]:
    """Violated for each statement by which a holder may make some of the calls on anything; `what` sums them up.

    Administrators are left to admin-policy.
    """
    asked = tuple(calls)
    for holder in holders(account):
        if administers(account, holder).allowed:
            continue
        decisions = [(action, granted(account, holder, action, resource)) for action, resource in asked]
        yield from told(holder, decisions, what)


def told(holder: Holder, decisions: Iterable[tuple[str, Decision]], what: str) -> Iterator[Judgement]:
    """The judgements on these decisions, each with the action that it is about: none of them may be allowed."""
    allowed: dict[Origin | None, list[tuple[str, Decision]]] = {}
    open_: list[tuple[str, Decision]] = []
    for action, decision in decisions:
        if decision.allowed:
            at = next((by.origin for by in decision.by if by.origin), holder.origin)
            allowed.setdefault(at, []).append((action, decision))
        elif not decision.denied:
            open_.append((action, decision))
    for at, found in allowed.items():
        actions = ", ".join(action for action, _ in found)
        yield judgement(Verdict.VIOLATED, at, f"{holder.name} {what}: {actions}", found[0][1])
    if allowed:
        return
    if open_:
        action, decision = open_[0]
        message = f"whether {holder.name} {what} is not decided: {action}, because {decision.why}"
        yield judgement(Verdict.UNKNOWN, holder.origin, message, decision)
        return
    about = dict.fromkeys(origin for origin in (holder.origin, *_places(holder)) if origin is not None)
    yield Judgement(Verdict.HOLDS, holder.origin, f"{holder.name} {what}: nothing of it", tuple(about))


def _places(holder: Holder) -> Iterator[Origin]:
    yield from (Origin(policy.origin.logical_id) for policy in holder.policies if policy.origin is not None)
