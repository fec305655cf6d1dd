"""Tags of things that are held here: read by ARN as AWS's services do, changed by TagResource and UntagResource."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Answer, Held, Record, answer, parameters

_SERVICES = ("bedrock", "bedrock-agent", "bedrock-agentcore-control", "opensearchserverless")
_MAPPINGS = ("bedrock-agent", "bedrock-agentcore-control")


def register(events: Any, record: Record) -> None:
    """Answer for what is held here; anything else is moto's to answer."""
    for service in _SERVICES:
        _Tags(service, record).register(events)


class _Tags:
    """The tags of one service's things: a mapping, or a list of `key` and `value` members."""

    def __init__(self, service: str, record: Record) -> None:
        self._service = service
        self._record = record

    def register(self, events: Any) -> None:
        events.register(f"before-call.{self._service}.ListTagsForResource", self._list)
        events.register(f"before-call.{self._service}.TagResource", self._tag)
        events.register(f"before-call.{self._service}.UntagResource", self._untag)

    def _find(self, asked: Held) -> Held | None:
        arn = asked.get("resourceArn") or asked.get("resourceARN")
        for made in self._record.all_of(self._service):
            things: list[Held] = [made, *made.get("_versions", {}).values()]
            for thing in things:
                if any(arn == value for value in thing.values()):
                    return thing
        return None

    def _list(self, context: Any, **_: Any) -> Answer | None:
        found = self._find(parameters(context))
        if found is None:
            return None
        return answer({"tags": found.get("tags", {} if self._service in _MAPPINGS else [])})

    def _tag(self, context: Any, **_: Any) -> Answer | None:
        asked = parameters(context)
        if (found := self._find(asked)) is None:
            return None
        if isinstance(asked["tags"], dict):
            found["tags"] = found.get("tags", {}) | asked["tags"]
        else:
            found["tags"] = _without(found, [tag["key"] for tag in asked["tags"]]) + asked["tags"]
        return answer({})

    def _untag(self, context: Any, **_: Any) -> Answer | None:
        asked = parameters(context)
        if (found := self._find(asked)) is None:
            return None
        if isinstance(found.get("tags"), dict):
            found["tags"] = {key: value for key, value in found["tags"].items() if key not in asked["tagKeys"]}
        else:
            found["tags"] = _without(found, asked["tagKeys"])
        return answer({})


def _without(found: Held, keys: list[str]) -> list[Any]:
    return [tag for tag in found.get("tags", []) if tag["key"] not in keys]
