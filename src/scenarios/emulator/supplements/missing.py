"""Kinds of things that moto has no operations for: created, got and listed from the record, by a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.emulator.supplements.record import Record, answer, parameters, refuse


@dataclass(frozen=True)
class Kind:
    """One kind of thing and its operations.

    `identity` is the member that holds its id (made up unless the request has it), `arn` a pattern for `arn_member`.
    `get_by` are the members by which Get asks, `list_by` those that narrow a List. `wrapper` is the member of Create's
    and Get's answers that holds the thing, `listed` that of List's. `extra` is what a fresh thing has besides what was
    asked for; `rename` maps a request's members to the answer's.
    """

    service: str
    create: str
    get: str
    list: str
    listed: str
    identity: str
    arn_member: str = ""
    arn: str = ""
    length: int = 10
    get_by: tuple[str, ...] = ()
    list_by: tuple[str, ...] = ()
    wrapper: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    batch: str = ""
    lower: bool = False


class Missing:
    """Answers for one kind."""

    def __init__(self, kind: Kind, record: Record) -> None:
        self._kind = kind
        self._record = record

    def register(self, events: Any) -> None:
        """Take over the kind's operations."""
        kind = self._kind
        for operation, handler in ((kind.create, self._create), (kind.get, self._get), (kind.list, self._list)):
            if operation:
                events.register(f"before-call.{kind.service}.{operation}", handler)

    @property
    def _held(self) -> dict[str, dict[str, Any]]:
        return self._record.of(f"{self._kind.service}.{self._kind.create}")

    def _create(self, context: Any, **_: Any) -> Any:
        kind, asked = self._kind, parameters(context)
        made = {kind.rename.get(name, name): self._plain(value) for name, value in asked.items()}
        identity = made.get(kind.identity) or self._record.identifier(kind.length)
        if kind.lower:
            identity = identity.lower()
        made |= {kind.identity: identity, **kind.extra}
        if kind.arn:
            words = {"partition": self._record.partition, "region": self._record.region}
            made[kind.arn_member] = kind.arn.format(**words, account=self._record.account_id, **_texts(made))
        self._held["/".join(str(made.get(name, "")) for name in (*kind.list_by, kind.identity))] = made
        return answer({kind.wrapper: made} if kind.wrapper else made)

    def _get(self, context: Any, **_: Any) -> Any:
        kind, asked = self._kind, parameters(context)
        if kind.batch:
            return self._batch(asked)
        wanted = [str(asked[name]) for name in kind.get_by or (kind.identity,) if name in asked]
        for made in self._held.values():
            if all(text in {str(value) for value in made.values() if isinstance(value, str)} for text in wanted):
                return answer({kind.wrapper: made} if kind.wrapper else made)
        raise refuse(kind.get, "ResourceNotFoundException", f"there is no {'/'.join(wanted)}")

    def _batch(self, asked: dict[str, Any]) -> Any:
        wanted = {str(item) for value in asked.values() if isinstance(value, list) for item in value}
        found = [made for made in self._held.values() if wanted & set(map(str, _texts(made).values()))]
        return answer({self._kind.batch: found})

    def _list(self, context: Any, **_: Any) -> Any:
        asked = parameters(context)
        narrow = {self._kind.rename.get(n, n): str(asked[n]) for n in self._kind.list_by if n in asked}
        found = [
            made for made in self._held.values() if all(str(made.get(name)) == value for name, value in narrow.items())
        ]
        return answer({self._kind.listed: found})

    def _plain(self, value: Any) -> Any:
        return value


def _texts(made: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in made.items() if isinstance(value, str)}
