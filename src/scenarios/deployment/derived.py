"""A provider for types that have none of their own, derived from two published descriptions.

The resource's schema names the operation that creates it (`handlers.create.permissions`); botocore knows the
operation's input. Properties are mapped by name, also into the input's one structure of the type's name
(`PutConfigRule` takes a `ConfigRule`); what has no place in the input is reported as unmapped. Where nothing can be
derived, or the emulator has no such operation, the resource is recorded.
"""

from __future__ import annotations

import re
from typing import Any

from scenarios.deployment.failure import is_breakdown, is_missing
from scenarios.deployment.provider import Created, Request
from scenarios.deployment.recorded import physical_id, record
from scenarios.deployment.schemas import create_permissions, primary_identifier, read_only
from scenarios.deployment.shapes import call, fit, other_names

_VERBS = ("Create", "Put", "Register", "Upload")
_CLIENTS = {
    "access-analyzer": ("accessanalyzer",),
    "airflow": ("mwaa",),
    "aoss": ("opensearchserverless",),
    "apigateway": ("apigateway", "apigatewayv2"),
    "bedrock": ("bedrock", "bedrock-agent"),
    "elasticfilesystem": ("efs",),
    "elasticmapreduce": ("emr",),
    "kinesisanalytics": ("kinesisanalyticsv2",),
    "ses": ("sesv2", "ses"),
    "states": ("stepfunctions",),
}
"""IAM's names of services where boto3 calls them otherwise."""

_CLIENTS_OF = {
    "ApiGateway": ("apigateway",),
    "ApiGatewayV2": ("apigatewayv2",),
    "Cognito": ("cognito-idp", "cognito-identity"),
    "ElasticLoadBalancing": ("elb",),
    "ElasticLoadBalancingV2": ("elbv2",),
    "Elasticsearch": ("es",),
    "OpenSearchService": ("opensearch",),
}
"""The client by the type's own service, where two share IAM's name."""

_REFERENCES = {
    "AWS::ApiGateway::Authorizer": "AuthorizerId",
    "AWS::ApiGateway::Deployment": "DeploymentId",
    "AWS::ApiGateway::RequestValidator": "RequestValidatorId",
    "AWS::ApiGateway::Resource": "ResourceId",
    "AWS::ApiGateway::Stage": "StageName",
    "AWS::ApiGatewayV2::Authorizer": "AuthorizerId",
    "AWS::ApiGatewayV2::Deployment": "DeploymentId",
    "AWS::ApiGatewayV2::Integration": "IntegrationId",
    "AWS::ApiGatewayV2::Route": "RouteId",
    "AWS::ApiGatewayV2::Stage": "StageName",
    "AWS::Batch::JobDefinition": "JobDefinitionArn",
    "AWS::CodeBuild::Project": "Name",
    "AWS::Cognito::UserPoolClient": "ClientId",
    "AWS::Cognito::UserPoolGroup": "GroupName",
}
"""Types that several properties identify, of which Ref returns one, and those that Ref returns another property of.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-resource.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html
"""


_LONGEST_NAMES = {
    "AWS::ElasticLoadBalancing::LoadBalancer": 32,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": 32,
    "AWS::ElasticLoadBalancingV2::TargetGroup": 32,
}
"""How long names may be where neither the API's model nor the schema says it.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
"""


def derive(request: Request) -> Created:
    """Make the resource by its derived operation, or record it where there is none that the emulator has."""
    found = _operation(request)
    if found is None:
        return record(request)
    client, operation = found
    from botocore.exceptions import ParamValidationError

    try:
        answer = _call(request, client, operation)
    except ParamValidationError:
        return record(request, f"the input of {operation} cannot be derived from its properties")
    except Exception as error:
        if is_missing(error):
            return record(request, f"the emulator has no {operation}")
        if is_breakdown(error, request.type, request.properties.peek()):
            return record(request, f"the emulator broke down on {operation}")
        raise
    return _created(request, answer)


def _call(request: Request, client: Any, operation: str) -> dict[str, Any]:
    shape = client.meta.service_model.operation_model(operation).input_shape
    inner = _inner(request, shape)
    if inner is None:
        rename = _renamed(request, shape)
        return call(client, operation, request.properties, rename=rename, **_generated_name(request, shape, rename))
    rename = _renamed(request, shape.members[inner])
    given = fit(shape.members[inner], request.properties, rename)
    given |= _generated_name(request, shape.members[inner], rename, required=False)
    taken = [key for key in request.properties if rename.get(key, key).lower() in {name.lower() for name in given}]
    return call(client, operation, request.properties, skip=taken, **{inner: given})


def _inner(request: Request, shape: Any) -> str | None:
    """The required structure of the input that is called after the type, and that the properties do not hold as one."""
    kind = request.type.split("::")[-1].lower()
    for name in shape.required_members if shape else ():
        said = any(name.lower() == key.lower() for key in request.properties)
        if name.lower() == kind and shape.members[name].type_name == "structure" and not said:
            return str(name)
    return None


def _operation(request: Request) -> tuple[Any, str] | None:
    """The client and the operation: the creating permission that is named after the type, else its service's own."""
    kind = request.type.split("::")[-1]
    permitted = [permission.partition(":")[::2] for permission in create_permissions(request.type)]
    ways = [(service.lower(), name) for service, name in permitted if _verb(name)]
    service = request.type.split("::")[1].lower()
    for found in (
        [(service, name) for service, name in ways if _noun(name).endswith(kind.lower())],
        [(service, name) for service, name in ways if kind.lower().endswith(_noun(name))],
        [(service, verb + kind) for verb in _VERBS],
    ):
        for service, name in found:
            for candidate in _CLIENTS_OF.get(request.type.split("::")[1]) or _CLIENTS.get(service, (service,)):
                client = _client(request, candidate)
                if client is not None and name in client.meta.service_model.operation_names:
                    return client, name
    return None


def _verb(name: str) -> str:
    return next((verb for verb in _VERBS if name.startswith(verb)), "")


def _noun(name: str) -> str:
    return name.removeprefix(_verb(name)).lower()


def _client(request: Request, service: str) -> Any:
    """Services of boto3 are mostly named as in IAM; none where boto3 or the emulator does not know it."""
    from botocore.exceptions import UnknownServiceError

    try:
        return request.client(service)
    except UnknownServiceError:
        return None


def _renamed(request: Request, shape: Any) -> dict[str, str]:
    """Properties that the input calls otherwise: with or without the type's name, without `String`, or with `Ids`.

    What names another resource may be its ARN in one and its identifier in the other (`FlowArn`, `flowIdentifier`).
    """
    members = {name.lower() for name in shape.members} if shape else set()
    kind = request.type.split("::")[-1].lower()
    found: dict[str, str] = {}
    for key in request.properties:
        low = key.lower()
        others = (
            *(low.removeprefix(kind), low.removesuffix("string"), low.removesuffix("s") + "ids", kind + low),
            *(low.removesuffix("s") + "list", *other_names(low)),
        )
        required = (name.lower() for name in (shape.required_members if shape else ()))
        other = next((name for name in others if name in members), None) or next(
            (name for name in required if len(name) > 4 and low.endswith(name)), None
        )
        if low not in members and other is not None:
            found[key] = other
    return found


def _generated_name(request: Request, shape: Any, rename: dict[str, str], *, required: bool = True) -> dict[str, Any]:
    """The name that CloudFormation generates where the input requires one and the template gives none.

    An identifier that is not called after the type names another resource, of which nothing can be made up.
    """
    given = {rename.get(key, key).lower() for key in request.properties}
    kind = request.type.split("::")[-1].lower()
    for name in (shape.required_members if required else shape.members) if shape else ():
        low = name.lower()
        own = low in ("name", f"{kind}name") if not required else _names_itself(low, kind)
        if low not in given and own and shape.members[name].type_name == "string":
            most = min(int(shape.members[name].metadata.get("max", _LONGEST_NAMES.get(request.type, 63))), 255)
            lower = low.endswith("identifier") or _lower_alone(shape.members[name].metadata.get("pattern"))
            return {name: request.name(max_length=most, lower=lower)}
    return {}


def _lower_alone(pattern: str | None) -> bool:
    """Whether a name's pattern takes small letters and no capitals, as an OpenSearch domain's does."""
    try:
        named = [re.fullmatch(pattern or ".*", name) for name in ("name-1", "Name-1")]
    except re.error:
        return False
    return named[0] is not None and named[1] is None


def _names_itself(low: str, kind: str) -> bool:
    return low.endswith("name") or (low.endswith("identifier") and kind.endswith(low.removesuffix("identifier")))


def _created(request: Request, answer: dict[str, Any]) -> Created:
    """Ref and attributes from the answer, wherever in it a member of that name stands; names of it are made up."""
    kind = request.type.split("::")[-1].lower()
    properties = request.properties.peek()
    said = _flat({key: value for key, value in properties.items() if key.lower() == f"{kind}input"})
    said |= {name.lower(): value for name, value in properties.items()}
    answered = _flat(answer)
    shorter = {low.removeprefix(kind): value for low, value in {**said, **answered}.items()}
    longer = {kind + low: value for low, value in {**said, **answered}.items()}
    found = {**longer, **shorter, **said, **answered}
    plausible = record(request).attributes
    attributes = {
        name: value
        for name in read_only(request.type)
        if (value := found.get(name.lower(), plausible.get(name))) is not None
    }
    known = {name: found.get(name.lower(), attributes.get(name)) for name in primary_identifier(request.type)}
    reference = _REFERENCES.get(request.type)
    said_by_ref = {**found, **{name.lower(): value for name, value in attributes.items()}}.get(str(reference).lower())
    identifier = str(said_by_ref) if reference else physical_id(request, known)
    arn = next((str(value) for name, value in attributes.items() if name.lower().endswith("arn")), None)
    return Created(identifier, attributes, identity=arn or identifier)


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Scalar members by lower-case name, outer ones before inner ones."""
    found = {key.lower(): item for key, item in value.items() if isinstance(item, str | int | float)}
    for key, item in value.items():
        if isinstance(item, list) and len(item) == 1:  # LoadBalancers, Reservations: what was made is the only item
            item = item[0]
        if isinstance(item, dict) and key != "ResponseMetadata":
            found = {**_flat(item), **found}
    return found
