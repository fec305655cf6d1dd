"""What EC2 instances are started from: launch templates and scaling groups.

https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from scenarios.account import workload
from scenarios.observation.interfaces import placement
from scenarios.observation.reader import Reader, tags
from scenarios.observation.workload import Unsure, requires_v2, roles_of_profiles, unsure_start

_TEMPLATES = "ec2.launch_templates"
_GROUPS = "ec2.scaling_groups"


@dataclass(frozen=True)
class _Card:
    """One network interface that instances get; without a subnet it is left open where it stands."""

    device: int = 0
    subnet: str | None = None
    groups: tuple[str, ...] = ()
    public_ip: bool | None = None
    ipv6: bool | None = None

    def interface(self, subnets: Sequence[str] = ()) -> workload.Interface:
        """The interface, in these subnets unless it names one."""
        place = placement([self.subnet] if self.subnet else subnets, self.groups)
        return workload.Interface(device=self.device, placement=place, public_ip=self.public_ip, ipv6=self.ipv6)


@dataclass(frozen=True)
class _Start:
    """What instances get that are started from a launch template or configuration: `primary` is their first
    interface, `further` are those besides."""

    profile: str | None = None
    primary: _Card = _Card()
    further: tuple[_Card, ...] = ()
    imds_v2_required: bool | None = None
    plain_devices: tuple[str, ...] = ()
    template: str | None = None
    unsure: Unsure = ()


def read_launch_templates(reader: Reader) -> dict[str, Any]:
    """All launch templates, by their default versions."""
    profiles = roles_of_profiles(reader)
    listed = reader.pages(_TEMPLATES, "ec2", "describe_launch_templates", "LaunchTemplates")
    versions = [(item, _version(reader, item["LaunchTemplateId"], "$Default")) for item in listed]
    there = [(item, found) for item, found in versions if found is not None]
    return {"launch_templates": reader.each(_TEMPLATES, there, partial(_template, reader, profiles))}


def _version(reader: Reader, identifier: str, version: str) -> dict[str, Any] | None:
    operation = "describe_launch_template_versions"
    given = {"LaunchTemplateId": identifier, "Versions": [version]}
    found = reader.call(_TEMPLATES, "ec2", operation, identifier, **given).get("LaunchTemplateVersions")
    return (found[0].get("LaunchTemplateData") or {}) if found else None


def _template(
    reader: Reader, profiles: dict[str, str | None], named: tuple[dict[str, Any], dict[str, Any]]
) -> workload.LaunchTemplate:
    item, data = named
    identifier = item["LaunchTemplateId"]
    start = _from_template(data)
    return workload.LaunchTemplate(
        name=item.get("LaunchTemplateName", identifier),
        arn=f"arn:{reader.partition}:ec2:{reader.region}:{reader.account_id}:launch-template/{identifier}",
        launch_template_id=identifier,
        role=profiles.get(start.profile or ""),
        **_told(start, ()),
        security_group_ids=start.primary.groups,
        imds_v2_required=start.imds_v2_required,
        plain_devices=start.plain_devices,
        uncertain=(*unsure_start(reader, reader.origin(identifier)), *_stranger(start, profiles)),
        tags=tags(item.get("Tags")),
        origin=reader.origin(identifier),
    )


def _told(start: _Start, subnets: Sequence[str]) -> dict[str, Any]:
    """The network interfaces, the primary one in these subnets where there are any."""
    first = (replace(start.primary, subnet=None) if subnets else start.primary).interface(subnets)
    further = tuple(card.interface(subnets) for card in start.further)
    told = {"placement": first.placement, "public_ip": first.public_ip, "ipv6": first.ipv6}
    return {**told, "interfaces": (first, *further) if further else ()}


def _from_template(data: dict[str, Any]) -> _Start:
    cards = sorted(map(_card, data.get("NetworkInterfaces") or []), key=lambda card: card.device)
    beside = tuple(map(str, data.get("SecurityGroupIds") or ()))
    primary, *further = cards or [_Card()]
    profile = data.get("IamInstanceProfile") or {}
    return _Start(
        profile=profile.get("Arn") or profile.get("Name"),
        primary=replace(
            primary,
            groups=tuple(dict.fromkeys((*beside, *primary.groups))),
            # "You can't auto-assign a public IP address if you specify more than one network interface":
            # https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/working-with-ip-addresses.html
            public_ip=False if further else primary.public_ip,
        ),
        further=tuple(further),
        imds_v2_required=requires_v2(data),
        plain_devices=_plain_devices(data),
    )


def _card(card: dict[str, Any]) -> _Card:
    device = int(card.get("DeviceIndex") or 0)
    addresses = card.get("Ipv6AddressCount") or card.get("Ipv6Addresses") or card.get("PrimaryIpv6")
    return _Card(
        device=device,
        subnet=card.get("SubnetId"),
        groups=tuple(dict.fromkeys(map(str, card.get("Groups") or ()))),
        public_ip=card.get("AssociatePublicIpAddress") if device == 0 else False,
        ipv6=True if addresses else None,
    )


def _plain_devices(data: dict[str, Any]) -> tuple[str, ...]:
    devices = [device for device in data.get("BlockDeviceMappings") or [] if device.get("Ebs")]
    return tuple(str(device.get("DeviceName")) for device in devices if not device["Ebs"].get("Encrypted"))


def _stranger(start: _Start, profiles: dict[str, str | None]) -> Unsure:
    """That an instance profile stands outside the account, so that nobody knows its role."""
    if not start.profile or start.profile in profiles:
        return ()
    return ((("Properties", "IamInstanceProfile"), f"instance profile {start.profile} is not in this account"),)


def read_scaling_groups(reader: Reader) -> dict[str, Any]:
    """All scaling groups, with what their launch templates or configurations say."""
    listed = list(reader.pages(_GROUPS, "autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups"))
    if not listed:
        return {}
    profiles = roles_of_profiles(reader)
    configured = any(item.get("LaunchConfigurationName") for item in listed)
    configurations = _configurations(reader) if configured else {}
    started = [(item, start) for item in listed for start in _starts(reader, item, configurations)]
    return {"scaling_groups": reader.each(_GROUPS, started, partial(_group, reader, profiles))}


def _configurations(reader: Reader) -> dict[str, dict[str, Any]]:
    operation, member = "describe_launch_configurations", "LaunchConfigurations"
    listed = reader.pages(_GROUPS, "autoscaling", operation, member)
    return {item["LaunchConfigurationName"]: item for item in listed}


def _starts(reader: Reader, group: dict[str, Any], configurations: dict[str, dict[str, Any]]) -> Iterator[_Start]:
    """What the group's instances are started from: one thing, or as many as a mixed instances policy names."""
    name = group.get("LaunchConfigurationName")
    if name:
        yield _from_configuration(reader, configurations.get(name))
        return
    mixed = (group.get("MixedInstancesPolicy") or {}).get("LaunchTemplate") or {}
    specifications = [
        group.get("LaunchTemplate") or mixed.get("LaunchTemplateSpecification"),
        *(override.get("LaunchTemplateSpecification") for override in mixed.get("Overrides") or []),
    ]
    keys = [_key(each) for each in specifications if each]
    for identifier, version in dict.fromkeys(keys):
        yield _from_version(reader, identifier, version)
    if not keys:
        yield _Start(unsure=_unknown("the group names no launch template"))


def _key(specification: dict[str, Any]) -> tuple[str, str]:
    """Which version of which template: the default one where none is named."""
    identifier = specification.get("LaunchTemplateId") or specification.get("LaunchTemplateName") or ""
    return str(identifier), str(specification.get("Version") or "$Default")


def _from_version(reader: Reader, identifier: str, version: str) -> _Start:
    data = _version(reader, identifier, version)
    if data is None:
        return _Start(template=identifier, unsure=_unknown(f"launch template {identifier} could not be read"))
    unsure = unsure_start(reader, reader.origin(identifier))
    return replace(_from_template(data), template=identifier, unsure=unsure)


def _from_configuration(reader: Reader, item: dict[str, Any] | None) -> _Start:
    if item is None:
        return _Start(unsure=_unknown("the launch configuration could not be read"))
    return _Start(
        profile=item.get("IamInstanceProfile"),
        primary=_Card(groups=tuple(item.get("SecurityGroups") or ()), public_ip=item.get("AssociatePublicIpAddress")),
        imds_v2_required=requires_v2(item),
        plain_devices=_plain_devices(item),
        unsure=unsure_start(
            reader, reader.origin(f"autoscaling:launch-configuration:{item['LaunchConfigurationName']}")
        ),
    )


def _unknown(reason: str) -> Unsure:
    return ((("Properties", "LaunchTemplate"), reason),)


def _group(
    reader: Reader, profiles: dict[str, str | None], named: tuple[dict[str, Any], _Start]
) -> workload.ScalingGroup:
    item, start = named
    arn = item["AutoScalingGroupARN"]
    subnets = str(item.get("VPCZoneIdentifier") or "").split(",")
    return workload.ScalingGroup(
        name=item["AutoScalingGroupName"],
        arn=arn,
        role=profiles.get(start.profile or ""),
        **_told(start, [subnet.strip() for subnet in subnets if subnet]),
        launch_template=start.template,
        imds_v2_required=start.imds_v2_required,
        plain_devices=start.plain_devices,
        uncertain=(*start.unsure, *_stranger(start, profiles)),
        tags=tags(item.get("Tags")),
        origin=reader.origin(arn),
    )
