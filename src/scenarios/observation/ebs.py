"""EBS volumes."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import ebs
from scenarios.observation.reader import Reader, tags


def read(reader: Reader) -> dict[str, Any]:
    """All volumes."""
    listed = reader.pages("ec2.volumes", "ec2", "describe_volumes", "Volumes")
    return {"volumes": reader.each("ec2.volumes", listed, partial(_volume, reader))}


def _volume(reader: Reader, item: dict[str, Any]) -> ebs.Volume:
    identifier = item["VolumeId"]
    attached: dict[str, Any] = next(iter(item.get("Attachments") or []), {})
    instance = attached.get("InstanceId")
    origin = reader.origin(identifier) or (reader.origin(instance) if instance else None)
    return ebs.Volume(
        volume_id=identifier,
        encrypted=bool(item.get("Encrypted")),
        kms_key=item.get("KmsKeyId"),
        instance_id=instance,
        device=attached.get("Device"),
        uncertain=reader.uncertain(origin),
        tags=tags(item.get("Tags")),
        origin=origin,
    )
