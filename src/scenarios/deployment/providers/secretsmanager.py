"""AWS::SecretsManager. Values are made up: what a template says of them is not read."""

from __future__ import annotations

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, document, text

simple(
    "AWS::SecretsManager::Secret",
    "secretsmanager",
    "CreateSecret",
    ref="{ARN}",
    identity="{ARN}",
    attributes={"Id": "{ARN}"},
    name="Name",
    skip=("SecretString",),
    ignore=("SecretString", "GenerateSecretString"),
    more=lambda _: {"SecretString": "emulated"},
)


@provider("AWS::SecretsManager::ResourcePolicy")
def resource_policy(request: Request) -> Created:
    """A secret's policy."""
    properties, client = request.properties, request.client("secretsmanager")
    secret = text(properties["SecretId"])
    arn = client.put_resource_policy(SecretId=secret, ResourcePolicy=document(properties["ResourcePolicy"]))["ARN"]
    # A check that is made when the policy is put.
    properties.ignore("BlockPublicPolicy")
    return Created(request.name(), {"Id": request.name()}, origins={(arn, "policy"): ("Properties", "ResourcePolicy")})


@provider("AWS::SecretsManager::RotationSchedule")
def rotation_schedule(request: Request) -> Created:
    """A secret's rotation; a function that CloudFormation would make for it is not made here."""
    properties = request.properties
    made = call(request.client("secretsmanager"), "RotateSecret", properties)
    # Whether to rotate at once shows nowhere.
    properties.ignore("RotateImmediatelyOnUpdate")
    return Created(made["ARN"], {"Id": made["ARN"]}, origins={(made["ARN"], "rotation"): ()})


@provider("AWS::SecretsManager::SecretTargetAttachment")
def secret_target_attachment(request: Request) -> Created:
    """What a database's secret gets from it is part of the secret's value; Ref is the secret's ARN.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html
    """
    secret = text(request.properties["SecretId"])
    arn = request.client("secretsmanager").describe_secret(SecretId=secret)["ARN"]
    return Created(arn, {"Id": arn}, recorded=True, reason="it changes the secret's value, which is not read here")
