"""AWS::CloudWatch."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call


@provider("AWS::CloudWatch::Alarm")
def alarm(request: Request) -> Created:
    """An alarm."""
    properties, stack = request.properties, request.stack
    name = str(properties.get("AlarmName") or request.name(max_length=255))
    given: dict[str, Any] = {} if "AlarmName" in properties else {"AlarmName": name}
    call(request.client("cloudwatch"), "PutMetricAlarm", properties, **given)
    arn = f"arn:{stack.partition}:cloudwatch:{stack.region}:{stack.account_id}:alarm:{name}"
    return Created(name, {"Arn": arn}, identity=arn)
