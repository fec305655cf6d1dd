"""Who may do what: one request decided as AWS would, with its reason.

`decide` answers a bare request from a set of policies; `ask` collects policies and context from an account first; the
calls (`read_object`, `invoke_model` ...) are API calls as the list of requests that AWS authorises for them.
"""

from scenarios.access.ask import all_allowed, ask, may, principals_with_access
from scenarios.access.calls_bedrock import (
    apply_guardrail,
    guardrail_identifiers,
    invoke_model,
    model_arn,
    retrieve,
    routed_models,
)
from scenarios.access.calls_delivery import deliver_invocation_log, deliver_trail_log
from scenarios.access.calls_roles import TrustStatement, assume_role, pass_role, trust_statements, trusted_services
from scenarios.access.calls_s3 import list_bucket, read_object, write_object
from scenarios.access.collect import policies_for
from scenarios.access.context import complete
from scenarios.access.decide import decide
from scenarios.access.decision import Decision, LayerResult, Outcome, StatementRef
from scenarios.access.policies import PolicySet
from scenarios.access.request import Request
from scenarios.access.statement import MalformedPolicy, compile_policy

__all__ = [
    "Decision",
    "LayerResult",
    "MalformedPolicy",
    "Outcome",
    "PolicySet",
    "Request",
    "StatementRef",
    "TrustStatement",
    "all_allowed",
    "apply_guardrail",
    "ask",
    "assume_role",
    "compile_policy",
    "complete",
    "decide",
    "deliver_invocation_log",
    "deliver_trail_log",
    "guardrail_identifiers",
    "invoke_model",
    "list_bucket",
    "may",
    "model_arn",
    "pass_role",
    "policies_for",
    "principals_with_access",
    "read_object",
    "retrieve",
    "routed_models",
    "trust_statements",
    "trusted_services",
    "write_object",
]
