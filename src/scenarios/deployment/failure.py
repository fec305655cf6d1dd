"""Why a resource could not be made, in one line."""

from __future__ import annotations

_LONGEST = 300


def described(error: Exception) -> str:
    """The reason in AWS's own words where there are any; a crash of the emulator says what crashed."""
    details = _details(error)
    if details is not None:
        text = f"{details.get('Code', 'Error')}: {details.get('Message', '')}"
    elif type(error).__name__ in ("ParamValidationError", "ValueError", "InputError"):
        text = str(error)
    else:
        text = f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:_LONGEST]


def is_missing(error: Exception) -> bool:
    """Whether the emulator lacks the operation, its whole service, or a library for it; it says so in many ways."""
    if isinstance(error, NotImplementedError | ImportError) or type(error).__name__ == "UnknownServiceError":
        return True
    details = _details(error) or {}
    said = f"{details.get('Code', '')} {details.get('Message', '')}"
    return details.get("Code") == "NotEmulated" or "Not yet implemented" in said or "has not been implemented" in said


def _details(error: Exception) -> dict[str, object] | None:
    response = getattr(error, "response", None)
    found = response.get("Error") if isinstance(response, dict) else None
    return found if isinstance(found, dict) else None
