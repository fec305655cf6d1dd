"""Template parameters: what was given, what is the default, and what has to be invented.

Source: "Parameters section",
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import regex

from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.scope import Parameter
from scenarios.errors import InputError
from scenarios.template.template import Template

_PATTERN_SECONDS = 1.0
_SCALARS = ("String", "Number")


def parameters(template: Template, given: Mapping[str, str], inventor: Inventor) -> dict[str, Parameter]:
    """The value of every declared parameter.

    Raises InputError for a parameter that the template does not have, and for a value that its declaration refuses.
    """
    declared = template.body.get("Parameters") or {}
    for name in given:
        if name not in declared:
            close = get_close_matches(name, declared, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise InputError(f"the template has no parameter {name}{hint}", file=template.file)
    return {
        name: _Declaration(template, name, declaration).value(given, inventor) for name, declaration in declared.items()
    }


class _Declaration:
    """One parameter as the template declares it."""

    def __init__(self, template: Template, name: str, body: Any) -> None:
        self._template = template
        self._name = name
        if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
            raise self._error("has no Type")
        self._body: dict[str, Any] = body
        self._type: str = body["Type"]

    def value(self, given: Mapping[str, str], inventor: Inventor) -> Parameter:
        no_echo = str(self._body.get("NoEcho", "false")).lower() == "true"
        if self._name in given or "Default" in self._body:
            raw = given[self._name] if self._name in given else self._body["Default"]
            return self._checked(_text(raw), inventor, no_echo)
        value = inventor.invent(self._name, self._type, self._body)
        return Parameter(value, f"parameter {self._name} has no value", no_echo)

    def _checked(self, raw: str, inventor: Inventor, no_echo: bool) -> Parameter:
        items = [item.strip() for item in raw.split(",")] if self.is_list else [raw]
        for item in items:
            self._check(item, no_echo)
        if self._type.startswith("AWS::SSM::Parameter::Value<"):
            value = inventor.invent(self._name, self._type, self._body)
            reason = f"parameter {self._name} is read from SSM parameter {'****' if no_echo else raw} at deployment"
            return Parameter(value, reason, no_echo)
        return Parameter(items if self.is_list else raw, None, no_echo)

    @property
    def is_list(self) -> bool:
        return self._type == "CommaDelimitedList" or self._type.startswith("List<")

    def _check(self, item: str, no_echo: bool) -> None:
        shown = "the value" if no_echo else repr(item)
        if self._type in ("Number", "List<Number>"):
            self._check_number(item, shown)
        allowed = self._body.get("AllowedValues")
        if isinstance(allowed, list) and item not in [_text(value) for value in allowed]:
            raise self._error(f"does not take {shown}; allowed are {', '.join(_text(value) for value in allowed)}")
        pattern = self._body.get("AllowedPattern")
        if isinstance(pattern, str) and not self._matches(pattern, item):
            raise self._error(f"does not take {shown}; it has to match {pattern}")
        self._check_length(item, shown)

    def _check_number(self, item: str, shown: str) -> None:
        try:
            number = float(item)
        except ValueError:
            raise self._error(f"does not take {shown}; it is a number") from None
        low, high = self._number("MinValue"), self._number("MaxValue")
        if (low is not None and number < low) or (high is not None and number > high):
            raise self._error(f"does not take {shown}; it lies between {low} and {high}")

    def _check_length(self, item: str, shown: str) -> None:
        low, high = self._number("MinLength"), self._number("MaxLength")
        if (low is not None and len(item) < low) or (high is not None and len(item) > high):
            raise self._error(f"does not take {shown}; its length lies between {low or 0:g} and {high or 4096:g}")

    def _matches(self, pattern: str, item: str) -> bool:
        """A pattern is the template's own: one that takes too long is refused instead of waited for."""
        try:
            return regex.fullmatch(pattern, item, timeout=_PATTERN_SECONDS) is not None
        except TimeoutError:
            raise self._error("has an AllowedPattern that takes too long to match") from None
        except regex.error:
            raise self._error(f"has an AllowedPattern that is no regular expression: {pattern}") from None

    def _number(self, key: str) -> float | None:
        try:
            return float(self._body[key])
        except (KeyError, TypeError, ValueError):
            return None

    def _error(self, cause: str) -> InputError:
        position = self._template.position(("Parameters", self._name))
        cause = f"parameter {self._name} {cause}"
        return InputError(cause, file=self._template.file, line=position.line, column=position.column)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(_text(item) for item in value) if isinstance(value, list) else str(value)
