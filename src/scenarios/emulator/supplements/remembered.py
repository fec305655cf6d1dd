"""Members that moto takes and does not give back: merged into its answers from what was requested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.emulator.supplements.record import Held, Record, parameters, succeeded


@dataclass(frozen=True)
class Lost:
    """Members that operations are asked for and that others should answer.

    `writes` are the operations that set them, the creating one first; `reads` those whose answers lack them. `key`
    names the thing in requests. `within` is the member of the answer that holds the thing or a list of things (nothing:
    the answer itself), `found` the thing's own member for the key where the request does not name it.
    `members` are the lost ones.
    """

    service: str
    writes: tuple[str, ...]
    reads: tuple[str, ...]
    key: str
    members: tuple[str, ...] = ()
    within: str = ""
    found: str = ""


class Remembered:
    """Remembers for one kind of thing."""

    def __init__(self, lost: Lost, record: Record) -> None:
        self._lost = lost
        self._held = record.of(f"{lost.service}.{lost.writes[0]}.lost")

    def register(self, events: Any) -> None:
        """Listen to the operations that write and that read."""
        lost = self._lost
        events.register(f"after-call.{lost.service}.{lost.writes[0]}", self._create)
        for operation in lost.writes[1:]:
            events.register(f"after-call.{lost.service}.{operation}", self._update)
        for operation in lost.reads:
            events.register(f"after-call.{lost.service}.{operation}", self._mend)

    def _create(self, context: Any, http_response: Any, **_: Any) -> None:
        if succeeded(http_response):
            asked = parameters(context)
            self._held[_key(asked[self._lost.key])] = self._members(asked)

    def _update(self, context: Any, http_response: Any, **_: Any) -> None:
        if succeeded(http_response):
            asked = parameters(context)
            self._held.setdefault(_key(asked[self._lost.key]), {}).update(self._members(asked))

    def _members(self, asked: Held) -> Held:
        return {name: asked[name] for name in self._lost.members if name in asked}

    def _mend(self, parsed: Held, context: Any, http_response: Any, **_: Any) -> None:
        if not succeeded(http_response):
            return
        asked = parameters(context).get(self._lost.key)
        for thing in self._things(parsed):
            own = thing.get(self._lost.found or self._lost.key)
            held = self._held.get(_key(own)) or self._held.get(_key(asked))
            thing.update(held or {})

    def _things(self, parsed: Held) -> Iterator[Held]:
        inside = parsed.get(self._lost.within) if self._lost.within else parsed
        if isinstance(inside, dict):
            yield inside
        elif isinstance(inside, list):
            yield from inside


def _key(value: Any) -> str:
    """The last part of an ARN, so that a name and an ARN name the same thing."""
    text = str(value)
    return text.replace("/", ":").rpartition(":")[2] if text.startswith("arn:") else text
