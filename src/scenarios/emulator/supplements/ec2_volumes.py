"""EC2: volumes with provisioned performance that are made with an instance; moto drops the number and then misses it.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Held, Record, succeeded

_ASKED = "ec2.volumes.asked"
_PROVISIONED = ("io1", "io2")
_ORDINARY = "gp3"


def register(events: Any, record: Record) -> None:
    """Have ordinary volumes made, and turn them into what was asked for."""

    def complete(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        asked: dict[str, dict[str, Any]] = {}
        devices = params.get("BlockDeviceMappings")
        for index, device in enumerate(devices if isinstance(devices, list) else []):
            volume = device.get("Ebs") if isinstance(device, dict) else None
            if isinstance(volume, dict) and volume.get("VolumeType") in _PROVISIONED and volume.get("Iops"):
                asked[str(device.get("DeviceName"))] = volume
                params["BlockDeviceMappings"][index] = {**device, "Ebs": {**volume, "VolumeType": _ORDINARY}}
        context[_ASKED] = asked

    def turn(parsed: Held, context: dict[str, Any], http_response: Any, **_: Any) -> None:
        if not succeeded(http_response) or not context.get(_ASKED):
            return
        from moto.ec2.models import ec2_backends

        backend: Any = ec2_backends[record.account_id][record.region]
        for shown in parsed["Instances"]:
            made = backend.get_instance(shown["InstanceId"]).block_device_mapping
            for name, volume in context[_ASKED].items():
                held = backend.volumes[made[name].volume_id]
                held.volume_type, held.iops = volume["VolumeType"], volume["Iops"]

    events.register("provide-client-params.ec2.RunInstances", complete)
    events.register("after-call.ec2.RunInstances", turn)
