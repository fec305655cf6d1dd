"""Who called, and from where.

Sources: "CloudTrail userIdentity element",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html; "Record
contents", https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

UNKNOWN = "unknown"
_MFA = {"true": True, "false": False}
_SESSION = re.compile(r"[^/]*:assumed-role/[^/]+")


class Caller(NamedTuple):
    """The role, user, root or service behind a call."""

    principal: str
    type: str | None
    session: str | None
    mfa: bool | None


class Where(NamedTuple):
    """Where a call came from: `kind` is endpoint, service, address or unknown."""

    kind: str
    name: str | None


def caller(identity: Mapping[str, Any]) -> Caller:
    """Who called: a role's session is its role; a person behind Identity Center stands in the session.

    An ARN of a session does not tell the path of its role, so the issuer's goes before it.
    """
    context = mapping(identity.get("sessionContext"))
    issuer = mapping(context.get("sessionIssuer"))
    arn = text(identity.get("arn"))
    behalf = text(mapping(identity["onBehalfOf"]).get("userId")) if "onBehalfOf" in identity else None
    principal = text(issuer.get("arn")) or _role(arn) or _otherwise(identity, behalf)
    session = arn.rpartition("/")[2] if arn and ":assumed-role/" in arn else None
    mfa = _MFA.get(str(mapping(context.get("attributes")).get("mfaAuthenticated")).lower())
    return Caller(principal, text(identity.get("type")), behalf or session, mfa)


def _role(arn: str | None) -> str | None:
    """The role of a session's ARN; any other ARN as it is."""
    found = _SESSION.match(arn) if arn else None
    return found.group().replace(":sts:", ":iam:").replace(":assumed-role/", ":role/") if found else arn


def _otherwise(identity: Mapping[str, Any], behalf: str | None) -> str:
    """Who it is where there is no ARN: of another account, CloudTrail may say no more than which."""
    service, known, name, account = map(identity.get, ("invokedBy", "principalId", "userName", "accountId"))
    return next((found for one in (service, known, behalf, name, account) if (found := text(one))), UNKNOWN)


def where(record: Mapping[str, Any]) -> Where:
    """Where a call came from. `vpcEndpointId` may also be "AWS Internal" or the name of a service."""
    endpoint, address = text(record.get("vpcEndpointId")), text(record.get("sourceIPAddress"))
    if endpoint and endpoint.startswith("vpce-"):
        return Where("endpoint", endpoint)
    if address is None:
        return Where(UNKNOWN, None)
    internal = address.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws")) or address.startswith(
        "AWS Internal"
    )
    return Where("service" if internal else "address", address)


def mapping(value: Any) -> Mapping[str, Any]:
    """The value where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str | None:
    """The value as a text with something in it, without what no encoding can hold.

    Tools that keep records write numbers where CloudTrail writes texts; a value of any other type is its JSON.
    """
    if type(value) is not str:
        return None if value is None else json.dumps(value, separators=(",", ":"))
    if not value:
        return None
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def scalar(value: Any) -> str | None:
    """The value as a text, unless it has an inner structure."""
    return None if isinstance(value, dict | list) else text(value)
