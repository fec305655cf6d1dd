"""Members that moto takes and does not give back: merged into its answers from what was requested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenarios.emulator.supplements.record import Record, parameters


@dataclass(frozen=True)
class Lost:
    """What a creating operation is asked for and `describe` should answer.

    `key` names the thing in both requests (`describe_key` where Describe calls it otherwise); `members` are the lost
    ones, all where it is empty; `inside` is the member of the answer that they belong to. `answer_key` takes the key
    from Create's answer, where AWS makes it up.
    """

    service: str
    create: str
    describe: str
    key: str
    members: tuple[str, ...] = ()
    describe_key: str = ""
    inside: str = ""
    answer_key: tuple[str, ...] = ()


class Remembered:
    """Remembers for one kind of thing."""

    def __init__(self, lost: Lost, record: Record) -> None:
        self._lost = lost
        self._record = record

    def register(self, events: Any) -> None:
        """Listen to the creating and the describing operation."""
        lost = self._lost
        events.register(f"after-call.{lost.service}.{lost.create}", self._remember)
        events.register(f"after-call.{lost.service}.{lost.describe}", self._mend)

    @property
    def _held(self) -> dict[str, dict[str, Any]]:
        return self._record.of(f"{self._lost.service}.{self._lost.create}.lost")

    def _remember(self, parsed: dict[str, Any], context: Any, **_: Any) -> None:
        asked = parameters(context)
        key: Any = asked.get(self._lost.key)
        if self._lost.answer_key:
            key = parsed
            for step in self._lost.answer_key:
                key = key.get(step, {}) if isinstance(key, dict) else {}
        if isinstance(key, str):
            wanted = self._lost.members or tuple(asked)
            self._held.setdefault(key, {}).update({name: asked[name] for name in wanted if name in asked})

    def _mend(self, parsed: dict[str, Any], context: Any, **_: Any) -> None:
        key = parameters(context).get(self._lost.describe_key or self._lost.key)
        held = self._held.get(str(key))
        if held and "Error" not in parsed:
            target = parsed.get(self._lost.inside, {}) if self._lost.inside else parsed
            target.update(held)
