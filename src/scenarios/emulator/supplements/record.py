"""What was requested through a session, and how to answer in moto's place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.awsrequest import AWSResponse
from moto.utilities.utils import get_partition

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""When everything held here was created, so that two runs show the same."""

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_PARAMETERS = "scenarios.parameters"

Held = dict[str, Any]
Answer = tuple[AWSResponse, dict[str, Any]]


@dataclass
class Record:
    """What supplements remember of one account in one region, for as long as its session lives."""

    account_id: str
    region: str
    _held: dict[str, dict[str, Held]] = field(default_factory=dict)
    _made: int = 0

    @property
    def partition(self) -> str:
        """The partition that the region lies in."""
        return get_partition(self.region)

    @property
    def words(self) -> dict[str, str]:
        """What every ARN pattern may name."""
        return {"partition": self.partition, "region": self.region, "account": self.account_id}

    def of(self, kind: str) -> dict[str, Held]:
        """All remembered things of one kind by their key."""
        return self._held.setdefault(kind, {})

    def all_of(self, service: str) -> Iterator[Held]:
        """All remembered things of one service, whatever their kind."""
        for kind, held in self._held.items():
            if kind.startswith(service + "."):
                yield from held.values()

    def identifier(self, length: int) -> str:
        """A new id of capital letters and digits, the same in every run."""
        self._made += 1
        number = int.from_bytes(hashlib.sha256(str(self._made).encode()).digest(), "big")
        letters = []
        for _ in range(length):
            number, index = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[index])
        return "".join(letters)


def listen(events: Any) -> None:
    """Keep each call's parameters in its context, where handlers of later events find them."""
    events.register("provide-client-params.*.*", _keep_parameters)


def _keep_parameters(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    context[_PARAMETERS] = params


def parameters(context: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of the call that a handler is asked about."""
    return deepcopy(context.get(_PARAMETERS, {}))


def succeeded(http_response: Any) -> bool:
    """Whether a call went well (for `after-call` handlers)."""
    return bool(http_response.status_code < 300)


def answer(parsed: dict[str, Any]) -> Answer:
    """A successful answer, as botocore's `before-call` event takes it."""
    return AWSResponse("", 200, {}, None), {**deepcopy(parsed), "ResponseMetadata": {"HTTPStatusCode": 200}}


def refuse(code: str, message: str, status: int = 400) -> Answer:
    """An error as AWS answers it; botocore raises the exception that the service's model has for the code."""
    error = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return AWSResponse("", status, {}, None), error
