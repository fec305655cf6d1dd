"""Each event once, and with its answer.

Sources: `eventID`, `sharedEventID` and `addendum` in "CloudTrail record contents",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html; "Logging
network activity events",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenarios.usage.events.row import Outcome, Row
from scenarios.usage.spool import Part, Shelf

_NETWORK = "NetworkActivity"


@dataclass
class Settled:
    """How many rows were there more than once."""

    duplicates: int = 0


def settle(shelf: Shelf, numbers: Iterable[int], count: Settled) -> Iterator[Row]:
    """The rows of some parts, each event once. `count` is complete when all are taken."""
    for number in numbers:
        yield from _part(shelf.part(number), shelf.amended, count)


def _part(part: Part, amended: frozenset[str], count: Settled) -> Iterator[Row]:
    answers = {answer.request_id: answer.outcome for answer in part.answers}
    logged = {row.request_id for row in part.rows if row.category != _NETWORK and row.request_id}
    seen: set[str] = set()
    for row in part.rows:
        key = row.amends or row.copies or row.event_id
        if key in seen or row.event_id in amended or _is_passage(row, logged):
            count.duplicates += 1
            continue
        seen.add(key)
        answer = answers.get(row.request_id or "")
        yield row._replace(outcome=answer) if answer and row.outcome == Outcome.ACCEPTED else row


def _is_passage(row: Row, logged: set[str]) -> bool:
    """Whether a row is a VPC endpoint's record of a call that the service has recorded too."""
    return row.category == _NETWORK and row.request_id is not None and row.request_id in logged
