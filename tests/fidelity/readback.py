"""Reading a resource back: the reading calls that its schema or a table names, and what in their answers is its own.

A call's required input is filled from what is known of the resource: its properties, its attributes, its physical id,
and, for a second round, what the first answers listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore import xform_name

from fidelity.telling import leaves
from scenarios.deployment.schemas import schema

_CLIENTS = {
    "access-analyzer": ("accessanalyzer",),
    "aoss": ("opensearchserverless",),
    "bedrock": ("bedrock", "bedrock-agent"),
    "bedrock-agentcore": ("bedrock-agentcore-control",),
    "cognito-identity": ("cognito-identity",),
    "elasticfilesystem": ("efs",),
    "elasticloadbalancing": ("elbv2",),
    "es": ("opensearch",),
    "monitoring": ("cloudwatch",),
    "states": ("stepfunctions",),
    "s3": ("s3", "s3control"),
}
_OF_SERVICE = {
    "ApiGateway": "apigateway",
    "ElasticLoadBalancingV2": "elbv2",
    "KinesisFirehose": "firehose",
    "OpenSearchService": "opensearch",
    "Macie": "macie2",
    "StepFunctions": "stepfunctions",
}
_READING = ("Get", "Describe", "List", "BatchGet")

Words = dict[str, Any]


@dataclass
class Made:
    """A resource that was deployed."""

    type: str
    physical_id: str
    properties: Mapping[str, Any]
    attributes: Mapping[str, Any]
    reads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def identifiers(self) -> set[str]:
        """Texts by which an answer's item is known to be the resource's."""
        own = [self.physical_id, *self.physical_id.split("|")]
        own += [
            value for name, value in self.attributes.items() if name.endswith(("Arn", "Id", "Name")) and "." not in name
        ]
        texts = {text for text in own if isinstance(text, str) and len(text) > 2}
        return texts | {re.split("[/:]", text)[-1] for text in texts if text.startswith(("arn:", "http"))}

    @property
    def words(self) -> Words:
        """What a required input may be filled with, by lower-case name."""
        kind = self.type.split("::")[-1].lower()
        known = {**self.properties, **self.attributes}
        arn = next((value for name, value in self.attributes.items() if name.endswith("Arn")), self.physical_id)
        words = {name.lower(): value for name, value in known.items()}
        first = self.physical_id.split("|")
        for name in (f"{kind}id", f"{kind}name", f"{kind}identifier", "id", "name", "identifier"):
            words.setdefault(name, first[-1] if name.endswith(kind + "id") and len(first) > 1 else self.physical_id)
        for name in (f"{kind}arn", "arn", "resourcearn", "resourceid", "resource", "resourcename", "identifier"):
            words[name] = words.get(name) if name == f"{kind}arn" and words.get(name) else arn
        return words


def answers(session: Any, made: Made) -> list[Any]:
    """What the reading calls show of a resource."""
    words, found, left = made.words, [], []
    for client, operation, given in calls(session, made):
        asked = given if given is not None else fill(client, operation, words)
        if asked is None:
            left.append((client, operation))
        elif (answer := ask(client, operation, asked)) is not None:
            found.append((answer, asked))
    for more in [words | item for answer, _ in list(found) for item in listed(answer, made)]:
        for client, operation in left:
            asked = fill(client, operation, more)
            if asked is not None and (answer := ask(client, operation, asked)) is not None:
                found.append((answer, asked))
    # What a call had to be told names the thing's place as well as an answer would.
    return [{"asked": asked, "answer": own(answer, made, asked)} for answer, asked in found]


def calls(session: Any, made: Made) -> Iterator[tuple[Any, str, dict[str, Any] | None]]:
    """Client, operation, and its input where the table says it."""
    told = made.reads
    for name, given in told.items():
        service, _, operation = name.partition(".")
        firsts = {
            name.lower().removesuffix("s"): value[0]
            for name, value in made.properties.items()
            if isinstance(value, list) and value
        }
        words = {**firsts, **made.properties, **made.attributes, "ref": made.physical_id}
        inputs = given if isinstance(given, list) else [given]
        for one in inputs:
            yield session.client(service), operation, None if one is None else filled(one, words)
    seen = set(told)
    for service, operation in named(made.type):
        for candidate in _CLIENTS.get(service, (service,)):
            client, name = client_of(session, candidate), f"{candidate}.{operation}"
            if client is not None and operation in client.meta.service_model.operation_names and name not in seen:
                seen.add(name)
                yield client, operation, None


def named(resource_type: str) -> list[tuple[str, str]]:
    """The reading permissions that CloudFormation needs, and operations named after the type."""
    handlers = (schema(resource_type) or {}).get("handlers", {})
    found = [
        tuple(permission.split(":", 1))
        for does in ("read", "list")
        for permission in handlers.get(does, {}).get("permissions", ())
        if ":" in permission
    ]
    own, kind = resource_type.split("::")[1:]
    service = _OF_SERVICE.get(own, own.lower())
    plural = kind[:-1] + "ies" if kind.endswith("y") else kind + "s"
    found += [(service, verb + name) for verb in _READING for name in (kind, plural)]
    return [(service.lower(), operation) for service, operation in found if operation.startswith(_READING)]


def client_of(session: Any, service: str) -> Any:
    """The client, where boto3 has one."""
    try:
        return session.client(service)
    except Exception:
        return None


def filled(given: Any, words: Words) -> Any:
    """The input that the table gives, its `{names}` replaced."""
    if isinstance(given, dict):
        return {name: filled(value, words) for name, value in given.items()}
    if isinstance(given, list):
        return [filled(value, words) for value in given]
    if not isinstance(given, str):
        return given
    lone = re.fullmatch(r"\{([\w.]+)\}", given)
    if lone:
        return words.get(lone[1], "")
    return re.sub(r"\{([\w.]+)\}", lambda word: str(words.get(word[1], "")), given)


def fill(client: Any, operation: str, words: Words) -> dict[str, Any] | None:
    """The required input, where all of it is known."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    found = {}
    for name in shape.required_members if shape else ():
        value = word(name, shape.members[name].type_name, words)
        if value is None:
            return None
        found[name] = value
    return found


def word(name: str, kind: str, words: Words) -> Any:
    low = name.lower()
    if kind == "list":
        single = word(name.removesuffix("s"), "string", words)
        return None if single is None else [single]
    value = words.get(low)
    return value if isinstance(value, str) else None


def ask(client: Any, operation: str, given: dict[str, Any]) -> Any:
    """The answer, where there is one."""
    try:
        answer = getattr(client, xform_name(operation))(**given)
    except Exception:
        return None
    answer.pop("ResponseMetadata", None)
    body = {name: value.read() if hasattr(value, "read") else value for name, value in answer.items()}
    return {name: value.decode(errors="replace") if isinstance(value, bytes) else value for name, value in body.items()}


def listed(answer: Any, made: Made) -> Iterator[Words]:
    """What an answer lists, as words for further calls."""
    for name, value in answer.items():
        for item in value if isinstance(value, list) else []:
            if isinstance(item, str):
                yield {name.removesuffix("s").lower(): item}
            elif isinstance(item, dict):
                yield {key.lower(): inner for key, inner in item.items() if isinstance(inner, str)}


def own(answer: Any, made: Made, asked: Mapping[str, Any]) -> Any:
    """The answer without the items of lists that are another resource's; all are its own where the call named it."""
    texts = {value for _, value in leaves(made.properties) if isinstance(value, str) and len(value) > 5}
    named = {text for _, value in leaves(asked) for text in (value, re.split("[/:]", str(value))[-1])}
    about = bool(named & (made.identifiers | texts))
    return _own(answer, made.identifiers, about)


def _own(value: Any, identifiers: set[str], about: bool) -> Any:
    if isinstance(value, dict):
        return {name: _own(item, identifiers, about) for name, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [item for item in value if about or any(_is(inner, identifiers) for _, inner in leaves(item))]
    return value


def _is(value: Any, identifiers: set[str]) -> bool:
    return isinstance(value, str) and (value in identifiers or re.split("[/:]", value)[-1] in identifiers)


def unfolded(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The leaves of a value, JSON documents in texts included."""
    for inner, leaf in leaves(value, path):
        yield inner, leaf
        if isinstance(leaf, str) and leaf[:1] in ("{", "["):
            try:
                yield from unfolded(json.loads(leaf), inner)
            except ValueError:
                continue
