"""What moto lacks or loses, answered at the botocore boundary from a record of what was requested.

Everything above speaks boto3 alone and cannot tell: botocore still validates parameters, and answers have the shapes
that AWS documents. Each supplement has a test that fails once moto no longer needs it.
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements import ec2, iam, s3
from scenarios.emulator.supplements.missing import Missing
from scenarios.emulator.supplements.record import Record
from scenarios.emulator.supplements.remembered import Remembered
from scenarios.emulator.supplements.tables import MISSING, REMEMBERED, SINGLE


def register(events: Any, account_id: str, region: str) -> None:
    """Register every supplement with a session's event system; the record lives as long as the session."""
    record = Record(account_id, region)
    record.listen(events)
    for table in MISSING:
        Missing(table, record).register(events)
    for lost in REMEMBERED:
        Remembered(lost, record).register(events)
    for single in SINGLE:
        single.register(events, record)
    for module in (ec2, iam, s3):
        module.register(events, record)
