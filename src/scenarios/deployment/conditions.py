"""The Conditions section, three-valued: what hangs on a parameter without a value is undecided.

Source: "Conditions section",
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.functions import as_text
from scenarios.errors import InputError
from scenarios.finding import PropertyPath
from scenarios.template.template import Template

Truth = tuple[bool, str | None]
"""A truth and, where it is only assumed, the reason why nobody knows."""

Evaluate = Callable[[Any, PropertyPath, Frame], Any]


class Conditions:
    """Evaluates conditions by name, each once."""

    def __init__(self, template: Template, evaluate: Evaluate) -> None:
        self._template = template
        self._evaluate = evaluate
        self._known: dict[str, Truth] = {}
        self._open: list[str] = []

    def check(self) -> None:
        """Evaluate all of them; raises InputError as `truth` does."""
        for name in self._template.body.get("Conditions") or {}:
            if not name.startswith("Fn::"):
                self.truth(name, ("Conditions", name))

    def truth(self, name: str, source: PropertyPath) -> Truth:
        """Whether the condition called `name` is met; an undecided one is taken to be.

        Raises InputError for a condition that does not exist, is malformed, or refers to itself.
        """
        if name not in self._known:
            section = self._template.body.get("Conditions") or {}
            if name not in section:
                raise self._error(f"there is no condition {name}", source)
            if name in self._open:
                raise self._error(f"conditions go in a circle: {' -> '.join([*self._open, name])}", source)
            self._open.append(name)
            self._known[name] = self._decide(section[name], ("Conditions", name))
            self._open.pop()
        return self._known[name]

    def _decide(self, value: Any, source: PropertyPath) -> Truth:
        if not (isinstance(value, dict) and len(value) == 1):
            raise self._error("a condition is one function", source)
        name, arguments = next(iter(value.items()))
        inner = (*source, name)
        if name == "Condition" and isinstance(arguments, str):
            return self.truth(arguments, inner)
        if name == "Fn::Equals":
            return self._equals(arguments, inner)
        if name == "Fn::Not" and isinstance(arguments, list) and len(arguments) == 1:
            truth, reason = self._decide(arguments[0], (*inner, 0))
            return (True, reason) if reason else (not truth, None)
        if name in ("Fn::And", "Fn::Or") and isinstance(arguments, list) and 2 <= len(arguments) <= 10:
            truths = [self._decide(item, (*inner, index)) for index, item in enumerate(arguments)]
            return _combine(truths, stop=name == "Fn::Or")
        raise self._error(f"{name} with these arguments is no condition", source)

    def _equals(self, arguments: Any, source: PropertyPath) -> Truth:
        if not (isinstance(arguments, list) and len(arguments) == 2):
            raise self._error("Fn::Equals takes two values", source)
        frame = Frame(literal=True)
        one, other = (
            _comparable(self._evaluate(argument, (*source, index), frame)) for index, argument in enumerate(arguments)
        )
        return (True, frame.reason) if frame.reason else (one == other, None)

    def _error(self, cause: str, source: PropertyPath) -> InputError:
        return self._template.error(cause, source)


def _combine(truths: list[Truth], *, stop: bool) -> Truth:
    """And (stop is False) or Or (stop is True): one certain value of `stop` decides."""
    if any(truth is stop and reason is None for truth, reason in truths):
        return stop, None
    reason = next((reason for _, reason in truths if reason), None)
    return (True, reason) if reason else (not stop, None)


def _comparable(value: Any) -> Any:
    """CloudFormation compares texts: `true` and `"true"`, 1 and "1" are equal."""
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    return value if isinstance(value, dict) else as_text(value)
