"""Services that watch an account: Macie, AWS Config, GuardDuty."""

from __future__ import annotations

from scenarios.account.base import Fact


class MacieSession(Fact):
    """Macie in this region: `ENABLED` or `PAUSED`, and whether it samples all buckets by itself."""

    status: str
    automated_discovery: bool = False


class ConfigRecorder(Fact):
    """AWS Config's recorder in this region; `strategy` is its RecordingStrategy, if it names one."""

    name: str
    role: str | None = None
    recording: bool = False
    all_supported: bool = False
    global_types: bool = False
    strategy: str | None = None
    resource_types: tuple[str, ...] = ()


class ConfigChannel(Fact):
    """Where AWS Config delivers what it records."""

    name: str
    bucket: str
    kms_key: str | None = None


class Detector(Fact):
    """GuardDuty in this region, with the names of the features that are on (`S3_DATA_EVENTS` ...)."""

    detector_id: str
    enabled: bool
    features: tuple[str, ...] = ()
