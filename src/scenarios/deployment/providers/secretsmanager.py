"""AWS::SecretsManager. Values are made up and never shown."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider


@provider("AWS::SecretsManager::Secret")
def secret(request: Request) -> Created:
    """A secret without its value."""
    properties = request.properties
    given: dict[str, Any] = {"Name": str(properties.get("Name") or request.name()), "SecretString": "emulated"}
    if "KmsKeyId" in properties:
        given["KmsKeyId"] = str(properties["KmsKeyId"])
    if "Description" in properties:
        given["Description"] = str(properties["Description"])
    tags = [{"Key": str(tag["Key"]), "Value": str(tag["Value"])} for tag in properties.get("Tags") or []]
    arn = request.client("secretsmanager").create_secret(**given, Tags=tags)["ARN"]
    properties.ignore("SecretString", "GenerateSecretString", "ReplicaRegions")
    return Created(arn, {"Id": arn}, identity=arn)


@provider("AWS::SecretsManager::ResourcePolicy")
def resource_policy(request: Request) -> Created:
    """A secret's policy."""
    properties = request.properties
    arn, document = str(properties["SecretId"]), properties["ResourcePolicy"]
    text = document if isinstance(document, str) else json.dumps(document)
    request.client("secretsmanager").put_resource_policy(SecretId=arn, ResourcePolicy=text)
    properties.ignore("BlockPublicPolicy")
    return Created(request.name(), {"Id": request.name()}, origins={(arn, "policy"): ("Properties", "ResourcePolicy")})
