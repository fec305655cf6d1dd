"""CodeBuild: what a project builds from and into where that has no place, and the kinds of machines that it runs on.

A project of a pipeline has neither, one without a source has no location either, and moto wants one of each; it knows
the machines of some years ago only.

https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Held, Record, succeeded

_SERVICE = "codebuild"
_PLACELESS = ("CODEPIPELINE", "NO_SOURCE")
_CONTEXT = "scenarios.codebuild"
_ASKED = ("source", "artifacts", "environment")
_KNOWN = {"type": "LINUX_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL"}


def register(events: Any, record: Record) -> None:
    """Give moto what it takes, and show what was asked for."""
    asked = record.of(f"{_SERVICE}.asked")

    def complete(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        said = {name: params[name] for name in _ASKED if isinstance(params.get(name), dict)}
        context[_CONTEXT] = said
        params.update({name: _taken(name, value) for name, value in said.items()})

    def keep(parsed: Held, context: dict[str, Any], http_response: Any, **_: Any) -> None:
        if succeeded(http_response):
            project = parsed["project"]
            held = asked.setdefault(str(project["name"]), {})
            held.update(context[_CONTEXT])
            project.update(held)

    def show(parsed: Held, **_: Any) -> None:
        for project in parsed.get("projects", []):
            project.update(asked.get(str(project["name"]), {}))

    for operation in ("CreateProject", "UpdateProject"):
        events.register(f"provide-client-params.{_SERVICE}.{operation}", complete)
        events.register(f"after-call.{_SERVICE}.{operation}", keep)
    events.register(f"after-call.{_SERVICE}.BatchGetProjects", show)


def _taken(name: str, value: dict[str, Any]) -> dict[str, Any]:
    """What moto takes in the place of what was asked for."""
    if name == "environment":
        return {**value, **_KNOWN}
    return {"location": "none", **value} if value.get("type") in _PLACELESS else value
