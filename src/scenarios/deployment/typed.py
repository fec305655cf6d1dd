"""Texts that stand in for a boolean or a number.

An API refuses a text there, and the resource would be lost. What stands for it is as uncertain as before: true, as a
condition that nobody can decide is taken to be met, or the smallest number.
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.schemas import referred, schema
from scenarios.finding import PropertyPath


def typed(resource_type: str, properties: dict[str, Any], frame: Frame) -> dict[str, Any]:
    """The properties with values of the right type for those that nobody knows."""
    if not frame.uncertain or (published := schema(resource_type)) is None:
        return properties
    found: dict[str, Any] = _Typing(published, frame).value(properties, ("Properties",), published)
    return found


class _Typing:
    """Goes through one resource's properties along its type's schema."""

    def __init__(self, published: dict[str, Any], frame: Frame) -> None:
        self._published = published
        self._frame = frame

    def value(self, value: Any, path: PropertyPath, shape: dict[str, Any]) -> Any:
        """One value; `shape` is the schema of what it stands at."""
        if isinstance(value, dict):
            members = shape.get("properties", {})
            return {key: self.value(item, (*path, key), self._of(members.get(key))) for key, item in value.items()}
        if isinstance(value, list):
            items = self._of(shape.get("items"))
            return [self.value(item, (*path, index), items) for index, item in enumerate(value)]
        fits = _FITS.get(str(shape.get("type")))  # one of several types (a policy as a mapping or a text) fits as it is
        strange = isinstance(value, str) and fits is not None and not fits(value)
        return self._stand_in(shape) if strange and self._frame.reason_at(path) else value

    def _of(self, shape: Any) -> dict[str, Any]:
        return referred(shape, self._published) if isinstance(shape, dict) else {}

    def _stand_in(self, shape: dict[str, Any]) -> bool | int:
        return True if shape["type"] == "boolean" else int(shape.get("minimum", 1))


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


_FITS = {
    "boolean": lambda text: text.lower() in ("true", "false"),
    "integer": _number,
    "number": _number,
}
