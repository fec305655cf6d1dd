"""Does every resource meet what the catalogues of controls ask of it?"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.rules.baseline.access_point_public_access_block import access_point_public_access_block
from scenarios.rules.baseline.acl_admin_ports_open import acl_admin_ports_open
from scenarios.rules.baseline.admin_policy import admin_policy
from scenarios.rules.baseline.aws_managed_policy import aws_managed_policy
from scenarios.rules.baseline.bucket_access_logged import bucket_access_logged
from scenarios.rules.baseline.bucket_acls_disabled import bucket_acls_disabled
from scenarios.rules.baseline.bucket_default_key import bucket_default_key
from scenarios.rules.baseline.bucket_events_unrecorded import bucket_events_unrecorded
from scenarios.rules.baseline.bucket_lifecycle import bucket_lifecycle
from scenarios.rules.baseline.bucket_versioning import bucket_versioning
from scenarios.rules.baseline.credential_exposure import credential_exposure
from scenarios.rules.baseline.data_exfiltration import data_exfiltration
from scenarios.rules.baseline.decrypt_on_every_key import decrypt_on_every_key
from scenarios.rules.baseline.default_group_used import default_group_used
from scenarios.rules.baseline.endpoint_trust_boundary import endpoint_trust_boundary
from scenarios.rules.baseline.flow_log_missing import flow_log_missing
from scenarios.rules.baseline.imds_v1_allowed import imds_v1_allowed
from scenarios.rules.baseline.instance_public_address import instance_public_address
from scenarios.rules.baseline.pass_any_role import pass_any_role
from scenarios.rules.baseline.permissions_management import permissions_management
from scenarios.rules.baseline.privilege_escalation import privilege_escalation
from scenarios.rules.baseline.risky_port_open import risky_port_open
from scenarios.rules.baseline.risky_port_reachable import risky_port_reachable
from scenarios.rules.baseline.role_confused_deputy import role_confused_deputy
from scenarios.rules.baseline.role_trust_open import role_trust_open
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
from scenarios.rules.key_rotation import key_rotation
from scenarios.rules.key_usable_by_others import key_usable_by_others
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
    ),
    subject_types=(),
    reads=("loose-policies", "volumes"),
)
