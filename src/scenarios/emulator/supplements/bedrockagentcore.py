"""Amazon Bedrock AgentCore: custom browsers and code interpreters, which moto has not."""

from __future__ import annotations

from scenarios.emulator.supplements.missing import Kind

_SERVICE = "bedrock-agentcore-control"
_ARN = "arn:{partition}:bedrock-agentcore:{region}:{account}"


def _tool(name: str, word: str, path: str) -> Kind:
    return Kind(
        _SERVICE,
        name,
        identity=f"{word}Id",
        arn=f"{_ARN}:{path}/{{{word}Id}}",
        arn_member=f"{word}Arn",
        filters={"type": "type"},
        fresh={"status": "READY", "type": "CUSTOM"},
    )


KINDS = (
    _tool("Browser", "browser", "browser-custom"),
    _tool("CodeInterpreter", "codeInterpreter", "code-interpreter-custom"),
)
