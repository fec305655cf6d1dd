"""CloudFormation over boto3: templates in, resources and a ledger out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.deployment.engine import deploy

__all__ = ["deploy"]


def __getattr__(name: str) -> Any:
    """`deploy`, imported when it is first asked for: the engine needs botocore, a ledger does not."""
    if name == "deploy":
        from scenarios.deployment.engine import deploy

        return deploy
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
