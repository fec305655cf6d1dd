"""Each event once, and with its answer.

Sources: `eventID`, `sharedEventID` and `addendum` in "CloudTrail record contents",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html; "Logging
network activity events",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from scenarios.usage.events.row import Outcome, Row
from scenarios.usage.spool import Part, Shelf

NETWORK = "NetworkActivity"
FOREIGN = "AWSAccount"


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
    chosen = _chosen(part, amended)
    count.duplicates += len(part.rows) - len(chosen)
    for row in chosen:
        answer = answers.get(row.request_id or "")
        yield row._replace(outcome=answer) if answer and row.outcome == Outcome.ACCEPTED else row


def _chosen(part: Part, amended: frozenset[str]) -> Collection[Row]:
    """One row for each event, whichever order files are read in."""
    logged = {row.request_id for row in part.rows if row.category != NETWORK and row.request_id}
    chosen: dict[str, Row] = {}
    for row in part.rows:
        if _is_amended(row, amended) or _is_passage(row, logged):
            continue
        key = row.copies or row.amends or row.event_id
        other = chosen.setdefault(key, row)
        if other is not row and _rank(row) < _rank(other):
            chosen[key] = row
    return chosen.values()


def _rank(row: Row) -> tuple[bool, bool, str, str, str]:
    """Which of several rows stands for the event: a correction, and the copy in the caller's own account.

    The account that owns what was called is told of the caller by an id alone.
    """
    return row.amends is None, row.principal_type == FOREIGN, row.event_time, row.event_id, row.account or ""


def _is_amended(row: Row, amended: frozenset[str]) -> bool:
    """Whether another row puts this one right; a correction may have the id of what it corrects."""
    return row.event_id in amended and row.amends != row.event_id


def _is_passage(row: Row, logged: set[str]) -> bool:
    """Whether a row is a VPC endpoint's record of a call that the service has recorded too."""
    return row.category == NETWORK and row.request_id is not None and row.request_id in logged
