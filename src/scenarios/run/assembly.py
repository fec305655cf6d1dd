"""CDK's cloud assemblies (`cdk.out`): which templates they hold, and where these are deployed. `cdk` is never run.

Source: "Cloud assembly manifest", https://docs.aws.amazon.com/cdk/v2/guide/deploy.html and
https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.AssemblyManifest.html
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

from scenarios.errors import InputError
from scenarios.run.source import Source

_MANIFEST = "manifest.json"
_STACK, _ASSEMBLY = "aws:cloudformation:stack", "cdk:cloud-assembly"
_ENVIRONMENT = re.compile(r"aws://(\d{12}|unknown-account)/([a-z0-9-]+)")
_LARGEST = 32_000_000


def is_assembly(folder: str) -> bool:
    """Whether a folder is a cloud assembly: its manifest names artifacts.

    Raises InputError as `stacks` does.
    """
    return _manifest(folder) is not None


def stacks(folder: str) -> list[Source]:
    """The stacks of an assembly and of those within it (stages), in the order of the manifests.

    Raises InputError for a manifest that is not JSON, and for one that leads out of the assembly.
    """
    return list(_stacks(folder, folder, ()))


def assembly_of(file: str, top: str) -> str | None:
    """The outermost assembly that a file lies in, from the folder `top` on downwards."""
    inner = os.path.dirname(os.path.relpath(file, top)).split(os.sep)
    folders = [os.path.join(top, *inner[:depth]) for depth in range(1, len(inner) + 1)] if inner != [""] else []
    return next((folder for folder in folders if is_assembly(folder)), None)


def _manifest(folder: str) -> dict[str, Any] | None:
    path = os.path.join(folder, _MANIFEST)
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > _LARGEST:
            return None
        with open(path, encoding="utf-8-sig") as file:
            content = json.load(file)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", file=path, line=error.lineno, column=error.colno) from None
    except (OSError, ValueError, RecursionError):
        return None
    known = isinstance(content, dict) and isinstance(content.get("artifacts"), dict) and "version" in content
    return content if known else None


def _stacks(folder: str, root: str, opened: tuple[str, ...]) -> Iterator[Source]:
    manifest = _manifest(folder)
    for name, artifact in manifest["artifacts"].items() if manifest else ():
        properties = artifact.get("properties") if isinstance(artifact, dict) else None
        if not isinstance(properties, dict):
            continue
        if artifact.get("type") == _STACK and isinstance(properties.get("templateFile"), str):
            account_id, region = _environment(artifact.get("environment"))
            stack = properties.get("stackName")
            file = _inside(folder, properties["templateFile"], root)
            yield Source(file, root, account_id, region, stack if isinstance(stack, str) else name)
        elif artifact.get("type") == _ASSEMBLY and isinstance(properties.get("directoryName"), str):
            inner = _inside(folder, properties["directoryName"], root)
            real = os.path.realpath(inner)
            if real not in opened and real != os.path.realpath(folder):
                yield from _stacks(inner, root, (*opened, os.path.realpath(folder)))


def _environment(text: Any) -> tuple[str | None, str | None]:
    """Account and region of `aws://ACCOUNT/REGION`, where the app names them."""
    found = _ENVIRONMENT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None, None
    account_id, region = found.groups()
    return (
        None if account_id == "unknown-account" else account_id,
        None if region == "unknown-region" else region,
    )


def _inside(folder: str, name: str, root: str) -> str:
    """A path that the manifest names. Raises InputError where it leads out of the assembly."""
    path = os.path.normpath(os.path.join(folder, name))
    try:
        real, top = os.path.realpath(path), os.path.realpath(root)
        inside = os.path.commonpath((real, top)) == top and not os.path.isabs(name)
    except ValueError:
        inside = False
    if not inside:
        raise InputError(f"{name} lies outside the assembly, and is not read", file=os.path.join(folder, _MANIFEST))
    return path
