"""The Rules section: assertions about parameters, judged before anything is deployed.

Source: "Rules section",
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.functions import as_text
from scenarios.deployment.resolve import Resolver
from scenarios.errors import InputError
from scenarios.finding import PropertyPath

_LOGIC = ("Fn::And", "Fn::Or", "Fn::Not")
_OF_THE_ACCOUNT = ("Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll")
_COMPARISONS: dict[str, Callable[[list[str], list[str]], bool]] = {
    "Fn::Equals": lambda one, other: one == other,
    "Fn::Contains": lambda one, other: set(other) <= set(one),
    "Fn::EachMemberEquals": lambda one, other: all([item] == other for item in one),
    "Fn::EachMemberIn": lambda one, other: set(one) <= set(other),
}


def check_rules(resolver: Resolver) -> tuple[str, ...]:
    """Judge every rule; the answer names those that nobody can judge here.

    Raises InputError for the first assertion that the parameters do not meet.
    """
    undecided = []
    for name, rule in (resolver.scope.template.body.get("Rules") or {}).items():
        if isinstance(rule, dict) and not all(_assertions(resolver, name, rule)):
            undecided.append(f"rule {name} cannot be judged before deployment")
    return tuple(undecided)


def _assertions(resolver: Resolver, name: str, rule: dict[str, Any]) -> Iterator[bool]:
    """For each assertion that applies whether it could be judged."""
    template = resolver.scope.template
    path: PropertyPath = ("Rules", name)
    applies = _truth(resolver, rule["RuleCondition"], (*path, "RuleCondition")) if "RuleCondition" in rule else True
    assertions = rule.get("Assertions")
    for index, assertion in enumerate(assertions if isinstance(assertions, list) and applies is not False else []):
        inner = (*path, "Assertions", index)
        truth = _truth(resolver, assertion.get("Assert") if isinstance(assertion, dict) else None, inner)
        if applies and truth is False:
            position = template.position(inner)
            said = assertion.get("AssertDescription") or "its assertion is not met"
            raise InputError(f"rule {name}: {said}", file=template.file, line=position.line, column=position.column)
        yield truth is True or (truth is False and applies is True)


def _truth(resolver: Resolver, value: Any, path: PropertyPath) -> bool | None:
    """The truth of a rule's expression; nothing where it hangs on what is not known here."""
    if not (isinstance(value, dict) and len(value) == 1):
        return None
    name, arguments = next(iter(value.items()))
    inner = (*path, name)
    if name in _LOGIC:
        items = arguments if isinstance(arguments, list) else [arguments]
        return _logic(name, [_truth(resolver, item, (*inner, index)) for index, item in enumerate(items)])
    if name not in _COMPARISONS or not (isinstance(arguments, list) and len(arguments) == 2):
        return None
    one, other = (_texts(resolver, argument, inner) for argument in arguments)
    return None if one is None or other is None else _COMPARISONS[name](one, other)


def _logic(name: str, truths: list[bool | None]) -> bool | None:
    if name == "Fn::Not":
        return None if len(truths) != 1 or truths[0] is None else not truths[0]
    stop = name == "Fn::Or"
    if stop in truths:
        return stop
    return None if None in truths else not stop


def _texts(resolver: Resolver, value: Any, path: PropertyPath) -> list[str] | None:
    """The texts that an argument stands for; nothing where they are values of live things of the account."""
    if isinstance(value, dict) and next(iter(value), "") in _OF_THE_ACCOUNT:
        return None
    frame = Frame(literal=True)
    found = resolver.argument(value, path, frame)
    if frame.reason is not None:
        return None
    return [as_text(item) for item in found] if isinstance(found, list) else [as_text(found)]
