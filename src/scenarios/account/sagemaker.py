"""SageMaker."""

from __future__ import annotations

from scenarios.account.base import Fact
from scenarios.account.workload import Workload


class Notebook(Workload):
    """A notebook instance; `direct_internet` is AWS's DirectInternetAccess setting."""

    direct_internet: bool = True
    root_access: bool = True
    kms_key: str | None = None
    minimum_imds_version: str | None = None
    lifecycle_config: str | None = None
    platform: str | None = None
    instance_type: str | None = None


class Container(Fact):
    """One container of a model; `model_data` are S3 URLs."""

    image: str | None = None
    model_data: tuple[str, ...] = ()
    image_in_vpc: bool = False


class Model(Workload):
    """A model with its containers; `network_isolation` cuts the containers off from all networks."""

    network_isolation: bool = False
    containers: tuple[Container, ...] = ()


class Variant(Fact):
    """A production variant of an endpoint configuration."""

    name: str
    model: str | None = None
    instance_type: str | None = None
    instance_count: int | None = None
    serverless: bool = False


class EndpointConfig(Workload):
    """An endpoint configuration; `capture_uri` is where request data capture writes, while `captures`."""

    kms_key: str | None = None
    network_isolation: bool = False
    variants: tuple[Variant, ...] = ()
    captures: bool = False
    capture_uri: str | None = None
    capture_kms_key: str | None = None


class InferenceEndpoint(Fact):
    """A SageMaker inference endpoint."""

    name: str
    arn: str
    config: str | None = None


class Domain(Workload):
    """A Studio domain; `internet_access` is its AppNetworkAccessType.

    Role and placement are those of its users by default, `space_role` and `space_security_group_ids` those of its
    shared spaces, in the same subnets.
    """

    domain_id: str
    internet_access: bool = True
    auth_mode: str | None = None
    kms_key: str | None = None
    space_role: str | None = None
    space_security_group_ids: tuple[str, ...] = ()


class UserProfile(Workload):
    """A user profile of a domain."""

    domain_id: str


class Space(Workload):
    """A space of a domain: a private one stands and acts as its owner's profile, a shared one as the domain says."""

    domain_id: str
    owner: str | None = None


class Cluster(Workload):
    """An instance group of a HyperPod cluster; its name comes after the cluster's (`c/workers`)."""


class FeatureGroup(Fact):
    """A feature group; `online` and `offline` tell which stores it has, `online_storage` is
    `Standard` or `InMemory`."""

    name: str
    arn: str
    online: bool = False
    online_storage: str = "Standard"
    online_kms_key: str | None = None
    offline: bool = False
    offline_kms_key: str | None = None


class InferenceExperiment(Fact):
    """An inference experiment; `captures` tells whether it stores requests and answers."""

    name: str
    arn: str
    volume_kms_key: str | None = None
    captures: bool = False
    storage_kms_key: str | None = None


class JobDefinition(Workload):
    """A monitoring job definition or schedule, a job that runs, or a pipeline's step that starts one.

    `kind` is the type of the definition (`DataQuality` ..., `MonitoringSchedule`) or what runs: `training`,
    `processing`, `hyperparametertuning`, `automl`, `transform`; of a pipeline's step its type in lower case, so also
    `tuning`, `clarifycheck`, `qualitycheck`, and `model` for a model that it creates. A pipeline decides some of it
    only when it runs: then that is among what is `uncertain`, as `VpcConfig`, `RoleArn`, `EnableNetworkIsolation`,
    `EnableInterContainerTrafficEncryption`, `VolumeKmsKeyId`, `OutputKmsKeyId` or `OutputUri`. A step's name comes
    after its pipeline's (`p/train`); its ARN is the pipeline's.
    """

    kind: str
    network_isolation: bool = False
    encrypt_inter_container: bool = False
    volume_kms_key: str | None = None
    output_kms_key: str | None = None
    output_uri: str | None = None
