"""What was requested through a session, and how to answer in moto's place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

Handler = Callable[..., Any]
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@dataclass
class Record:
    """The requests that supplements need to remember, in one account and region."""

    account_id: str
    region: str
    held: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    counter: int = 0

    @property
    def partition(self) -> str:
        """The partition that the region lies in."""
        prefixes = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
        return next((name for prefix, name in prefixes.items() if self.region.startswith(prefix)), "aws")

    def listen(self, events: Any) -> None:
        """Keep each call's parameters in its context, where handlers of later events find them."""
        events.register("provide-client-params.*.*", _keep_parameters)

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """All remembered things of one kind by their key."""
        return self.held.setdefault(kind, {})

    def identifier(self, length: int) -> str:
        """A new id of AWS's form, the same in every run."""
        self.counter += 1
        number = int.from_bytes(hashlib.sha256(f"{self.counter}".encode()).digest(), "big")
        letters = []
        for _ in range(length):
            number, index = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[index])
        return "".join(letters)


def parameters(context: Any) -> dict[str, Any]:
    """The parameters of the call that a handler is asked about."""
    found: dict[str, Any] = context.get("scenarios_parameters", {})
    return found


def answer(parsed: dict[str, Any]) -> tuple[AWSResponse, dict[str, Any]]:
    """A successful answer, as botocore's `before-call` event takes it."""
    return AWSResponse("", 200, {}, None), {**parsed, "ResponseMetadata": {"HTTPStatusCode": 200}}


def refuse(operation: str, code: str, message: str) -> ClientError:
    """The error that AWS would answer with."""
    return ClientError({"Error": {"Code": code, "Message": message}}, operation)


def _keep_parameters(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    context["scenarios_parameters"] = params
