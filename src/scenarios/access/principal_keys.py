"""The condition keys that follow from who asks.

Source: "AWS global condition context keys", section on properties of the principal,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from scenarios.access.caller import Caller, Kind
from scenarios.access.request import ContextValue

_TYPES = {
    Kind.ROOT: "Account",
    Kind.USER: "User",
    Kind.ROLE: "AssumedRole",
    Kind.SESSION: "AssumedRole",
    Kind.FEDERATED_USER: "FederatedUser",
    Kind.ANONYMOUS: "Anonymous",
}


def principal_keys(caller: Caller) -> dict[str, ContextValue]:
    """What AWS says of the caller in every request, as far as its name tells.

    `aws:PrincipalArn` is the role's ARN, not the session's; of a session whose role is not given it is taken to have no
    path.
    """
    if caller.kind is Kind.SERVICE:
        return {
            "aws:principalisawsservice": "true",
            "aws:principalservicename": caller.name,
            "aws:principalservicenameslist": (caller.name,),
        }
    keys: dict[str, ContextValue] = {"aws:principalisawsservice": "false"}
    if caller.kind in _TYPES:
        keys["aws:principaltype"] = _TYPES[caller.kind]
    if caller.kind is Kind.ANONYMOUS:
        keys["aws:userid"] = "anonymous"
    if caller.account is not None:
        keys |= {"aws:principalarn": _arn(caller), "aws:principalaccount": caller.account}
    if caller.kind is Kind.USER:
        keys["aws:username"] = caller.name.rpartition("/")[2]
    return keys


def _arn(caller: Caller) -> str:
    if caller.kind is Kind.SESSION:
        return caller.role or f"arn:{caller.partition}:iam::{caller.account}:role/{caller.role_name}"
    return caller.role or caller.name
