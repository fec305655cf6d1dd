"""Where a report goes, and how it looks there."""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from scenarios.errors import InputError
from scenarios.report.style import Style


def style(options: argparse.Namespace) -> Style:
    """Colour on a terminal unless NO_COLOR is set, or as --color says."""
    if options.color == "auto":
        terminal = options.output is None and sys.stdout.isatty()
        return Style(terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")
    return Style(options.color == "always")


def width(options: argparse.Namespace) -> int:
    """The terminal's width within reason; a fixed one in files and pipes, so that reports can be compared."""
    if options.output is None and sys.stdout.isatty():
        return min(max(shutil.get_terminal_size().columns, 60), 120)
    return 100


def write(text: str, options: argparse.Namespace) -> None:
    """Write a report to --output or to standard output.

    Raises InputError where the file cannot be written.
    """
    if options.output is None:
        # A reader with a narrow encoding gets escapes, never a traceback.
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
        return
    try:
        with open(options.output, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise InputError(f"cannot write the report: {error.strerror}", file=options.output) from error
