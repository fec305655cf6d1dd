"""The Outputs section, resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.mentions import mentioned
from scenarios.deployment.resolve import NO_VALUE, Resolver
from scenarios.finding import PropertyPath

MASK = "****"


@dataclass(frozen=True)
class Output:
    """One output as other stacks get it.

    `unknown` says why the value is only a stand-in; `names` are the resources and parameters that it was made of.
    """

    value: Any
    unknown: str | None = None
    secret: bool = False
    export: str | None = None
    names: frozenset[str] = frozenset()


def outputs(resolver: Resolver) -> dict[str, Output]:
    """The outputs by name, without those whose condition is false.

    Raises InputError for an output without a value and for what `Resolver.resolve` refuses.
    """
    template = resolver.scope.template
    found: dict[str, Output] = {}
    for name, output in (template.body.get("Outputs") or {}).items():
        if name.startswith("Fn::"):
            continue
        path: PropertyPath = ("Outputs", name)
        if not isinstance(output, dict) or "Value" not in output:
            raise template.error(f"output {name} has no Value", path)
        frame = Frame()
        if _wanted(resolver, output, path, frame):
            value = resolver.resolve(output["Value"], (*path, "Value"), frame)
            reason = frame.reason or ("it has no value" if value is NO_VALUE else None)
            names = frozenset(mentioned(output["Value"]))
            export = _export(resolver, output.get("Export"), path)
            found[name] = Output(None if value is NO_VALUE else value, reason, bool(frame.secrets), export, names)
    return found


def shown(resolver: Resolver, found: Mapping[str, Output]) -> dict[str, Any]:
    """What a report may show: null where the value is not known, `****` where it shows a NoEcho parameter."""
    return {name: _shown(resolver, output) for name, output in found.items()}


def _wanted(resolver: Resolver, output: dict[str, Any], path: PropertyPath, frame: Frame) -> bool:
    """Whether there is such an output; doubt about it goes to `frame`."""
    condition = output.get("Condition")
    if not isinstance(condition, str):
        return True
    truth, reason = resolver.conditions.truth(condition, (*path, "Condition"))
    if reason is not None:
        frame.doubt((), reason)
    return truth


def _export(resolver: Resolver, export: Any, path: PropertyPath) -> str | None:
    """The name that the output is exported by, where it is known."""
    if not isinstance(export, dict) or "Name" not in export:
        return None
    frame = Frame()
    name = resolver.resolve(export["Name"], (*path, "Export", "Name"), frame)
    return name if isinstance(name, str) and frame.reason is None else None


def _shown(resolver: Resolver, output: Output) -> Any:
    if output.secret:
        return MASK
    if output.unknown is not None:
        return None
    return resolver.scope.mask(output.value) if isinstance(output.value, str) else output.value
