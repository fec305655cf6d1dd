"""Colours, where the reader has a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.finding import Verdict

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}

MARKS = {Verdict.VIOLATED: "✗", Verdict.UNKNOWN: "?", Verdict.HOLDS: "✓", Verdict.NOT_APPLICABLE: "–"}
WORDS = {
    Verdict.VIOLATED: "violated",
    Verdict.UNKNOWN: "unknown",
    Verdict.HOLDS: "holds",
    Verdict.NOT_APPLICABLE: "not applicable",
}
_COLOURS = {
    Verdict.VIOLATED: "red",
    Verdict.UNKNOWN: "yellow",
    Verdict.HOLDS: "green",
    Verdict.NOT_APPLICABLE: "dim",
}


@dataclass(frozen=True)
class Style:
    """How to paint text; without colour everything is left as it is."""

    colour: bool = False

    def paint(self, text: str, *names: str) -> str:
        """`text` in the named colours."""
        if not self.colour or not names:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"

    def verdict(self, verdict: Verdict, text: str | None = None, *, bold: bool = False) -> str:
        """`text` (else the verdict's mark) in the verdict's colour."""
        names = (_COLOURS[verdict], "bold") if bold else (_COLOURS[verdict],)
        return self.paint(MARKS[verdict] if text is None else text, *names)
