"""Packages that only some ways of asking need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from scenarios.errors import InputError


def needed(module: str, extra: str) -> Any:
    """The module. Raises InputError, with what to install, where it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise InputError(
            f"this needs {package}, which is not installed: pip install 'aws-scenarios[{extra}]'"
        ) from error
