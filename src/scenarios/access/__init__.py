"""Who may do what: one request decided as AWS would, with its reason.

`decide` answers a bare request from a set of policies; `ask` collects policies and context from an account first; the
calls (`read_object`, `invoke_model` ...) are API calls as the list of requests that AWS authorises for them.
"""

from scenarios.access.ask import all_allowed, ask, may, principals_with_access
from scenarios.access.calls.agents import agent_actions, invoke_agent
from scenarios.access.calls.bedrock import (
    apply_guardrail,
    guardrail_arn,
    guardrail_identifiers,
    invoke_model,
    model_arn,
    retrieve,
    retrieve_and_generate,
    routed_models,
    routing_known,
)
from scenarios.access.calls.delivery import (
    FLOW_LOGS,
    deliver_flow_log,
    deliver_invocation_log,
    deliver_trail_events,
    deliver_trail_log,
)
from scenarios.access.calls.ecr import layer_bucket, pull_image
from scenarios.access.calls.jobs import create_batch_job
from scenarios.access.calls.roles import TrustStatement, assume_role, pass_role, trust_statements, trusted_services
from scenarios.access.calls.s3 import list_bucket, read_object, through_access_point, upload_part, write_object
from scenarios.access.calls.secretsmanager import read_secret
from scenarios.access.calls.whole import whole_call
from scenarios.access.chains import Chain, assumable
from scenarios.access.change import Change, smallest_change
from scenarios.access.collect import policies_for
from scenarios.access.context import complete
from scenarios.access.decide import decide
from scenarios.access.decision import Decision, FailedCondition, LayerResult, Outcome, StatementRef
from scenarios.access.policies import PolicySet
from scenarios.access.request import Request
from scenarios.access.statement import MalformedPolicy, compile_policy

__all__ = [
    "FLOW_LOGS",
    "Chain",
    "Change",
    "Decision",
    "FailedCondition",
    "LayerResult",
    "MalformedPolicy",
    "Outcome",
    "PolicySet",
    "Request",
    "StatementRef",
    "TrustStatement",
    "agent_actions",
    "all_allowed",
    "apply_guardrail",
    "ask",
    "assumable",
    "assume_role",
    "compile_policy",
    "complete",
    "create_batch_job",
    "decide",
    "deliver_flow_log",
    "deliver_invocation_log",
    "deliver_trail_events",
    "deliver_trail_log",
    "guardrail_arn",
    "guardrail_identifiers",
    "invoke_agent",
    "invoke_model",
    "layer_bucket",
    "list_bucket",
    "may",
    "model_arn",
    "pass_role",
    "policies_for",
    "principals_with_access",
    "pull_image",
    "read_object",
    "read_secret",
    "retrieve",
    "retrieve_and_generate",
    "routed_models",
    "routing_known",
    "smallest_change",
    "through_access_point",
    "trust_statements",
    "trusted_services",
    "upload_part",
    "whole_call",
    "write_object",
]
