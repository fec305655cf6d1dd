from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    needs=("AWS::Config::ConfigurationRecorder",),
    remediation="Set RoleARN to the service-linked role AWSServiceRoleForConfig.",
    controls=("SecurityHub/Config.1", "Prowler/config_recorder_using_aws_service_role"),
)
def config_recorder_role(account: Account, scope: Scope) -> Iterator[Judgement]:
    """AWS Config records with its service-linked role.

    AWS keeps that role's permissions in step with the types that it records; a role of one's own falls behind, and
    what it may not read is not recorded.

    Source: "Using service-linked roles for AWS Config",
    https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html
    """
    for recorder in account.config_recorders:
        at = prop(recorder, "RoleARN")
        if ":role/aws-service-role/config.amazonaws.com/" in (recorder.role or ""):
            yield holds(at, f"recorder {recorder.name} uses the service-linked role")
        else:
            yield violated(at, f"recorder {recorder.name} uses role {recorder.role}, not the service-linked one")
