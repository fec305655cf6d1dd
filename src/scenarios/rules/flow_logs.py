"""Whether what a flow log records arrives where it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.access import FLOW_LOGS, Decision, Outcome, all_allowed, assume_role, deliver_flow_log, may
from scenarios.account import Account
from scenarios.account.network import FlowLog
from scenarios.account.s3 import Bucket
from scenarios.finding import Origin, Verdict
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import prop

DELIVERY_TYPES = (
    "AWS::IAM::Role",
    "AWS::IAM::Policy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::KMS::Key",
)
_SETTINGS = ("ResourceId", "TrafficType", "LogDestination", "LogDestinationType", "LogGroupName")
_APPENDED = (
    "AWS adds what its policy lacks when the flow log is made, and a policy that is put afterwards takes it away"
)


@dataclass(frozen=True)
class Arrival:
    """Whether a flow log's records arrive: `why` not, or why nobody can tell; `at` is what a person would edit."""

    verdict: Verdict
    why: str
    at: Origin | None
    about: tuple[Origin | None, ...]


def arrival(account: Account, log: FlowLog) -> Arrival:
    """What becomes of a flow log's records.

    A log group takes a role that trusts the flow logs service and may write there. To a bucket log delivery has to be
    let in, and to its key: AWS adds to the bucket's policy what that lacks, but nothing stands against a Deny, and
    nothing is added to a key's policy.

    Sources: "IAM role for publishing flow logs to CloudWatch Logs",
    https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html; "Amazon S3 bucket permissions for flow
    logs", https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
    """
    own = tuple(prop(log, name) for name in _SETTINGS)
    if log.kind == "s3":
        return _to_bucket(account, log, own)
    if log.kind != "cloud-watch-logs":
        return Arrival(Verdict.UNKNOWN, f"whether {log.destination} passes its records on is not seen", log.origin, own)
    return _to_group(account, log, (*own, prop(log, "DeliverLogsPermissionArn")))


def _to_group(account: Account, log: FlowLog, own: tuple[Origin | None, ...]) -> Arrival:
    at = prop(log, "DeliverLogsPermissionArn")
    if log.elsewhere:
        return Arrival(Verdict.UNKNOWN, "its log group is another account's", prop(log, "DeliverCrossAccountRole"), own)
    if log.role is None:
        return Arrival(Verdict.VIOLATED, "it names no role to write to its log group with", at, own)
    role = account.role(log.role)
    if role is None:
        return Arrival(Verdict.UNKNOWN, f"its role {log.role} is not in this account", at, own)
    source = f"arn:{account.partition}:ec2:{account.region}:{account.account_id}:vpc-flow-log/{log.flow_log_id}"
    (trusted,) = may(account, assume_role(account, FLOW_LOGS, role, source))
    if not trusted.allowed:
        return _lacking(trusted, f"{FLOW_LOGS} assumes {role.name}", role.trust.origin, (*own, role.origin))
    written = all_allowed(may(account, deliver_flow_log(account, log)))
    place = next((policy.origin for policy in role.policies if policy.origin), role.origin)
    return _lacking(written, f"{role.name} writes to {log.destination}", place, (*own, *_wholes(trusted), role.origin))


def _to_bucket(account: Account, log: FlowLog, own: tuple[Origin | None, ...]) -> Arrival:
    name = (log.destination or "").partition(":::")[2].partition("/")[0]
    bucket, at = account.bucket(name), prop(log, "LogDestination")
    if bucket is None:
        return Arrival(Verdict.UNKNOWN, f"its bucket {name} is not in this account", at, own)
    about = (*own, bucket.origin, prop(bucket, "BucketEncryption"))
    if _under_a_managed_key(bucket):
        why = f"log delivery cannot write to bucket {name} under the AWS managed key of S3"
        return Arrival(Verdict.VIOLATED, why, prop(bucket, "BucketEncryption"), about)
    decisions = may(account, deliver_flow_log(account, log))
    on_bucket, on_key = all_allowed(decisions[:2]), all_allowed(decisions[2:])
    place = (bucket.policy.origin if bucket.policy else None) or bucket.origin
    if on_bucket.outcome is Outcome.IMPLICIT_DENY and bucket.policy is not None:
        return Arrival(Verdict.UNKNOWN, f"bucket {name} does not let log delivery in: {_APPENDED}", place, about)
    if on_bucket.outcome in (Outcome.EXPLICIT_DENY, Outcome.UNKNOWN):
        return _lacking(on_bucket, f"log delivery writes to bucket {name}", place, about)
    key = account.key(bucket.encryption.key) if bucket.encryption else None
    at = (key.policy.origin if key and key.policy else None) or prop(bucket, "BucketEncryption")
    return _lacking(on_key, f"log delivery encrypts for bucket {name}", at, (*about, *_wholes(on_bucket)))


def _under_a_managed_key(bucket: Bucket) -> bool:
    """Source: "Logs sent to Amazon S3", section on server-side encryption,
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html"""
    encryption = bucket.encryption
    return encryption is not None and encryption.algorithm.startswith("aws:kms") and not customer_key(encryption.key)


def _lacking(decision: Decision, what: str, at: Origin | None, about: tuple[Origin | None, ...]) -> Arrival:
    verdict = Verdict.HOLDS if decision.allowed else Verdict.VIOLATED if decision.denied else Verdict.UNKNOWN
    where = next((by.origin for by in decision.by if by.origin), at) if verdict is Verdict.VIOLATED else at
    said = f"{what}: denied, because {decision.why}" if decision.denied else f"{what}: {decision.why}"
    return Arrival(verdict, said, where, (*about, *_wholes(decision)))


def _wholes(decision: Decision) -> Iterator[Origin]:
    """The decision has weighed what is uncertain within the policies: it hangs on the resources as wholes."""
    yield from dict.fromkeys(Origin(origin.logical_id) for origin in decision.about)
