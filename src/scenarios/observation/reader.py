"""What every reader needs: calls that may fail, pages, origins, and a list of what could not be read."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from scenarios.account.base import Policy, Tags, Unread
from scenarios.account.origins import Origins
from scenarios.finding import Origin, PropertyPath


class Session(Protocol):
    """The part of a boto3 session that is used."""

    def client(self, service_name: str) -> Any: ...


@dataclass
class Reader:
    """Reads one account in one region; nothing that fails is silent."""

    session: Session
    account_id: str
    region: str
    partition: str
    origins: Origins
    services: Collection[str] | None = None
    unread: list[Unread] = field(default_factory=list)

    def wants(self, part: str) -> bool:
        """Whether this part of an account is to be read."""
        return self.services is None or part in self.services

    def client(self, service: str) -> Any:
        """The client of a service."""
        return self.session.client(service)

    def call(
        self,
        what: str,
        service: str,
        operation: str,
        name: str | None = None,
        absent: Iterable[str] = (),
        /,
        **given: Any,
    ) -> dict[str, Any]:
        """One call's answer; an empty one where it fails, which is then marked under `what` unless its error is one of
        `absent`, which only say that there is none."""
        try:
            answer: dict[str, Any] = getattr(self.client(service), operation)(**given)
        except Exception as error:  # an emulator or a live service may raise anything; one gap is no reason to stop
            if _code(error) not in absent:
                self.mark(what, name, error)
            return {}
        return answer

    def pages(self, what: str, service: str, operation: str, member: str, /, **given: Any) -> Iterator[Any]:
        """The items of a list operation, over all its pages."""
        try:
            client = self.client(service)
            if client.can_paginate(operation):
                for page in client.get_paginator(operation).paginate(**given):
                    yield from page.get(member) or []
            else:
                yield from getattr(client, operation)(**given).get(member) or []
        except Exception as error:
            self.mark(what, None, error)

    def mark(self, what: str, name: str | None, error: object) -> None:
        """Say that something could not be read."""
        text = " ".join(str(error).split())[:300] or type(error).__name__
        self.unread.append(Unread(what=what, name=name, reason=text))

    def each(self, what: str, items: Iterable[Any], make: Callable[[Any], Any]) -> tuple[Any, ...]:
        """A fact of each item; an item that has another form than expected is marked, the others go on."""
        made = []
        for item in items:
            try:
                made.append(make(item))
            except Exception as error:
                self.mark(what, None, f"{type(error).__name__}: {error}")
        return tuple(fact for fact in made if fact is not None)

    def origin(self, *key: str) -> Origin | None:
        """Where the template says what AWS calls `key`."""
        return self.origins.find(*key)

    def uncertain(self, origin: Origin | None) -> tuple[tuple[PropertyPath, str], ...]:
        """What of the thing or part at `origin` hangs on something unknown, with reasons."""
        return tuple(self.origins.uncertain_within(origin)) if origin else ()

    def doubt(self, origin: Origin | None) -> str | None:
        """Why the thing or part at `origin` is not known for certain; a description or tag of it does not matter."""
        found = self.uncertain(origin)
        return next((reason for path, reason in found if not {"Description", "Tags"} & set(path)), None)

    def policy(self, name: str, document: Any, *key: str, **more: Any) -> Policy:
        """A policy document as a fact; `key` is its part among the origins."""
        origin = self.origin(*key)
        uncertain = tuple(self.origins.uncertain_within(origin)) if origin and len(origin.path) > 1 else ()
        return Policy(name=name, text=canonical(document), origin=origin, uncertain=uncertain, **more)


def canonical(document: Any) -> str:
    """A document as JSON with sorted keys, from whichever form an API answers in; other text stays as it is."""
    if isinstance(document, str):
        text = urllib.parse.unquote(document) if document.lstrip().startswith("%7B") else document
        try:
            document = json.loads(text)
        except ValueError:
            return text
    return json.dumps(document, sort_keys=True, default=str)


def tags(items: Any) -> Tags:
    """Tags in whichever form an API answers in."""
    if isinstance(items, dict):
        return tuple(sorted((str(key), str(value)) for key, value in items.items()))
    found = []
    for item in items or []:
        folded = {key.lower(): value for key, value in item.items()}
        key = folded.get("key", folded.get("tagkey"))
        value = folded.get("value", folded.get("tagvalue"))
        found.append((str(key), str(value)))
    return tuple(sorted(found))


def _code(error: Exception) -> str:
    response = getattr(error, "response", None)
    return str(response.get("Error", {}).get("Code", "")) if isinstance(response, dict) else ""
