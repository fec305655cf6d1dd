from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.workload import Instance, LaunchTemplate, ScalingGroup
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=(
        "AWS::EC2::Instance",
        "AWS::EC2::LaunchTemplate",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::AutoScaling::LaunchConfiguration",
    ),
    remediation="Set MetadataOptions HttpTokens to required, or HttpEndpoint to disabled.",
    controls=(
        "SecurityHub/EC2.8",
        "SecurityHub/EC2.170",
        "SecurityHub/AutoScaling.3",
        "CKV_AWS_79",
        "Prowler/ec2_instance_imdsv2_enabled",
        "Prowler/ec2_launch_template_imdsv2_required",
    ),
)
def imds_v1_allowed(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Instances give their role's credentials to holders of a session token alone.

    Version 1 of the metadata service answers any request, so that one forged request from the instance (SSRF) fetches
    the role's credentials. Where the service is off (HttpEndpoint disabled) there is none to ask. Where nothing is said
    the image or the account decides, which the template does not show.

    Source: "Configure the Instance Metadata Service options",
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
    """
    templates = {each.launch_template_id for each in account.launch_templates}
    templates |= {each.name for each in account.launch_templates}
    groups = (each for each in account.scaling_groups if each.launch_template not in templates)
    judged: tuple[_Started, ...] = (*account.instances, *account.launch_templates, *groups)
    for workload in judged:
        at = prop(workload, *_where(workload))
        if workload.imds_v2_required:
            yield holds(at, f"{workload.name} answers no IMDSv1")
        else:
            yield violated(at, f"{workload.name} does not require IMDSv2")


_Started = Instance | LaunchTemplate | ScalingGroup


def _where(workload: _Started) -> tuple[str, ...]:
    if isinstance(workload, ScalingGroup):
        return ("LaunchConfigurationName",)
    inner = ("MetadataOptions",)
    return ("LaunchTemplateData", *inner) if isinstance(workload, LaunchTemplate) else inner
