"""The normalised row: what is kept of one event.

The columns are those of the Parquet export and of the SQL view `bedrock_events`, in this order and by these names.
Source: "CloudTrail record contents",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Why an event is kept."""

    USAGE = "usage"  # a call of Bedrock, its companions, or a SageMaker endpoint
    LOGGING = "logging"  # a change of what is recorded


class Outcome(StrEnum):
    """What became of a call."""

    ACCEPTED = "accepted"  # no error; CloudTrail alone cannot say whether an answer was produced
    QUEUED = "queued"  # accepted, to be worked on later
    ANSWERED = "answered"  # the model-invocation log holds output
    BLOCKED = "blocked"  # by a guardrail
    DENIED = "denied"
    THROTTLED = "throttled"
    INVALID = "invalid"
    FAILED = "failed"  # an error of the service or the model, or no output


class Row(NamedTuple):
    """One event. A column is None where the record does not say.

    `event_time` is UTC, as `2026-11-27T10:00:00Z`. `principal` is the role, user, root or service that called;
    `session` the name of a role's session. `mfa` says whether a human proved two factors. `source` is the VPC
    endpoint, the AWS service or the address that the call came from, and `source_kind` which of them. `model` is as the
    caller wrote it: an id, an ARN or an inference profile. `inference_region` is where a call was re-routed to.
    `copies` is `sharedEventID`, by which the copies of one event in several accounts are known, `amends` the id of the
    event that this one puts right. `details` are the request's parameters as JSON, of changes of logging and of
    guardrails only.
    """

    kind: str
    event_id: str
    event_time: str
    account: str | None
    region: str | None
    service: str
    api: str
    category: str | None
    principal: str
    principal_type: str | None
    session: str | None
    mfa: bool | None
    source_kind: str
    source: str | None
    model: str | None
    inference_region: str | None
    outcome: str
    error_code: str | None
    error_message: str | None
    request_id: str | None
    bearer_key: bool
    user_agent: str | None
    copies: str | None
    amends: str | None
    details: str | None


COLUMNS: tuple[str, ...] = Row._fields
