"""Texts that stand in for a boolean, a number, or a text of a certain form.

An API refuses another text there, and the resource would be lost. What stands for it is as uncertain as before: true,
as a condition that nobody can decide is taken to be met, the smallest number, or the text itself in the form that the
type's schema asks for.
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.formed import formed
from scenarios.deployment.frame import Frame
from scenarios.deployment.schemas import referred, schema
from scenarios.finding import PropertyPath


def typed(resource_type: str, properties: dict[str, Any], frame: Frame) -> dict[str, Any]:
    """The properties with values of the right type for those that nobody knows."""
    if not frame.uncertain or (published := schema(resource_type)) is None:
        return properties
    published = {**published, "properties": published.get("properties", {}) | _limited(resource_type, published)}
    found: dict[str, Any] = _Typing(published, frame).value(properties, ("Properties",), published)
    return found


def _limited(resource_type: str, published: dict[str, Any]) -> dict[str, Any]:
    """The schemas of properties whose form is told elsewhere."""
    told = published.get("properties", {})
    return {name: {**told.get(name, {}), **form} for name, form in _FORMS.get(resource_type, {}).items()}


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
        if not isinstance(value, str) or self._frame.reason_at(path) is None:
            return value
        if shape.get("type") == "string":
            return formed(value, shape)
        fits = _FITS.get(str(shape.get("type")))  # one of several types (a policy as a mapping or a text) fits as it is
        return value if fits is None or fits(value) else self._stand_in(shape)

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

_ENGINES = r"^(aurora|custom|db2|mariadb|mysql|oracle|postgres|sqlserver|neptune)"
_FORMS: dict[str, dict[str, dict[str, Any]]] = {
    "AWS::RDS::DBCluster": {"Engine": {"pattern": _ENGINES, "examples": ["aurora-mysql"]}},
    "AWS::RDS::DBInstance": {"Engine": {"pattern": _ENGINES, "examples": ["mysql"]}},
    "AWS::SQS::Queue": {"QueueName": {"pattern": r"^[A-Za-z0-9_-]+(\.fifo)?$", "maxLength": 80}},
}
"""What the schema does not say.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
"""
