"""Policy variables: `${aws:username}` in resources and in the values of string and ARN conditions.

Source: "IAM policy elements: Variables and tags",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scenarios.access.facts import Facts
from scenarios.access.glob import ANY, literal, pattern_of

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_ESCAPES = frozenset("*?$")
VARIABLES_VERSION = "2012-10-17"
"""The policy version from which on variables are variables; before it `${...}` is plain text."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: the condition key (lower case) that it stands for, and its default value."""

    key: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A pattern with its variables filled in. `pattern` is absent where one has no value; `reasons` say why one is
    not known, and then `pattern` has a wildcard in its place."""

    pattern: str | None
    reasons: tuple[str, ...] = ()


class Template:
    """A text with its wildcards and variables told apart; `static` is its pattern where it has no variable."""

    __slots__ = ("parts", "static", "text")

    def __init__(self, text: str, parts: tuple[str | Variable, ...]) -> None:
        self.text = text
        self.parts = parts
        self.static = "".join(parts) if all(isinstance(part, str) for part in parts) else None  # type: ignore[arg-type]

    def resolve(self, facts: Facts) -> Resolved:
        """The pattern for a request. A multi-valued key has no value here, as AWS documents."""
        if self.static is not None:
            return Resolved(self.static)
        texts: list[str] = []
        reasons: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                texts.append(part)
            elif isinstance(value := facts.value(part.key), str):
                texts.append(literal(value))
            elif reason := facts.why_unknown(part.key):
                texts.append(ANY)
                reasons.append(reason)
            elif part.default is not None:
                texts.append(literal(part.default))
            else:
                return Resolved(None)
        return Resolved("".join(texts), tuple(reasons))


@lru_cache(maxsize=16384)
def template(text: str, version: str, *, wildcards: bool) -> Template:
    """Read a policy's text. Under any version but 2012-10-17 a variable is plain text."""
    plain = pattern_of if wildcards else literal
    if version != VARIABLES_VERSION or "${" not in text:
        return Template(text, (plain(text),))
    parts: list[str | Variable] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        parts += [plain(text[end : found.start()]), _variable(found[1])]
        end = found.end()
    return Template(text, _joined([*parts, plain(text[end:])]))


def _variable(inside: str) -> str | Variable:
    """What stands between the braces: an escaped character, or a key with an optional default."""
    if inside in _ESCAPES:
        return inside
    key, comma, default = inside.partition(",")
    default = default.strip()
    if comma and len(default) >= 2 and default[0] == default[-1] == "'":
        return Variable(key.strip().lower(), default[1:-1])
    return Variable(key.strip().lower(), None)


def _joined(parts: list[str | Variable]) -> tuple[str | Variable, ...]:
    """The parts with neighbouring texts made one."""
    joined: list[str | Variable] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined) or ("",)
