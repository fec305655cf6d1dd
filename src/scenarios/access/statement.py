"""Policy documents as AWS reads them: parsed once, refused where AWS refuses them, compiled for matching.

Source: "Grammar of the IAM JSON policy language",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from scenarios.access.action import ActionElement
from scenarios.access.algebra import TRUE, Truth, unknown
from scenarios.access.condition import Clause, form_of
from scenarios.access.principal import PrincipalElement
from scenarios.access.resource import ResourceElement
from scenarios.access.variables import VARIABLES_VERSION
from scenarios.account.base import Policy
from scenarios.errors import InputError
from scenarios.finding import PropertyPath

_VERSIONS = ("2008-10-17", "2012-10-17")
_ELEMENTS = frozenset("Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition".split())
_PARTS = frozenset({"Version", "Id", "Statement"})
_SID = re.compile(r"[A-Za-z0-9]*\Z")
_UNCLOSED = re.compile(r"\$\{[^}]*\Z")
_AWS_PRINCIPAL = re.compile(r"\*\Z|\d{12}\Z|arn:|A[A-Z0-9]{15,}\Z|saml/|iamidentitycenter/", re.ASCII)
"""What names principals of AWS; the unique id is what AWS shows of one that was deleted, and OpenSearch Serverless
names people without ARNs."""
_RESOURCE = re.compile(r"arn:|collection/|index/|[*?$]")
"""What a resource begins with; OpenSearch Serverless names its data without ARNs."""
_PRINCIPAL_KINDS = frozenset({"AWS", "Service", "Federated", "CanonicalUser"})

Uncertain = tuple[tuple[PropertyPath, str], ...]


class MalformedPolicy(InputError):  # noqa: N818 - the name that AWS gives the error
    """A document that AWS would refuse; the message names the statement and the cause."""

    def __reduce__(self) -> tuple[object, ...]:
        return MalformedPolicy, (self.cause,)


@dataclass(frozen=True, slots=True)
class Statement:
    """A compiled statement. `allow` is false for a Deny; `doubt` is true, or says why the statement itself (or its
    effect) is not certain."""

    index: int
    label: str  # its Sid, or "#0" by index
    allow: bool
    action: ActionElement
    resource: ResourceElement | None
    principal: PrincipalElement | None
    conditions: tuple[Clause, ...]
    doubt: Truth = TRUE
    either_effect: bool = False


@dataclass(frozen=True)
class Document:
    """A compiled policy. `doubt` says why the whole document is not certain."""

    statements: tuple[Statement, ...]
    version: str
    doubt: str | None = None
    _by_action: dict[str, tuple[Statement, ...]] = field(default_factory=dict, compare=False, repr=False)

    def about(self, action: str) -> tuple[Statement, ...]:
        """The statements whose Action element may match `action` (lower case)."""
        found = self._by_action.get(action)
        if found is None:
            found = tuple(one for one in self.statements if one.action.matches(action).value is not False)
            if len(self._by_action) >= 4096:
                self._by_action.clear()
            self._by_action[action] = found
        return found


def single_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, for `json.loads`. Raises `MalformedPolicy` for a key that stands there twice: all but the last
    of its values would be dropped without a word, a Deny perhaps among them."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MalformedPolicy(f"{twice!r} stands more than once in one object")
    return found


def compile_policy(policy: Policy) -> Document:
    """The compiled document of a policy. Raises `MalformedPolicy`."""
    return compile_text(policy.text, policy.uncertain)


def well_formed(policy: Policy, *, principals: bool) -> None:
    """Raises `MalformedPolicy`, naming the policy, where AWS would refuse it as a policy of its kind."""
    try:
        statements = compile_text(policy.text, ()).statements
        if not statements:
            raise MalformedPolicy("the policy has no Statement")
        _refuse_by_kind(statements, principals=principals)
    except MalformedPolicy as error:
        raise MalformedPolicy(f"{policy.name}: {error.cause}") from error


@lru_cache(maxsize=8192)
def readable(text: str, uncertain: Uncertain, *, principals: bool) -> Document:
    """The compiled document; one that AWS would refuse is a document in doubt, since nobody can say what it would do.

    `principals` tells whether its statements must (resource policies) or must not (the others) name principals.
    """
    try:
        document = compile_text(text, uncertain)
        _refuse_by_kind(document.statements, principals=principals)
    except MalformedPolicy as error:
        cause = uncertain[0][1] if uncertain else f"AWS would refuse the policy: {error.cause}"
        return Document((), _VERSIONS[0], cause)
    return document


def _refuse_by_kind(statements: tuple[Statement, ...], *, principals: bool) -> None:
    """What holds for one kind of policy only: policies that are the caller's own name resources and no principal, and
    IAM wants each Sid once there, in letters and digits. Raises `MalformedPolicy`."""
    seen: set[str] = set()
    for statement in statements:
        if (statement.principal is not None) is not principals:
            raise MalformedPolicy(f"statement {statement.label} {'lacks' if principals else 'has'} a Principal")
        if principals:
            continue
        if statement.resource is None:
            raise MalformedPolicy(f"statement {statement.label} has neither Resource nor NotResource")
        for text in statement.resource.texts:
            if _short(text):
                raise MalformedPolicy(f"statement {statement.label} has Resource {text!r}, which lacks parts of an ARN")
        if statement.label in seen:
            raise MalformedPolicy(f"Sid {statement.label!r} stands on more than one statement")
        if statement.label != f"#{statement.index}" and not _SID.match(statement.label):
            raise MalformedPolicy(f"Sid {statement.label!r} is not made of letters and digits")
        seen.add(statement.label)


def _short(resource: str) -> bool:
    """Whether an ARN has fewer than its six parts; a wildcard or a variable may stand for some of them."""
    return resource.startswith("arn:") and resource.count(":") < 5 and not set(resource) & set("*?$")


@lru_cache(maxsize=8192)
def compile_text(text: str, uncertain: Uncertain = ()) -> Document:
    """The compiled document of a policy's text. Raises `MalformedPolicy`."""
    try:
        document = json.loads(text, object_pairs_hook=single_keys)
    except (ValueError, RecursionError) as error:
        raise MalformedPolicy(f"the policy is no JSON: {error}") from error
    if not isinstance(document, dict):
        raise MalformedPolicy("the policy is no JSON object")
    if strange := next((name for name in document if name not in _PARTS), None):
        raise MalformedPolicy(f"the policy has an unknown element {strange!r}")
    version = document.get("Version", _VERSIONS[0])
    if version not in _VERSIONS:
        raise MalformedPolicy(f"Version {version!r} is neither 2012-10-17 nor 2008-10-17")
    raw = document.get("Statement")
    lone = isinstance(raw, dict)
    if not lone and not isinstance(raw, list):
        raise MalformedPolicy("the policy has no Statement")
    whole = next((reason for path, reason in uncertain if path in ((), ("Statement",)) and not lone), None)
    whole = whole or next((reason for path, reason in uncertain if path == ()), None)
    statements = tuple(
        _Reader(index, one, version, _within(uncertain, index, lone=lone)).statement()
        for index, one in enumerate(raw if isinstance(raw, list) else [raw])
    )
    return Document(statements, version, whole)


def _within(uncertain: Uncertain, index: int, *, lone: bool) -> Uncertain:
    """The uncertain parts of one statement, by path inside it."""
    head = [("Statement", index)] + ([("Statement",)] if lone else [])
    found: list[tuple[PropertyPath, str]] = []
    for path, reason in uncertain:
        matching = next((one for one in head if path[: len(one)] == one), None)
        if matching is not None:
            found.append((path[len(matching) :], reason))
    return tuple(found)


class _Reader:
    """Reads one statement; every refusal names it."""

    def __init__(self, index: int, raw: Any, version: str, uncertain: Uncertain) -> None:
        self._index = index
        self._version = version
        self._uncertain = uncertain
        if not isinstance(raw, dict):
            self._label = f"#{index}"
            raise self._refused("is no JSON object")
        sid = raw.get("Sid")
        self._label = sid if isinstance(sid, str) and sid else f"#{index}"
        self._raw: dict[str, Any] = raw
        if not isinstance(sid or "", str):
            raise self._refused("has a Sid that is not text")
        for name in raw:
            if name not in _ELEMENTS:
                raise self._refused(f"has an unknown element {name!r}")

    def statement(self) -> Statement:
        effect = self._raw.get("Effect")
        unsure = next((reason for path, reason in self._uncertain if path in ((), ("Effect",))), None)
        if effect not in ("Allow", "Deny") and not unsure:
            raise self._refused(f"has Effect {effect!r}, which is neither Allow nor Deny")
        return Statement(
            self._index,
            self._label,
            effect == "Allow",
            self._action(),
            self._resource(),
            self._principal(),
            tuple(self._conditions()),
            unknown(unsure) if unsure else TRUE,
            either_effect=any(path == ("Effect",) for path, _ in self._uncertain),
        )

    def _refused(self, cause: str) -> MalformedPolicy:
        return MalformedPolicy(f"statement {self._label} {cause}")

    def _one_of(self, name: str) -> tuple[str, bool] | None:
        """`name` or its negation, whichever stands there; both together are refused."""
        negation = f"Not{name}"
        if negation not in self._raw:
            return (name, False) if name in self._raw else None
        if name in self._raw:
            raise self._refused(f"has both {name} and {negation}")
        return negation, True

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self._raw[name]
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in values):
            raise self._refused(f"has a {name} that is not text")
        if not values:
            raise self._refused(f"has an empty {name}")
        return tuple(values)

    def _doubts(self, prefix: PropertyPath, count: int) -> dict[int, str]:
        """The uncertain ones among `count` values that stand at `prefix`: all of them where the path ends there."""
        doubts: dict[int, str] = {}
        if not self._uncertain:
            return doubts
        for path, reason in self._uncertain:
            if path[: len(prefix)] == prefix:
                rest = path[len(prefix) :]
                hit = [rest[0]] if rest and isinstance(rest[0], int) else range(count)
                doubts |= {index: reason for index in hit if isinstance(index, int)}
        return doubts

    def _action(self) -> ActionElement:
        found = self._one_of("Action")
        if found is None:
            raise self._refused("has neither Action nor NotAction")
        name, negated = found
        patterns = self._texts(name)
        doubts = self._doubts((name,), len(patterns))
        for index, pattern in enumerate(patterns):
            if pattern != "*" and ":" not in pattern and index not in doubts and set(pattern) != {"*"}:
                raise self._refused(f"has {name} {pattern!r}, which names no service")
            if index not in doubts and (pattern.count(":") > 1 or any(map(str.isspace, pattern))):
                raise self._refused(f"has {name} {pattern!r}, which is no action of a service")
        return ActionElement(patterns, negated=negated, doubts=doubts) if doubts else _actions(patterns, negated)

    def _resource(self) -> ResourceElement | None:
        found = self._one_of("Resource")
        if found is None:
            return None
        name, negated = found
        texts = self._texts(name)
        doubts = self._doubts((name,), len(texts))
        for index, text in enumerate(texts):
            if index not in doubts and not _RESOURCE.match(text):
                raise self._refused(f"has {name} {text!r}, which is neither an ARN nor *")
            self._refuse_unclosed(name, text)
        if not doubts:
            return _resources(texts, self._version, negated)
        return ResourceElement(texts, self._version, negated=negated, doubts=doubts)

    def _refuse_unclosed(self, name: str, text: str) -> None:
        if self._version == VARIABLES_VERSION and _UNCLOSED.search(text):
            raise self._refused(f"has {name} {text!r}, in which a variable is not closed")

    def _principal(self) -> PrincipalElement | None:
        found = self._one_of("Principal")
        if found is None:
            return None
        name, negated = found
        doubts = {path: reason for path, reason in self._uncertain if path[:1] == (name,)}
        entries = [entry for path, entry in self._entries(name) if not _covers(doubts, path)]
        if not entries and not doubts:
            raise self._refused(f"has an empty {name}")
        for kind, value in entries:
            if kind == "AWS" and not _AWS_PRINCIPAL.match(value):
                raise self._refused(f"has {name} {value!r}, which is neither an account nor an ARN")
        return PrincipalElement(tuple(entries), negated=negated, doubts=tuple(dict.fromkeys(doubts.values())))

    def _entries(self, name: str) -> Iterator[tuple[PropertyPath, tuple[str, str]]]:
        """Each entry with its path: (kind, value)."""
        value = self._raw[name]
        if value == "*":
            yield (name,), ("*", "*")
            return
        if not isinstance(value, dict):
            raise self._refused(f"has a {name} that is neither * nor an object")
        for kind, listed in value.items():
            if kind not in _PRINCIPAL_KINDS:
                raise self._refused(f"has an unknown kind of principal {kind!r}")
            for index, one in enumerate(listed if isinstance(listed, list) else [listed]):
                if not isinstance(one, str | int):
                    raise self._refused(f"has a {name} that is not text")
                path = (name, kind, index) if isinstance(listed, list) else (name, kind)
                yield path, (kind, _account_text(one))

    def _conditions(self) -> Iterator[Clause]:
        block = self._raw.get("Condition", {})
        if not isinstance(block, dict):
            raise self._refused("has a Condition that is no object")
        for operator, keys in block.items():
            if form_of(operator) is None:
                raise self._refused(f"has an unknown condition operator {operator!r}")
            if not isinstance(keys, dict):
                raise self._refused(f"has a condition {operator} that is no object")
            if len({key.lower() for key in keys}) < len(keys):
                raise self._refused(f"has a condition key of {operator} in two spellings, of {', '.join(sorted(keys))}")
            for key, value in keys.items():
                values = self._values(operator, key, value)
                for one in values:
                    self._refuse_unclosed(f"a value of {operator} {key}", one)
                doubts = self._doubts_of_condition(operator, key, len(values))
                yield (
                    Clause(operator, key, values, self._version, doubts)
                    if doubts
                    else _clause(operator, key, values, self._version)
                )

    def _values(self, operator: str, key: str, value: Any) -> tuple[str, ...]:
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str | int | float | bool) for one in values):
            raise self._refused(f"has a value of {operator} {key} that is neither text, number nor boolean")
        return tuple(json.dumps(one) if isinstance(one, bool) else str(one) for one in values)

    def _doubts_of_condition(self, operator: str, key: str, count: int) -> dict[int, str]:
        """A condition whose block, operator or key is uncertain hangs on it with all its values."""
        above = [reason for path, reason in self._uncertain if path in (("Condition",), ("Condition", operator))]
        return dict.fromkeys(range(count), above[0]) if above else self._doubts(("Condition", operator, key), count)


# Policies say the same again and again: what no doubt hangs on is compiled once.


@lru_cache(maxsize=16384)
def _actions(patterns: tuple[str, ...], negated: bool) -> ActionElement:
    return ActionElement(patterns, negated=negated, doubts={})


@lru_cache(maxsize=16384)
def _resources(texts: tuple[str, ...], version: str, negated: bool) -> ResourceElement:
    return ResourceElement(texts, version, negated=negated, doubts={})


@lru_cache(maxsize=16384)
def _clause(operator: str, key: str, values: tuple[str, ...], version: str) -> Clause:
    return Clause(operator, key, values, version)


def _covers(doubts: dict[PropertyPath, str], path: PropertyPath) -> bool:
    return any(path[: len(doubt)] == doubt for doubt in doubts)


def _account_text(value: str | int) -> str:
    """An account id that YAML turned into a number keeps its twelve digits."""
    return f"{value:012d}" if isinstance(value, int) else value
