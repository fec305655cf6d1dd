"""Role chaining: which roles a principal ends up with by assuming one after the other.

Source: "Roles terms and concepts", section on role chaining,
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scenarios.access.ask import ask
from scenarios.access.decision import Decision
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.iam import Role

Admits = Callable[[Decision], bool]


@dataclass(frozen=True)
class Chain:
    """The roles that a principal assumes one after the other, and the decision on each step."""

    roles: tuple[Role, ...]
    decisions: tuple[Decision, ...]

    @property
    def last(self) -> Role:
        """The role that the chain ends with."""
        return self.roles[-1]


def assumable(account: Account, principal: str, admits: Admits = lambda one: one.allowed) -> dict[str, Chain]:
    """Every role of the account that a principal reaches, by ARN, with a shortest chain to it.

    `admits` says which decisions count as a step; a session of an assumed role asks with the role's own policies.
    """
    found: dict[str, Chain] = {}
    edge: list[tuple[str, Chain]] = [(principal, Chain((), ()))]
    while edge:
        following: list[tuple[str, Chain]] = []
        for asker, chain in edge:
            for role in account.roles:
                if role.arn in found or role.arn == principal:
                    continue
                decision = ask(account, Request(asker, "sts:AssumeRole", role.arn, account.account_id))
                if admits(decision):
                    longer = Chain((*chain.roles, role), (*chain.decisions, decision))
                    found[role.arn] = longer
                    following.append((role.arn, longer))
        edge = following
    return found
