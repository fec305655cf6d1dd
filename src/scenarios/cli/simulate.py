"""`scenarios simulate`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from scenarios.errors import InputError


def run(options: argparse.Namespace) -> int:
    """Answer bare cases line by line; 2 where some of them are no cases."""
    from scenarios.access.bare import answer_line

    wrong = 0
    _refuse_same(options.cases, options.output)
    with _source(options.cases) as lines, _target(options.output) as target, _without_collecting():
        for number, line in enumerate(lines, 1):
            line = line.removeprefix("\ufeff") if number == 1 else line
            if number == 1 and line.strip() in ("{", "["):
                raise InputError("one JSON object a line is expected", file=options.cases, line=number)
            if line.strip():
                answer = answer_line(line, number)
                wrong += "error" in answer
                target.write(json.dumps(answer) + "\n")
    if wrong:
        print(f"scenarios: {wrong} of the cases could not be decided; each says why in its answer", file=sys.stderr)
    return 2 if wrong else 0


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Compiled policies are many small objects without cycles: collecting garbage costs a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _refuse_same(cases: str, output: str | None) -> None:
    """Opening the answers' file empties it: it must not be the one that holds the cases."""
    if output is not None and os.path.exists(cases) and os.path.exists(output) and os.path.samefile(cases, output):
        raise InputError("the answers would replace the cases", file=output)


@contextmanager
def _source(file: str) -> Iterator[TextIO]:
    """The lines of a file, or of standard input for `-`; bytes that are no UTF-8 spoil their own line only.

    Raises InputError where the file cannot be read.
    """
    if file == "-":
        sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as opened:
            yield opened
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot read the cases: {error.strerror}", file=file) from error


@contextmanager
def _target(file: str | None) -> Iterator[TextIO]:
    """Standard output or the file.

    Raises InputError where the file cannot be written.
    """
    if file is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        target = open(file, "w", encoding="utf-8")  # noqa: SIM115 - an error while writing is none of opening it
    except OSError as error:
        raise InputError(f"cannot write the answers: {error.strerror}", file=file) from error
    with target:
        yield target
