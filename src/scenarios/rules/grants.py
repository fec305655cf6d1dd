"""What a principal's own policies grant, whatever the resource says."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.access import Decision, PolicySet, Request, decide, policies_for
from scenarios.account import Account
from scenarios.account.iam import Role, User


def granted_by_identity(
    account: Account,
    principal: Role | User,
    action: str,
    resource: str,
    resource_account: str | None = None,
    context: Mapping[str, str] | None = None,
) -> Decision:
    """The decision of the identity policies (a user's groups' too) and the boundary alone, for a resource that lies in
    `resource_account`, or in this one.

    The resource is taken to be in the caller's own account as far as the need for a resource policy goes: asked is
    what the principal brings along.
    """
    owner = resource_account or account.account_id
    keys = {
        "aws:principalarn": principal.arn,
        "aws:principalaccount": account.account_id,
        "aws:resourceaccount": owner,
        "s3:resourceaccount": owner,
        "aws:securetransport": "true",
        "aws:viaawsservice": "false",
        "aws:principalisawsservice": "false",
        **(context or {}),
    }
    request = Request(principal.arn, action, resource, account.account_id, keys)
    found = policies_for(account, request)
    own = PolicySet(
        identity=found.identity,
        boundary=found.boundary,
        identity_known=found.identity_known,
        identity_reason=found.identity_reason,
    )
    return decide(request, own)


def hidden_policies(account: Account, principal: Role | User) -> str | None:
    """Why the principal's own policies are not known, if they could not be read."""
    found = policies_for(account, Request(principal.arn, "sts:GetCallerIdentity", "*", account.account_id, {}))
    return None if found.identity_known else found.identity_reason
