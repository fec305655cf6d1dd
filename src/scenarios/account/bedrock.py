"""Amazon Bedrock."""

from __future__ import annotations

from scenarios.account.base import Fact, Tags
from scenarios.account.workload import Workload


class KnowledgeBase(Fact):
    """A knowledge base: its role, its embedding model, and its vector store (an ARN) with the index there."""

    knowledge_base_id: str
    name: str
    arn: str
    role: str
    embedding_model: str | None = None
    storage_type: str | None = None
    storage_arn: str | None = None
    storage_index: str | None = None
    supplemental_uris: tuple[str, ...] = ()
    tags: Tags = ()


class DataSource(Fact):
    """A data source of a knowledge base; S3 ones name a bucket, `kms_key` protects the transient ingestion data."""

    data_source_id: str
    knowledge_base_id: str
    name: str
    kind: str
    bucket_arn: str | None = None
    bucket_owner: str | None = None
    prefixes: tuple[str, ...] = ()
    kms_key: str | None = None
    transformation_lambdas: tuple[str, ...] = ()
    intermediate_bucket_uri: str | None = None


class ActionGroup(Fact):
    """An agent's action group: a Lambda function (ARN) and, where it stands in S3, the API schema's object."""

    name: str
    lambda_arn: str | None = None
    schema_bucket: str | None = None
    schema_key: str | None = None


class Agent(Fact):
    """An agent; `guardrail` is the identifier (id or ARN) that it runs under."""

    agent_id: str
    name: str
    arn: str
    role: str | None = None
    foundation_model: str | None = None
    kms_key: str | None = None
    guardrail: str | None = None
    guardrail_version: str | None = None
    action_groups: tuple[ActionGroup, ...] = ()
    knowledge_bases: tuple[str, ...] = ()
    tags: Tags = ()


class AgentAlias(Fact):
    """An agent's alias."""

    agent_id: str
    alias_id: str
    name: str
    arn: str


class Guardrail(Fact):
    """A guardrail; the tuples name what its policies filter.

    `content_filters` are types with their strengths on input and output, `pii_entities` and `regexes` names with what
    is done with a match in an answer; a filter that is switched off, or only detects, has `NONE`.
    """

    guardrail_id: str
    name: str
    arn: str
    version: str | None = None
    kms_key: str | None = None
    content_filters: tuple[tuple[str, str, str], ...] = ()
    denied_topics: tuple[str, ...] = ()
    pii_entities: tuple[tuple[str, str], ...] = ()
    regexes: tuple[tuple[str, str], ...] = ()
    grounding_filters: tuple[str, ...] = ()


class EnforcedGuardrail(Fact):
    """A guardrail (id) that the account applies to every inference in this region, whatever the caller asks for.

    `included` are ids of foundation models, or `ALL`; one that is `excluded` too is excluded. With `selective` it
    looks only at what the caller has marked in its messages.
    """

    config_id: str
    guardrail: str
    version: str | None = None
    included: tuple[str, ...] = ("ALL",)
    excluded: tuple[str, ...] = ()
    selective: bool = False


class Flow(Fact):
    """A flow and its role."""

    flow_id: str
    name: str
    arn: str
    role: str | None = None
    kms_key: str | None = None


class Prompt(Fact):
    """A managed prompt."""

    prompt_id: str
    name: str
    arn: str
    kms_key: str | None = None


class InferenceProfile(Fact):
    """An application inference profile and the model ARNs that it may route to."""

    profile_id: str
    name: str
    arn: str
    models: tuple[str, ...] = ()


class InvocationLogging(Fact):
    """Model-invocation logging of the account and region."""

    bucket: str | None = None
    prefix: str | None = None
    log_group: str | None = None
    role: str | None = None
    text: bool = True
    image: bool = True
    embedding: bool = True


class Job(Workload):
    """A model customization or batch inference job (`kind`: `customization`, `invocation`), with what it reads and
    writes as S3 URLs."""

    kind: str
    input_uris: tuple[str, ...] = ()
    output_uri: str | None = None


class AgentRuntime(Workload):
    """An AgentCore runtime, which hosts an agent's container; without placement its network is AgentCore's own."""

    runtime_id: str
    image: str | None = None
    environment: Tags = ()
