"""Errors that are the user's to mend: each is one line that names file, line and cause."""

from __future__ import annotations


class InputError(Exception):
    """Unusable input (exit code 2).

    `file` is the path as the user gave it; `line` and `column` count from 1 and are absent
    where the input has no such place (a missing file, an unknown option).
    """

    def __init__(
        self, cause: str, *, file: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.file = file
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are pickled by their positional arguments; workers send these across processes.
        return _rebuild, (self.cause, self.file, self.line, self.column)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.cause}" if place else self.cause


def _rebuild(cause: str, file: str | None, line: int | None, column: int | None) -> InputError:
    return InputError(cause, file=file, line=line, column=column)
