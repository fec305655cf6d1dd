"""One-edit changes of a text, and judging what they make."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scenarios.run.judge import judge
from scenarios.run.options import Options
from scenarios.run.result import TemplateResult
from scenarios.template import parse

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
BASES = Path(__file__).parent / "bases"


def source(name: str) -> str:
    """A reference template's text, or that of a smaller template in bases/ which holds as well."""
    reference = TEMPLATES / name / "template.yaml"
    return (reference if reference.is_file() else BASES / f"{name}.yaml").read_text()


def edited(text: str, edit: Mapping[str, Any]) -> str:
    """The text after the edit; `find` has to stand exactly once, or once behind `near`."""
    near = edit.get("near")
    head, tail = ("", text) if near is None else _split(text, near)
    count = tail.count(edit["find"])
    assert count >= 1 if near else count == 1, f"{edit['find']!r} stands {count} times"
    changed = head + tail.replace(edit["find"], edit["replace"], 1)
    return edited(changed, edit["also"]) if "also" in edit else changed


def _split(text: str, near: str) -> tuple[str, str]:
    assert text.count(near) == 1, f"{near!r} stands {text.count(near)} times"
    index = text.index(near)
    return text[:index], text[index:]


def judged(text: str, *scenarios: str, name: str = "template.yaml") -> TemplateResult:
    """The verdicts on a text, without lint."""
    return judge(parse(text, name), Options(scenarios=scenarios))


@cache
def table(name: str) -> dict[str, list[dict[str, Any]]]:
    """A table of edits beside this file."""
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / name).read_text())
    return found
