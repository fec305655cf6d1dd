from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Outcome, Request, all_allowed, ask, may, read_object, through_access_point
from scenarios.account import Account
from scenarios.account.s3 import AccessPoint, Bucket
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement, layer_outcome
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import Entry, closed_to_strangers, described, entries, judged, let_in


@rule(
    severity=Severity.CRITICAL,
    needs=DATA_TYPES,
    remediation="Take the statement out, or name the principals that need it.",
    controls=(
        "SecurityHub/S3.2",
        "SecurityHub/S3.3",
        "SecurityHub/S3.6",
        "CKV_AWS_20",
        "CKV_AWS_57",
        "Prowler/s3_bucket_cross_account_access",
        "Prowler/s3_bucket_policy_public_write_access",
        "Prowler/s3_bucket_public_access",
        "Prowler/s3_bucket_public_list_acl",
        "Prowler/s3_bucket_public_write_acl",
    ),
)
def bucket_readable_by_others(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody outside the account reads, lists, overwrites or takes over the bucket.

    Asked for anybody, for a principal of an unknown account, and for whomever the policy names outside the account,
    through the bucket policy, its access points and Block Public Access, in whatever form the statements admit; and for
    outsiders who may assume a role of the account that reads the bucket. Who writes documents writes what the model
    answers with.

    Source: "Blocking public access to your Amazon S3 storage",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    own = {subject.role.arn for subject in scope.service_roles}  # service-role-assumable-by-others speaks of these
    entered = [entry for entry in entries(account, scope) if entry.role.arn not in own]
    for bucket in scope.buckets:
        name = f"bucket {bucket.name}"
        yield from closed_to_strangers(
            account, bucket, bucket.policy, _calls(bucket.arn, f"{bucket.arn}/any-object"), name
        )
        for point in account.access_points:
            if point.bucket == bucket.name:
                yield from _through(account, bucket, point)
        yield from (found for entry in entered if (found := _by_role(account, bucket, entry)) is not None)


def _calls(bucket: str, objects: str) -> tuple[tuple[str, str], ...]:
    return (*((action, objects) for action in _OBJECT), *((action, bucket) for action in _BUCKET))


def _through(account: Account, bucket: Bucket, point: AccessPoint) -> Iterator[Judgement]:
    """What an access point's own policy lets in counts where the bucket behind it lets that through."""
    calls = _calls(point.arn, f"{point.arn}/object/any-object")
    for way in let_in(account, point.policy, calls):
        behind = way.request.resource.replace(f"{point.arn}/object", bucket.arn).replace(point.arn, bucket.arn)
        plain = Request(way.request.principal, way.request.action, behind, account.account_id, way.request.context)
        second = ask(account, through_access_point(account, point, (plain,))[1])
        if not second.denied:
            said = f"{described(way.request.principal)} may call {way.request.action} through access point {point.name}"
            sure = way.sure and (second.allowed or layer_outcome(second, "resource") is Outcome.ALLOWED)
            at = (point.policy.origin if point.policy else None) or point.origin
            message = said if sure else f"{said}: not decided, because {way.decision.why}"
            yield judgement(Verdict.VIOLATED if sure else Verdict.UNKNOWN, at, message, way.decision)
            return


def _by_role(account: Account, bucket: Bucket, entry: Entry) -> Judgement | None:
    """A read of the bucket, key and all, by a role that an outsider acts with."""
    reading = all_allowed(may(account, read_object(account, entry.role.arn, bucket)))
    if not reading.allowed:
        return None
    return judged(entry, f"{entry.words}, which reads bucket {bucket.name}")


_OBJECT = ("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:PutObjectAcl")
_BUCKET = ("s3:ListBucket", "s3:PutBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketPublicAccessBlock", "s3:DeleteBucket")
"""Reads, writes, and what opens the bucket for them."""
