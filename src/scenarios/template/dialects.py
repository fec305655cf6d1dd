"""What other tools write into templates, and which of them has to expand it first."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from scenarios.finding import PropertyPath

_RAIN = "is expanded by 'rain pkg', not by CloudFormation: give the packaged template"
_PACKAGED = (
    "are expanded by 'aws cloudformation package' or 'rain pkg', not by CloudFormation: give the packaged template"
)


def unknown_tag(tag: str, known: Iterable[str]) -> str:
    """Why a tag is refused."""
    if tag.startswith("!Rain::"):
        return f"{tag} {_RAIN}"
    by_case = {name.lower(): name for name in known}
    close = get_close_matches(tag.lower(), by_case, 1, 0.8)
    return f"unknown tag {tag}" + (f"; did you mean {by_case[close[0]]}?" if close else "")


def foreign_key(key: str) -> str | None:
    """Why a key is refused, if it is another tool's."""
    return f"{key} {_RAIN}" if key.startswith("Rain::") else None


def foreign_section(body: dict[str, Any]) -> tuple[str, PropertyPath] | None:
    """Why a template is refused for a section that another tool has to expand, and where that stands."""
    if "Rain" in body:
        return f"the section Rain {_RAIN}", ("Rain",)
    if isinstance(body.get("Modules"), dict) and body["Modules"]:
        return f"Modules {_PACKAGED}", ("Modules",)
    return None


def unrendered(text: str) -> str:
    """A hint for what is not YAML since it is the source of a template, to be rendered by another tool."""
    jinja = "{%" in text or "{{" in text.replace("{{resolve:", "")
    return "; it looks like the source of a template that is still to be rendered (Jinja)" if jinja else ""
