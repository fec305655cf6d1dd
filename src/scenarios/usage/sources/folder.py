"""Log files on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.errors import InputError
from scenarios.usage.sources.delivery import ENDINGS, Delivery, holds_events, is_log


@dataclass(frozen=True)
class Folder:
    """A folder, searched for log files, or one file."""

    path: str

    def deliveries(self) -> Iterator[Delivery]:
        """The files. Raises InputError where there are none."""
        if not os.path.isdir(self.path):
            if not os.path.exists(self.path):
                raise InputError("no such file or folder", file=self.path)
            yield Delivery(self.path, self.path)
            return
        found = False
        for name in self._names():
            found = True
            if holds_events(name):
                path = os.path.join(self.path, name)
                yield Delivery(path, path)
        if not found:
            raise InputError(f"the folder holds no log files ({', '.join(ENDINGS)})", file=self.path)

    def _names(self) -> Iterator[str]:
        for folder, inner, names in os.walk(self.path):
            inner.sort()
            for name in sorted(names):
                if is_log(name):
                    yield os.path.relpath(os.path.join(folder, name), self.path)
