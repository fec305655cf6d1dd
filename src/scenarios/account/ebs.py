"""EBS volumes."""

from __future__ import annotations

from scenarios.account.base import Tags
from scenarios.account.network import Configured


class Volume(Configured):
    """A volume; `instance_id` where it is attached. One that comes with an instance has the instance's origin."""

    volume_id: str
    encrypted: bool
    kms_key: str | None = None
    instance_id: str | None = None
    device: str | None = None
    tags: Tags = ()
