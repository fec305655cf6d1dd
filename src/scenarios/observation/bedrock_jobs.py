"""Bedrock's jobs that are running: customizations of models, and batch inference.

No template makes one, so that they are read of live accounts alone.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetModelCustomizationJob.html
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetModelInvocationJob.html
"""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import bedrock
from scenarios.observation.interfaces import placement
from scenarios.observation.reader import Reader

_KINDS = (
    ("customization", "modelCustomizationJobSummaries"),
    ("invocation", "invocationJobSummaries"),
)


def read(reader: Reader) -> dict[str, Any]:
    """All jobs in progress."""
    found: list[Any] = []
    for kind, member in _KINDS:
        what = f"bedrock.model_{kind}_jobs"
        listed = reader.pages(what, "bedrock", f"list_model_{kind}_jobs", member, statusEquals="InProgress")
        items = []
        for item in listed:
            arn = item["jobArn"]
            answer = reader.call(what, "bedrock", f"get_model_{kind}_job", arn, jobIdentifier=arn)
            items += [answer] if answer else []
        found += reader.each(what, items, partial(_job, reader, kind))
    return {"bedrock_jobs": tuple(found)}


def _job(reader: Reader, kind: str, item: dict[str, Any]) -> bedrock.Job:
    vpc = item.get("vpcConfig") or {}
    output = item.get("outputDataConfig") or {}
    return bedrock.Job(
        name=item.get("jobName", item["jobArn"]),
        arn=item["jobArn"],
        role=item.get("roleArn"),
        placement=placement(vpc.get("subnetIds"), vpc.get("securityGroupIds")),
        kind=kind,
        input_uris=tuple(uri for uri in _inputs(item) if uri),
        output_uri=(output.get("s3OutputDataConfig") or output).get("s3Uri"),
        origin=reader.origin(item["jobArn"]),
    )


def _inputs(item: dict[str, Any]) -> list[str | None]:
    validators = (item.get("validationDataConfig") or {}).get("validators") or []
    return [
        (item.get("trainingDataConfig") or {}).get("s3Uri"),
        *(validator.get("s3Uri") for validator in validators),
        ((item.get("inputDataConfig") or {}).get("s3InputDataConfig") or {}).get("s3Uri"),
    ]
