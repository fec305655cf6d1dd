"""The Rules section: assertions about parameters, judged before anything is deployed.

Source: "Rules section",
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.resolve import Resolver
from scenarios.errors import InputError


def check_rules(resolver: Resolver) -> None:
    """Raises InputError for the first assertion that the parameters do not meet; undecidable ones are passed over."""
    template = resolver.scope.template
    for name, rule in (template.body.get("Rules") or {}).items():
        if not isinstance(rule, dict) or not isinstance(rule.get("Assertions"), list):
            continue
        if "RuleCondition" in rule and _truth(resolver, rule["RuleCondition"]) is False:
            continue
        for index, assertion in enumerate(rule["Assertions"]):
            if isinstance(assertion, dict) and _truth(resolver, assertion.get("Assert")) is False:
                position = template.position(("Rules", name, "Assertions", index))
                said = assertion.get("AssertDescription") or "its assertion is not met"
                raise InputError(f"rule {name}: {said}", file=template.file, line=position.line, column=position.column)


def _truth(resolver: Resolver, value: Any) -> bool | None:
    """The truth of a rule's expression; nothing where it hangs on what is not known here."""
    if not (isinstance(value, dict) and len(value) == 1):
        return None
    name, arguments = next(iter(value.items()))
    listed = arguments if isinstance(arguments, list) else [arguments]
    if name in ("Fn::And", "Fn::Or", "Fn::Not"):
        return _logic(name, [_truth(resolver, item) for item in listed])
    known, values = _values(resolver, listed)
    if not known or len(values) != 2:
        return None
    one, other = values
    if name == "Fn::Equals":
        return bool(_texts(one) == _texts(other))
    if name == "Fn::Contains":
        return set(_texts(other)) <= set(_texts(one))
    if name == "Fn::EachMemberEquals":
        return all(item == _texts(other)[0] for item in _texts(one))
    if name == "Fn::EachMemberIn":
        return set(_texts(one)) <= set(_texts(other))
    return None


def _logic(name: str, truths: list[bool | None]) -> bool | None:
    if name == "Fn::Not":
        return None if truths[0] is None else not truths[0]
    stop = name == "Fn::Or"
    if stop in truths:
        return stop
    return None if None in truths else not stop


def _values(resolver: Resolver, arguments: list[Any]) -> tuple[bool, list[Any]]:
    frame = Frame()
    values = []
    for argument in arguments:
        if isinstance(argument, dict) and next(iter(argument), "") in ("Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"):
            return False, []  # values of live things of the account
        values.append(resolver.resolve(argument, ("Rules",), frame))
    return frame.reason is None, values


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
