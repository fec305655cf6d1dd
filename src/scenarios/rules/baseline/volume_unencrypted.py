from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.workload import LaunchTemplate, ScalingGroup
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=(
        "AWS::EC2::Volume",
        "AWS::EC2::Instance",
        "AWS::EC2::LaunchTemplate",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::AutoScaling::LaunchConfiguration",
    ),
    remediation="Set Encrypted to true on the volume, or on each Ebs of BlockDeviceMappings.",
    controls=(
        "SecurityHub/EC2.3",
        "SecurityHub/EC2.181",
        "CKV_AWS_3",
        "CKV_AWS_8",
        "cdk-nag/AwsSolutions-EC26",
        "Prowler/ec2_ebs_volume_encryption",
    ),
)
def volume_unencrypted(account: Account, scope: Scope) -> Iterator[Judgement]:
    """EBS volumes are encrypted.

    Snapshots and copies of an encrypted volume are encrypted as well. An account can have it switched on by default,
    or an image can bring it along, which the template does not show: say it there.

    Source: "Amazon EBS encryption", https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
    """
    own = {instance.instance_id: instance for instance in account.instances}
    for volume in account.volumes:
        instance = own.get(volume.instance_id or "")
        if volume.instance_id is not None and instance is None:
            continue  # its launch template or configuration says it
        inline = instance is not None and instance.origin == volume.origin
        at = prop(volume, "BlockDeviceMappings" if inline else "Encrypted")
        if volume.encrypted:
            yield holds(at, f"volume {volume.volume_id} is encrypted")
        else:
            yield violated(
                at, f"volume {volume.volume_id}{f' of {volume.instance_id}' if inline else ''} is not encrypted"
            )
    templates = {name for each in account.launch_templates for name in (each.launch_template_id, each.name)}
    groups = (each for each in account.scaling_groups if each.launch_template not in templates)
    starts: tuple[LaunchTemplate | ScalingGroup, ...] = (*account.launch_templates, *groups)
    for start in starts:
        inner = ("LaunchTemplateData", "BlockDeviceMappings") if isinstance(start, LaunchTemplate) else ()
        at = prop(start, *inner)
        if start.plain_devices:
            yield violated(at, f"{start.name} starts instances with {', '.join(start.plain_devices)} unencrypted")
        else:
            yield holds(at, f"{start.name} names no unencrypted device")
