"""The Principal and NotPrincipal elements: whether, and in which way, a statement names the caller.

The way matters: a named session, a user or `*` is granted access directly; a named role only within its boundary and
session policy; an account hands the decision to its own identity policies.

Source: "AWS JSON policy elements: Principal" and "Determining whether a request is allowed or denied within an
account", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic

from scenarios.access.algebra import FALSE, TERNARY, TRUE, T, Truth, known, unknown
from scenarios.access.caller import Caller, Kind

_ACCOUNT = re.compile(r"(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?\Z")
_SESSION = re.compile(r"arn:[a-z-]+:sts::(\d{12}):assumed-role/([^/]+)/")
_ROLE = re.compile(r"arn:[a-z-]+:iam::(\d{12}):role/(?:.*/)?([^/]+)\Z")


@dataclass(frozen=True, slots=True)
class Naming(Generic[T]):
    """How a statement names the caller; a statement can do so in several ways at once."""

    direct: T
    role: T
    account: T

    def parts(self) -> tuple[T, T, T]:
        """The three ways."""
        return self.direct, self.role, self.account


NOBODY: Naming[Truth] = Naming(FALSE, FALSE, FALSE)
EVERYBODY: Naming[Truth] = Naming(TRUE, FALSE, FALSE)
_ACCOUNT_ONLY: Naming[Truth] = Naming(FALSE, FALSE, TRUE)


class PrincipalElement:
    """The entries of a Principal element by kind, or with `negated` those of NotPrincipal."""

    __slots__ = (
        "_accounts",
        "_arns",
        "_canonical",
        "_doubts",
        "_sessions",
        "everyone",
        "federated",
        "negated",
        "services",
    )

    def __init__(self, entries: tuple[tuple[str, str], ...], *, negated: bool, doubts: tuple[str, ...] = ()) -> None:
        """`entries` are (kind, value): (`AWS`, an ARN), (`Service`, a name), (`*`, `*`) and so on."""
        named = [value for kind, value in entries if kind == "AWS"]
        self.negated = negated
        self._doubts = doubts
        self.everyone = any(value == "*" and kind in ("*", "AWS") for kind, value in entries)
        self._accounts = frozenset(found[1] for value in named if (found := _ACCOUNT.match(value)))
        self._arns = frozenset(value for value in named if "*" not in value and "?" not in value)
        self._sessions = frozenset((found[1], found[2]) for value in self._arns if (found := _SESSION.match(value)))
        self.services = frozenset(value for kind, value in entries if kind == "Service")
        self.federated = frozenset(value for kind, value in entries if kind == "Federated")
        self._canonical = any(kind == "CanonicalUser" for kind, _ in entries)

    @property
    def trusted_services(self) -> tuple[str, ...]:
        """The service principals that it names, sorted."""
        return () if self.negated else tuple(sorted(self.services))

    def names(self, caller: Caller, *, bounded: bool = False) -> Naming[Truth]:
        """How the statement names the caller. `bounded`: it is a Deny, and the caller has a permissions boundary."""
        if self.negated:
            return Naming(self._not_listed(caller, bounded=bounded), FALSE, FALSE)
        named = self._listed(caller)
        if self._doubts and named.direct is not TRUE:
            return Naming(unknown(*self._doubts), named.role, named.account)
        return named

    def _listed(self, caller: Caller) -> Naming[Truth]:
        if self.everyone:
            return EVERYBODY
        if caller.kind is Kind.ANONYMOUS:
            return NOBODY
        if caller.kind is Kind.SERVICE:
            return EVERYBODY if caller.name in self.services else NOBODY
        if caller.kind is Kind.PROVIDER:
            return EVERYBODY if caller.name in self.federated else NOBODY
        return self._of_account(caller)

    def _of_account(self, caller: Caller) -> Naming[Truth]:
        if caller.kind is not Kind.ROLE and caller.name in self._arns:
            return _ACCOUNT_ONLY if caller.kind is Kind.ROOT else EVERYBODY
        account = known(caller.account in self._accounts)
        role = known(self._names_role(caller) or (caller.issuer is not None and caller.issuer in self._arns))
        if account is FALSE and role is FALSE and not self._sessions and not self._canonical:
            return NOBODY
        return Naming(self._indirectly(caller), role, account)

    def _indirectly(self, caller: Caller) -> Truth:
        """Ways of being named that a request may leave open."""
        if caller.kind is Kind.ROLE and (caller.account, caller.role_name) in self._sessions:
            return unknown(f"the statement names sessions of {caller.name}, and which session asks is not known")
        if self._canonical:
            return unknown("whose canonical user id the statement names is not known")
        return FALSE

    def _names_role(self, caller: Caller) -> bool:
        """By the role's ARN; where a session's role is known by name only, by that (names are unique in an account)."""
        if caller.role is not None:
            return caller.role in self._arns
        if caller.kind is not Kind.SESSION:
            return False
        found = (_ROLE.match(arn) for arn in self._arns)
        return any(match and match.groups() == (caller.account, caller.role_name) for match in found)

    def _not_listed(self, caller: Caller, *, bounded: bool) -> Truth:
        """NotPrincipal. AWS may check the account, the role and the session one by one; it documents that the role and
        its account together are enough, and that a Deny never excepts a caller with a permissions boundary.

        Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
        """
        if bounded:
            return TRUE
        named = self._listed(caller)
        listed = TERNARY.any_of(named.parts())
        if listed is FALSE:
            return unknown(*self._doubts) if self._doubts else TRUE
        personally = TERNARY.any_of((named.direct, named.role))
        account_too = not caller.has_identity or self.everyone or caller.account in self._accounts
        if personally is TRUE and account_too:
            return FALSE
        if caller.kind is Kind.ROOT and named.account is TRUE:
            return FALSE
        reason = "NotPrincipal names the principal or its account, not both; AWS does not say whom that excepts"
        return unknown(reason, likely=True)
