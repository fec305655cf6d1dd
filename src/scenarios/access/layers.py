"""The layers of one decision, from the policies that apply to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scenarios.access.algebra import FALSE, TRUE, Truth, unknown
from scenarios.access.asked import Asked, exempt_from_scps, same_account
from scenarios.access.caller import Kind
from scenarios.access.formula import Layer, Layers, Match, naming_layer, own_layer
from scenarios.access.grants import grants_layer
from scenarios.access.policies import PolicySet
from scenarios.access.principal import Naming
from scenarios.access.public import shut_out
from scenarios.access.statement import Statement, readable
from scenarios.account.base import Policy

_KNOWING_RCPS = frozenset(
    {
        *("s3", "sts", "kms", "sqs", "secretsmanager"),
        *("aoss", "cognito-identity", "cognito-idp", "dynamodb", "ecr", "logs"),
    }
)
"""The services whose resources RCPs apply to."""
_Naming = Callable[[Statement], Naming[Truth]]


def layers_of(asked: Asked, policies: PolicySet) -> Layers[Truth]:
    """Every layer that takes part."""
    return Layers(
        identity=_identity(asked, policies),
        resource=_resource(asked, policies),
        grants=grants_layer(asked, policies.grants) if policies.grants else None,
        boundary=_own(asked, "boundary", policies.boundary) if policies.boundary else None,
        session=_own(asked, "session", policies.session) if policies.session else None,
        scps=_organisation(asked, policies) if policies.scps else (),
        rcps=_of_resource(asked, policies) if policies.rcps else (),
        endpoint=_endpoint(asked, policies) if policies.through_endpoint else None,
        public_block=_public_block(asked, policies) if policies.public_access_blocked else None,
    )


def _own_layer(asked: Asked, name: str, policies: Iterable[Policy]) -> Layer[Truth]:
    return own_layer(asked, name, [(one, readable(one.text, one.uncertain, principals=False)) for one in policies])


def _naming_layer(asked: Asked, name: str, policies: Iterable[Policy], naming: _Naming) -> Layer[Truth]:
    readings = [(one, readable(one.text, one.uncertain, principals=True)) for one in policies]
    return naming_layer(asked, name, readings, naming)


def _identity(asked: Asked, policies: PolicySet) -> Layer[Truth] | None:
    """The caller's own policies; the account root needs none. Services and anonymous callers have none."""
    if not asked.caller.has_identity:
        return None
    if asked.caller.kind is Kind.ROOT:
        return _whole("identity", TRUE, FALSE)
    if not policies.identity_known:
        return _unread(
            "identity", policies.identity_reason or f"the policies of {asked.request.principal} are not known"
        )
    return _own_layer(asked, "identity", policies.identity)


def _resource(asked: Asked, policies: PolicySet) -> Layer[Truth] | None:
    if not policies.resource_policy_known:
        return _unread("resource", policies.resource_reason or f"the policy of {asked.request.resource} is not known")
    if not policies.resources and not policies.strict:
        return None
    return _naming_layer(asked, "resource", policies.resources, asked.named)


def _own(asked: Asked, name: str, policy: Policy) -> Layer[Truth] | None:
    return _own_layer(asked, name, (policy,)) if asked.caller.has_identity else None


def _organisation(asked: Asked, policies: PolicySet) -> tuple[Layer[Truth], ...]:
    if exempt_from_scps(asked.caller):
        return ()
    return tuple(_own_layer(asked, f"scp.{level}", one) for level, one in enumerate(policies.scps))


def _of_resource(asked: Asked, policies: PolicySet) -> tuple[Layer[Truth], ...]:
    """RCPs hit every caller, anonymous ones and those of other accounts too; not service-linked roles, nor AWS managed
    keys, nor services that do not know them, nor the retiring of grants.

    Sources: "Resource control policies (RCPs)",
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html; "Resource control
    policies in AWS KMS", https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html
    """
    action = asked.request.action.lower()
    service = action.partition(":")[0]
    if asked.caller.service_linked or service not in _KNOWING_RCPS or action == "kms:retiregrant":
        return ()
    if service == "kms" and "alias/aws/" in asked.request.resource:
        return ()
    return tuple(_naming_layer(asked, f"rcp.{level}", one, asked.named) for level, one in enumerate(policies.rcps))


def _endpoint(asked: Asked, policies: PolicySet) -> Layer[Truth]:
    """Without a policy of its own the endpoint has AWS's default, which allows everything."""
    if policies.endpoint is None:
        return _whole("endpoint", TRUE, FALSE)
    naming = asked.named_at_gateway if policies.endpoint_kind == "Gateway" else asked.named
    return _naming_layer(asked, "endpoint", (policies.endpoint,), naming)


def _public_block(asked: Asked, policies: PolicySet) -> Layer[Truth]:
    documents = [readable(policy.text, policy.uncertain, principals=True) for policy in policies.resources]
    insider = same_account(asked) if asked.caller.has_identity else FALSE
    shut = shut_out(documents, insider=insider, service=asked.caller.kind is Kind.SERVICE)
    return _whole("public-access-block", asked.negate(shut), FALSE)


def _whole(name: str, allowed: Truth, denied: Truth) -> Layer[Truth]:
    matches: tuple[Match[Truth], ...] = ()
    return Layer(name, matches, allowed, FALSE, FALSE, denied, allowed)


def _unread(name: str, reason: str) -> Layer[Truth]:
    """A layer that cannot be read may allow and may deny, in whichever way."""
    doubt = unknown(reason)
    return Layer(name, (), doubt, doubt, doubt, doubt, doubt)
