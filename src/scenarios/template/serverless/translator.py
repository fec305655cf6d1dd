"""aws-sam-translator, without anything that it would ask of AWS; the only module that knows it.

Its import takes a third of a second, so that this module is imported for a template with the transform only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from samtranslator.model.exceptions import ExceptionWithMessage
from samtranslator.parser.parser import Parser
from samtranslator.plugins.application.serverless_app_plugin import ServerlessAppPlugin
from samtranslator.translator.translator import Translator

logging.getLogger("samtranslator").setLevel(logging.CRITICAL + 1)  # it warns of metrics that nobody publishes

Policies = Callable[[], Mapping[str, str]]
"""AWS's managed policies: ARNs by name."""


class RefusedError(Exception):
    """The template is no valid SAM template: `logical_id` is the resource that is wrong, where one is."""

    def __init__(self, cause: str, logical_id: str | None) -> None:
        super().__init__(cause)
        self.logical_id = logical_id


@dataclass(frozen=True)
class _Region:
    """What the translator asks of a boto3 session."""

    region_name: str


class _NoRepository(ServerlessAppPlugin):  # type: ignore[misc]  # untyped here
    """In the place of the plugin that asks the Serverless Application Repository."""

    def on_before_transform_template(self, template_dict: Any) -> None:
        """Ask nobody."""

    def on_before_transform_resource(self, logical_id: str, kind: str, properties: Any) -> None:  # noqa: ARG002
        """Give what is left, which names a template itself, its template."""
        if kind == self.SUPPORTED_RESOURCE_TYPE:
            properties[self.TEMPLATE_URL_KEY] = properties.get(self.LOCATION_KEY)

    def on_after_transform_template(self, template: Any) -> None:
        """Wait for nobody."""


def run(body: dict[str, Any], parameters: Mapping[str, Any], region: str, policies: Policies) -> dict[str, Any]:
    """The body of the translated template; `body` is changed on the way.

    Raises RefusedError for a template that SAM refuses, and whatever the translator raises where it breaks down.
    """
    translator = Translator(None, Parser(), plugins=[_NoRepository()], boto_session=_Region(region))
    try:
        made: dict[str, Any] = translator.translate(
            body, dict(parameters), passthrough_metadata=True, get_managed_policy_map=policies
        )
    except ExceptionWithMessage as error:
        raise _refused(error) from None
    return made


def _refused(error: Any) -> RefusedError:
    causes = list(getattr(error, "causes", ())) or [error]
    first = causes[0]
    logical_id = getattr(first, "_logical_id", None)
    more = f" (and {len(causes) - 1} more)" if len(causes) > 1 else ""
    name = logical_id if isinstance(logical_id, str) else None
    text = " ".join(first.message.split()).removeprefix(f"Resource with id [{name}] is invalid. ")
    return RefusedError(f"{text}{more}", name)
