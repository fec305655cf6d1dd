"""Things that a resource names, that the template does not make, and that the account therefore does not hold.

In AWS they may well be there. A resource that cannot be made without one is recorded, with what it lacks as the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scenarios.deployment.failure import code_of, described
from scenarios.deployment.frame import Frame
from scenarios.deployment.provider import Request
from scenarios.deployment.scope import Made
from scenarios.finding import PropertyPath

_CODE = re.compile(r"not.?found|nosuch|doesnotexist|404", re.IGNORECASE)
_UNUSABLE = "not authorized to perform AssumeRole"
"""What CodePipeline says of a role that is not there."""
_NAMING = re.compile(r"(\w*?)(arns?|ids?|names?|identifiers?|urls?)?", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[a-z]+(-[a-z]+)*-([0-9a-f]{8}|[0-9a-f]{17})")
"""Of a thing of EC2: a text without this form names nothing in any account."""
_SHORTEST = 4


def absent(error: Exception, request: Request, made: Iterable[Made], frame: Frame) -> str:
    """What the resource names that stands outside the template, if it could not be made for want of that.

    A name that the template itself makes, or that is built on one, is no such thing: AWS refuses it as well.
    """
    message = described(error)
    if not (_CODE.search(code_of(error)) or _UNUSABLE in message):
        return ""
    own = {text for thing in made if not thing.unknown_id for text in _texts(thing) if _tells(text)}
    for path, text in _named(request.properties.peek(), ("Properties",)):
        key = next(str(step) for step in reversed(path) if isinstance(step, str))
        if not _meant(key, text, message) or (request.type.startswith("AWS::EC2::") and not _identifies(text)):
            continue
        if frame.reason_at(path) is not None or not any(known in text for known in own):
            return f"{key} names {text}, which is outside the template"
    return ""


def _texts(thing: Made) -> Iterator[str]:
    yield thing.physical_id
    yield from (value for value in thing.attributes.values() if isinstance(value, str))


def _tells(text: str) -> bool:
    """Whether a text that holds this one is built on it: an account's number is in most ARNs."""
    return len(text) >= _SHORTEST and not text.isdecimal()


def _named(value: Any, path: PropertyPath) -> Iterator[tuple[PropertyPath, str]]:
    """Every text with its path."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _named(item, (*path, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named(item, (*path, index))
    elif isinstance(value, str):
        yield path, value


def _meant(key: str, text: str, message: str) -> bool:
    """Whether the error speaks of what stands at this property: by the value, the property's name, or what it names."""
    if len(text) < _SHORTEST:
        return False
    found = _NAMING.fullmatch(key)
    kind = found[1] if found and found[2] and len(found[1]) >= _SHORTEST else key
    return text in message or kind.lower() in re.sub(r"\W", "", message).lower()


def _identifies(text: str) -> bool:
    return _IDENTIFIER.fullmatch(text) is not None
