"""Bedrock: guardrails with their versions and enforcement, and application inference profiles. moto has none."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.missing import Kind
from scenarios.emulator.supplements.record import Held

_ARN = "arn:{partition}:bedrock:{region}:{account}"


def _guardrail(asked: Held) -> Held:
    """What GetGuardrail calls the members of CreateGuardrail: `contentPolicyConfig.filtersConfig` is
    `contentPolicy.filters`, and so on; ListGuardrails says `id` and `arn`.

    https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html
    """
    made = {name: value for name, value in asked.items() if not name.endswith("Config")}
    policies: Held = _without_config({name: value for name, value in asked.items() if name.endswith("Config")})
    policies.pop("crossRegion", None)
    profile = asked.get("crossRegionConfig", {}).get("guardrailProfileIdentifier")
    if profile:
        policies["crossRegionDetails"] = {
            "guardrailProfileId": profile.rpartition("/")[2],
            "guardrailProfileArn": profile,
        }
    return made | policies


def _without_config(value: Any) -> Any:
    if isinstance(value, dict):
        return {name.removesuffix("Config"): _without_config(item) for name, item in value.items()}
    return [_without_config(item) for item in value] if isinstance(value, list) else value


def _profile(asked: Held) -> Held:
    """The models that a profile routes to. A copy of a system-defined profile routes to that profile's models, whose
    list is AWS's own; the source itself is what can be said of it."""
    source = asked.get("modelSource", {}).get("copyFrom")
    return asked | {"models": [{"modelArn": source}] if source else []}


def _enforced(asked: Held) -> Held:
    """A guardrail that the account enforces, as a list of such shows it: what was asked for, and the guardrail's names.

    https://docs.aws.amazon.com/bedrock/latest/APIReference/API_AccountEnforcedGuardrailOutputConfiguration.html
    """
    wanted: Held = asked["guardrailInferenceConfig"]
    identifier = str(wanted["guardrailIdentifier"])
    arn = {"guardrailArn": identifier} if identifier.startswith("arn:") else {}
    return {**asked, **wanted, **arn, "guardrailId": identifier.rpartition("/")[2]}


KINDS = (
    Kind(
        "bedrock",
        "Guardrail",
        identity="guardrailId",
        arn=_ARN + ":guardrail/{guardrailId}",
        arn_member="guardrailArn",
        length=12,
        lower=True,
        named=("guardrailIdentifier",),
        renamed={"kmsKeyId": "kmsKeyArn"},
        fresh={"version": "DRAFT", "status": "READY", "id": "{guardrailId}", "arn": "{guardrailArn}"},
        mend=_guardrail,
        version="guardrailVersion",
    ),
    Kind(
        "bedrock",
        "InferenceProfile",
        identity="inferenceProfileId",
        arn=_ARN + ":application-inference-profile/{inferenceProfileId}",
        arn_member="inferenceProfileArn",
        length=12,
        lower=True,
        named=("inferenceProfileIdentifier",),
        fresh={"type": "APPLICATION", "status": "ACTIVE"},
        mend=_profile,
    ),
    Kind(
        "bedrock",
        "EnforcedGuardrailConfiguration",
        identity="configId",
        length=12,
        lower=True,
        fresh={"owner": "ACCOUNT"},
        mend=_enforced,
        create="PutEnforcedGuardrailConfiguration",
        list="ListEnforcedGuardrailsConfiguration",
    ),
)
