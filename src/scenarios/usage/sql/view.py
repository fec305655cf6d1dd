"""The view `bedrock_events`: a normalised row for each event of the raw table, each event once.

It says in SQL what `events/` and `settle.py` say in Python; a test holds the two together.
"""

from __future__ import annotations

from scenarios.trail.calls import CALLED_THROUGH_SAGEMAKER, CHANGES, LOGGING_CHANGES
from scenarios.usage.events.caller import UNKNOWN
from scenarios.usage.events.normalise import MODELS, MOST_DETAILS, MOST_MESSAGE, NAMED, UNNAMED
from scenarios.usage.events.outcome import DENIED, INVALID, NOT_FOUND, QUEUED, THROTTLED
from scenarios.usage.events.row import COLUMNS, Kind, Outcome
from scenarios.usage.settle import FOREIGN, NETWORK
from scenarios.usage.sql.quote import listed, quoted
from scenarios.usage.sql.table import TABLE

VIEW = "bedrock_events"
_ACCEPTED, _QUEUED, _DENIED, _THROTTLED, _INVALID, _FAILED = (
    quoted(one.value)
    for one in (
        Outcome.ACCEPTED,
        Outcome.QUEUED,
        Outcome.DENIED,
        Outcome.THROTTLED,
        Outcome.INVALID,
        Outcome.FAILED,
    )
)


def create_view(where: str = "TRUE", table: str = TABLE) -> str:
    """The view over the partitions of a raw table that `where` picks."""
    return f"CREATE OR REPLACE VIEW {VIEW} AS\n{select(where, table)}"


def select(where: str = "TRUE", table: str = TABLE, *, distinct: bool = True) -> str:
    """The rows of the view; `where` is a condition on the raw table: its partitions, to keep a scan small.

    Without `distinct`, events that are there more than once are there more than once.
    """
    expressions = ",\n".join(f"    {expression} AS {name}" for name, expression in _expressions().items())
    raw = f"""\
WITH raw AS (
  SELECT
{expressions}
  FROM {table}
  WHERE ({_of_interest()}) AND coalesce(eventcategory, '') <> 'Insight' AND ({where})
)"""  # noqa: S608 (literals are quoted)
    return f"{raw}, {_ONCE}" if distinct else f"{raw} SELECT {', '.join(COLUMNS)} FROM raw"  # noqa: S608


_RANK = (
    "CASE WHEN amends IS NULL THEN 1 ELSE 0 END, "
    f"CASE WHEN principal_type = {quoted(FOREIGN)} THEN 1 ELSE 0 END, event_time, event_id, coalesce(account, '')"
)
_ONCE = f"""\
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY coalesce(copies, amends, event_id) ORDER BY {_RANK}) AS place
  FROM raw
  WHERE amends = event_id OR event_id NOT IN (SELECT amends FROM raw WHERE amends IS NOT NULL)
)
SELECT {", ".join(COLUMNS)}
FROM numbered
WHERE place = 1 AND NOT (
  coalesce(category, '') = {quoted(NETWORK)} AND coalesce(request_id, '') IN (
    SELECT request_id FROM raw WHERE coalesce(category, '') <> {quoted(NETWORK)} AND request_id IS NOT NULL
  )
)"""  # noqa: S608


def _of_interest() -> str:
    sagemaker = "eventsource LIKE 'sagemaker%' OR eventsource LIKE 'runtime.sagemaker%'"
    return (
        f"eventsource LIKE 'bedrock%'\n    OR (({sagemaker}) AND eventname IN ({listed(CALLED_THROUGH_SAGEMAKER)}))"
        f"\n    OR (eventsource LIKE 'cloudtrail.%' AND eventname IN ({listed(LOGGING_CHANGES)}))"
    )


def _expressions() -> dict[str, str]:
    """The columns of the row, in their order."""
    arn = "nullif(useridentity.arn, '')"
    issuer = "nullif(useridentity.sessioncontext.sessionissuer.arn, '')"
    role = (
        f"replace(replace(regexp_extract({arn}, '^[^/]*:assumed-role/[^/]+'), ':sts:', ':iam:'), {_SESSION}, {_ROLE})"
    )
    others = ("invokedby", "principalid", "onbehalfof.userid", "username", "accountid")
    names = (issuer, f"nullif({role}, '')", arn, *(f"nullif(useridentity.{name}, '')" for name in others))
    session = f"CASE WHEN {arn} LIKE '%:assumed-role/%' THEN regexp_extract({arn}, '[^/]+$') END"
    made = {
        "kind": f"CASE WHEN eventsource LIKE 'cloudtrail.%' THEN {quoted(Kind.LOGGING)} ELSE {quoted(Kind.USAGE)} END",
        "event_id": f"coalesce(nullif(eventid, ''), {_UNNAMED})",
        "event_time": "coalesce(eventtime, '')",
        "account": "coalesce(nullif(recipientaccountid, ''), nullif(useridentity.accountid, ''))",
        "region": "nullif(awsregion, '')",
        "service": "regexp_replace(eventsource, '(\\.amazonaws\\.com|\\.amazonaws\\.com\\.cn|\\.api\\.aws)$', '')",
        "api": f"coalesce(nullif(eventname, ''), {quoted(UNKNOWN)})",
        "category": "coalesce(nullif(eventcategory, ''), CASE lower(managementevent) WHEN 'true' THEN 'Management' "
        "WHEN 'false' THEN 'Data' END)",
        "principal": f"coalesce({', '.join(names)}, {quoted(UNKNOWN)})",
        "principal_type": "nullif(useridentity.type, '')",
        "session": f"coalesce(nullif(useridentity.onbehalfof.userid, ''), {session})",
        "mfa": "CASE lower(useridentity.sessioncontext.attributes.mfaauthenticated) WHEN 'true' THEN TRUE "
        "WHEN 'false' THEN FALSE END",
        "source_kind": f"CASE WHEN {_ENDPOINT} THEN 'endpoint' WHEN {_ADDRESS} IS NULL THEN 'unknown' "
        f"WHEN {_INTERNAL} THEN 'service' ELSE 'address' END",
        "source": f"CASE WHEN {_ENDPOINT} THEN vpcendpointid ELSE {_ADDRESS} END",
        "model": f"coalesce({', '.join(_parameter(name) for name in MODELS)})",
        "inference_region": _parameter("inferenceRegion", "additionaleventdata"),
        "outcome": _outcome(),
        "error_code": "nullif(errorcode, '')",
        "error_message": f"regexp_replace(substr(nullif(errormessage, ''), 1, {MOST_MESSAGE}), "
        f"{quoted(NAMED)}, {quoted(UNNAMED)})",
        "request_id": "coalesce(nullif(addendum.originalrequestid, ''), nullif(requestid, ''))",
        "bearer_key": "coalesce(lower({}), '') = 'true' OR coalesce(lower({}), '') = 'true'".format(
            _parameter("callWithBearerToken", "additionaleventdata"), _parameter("callWithBearerToken")
        ),
        "user_agent": "nullif(useragent, '')",
        "copies": "nullif(sharedeventid, '')",
        "amends": "CASE WHEN addendum.reason = 'UPDATED_DATA' THEN nullif(addendum.originaleventid, '') END",
        "details": f"CASE WHEN eventname IN ({listed(CHANGES)}) "
        f"THEN substr(nullif(requestparameters, '{{}}'), 1, {MOST_DETAILS}) END",
    }
    return {name: made[name] for name in COLUMNS}


_SESSION, _ROLE = quoted(":assumed-role/"), quoted(":role/")
_SAID = ("eventtime", "eventsource", "eventname", "requestid", "useridentity.arn", "sourceipaddress", "errorcode")
_UNNAMED = " || ' ' || ".join(f"coalesce({name}, '')" for name in (*_SAID, "requestparameters"))
"""What stands for the id of an event without one, which CloudTrail's own events do not lack."""
_ENDPOINT = "coalesce(vpcendpointid, '') LIKE 'vpce-%'"
_ADDRESS = "nullif(sourceipaddress, '')"
_INTERNAL = (
    "sourceipaddress LIKE '%.amazonaws.com' OR sourceipaddress LIKE '%.amazonaws.com.cn' "
    "OR sourceipaddress LIKE '%.api.aws' OR sourceipaddress LIKE 'AWS Internal%'"
)


def _parameter(name: str, column: str = "requestparameters") -> str:
    return f"nullif(json_extract_scalar({column}, '$.{name}'), '')"


def _outcome() -> str:
    code = "lower(errorcode)"
    refused = f"{code} LIKE '%{NOT_FOUND}%' AND lower(coalesce(errormessage, '')) LIKE '%access denied%'"
    return (
        f"CASE WHEN nullif(errorcode, '') IS NULL THEN CASE WHEN eventname IN ({listed(QUEUED)}) THEN {_QUEUED} "
        f"ELSE {_ACCEPTED} END WHEN {_has(code, DENIED)} OR ({refused}) THEN {_DENIED} "
        f"WHEN {_has(code, THROTTLED)} THEN {_THROTTLED} WHEN {_has(code, INVALID)} THEN {_INVALID} ELSE {_FAILED} END"
    )


def _has(code: str, words: tuple[str, ...]) -> str:
    return f"regexp_like({code}, {quoted('|'.join(words))})"
