"""Template parameters: what was given, what is the default, and what has to be invented.

Source: "Parameters section",
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

import regex

from scenarios.deployment.functions import as_text
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.scope import Parameter
from scenarios.errors import InputError
from scenarios.template.template import Template

_PATTERN_SECONDS = 1.0
_TYPE = re.compile(r"String|Number|List<Number>|CommaDelimitedList|AWS::[\w:]+(<.+>)?|List<(AWS::[\w:]+|String)>")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_FROM_SSM = "AWS::SSM::Parameter::Value<"


def read_parameters(
    template: Template, given: Mapping[str, str | Parameter], inventor: Inventor
) -> dict[str, Parameter]:
    """The value of every declared parameter. What is given as a Parameter comes from a stack in the same account.

    Raises InputError for a parameter that the template does not have, and for a value that its declaration refuses.
    """
    declared = template.body.get("Parameters") or {}
    for name in given:
        if name not in declared:
            close = get_close_matches(name, declared, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise InputError(f"the template has no parameter {name}{hint}", file=template.file)
    return {
        name: _Declaration(template, name, body).value(given.get(name), inventor)
        for name, body in declared.items()
        if not name.startswith("Fn::")
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
        if not _TYPE.fullmatch(self._type):
            raise self._error(f"has a Type that CloudFormation does not know: {self._type}")
        self._no_echo = as_text(body.get("NoEcho")).lower() == "true"

    def value(self, given: str | Parameter | None, inventor: Inventor) -> Parameter:
        """What was given, else the default, else something invented."""
        if isinstance(given, Parameter):
            return self._handed(given, inventor)
        if given is None and self._body.get("Default") is None:
            invented = inventor.invent(self._name, self._type, self._body)
            return Parameter(invented, f"parameter {self._name} has no value", self._no_echo)
        raw = as_text(self._body["Default"] if given is None else given)
        items = [item.strip() for item in raw.split(",")] if self._is_list else [raw]
        for item in items:
            self._check(item)
        said = items if self._is_list else raw
        if self._type.startswith(_FROM_SSM):
            reason = (
                f"parameter {self._name} is read from SSM parameter {'****' if self._no_echo else raw} at deployment"
            )
            return Parameter(inventor.invent(self._name, self._type, self._body, raw), reason, self._no_echo)
        stands = [inventor.stand_in(item, self._type) for item in items]
        if any(stands):
            return self._outside(said, [stand or item for stand, item in zip(stands, items, strict=True)])
        return Parameter(said, None, self._no_echo)

    def _handed(self, given: Parameter, inventor: Inventor) -> Parameter:
        """A value that a parent stack gives: what it names is in the account. A stand-in need not fit."""
        raw = as_text(given.value)
        items = [item.strip() for item in raw.split(",")] if self._is_list else [raw]
        if given.unknown is None:
            for item in items:
                self._check(item)
        if self._type.startswith(_FROM_SSM):
            return replace(self.value(raw, inventor), no_echo=self._no_echo or given.no_echo)
        return Parameter(items if self._is_list else raw, given.unknown, self._no_echo or given.no_echo)

    def _outside(self, said: Any, values: list[str]) -> Parameter:
        """A value that names things outside the template, of which nothing is known."""
        shown = "****" if self._no_echo else as_text(said)
        reason = f"parameter {self._name} names {shown}, which is outside the template"
        return Parameter(values if self._is_list else values[0], reason, self._no_echo, said)

    @property
    def _is_list(self) -> bool:
        return self._type == "CommaDelimitedList" or self._type.startswith("List<")

    def _check(self, item: str) -> None:
        if self._type in ("Number", "List<Number>"):
            self._check_number(item)
        allowed = self._body.get("AllowedValues")
        if isinstance(allowed, list) and item not in (texts := [as_text(value) for value in allowed]):
            raise self._refused(item, f"allowed are {', '.join(texts)}")
        pattern = self._body.get("AllowedPattern")
        if isinstance(pattern, str) and not self._matches(pattern, item):
            raise self._refused(item, f"it has to match {pattern}")
        low, high = self._number("MinLength"), self._number("MaxLength")
        if (low is not None and len(item) < low) or (high is not None and len(item) > high):
            raise self._refused(item, f"its length lies between {low or 0:g} and {4096 if high is None else high:g}")

    def _check_number(self, item: str) -> None:
        if not _NUMBER.fullmatch(item):
            raise self._refused(item, "it is a number")
        low, high = self._number("MinValue"), self._number("MaxValue")
        if low is not None and float(item) < low:
            raise self._refused(item, f"it is at least {low:g}")
        if high is not None and float(item) > high:
            raise self._refused(item, f"it is at most {high:g}")

    def _matches(self, pattern: str, item: str) -> bool:
        """A pattern is the template's own: one that takes too long is refused instead of waited for."""
        try:
            return regex.fullmatch(pattern, item, timeout=_PATTERN_SECONDS) is not None
        except TimeoutError:
            raise self._error("has an AllowedPattern that takes too long to match") from None
        except (regex.error, RecursionError, OverflowError, MemoryError):
            raise self._error(f"has an AllowedPattern that is no regular expression: {pattern}") from None

    def _number(self, key: str) -> float | None:
        text = as_text(self._body.get(key))
        return float(text) if _NUMBER.fullmatch(text) else None

    def _refused(self, item: str, why: str) -> InputError:
        described = self._body.get("ConstraintDescription")
        shown = "the value" if self._no_echo else repr(item)
        return self._error(f"does not take {shown}; {described if isinstance(described, str) else why}")

    def _error(self, cause: str) -> InputError:
        return self._template.error(f"parameter {self._name} {cause}", ("Parameters", self._name))
