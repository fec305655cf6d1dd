"""Intrinsic functions, evaluated.

Every function says two things beside its value: whether the value is only a stand-in (it hangs on a parameter without a
value, on another stack, on a resource that was not made), and from which path of the template it came.

Source: "Intrinsic function reference",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any

from scenarios.deployment.conditions import Conditions
from scenarios.deployment.frame import Frame
from scenarios.deployment.naming import digest
from scenarios.deployment.scope import Scope
from scenarios.errors import InputError
from scenarios.finding import PropertyPath


class NoValue:
    """The value of `!Ref AWS::NoValue`: its key or list item disappears."""


NO_VALUE = NoValue()

_PLACE = re.compile(r"\$\{([^!${}][^{}]*)\}")
_LITERAL = re.compile(r"\$\{!([^{}]*)\}")
_DYNAMIC = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):[^}]*\}\}")
_FUNCTIONS = frozenset(
    "Ref Condition Fn::Base64 Fn::Cidr Fn::FindInMap Fn::GetAZs Fn::GetAtt Fn::If Fn::ImportValue Fn::Join Fn::Length "
    "Fn::Select Fn::Split Fn::Sub Fn::ToJsonString Fn::Transform Fn::And Fn::Or Fn::Not Fn::Equals".split()
)


class Resolver:
    """Resolves values in one scope; `at` of each call is the template path that errors name."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.conditions = Conditions(scope.template, self._argument)
        self._functions: dict[str, Callable[[Any, Frame, PropertyPath, PropertyPath], Any]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::FindInMap": self._find_in_map,
            "Fn::GetAZs": self._get_azs,
            "Fn::Cidr": self._cidr,
            "Fn::Base64": self._base64,
            "Fn::ImportValue": self._import_value,
            "Fn::Length": self._length,
            "Fn::ToJsonString": self._to_json,
            "Fn::Transform": self._transform,
            "Fn::If": self._if_argument,
            **dict.fromkeys(("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Condition"), self._logic),
        }

    def resolve(self, value: Any, source: PropertyPath, frame: Frame, path: PropertyPath = ()) -> Any:
        """The value of what stands at `source` in the template, to stand at `path` in the resource.

        Raises InputError for a function with wrong arguments and for what it cannot find.
        """
        if isinstance(value, dict):
            if (name := function(value)) is None:
                return self._mapping(value, source, frame, path)
            if name == "Fn::If":
                return self._if(value[name], source, frame, path)
            return self._functions[name](value[name], frame, path, source)
        if isinstance(value, list):
            return self._list(value, source, frame, path)
        return self._dynamic(value, frame, path) if isinstance(value, str) else value

    def _mapping(self, value: dict[str, Any], source: PropertyPath, frame: Frame, path: PropertyPath) -> Any:
        made = {}
        for key, item in value.items():
            resolved = self.resolve(item, (*source, key), frame, (*path, key))
            if resolved is not NO_VALUE:
                made[key] = resolved
        return made

    def _list(self, value: list[Any], source: PropertyPath, frame: Frame, path: PropertyPath) -> Any:
        made: list[Any] = []
        for index, item in enumerate(value):
            target = (*path, len(made))
            if len(made) != index:
                frame.sources[target] = (*source, index)
            resolved = self.resolve(item, (*source, index), frame, target)
            if resolved is NO_VALUE:
                frame.sources.pop(target, None)
            else:
                made.append(resolved)
        return made

    def _if(self, value: Any, source: PropertyPath, frame: Frame, path: PropertyPath) -> Any:
        name, index = self._branch(value, frame, path, source)
        branch = (*source, "Fn::If", index)
        frame.sources[path] = branch
        return self.resolve(name, branch, frame, path)

    def _if_argument(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        branch, _ = self._branch(value, frame, path, source)
        return self._argument(branch, frame, path, source)

    def _branch(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> tuple[Any, int]:
        if not (isinstance(value, list) and len(value) == 3 and isinstance(value[0], str)):
            raise self._error("Fn::If takes a condition's name and two values", source)
        truth, reason = self.conditions.truth(value[0], source)
        if reason is not None:
            frame.doubt(path, reason)
        index = 1 if truth else 2
        return value[index], index

    def _argument(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        """The value of a function's argument: whatever is uncertain in it makes the function's own value so."""
        if isinstance(value, dict) and (name := function(value)) is not None:
            return self._functions[name](value[name], frame, path, source)
        if isinstance(value, dict):
            return {key: self._argument(item, frame, path, source) for key, item in value.items()}
        if isinstance(value, list):
            items = [self._argument(item, frame, path, source) for item in value]
            return [item for item in items if item is not NO_VALUE]
        return self._dynamic(value, frame, path) if isinstance(value, str) else value

    def _dynamic(self, value: str, frame: Frame, path: PropertyPath) -> str:
        """A dynamic reference is read at deployment; what it stands for is known to nobody here."""
        if "{{resolve:" not in value:
            return value
        found = _DYNAMIC.search(value)
        if found is None:
            return value
        frame.doubt(path, f"{found.group()} is read at deployment")
        return _DYNAMIC.sub(lambda match: f"resolved-{digest(match.group(), 8).lower()}", value)

    def _ref(self, name: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        pseudo = self.scope.pseudo()
        if name in pseudo:
            return pseudo[name]
        if name in self.scope.parameters:
            parameter = self.scope.parameters[name]
            if parameter.unknown:
                frame.doubt(path, parameter.unknown)
            return parameter.value
        if name in self.scope.made:
            made = self.scope.made[name]
            if made.lost:
                frame.doubt(path, made.lost)
            return made.physical_id
        raise self._error(f"Ref to {name}, which is neither a parameter nor a resource", source)

    def _get_att(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        parts = value.split(".", 1) if isinstance(value, str) else value
        if not (isinstance(parts, list) and len(parts) >= 2):
            raise self._error("Fn::GetAtt takes a logical id and an attribute", source)
        name = parts[0]
        attribute = ".".join(str(self._argument(part, frame, path, source)) for part in parts[1:])
        made = self.scope.made.get(name)
        if made is None:
            raise self._error(f"Fn::GetAtt of {name}, which is no resource", source)
        if made.lost:
            frame.doubt(path, made.lost)
        elif attribute not in made.attributes:
            frame.doubt(path, made.opaque or f"attribute {attribute} of {name} is not known before deployment")
        return made.attributes.get(attribute, self._stand_in(name, attribute))

    def _stand_in(self, name: str, attribute: str) -> str:
        stack = self.scope.stack
        text = f"unknown-{re.sub(r'[^a-z0-9]', '', (name + attribute).lower())[:40]}"
        if attribute.lower().endswith("arn"):
            return f"arn:{stack.partition}:unknown:{stack.region}:{stack.account_id}:{text}"
        return text

    def _sub(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        text, names = value, {}
        if isinstance(value, list) and len(value) == 2 and isinstance(value[1], dict):
            text = value[0]
            names = {key: self._argument(item, frame, path, source) for key, item in value[1].items()}
        if not isinstance(text, str):
            raise self._error("Fn::Sub takes a text, or a text and a mapping", source)

        def replace(match: re.Match[str]) -> str:
            name = match.group(1).strip()
            if name in names:
                found = names[name]
            elif "." in name:
                found = self._get_att(name, frame, path, source)
            else:
                found = self._ref(name, frame, path, source)
            return as_text(found)

        return _LITERAL.sub(r"${\1}", self._dynamic(_PLACE.sub(replace, text), frame, path))

    def _join(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        if not (isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)):
            raise self._error("Fn::Join takes a delimiter and a list", source)
        items = self._argument(value[1], frame, path, source)
        if not isinstance(items, list):
            raise self._error("Fn::Join takes a delimiter and a list", source)
        return self._dynamic(value[0].join(as_text(item) for item in items), frame, path)

    def _select(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        if not (isinstance(value, list) and len(value) == 2):
            raise self._error("Fn::Select takes an index and a list", source)
        index = str(self._argument(value[0], frame, path, source))
        items = self._argument(value[1], frame, path, source)
        if isinstance(items, str):
            items = items.split(",")
        if not index.isdecimal() or not isinstance(items, list):
            raise self._error("Fn::Select takes an index and a list", source)
        if int(index) >= len(items):
            if frame.reason is None:
                raise self._error(f"Fn::Select: there is no item {index} in a list of {len(items)}", source)
            return f"unknown-item-{index}"
        return items[int(index)]

    def _split(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        if not (isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and value[0]):
            raise self._error("Fn::Split takes a delimiter and a text", source)
        return as_text(self._argument(value[1], frame, path, source)).split(value[0])

    def _find_in_map(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        if not (isinstance(value, list) and 3 <= len(value) <= 4):
            raise self._error("Fn::FindInMap takes a map, two keys, and perhaps a default", source)
        keys = [as_text(self._argument(key, frame, path, source)) for key in value[:3]]
        found: Any = self.scope.template.body.get("Mappings", {})
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        if found is not None:
            return self._argument(found, frame, path, source)
        if len(value) == 4 and isinstance(value[3], dict) and "DefaultValue" in value[3]:
            return self._argument(value[3]["DefaultValue"], frame, path, source)
        if frame.reason is not None:
            return f"unknown-{keys[2].lower()}"
        raise self._error(f"Fn::FindInMap: map {keys[0]} has no {keys[1]}, {keys[2]}", source)

    def _get_azs(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        region = as_text(self._argument(value, frame, path, source)) or self.scope.stack.region
        return [region + letter for letter in ("abcdef" if region == "us-east-1" else "abc")]

    def _cidr(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        arguments = self._argument(value, frame, path, source)
        if not (isinstance(arguments, list) and 2 <= len(arguments) <= 3):
            raise self._error("Fn::Cidr takes a block, a count, and perhaps a number of bits", source)
        try:
            network = ipaddress.ip_network(str(arguments[0]), strict=False)
            count, bits = int(arguments[1]), int(arguments[2]) if len(arguments) == 3 else 8
            prefix = network.max_prefixlen - bits
            if not (0 < count <= 256 and network.prefixlen <= prefix <= network.max_prefixlen):
                raise ValueError(f"{arguments[0]} has no {count} blocks of {bits} bits")
            subnets = network.subnets(new_prefix=prefix)
            blocks = [str(block) for block, _ in zip(subnets, range(count), strict=False)]
            if len(blocks) < count:
                raise ValueError(f"{arguments[0]} has no {count} blocks of {bits} bits")
        except ValueError as error:
            if frame.reason is not None:
                return ["10.0.0.0/24"] * 6
            raise self._error(f"Fn::Cidr: {error}", source) from None
        return blocks

    def _base64(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        return base64.b64encode(as_text(self._argument(value, frame, path, source)).encode()).decode()

    def _import_value(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        name = as_text(self._argument(value, frame, path, source))
        frame.doubt(path, f"export {name} comes from another stack")
        return self._stand_in("import", name)

    def _length(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        items = self._argument(value, frame, path, source)
        if not isinstance(items, list):
            raise self._error("Fn::Length takes a list", source)
        return len(items)

    def _to_json(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:
        return json.dumps(self._argument(value, frame, path, source), separators=(",", ":"))

    def _transform(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:  # noqa: ARG002
        frame.doubt(path, "Fn::Transform cannot be expanded here")
        return NO_VALUE

    def _logic(self, value: Any, frame: Frame, path: PropertyPath, source: PropertyPath) -> Any:  # noqa: ARG002
        raise self._error("a condition function stands where a value belongs", source)

    def _error(self, cause: str, source: PropertyPath) -> InputError:
        position = self.scope.template.position(source)
        return InputError(cause, file=self.scope.template.file, line=position.line, column=position.column)


def function(value: dict[str, Any]) -> str | None:
    """The intrinsic function that a mapping is, if it is one. `Condition` alone is one only among conditions."""
    if len(value) != 1:
        return None
    name = next(iter(value))
    return name if name in _FUNCTIONS and not (name == "Condition" and not isinstance(value[name], str)) else None


def as_text(value: Any) -> str:
    """A scalar as CloudFormation puts it into a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(as_text(item) for item in value)
    return "" if value is None or value is NO_VALUE else str(value)
