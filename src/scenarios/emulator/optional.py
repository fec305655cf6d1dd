"""Libraries that moto's backends import for what is never asked of them here, where they are not installed.

Glue imports a parser of partition filters, API Gateway a validator of OpenAPI documents, Cognito a library of web
tokens. Without them the whole backend could not be imported. While it is, empty stand-ins take their place: whatever is
named exists and does nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_OPTIONAL = {
    "glue": ("pyparsing",),
    "apigateway": ("openapi_spec_validator", "openapi_spec_validator.validation.exceptions"),
    "apigatewayv2": ("openapi_spec_validator", "openapi_spec_validator.validation.exceptions"),
    "cognitoidp": ("joserfc",),
    "cognito-idp": ("joserfc",),
}
"""What a service's backend imports, by the service's name in moto or boto3."""


class _Anything:
    """Takes any call, attribute and operator, and gives itself."""

    def __call__(self, *_: Any, **__: Any) -> _Anything:
        return self

    def __getattr__(self, name: str) -> _Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    __or__ = __ror__ = __add__ = __radd__ = __sub__ = __and__ = __lshift__ = __xor__ = __getitem__ = __call__
    __invert__ = __mul__ = __ilshift__ = __ior__ = __call__


class _StandIn(ModuleType):
    """A module that has everything."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception,), {}) if name.endswith(("Error", "Exception")) else _Anything()


@contextmanager
def stand_ins(service: str) -> Iterator[None]:
    """Within the block the optional libraries of a service's backend can be imported."""
    missing = [name for name in _OPTIONAL.get(service, ()) if find_spec(name.partition(".")[0]) is None]
    for name in missing:
        for part in _parents(name):
            module = _StandIn(part)
            module.__path__ = []  # so that modules within it can be imported
            sys.modules.setdefault(part, module)
    try:
        yield
    finally:
        for name in missing:
            for part in _parents(name):
                sys.modules.pop(part, None)


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[: index + 1]) for index in range(len(parts))]
