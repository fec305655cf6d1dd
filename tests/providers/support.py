"""Making one resource after the other in the emulator, as the engine does, and looking at what was made."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from scenarios.deployment.derived import derive
from scenarios.deployment.naming import physical_name
from scenarios.deployment.provider import REGISTRY, Created, Properties, Request, Stack
from scenarios.deployment.providers import module_for

ACCOUNT = "123456789012"
REGION = "us-east-1"
STACK = Stack(
    name="stack",
    stack_id=f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/stack/00000000-0000-4000-8000-000000000000",
    account_id=ACCOUNT,
    region=REGION,
    partition="aws",
    url_suffix="amazonaws.com",
)


class Maker:
    """Makes resources of one stack; remembers the properties of the last one."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.properties = Properties({})

    def client(self, service: str) -> Any:
        return self.session.client(service)

    def __call__(self, resource_type: str, logical_id: str = "Thing", /, **properties: Any) -> Created:
        if find_spec(module := module_for(resource_type)) is not None:
            import_module(module)
        self.properties = Properties(properties)
        request = Request(
            logical_id=logical_id,
            type=resource_type,
            properties=self.properties,
            stack=STACK,
            session=self.session,
            name=partial(physical_name, STACK.name, logical_id),
        )
        return REGISTRY.get(resource_type, derive)(request)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """What the last resource's provider did not map."""
        return self.properties.unmapped()


def allow(action: str, resource: str = "*") -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]}


def trusts(service: str) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}
