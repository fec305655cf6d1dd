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
    """The roles that `principal` assumes one after the other, and the decision on each step."""

    principal: str
    roles: tuple[Role, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def last(self) -> str:
        """The ARN of whoever acts at the end of the chain."""
        return self.roles[-1].arn if self.roles else self.principal


def assumable(account: Account, *principals: str, admits: Admits = lambda one: one.allowed) -> dict[str, Chain]:
    """Every role of the account that one of the principals reaches, by ARN, with a shortest chain to it.

    `admits` says which decisions count as a step; a session of an assumed role asks with the role's own policies.
    """
    found: dict[str, Chain] = {}
    edge = [Chain(principal) for principal in principals]
    open_ = [role for role in account.roles if role.arn not in principals and _names_principals(role)]
    while edge:
        following: list[Chain] = []
        for chain in edge:
            for role in open_:
                if role.arn not in found:
                    request = Request(chain.last, "sts:AssumeRole", role.arn, account.account_id)
                    decision = ask(account, request)
                    if admits(decision):
                        longer = Chain(chain.principal, (*chain.roles, role), (*chain.decisions, decision))
                        found[role.arn] = longer
                        following.append(longer)
        edge = following
    return found


def _names_principals(role: Role) -> bool:
    """Whether the trust policy speaks of anybody but services and identity providers, who do not chain."""
    return any(word in role.trust.text for word in ('"AWS"', '"NotPrincipal"', '"*"')) or bool(role.trust.uncertain)
