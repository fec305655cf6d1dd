"""AWS::StepFunctions."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call, document, text

_STANDS_IN_S3 = '{"StartAt": "Unread", "States": {"Unread": {"Type": "Succeed"}}}'


@provider("AWS::StepFunctions::StateMachine")
def state_machine(request: Request) -> Created:
    """A state machine with the substitutions in its definition made; a definition that stands in S3 is not fetched.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
    """
    properties = request.properties
    given: dict[str, Any] = {"definition": _definition(request)}
    if "StateMachineName" not in properties:
        given["name"] = request.name(max_length=80)
    rename = {"StateMachineName": "name", "StateMachineType": "type"}
    skip = ("Definition", "DefinitionString", "DefinitionSubstitutions", "DefinitionS3Location")
    made = call(request.client("stepfunctions"), "CreateStateMachine", properties, rename=rename, skip=skip, **given)
    arn = made["stateMachineArn"]
    attributes = {"Arn": arn, "Name": arn.rpartition(":")[2], "StateMachineRevisionId": "INITIAL"}
    place = next((name for name in skip if name in properties), None)
    return Created(arn, attributes, identity=arn, origins={(arn, "definition"): ("Properties", place)} if place else {})


def _definition(request: Request) -> str:
    properties = request.properties
    said = properties.get("DefinitionString") or properties.get("Definition")
    if said is None:
        return _STANDS_IN_S3
    written = document(said)
    for name, value in (properties.get("DefinitionSubstitutions") or {}).items():
        written = written.replace("${" + name + "}", text(value))
    return written
