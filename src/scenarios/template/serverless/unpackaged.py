"""Local paths of code and definitions, as `sam package` would replace them: nothing that they name is read."""

from __future__ import annotations

import re
from typing import Any

_BUCKET = "code-that-is-not-read"
_LOCAL = {
    "AWS::Serverless::Function": ("CodeUri",),
    "AWS::Serverless::LayerVersion": ("ContentUri",),
    "AWS::Serverless::Api": ("DefinitionUri",),
    "AWS::Serverless::HttpApi": ("DefinitionUri",),
    "AWS::Serverless::StateMachine": ("DefinitionUri",),
    "AWS::Serverless::GraphQLApi": ("SchemaUri",),
}
"""Properties that name a file or folder beside the template, or, once it is packaged, an object in S3."""


def stand_in_for_code(body: dict[str, Any]) -> None:
    """Put an object in S3 in the place of every local path, and of code that is given nowhere."""
    common = body.get("Globals")
    for section, shared in (common if isinstance(common, dict) else {}).items():
        if isinstance(shared, dict):
            _replace(shared, _LOCAL.get(f"AWS::Serverless::{section}", ()))
    for resource in body["Resources"].values():
        properties = resource.get("Properties")
        kind = str(resource.get("Type"))
        if isinstance(properties, dict):
            _replace(properties, _LOCAL.get(kind, ()))
        if kind == "AWS::Serverless::Function":
            _give_code(resource.setdefault("Properties", {}), body)
        elif kind == "AWS::Serverless::GraphQLApi" and isinstance(properties, dict):
            _replace_within(properties, "CodeUri")


def _replace(properties: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        value = properties.get(name)
        if isinstance(value, str) and not value.startswith("s3://"):
            properties[name] = f"s3://{_BUCKET}/{re.sub(r'[^A-Za-z0-9/._-]', '', value).strip('./') or 'code'}"


def _replace_within(value: Any, name: str) -> None:
    if isinstance(value, dict):
        _replace(value, (name,))
        for item in value.values():
            _replace_within(item, name)
    elif isinstance(value, list):
        for item in value:
            _replace_within(item, name)


def _give_code(properties: Any, body: dict[str, Any]) -> None:
    """A function without any code of its own is built from the folder of the template, or from an image."""
    common = body.get("Globals")
    shared = common.get("Function") if isinstance(common, dict) else None
    known = {**(shared if isinstance(shared, dict) else {}), **properties} if isinstance(properties, dict) else None
    if known is None or {"CodeUri", "InlineCode", "ImageUri"} & set(known):
        return
    if known.get("PackageType") == "Image":
        properties["ImageUri"] = f"{_BUCKET}:latest"
    else:
        properties["CodeUri"] = f"s3://{_BUCKET}/code"
