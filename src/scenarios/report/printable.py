"""Text from templates is untrusted: what could steer a terminal is shown, not obeyed."""

from __future__ import annotations

import unicodedata

# Cc: control characters (ESC among them); Cf: invisible format characters, such as those that reverse the
# direction of text; Cs: lone surrogates, which cannot be encoded; Zl and Zp: line breaks in disguise.
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def printable(text: object) -> str:
    """`text` on one line with every hidden character escaped; tabs become spaces so that columns stay columns."""
    plain = str(text).replace("\t", " ")
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(_escape(char) if unicodedata.category(char) in _HIDDEN else char for char in plain)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) > 0xFF else f"\\x{ord(char):02x}"
