"""Placeholders on paper only: for reading names out of a template without any account."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.naming import digest
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.provider import Stack


class PaperInventor(Inventor):
    """Invents ids without making what they name."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(_Nobody(), stack)
        self.network: Any = _Paper()


class _Nobody:
    def client(self, service_name: str) -> Any:
        raise LookupError(f"there is no account to ask for {service_name}")


class _Paper:
    """In the place of the invented VPC."""

    def thing(self, kind: str, name: str) -> str:
        return f"{kind}-{digest(name, 17, '0123456789abcdef')}"

    def zone(self, name: str) -> str:
        return f"zone-{name}"

    def subnets(self, name: str) -> list[str]:
        return [self.thing("subnet", f"{name}/{number}") for number in range(3)]
