"""The Outputs section, resolved."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.resolve import NO_VALUE, Resolver
from scenarios.errors import InputError
from scenarios.finding import PropertyPath

MASK = "****"


def outputs(resolver: Resolver) -> dict[str, Any]:
    """The outputs by name: null where the value is not known, `****` where it shows a NoEcho parameter.

    Raises InputError for an output without a value and for what `Resolver.resolve` refuses.
    """
    template = resolver.scope.template
    found: dict[str, Any] = {}
    for name, output in (template.body.get("Outputs") or {}).items():
        if name.startswith("Fn::"):
            continue
        path: PropertyPath = ("Outputs", name)
        if not isinstance(output, dict) or "Value" not in output:
            position = template.position(path)
            raise InputError(f"output {name} has no Value", file=template.file, line=position.line)
        frame = Frame()
        if _wanted(resolver, output, path, frame):
            value = resolver.resolve(output["Value"], (*path, "Value"), frame)
            found[name] = _shown(resolver, value, frame)
    return found


def _wanted(resolver: Resolver, output: dict[str, Any], path: PropertyPath, frame: Frame) -> bool:
    """Whether there is such an output; doubt about it goes to `frame`."""
    condition = output.get("Condition")
    if not isinstance(condition, str):
        return True
    truth, reason = resolver.conditions.truth(condition, (*path, "Condition"))
    if reason is not None:
        frame.doubt((), reason)
    return truth


def _shown(resolver: Resolver, value: Any, frame: Frame) -> Any:
    if frame.secrets:
        return MASK
    if frame.reason is not None or value is NO_VALUE:
        return None
    return resolver.scope.mask(value) if isinstance(value, str) else value
