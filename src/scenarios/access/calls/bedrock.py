"""Bedrock calls as the authorisations that AWS makes for them.

| call | authorisations |
|---|---|
| InvokeModel, Converse | `bedrock:InvokeModel` on the model |
| the same with response stream | `bedrock:InvokeModelWithResponseStream` on the model |
| through an inference profile | the same action on the profile, and on the model in each region that it routes to |
| with a guardrail | also `bedrock:ApplyGuardrail` on the guardrail; the call carries `bedrock:GuardrailIdentifier` |
| with one under a customer managed key | also `kms:Decrypt` on its key, through Bedrock, in the caller's name |
| Retrieve | `bedrock:Retrieve` on the knowledge base |
| RetrieveAndGenerate | `bedrock:RetrieveAndGenerate` on `*`, Retrieve on the knowledge base, InvokeModel on the model |

Sources: "Prerequisites for inference profiles",
https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html; "Set up permissions to use Amazon
Bedrock Guardrails", https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html; "Create a
customer managed key for your guardrail",
https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-kms.html; "Converse",
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.access.arn import account_of
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.bedrock import Guardrail
from scenarios.account.network import Endpoint

_GEOGRAPHIES: Mapping[str, tuple[str, ...]] = {
    "us": ("us-east-1", "us-east-2", "us-west-2"),
    "eu": ("eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"),
    "apac": ("ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
    "us-gov": ("us-gov-east-1", "us-gov-west-1"),
    "jp": ("ap-northeast-1", "ap-northeast-3"),
    "au": ("ap-southeast-2", "ap-southeast-4"),
}
"""System-defined inference profiles by prefix -> regions to which they may route. Which of them a profile uses depends
on the model and on the source region: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html"""

_NO_CONTEXT = "with which encryption context Bedrock asks for a guardrail is not known"

_ELSEWHERE = ("global", "ca")
"""Prefixes of system-defined profiles that route to regions which no table here lists."""


def invoke_model(
    account: Account,
    principal: str,
    model: str,
    *,
    guardrail: str | None = None,
    streaming: bool = False,
    via: Endpoint | None = None,
) -> tuple[Request, ...]:
    """InvokeModel or Converse; `model` is an ARN or id of a model or inference profile, `guardrail` an ARN or id.

    Through a system-defined profile it is the model in the source region and in every other region of its geography.
    """
    action = "bedrock:InvokeModelWithResponseStream" if streaming else "bedrock:InvokeModel"
    arn = model_arn(account, model)
    context: dict[str, str] = {}
    if guardrail is not None:
        context["bedrock:guardrailidentifier"] = guardrail_arn(account, guardrail)
    requests = [Request(principal, action, arn, _owner(account, arn), dict(context))]
    if "inference-profile/" in arn:
        inner = {**context, "bedrock:inferenceprofilearn": arn}
        requests += [Request(principal, action, one, account.account_id, inner) for one in routed_models(account, arn)]
    return tuple(complete(account, request, via) for request in requests) + (
        apply_guardrail(account, principal, guardrail, via=via) if guardrail else ()
    )


def apply_guardrail(
    account: Account, principal: str, guardrail: str, *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """ApplyGuardrail, by itself or as part of an invocation; `guardrail` is an ARN or id, with or without version.

    Where it is one of the account's, under a customer managed key, the caller has to be able to decrypt it.
    """
    unversioned = guardrail.rpartition(":")[0] if guardrail.count(":") in (1, 6) else guardrail
    resource = guardrail_arn(account, unversioned)
    asked = Request(principal, "bedrock:ApplyGuardrail", resource, _owner(account, resource))
    return (complete(account, asked, via), *_decrypt(account, principal, resource))


def _decrypt(account: Account, principal: str, guardrail: str) -> Iterator[Request]:
    """What KMS is asked through Bedrock. AWS's pages do not name the encryption context of a guardrail."""
    own = next((one for one in account.guardrails if one.arn == guardrail), None)
    if own is None or own.kms_key is None:
        return
    key = account.key(own.kms_key)
    through = {"kms:viaservice": f"bedrock.{account.region}.amazonaws.com"}
    unknown = dict.fromkeys(("kms:encryptioncontext:*", "kms:encryptioncontextkeys"), _NO_CONTEXT)
    request = Request(principal, "kms:Decrypt", key.arn if key else own.kms_key, None, through, unknown)
    yield complete(account, request)


def retrieve(
    account: Account, principal: str, knowledge_base: str, *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """Retrieve from a knowledge base (ARN or id)."""
    prefix = f"arn:{account.partition}:bedrock:{account.region}:{account.account_id}:knowledge-base/"
    arn = knowledge_base if knowledge_base.startswith("arn:") else prefix + knowledge_base
    return (complete(account, Request(principal, "bedrock:Retrieve", arn, account.account_id), via),)


def retrieve_and_generate(
    account: Account, principal: str, knowledge_base: str, model: str, *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """RetrieveAndGenerate from a knowledge base (ARN or id) with a model (ARN or id of it or of a profile). Bedrock
    retrieves and invokes in the caller's name."""
    first = Request(principal, "bedrock:RetrieveAndGenerate", "*", account.account_id)
    return (
        complete(account, first, via),
        *retrieve(account, principal, knowledge_base, via=via),
        *invoke_model(account, principal, model, via=via),
    )


def model_arn(account: Account, model: str) -> str:
    """The ARN of a model or inference profile given by ARN or id. Profile ids begin with a geography's prefix."""
    if model.startswith("arn:"):
        return model
    head = f"arn:{account.partition}:bedrock:{account.region}:"
    if model.partition(".")[0] in (*_GEOGRAPHIES, *_ELSEWHERE) and model.count(".") >= 2:
        return f"{head}{account.account_id}:inference-profile/{model}"
    own = next((one.arn for one in account.inference_profiles if model in (one.profile_id, one.name)), None)
    return own or f"{head}:foundation-model/{model}"


def guardrail_arn(account: Account, guardrail: str) -> str:
    """The ARN of a guardrail given by ARN or id."""
    if guardrail.startswith("arn:"):
        return guardrail
    return f"arn:{account.partition}:bedrock:{account.region}:{account.account_id}:guardrail/{guardrail}"


def guardrail_identifiers(guardrail: Guardrail, published: int = 3) -> tuple[str, ...]:
    """What `bedrock:GuardrailIdentifier` can be for a guardrail: its ARN for the draft, `ARN:version` for the published
    ones (numbered from 1; `published` of them are told).

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
    """
    return (guardrail.arn, *(f"{guardrail.arn}:{version}" for version in range(1, published + 1)))


def routed_models(account: Account, profile: str) -> tuple[str, ...]:
    """The models behind a profile: an application profile's own, or the model in each region of the geography.

    Where the profile is neither observed nor system-defined, its models cannot be known and none is returned.
    """
    own = next((one for one in account.inference_profiles if profile in (one.arn, one.profile_id)), None)
    if own is not None:
        return tuple(dict.fromkeys(model for arn in own.models for model in _expanded(account, arn)))
    return tuple(_expanded(account, profile))


def routing_known(account: Account, profile: str) -> bool:
    """Whether the regions that a profile may route to are known: an application profile's own, or a geography's."""
    own = next((one for one in account.inference_profiles if profile in (one.arn, one.profile_id)), None)
    arns = own.models if own is not None else (profile,)
    return all("inference-profile/" not in arn or _prefix(arn) in _GEOGRAPHIES for arn in arns)


def _prefix(profile: str) -> str:
    return profile.rpartition("/")[2].partition(".")[0]


def _expanded(account: Account, arn: str) -> Iterator[str]:
    if "inference-profile/" not in arn:
        yield arn
        return
    identifier = arn.rpartition("/")[2]
    prefix, _, model = identifier.partition(".")
    source = arn.split(":")[3] or account.region
    regions = dict.fromkeys((source, *_GEOGRAPHIES.get(prefix, ())))
    if prefix in _GEOGRAPHIES or prefix in _ELSEWHERE:
        for region in regions:
            yield f"arn:{account.partition}:bedrock:{region}::foundation-model/{model}"
    if prefix == "global":
        yield f"arn:{account.partition}:bedrock:::foundation-model/{model}"


def _owner(account: Account, arn: str) -> str:
    """Foundation models are nobody's: the caller's own account decides alone."""
    return account_of(arn) or account.account_id
