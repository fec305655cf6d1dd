"""What the tests of the deployment share: a resolver over a template's text, and a deployment in the emulator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.deployment import deploy
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.frame import Frame
from scenarios.deployment.parameters import read_parameters
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.provider import Stack
from scenarios.deployment.regions import partition
from scenarios.deployment.resolve import Resolver
from scenarios.deployment.scope import Made, Scope
from scenarios.emulator import emulator
from scenarios.template import parse

ACCOUNT = "123456789012"


def stack(region: str = "us-east-1") -> Stack:
    return Stack("scenario", "arn:aws:cloudformation:stack", ACCOUNT, region, *partition(region))


class Offline:
    """A session for tests that need no account: asking it for anything is a mistake."""

    def client(self, service_name: str) -> Any:
        raise AssertionError(f"nothing should ask for {service_name}")


def resolver(
    text: str,
    parameters: Mapping[str, str] | None = None,
    made: Mapping[str, Made] | None = None,
    region: str = "us-east-1",
) -> Resolver:
    """A resolver over a template's text; `made` are the resources that stand already."""
    template = parse(text, "t.yaml")
    values = read_parameters(template, parameters or {}, Inventor(Offline(), stack(region)))
    return Resolver(Scope(template, stack(region), values, dict(made or {})))


def resolved(own: Resolver, logical_id: str) -> tuple[Any, Frame]:
    """A resource's properties, and what is to be said of them."""
    frame = Frame()
    path = ("Resources", logical_id, "Properties")
    properties = own.scope.template.resources[logical_id]["Properties"]
    return own.resolve(properties, path, frame, ("Properties",)), frame


def deployed(text: str, parameters: Mapping[str, str] | None = None, **options: str) -> Deployment:
    """The template deployed in an empty emulated account."""
    with emulator(account_id=ACCOUNT, region=options.get("region", "us-east-1")) as session:
        return deploy(parse(text, "t.yaml"), session, parameters=parameters, **options)
