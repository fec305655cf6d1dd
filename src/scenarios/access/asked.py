"""The formula's leaves for one request: the world in which each statement is true, false, or known to be unknown."""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.access.algebra import FALSE, TRUE, Ternary, Truth, known, unknown
from scenarios.access.arn import account_of
from scenarios.access.caller import Caller, Kind, caller_of
from scenarios.access.condition import Clause
from scenarios.access.facts import Facts
from scenarios.access.formula import Case
from scenarios.access.policies import PolicySet
from scenarios.access.principal import NOBODY, Naming
from scenarios.access.request import Request
from scenarios.access.statement import Document, Statement


class Asked(Ternary):
    """One request, ready to be held against statements."""

    def __init__(self, request: Request, *, bounded: bool) -> None:
        self.request = request
        self.facts = Facts(request)
        self._action = request.action.lower()
        self.caller = caller_of(request.principal, self._action, request.issuer or self._role_in_context(request))
        self._bounded = bounded

    def _role_in_context(self, request: Request) -> str | None:
        """`aws:PrincipalArn` of a session is its role's ARN, path and all."""
        value = self.facts.value("aws:principalarn") if ":assumed-role/" in request.principal else None
        return value if isinstance(value, str) else None

    def statements(self, document: Document) -> Iterable[Statement]:
        """Those that may be about the action."""
        return document.about(self._action)

    def action(self, statement: Statement) -> Truth:
        """Whether the statement is about the action."""
        return statement.action.matches(self._action)

    def resource(self, statement: Statement) -> Truth:
        """Whether the statement is about the resource; without the element (role trust) it is."""
        return statement.resource.matches(self.request.resource, self.facts) if statement.resource else TRUE

    def condition(self, clause: Clause) -> Truth:
        """Whether the request meets the clause."""
        return clause.holds(self.facts)

    def certain(self, statement: Statement) -> Truth:
        """Whether the statement stands there for certain."""
        return statement.doubt

    def unsure(self, reason: str) -> Truth:
        """An unknown for this reason."""
        return unknown(reason)

    def named(self, statement: Statement) -> Naming[Truth]:
        """How a resource policy's statement names the caller."""
        if statement.principal is None:
            return NOBODY
        # Only of a Deny AWS says that its NotPrincipal excepts no caller with a permissions boundary.
        denies = not statement.allow or statement.either_effect
        return statement.principal.names(self.caller, bounded=self._bounded and denies)

    def named_at_gateway(self, statement: Statement) -> Naming[Truth]:
        """A gateway endpoint's policy knows no principal but `*` and the account, which is its root user alone.

        Source: "Control access to VPC endpoints using endpoint policies", section on gateway endpoints,
        https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
        """
        named = self.named(statement)
        if named.direct is TRUE and statement.principal and (statement.principal.everyone or self._keyless):
            return named
        if self.caller.kind is Kind.ROOT:
            return named
        if named.direct is FALSE and named.role is FALSE:
            return NOBODY
        reason = "a gateway endpoint's policy names a user or role as Principal, where AWS takes only *"
        return Naming(unknown(reason), FALSE, FALSE)

    @property
    def _keyless(self) -> bool:
        return not self.caller.has_identity


def case_of(asked: Asked, policies: PolicySet) -> Case[Truth]:
    """How the caller stands to the resource."""
    return Case(asked.caller.has_identity, same_account(asked), policies.strict)


def same_account(asked: Asked) -> Truth:
    """By the account that the request names, else by the ARN's, else by the context. A resource of AWS's own, such as
    a foundation model, has no account: then there is nobody but the caller's account to ask."""
    request, caller = asked.request, asked.caller
    owner = request.resource_account or account_of(request.resource)
    if owner is None:
        value = asked.facts.value("aws:resourceaccount")
        owner = value if isinstance(value, str) else None
    if owner is not None:
        return known(owner == caller.account)
    if request.resource.startswith("arn:") and ":s3:::" in request.resource:
        return unknown(f"whose {request.resource} is, is not known", likely=True)
    return TRUE


def exempt_from_scps(caller: Caller) -> bool:
    """SCPs restrict the users, roles and root of member accounts; not services, nor service-linked roles.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
    """
    return not caller.has_identity or caller.service_linked
