"""Why a resource could not be made, in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.deployment.forms import malformed
from scenarios.finding import PropertyPath

_LONGEST = 300
_CASUAL = re.compile(r".{1,4}|description|resources?|state|status|values?|version", re.IGNORECASE)
_TELLING = 2
"""The length from which on a path says which property it is."""
_CRASHES = (AttributeError, LookupError, TypeError)
_CLASS = re.compile(r"<class '(?:\w+\.)*(\w+)'>")
_WORDS = {
    "bool": "boolean",
    "dict": "mapping",
    "float": "number",
    "int": "number",
    "list": "list",
    "str": "text",
    "tuple": "list",
}
_PARAMETER = re.compile(r"parameter (\w+)\b")
_ZONE = re.compile(r"Value \((([\w-]+-\d)[a-z])\) for parameter availabilityZone is invalid.*?: ([\w-]+-\d)[a-z]\b")


def described(error: Exception, resource_type: str = "", properties: Mapping[str, Any] | None = None) -> str:
    """The reason in AWS's own words where there are any.

    A crash, whether here or in the emulator, is explained by the properties that have not the form of the type's; who
    reads the ledger does not know our language.
    """
    details = _details(error) or {}
    if isinstance(error, _CRASHES) or details.get("Code") == "EmulatorFailure":
        missing = str(error.args[0]) if isinstance(error, KeyError) and error.args else ""
        said = malformed(resource_type, properties or {}, missing)
        text = said or "the emulator broke down on these properties"
    elif details:
        text = f"{details.get('Code', 'Error')}: {details.get('Message', '')}"
        if (found := _ZONE.search(text)) and found[2] != found[3]:
            text = f"{text} {found[1]} is a zone of {found[2]}, and this is deployed to {found[3]}"
    else:
        text = _CLASS.sub(lambda found: _WORDS.get(found[1], found[1]), str(error)) or type(error).__name__
    return " ".join(text.split())[:_LONGEST]


def hanging(reason: str, uncertain: Mapping[PropertyPath, str], properties: Mapping[str, Any]) -> str:
    """The reason, with what the properties hang on that nobody knows: with another value it might not have failed.

    Where the reason speaks of properties, only what these hang on matters.
    """
    spoken = {key for key in _keys(properties) if re.search(rf"\b{re.escape(key)}\b", reason, re.IGNORECASE)}
    own = [why for path, why in uncertain.items() if not spoken or spoken.intersection(path) or len(path) < _TELLING]
    doubts = list(dict.fromkeys(own))
    names = list(dict.fromkeys(found[1] for doubt in doubts if (found := _PARAMETER.match(doubt))))
    if names:
        return f"hangs on parameter{'s' if len(names) > 1 else ''} {', '.join(names)}: {reason}"
    return f"hangs on something unknown ({doubts[0]}): {reason}" if doubts else reason


def _keys(value: Any) -> Iterator[str]:
    """The names of properties, at any depth, that do not occur in a sentence by chance."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(key, str) and not _CASUAL.fullmatch(key):
                yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


def code_of(error: Exception) -> str:
    """The error's code as AWS has it; nothing for any other error."""
    return str((_details(error) or {}).get("Code", ""))


def is_missing(error: Exception) -> bool:
    """Whether the emulator lacks the operation, its whole service, or a library for it; it says so in many ways."""
    if isinstance(error, NotImplementedError | ImportError) or type(error).__name__ == "UnknownServiceError":
        return True
    details = _details(error) or {}
    said = f"{details.get('Code', '')} {details.get('Message', '')}"
    return details.get("Code") == "NotEmulated" or "Not yet implemented" in said or "has not been implemented" in said


def is_breakdown(error: Exception, resource_type: str, properties: Mapping[str, Any]) -> bool:
    """Whether the emulator broke down on properties that have the form of the type's: AWS would have taken them."""
    crashed = (_details(error) or {}).get("Code") == "EmulatorFailure"
    return crashed and not malformed(resource_type, properties, "")


def _details(error: Exception) -> dict[str, object] | None:
    response = getattr(error, "response", None)
    found = response.get("Error") if isinstance(response, dict) else None
    return found if isinstance(found, dict) else None
