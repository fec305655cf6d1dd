"""The whole call behind one authorisation: what else AWS asks for before the call succeeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scenarios.access.action import ALIAS_ACTIONS, alias_only
from scenarios.access.calls.agents import agent_actions
from scenarios.access.calls.bedrock import apply_guardrail, routed_models
from scenarios.access.calls.ecr import pull_image
from scenarios.access.calls.s3 import key_request, through_access_point
from scenarios.access.calls.secretsmanager import read_secret
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.network import Endpoint

_Further = Callable[[Account, Request, Endpoint | None], tuple[Request, ...]]


def whole_call(account: Account, request: Request, via: Endpoint | None = None) -> tuple[Request, ...]:
    """The request, completed, and the further authorisations that the same API call takes.

    Those that hang on parameters which an authorisation does not show (the role that is passed, the model that answers)
    are not among them.
    """
    first = complete(account, request, via)
    further = _FURTHER.get(request.action.lower())
    return (first, *(further(account, first, via) if further else ()))


def _object(account: Account, request: Request, via: Endpoint | None) -> tuple[Request, ...]:
    """The bucket behind an access point, and the key behind the object."""
    point = account.access_point(request.resource)
    name = point.bucket if point else request.resource.partition(":::")[2].partition("/")[0]
    key = request.resource.partition("/object/")[2] if point else request.resource.partition("/")[2]
    bucket = account.bucket(name)
    if bucket is None:
        return ()
    actions = _KMS[request.action.lower()]
    keyed = tuple(
        one for action in actions if (one := key_request(account, request.principal, bucket, key, action)) is not None
    )
    if point is None:
        return keyed
    plain = Request(request.principal, request.action, f"{bucket.arn}/{key}", account.account_id)
    return through_access_point(account, point, (plain, *keyed), via)[1:]


_KMS: Mapping[str, tuple[str, ...]] = {
    "s3:getobject": ("kms:Decrypt",),
    "s3:getobjectversion": ("kms:Decrypt",),
    "s3:putobject": ("kms:GenerateDataKey",),
}


def _inference(account: Account, request: Request, via: Endpoint | None) -> tuple[Request, ...]:
    """The models behind an inference profile, and the guardrail that the call names."""
    found: list[Request] = []
    if "inference-profile/" in request.resource:
        own = {key: value for key, value in request.context.items() if key.startswith("bedrock:")}
        context = {**own, "bedrock:inferenceprofilearn": request.resource}
        models = routed_models(account, request.resource)
        inner = [Request(request.principal, request.action, one, account.account_id, context) for one in models]
        found += [complete(account, one, via) for one in inner]
    guardrail = request.context.get("bedrock:guardrailidentifier")
    if isinstance(guardrail, str):
        found += apply_guardrail(account, request.principal, guardrail, via=via)
    return tuple(found)


def _applied(account: Account, request: Request, via: Endpoint | None) -> tuple[Request, ...]:
    """The key that the guardrail is encrypted with."""
    return apply_guardrail(account, request.principal, request.resource, via=via)[1:]


def _agent(account: Account, request: Request, _via: Endpoint | None) -> tuple[Request, ...]:
    """What the agent behind an alias then does."""
    identifier = request.resource.partition("agent-alias/")[2].partition("/")[0]
    agent = next((one for one in account.agents if one.agent_id == identifier), None)
    return agent_actions(account, agent) if agent else ()


def _secret(account: Account, request: Request, via: Endpoint | None) -> tuple[Request, ...]:
    secret = next((one for one in account.secrets if request.resource in (one.arn, one.name)), None)
    return read_secret(account, request.principal, secret, via=via)[1:] if secret else ()


def _pull(account: Account, request: Request, via: Endpoint | None) -> tuple[Request, ...]:
    asked = pull_image(account, request.principal, request.resource, via=via)
    return tuple(one for one in asked if one.action.lower() != request.action.lower())


def _aliased(account: Account, request: Request, via: Endpoint | None) -> tuple[Request, ...]:
    """The key behind an alias that is there already; which key another is to get, the authorisation does not show."""
    key = account.key(request.resource) if alias_only(request.action, request.resource) else None
    if key is None:
        return ()
    return (complete(account, Request(request.principal, request.action, key.arn, account.account_id), via),)


_FURTHER: dict[str, _Further] = {
    **dict.fromkeys(_KMS, _object),
    "bedrock:invokemodel": _inference,
    "bedrock:invokemodelwithresponsestream": _inference,
    "bedrock:applyguardrail": _applied,
    "bedrock:invokeagent": _agent,
    "secretsmanager:getsecretvalue": _secret,
    "ecr:batchgetimage": _pull,
    **dict.fromkeys(ALIAS_ACTIONS, _aliased),
}
