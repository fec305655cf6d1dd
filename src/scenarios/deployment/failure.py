"""Why a resource could not be made, in one line."""

from __future__ import annotations


def described(error: Exception) -> str:
    """The reason in AWS's own words where there are any; a crash of the emulator says what crashed."""
    response = getattr(error, "response", None)
    if isinstance(response, dict) and isinstance(response.get("Error"), dict):
        details = response["Error"]
        text = f"{details.get('Code', 'Error')}: {details.get('Message', '')}"
    elif type(error).__name__ in ("ParamValidationError", "ValueError", "InputError"):
        text = str(error)
    else:
        text = f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:300]
