from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import deliver_invocation_log, may
from scenarios.access.written import statements
from scenarios.account import Account
from scenarios.account.bedrock import InvocationLogging
from scenarios.account.s3 import Bucket
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.decisions import failing_statement, must_be_allowed
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_MARK = "/BedrockModelInvocationLogs"
_STREAM = ":log-stream:aws/bedrock/modelinvocations"


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::Logs::LogGroup", "AWS::IAM::Role", "AWS::IAM::Policy"),
    remediation="Let bedrock.amazonaws.com put objects below "
    "PREFIX/AWSLogs/ACCOUNT/BedrockModelInvocationLogs/, and the logging role write to the log "
    "group's stream aws/bedrock/modelinvocations.",
    controls=("Prowler/bedrock_model_invocation_logging_enabled",),
)
def invocation_log_undelivered(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Where model-invocation logging is prepared, Bedrock can deliver to its destination.

    CloudFormation has no type for the switch itself, so that the destinations are found by their policies: a bucket
    that grants Bedrock `BedrockModelInvocationLogs`, a role that may write to the stream
    `aws/bedrock/modelinvocations`. Asked with the requests that Bedrock makes for this account and Region.

    Source: "Monitor model invocation using CloudWatch Logs and Amazon S3",
    https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
    """
    for logging, at in prepared(account):
        requests = deliver_invocation_log(account, logging)
        for request, decision in zip(requests, may(account, requests), strict=True):
            what = f"{request.principal} calls {request.action} to deliver invocation logs"
            yield must_be_allowed(decision, failing_statement(decision) or at, what)


def prepared(account: Account) -> Iterator[tuple[InvocationLogging, Origin | None]]:
    """The destinations that policies were written for, each with the policy's origin."""
    for bucket in account.buckets:
        prefix = _prefix(bucket)
        if prefix is not None and bucket.policy is not None:
            yield InvocationLogging(bucket=bucket.name, prefix=prefix), bucket.policy.origin
    for role in account.roles:
        for policy in role.policies:
            for group in _groups(account, policy.text):
                yield InvocationLogging(log_group=group, role=role.arn), policy.origin


def _prefix(bucket: Bucket) -> str | None:
    """What stands before `AWSLogs` in the object names that Bedrock is granted; nothing where it is granted none."""
    for statement in statements(bucket.policy):
        for resource in statement.resources if statement.allow else ():
            if _MARK in resource:
                key = resource.partition(":s3:::")[2].partition("/")[2]
                return key.partition("AWSLogs")[0].strip("/")
    return None


def _groups(account: Account, text: str) -> Iterator[str]:
    for group in account.log_groups:
        if f":log-group:{group.name}{_STREAM}" in text:
            yield group.name
