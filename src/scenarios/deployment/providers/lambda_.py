"""AWS::Lambda. Code is stored as an empty archive: it is never fetched and never run."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.parts import absent, part
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, fit, text

_UNSEEN = ("LoggingConfig", "FileSystemConfigs", "CodeSigningConfigArn", "TenancyConfig", "DurableConfig")
"""What the emulator takes and does not show."""


@cache
def _empty_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("index.py", (2020, 1, 1, 0, 0, 0)), "")
    return file.getvalue()


@provider("AWS::Lambda::Function")
def function(request: Request) -> Created:
    """A function with everything but its code."""
    properties, client = request.properties, request.client("lambda")
    shape = client.meta.service_model.operation_model("CreateFunction").input_shape
    given = fit(shape, properties, skip=("Code", *_UNSEEN))
    given.setdefault("FunctionName", request.name())
    given |= _code(request, given)
    made = _create(request, given)
    name, arn = made["FunctionName"], made["FunctionArn"]
    if "ReservedConcurrentExecutions" in properties:
        with part(properties, "ReservedConcurrentExecutions"):
            reserved = int(properties["ReservedConcurrentExecutions"])
            client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)
    # How the service updates runtimes and stops loops is no setting of the function's configuration.
    properties.ignore("RuntimeManagementConfig", "RecursiveLoop")
    snap_start = made.get("SnapStart", {})
    attributes = {
        "Arn": arn,
        "SnapStartResponse.ApplyOn": snap_start.get("ApplyOn", "None"),
        "SnapStartResponse.OptimizationStatus": snap_start.get("OptimizationStatus", "Off"),
    }
    return Created(name, attributes, identity=arn)


def _code(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """The empty archive, or the image by its name; where the archive comes from is nothing that Lambda tells."""
    code = request.properties.get("Code") or {}
    if text(given.get("PackageType", "Zip")) == "Image" or "ImageUri" in code:
        return {"PackageType": "Image", "Code": {"ImageUri": text(code.get("ImageUri", ""))}}
    defaults = {"Runtime": "python3.12", "Handler": "index.handler"}
    return {**{key: given.get(key, value) for key, value in defaults.items()}, "Code": {"ZipFile": _empty_archive()}}


def _create(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """Create the function, whose role and layers may be in the account already and not in the template."""
    client = request.client("lambda")
    try:
        made: dict[str, Any] = client.create_function(**given)
    except Exception as error:
        if "Layers" in given and "LayerVersion" in str(error) and absent(error):
            request.properties.lose("Layers")
            return _create(request, {key: value for key, value in given.items() if key != "Layers"})
        if "cannot be assumed" not in str(error):
            raise
        with _stand_in(request) as role:
            client.create_function(**{**given, "Role": role})
        made = client.update_function_configuration(FunctionName=given["FunctionName"], Role=given["Role"])
    return made


@contextmanager
def _stand_in(request: Request) -> Iterator[str]:
    """A role for the moment of creation."""
    client, name = request.client("iam"), request.name()
    statement = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    yield client.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    client.delete_role(RoleName=name)


@provider("AWS::Lambda::Permission")
def permission(request: Request) -> Created:
    """One statement of a function's policy; the function may be named by name or ARN, with a qualifier or without."""
    properties, client = request.properties, request.client("lambda")
    identifier = request.name(max_length=100)
    statement: dict[str, Any] = {"StatementId": identifier}
    call(client, "AddPermission", properties, **statement)
    arn = client.get_function_configuration(FunctionName=text(properties["FunctionName"]))["FunctionArn"]
    place = (_unqualified(arn), "policy", identifier)
    return Created(identifier, {"Id": identifier}, origins={place: ("Properties",)})


def _unqualified(arn: str) -> str:
    return ":".join(arn.split(":")[:7])


@provider("AWS::Lambda::Url")
def url(request: Request) -> Created:
    """A function's own HTTPS endpoint."""
    rename = {"TargetFunctionArn": "FunctionName"}
    made = call(request.client("lambda"), "CreateFunctionUrlConfig", request.properties, rename=rename)
    arn = made["FunctionArn"]
    attributes = {"FunctionArn": arn, "FunctionUrl": made["FunctionUrl"]}
    return Created(arn, attributes, origins={(_unqualified(arn), "url"): ("Properties",)})


simple(
    "AWS::Lambda::Version",
    "lambda",
    "PublishVersion",
    ref="{FunctionArn}",
    attributes={"Version": "{Version}", "FunctionArn": "{FunctionArn}"},
    skip=("CodeSha256",),  # there is no code to compare it with
    ignore=("CodeSha256",),
)
simple("AWS::Lambda::Alias", "lambda", "CreateAlias", ref="{AliasArn}", attributes={"AliasArn": "{AliasArn}"})
simple(
    "AWS::Lambda::EventSourceMapping",
    "lambda",
    "CreateEventSourceMapping",
    ref="{UUID}",
    attributes={"Id": "{UUID}", "EventSourceMappingArn": "{EventSourceMappingArn}"},
)
simple(
    "AWS::Lambda::LayerVersion",
    "lambda",
    "PublishLayerVersion",
    ref="{LayerVersionArn}",
    attributes={"LayerVersionArn": "{LayerVersionArn}"},
    identity="{LayerVersionArn}",
    name="LayerName",
    skip=("Content",),
    ignore=("Content",),
    more=lambda _: {"Content": {"ZipFile": _empty_archive()}},
)
