"""Logs that hold every odd thing at once, for engines to agree on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from usage.records import delivery, packed, record
from usage.test_rows import OUTCOMES, ROWS
from usage.test_usage import FINDINGS, ONCE, OWNER


def odd_records() -> list[dict[str, Any]]:
    """Each record once with ids of its own, and those whose ids matter as they are."""
    found = []
    for number, (api, code, message, _) in enumerate(OUTCOMES):
        found.append(record(number, eventName=api, errorCode=code, errorMessage=message, eventID=f"outcome-{number}"))
    for number, (_, changes, _) in enumerate(ROWS):
        if not isinstance(changes.get("userIdentity", {}), dict) or "eventTime" in changes:
            continue  # a table has one type for the one, and CloudTrail writes the other in one form
        found.append(record(number, **{"eventID": f"row-{number}", "requestID": f"row-{number}", **changes}))
    for number, (_, records, _, _) in enumerate(FINDINGS):
        found += [
            {**one, "eventID": f"finding-{number}-{place}", "requestID": f"finding-{number}-{place}"}
            for place, one in enumerate(records)
        ]
    for _, records, _ in ONCE:
        found += records
    found.append(record(61, eventID="copy-b", sharedEventID="copy"))
    found.append(record(61, eventID="copy-a", sharedEventID="copy", **OWNER))
    return found


def write_deliveries(folder: Path, records: list[dict[str, Any]], size: int = 20) -> Path:
    """Deliveries of some records each, named as CloudTrail names them."""
    place = folder / "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/01"
    place.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(records), size):
        name = f"111122223333_CloudTrail_us-east-1_20261101T1000Z_{start:016d}.json.gz"
        (place / name).write_bytes(packed(delivery(*records[start : start + size])))
    return folder
