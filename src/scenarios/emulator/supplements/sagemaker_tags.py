"""SageMaker: the tags of everything that is made with some; moto loses those of half its kinds.

They are remembered by the ARN in the answer of the creating operation; what was made without any is moto's to answer.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTags.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Answer, Record, answer, parameters, succeeded


def register(events: Any, record: Record) -> None:
    """Remember, list, add and delete."""
    tags = record.of("sagemaker.tags")

    def remember(model: Any, context: Any, parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        if not model.name.startswith("Create"):
            return
        asked = parameters(context)
        arn = next((value for name, value in parsed.items() if name.endswith("Arn")), None)
        if succeeded(http_response) and asked.get("Tags") and arn:
            tags[str(arn)] = _mapping(asked["Tags"])

    def show(context: Any, **_: Any) -> Answer | None:
        held = tags.get(parameters(context)["ResourceArn"])
        return None if held is None else answer({"Tags": _list(held)})

    def add(context: Any, **_: Any) -> Answer | None:
        asked = parameters(context)
        if (held := tags.get(asked["ResourceArn"])) is None:
            return None
        held.update(_mapping(asked["Tags"]))
        return answer({"Tags": _list(held)})

    def delete(context: Any, **_: Any) -> Answer | None:
        asked = parameters(context)
        if (held := tags.get(asked["ResourceArn"])) is None:
            return None
        for key in asked["TagKeys"]:
            held.pop(key, None)
        return answer({})

    events.register("after-call.sagemaker", remember)
    events.register("before-call.sagemaker.ListTags", show)
    events.register("before-call.sagemaker.AddTags", add)
    events.register("before-call.sagemaker.DeleteTags", delete)


def _mapping(tags: list[dict[str, str]]) -> dict[str, Any]:
    return {tag["Key"]: tag["Value"] for tag in tags}


def _list(tags: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
