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
_ASKED = ("source", "artifacts", "environment")
_KNOWN = {"type": "LINUX_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL"}


def register(events: Any, record: Record) -> None:
    """Give moto what it takes, and show what was asked for."""
    asked = record.of(f"{_SERVICE}.asked")

    def complete(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        if not all(isinstance(params.get(name, {}), dict) for name in _ASKED):
            return  # botocore refuses it
        context["codebuild.asked"] = {name: params[name] for name in _ASKED if name in params}
        for name in ("source", "artifacts"):
            if params.get(name, {}).get("type") in _PLACELESS:
                params[name] = {"location": "none", **params[name]}
        if "environment" in params:
            params["environment"] = {**params["environment"], **_KNOWN}

    def keep(parsed: Held, context: dict[str, Any], http_response: Any, **_: Any) -> None:
        project = parsed.get("project")
        if succeeded(http_response) and isinstance(project, dict):
            held = asked.setdefault(str(project["name"]), {})
            held.update(context.get("codebuild.asked", {}))
            project.update(held)

    def show(parsed: Held, **_: Any) -> None:
        for project in parsed.get("projects", []):
            project.update(asked.get(str(project["name"]), {}))

    for operation in ("CreateProject", "UpdateProject"):
        events.register(f"provide-client-params.{_SERVICE}.{operation}", complete)
        events.register(f"after-call.{_SERVICE}.{operation}", keep)
    events.register(f"after-call.{_SERVICE}.BatchGetProjects", show)
