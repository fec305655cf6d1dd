"""AWS::DynamoDB."""

from __future__ import annotations

from scenarios.deployment.providers.simple import simple

simple(
    "AWS::DynamoDB::Table",
    "dynamodb",
    "CreateTable",
    ref="{TableDescription.TableName}",
    identity="{TableDescription.TableArn}",
    attributes={"Arn": "{TableDescription.TableArn}", "StreamArn": "{TableDescription.LatestStreamArn}"},
    name="TableName",
    max_length=255,
)
