"""From a SAM template to the CloudFormation template that it stands for, with the places of what the user wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from scenarios.errors import InputError
from scenarios.template.serverless.places import SOURCE, Places
from scenarios.template.serverless.unpackaged import stand_in_for_code
from scenarios.template.template import Template, Unsupported
from scenarios.template.transforms import SERVERLESS, declared

APPLICATION = "AWS::Serverless::Application"

Policies = Callable[[], Mapping[str, str]]


class UntranslatedError(InputError):
    """SAM refuses the template as it is."""


def uses_serverless(template: Template) -> bool:
    """Whether the template names the transform."""
    return SERVERLESS in declared(template.body)


def translate(template: Template, parameters: Mapping[str, Any], region: str, policies: Policies) -> Template:
    """The translated template. `parameters` are values that are known; of the others defaults do not count either.

    Raises UntranslatedError with the place of the resource that SAM refuses. Where the translator itself breaks down,
    or another transform has its say as well, the template comes back as it is, with the transform unsupported.
    """
    from scenarios.template.serverless.translator import RefusedError, run

    body, apart = _prepared(template, parameters)
    try:
        made = run(body, parameters, region, policies)
    except RefusedError as error:
        if template.unsupported:
            return _as_it_is(template)
        path = ("Resources", error.logical_id) if error.logical_id else ("Transform",)
        position = template.position(path)
        about = f"{error.logical_id}: " if error.logical_id else ""
        raise UntranslatedError(
            f"{about}{SERVERLESS} refuses it: {error}", file=template.file, line=position.line, column=position.column
        ) from None
    except Exception:  # the translator raises anything on odd input
        return _as_it_is(template)
    return _finished(template, made, apart)


def _prepared(template: Template, parameters: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A copy for the translator, and the resources that it does not get: applications out of the repository."""
    body = deepcopy(template.body)
    apart = {name: resource for name, resource in body["Resources"].items() if _is_from_repository(resource)}
    for name in apart:
        del body["Resources"][name]
    for name, resource in body["Resources"].items():
        if isinstance(resource, dict) and str(resource.get("Type")).startswith("AWS::Serverless::"):
            metadata = resource.get("Metadata")
            resource["Metadata"] = {**(metadata if isinstance(metadata, dict) else {}), SOURCE: name}
    for name, declaration in (body.get("Parameters") or {}).items():
        if name not in parameters and isinstance(declaration, dict):
            declaration.pop("Default", None)
    stand_in_for_code(body)
    return body, apart


def _is_from_repository(resource: Any) -> bool:
    properties = resource.get("Properties") if isinstance(resource, dict) else None
    return (
        isinstance(properties, dict)
        and resource.get("Type") == APPLICATION
        and isinstance(properties.get("Location"), dict)
        and "ApplicationId" in properties["Location"]
    )


def _finished(template: Template, made: dict[str, Any], apart: dict[str, Any]) -> Template:
    places = Places(template)
    resources = {**_plain(made.get("Resources", {})), **apart}
    positions = places.of(resources)
    for resource in resources.values():
        if isinstance(metadata := resource.get("Metadata"), dict) and metadata.pop(SOURCE, None) and not metadata:
            del resource["Metadata"]
    body = {**_plain(made), "Resources": resources}
    if "Parameters" in template.body:
        body["Parameters"] = template.body["Parameters"]
    body["Transform"] = [name for name in declared(template.body) if name != SERVERLESS]
    left = [name for name, resource in resources.items() if _is_left(resource)]
    marks = tuple(Unsupported(SERVERLESS, template.position(("Resources", name))) for name in left[:1])
    return replace(template, body=body, positions=positions, unsupported=(*marks, *template.unsupported))


def _is_left(resource: Any) -> bool:
    """Whether a resource is of a type that the translator does not know."""
    kind = str(resource.get("Type"))
    return kind.startswith("AWS::Serverless::") and kind != APPLICATION


def _plain(value: Any) -> Any:
    """The value without the translator's own kinds of mappings and lists."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _as_it_is(template: Template) -> Template:
    mark = Unsupported(SERVERLESS, template.position(("Transform",)))
    return replace(template, unsupported=(mark, *template.unsupported))
