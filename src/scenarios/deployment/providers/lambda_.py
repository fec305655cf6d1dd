"""AWS::Lambda. Code is stored as an empty archive: it is never fetched and never run."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import convert


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
    name = str(properties.get("FunctionName") or request.name())
    given: dict[str, Any] = {"FunctionName": name, "Code": {"ZipFile": _empty_archive()}}
    for key in properties:
        if key in shape.members and key not in ("Code", "FunctionName", "Tags"):
            given[key] = convert(shape.members[key], properties[key])
    if str(given.get("PackageType", "Zip")) == "Image":
        given["Code"] = {"ImageUri": str((properties.get("Code") or {}).get("ImageUri", ""))}
    else:
        given.setdefault("Runtime", "python3.12")
        given.setdefault("Handler", "index.handler")
    given["Tags"] = {str(tag["Key"]): str(tag["Value"]) for tag in properties.get("Tags") or []}
    properties.ignore("Code", "ReservedConcurrentExecutions", "RuntimeManagementConfig", "RecursiveLoop")
    given.pop("CodeSigningConfigArn", None)
    made = client.create_function(**given)
    arn = made["FunctionArn"]
    attributes = {"Arn": arn, "SnapStartResponse.ApplyOn": "None", "SnapStartResponse.OptimizationStatus": "Off"}
    return Created(name, attributes, identity=arn)


@provider("AWS::Lambda::Permission")
def permission(request: Request) -> Created:
    """One statement of a function's policy."""
    properties, client = request.properties, request.client("lambda")
    name = str(properties["FunctionName"])
    given: dict[str, Any] = {
        "FunctionName": name,
        "StatementId": request.name(max_length=100),
        "Action": str(properties["Action"]),
        "Principal": str(properties["Principal"]),
    }
    for key in ("SourceArn", "SourceAccount", "EventSourceToken", "PrincipalOrgID", "FunctionUrlAuthType"):
        if key in properties:
            given[key] = str(properties[key])
    client.add_permission(**given)
    arn = client.get_function_configuration(FunctionName=name)["FunctionArn"]
    identifier = given["StatementId"]
    return Created(identifier, {"Id": identifier}, origins={(arn, "policy", identifier): ("Properties",)})


simple(
    "AWS::Lambda::Url",
    "lambda",
    "CreateFunctionUrlConfig",
    ref="{FunctionArn}",
    attributes={"FunctionArn": "{FunctionArn}", "FunctionUrl": "{FunctionUrl}"},
    more=lambda request: {"FunctionName": str(request.properties["TargetFunctionArn"])},
)
simple(
    "AWS::Lambda::Version",
    "lambda",
    "PublishVersion",
    ref="{FunctionArn}",
    attributes={"Version": "{Version}", "FunctionArn": "{FunctionArn}"},
)
simple("AWS::Lambda::Alias", "lambda", "CreateAlias", ref="{AliasArn}", attributes={"AliasArn": "{AliasArn}"})
simple(
    "AWS::Lambda::EventSourceMapping",
    "lambda",
    "CreateEventSourceMapping",
    ref="{UUID}",
    attributes={"Id": "{UUID}"},
)


@provider("AWS::Lambda::LayerVersion")
def layer_version(request: Request) -> Created:
    """A layer without its content."""
    properties = request.properties
    made = request.client("lambda").publish_layer_version(
        LayerName=str(properties.get("LayerName") or request.name()),
        Content={"ZipFile": _empty_archive()},
        CompatibleRuntimes=properties.get("CompatibleRuntimes") or [],
    )
    properties.ignore("Content", "Description", "LicenseInfo", "CompatibleArchitectures")
    arn = made["LayerVersionArn"]
    return Created(arn, {"LayerVersionArn": arn}, identity=arn)
