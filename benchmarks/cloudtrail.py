"""CloudTrail deliveries, made up: mixed services with a share of Bedrock, and beside them what they truly hold.

    python benchmarks/cloudtrail.py FOLDER --events 1000000

writes FOLDER/AWSLogs/... as CloudTrail delivers it (gzip files of some thousand records), and FOLDER.truth.json: the
counts of `scenarios usage --format json` as the maker of the events knows them. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

ACCOUNTS = ("111122223333", "444455556666")
REGIONS = ("us-east-1", "eu-west-1")
START = datetime(2026, 10, 1, tzinfo=UTC)
DAYS = 14

MODELS = (
    "anthropic.claude-sonnet-4-20250514-v1:0",
    "amazon.nova-pro-v1:0",
    "us.anthropic.claude-sonnet-4-20250514-v1:0",
    "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0",
    "meta.llama3-3-70b-instruct-v1:0",
)
SOURCES = ("vpce-0a1b2c3d4e5f60718", "vpce-0f9e8d7c6b5a40312", "198.51.100.24", "203.0.113.7", "agents.bedrock")
_OUTCOMES: tuple[tuple[str, str | None, str, float], ...] = (
    ("accepted", None, "", 0.86),
    ("denied", "AccessDenied", "User: {who} is not authorized to perform: bedrock:{api}", 0.05),
    ("denied", "ResourceNotFoundException", "Access denied. This Model is marked by provider as Legacy", 0.005),
    ("throttled", "ThrottlingException", "Too many requests, please wait before trying again.", 0.05),
    ("invalid", "ValidationException", "Malformed input request, please reformat your input and try again.", 0.025),
    ("failed", "ModelTimeoutException", "Model has timed out in processing the request.", 0.01),
)
_CALLS: tuple[tuple[str, str, bool, float], ...] = (
    # source, API, whether it names a model, weight
    ("bedrock", "InvokeModel", True, 40),
    ("bedrock", "InvokeModelWithResponseStream", True, 15),
    ("bedrock", "Converse", True, 15),
    ("bedrock", "ConverseStream", True, 10),
    ("bedrock", "StartAsyncInvoke", True, 2),
    ("bedrock", "InvokeAgent", False, 4),
    ("bedrock", "Retrieve", False, 4),
    ("bedrock", "ApplyGuardrail", False, 3),
    ("bedrock", "ListFoundationModels", False, 2),
    ("bedrock-mantle", "CreateInference", True, 2),
    ("bedrock-agentcore", "InvokeAgentRuntime", False, 1),
    ("sagemaker", "InvokeEndpoint", False, 2),
)
_QUEUED = {"StartAsyncInvoke"}
_DATA = {"InvokeAgent", "Retrieve", "ApplyGuardrail", "StartAsyncInvoke", "CreateInference", "InvokeAgentRuntime"}
_AGENTS = (
    "Boto3/1.44.2 md/Botocore#1.44.2 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython",
    "aws-cli/2.27.41 md/awscrt#0.26.1 ua/2.1 os/macos#24.5.0 md/arch#arm64 lang/python#3.13.4 md/installer#exe",
    "aws-sdk-java/2.31.60 md/io#async md/http#NettyNio ua/2.1 os/Linux#5.10 lang/java#21.0.7 md/vendor#Amazon",
)


class Maker:
    """Makes events, and keeps count of them."""

    def __init__(self, seed: int, share: float, duplicates: float) -> None:
        self.random = Random(seed)
        self.share = share
        self.duplicates = duplicates
        self.calls: Counter[tuple[str, ...]] = Counter()
        self.seen: dict[tuple[str, ...], list[str]] = {}
        self.read = self.usage = self.repeated = 0

    def records(self, count: int, account: str, region: str, start: datetime, span: timedelta) -> list[dict[str, Any]]:
        """So many records of one file, in the order of their times; some of the Bedrock ones are there twice."""
        offsets = sorted(self.random.random() for _ in range(count))
        made: list[dict[str, Any]] = []
        for offset in offsets:
            again = made and made[-1].get("_usage") and self.random.random() < self.duplicates
            if again:
                made.append(made[-1])
                self.repeated += 1
            else:
                made.append(self._record(account, region, start + span * offset))
        self.read += count
        return [{key: value for key, value in record.items() if key != "_usage"} for record in made]

    def _record(self, account: str, region: str, at: datetime) -> dict[str, Any]:
        if self.random.random() < self.share:
            return self._bedrock(account, region, at)
        return self.random.choice((self._storage, self._storage, self._role, self._network, self._key, self._logs))(
            account, region, at
        )

    def _bedrock(self, account: str, region: str, at: datetime) -> dict[str, Any]:
        random = self.random
        service, api, names_model, _ = random.choices(_CALLS, [call[3] for call in _CALLS])[0]
        outcome, error, message, _ = random.choices(_OUTCOMES, [row[3] for row in _OUTCOMES])[0]
        model = random.choice(MODELS) if names_model else None
        source = random.choice(SOURCES)
        identity, principal = self._assumed(account, f"app-{random.randrange(12)}", at)
        record = self._common(account, region, at, f"{service}.amazonaws.com", api, identity)
        if source.startswith("vpce-"):
            record |= {"vpcEndpointId": source, "vpcEndpointAccountId": account, "sourceIPAddress": "10.0.4.7"}
        else:
            source = f"{source}.amazonaws.com" if "." in source and source[0].isalpha() else source
            record["sourceIPAddress"] = source
        if service != "sagemaker":
            key = "model" if service == "bedrock-mantle" else "modelId"
            record["requestParameters"] = {key: model} if model else {"agentId": self._letters(10)}
        if error is not None:
            record |= {"errorCode": error, "errorMessage": message.format(who=principal, api=api)}
        elif region == "us-east-1" and model and model.startswith("us.") and random.random() < 0.5:
            record["additionalEventData"] = {"inferenceRegion": random.choice(("us-west-2", "us-east-2"))}
        if api in _DATA:
            record |= {"managementEvent": False, "eventCategory": "Data"}
        truly = "queued" if error is None and api in _QUEUED else outcome
        self._count((principal, service, api, model or "", truly, error or "", source), record["eventTime"])
        return {**record, "_usage": True}

    def _count(self, key: tuple[str, ...], time: str) -> None:
        self.usage += 1
        self.calls[key] += 1
        first_last = self.seen.setdefault(key, [time, time])
        first_last[0], first_last[1] = min(first_last[0], time), max(first_last[1], time)

    def _storage(self, account: str, region: str, at: datetime) -> dict[str, Any]:
        random = self.random
        api = random.choice(("GetObject", "PutObject", "HeadObject"))
        bucket, key = f"data-{random.randrange(40)}-{account}", f"raw/{at:%Y/%m/%d}/{self._hex(24)}.parquet"
        identity, _ = self._assumed(account, f"etl-{random.randrange(30)}", at)
        record = self._common(account, region, at, "s3.amazonaws.com", api, identity)
        return record | {
            "requestParameters": {"bucketName": bucket, "Host": f"{bucket}.s3.{region}.amazonaws.com", "key": key},
            "responseElements": None,
            "additionalEventData": {
                "SignatureVersion": "SigV4",
                "CipherSuite": "TLS_AES_128_GCM_SHA256",
                "bytesTransferredIn": 0,
                "AuthenticationMethod": "AuthHeader",
                "x-amz-id-2": self._letters(76),
                "bytesTransferredOut": random.randrange(1 << 24),
            },
            "resources": [
                {"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/{key}"},
                {"accountId": account, "type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}"},
            ],
            "managementEvent": False,
            "eventCategory": "Data",
        }

    def _role(self, account: str, region: str, at: datetime) -> dict[str, Any]:
        role = f"arn:aws:iam::{account}:role/service-role/worker-{self.random.randrange(200)}"
        identity = {
            "type": "AWSService",
            "invokedBy": self.random.choice(("lambda", "ec2", "ecs-tasks")) + ".amazonaws.com",
        }
        record = self._common(account, region, at, "sts.amazonaws.com", "AssumeRole", identity)
        session = self._hex(32)
        return record | {
            "sourceIPAddress": identity["invokedBy"],
            "userAgent": identity["invokedBy"],
            "requestParameters": {"roleArn": role, "roleSessionName": session},
            "responseElements": {
                "credentials": {
                    "accessKeyId": "ASIA" + self._letters(16).upper(),
                    "sessionToken": self._letters(320),
                    "expiration": f"{at + timedelta(hours=6):%b %d, %Y, %I:%M:%S %p}",
                },
                "assumedRoleUser": {
                    "assumedRoleId": f"AROA{self._letters(17).upper()}:{session}",
                    "arn": f"{role}/{session}",
                },
            },
            "sharedEventID": self._uuid(),
        }

    def _network(self, account: str, region: str, at: datetime) -> dict[str, Any]:
        api = self.random.choice(
            ("DescribeInstances", "DescribeNetworkInterfaces", "DescribeSecurityGroups", "DescribeTags")
        )
        identity, _ = self._assumed(account, f"scanner-{self.random.randrange(5)}", at)
        record = self._common(account, region, at, "ec2.amazonaws.com", api, identity)
        ids = [{"instanceId": f"i-{self._hex(17)}"} for _ in range(self.random.randrange(12))]
        return record | {"requestParameters": {"instancesSet": {"items": ids}, "filterSet": {}}}

    def _key(self, account: str, region: str, at: datetime) -> dict[str, Any]:
        identity, _ = self._assumed(account, f"etl-{self.random.randrange(30)}", at)
        identity["invokedBy"] = "AWS Internal"
        record = self._common(account, region, at, "kms.amazonaws.com", "Decrypt", identity)
        arn = f"arn:aws:kms:{region}:{account}:key/0f0f0f0f-1111-4222-8333-{self.random.randrange(1 << 48):012x}"
        bucket = f"arn:aws:s3:::data-{self.random.randrange(40)}-{account}"
        return record | {
            "requestParameters": {
                "encryptionContext": {"aws:s3:arn": bucket},
                "encryptionAlgorithm": "SYMMETRIC_DEFAULT",
            },
            "resources": [{"accountId": account, "type": "AWS::KMS::Key", "ARN": arn}],
        }

    def _logs(self, account: str, region: str, at: datetime) -> dict[str, Any]:
        identity, _ = self._assumed(account, f"worker-{self.random.randrange(200)}", at)
        record = self._common(account, region, at, "logs.amazonaws.com", "CreateLogStream", identity)
        stream = f"{at:%Y/%m/%d}/[$LATEST]{self._hex(32)}"
        # A mention of Bedrock in another service's record is no call of Bedrock.
        group = self.random.choice(("/aws/lambda/orders", "/aws/lambda/prices", "/aws/bedrock/modelinvocations"))
        return record | {"requestParameters": {"logGroupName": group, "logStreamName": stream}}

    def _assumed(self, account: str, role: str, at: datetime) -> tuple[dict[str, Any], str]:
        name, session = f"arn:aws:iam::{account}:role/{role}", f"i-{self._hex(17)}"
        issuer = {
            "type": "Role",
            "principalId": "AROA" + role.upper().replace("-", "X").ljust(17, "Q"),
            "arn": name,
            "accountId": account,
            "userName": role,
        }
        created = f"{at - timedelta(minutes=20):%Y-%m-%dT%H:%M:%SZ}"
        return {
            "type": "AssumedRole",
            "principalId": f"{issuer['principalId']}:{session}",
            "arn": f"arn:aws:sts::{account}:assumed-role/{role}/{session}",
            "accountId": account,
            "accessKeyId": "ASIA" + self._letters(16).upper(),
            "sessionContext": {
                "sessionIssuer": issuer,
                "webIdFederationData": {},
                "attributes": {"creationDate": created, "mfaAuthenticated": "false"},
                "ec2RoleDelivery": "2.0",
            },
        }, name

    def _common(
        self, account: str, region: str, at: datetime, source: str, api: str, identity: dict[str, Any]
    ) -> dict[str, Any]:
        return {
            "eventVersion": "1.11",
            "userIdentity": identity,
            "eventTime": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "eventSource": source,
            "eventName": api,
            "awsRegion": region,
            "sourceIPAddress": ".".join(("10", *(str(self.random.randrange(256)) for _ in range(3)))),
            "userAgent": f"[{self.random.choice(_AGENTS)}]",
            "requestParameters": None,
            "responseElements": None,
            "requestID": self._uuid(),
            "eventID": self._uuid(),
            "readOnly": True,
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": account,
            "eventCategory": "Management",
            "tlsDetails": {
                "tlsVersion": "TLSv1.3",
                "cipherSuite": "TLS_AES_128_GCM_SHA256",
                "clientProvidedHostHeader": f"{source.split('.')[0]}.{region}.amazonaws.com",
            },
        }

    def _hex(self, length: int) -> str:
        return f"{self.random.getrandbits(4 * length):0{length}x}"

    def _uuid(self) -> str:
        digits = self._hex(32)
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def _letters(self, length: int) -> str:
        return "".join(self.random.choices("abcdefghijklmnopqrstuvwxyz0123456789+/", k=length))

    def truth(self) -> dict[str, Any]:
        """What `scenarios usage --format json` has to say of all that was made."""
        keys = ("principal", "service", "api", "model", "outcome", "error_code", "source")
        calls = [
            {**{name: value or None for name, value in zip(keys, key, strict=True)}, "count": count}
            | {"first_seen": self.seen[key][0], "last_seen": self.seen[key][1]}
            for key, count in sorted(self.calls.items())
        ]
        events = {"read": self.read, "duplicates": self.repeated, "usage": self.usage}
        return {"events": events, "calls": calls}


def files(events: int, size: int) -> Iterator[tuple[str, str, datetime, timedelta, int, int]]:
    """Account, region, start, span, number and count of records of each file."""
    total = -(-events // size)
    span = timedelta(days=DAYS) / -(-total // (len(ACCOUNTS) * len(REGIONS)))
    for number in range(total):
        place = number % (len(ACCOUNTS) * len(REGIONS))
        start = START + span * (number // (len(ACCOUNTS) * len(REGIONS)))
        count = min(size, events - number * size)
        yield ACCOUNTS[place % 2], REGIONS[place // 2], start, span, number, count


def write(
    folder: Path, events: int, *, size: int = 2500, seed: int = 1, share: float = 0.05, duplicates: float = 0.0
) -> dict[str, Any]:
    """Write so many events below `folder`; returns the truth, which is written too."""
    maker = Maker(seed, share, duplicates)
    for account, region, start, span, number, count in files(events, size):
        records = maker.records(count, account, region, start, span)
        place = folder / "AWSLogs" / account / "CloudTrail" / region / f"{start:%Y/%m/%d}"
        place.mkdir(parents=True, exist_ok=True)
        name = f"{account}_CloudTrail_{region}_{start:%Y%m%dT%H%MZ}_{number:016d}.json.gz"
        text = json.dumps({"Records": records}, separators=(",", ":")).encode()
        (place / name).write_bytes(gzip.compress(text, 6, mtime=0))
    truth = maker.truth()
    folder.with_name(f"{folder.name}.truth.json").write_text(json.dumps(truth, indent=1))
    return truth


def main() -> None:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=2500, help="records a file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.05, help="of Bedrock's events")
    parser.add_argument("--duplicates", type=float, default=0.0, help="of Bedrock's events, delivered twice")
    options = parser.parse_args()
    chosen = {name: getattr(options, name) for name in ("size", "seed", "share", "duplicates")}
    truth = write(options.folder, options.events, **chosen)
    print(json.dumps(truth["events"]))


if __name__ == "__main__":
    main()
