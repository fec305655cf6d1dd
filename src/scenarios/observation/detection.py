"""Services that watch an account: Macie, AWS Config, GuardDuty."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import detection
from scenarios.observation.reader import Reader

_NOT_ENABLED = ("AccessDeniedException",)
"""What Macie answers where it is not enabled.

https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
"""


def read_macie(reader: Reader) -> dict[str, Any]:
    """Macie's session in this region, if it has one."""
    session = reader.call("macie2.session", "macie2", "get_macie_session", None, _NOT_ENABLED)
    if not session:
        return {}
    what, operation = "macie2.discovery", "get_automated_discovery_configuration"
    discovery = reader.call(what, "macie2", operation, None, _NOT_ENABLED)
    found = detection.MacieSession(
        status=session.get("status", "ENABLED"),
        automated_discovery=discovery.get("status") == "ENABLED",
        origin=reader.origin("macie2:session"),
    )
    return {"macie": found}


def read_config(reader: Reader) -> dict[str, Any]:
    """AWS Config's recorders, and where it delivers."""
    recorders = reader.pages("config.recorders", "config", "describe_configuration_recorders", "ConfigurationRecorders")
    states = reader.pages(
        "config.recorders", "config", "describe_configuration_recorder_status", "ConfigurationRecordersStatus"
    )
    running = {state["name"] for state in states if state.get("recording")}
    channels = reader.pages("config.channels", "config", "describe_delivery_channels", "DeliveryChannels")
    return {
        "config_recorders": reader.each("config.recorders", recorders, partial(_recorder, reader, running)),
        "config_channels": reader.each("config.channels", channels, partial(_channel, reader)),
    }


def _recorder(reader: Reader, running: set[str], item: dict[str, Any]) -> detection.ConfigRecorder:
    group = item.get("recordingGroup") or {}
    return detection.ConfigRecorder(
        name=item["name"],
        role=item.get("roleARN"),
        recording=item["name"] in running,
        # Without a recording group all supported types are recorded.
        all_supported=bool(group.get("allSupported", not group)),
        global_types=bool(group.get("includeGlobalResourceTypes")),
        strategy=(group.get("recordingStrategy") or {}).get("useOnly"),
        resource_types=tuple(group.get("resourceTypes") or ()),
        origin=reader.origin(f"config:recorder:{item['name']}"),
    )


def _channel(reader: Reader, item: dict[str, Any]) -> detection.ConfigChannel:
    return detection.ConfigChannel(
        name=item["name"],
        bucket=item["s3BucketName"],
        kms_key=item.get("s3KmsKeyArn"),
        origin=reader.origin(f"config:channel:{item['name']}"),
    )


def read_guardduty(reader: Reader) -> dict[str, Any]:
    """GuardDuty's detector in this region; there is one at most."""
    what, found = "guardduty.detectors", []
    for identifier in reader.pages(what, "guardduty", "list_detectors", "DetectorIds"):
        answer = reader.call(what, "guardduty", "get_detector", identifier, DetectorId=identifier)
        found += [(identifier, answer)] if answer else []
    return {"detectors": reader.each(what, found, partial(_detector, reader))}


def _detector(reader: Reader, named: tuple[str, dict[str, Any]]) -> detection.Detector:
    identifier, item = named
    features = {each["Name"] for each in item.get("Features") or [] if each.get("Status") == "ENABLED"}
    sources = item.get("DataSources") or {}
    if (sources.get("S3Logs") or {}).get("Status") == "ENABLED":
        features.add("S3_DATA_EVENTS")
    return detection.Detector(
        detector_id=identifier,
        enabled=item.get("Status") == "ENABLED",
        features=tuple(sorted(features)),
        origin=reader.origin(identifier),
    )
