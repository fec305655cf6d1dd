"""Bars of block characters."""

from __future__ import annotations

BAR = 12
_BLOCKS = " ▏▎▍▌▋▊▉█"


def bar(value: float, most: float) -> str:
    """A bar as long as the value is beside the greatest one; what is not 0 shows."""
    eighths = round(value / most * BAR * 8) if most else 0
    eighths = max(eighths, 1 if value else 0)
    return "█" * (eighths // 8) + (_BLOCKS[eighths % 8] if eighths % 8 else "")
