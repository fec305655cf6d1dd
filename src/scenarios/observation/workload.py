"""Functions, instances, services: what runs code."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from scenarios.account import Policy, workload
from scenarios.finding import Origin, PropertyPath
from scenarios.observation.interfaces import attached, placement
from scenarios.observation.reader import Reader, tags


def read_lambda(reader: Reader) -> dict[str, Any]:
    """All functions."""
    listed = reader.pages("lambda.functions", "lambda", "list_functions", "Functions")
    return {"functions": reader.each("lambda.functions", listed, partial(_function, reader))}


def _function(reader: Reader, item: dict[str, Any]) -> workload.LambdaFunction:
    name, arn = item["FunctionName"], item["FunctionArn"]
    vpc = item.get("VpcConfig") or {}
    policy = reader.call(
        "lambda.function.policy", "lambda", "get_policy", name, ("ResourceNotFoundException",), FunctionName=name
    ).get("Policy")
    url = reader.call(
        "lambda.function.url",
        "lambda",
        "get_function_url_config",
        name,
        ("ResourceNotFoundException",),
        FunctionName=name,
    )
    return workload.LambdaFunction(
        name=name,
        arn=arn,
        role=item.get("Role"),
        placement=placement(vpc.get("SubnetIds"), vpc.get("SecurityGroupIds")),
        runtime=item.get("Runtime"),
        environment=tags((item.get("Environment") or {}).get("Variables") or {}),
        kms_key=item.get("KMSKeyArn"),
        policy=_policy(reader, arn, json.loads(policy)) if policy else None,
        url_auth=url.get("AuthType"),
        ipv6=bool(vpc.get("Ipv6AllowedForDualStack")),
        origin=reader.origin(arn),
    )


def _policy(reader: Reader, arn: str, document: dict[str, Any]) -> Policy:
    """A function's policy, whose statements are each a permission of its own."""
    whole = reader.policy("function policy", document, arn, "policy")
    statements = document.get("Statement", [])
    places = tuple(reader.origins.exact(arn, "policy", str(each.get("Sid"))) for each in statements)
    doubts = tuple(
        (("Statement", index), reason)
        for index, place in enumerate(places)
        if place is not None
        for _, reason in reader.origins.uncertain_within(place)
    )
    return whole.model_copy(update={"places": places, "uncertain": (*whole.uncertain, *doubts)})


def roles_of_profiles(reader: Reader) -> dict[str, str | None]:
    """The role of each instance profile, by the profile's ARN and by its name."""
    listed = reader.pages("iam.instance_profiles", "iam", "list_instance_profiles", "InstanceProfiles")
    roles = {(item["Arn"], item["InstanceProfileName"]): item.get("Roles") or [{}] for item in listed}
    return {key: found[0].get("Arn") for keys, found in roles.items() for key in keys}


_TOLD = (
    "AssociatePublicIpAddress",
    "IamInstanceProfile",
    "MetadataOptions",
    "NetworkInterfaces",
    "SecurityGroupIds",
    "SecurityGroups",
)

Unsure = tuple[tuple[PropertyPath, str], ...]


def unsure_start(reader: Reader, origin: Origin | None) -> Unsure:
    """What of a launch template or configuration that tells place and role hangs on something unknown."""
    found = []
    for path, reason in reader.uncertain(origin):
        told = [step for step in path if step not in ("Properties", "LaunchTemplateData")]
        if not told or told[0] in _TOLD:
            found.append((("Properties", *(told or ("LaunchTemplate",))), reason))
    return tuple(found)


def read_instances(reader: Reader) -> dict[str, Any]:
    """All instances but terminated ones."""
    profiles = roles_of_profiles(reader)
    reservations = reader.pages("ec2.instances", "ec2", "describe_instances", "Reservations")
    instances = (instance for reservation in reservations for instance in reservation.get("Instances", []))
    return {"instances": reader.each("ec2.instances", instances, partial(_instance, reader, profiles))}


def _instance(reader: Reader, profiles: dict[str, str | None], item: dict[str, Any]) -> workload.Instance | None:
    if item.get("State", {}).get("Name") == "terminated":
        return None
    identifier = item["InstanceId"]
    interfaces = attached(reader, identifier, item)
    primary = interfaces[0]
    named = dict(tags(item.get("Tags")))
    template = reader.origin(named.get("aws:ec2launchtemplate:id", ""))
    return workload.Instance(
        name=identifier,
        arn=f"arn:{reader.partition}:ec2:{reader.region}:{reader.account_id}:instance/{identifier}",
        instance_id=identifier,
        role=profiles.get((item.get("IamInstanceProfile") or {}).get("Arn", "")),
        placement=primary.placement,
        public_ip=bool(primary.public_ip),
        ipv6=bool(primary.ipv6),
        interfaces=interfaces,
        imds_v2_required=bool(requires_v2(item)),
        uncertain=unsure_start(reader, template),
        tags=tags(item.get("Tags")),
        origin=reader.origin(identifier),
    )


def requires_v2(data: dict[str, Any]) -> bool | None:
    """Whether no metadata service answers but version 2; nothing where the image or the account decides.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
    """
    options = data.get("MetadataOptions") or {}
    if options.get("HttpEndpoint") == "disabled":
        return True
    tokens = options.get("HttpTokens")
    return None if tokens is None else tokens == "required"


def read_ecs(reader: Reader) -> dict[str, Any]:
    """Task definitions and services."""
    arns = reader.pages("ecs.task_definitions", "ecs", "list_task_definitions", "taskDefinitionArns")
    definitions = reader.each("ecs.task_definitions", arns, partial(task_definition, reader))
    by_arn = {definition.arn: definition for definition in definitions}
    services: list[Any] = []
    for cluster in reader.pages("ecs.clusters", "ecs", "list_clusters", "clusterArns"):
        for arn in reader.pages("ecs.services", "ecs", "list_services", "serviceArns", cluster=cluster):
            answer = reader.call("ecs.services", "ecs", "describe_services", arn, cluster=cluster, services=[arn])
            services += answer.get("services", [])
    made = reader.each("ecs.services", services, partial(_service, reader, by_arn))
    return {"task_definitions": definitions, "ecs_services": made}


def task_definition(reader: Reader, named: str) -> workload.TaskDefinition | None:
    """The task definition of this ARN, or of this family, with or without a revision."""
    answer = reader.call(
        "ecs.task_definition", "ecs", "describe_task_definition", named, ("ClientException",), taskDefinition=named
    )
    item = answer.get("taskDefinition")
    if not item:
        return None
    arn = item["taskDefinitionArn"]
    return workload.TaskDefinition(
        arn=arn,
        family=item.get("family", ""),
        network_mode=item.get("networkMode", "bridge"),
        task_role=item.get("taskRoleArn"),
        execution_role=item.get("executionRoleArn"),
        images=tuple(container.get("image", "") for container in item.get("containerDefinitions", [])),
        launch_types=tuple(item.get("requiresCompatibilities", [])),
        origin=reader.origin(arn),
    )


def _service(
    reader: Reader, definitions: dict[str, workload.TaskDefinition], item: dict[str, Any]
) -> workload.EcsService:
    network = (item.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
    definition = definitions.get(item.get("taskDefinition", ""))
    return workload.EcsService(
        name=item["serviceName"],
        arn=item["serviceArn"],
        role=definition.task_role if definition else None,
        placement=placement(network.get("subnets"), network.get("securityGroups")),
        cluster=item.get("clusterArn", ""),
        task_definition=item.get("taskDefinition", ""),
        public_ip=network.get("assignPublicIp") == "ENABLED",
        launch_type=item.get("launchType"),
        execution_role=definition.execution_role if definition else None,
        uncertain=unsure_task(reader, definition),
        origin=reader.origin(item["serviceArn"]),
    )


_ROLE, _PLACE = ("Properties", "TaskDefinition"), ("Properties", "NetworkConfiguration")


def unsure_task(reader: Reader, definition: workload.TaskDefinition | None) -> Unsure:
    """What of a task is not known by its definition; without network interfaces of their own, tasks stand nobody
    knows where.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
    """
    if definition is None:
        return ((_ROLE, "its task definition is not in this account"),)
    found: list[tuple[PropertyPath, str]] = []
    if definition.network_mode not in ("awsvpc", "none"):
        found.append((_PLACE, "its tasks stand where their container instances do"))
    for path, reason in reader.uncertain(definition.origin):
        told = path[1] if len(path) > 1 else None
        found += [(_ROLE, reason)] if told in ("TaskRoleArn", None) else []
        found += [(_PLACE, reason)] if told in ("NetworkMode", None) else []
    return tuple(found)
