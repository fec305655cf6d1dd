"""AgentCore: browsers, code interpreters and workload identities, which moto lacks."""

from __future__ import annotations

from scenarios.emulator.supplements.missing import Kind

_SERVICE = "bedrock-agentcore-control"
_ARN = "arn:{partition}:bedrock-agentcore:{region}:{account}"

KINDS = (
    Kind(
        _SERVICE,
        "Browser",
        identity="browserId",
        arn=_ARN + ":browser-custom/{browserId}",
        arn_member="browserArn",
        filters={"type": "type"},
        fresh={"status": "READY", "type": "CUSTOM"},
    ),
    Kind(
        _SERVICE,
        "CodeInterpreter",
        identity="codeInterpreterId",
        arn=_ARN + ":code-interpreter-custom/{codeInterpreterId}",
        arn_member="codeInterpreterArn",
        filters={"type": "type"},
        fresh={"status": "READY", "type": "CUSTOM"},
    ),
    Kind(
        _SERVICE,
        "WorkloadIdentity",
        identity="name",
        arn=_ARN + ":workload-identity-directory/default/workload-identity/{name}",
        arn_member="workloadIdentityArn",
        list="ListWorkloadIdentities",
    ),
)
