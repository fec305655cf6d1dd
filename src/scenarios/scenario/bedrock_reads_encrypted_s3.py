"""Can the Bedrock service role read the encrypted bucket, and nobody else?"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.account.bedrock import Agent, Flow, KnowledgeBase
from scenarios.rules.agent_action_denied import agent_action_denied
from scenarios.rules.agent_function_unscoped import agent_function_unscoped
from scenarios.rules.bucket_customer_key import bucket_customer_key
from scenarios.rules.bucket_public_access_block import bucket_public_access_block
from scenarios.rules.bucket_readable_by_others import bucket_readable_by_others
from scenarios.rules.bucket_tls_only import bucket_tls_only
from scenarios.rules.collection_access_denied import collection_access_denied
from scenarios.rules.collection_public import collection_public
from scenarios.rules.data_read_overbroad import data_read_overbroad
from scenarios.rules.data_read_unconfined import data_read_unconfined
from scenarios.rules.data_source_key import data_source_key
from scenarios.rules.decrypt_unconfined import decrypt_unconfined
from scenarios.rules.embedding_model_denied import embedding_model_denied
from scenarios.rules.inference_profile_incomplete import inference_profile_incomplete
from scenarios.rules.key_policy_grants_nobody import key_policy_grants_nobody
from scenarios.rules.key_rotation import key_rotation
from scenarios.rules.key_usable_by_others import key_usable_by_others
from scenarios.rules.kms_condition_mismatch import kms_condition_mismatch
from scenarios.rules.kms_decrypt_missing import kms_decrypt_missing
from scenarios.rules.pass_role_unscoped import pass_role_unscoped
from scenarios.rules.s3_read_denied import s3_read_denied
from scenarios.rules.scope import Scope
from scenarios.rules.service_role_assumable_by_others import service_role_assumable_by_others
from scenarios.rules.service_role_confused_deputy import service_role_confused_deputy
from scenarios.rules.service_role_source_arn_kind import service_role_source_arn_kind
from scenarios.rules.service_role_unconditioned_trust import service_role_unconditioned_trust
from scenarios.rules.service_role_untrusted import service_role_untrusted
from scenarios.rules.vpce_lockout import vpce_lockout
from scenarios.scenario.scenario import Scenario
from scenarios.scenario.subjects import buckets_and_keys, data_paths, service_roles, unseen_roles


def discover(account: Account) -> Scope:
    """The roles that Bedrock may assume, the buckets that their data sources or policies name, and the keys of those.

    A role that neither names a bucket nor works for a knowledge base, an agent or a flow is none of the subjects.
    """
    users: tuple[KnowledgeBase | Agent | Flow, ...] = (*account.knowledge_bases, *account.agents, *account.flows)
    roles = tuple(service_roles(account, "bedrock.amazonaws.com", (user.role for user in users)))
    paths = tuple(data_paths(account, roles))
    reading = {path.role.arn for path in paths}
    subjects = tuple(role for role in roles if role.used or role.role.arn in reading)
    buckets, keys = buckets_and_keys(account, paths)
    unseen = unseen_roles(account, ((user, user.name, user.role) for user in users))
    return Scope(service_roles=subjects, data_paths=paths, buckets=buckets, keys=keys, unseen_roles=unseen)


SCENARIO = Scenario(
    name="bedrock-reads-encrypted-s3",
    question="Can the Bedrock service role read the KMS-encrypted bucket, and nobody else?",
    discover=discover,
    rules=(
        s3_read_denied,
        kms_decrypt_missing,
        kms_condition_mismatch,
        key_policy_grants_nobody,
        vpce_lockout,
        service_role_untrusted,
        service_role_assumable_by_others,
        service_role_confused_deputy,
        service_role_source_arn_kind,
        service_role_unconditioned_trust,
        bucket_readable_by_others,
        key_usable_by_others,
        bucket_customer_key,
        bucket_public_access_block,
        bucket_tls_only,
        data_read_overbroad,
        data_read_unconfined,
        decrypt_unconfined,
        pass_role_unscoped,
        embedding_model_denied,
        inference_profile_incomplete,
        agent_action_denied,
        agent_function_unscoped,
        collection_access_denied,
        collection_public,
        data_source_key,
        key_rotation,
    ),
    subject_types=(
        "AWS::IAM::Role",
        "AWS::IAM::Policy",
        "AWS::IAM::RolePolicy",
        "AWS::IAM::ManagedPolicy",
        "AWS::Bedrock::KnowledgeBase",
        "AWS::Bedrock::DataSource",
        "AWS::Bedrock::Agent",
        "AWS::Bedrock::Flow",
    ),
)
