"""Where the built-in templates and policies are, in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def folder(name: str) -> Path:
    """The top-level folder `templates` or `policies`: of the checkout, else of the installed package."""
    checkout = _CHECKOUT / name
    return checkout if (_CHECKOUT / "pyproject.toml").is_file() and checkout.is_dir() else _PACKAGE / "_data" / name


def template(scenario: str) -> Path:
    """The reference template of a scenario."""
    return folder("templates") / scenario / "template.yaml"
