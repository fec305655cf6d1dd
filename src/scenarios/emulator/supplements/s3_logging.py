"""S3: server access logs. moto asks for grants on the target that AWS does not ask for, and breaks down on others'.

AWS checks that the target exists, in the same account and Region; whether its policy lets the logs in shows only when
they are delivered (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Answer, Record, answer, parameters, refuse


def register(events: Any, record: Record) -> None:
    """Answer for the logging of every bucket that moto has."""
    logging = record.of("s3.logging")

    def put(context: Any, **_: Any) -> Answer | None:
        asked = parameters(context)
        name, buckets = asked["Bucket"], _buckets(record)
        enabled = asked["BucketLoggingStatus"].get("LoggingEnabled")
        if name not in buckets:
            return None
        if enabled is None:
            logging.pop(name, None)
            return answer({})
        target = buckets.get(enabled["TargetBucket"])
        if target is None:
            return refuse("InvalidTargetBucketForLogging", "The target bucket for logging does not exist")
        if target.region_name != buckets[name].region_name:
            why = "Cross S3 location logging not allowed."
            return refuse("CrossLocationLoggingProhibited", why, 403)
        logging[name] = {"LoggingEnabled": enabled}
        return answer({})

    def get(context: Any, **_: Any) -> Answer | None:
        name = parameters(context)["Bucket"]
        return answer(logging.get(name, {})) if name in _buckets(record) else None

    def forget(context: Any, **_: Any) -> None:
        logging.pop(parameters(context)["Bucket"], None)

    events.register("before-call.s3.PutBucketLogging", put)
    events.register("before-call.s3.GetBucketLogging", get)
    events.register("after-call.s3.CreateBucket", forget)


def _buckets(record: Record) -> Any:
    from moto.s3.models import s3_backends

    return s3_backends[record.account_id][record.partition].buckets
