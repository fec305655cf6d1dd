from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::BedrockAgentCore::BrowserCustom",),
    remediation="Set RecordingConfig.Enabled to true, with an S3Location.",
    controls=("SecurityHub/BedrockAgentCore.6",),
)
def browser_recording(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Sessions of an agent's custom browser are recorded.

    The recording shows what an agent did, and on which pages, after the fact.

    Source: "Session recording and replay" of AgentCore Browser,
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-session-recording.html
    """
    for tool in account.agent_tools:
        if tool.kind != "browser":
            continue
        at = prop(tool, "RecordingConfig")
        if tool.recording and tool.recording_bucket:
            yield holds(at, f"sessions of browser {tool.name} are recorded in {tool.recording_bucket}")
        else:
            yield violated(at, f"sessions of browser {tool.name} are not recorded")
