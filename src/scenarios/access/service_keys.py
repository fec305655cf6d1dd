"""Condition keys of single services, as far as a request leaves them open.

A key that a request may carry and that is not given is unknown, except where asking without it is the question: no
guardrail, no external id, no encryption context, not on behalf of a service. Those are absent unless given.

Source: "Actions, resources, and condition keys for AWS services",
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from scenarios.access.access_point import access_point_keys
from scenarios.access.caller import Caller, Kind
from scenarios.access.request import ContextValue, Request
from scenarios.account import Account

_OPEN = "the request's parameters are not given"
_WRITES = ("put", "create", "replicate", "restore", "initiate", "copy")


class Keys(Protocol):
    """Where keys are gathered."""

    def say(self, keys: Mapping[str, ContextValue | None]) -> None: ...

    def doubt(self, reason: str, *keys: str) -> None: ...


Given = Mapping[str, ContextValue]


def service_keys(keys: Keys, account: Account, request: Request, caller: Caller, given: Given) -> None:
    """The keys of the service that the action belongs to."""
    service, _, operation = request.action.lower().partition(":")
    fill = _SERVICES.get(service)
    if fill is None:
        keys.doubt(_OPEN, f"{service}:*")
    else:
        fill(keys, account, request, caller, given, operation)


def _s3(keys: Keys, account: Account, request: Request, caller: Caller, _given: Given, operation: str) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html; S3 takes TLS 1.2 and later."""
    keys.say({"s3:tlsversion": "1.2"})
    point = account.access_point(request.resource)
    if point is not None:
        keys.say(access_point_keys(point))
    if caller.has_identity:
        keys.say({"s3:signatureversion": "AWS4-HMAC-SHA256"})
        keys.doubt("how the request is signed is not known", "s3:authtype", "s3:signatureage")
    if "object" in operation:
        keys.doubt("the object's tags are not known", "s3:existingobjecttag/*")
    if operation.startswith("list"):
        keys.doubt(_OPEN, "s3:prefix", "s3:delimiter", "s3:max-keys")
    if "version" in operation:
        keys.doubt(_OPEN, "s3:versionid")
    if operation.startswith(_WRITES):
        keys.doubt(_OPEN, "s3:x-amz-*", "s3:object-lock-*", "s3:requestobjecttag*", "s3:if-match", "s3:if-none-match")
        keys.doubt(_OPEN, "s3:locationconstraint", "s3:objectcreationoperation")


def _kms(keys: Keys, account: Account, request: Request, caller: Caller, given: Given, operation: str) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"""
    if caller.has_identity:
        keys.say({"kms:calleraccount": caller.account})
    elif caller.kind is Kind.SERVICE:
        keys.doubt("in which account the service calls is not known", "kms:calleraccount")
    names = tuple(name.partition("kms:encryptioncontext:")[2] for name in given if "encryptioncontext:" in name)
    if "kms:encryptioncontextkeys" not in request.unknown_keys:
        keys.say({"kms:encryptioncontextkeys": names})
    key = account.key(request.resource)
    if key is not None:
        keys.say({"kms:keyspec": key.spec, "kms:keyusage": key.usage, "kms:resourcealiases": key.aliases})
        keys.say({"kms:customermasterkeyspec": key.spec, "kms:customermasterkeyusage": key.usage})
        keys.say({"kms:multiregion": "true" if key.multi_region else "false"})
        if key.spec == "SYMMETRIC_DEFAULT":
            keys.say({"kms:encryptionalgorithm": "SYMMETRIC_DEFAULT"})
    keys.doubt(_OPEN, "kms:keyorigin", "kms:requestalias", "kms:encryptionalgorithm", "kms:keyspec", "kms:keyusage")
    if operation == "creategrant":
        keys.doubt(_OPEN, "kms:grant*", "kms:retiringprincipal")
    elif not operation.endswith(("crypt", "datakey", "key")):
        keys.doubt(_OPEN, "kms:grantoperations", "kms:signingalgorithm", "kms:messagetype", "kms:macalgorithm")


def _bedrock(keys: Keys, _account: Account, _request: Request, _caller: Caller, _given: Given, _operation: str) -> None:
    """Without being given, a call carries no guardrail and goes through no inference profile.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
    """
    keys.doubt(_OPEN, "bedrock:servicetier", "bedrock:inlineagentname")


def _sts(keys: Keys, _account: Account, _request: Request, _caller: Caller, _given: Given, _operation: str) -> None:
    """Without being given, no external id, session tags or source identity are passed."""
    keys.doubt(_OPEN, "sts:rolesessionname", "sts:durationseconds")


_Filler = Callable[[Keys, Account, Request, Caller, Given, str], None]
_SERVICES: dict[str, _Filler] = {"s3": _s3, "kms": _kms, "bedrock": _bedrock, "sts": _sts}
