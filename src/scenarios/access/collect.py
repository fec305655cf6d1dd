"""The policies that apply to a request, collected from an account."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.access.caller import Caller, Kind, caller_of
from scenarios.access.policies import Levels, PolicySet
from scenarios.access.request import Request
from scenarios.access.resources import resource_of
from scenarios.account import Account
from scenarios.account.base import Policy
from scenarios.account.iam import Role, User
from scenarios.account.network import Endpoint

EVERYTHING = Policy(
    name="everything",
    text='{"Statement": [{"Action": "*", "Effect": "Allow", "Resource": "*"}], "Version": "2012-10-17"}',
)
"""An identity policy that allows whatever there is."""


@dataclass(frozen=True)
class _Identity:
    policies: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    unknown: str | None = None


def policies_for(
    account: Account,
    request: Request,
    endpoint: Endpoint | None = None,
    *,
    session: Policy | None = None,
    scps: Levels = (),
    rcps: Levels = (),
) -> PolicySet:
    """The policies that apply to `request` in `account`, through `endpoint` where one is given.

    Identity policies of a caller that the account does not show, and the policy of a resource that it does not show,
    are unknown. Of the organisation only what is passed in is known; none passed in means none attached.
    """
    caller = caller_of(request.principal, request.action.lower(), request.issuer)
    # The bucket behind an access point does not ask again what the caller's own policies say.
    passed = "s3:dataaccesspointarn" in request.context and ":accesspoint/" not in request.resource
    identity = _Identity((EVERYTHING,)) if passed else _identity(account, caller)
    resource = resource_of(account, request)
    member = caller.account == account.account_id
    if resource.kind == "aoss":  # data access policies alone decide: IAM knows no such actions
        identity, scps, rcps = _Identity(), (), ()
    owned = (request.resource_account or resource.owner) == account.account_id
    return PolicySet(
        identity=identity.policies,
        resource=resource.policies[0] if resource.policies else None,
        resource_kind=resource.kind,
        boundary=identity.boundary,
        session=session,
        scps=scps if member else (),
        rcps=rcps if owned else (),
        endpoint=endpoint.policy if endpoint else None,
        through_endpoint=endpoint is not None,
        identity_known=identity.unknown is None,
        resource_policy_known=resource.unknown is None,
        endpoint_kind=endpoint.kind if endpoint else None,
        further_resource=resource.policies[1:],
        grants=resource.grants,
        identity_reason=identity.unknown or "",
        resource_reason=resource.unknown or "",
        public_access_blocked=resource.public_access_blocked,
    )


def role_of(account: Account, caller: Caller) -> Role | None:
    """The account's role that a role or session caller acts with."""
    if caller.account != account.account_id or caller.kind not in (Kind.ROLE, Kind.SESSION):
        return None
    return account.role(caller.role) or (account.role(caller.role_name) if caller.kind is Kind.SESSION else None)


def user_of(account: Account, caller: Caller) -> User | None:
    """The account's user that calls, or that a federated-user session comes from."""
    arn = caller.issuer if caller.kind is Kind.FEDERATED_USER else caller.name
    return next((user for user in account.users if user.arn == arn), None)


def _identity(account: Account, caller: Caller) -> _Identity:
    if not caller.has_identity or (caller.kind is Kind.ROOT and caller.account == account.account_id):
        return _Identity()
    if (role := role_of(account, caller)) is not None:
        return _Identity(role.policies, role.boundary, _unread(account, role, "role"))
    if (user := user_of(account, caller)) is not None:
        groups = [group for group in account.groups if group.name in user.groups]
        inherited = tuple(policy for group in groups for policy in group.policies)
        missing = set(user.groups) - {group.name for group in groups}
        unknown = f"group {sorted(missing)[0]} of {user.name} is not in the account observed" if missing else None
        return _Identity(user.policies + inherited, user.boundary, unknown or _unread(account, user, "user"))
    if caller.kind is Kind.ROOT:
        return _Identity()
    return _Identity(unknown=f"{caller.name} is not in the account observed, so that its policies are not known")


def _unread(account: Account, identity: Role | User, kind: str) -> str | None:
    """Why the identity's policies or boundary are not known, if something of them could not be read."""
    parts = [f"iam.{kind}{part}" for part in ("", ".inline", ".attached")] + ["iam.boundary"]
    parts += ["iam.user.groups", "iam.group.inline", "iam.group.attached"] if kind == "user" else []
    for mark in account.unread:
        if mark.what in parts and mark.name in (None, identity.name, identity.arn):
            return f"{mark.what} of {identity.name} could not be read: {mark.reason}"
    return None
