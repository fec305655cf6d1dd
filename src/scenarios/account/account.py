"""All facts of one account in one region."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from pydantic import PrivateAttr

from scenarios.account import (
    agentcore,
    bedrock,
    detection,
    ebs,
    ecr,
    iam,
    kms,
    messaging,
    network,
    opensearch,
    s3,
    sagemaker,
    secretsmanager,
    trail,
    workload,
)
from scenarios.account.base import Fact, Policy, Unread

T = TypeVar("T")


class Account(Fact):
    """What `observation` read through a boto3 session, and what it could not read.

    `invented` are the ids of things that only stand in for something outside (a VPC that a parameter would name), each
    with what it stands for: nothing may be concluded from them. `loose_policies` are customer managed policies that no
    principal has.
    """

    account_id: str
    region: str
    partition: str = "aws"

    roles: tuple[iam.Role, ...] = ()
    users: tuple[iam.User, ...] = ()
    groups: tuple[iam.Group, ...] = ()
    loose_policies: tuple[Policy, ...] = ()
    instance_profiles: tuple[iam.InstanceProfile, ...] = ()
    service_credentials: tuple[iam.ServiceCredential, ...] = ()
    outside_users: tuple[iam.OutsideUser, ...] = ()

    buckets: tuple[s3.Bucket, ...] = ()
    access_points: tuple[s3.AccessPoint, ...] = ()
    keys: tuple[kms.Key, ...] = ()

    vpcs: tuple[network.Vpc, ...] = ()
    dhcp_options: tuple[network.DhcpOptions, ...] = ()
    subnets: tuple[network.Subnet, ...] = ()
    route_tables: tuple[network.RouteTable, ...] = ()
    security_groups: tuple[network.SecurityGroup, ...] = ()
    network_acls: tuple[network.NetworkAcl, ...] = ()
    internet_gateways: tuple[network.InternetGateway, ...] = ()
    nat_gateways: tuple[network.NatGateway, ...] = ()
    peerings: tuple[network.Peering, ...] = ()
    transit_gateway_attachments: tuple[network.TransitGatewayAttachment, ...] = ()
    transit_gateway_route_tables: tuple[network.TransitGatewayRouteTable, ...] = ()
    public_access_block: network.PublicAccessBlock | None = None
    prefix_lists: tuple[network.PrefixList, ...] = ()
    endpoints: tuple[network.Endpoint, ...] = ()
    flow_logs: tuple[network.FlowLog, ...] = ()
    network_interfaces: tuple[network.NetworkInterface, ...] = ()
    residents: tuple[network.Resident, ...] = ()

    functions: tuple[workload.LambdaFunction, ...] = ()
    instances: tuple[workload.Instance, ...] = ()
    task_definitions: tuple[workload.TaskDefinition, ...] = ()
    ecs_services: tuple[workload.EcsService, ...] = ()
    ecs_tasks: tuple[workload.EcsTask, ...] = ()
    volumes: tuple[ebs.Volume, ...] = ()
    launch_templates: tuple[workload.LaunchTemplate, ...] = ()
    scaling_groups: tuple[workload.ScalingGroup, ...] = ()

    notebooks: tuple[sagemaker.Notebook, ...] = ()
    models: tuple[sagemaker.Model, ...] = ()
    endpoint_configs: tuple[sagemaker.EndpointConfig, ...] = ()
    inference_endpoints: tuple[sagemaker.InferenceEndpoint, ...] = ()
    domains: tuple[sagemaker.Domain, ...] = ()
    user_profiles: tuple[sagemaker.UserProfile, ...] = ()
    spaces: tuple[sagemaker.Space, ...] = ()
    clusters: tuple[sagemaker.Cluster, ...] = ()
    job_definitions: tuple[sagemaker.JobDefinition, ...] = ()
    bedrock_jobs: tuple[bedrock.Job, ...] = ()
    agent_runtimes: tuple[bedrock.AgentRuntime, ...] = ()
    agent_gateways: tuple[agentcore.Gateway, ...] = ()
    agent_memories: tuple[agentcore.Memory, ...] = ()
    agent_tools: tuple[agentcore.Tool, ...] = ()
    feature_groups: tuple[sagemaker.FeatureGroup, ...] = ()
    inference_experiments: tuple[sagemaker.InferenceExperiment, ...] = ()

    knowledge_bases: tuple[bedrock.KnowledgeBase, ...] = ()
    data_sources: tuple[bedrock.DataSource, ...] = ()
    agents: tuple[bedrock.Agent, ...] = ()
    agent_aliases: tuple[bedrock.AgentAlias, ...] = ()
    guardrails: tuple[bedrock.Guardrail, ...] = ()
    enforced_guardrails: tuple[bedrock.EnforcedGuardrail, ...] = ()
    flows: tuple[bedrock.Flow, ...] = ()
    prompts: tuple[bedrock.Prompt, ...] = ()
    inference_profiles: tuple[bedrock.InferenceProfile, ...] = ()
    invocation_logging: bedrock.InvocationLogging | None = None

    collections: tuple[opensearch.Collection, ...] = ()
    collection_security_policies: tuple[opensearch.SecurityPolicy, ...] = ()
    collection_access_policies: tuple[opensearch.AccessPolicy, ...] = ()
    collection_endpoints: tuple[opensearch.CollectionEndpoint, ...] = ()
    search_domains: tuple[opensearch.SearchDomain, ...] = ()

    macie: detection.MacieSession | None = None
    config_recorders: tuple[detection.ConfigRecorder, ...] = ()
    config_channels: tuple[detection.ConfigChannel, ...] = ()
    detectors: tuple[detection.Detector, ...] = ()

    trails: tuple[trail.Trail, ...] = ()
    event_data_stores: tuple[trail.EventDataStore, ...] = ()
    log_groups: tuple[trail.LogGroup, ...] = ()
    log_resource_policies: tuple[trail.LogResourcePolicy, ...] = ()
    metric_filters: tuple[trail.MetricFilter, ...] = ()

    topics: tuple[messaging.Topic, ...] = ()
    queues: tuple[messaging.Queue, ...] = ()
    secrets: tuple[secretsmanager.Secret, ...] = ()
    repositories: tuple[ecr.Repository, ...] = ()

    unread: tuple[Unread, ...] = ()
    invented: tuple[tuple[str, str], ...] = ()

    _derived: dict[Any, Any] = PrivateAttr(default_factory=dict)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Account:
        """A copy with other facts, and without what was worked out of these."""
        if deep:
            raise ValueError("facts never change: a deep copy is of no use")
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**kept, **(update or {})})

    def derived(self, make: Callable[[Account], T]) -> T:
        """What `make` makes of the account, made once: an index, or an answer that many ask for."""
        if make not in self._derived:
            self._derived[make] = make(self)
        found: T = self._derived[make]
        return found

    def workloads(self) -> Iterator[workload.Workload]:
        """Everything that runs code in or beside the account's networks."""
        yield from self.functions
        yield from self.instances
        yield from self.ecs_services
        yield from self.ecs_tasks
        yield from self.launch_templates
        yield from self.scaling_groups
        yield from self.notebooks
        yield from self.models
        yield from self.endpoint_configs
        yield from self.domains
        yield from self.user_profiles
        yield from self.spaces
        yield from self.clusters
        yield from self.job_definitions
        yield from self.bedrock_jobs
        yield from self.agent_runtimes

    @cached_property
    def _roles(self) -> dict[str, iam.Role]:
        return {key: role for role in self.roles for key in (role.arn, role.name)}

    def role(self, arn_or_name: str | None) -> iam.Role | None:
        """The role with this ARN or name, if it is one of this account's."""
        return self._roles.get(arn_or_name or "")

    @cached_property
    def _buckets(self) -> dict[str, s3.Bucket]:
        return {key: bucket for bucket in self.buckets for key in (bucket.arn, bucket.name)}

    def bucket(self, arn_or_name: str | None) -> s3.Bucket | None:
        """The bucket with this ARN or name."""
        return self._buckets.get(arn_or_name or "")

    def access_point(self, arn: str) -> s3.AccessPoint | None:
        """The access point that this ARN names, or an object behind it."""
        named = arn.partition("/object/")[0]
        return next((point for point in self.access_points if point.arn == named), None)

    @cached_property
    def _keys(self) -> dict[str, kms.Key]:
        index: dict[str, kms.Key] = {}
        for key in self.keys:
            index |= {key.arn: key, key.key_id: key}
            for alias in key.aliases:
                index |= {alias: key, key.arn.rpartition(":")[0] + ":" + alias: key}
        return index

    def key(self, identifier: str | None) -> kms.Key | None:
        """The key with this id, ARN, alias name or alias ARN."""
        return self._keys.get(identifier or "")

    def unreadable(self, what: str, name: str | None = None) -> Unread | None:
        """The mark that `what` (or `what` of `name`) could not be read, if there is one."""
        return next((u for u in self.unread if u.what == what and u.name in (None, name)), None)
