"""Log files on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.errors import InputError
from scenarios.usage.sources.delivery import ENDINGS, Delivery, holds_events, is_log, unreadable


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
        for delivery in self._within(self.path, ()):
            found = True
            if holds_events(os.path.relpath(delivery.name, self.path)):
                yield delivery
        if not found:
            raise InputError(f"the folder holds no log files ({', '.join(ENDINGS)})", file=self.path)

    def _within(self, folder: str, above: tuple[str, ...]) -> Iterator[Delivery]:
        """The log files of a folder and of those in it; links are followed, but not back to a folder `above`."""
        real = os.path.realpath(folder)
        if real in above:
            return
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            yield unreadable(folder, error.strerror or str(error))
            return
        paths = [os.path.join(folder, name) for name in names]
        inner = {path for path in paths if os.path.isdir(path)}
        yield from (_file(path) for path in paths if path not in inner and is_log(path))
        for path in sorted(inner):
            yield from self._within(path, (*above, real))


def _file(path: str) -> Delivery:
    """A log file; a pipe or a device could keep the reader waiting for ever."""
    ordinary = os.path.isfile(path) or not os.path.exists(path)
    return Delivery(path, path) if ordinary else unreadable(path, "it is no regular file")
