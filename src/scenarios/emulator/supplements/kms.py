"""KMS: the days between rotations."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Record, parameters, succeeded

_DEFAULT = 365
"""https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html"""


def register(events: Any, record: Record) -> None:
    """Remember the period, by the key's id however the request names it, and show it while rotation is on."""
    periods = record.of("kms.rotation")

    def remember(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        if succeeded(http_response):
            periods[_id(asked["KeyId"])] = {"days": asked.get("RotationPeriodInDays", _DEFAULT)}

    def show(context: Any, parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        if succeeded(http_response) and parsed.get("KeyRotationEnabled"):
            key = _id(parameters(context)["KeyId"])
            parsed["RotationPeriodInDays"] = periods.get(key, {}).get("days", _DEFAULT)

    events.register("after-call.kms.EnableKeyRotation", remember)
    events.register("after-call.kms.GetKeyRotationStatus", show)


def _id(key: str) -> str:
    return key.rpartition("/")[2]
