"""Parts of a resource that take calls of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.deployment.provider import Properties


@contextmanager
def part(properties: Properties, path: str) -> Iterator[None]:
    """Report `path` as unmapped where the emulator cannot take it; what AWS would refuse is raised."""
    try:
        yield
    except Exception as error:
        if refused(error):
            raise
        properties.lose(path)


def refused(error: Exception) -> bool:
    """Whether the input is at fault, rather than the emulator, which crashes or says that it lacks the operation."""
    from botocore.exceptions import ClientError, ParamValidationError

    if isinstance(error, ClientError):
        return "not been implemented" not in str(error) and error.response["Error"].get("Code") != "NotImplemented"
    return isinstance(error, ParamValidationError)


def absent(error: Exception) -> bool:
    """Whether the call named something that is not in the account: a template may count on what is there already."""
    response = getattr(error, "response", None)
    code = str(response.get("Error", {}).get("Code", "")) if isinstance(response, dict) else ""
    return "NoSuch" in code or "NotFound" in code
