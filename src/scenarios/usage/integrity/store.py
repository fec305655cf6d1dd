"""Where the files lie that are checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from scenarios.errors import InputError


class Store(Protocol):
    """Files by their names: paths below the store's root, with `/`. `read` and `signature` are called from threads."""

    def names(self) -> Iterator[str]:
        """Every file. Raises InputError where the store as a whole cannot be read."""
        ...

    def read(self, name: str) -> bytes:
        """A file's bytes as they are stored. Raises OSError with the cause where they cannot be had."""
        ...

    def signature(self, name: str) -> str | None:
        """A digest's own signature (hex), which S3 keeps as the object's metadata `signature`; None if not at hand."""
        ...


@dataclass(frozen=True)
class Tree:
    """A folder that objects of a bucket were copied to. What S3 keeps as metadata is not copied with them."""

    path: str

    def names(self) -> Iterator[str]:
        """Every file. Raises InputError where there is no such folder, or a part of it cannot be listed."""
        if not os.path.isdir(self.path):
            raise InputError("integrity is checked in a folder of log and digest files; this is none", file=self.path)
        for folder, _, names in os.walk(self.path, onerror=_refuse):
            for name in names:
                yield os.path.relpath(os.path.join(folder, name), self.path).replace(os.sep, "/")

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        with open(os.path.join(self.path, name), "rb") as file:
            return file.read()

    def signature(self, name: str) -> str | None:  # noqa: ARG002 (no convention says where a copy would keep it)
        """None: there is no common place for an object's metadata beside a copy of it."""
        return None


def _refuse(error: OSError) -> None:
    """What cannot be listed would be taken for missing."""
    raise InputError(f"cannot be listed: {error.strerror or error}", file=error.filename) from error
