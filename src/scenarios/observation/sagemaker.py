"""SageMaker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from scenarios.account import sagemaker
from scenarios.account.network import Placement
from scenarios.finding import PropertyPath
from scenarios.observation import pipelines, running
from scenarios.observation.interfaces import placement
from scenarios.observation.reader import Reader

_JOBS = ("DataQuality", "ModelBias", "ModelQuality", "ModelExplainability")


def read(reader: Reader) -> dict[str, Any]:
    """Notebooks, models, endpoints, domains and job definitions."""
    domains = _described(reader, "domains", "list_domains", "Domains", "describe_domain", "DomainId", _domain)
    places = {domain.domain_id: domain for domain in domains}
    profiles = _user_profiles(reader, places)
    models = _described(reader, "models", "list_models", "Models", "describe_model", "ModelName", _model)
    return {
        "notebooks": _described(
            reader,
            "notebooks",
            "list_notebook_instances",
            "NotebookInstances",
            "describe_notebook_instance",
            "NotebookInstanceName",
            _notebook,
        ),
        "models": models,
        "endpoint_configs": _described(
            reader,
            "endpoint_configs",
            "list_endpoint_configs",
            "EndpointConfigs",
            "describe_endpoint_config",
            "EndpointConfigName",
            _endpoint_config,
        ),
        "inference_endpoints": _described(
            reader, "endpoints", "list_endpoints", "Endpoints", "describe_endpoint", "EndpointName", _endpoint
        ),
        "domains": domains,
        "user_profiles": profiles,
        "spaces": _spaces(reader, places, profiles) if reader.wants("sagemaker-spaces") else (),
        "feature_groups": _feature_groups(reader) if reader.wants("sagemaker-feature-groups") else (),
        "inference_experiments": _experiments(reader) if reader.wants("sagemaker-experiments") else (),
        "clusters": _clusters(reader) if reader.wants("sagemaker-clusters") else (),
        "job_definitions": (
            *_jobs(reader),
            *(pipelines.read(reader, models) if reader.wants("sagemaker-pipelines") else ()),
            *(running.read(reader, models) if reader.wants("sagemaker-jobs") else ()),
        ),
    }


def _described(
    reader: Reader, name: str, listing: str, member: str, describing: str, key: str, make: Callable[..., Any]
) -> tuple[Any, ...]:
    """A list operation's items, each described."""
    what = f"sagemaker.{name}"
    items = []
    for item in reader.pages(what, "sagemaker", listing, member):
        answer = reader.call(what, "sagemaker", describing, str(item[key]), **{key: item[key]})
        if answer:
            items.append(answer)
    return reader.each(what, items, partial(make, reader))


def _notebook(reader: Reader, item: dict[str, Any]) -> sagemaker.Notebook:
    arn = item["NotebookInstanceArn"]
    groups = item.get("SecurityGroups") or item.get("SecurityGroupIds")
    imds = item.get("InstanceMetadataServiceConfiguration") or {}
    return sagemaker.Notebook(
        name=item["NotebookInstanceName"],
        arn=arn,
        role=item.get("RoleArn"),
        placement=placement([item.get("SubnetId")], groups),
        direct_internet=item.get("DirectInternetAccess", "Enabled") != "Disabled",
        root_access=item.get("RootAccess", "Enabled") != "Disabled",
        kms_key=item.get("KmsKeyId"),
        minimum_imds_version=_text(imds.get("MinimumInstanceMetadataServiceVersion")),
        lifecycle_config=item.get("NotebookInstanceLifecycleConfigName") or item.get("LifecycleConfigName"),
        platform=item.get("PlatformIdentifier"),
        instance_type=item.get("InstanceType"),
        origin=reader.origin(arn),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _vpc(item: dict[str, Any]) -> Any:
    vpc = item.get("VpcConfig") or {}
    return placement(vpc.get("Subnets"), vpc.get("SecurityGroupIds"))


def _model(reader: Reader, item: dict[str, Any]) -> sagemaker.Model:
    containers = [*([item["PrimaryContainer"]] if item.get("PrimaryContainer") else []), *item.get("Containers", [])]
    return sagemaker.Model(
        name=item["ModelName"],
        arn=item["ModelArn"],
        role=item.get("ExecutionRoleArn"),
        placement=_vpc(item),
        network_isolation=bool(item.get("EnableNetworkIsolation")),
        containers=tuple(_container(container) for container in containers),
        origin=reader.origin(item["ModelArn"]),
    )


def _container(item: dict[str, Any]) -> sagemaker.Container:
    source = (item.get("ModelDataSource") or {}).get("S3DataSource", {}).get("S3Uri")
    return sagemaker.Container(
        image=item.get("Image"),
        model_data=tuple(uri for uri in (item.get("ModelDataUrl"), source) if uri),
        image_in_vpc=(item.get("ImageConfig") or {}).get("RepositoryAccessMode") == "Vpc",
    )


def _endpoint_config(reader: Reader, item: dict[str, Any]) -> sagemaker.EndpointConfig:
    capture = item.get("DataCaptureConfig") or {}
    return sagemaker.EndpointConfig(
        name=item["EndpointConfigName"],
        arn=item["EndpointConfigArn"],
        role=item.get("ExecutionRoleArn"),
        placement=_vpc(item),
        kms_key=item.get("KmsKeyId"),
        network_isolation=bool(item.get("EnableNetworkIsolation")),
        variants=tuple(_variant(variant) for variant in item.get("ProductionVariants", [])),
        # Capture is on where it is configured and not switched off.
        captures=bool(capture) and bool(capture.get("EnableCapture", True)),
        capture_uri=capture.get("DestinationS3Uri"),
        capture_kms_key=capture.get("KmsKeyId"),
        origin=reader.origin(item["EndpointConfigArn"]),
    )


def _variant(item: dict[str, Any]) -> sagemaker.Variant:
    return sagemaker.Variant(
        name=item.get("VariantName", ""),
        model=item.get("ModelName"),
        instance_type=item.get("InstanceType"),
        instance_count=item.get("InitialInstanceCount"),
        serverless="ServerlessConfig" in item,
    )


def _endpoint(reader: Reader, item: dict[str, Any]) -> sagemaker.InferenceEndpoint:
    return sagemaker.InferenceEndpoint(
        name=item["EndpointName"],
        arn=item["EndpointArn"],
        config=item.get("EndpointConfigName"),
        origin=reader.origin(item["EndpointArn"]),
    )


def _domain(reader: Reader, item: dict[str, Any]) -> sagemaker.Domain:
    settings, spaces = item.get("DefaultUserSettings") or {}, item.get("DefaultSpaceSettings") or {}
    return sagemaker.Domain(
        name=item.get("DomainName", item["DomainId"]),
        arn=item["DomainArn"],
        role=settings.get("ExecutionRole"),
        placement=placement(item.get("SubnetIds"), settings.get("SecurityGroups")),
        domain_id=item["DomainId"],
        internet_access=item.get("AppNetworkAccessType", "PublicInternetOnly") != "VpcOnly",
        auth_mode=item.get("AuthMode"),
        kms_key=item.get("KmsKeyId") or item.get("HomeEfsFileSystemKmsKeyId"),
        space_role=spaces.get("ExecutionRole"),
        space_security_group_ids=tuple(spaces.get("SecurityGroups") or ()),
        origin=reader.origin(item["DomainArn"]),
    )


def _feature_groups(reader: Reader) -> tuple[Any, ...]:
    return _described(
        reader,
        "feature_groups",
        "list_feature_groups",
        "FeatureGroupSummaries",
        "describe_feature_group",
        "FeatureGroupName",
        _feature_group,
    )


def _feature_group(reader: Reader, item: dict[str, Any]) -> sagemaker.FeatureGroup:
    online, offline = item.get("OnlineStoreConfig") or {}, item.get("OfflineStoreConfig") or {}
    return sagemaker.FeatureGroup(
        name=item["FeatureGroupName"],
        arn=item["FeatureGroupArn"],
        online=bool(online.get("EnableOnlineStore", bool(online))),
        online_storage=online.get("StorageType", "Standard"),
        online_kms_key=(online.get("SecurityConfig") or {}).get("KmsKeyId"),
        offline=bool(offline),
        offline_kms_key=(offline.get("S3StorageConfig") or {}).get("KmsKeyId"),
        origin=reader.origin(item["FeatureGroupArn"]),
    )


def _experiments(reader: Reader) -> tuple[Any, ...]:
    return _described(
        reader,
        "inference_experiments",
        "list_inference_experiments",
        "InferenceExperiments",
        "describe_inference_experiment",
        "Name",
        _experiment,
    )


def _experiment(reader: Reader, item: dict[str, Any]) -> sagemaker.InferenceExperiment:
    storage = item.get("DataStorageConfig") or {}
    return sagemaker.InferenceExperiment(
        name=item["Name"],
        arn=item["Arn"],
        volume_kms_key=item.get("KmsKey"),
        captures=bool(storage),
        storage_kms_key=storage.get("KmsKey"),
        origin=reader.origin(item["Arn"]),
    )


def _user_profiles(reader: Reader, domains: dict[str, sagemaker.Domain]) -> tuple[Any, ...]:
    items = []
    for item in reader.pages("sagemaker.user_profiles", "sagemaker", "list_user_profiles", "UserProfiles"):
        key = {"DomainId": item["DomainId"], "UserProfileName": item["UserProfileName"]}
        operation = "describe_user_profile"
        answer = reader.call("sagemaker.user_profiles", "sagemaker", operation, key["UserProfileName"], **key)
        items += [answer] if answer else []

    def make(item: dict[str, Any]) -> sagemaker.UserProfile:
        settings = item.get("UserSettings") or {}
        domain = domains.get(item["DomainId"])
        place = domain.placement if domain else None
        if place is not None and settings.get("SecurityGroups"):
            place = placement(place.subnet_ids, (*place.security_group_ids, *settings["SecurityGroups"]))
        return sagemaker.UserProfile(
            name=item["UserProfileName"],
            arn=item["UserProfileArn"],
            role=settings.get("ExecutionRole") or (domain.role if domain else None),
            placement=place,
            domain_id=item["DomainId"],
            uncertain=_of_domain(reader, domain, "DefaultUserSettings"),
            origin=reader.origin(item["UserProfileArn"]),
        )

    return reader.each("sagemaker.user_profiles", items, make)


def _spaces(
    reader: Reader, domains: dict[str, sagemaker.Domain], profiles: tuple[sagemaker.UserProfile, ...]
) -> tuple[Any, ...]:
    what, items = "sagemaker.spaces", []
    for item in reader.pages(what, "sagemaker", "list_spaces", "Spaces"):
        key = {"DomainId": item["DomainId"], "SpaceName": item["SpaceName"]}
        answer = reader.call(what, "sagemaker", "describe_space", key["SpaceName"], **key)
        items += [answer] if answer else []
    owners = {(profile.domain_id, profile.name): profile for profile in profiles}

    def make(item: dict[str, Any]) -> sagemaker.Space:
        domain = domains.get(item["DomainId"])
        owner = (item.get("OwnershipSettings") or {}).get("OwnerUserProfileName")
        shared = (item.get("SpaceSharingSettings") or {}).get("SharingType") != "Private"
        own = owners.get((item["DomainId"], str(owner)))
        role, place = (own.role, own.placement) if own and not shared else _shared(domain)
        return sagemaker.Space(
            name=item["SpaceName"],
            arn=item["SpaceArn"],
            role=role,
            placement=place,
            domain_id=item["DomainId"],
            owner=owner,
            uncertain=own.uncertain if own and not shared else _of_domain(reader, domain, "DefaultSpaceSettings"),
            origin=reader.origin(item["SpaceArn"]),
        )

    return reader.each(what, items, make)


def _of_domain(reader: Reader, domain: sagemaker.Domain | None, settings: str) -> tuple[tuple[PropertyPath, str], ...]:
    """What a profile or space has of its domain that is only assumed."""
    found = reader.uncertain(domain.origin if domain else None)
    return tuple((path, reason) for path, reason in found if len(path) < 2 or path[1] in ("SubnetIds", settings))


def _shared(domain: sagemaker.Domain | None) -> tuple[str | None, Placement | None]:
    """Role and place of a domain's shared spaces."""
    if domain is None or domain.placement is None:
        return (domain.space_role if domain else None), None
    groups = domain.space_security_group_ids or domain.placement.security_group_ids
    return domain.space_role, placement(domain.placement.subnet_ids, groups)


def _clusters(reader: Reader) -> tuple[Any, ...]:
    """The instance groups of all HyperPod clusters."""
    what, groups = "sagemaker.clusters", []
    for item in reader.pages(what, "sagemaker", "list_clusters", "ClusterSummaries"):
        answer = reader.call(what, "sagemaker", "describe_cluster", item["ClusterName"], ClusterName=item["ClusterArn"])
        groups += [(answer, group) for group in answer.get("InstanceGroups", [])]

    def make(named: tuple[dict[str, Any], dict[str, Any]]) -> sagemaker.Cluster:
        item, group = named
        vpc = group.get("OverrideVpcConfig") or item.get("VpcConfig")
        return sagemaker.Cluster(
            name=f"{item['ClusterName']}/{group['InstanceGroupName']}",
            arn=item["ClusterArn"],
            role=group.get("ExecutionRole"),
            placement=_vpc({"VpcConfig": vpc}),
            origin=reader.origin(item["ClusterArn"]),
        )

    return reader.each(what, groups, make)


def _jobs(reader: Reader) -> tuple[Any, ...]:
    found: list[Any] = []
    for kind in _JOBS:
        snake = "".join(f"_{char.lower()}" if char.isupper() else char for char in kind).lstrip("_")
        what = f"sagemaker.{snake}_job_definitions"
        listed = reader.pages(what, "sagemaker", f"list_{snake}_job_definitions", "JobDefinitionSummaries")
        for item in listed:
            name = item.get("MonitoringJobDefinitionName") or item.get("JobDefinitionName")
            operation = f"describe_{snake}_job_definition"
            answer = reader.call(what, "sagemaker", operation, name, JobDefinitionName=name)
            found += [(kind, answer)] if answer else []
    what = "sagemaker.monitoring_schedules"
    for item in reader.pages(what, "sagemaker", "list_monitoring_schedules", "MonitoringScheduleSummaries"):
        name = item["MonitoringScheduleName"]
        answer = reader.call(what, "sagemaker", "describe_monitoring_schedule", name, MonitoringScheduleName=name)
        inner = (answer.get("MonitoringScheduleConfig") or {}).get("MonitoringJobDefinition")
        if inner:
            merged = {**inner, "JobDefinitionName": name, "JobDefinitionArn": answer.get("MonitoringScheduleArn", name)}
            found.append(("MonitoringSchedule", merged))
    return reader.each("sagemaker.job_definitions", found, partial(_job, reader))


def _job(reader: Reader, named: tuple[str, dict[str, Any]]) -> sagemaker.JobDefinition:
    kind, item = named
    network = item.get("NetworkConfig") or {}
    resources = (item.get("JobResources") or item.get("MonitoringResources") or {}).get("ClusterConfig", {})
    output: dict[str, Any] = next((value for key, value in item.items() if key.endswith("OutputConfig")), {}) or {}
    uris = [out.get("S3Output", {}).get("S3Uri") for out in output.get("MonitoringOutputs", [])]
    return sagemaker.JobDefinition(
        name=item["JobDefinitionName"],
        arn=item["JobDefinitionArn"],
        role=item.get("RoleArn"),
        placement=_vpc(network),
        kind=kind,
        network_isolation=bool(network.get("EnableNetworkIsolation")),
        encrypt_inter_container=bool(network.get("EnableInterContainerTrafficEncryption")),
        volume_kms_key=resources.get("VolumeKmsKeyId"),
        output_kms_key=output.get("KmsKeyId"),
        output_uri=next((uri for uri in uris if uri), None),
        origin=reader.origin(item["JobDefinitionArn"]),
    )
