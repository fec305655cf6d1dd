"""Policies, statements and layers in words."""

from __future__ import annotations

from scenarios.access.decision import StatementRef
from scenarios.access.policies import PolicySet

_RESOURCES = {
    "s3": "the bucket policy",
    "kms": "the key policy",
    "role-trust": "the role's trust policy",
    "sns": "the topic policy",
    "sqs": "the queue policy",
    "ecr": "the repository policy",
    "aoss": "the data access policy",
    "secretsmanager": "the secret's policy",
    "lambda": "the function's policy",
    "logs": "the log resource policy",
}
_LAYERS = {
    "identity": "the identity policies",
    "boundary": "the permissions boundary",
    "session": "the session policy",
    "endpoint": "the endpoint policy",
    "grants": "a grant on the key",
    "public-access-block": "S3 Block Public Access",
}


def layer_words(layer: str, policies: PolicySet) -> str:
    """A layer in words, as the subject of a sentence."""
    if layer == "resource":
        return _RESOURCES.get(policies.resource_kind or "", "the resource policy")
    if layer.startswith(("scp.", "rcp.")):
        kind, _, level = layer.partition(".")
        return f"level {level} of the organisation's {kind.upper()}s"
    if layer == "endpoint" and policies.endpoint is None:
        return "AWS's default endpoint policy"
    return _LAYERS.get(layer, layer)


def statement_words(ref: StatementRef, policies: PolicySet) -> str:
    """A statement in words, as the subject of a sentence."""
    where = {"identity": "the identity policy"}.get(ref.layer, layer_words(ref.layer, policies))
    named = "" if where.endswith(ref.policy) else f" {ref.policy}"  # observed policies are named by their kind
    return f"statement {ref.statement} of {where}{named}"
