from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import for_lack_of, holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::Config::ConfigurationRecorder", "AWS::Config::DeliveryChannel"),
    remediation="Set AllSupported and IncludeGlobalResourceTypes, let the recorder start, and add a delivery channel.",
    controls=("SecurityHub/Config.1", "Prowler/config_recorder_all_regions_enabled"),
)
def config_recorder(account: Account, scope: Scope) -> Iterator[Judgement]:
    """AWS Config records every type of resource, and delivers it.

    What is not recorded, no rule of AWS Config and no control of Security Hub judges. Judged where the template has a
    recorder. Global types (IAM) have to be recorded in one Region only.

    Source: "Recording AWS resources with AWS Config",
    https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
    """
    for recorder in account.config_recorders:
        at = prop(recorder, "RecordingGroup")
        whole = recorder.all_supported or recorder.strategy == "ALL_SUPPORTED_RESOURCE_TYPES"
        if not whole:
            yield violated(at, f"recorder {recorder.name} leaves types of resources out")
        elif not recorder.recording:
            yield violated(prop(recorder, "StartedOnCreate"), f"recorder {recorder.name} does not record")
        elif not account.config_channels:
            lacking = violated(recorder.origin, f"recorder {recorder.name} has no delivery channel")
            yield for_lack_of(lacking, "AWS::Config::DeliveryChannel")
        else:
            about = (prop(recorder, "StartedOnCreate"), *(channel.origin for channel in account.config_channels))
            yield holds(at, f"recorder {recorder.name} records every type, and delivers", *about)
