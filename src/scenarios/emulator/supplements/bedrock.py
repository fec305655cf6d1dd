"""Guardrails: what is asked for as a configuration is answered as a policy."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.missing import Kind
from scenarios.emulator.supplements.record import Record, answer, parameters, refuse


class GuardrailKind(Kind):
    """Guardrails are a kind like others; `answered` turns their configuration into what GetGuardrail shows."""


class GuardrailVersions:
    """Published versions of a guardrail, and GetGuardrail in its own words."""

    def register(self, events: Any, record: Record) -> None:
        """Take over the operation, and mend what GetGuardrail answers."""
        guardrails = record.of("bedrock.CreateGuardrail")

        def create(context: Any, **_: Any) -> Any:
            wanted = parameters(context)["guardrailIdentifier"]
            for made in guardrails.values():
                if wanted in (made["guardrailId"], made["guardrailArn"]):
                    made["versions"] = made.get("versions", 0) + 1
                    return answer({"guardrailId": made["guardrailId"], "version": str(made["versions"])})
            raise refuse("CreateGuardrailVersion", "ResourceNotFoundException", f"there is no guardrail {wanted}")

        def mend(parsed: dict[str, Any], **_: Any) -> None:
            for name in [name for name in parsed if name.endswith("PolicyConfig")]:
                parsed[name.removesuffix("Config")] = without_config(parsed[name])

        events.register("before-call.bedrock.CreateGuardrailVersion", create)
        events.register("after-call.bedrock.GetGuardrail", mend)


def without_config(value: Any) -> Any:
    """`filtersConfig` as `filters`, at every depth: requests and answers differ in that word only."""
    if isinstance(value, dict):
        return {name.removesuffix("Config"): without_config(item) for name, item in value.items()}
    return [without_config(item) for item in value] if isinstance(value, list) else value
