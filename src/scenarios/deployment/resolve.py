"""Intrinsic functions, evaluated.

Every value comes with what is to be said of it (`Frame`): whether it is only a stand-in (it hangs on a parameter
without a value, on another stack, on a resource that was not made), whether it shows a secret, and where it stands in
the template.

Source: "Intrinsic function reference",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from scenarios.deployment.attributes import attribute, stand_in
from scenarios.deployment.conditions import Conditions
from scenarios.deployment.frame import Frame
from scenarios.deployment.functions import FUNCTIONS, STAND_INS, RefusedError, as_text
from scenarios.deployment.naming import digest
from scenarios.deployment.regions import zones
from scenarios.deployment.scope import Scope
from scenarios.errors import InputError
from scenarios.finding import PropertyPath


class NoValue:
    """The value of `!Ref AWS::NoValue`: its key or list item disappears."""


NO_VALUE = NoValue()

PLACE = re.compile(r"\$\{(!?)([^{}]*)\}")
"""`${Name}` in a text of Fn::Sub; with `!` it is kept as it is, without the mark."""

_DYNAMIC = re.compile(r"\{\{resolve:[a-z-]+:[^{}]*\}\}")
_TRANSFORM = "Fn::Transform"

Function = Callable[[Any, Frame, PropertyPath, PropertyPath], Any]


class Resolver:
    """Resolves values in one scope.

    Of each call, `source` is the value's path in the template, `path` the one that it will have in the resource.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.conditions = Conditions(scope.template, self.argument)
        self._functions: dict[str, Function] = {
            "Ref": self._ref,
            "Fn::FindInMap": self._find_in_map,
            "Fn::GetAZs": self._get_azs,
            "Fn::GetAtt": self._get_att,
            "Fn::GetStackOutput": self._from_elsewhere,
            "Fn::If": self._if,
            "Fn::ImportValue": self._import,
            "Fn::Sub": self._sub,
            _TRANSFORM: self._transform,
        }

    def resolve(self, value: Any, source: PropertyPath, frame: Frame, path: PropertyPath = ()) -> Any:
        """The value of what stands at `source` in the template, to stand at `path` in the resource.

        Raises InputError for a function with wrong arguments and for what it cannot find.
        """
        if isinstance(value, dict):
            name = function(value)
            return (
                self._call(name, value[name], source, frame, path)
                if name
                else self._mapping(value, source, frame, path)
            )
        if isinstance(value, list):
            return self._list(value, source, frame, path)
        return self._dynamic(value, frame, path) if isinstance(value, str) else value

    def argument(self, value: Any, source: PropertyPath, frame: Frame) -> Any:
        """The value of a function's argument, with no path of its own in the resource."""
        return self.resolve(value, source, frame)

    def name(self, value: Any, source: PropertyPath) -> Any:
        """The name that `Ref` or `Fn::GetAtt` is given, which may be a function of parameters."""
        return value if isinstance(value, str) else self.argument(value, source, Frame())

    def _call(self, name: str, value: Any, source: PropertyPath, frame: Frame, path: PropertyPath) -> Any:
        """A function's value. All but Fn::If, which stands for one of its values, get an inner frame for arguments."""
        if name == "Fn::If":
            return self._if(value, frame, path, source)
        inner = frame.inner()
        try:
            if name in FUNCTIONS:
                found = self._pure(name, value, source, inner)
            elif name in self._functions:
                found = self._functions[name](value, inner, (), source)
            else:
                raise RefusedError(f"{name} is no function that stands here")
        except RefusedError as error:
            if not self.scope.template.unsupported:
                raise self._error(str(error), source) from None
            inner.doubt((), f"{error}; {self.scope.template.unsupported[0].name} may mend that")
            found = STAND_INS.get(name, "unknown")
        frame.absorb(inner, path)
        return self._dynamic(found, frame, path) if isinstance(found, str) else found

    def _pure(self, name: str, value: Any, source: PropertyPath, frame: Frame) -> Any:
        arguments = self.argument(value, (*source, name), frame)
        try:
            return FUNCTIONS[name](None if arguments is NO_VALUE else arguments)
        except RefusedError:
            if frame.reason is None:
                raise
            return STAND_INS[name]

    def _mapping(self, value: dict[str, Any], source: PropertyPath, frame: Frame, path: PropertyPath) -> dict[str, Any]:
        made = {}
        for key, item in value.items():
            if key == _TRANSFORM:
                self._transform(item, frame, path, source)
                continue
            resolved = self.resolve(item, (*source, key), frame, (*path, key))
            if resolved is not NO_VALUE:
                made[key] = resolved
        return made

    def _list(self, value: list[Any], source: PropertyPath, frame: Frame, path: PropertyPath) -> list[Any]:
        made: list[Any] = []
        for index, item in enumerate(value):
            target = (*path, len(made))
            if len(made) != index:
                frame.sources[target] = (*source, index)
            resolved = self.resolve(item, (*source, index), frame, target)
            if resolved is not NO_VALUE:
                made.append(resolved)
                continue
            frame.sources.pop(target, None)
            if (reason := frame.uncertain.pop(target, None)) is not None:
                frame.doubt(path, reason)  # whether the item is there at all is not known
        return made

    def _if(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        if not (isinstance(value, list) and len(value) == 3 and isinstance(value[0], str)):
            raise self._error("Fn::If takes a condition's name and two values", source)
        truth, reason = self.conditions.truth(value[0], source)
        if reason is not None:
            frame.doubt(path, reason)
        branch = (*source, "Fn::If", 1 if truth else 2)
        frame.sources[path] = branch
        return self.resolve(value[1 if truth else 2], branch, frame, path)

    def _dynamic(self, value: str, frame: Frame, path: PropertyPath) -> str:
        """A dynamic reference is read at deployment; what it stands for is known to nobody here.

        Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
        """
        found = _DYNAMIC.search(value) if "{{resolve:" in value else None
        if found is None:
            return value
        frame.doubt(path, f"{found.group()} is read at deployment")
        return _DYNAMIC.sub(lambda match: f"resolved-{digest(match.group(), 8).lower()}", value)

    def _ref(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        name = self.name(value, source)
        scope = self.scope
        if name == "AWS::NoValue":
            return NO_VALUE
        if not isinstance(name, str):
            raise RefusedError("Ref takes the name of a parameter or a resource")
        if name in scope.pseudo:
            return scope.pseudo[name]
        if name in scope.parameters:
            return self._parameter(name, frame, path)
        if (made := scope.find(name)) is None:
            raise RefusedError(f"Ref to {name}, which is neither a parameter nor a resource that is made before")
        if made.lost:
            frame.lose(path, name, made.lost)
        if made.unknown_id:
            frame.doubt(path, made.unknown_id)
        return made.physical_id

    def _parameter(self, name: str, frame: Frame, path: PropertyPath) -> Any:
        parameter = self.scope.parameters[name]
        if parameter.no_echo:
            frame.secrets.add(path)
        if frame.literal and parameter.said is not None:
            return parameter.said
        if parameter.unknown is not None:
            frame.doubt(path, parameter.unknown)
        return parameter.value

    def _get_att(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        parts = value.split(".", 1) if isinstance(value, str) else value
        if not (isinstance(parts, list) and len(parts) >= 2):
            raise RefusedError("Fn::GetAtt takes a logical id and an attribute")
        name = self.name(parts[0], source)
        wanted = ".".join(as_text(self.argument(part, source, frame)) for part in parts[1:])
        made = self.scope.find(name) if isinstance(name, str) else None
        if made is None:
            raise RefusedError(f"Fn::GetAtt of {as_text(name)}, which is no resource that is made before")
        return attribute(made, name, wanted, self.scope.stack, frame, path)

    def _sub(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        text, own = value, {}
        if isinstance(value, list) and len(value) == 2 and isinstance(value[1], dict):
            text = value[0]
            inner = (*source, "Fn::Sub", 1)
            own = {key: self.argument(item, (*inner, key), frame) for key, item in value[1].items()}
        if not isinstance(text, str):
            raise RefusedError("Fn::Sub takes a text, or a text and a mapping")

        def replace(match: re.Match[str]) -> str:
            name = match[2].strip()
            if match[1]:
                return f"${{{match[2]}}}"
            if name in own:
                return "" if own[name] is NO_VALUE else as_text(own[name])
            found = (self._get_att if "." in name else self._ref)(name, frame, path, source)
            return "" if found is NO_VALUE else as_text(found)

        return PLACE.sub(replace, text)

    def _find_in_map(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:  # noqa: ARG002
        if not (isinstance(value, list) and 3 <= len(value) <= 4):
            raise RefusedError("Fn::FindInMap takes a map, two keys, and perhaps a default")
        inner = (*source, "Fn::FindInMap")
        keys = [as_text(self.argument(key, (*inner, index), frame)) for index, key in enumerate(value[:3])]
        found: Any = self.scope.template.body.get("Mappings", {})
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        if found is not None:
            return self.argument(found, ("Mappings", *keys), frame)
        if len(value) == 4 and isinstance(value[3], dict) and "DefaultValue" in value[3]:
            return self.argument(value[3]["DefaultValue"], (*inner, 3, "DefaultValue"), frame)
        if frame.reason is not None:
            return f"unknown-{keys[2].lower()}"
        raise RefusedError(f"Fn::FindInMap: map {keys[0]} has no {keys[1]}, {keys[2]}")

    def _get_azs(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:  # noqa: ARG002
        return zones(as_text(self.argument(value, source, frame)) or self.scope.stack.region)

    def _import(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        """What another stack of the run exports; a stand-in where none does."""
        name = as_text(self.argument(value, source, frame))
        frame.imported.add(name)
        found = self.scope.exports.find(name) if frame.reason is None else None
        if found is None:
            frame.doubt(path, self.scope.exports.refused.get(name) or f"{name} comes from another stack")
            return stand_in("", "import", name, self.scope.stack)
        if found.unknown is not None:
            frame.doubt(path, found.unknown)
        if found.secret:
            frame.secrets.add(path)
        return found.value

    def _from_elsewhere(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        said = as_text(self.argument(value, source, frame))
        frame.doubt(path, f"{said} comes from another stack")
        return stand_in("", "import", said, self.scope.stack)

    def _transform(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:  # noqa: ARG002
        name = value.get("Name") if isinstance(value, dict) else None
        frame.doubt(path, f"{name if isinstance(name, str) else _TRANSFORM} cannot be expanded here")
        return NO_VALUE

    def _error(self, cause: str, source: PropertyPath) -> InputError:
        return self.scope.template.error(self.scope.mask(cause), source)


def function(value: dict[str, Any]) -> str | None:
    """The intrinsic function that a mapping is, if it is one."""
    if len(value) != 1:
        return None
    name = next(iter(value))
    return name if name == "Ref" or name.startswith("Fn::") else None
