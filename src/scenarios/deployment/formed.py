"""A text that nobody knows, in the form that a schema asks for.

One that stands for a whole value may become any other. Of a text that the template builds around such a one only the
length is mended: what else is wrong with it would be wrong with any value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import regex

from scenarios.deployment.naming import digest
from scenarios.deployment.scope import WORD

_HEX = "0123456789abcdef"
_DIGITS = "123456789"
_USUAL = 32
_UNIQUE = 8
_PATTERN_SECONDS = 0.5
_LONE = re.compile(rf"({WORD}|resolved|unknown)(-[a-z0-9]+)?")
_ENDING = re.compile(r"\.fifo$")


def formed(text: str, shape: dict[str, Any]) -> str:
    """The text itself where it fits, else what is nearest to it and fits, else the text itself."""
    if _fits(text, shape):
        return text
    return next((found for found in _nearest(text, shape) if _fits(found, shape)), text)


def _nearest(text: str, shape: dict[str, Any]) -> Iterator[str]:
    least, most = _limit(shape, "minLength", 1), _limit(shape, "maxLength", 0)
    yield _short(text, most)
    if not _LONE.fullmatch(text):
        return
    for found in (text, text.replace("-", "_"), text.replace("-", "")):
        yield _short(found, most).ljust(least, "x")
    yield from shape.get("examples", ())
    size = max(least, min(most or _USUAL, _USUAL))
    yield from (digest(text, length, letters) for letters in (_HEX, _DIGITS) for length in (size, least, 12) if length)


def _short(text: str, most: int) -> str:
    """The text within the limit: its end gives way to what tells it from others that begin alike."""
    if not most or len(text) <= most:
        return text
    ending = "".join(_ENDING.findall(text))
    unique = digest(text, _UNIQUE).lower() + ending
    return text[: most - len(unique)] + unique if most > len(unique) else text[:most]


def _fits(text: str, shape: dict[str, Any]) -> bool:
    most = _limit(shape, "maxLength", 0)
    if len(text) < _limit(shape, "minLength", 0) or (most and len(text) > most):
        return False
    pattern = shape.get("pattern")
    try:
        return not isinstance(pattern, str) or regex.search(pattern, text, timeout=_PATTERN_SECONDS) is not None
    except (regex.error, TimeoutError):
        return True  # a pattern of another dialect says nothing


def _limit(shape: dict[str, Any], name: str, default: int) -> int:
    found = shape.get(name, default)
    return found if isinstance(found, int) and 0 <= found <= 4096 else default
