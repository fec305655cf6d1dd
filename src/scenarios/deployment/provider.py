"""What a provider is: the function that creates one resource type through boto3.

A provider module is named after the service (`providers/s3.py` for `AWS::S3::*`) and registers its
functions with `@provider("AWS::S3::Bucket")`. The engine imports a module only when a template needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from scenarios.finding import PropertyPath


class Session(Protocol):
    """The part of a boto3 session that providers use; clients are cached."""

    def client(self, service_name: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Stack:
    """The stack that is being deployed."""

    name: str
    stack_id: str
    account_id: str
    region: str
    partition: str
    url_suffix: str


class Properties(Mapping[str, Any]):
    """Resolved properties that remember which of them were read, so that the rest is reported as unmapped.

    Reading a key marks the whole value as mapped. `sub("Key")` reads a nested mapping that keeps its own
    account, so that unmapped members are named in full (`"Configuration.Members"`).
    """

    def __init__(self, values: Mapping[str, Any] | None, prefix: str = "") -> None:
        self._values = dict(values or {})
        self._prefix = prefix
        self._read: set[str] = set()
        self._lost: list[str] = []
        self._subs: list[Properties] = []

    def __getitem__(self, key: str) -> Any:
        self._read.add(key)
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def sub(self, key: str) -> Properties:
        """The nested mapping at `key` (empty when absent)."""
        value = self._values.get(key)
        self._read.add(key)
        nested = Properties(value if isinstance(value, Mapping) else None, f"{self._prefix}{key}.")
        self._subs.append(nested)
        return nested

    def ignore(self, *keys: str) -> None:
        """Say that these properties show nothing that any observation could read."""
        self._read.update(keys)

    def lose(self, *paths: str) -> None:
        """Say that these parts (`"Rules.0.Filter"`), though read, are not shown by what was made."""
        self._lost.extend(self._prefix + path for path in paths)

    def peek(self) -> dict[str, Any]:
        """All values, without a word on whether they are mapped."""
        return dict(self._values)

    def everything(self) -> dict[str, Any]:
        """All values; all of them count as mapped."""
        self._read.update(self._values)
        return dict(self._values)

    def unmapped(self) -> tuple[str, ...]:
        """Dotted paths of what nobody read."""
        own = [self._prefix + key for key in self._values if key not in self._read]
        nested = [path for properties in self._subs for path in properties.unmapped()]
        return tuple(dict.fromkeys(own + self._lost + nested))


@dataclass(frozen=True)
class Request:
    """What a provider is asked to create.

    `name(...)` gives the physical name that CloudFormation would generate where the template gives none;
    `doubt(path)` says why the property at a path is only a stand-in, if it is.
    """

    logical_id: str
    type: str
    properties: Properties
    stack: Stack
    session: Session
    name: Callable[..., str]
    doubt: Callable[[PropertyPath], str | None] = lambda _: None

    def client(self, service: str) -> Any:
        """The boto3 client of a service."""
        return self.session.client(service)


@dataclass(frozen=True)
class Created:
    """What a provider made.

    `physical_id` is what `Ref` returns, `attributes` what `Fn::GetAtt` returns (dotted names as AWS writes
    them, values as AWS types them). `identity` is the key's first element in `account.Origins` (ARN, or EC2 id);
    absent where the resource is only a part of another. `origins` maps further keys to property paths in this resource,
    for example `{(bucket_arn, "policy"): ("Properties", "PolicyDocument")}`. `recorded` says that no API holds the
    resource; `opaque` why attributes that are not listed cannot be known. `shown` names attributes of other resources,
    by physical id, that hold what this one made: they are as uncertain as it is.
    """

    physical_id: str
    attributes: dict[str, Any] = field(default_factory=dict)
    identity: str | None = None
    origins: dict[tuple[str, ...], PropertyPath] = field(default_factory=dict)
    recorded: bool = False
    reason: str | None = None
    opaque: str | None = None
    shown: tuple[tuple[str, str], ...] = ()


Provider = Callable[[Request], Created]

REGISTRY: dict[str, Provider] = {}


def provider(resource_type: str) -> Callable[[Provider], Provider]:
    """Register the decorated function as the provider of `resource_type`."""

    def register(function: Provider) -> Provider:
        REGISTRY[resource_type] = function
        return function

    return register
