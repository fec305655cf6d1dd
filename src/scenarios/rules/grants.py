"""What a principal's own policies grant, whatever the resource says."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.access import Decision, PolicySet, Request, decide
from scenarios.account.iam import Role, User


def granted_by_identity(
    principal: Role | User, action: str, resource: str, resource_account: str, context: Mapping[str, str] | None = None
) -> Decision:
    """The decision of the identity policies and the boundary alone, for a resource that lies in `resource_account`.

    The resource is taken to be in the caller's own account as far as the need for a resource policy goes: asked is
    what the principal brings along.
    """
    account = principal.arn.split(":")[4]
    keys = {
        "aws:principalarn": principal.arn,
        "aws:principalaccount": account,
        "aws:resourceaccount": resource_account,
        "s3:resourceaccount": resource_account,
        "aws:securetransport": "true",
        "aws:viaawsservice": "false",
        "aws:principalisawsservice": "false",
        **(context or {}),
    }
    request = Request(principal.arn, action, resource, account, keys)
    return decide(request, PolicySet(identity=principal.policies, boundary=principal.boundary))
