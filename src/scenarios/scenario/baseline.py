"""Does every resource meet what the catalogues of controls ask of it?"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.rules.baseline.access_point_public_access_block import access_point_public_access_block
from scenarios.rules.baseline.acl_admin_ports_open import acl_admin_ports_open
from scenarios.rules.baseline.admin_policy import admin_policy
from scenarios.rules.baseline.agent_guardrail import agent_guardrail
from scenarios.rules.baseline.agent_role_privileged import agent_role_privileged
from scenarios.rules.baseline.agent_role_shared import agent_role_shared
from scenarios.rules.baseline.agent_runtime_outside_vpc import agent_runtime_outside_vpc
from scenarios.rules.baseline.agent_tool_outside_vpc import agent_tool_outside_vpc
from scenarios.rules.baseline.agentcore_customer_key import agentcore_customer_key
from scenarios.rules.baseline.aws_managed_policy import aws_managed_policy
from scenarios.rules.baseline.bedrock_customer_key import bedrock_customer_key
from scenarios.rules.baseline.bedrock_full_access import bedrock_full_access
from scenarios.rules.baseline.browser_recording import browser_recording
from scenarios.rules.baseline.bucket_access_logged import bucket_access_logged
from scenarios.rules.baseline.bucket_acls_disabled import bucket_acls_disabled
from scenarios.rules.baseline.bucket_default_key import bucket_default_key
from scenarios.rules.baseline.bucket_events_unrecorded import bucket_events_unrecorded
from scenarios.rules.baseline.bucket_lifecycle import bucket_lifecycle
from scenarios.rules.baseline.bucket_versioning import bucket_versioning
from scenarios.rules.baseline.collection_customer_key import collection_customer_key
from scenarios.rules.baseline.config_recorder import config_recorder
from scenarios.rules.baseline.config_recorder_role import config_recorder_role
from scenarios.rules.baseline.credential_exposure import credential_exposure
from scenarios.rules.baseline.data_capture_key import data_capture_key
from scenarios.rules.baseline.data_exfiltration import data_exfiltration
from scenarios.rules.baseline.decrypt_on_every_key import decrypt_on_every_key
from scenarios.rules.baseline.default_group_used import default_group_used
from scenarios.rules.baseline.domain_sso import domain_sso
from scenarios.rules.baseline.endpoint_instance_count import endpoint_instance_count
from scenarios.rules.baseline.endpoint_trust_boundary import endpoint_trust_boundary
from scenarios.rules.baseline.feature_store_key import feature_store_key
from scenarios.rules.baseline.flow_log_missing import flow_log_missing
from scenarios.rules.baseline.gateway_authorization import gateway_authorization
from scenarios.rules.baseline.guardduty_off import guardduty_off
from scenarios.rules.baseline.guardduty_s3 import guardduty_s3
from scenarios.rules.baseline.guardrail_content_filters import guardrail_content_filters
from scenarios.rules.baseline.guardrail_contextual_grounding import guardrail_contextual_grounding
from scenarios.rules.baseline.guardrail_prompt_attack import guardrail_prompt_attack
from scenarios.rules.baseline.guardrail_sensitive_information import guardrail_sensitive_information
from scenarios.rules.baseline.imds_v1_allowed import imds_v1_allowed
from scenarios.rules.baseline.inference_experiment_key import inference_experiment_key
from scenarios.rules.baseline.instance_public_address import instance_public_address
from scenarios.rules.baseline.invocation_log_key import invocation_log_key
from scenarios.rules.baseline.job_network_isolation import job_network_isolation
from scenarios.rules.baseline.job_storage_key import job_storage_key
from scenarios.rules.baseline.macie_discovery import macie_discovery
from scenarios.rules.baseline.macie_paused import macie_paused
from scenarios.rules.baseline.model_private_registry import model_private_registry
from scenarios.rules.baseline.notebook_platform import notebook_platform
from scenarios.rules.baseline.pass_any_role import pass_any_role
from scenarios.rules.baseline.permissions_management import permissions_management
from scenarios.rules.baseline.privilege_escalation import privilege_escalation
from scenarios.rules.baseline.risky_port_open import risky_port_open
from scenarios.rules.baseline.risky_port_reachable import risky_port_reachable
from scenarios.rules.baseline.role_confused_deputy import role_confused_deputy
from scenarios.rules.baseline.role_trust_open import role_trust_open
from scenarios.rules.baseline.sagemaker_direct_internet import sagemaker_direct_internet
from scenarios.rules.baseline.sagemaker_outside_vpc import sagemaker_outside_vpc
from scenarios.rules.baseline.search_domain_access_control import search_domain_access_control
from scenarios.rules.baseline.search_domain_encryption import search_domain_encryption
from scenarios.rules.baseline.search_domain_logs import search_domain_logs
from scenarios.rules.baseline.search_domain_node_encryption import search_domain_node_encryption
from scenarios.rules.baseline.search_domain_nodes import search_domain_nodes
from scenarios.rules.baseline.search_domain_outside_vpc import search_domain_outside_vpc
from scenarios.rules.baseline.search_domain_tls import search_domain_tls
from scenarios.rules.baseline.service_wildcard import service_wildcard
from scenarios.rules.baseline.subnet_public_addresses import subnet_public_addresses
from scenarios.rules.baseline.trail_log_group_missing import trail_log_group_missing
from scenarios.rules.baseline.trail_management_events import trail_management_events
from scenarios.rules.baseline.unauthorized_port_open import unauthorized_port_open
from scenarios.rules.baseline.unconstrained_writes import unconstrained_writes
from scenarios.rules.baseline.user_access_key import user_access_key
from scenarios.rules.baseline.user_policy import user_policy
from scenarios.rules.baseline.volume_unencrypted import volume_unencrypted
from scenarios.rules.baseline.vpc_endpoints_missing import vpc_endpoints_missing
from scenarios.rules.bucket_public_access_block import bucket_public_access_block
from scenarios.rules.bucket_readable_by_others import bucket_readable_by_others
from scenarios.rules.bucket_tls_only import bucket_tls_only
from scenarios.rules.collection_public import collection_public
from scenarios.rules.data_source_key import data_source_key
from scenarios.rules.inter_container_encryption import inter_container_encryption
from scenarios.rules.invocation_log_undelivered import invocation_log_undelivered
from scenarios.rules.key_rotation import key_rotation
from scenarios.rules.key_usable_by_others import key_usable_by_others
from scenarios.rules.model_network_isolation import model_network_isolation
from scenarios.rules.notebook_imds import notebook_imds
from scenarios.rules.notebook_root_access import notebook_root_access
from scenarios.rules.sagemaker_volume_key import sagemaker_volume_key
from scenarios.rules.scope import Scope
from scenarios.rules.trail_bucket_exposed import trail_bucket_exposed
from scenarios.rules.trail_log_group_undelivered import trail_log_group_undelivered
from scenarios.rules.trail_missing import trail_missing
from scenarios.rules.trail_not_logging import trail_not_logging
from scenarios.rules.trail_single_region import trail_single_region
from scenarios.rules.trail_unencrypted import trail_unencrypted
from scenarios.rules.trail_validation_off import trail_validation_off
from scenarios.scenario.scenario import Scenario


def discover(account: Account) -> Scope:
    """Everything in the account: a floor has no exceptions."""
    return Scope(
        buckets=account.buckets,
        keys=account.keys,
        trails=account.trails,
        workloads=tuple(account.workloads()),
        everything=True,
    )


SCENARIO = Scenario(
    name="baseline",
    question="Does every resource meet what the catalogues of controls ask of it?",
    discover=discover,
    rules=(
        # CloudTrail
        trail_bucket_exposed,
        trail_log_group_missing,
        trail_log_group_undelivered,
        trail_management_events,
        trail_missing,
        trail_not_logging,
        trail_single_region,
        trail_unencrypted,
        trail_validation_off,
        # EC2
        acl_admin_ports_open,
        default_group_used,
        endpoint_trust_boundary,
        flow_log_missing,
        imds_v1_allowed,
        instance_public_address,
        risky_port_open,
        risky_port_reachable,
        subnet_public_addresses,
        unauthorized_port_open,
        volume_unencrypted,
        vpc_endpoints_missing,
        # IAM
        admin_policy,
        aws_managed_policy,
        credential_exposure,
        data_exfiltration,
        pass_any_role,
        permissions_management,
        privilege_escalation,
        role_confused_deputy,
        role_trust_open,
        service_wildcard,
        unconstrained_writes,
        user_access_key,
        user_policy,
        # KMS
        decrypt_on_every_key,
        key_rotation,
        key_usable_by_others,
        # S3
        access_point_public_access_block,
        bucket_access_logged,
        bucket_acls_disabled,
        bucket_default_key,
        bucket_events_unrecorded,
        bucket_lifecycle,
        bucket_public_access_block,
        bucket_readable_by_others,
        bucket_tls_only,
        bucket_versioning,
        # AWS Config
        config_recorder,
        config_recorder_role,
        # Bedrock
        agent_guardrail,
        agent_role_privileged,
        agent_role_shared,
        bedrock_customer_key,
        bedrock_full_access,
        data_source_key,
        guardrail_content_filters,
        guardrail_contextual_grounding,
        guardrail_prompt_attack,
        guardrail_sensitive_information,
        invocation_log_key,
        invocation_log_undelivered,
        # Bedrock AgentCore
        agent_runtime_outside_vpc,
        agent_tool_outside_vpc,
        agentcore_customer_key,
        browser_recording,
        gateway_authorization,
        # GuardDuty
        guardduty_off,
        guardduty_s3,
        # Macie
        macie_discovery,
        macie_paused,
        # OpenSearch
        collection_customer_key,
        collection_public,
        search_domain_access_control,
        search_domain_encryption,
        search_domain_logs,
        search_domain_node_encryption,
        search_domain_nodes,
        search_domain_outside_vpc,
        search_domain_tls,
        # SageMaker
        data_capture_key,
        domain_sso,
        endpoint_instance_count,
        feature_store_key,
        inference_experiment_key,
        inter_container_encryption,
        job_network_isolation,
        job_storage_key,
        model_network_isolation,
        model_private_registry,
        notebook_imds,
        notebook_platform,
        notebook_root_access,
        sagemaker_direct_internet,
        sagemaker_outside_vpc,
        sagemaker_volume_key,
    ),
    subject_types=(),
    reads=("loose-policies", "volumes"),
)
