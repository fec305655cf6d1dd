"""What a principal's own policies grant, whatever the resource says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scenarios.access import Decision, PolicySet, Request, complete, decide, policies_for
from scenarios.account import Account
from scenarios.account.iam import Role, User

_PATH = ("aws:sourcevpce", "aws:sourcevpc", "aws:sourcevpcarn", "aws:vpcsourceip", "aws:vpceaccount")
_OF_THE_RESOURCE = ("aws:resource", "aws:requesttag", "aws:tagkeys")


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
        **(context or {}),
    }
    request = circumstanced(account, Request(principal.arn, action, resource, account.account_id, keys))
    found = policies_for(account, request)
    own = PolicySet(
        identity=found.identity,
        boundary=found.boundary,
        identity_known=found.identity_known,
        identity_reason=found.identity_reason,
    )
    return decide(request, own)


def circumstanced(account: Account, request: Request) -> Request:
    """The request as the principal itself makes it, with what is known of the caller, and what nobody knows of when,
    from where and with which credentials it comes: a statement on condition of that may grant, and is no refusal. The
    resource is one that nobody names, so that it has no tags and no other keys.
    """
    whole = complete(account, request)
    unknown = {
        key: reason
        for key, reason in whole.unknown_keys.items()
        if key.startswith("aws:") and not key.startswith(_OF_THE_RESOURCE)
    }
    unknown |= dict.fromkeys(_PATH, "by which network the request comes is not known")
    known = {key: value for key, value in whole.context.items() if key not in unknown and key.startswith("aws:")}
    return replace(request, context={**known, **request.context}, unknown_keys=unknown)


def hidden_policies(account: Account, principal: Role | User) -> str | None:
    """Why the principal's own policies are not known, if they could not be read."""
    found = policies_for(account, Request(principal.arn, "sts:GetCallerIdentity", "*", account.account_id, {}))
    return None if found.identity_known else found.identity_reason
