"""AWS Config: recorders and delivery channels in any order, and a recorder's resource types as they are.

moto wants a recorder before a channel and a channel before a recorder starts, which CloudFormation sorts out by
itself, and knows the resource types of some years ago only.
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.missing import Kind
from scenarios.emulator.supplements.record import Answer, Held, Record, answer, parameters, refuse

_SERVICE = "config-service"


def _inner(asked: Held) -> Held:
    """Both Put operations hold all that they say in one member."""
    return asked.get("ConfigurationRecorder") or asked.get("DeliveryChannel") or asked


KINDS = tuple(
    Kind(_SERVICE, name, identity="name", mend=_inner, create=f"Put{name}", list=f"Describe{name}s")
    for name in ("ConfigurationRecorder", "DeliveryChannel")
)


def register(events: Any, record: Record) -> None:
    """Start recorders, and tell whether they record."""
    recorders = record.of(f"{_SERVICE}.ConfigurationRecorder")

    def start(context: Any, **_: Any) -> Answer:
        name = parameters(context)["ConfigurationRecorderName"]
        if name not in recorders:
            return refuse("NoSuchConfigurationRecorderException", f"there is no recorder {name}")
        recorders[name]["_recording"] = True
        return answer({})

    def status(**_: Any) -> Answer:
        states = [{"name": name, "recording": "_recording" in held} for name, held in recorders.items()]
        return answer({"ConfigurationRecordersStatus": states})

    events.register(f"before-call.{_SERVICE}.StartConfigurationRecorder", start)
    events.register(f"before-call.{_SERVICE}.DescribeConfigurationRecorderStatus", status)
