"""Macie: no session until it is enabled, and automated discovery. moto's Macie is always on."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import CREATED, Answer, Record, answer, parameters, refuse

_SERVICE = "macie2"


def register(events: Any, record: Record) -> None:
    """Answer for the session and its automated discovery, which is off at first.

    https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
    https://docs.aws.amazon.com/macie/latest/APIReference/automated-discovery-configuration.html
    """
    held = record.of(f"{_SERVICE}.session")

    def enable(context: Any, **_: Any) -> Answer:
        if held:
            return refuse("ConflictException", "Macie has already been enabled", 409)
        asked = {name: value for name, value in parameters(context).items() if name != "clientToken"}
        fresh = {"status": "ENABLED", "findingPublishingFrequency": "FIFTEEN_MINUTES"}
        held["session"] = {"createdAt": CREATED, "updatedAt": CREATED, **fresh, **asked}
        held["discovery"] = {"status": "DISABLED"}
        return answer({})

    def read(part: str) -> Any:
        def handler(**_: Any) -> Answer:
            return answer(held[part]) if held else refuse("AccessDeniedException", "Macie is not enabled.", 403)

        return handler

    def discover(context: Any, **_: Any) -> Answer:
        if not held:
            return refuse("AccessDeniedException", "Macie is not enabled.", 403)
        held["discovery"].update(parameters(context))
        return answer({})

    events.register(f"before-call.{_SERVICE}.EnableMacie", enable)
    events.register(f"before-call.{_SERVICE}.GetMacieSession", read("session"))
    events.register(f"before-call.{_SERVICE}.GetAutomatedDiscoveryConfiguration", read("discovery"))
    events.register(f"before-call.{_SERVICE}.UpdateAutomatedDiscoveryConfiguration", discover)
