"""Which events are asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from scenarios.errors import InputError
from scenarios.usage.events.row import Row

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z?)?")


@dataclass(frozen=True)
class Wanted:
    """Filters: times from `since` on and before `until`; a principal, a model, an account, a region by any of the given
    texts.

    A principal or a model is met by its whole name or by a part of it.
    """

    since: str | None = None
    until: str | None = None
    principals: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether there is no filter."""
        return self == Wanted()

    def takes(self, row: Row) -> bool:
        """Whether the event is asked about. A change of what is recorded touches every model and principal."""
        return self._in_time(row.event_time) and self._by(row)

    def _in_time(self, time: str) -> bool:
        return (self.since is None or time >= self.since) and (self.until is None or time < self.until)

    def _by(self, row: Row) -> bool:
        if self.accounts and row.account not in self.accounts:
            return False
        if self.regions and row.region not in self.regions:
            return False
        if row.kind != "usage":
            return True
        return _any(self.principals, row.principal) and _any(self.models, row.model or "")


def moment(text: str, option: str) -> str:
    """A time as the user gives it, in the form that events have it in (a day begins at midnight, UTC).

    Raises InputError for anything else.
    """
    if not (text.isascii() and _TIME.fullmatch(text)):
        raise InputError(f"{option} {text}: a time is 2026-11-27 or 2026-11-27T10:00:00Z, in UTC")
    day, _, time = text.removesuffix("Z").partition("T")
    found = f"{day}T{(time or '00:00:00').ljust(8, '0') if len(time) != 5 else time + ':00'}Z"
    try:
        datetime.fromisoformat(found)
    except ValueError as error:
        raise InputError(f"{option} {text}: there is no such time ({error})") from error
    return found


def _any(parts: tuple[str, ...], text: str) -> bool:
    return not parts or any(part in text for part in parts)
