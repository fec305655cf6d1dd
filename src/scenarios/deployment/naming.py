"""Names that nobody chose: deterministic, in the form that AWS gives them."""

from __future__ import annotations

import hashlib
import re

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def digest(text: str, length: int, alphabet: str = _ALPHABET) -> str:
    """A short text that always comes out the same for the same input."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    letters = []
    for _ in range(length):
        number, index = divmod(number, len(alphabet))
        letters.append(alphabet[index])
    return "".join(letters)


def physical_name(
    stack: str, logical_id: str, *, max_length: int = 64, lower: bool = False, separator: str = "-", again: bool = False
) -> str:
    """`stack-LogicalId-XXXXXXXXXXXX`, shortened in the middle as CloudFormation does where a name has a limit.

    What takes the place of an earlier resource, made `again`, has another name.
    """
    suffix = digest(f"{stack}/{logical_id}{'/again' if again else ''}", 12)
    room = max_length - len(suffix) - len(separator)
    stem = f"{stack}{separator}{logical_id}"
    if len(stem) > room:
        half = (room - len(separator)) // 2
        stem = f"{stack[:half]}{separator}{logical_id[: room - len(stack[:half]) - len(separator)]}"
    name = f"{stem}{separator}{suffix}"
    name = re.sub(r"[^A-Za-z0-9._-]", "", name) if separator == "-" else re.sub(r"[^A-Za-z0-9_]", "", name)
    return name.lower() if lower else name
