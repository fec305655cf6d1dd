"""The table of CloudTrail's deliveries in Athena, whose partitions are worked out from the path and never crawled.

Source: "Query AWS CloudTrail logs" (create the table using partition projection),
https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
"""

from __future__ import annotations

import re

from scenarios.usage.sql.quote import quoted

TABLE = "cloudtrail_logs"
_ISSUER = "type:STRING,principalId:STRING,arn:STRING,accountId:STRING,userName:STRING"
_CONTEXT = f"attributes:STRUCT<mfaAuthenticated:STRING,creationDate:STRING>,sessionIssuer:STRUCT<{_ISSUER}>"
_IDENTITY = (
    "type:STRING,principalId:STRING,arn:STRING,accountId:STRING,invokedBy:STRING,accessKeyId:STRING,userName:STRING,"
    f"onBehalfOf:STRUCT<userId:STRING,identityStoreArn:STRING>,sessionContext:STRUCT<{_CONTEXT}>"
)
FIELDS: tuple[tuple[str, str], ...] = (
    ("eventVersion", "STRING"),
    ("userIdentity", f"STRUCT<{_IDENTITY}>"),
    ("eventTime", "STRING"),
    ("eventSource", "STRING"),
    ("eventName", "STRING"),
    ("awsRegion", "STRING"),
    ("sourceIPAddress", "STRING"),
    ("userAgent", "STRING"),
    ("errorCode", "STRING"),
    ("errorMessage", "STRING"),
    ("requestParameters", "STRING"),
    ("additionalEventData", "STRING"),
    ("requestID", "STRING"),
    ("eventID", "STRING"),
    ("managementEvent", "STRING"),
    ("recipientAccountId", "STRING"),
    ("sharedEventID", "STRING"),
    ("vpcEndpointId", "STRING"),
    ("eventCategory", "STRING"),
    ("addendum", "STRUCT<reason:STRING,updatedFields:STRING,originalRequestID:STRING,originalEventID:STRING>"),
)
"""The fields of a record that the view reads, with their types; Athena has their names in lower case."""


def create_table(
    location: str, accounts: tuple[str, ...], regions: tuple[str, ...], since: str, name: str = TABLE
) -> str:
    """The DDL of the table over `location`, the path up to `AWSLogs/` (or the organisation's id below it).

    `since` is the first day, as `2026/11/01`.
    """
    columns = ",\n".join(f"  {name.lower()} {_lower(kind)}" for name, kind in FIELDS)
    place = location.rstrip("/") + "/${account}/CloudTrail/${region}/${day}"
    properties = {
        "projection.enabled": "true",
        "projection.account.type": "enum",
        "projection.account.values": ",".join(accounts),
        "projection.region.type": "enum",
        "projection.region.values": ",".join(regions),
        "projection.day.type": "date",
        "projection.day.format": "yyyy/MM/dd",
        "projection.day.range": f"{since},NOW",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "storage.location.template": place,
    }
    told = ",\n".join(f"  {quoted(key)} = {quoted(value)}" for key, value in properties.items())
    return f"""\
CREATE EXTERNAL TABLE IF NOT EXISTS {name} (
{columns}
)
PARTITIONED BY (account STRING, region STRING, day STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION {quoted(location.rstrip("/") + "/")}
TBLPROPERTIES (
{told}
)"""


def _lower(kind: str) -> str:
    """A type with the names of its fields in lower case; the types' own names stay as they are."""
    return re.sub(r"\w+(?=:)", lambda match: match.group().lower(), kind)
