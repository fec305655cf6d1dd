"""AWS::Macie."""

from __future__ import annotations

from scenarios.deployment.providers.simple import simple

_ROLE = "aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"

simple(
    "AWS::Macie::Session",
    "macie2",
    "EnableMacie",
    ref="{account}",
    identity="macie:session",
    attributes={"AwsAccountId": "{account}", "ServiceRole": f"arn:{{partition}}:iam::{{account}}:role/{_ROLE}"},
)
