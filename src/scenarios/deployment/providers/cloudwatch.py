"""AWS::CloudWatch."""

from __future__ import annotations

from scenarios.deployment.providers.simple import simple

simple(
    "AWS::CloudWatch::Alarm",
    "cloudwatch",
    "PutMetricAlarm",
    ref="{AlarmName}",
    identity="arn:{partition}:cloudwatch:{region}:{account}:alarm:{AlarmName}",
    attributes={"Arn": "arn:{partition}:cloudwatch:{region}:{account}:alarm:{AlarmName}"},
    name="AlarmName",
    max_length=255,
)
