"""Flow logs to buckets: AWS adds to the bucket's policy what that lacks, and nothing to a key's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scenarios"))
from edits import judged

BASE = (Path(__file__).parent / "bases" / "ec2.yaml").read_text()
TO_GROUP = "LogGroupName: !Ref FlowGroup, DeliverLogsPermissionArn: !GetAtt FlowRole.Arn"
DELIVERY = "Effect: Allow, Principal: {Service: delivery.logs.amazonaws.com}"
OURS = 'Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}'
ACCOUNT = 'Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: "kms:*", Resource: "*"'


def to_bucket(policy: str = "", key: str | None = None, destination: str = "!GetAtt Sink.Arn") -> str:
    default = 'SSEAlgorithm: "aws:kms", KMSMasterKeyID: !GetAtt SinkKey.Arn'
    properties = f"ServerSideEncryptionConfiguration: [{{ServerSideEncryptionByDefault: {{{default}}}}}]"
    made = "  Sink: {Type: AWS::S3::Bucket}\n"
    if key is not None:
        made = f"  Sink: {{Type: AWS::S3::Bucket, Properties: {{BucketEncryption: {{{properties}}}}}}}\n"
        document = f'{{Version: "2012-10-17", Statement: [{{{ACCOUNT}}}{key}]}}'
        made += f"  SinkKey: {{Type: AWS::KMS::Key, Properties: {{KeyPolicy: {document}}}}}\n"
    if policy:
        document = f'{{Version: "2012-10-17", Statement: [{policy}]}}'
        made += f"  P: {{Type: AWS::S3::BucketPolicy, Properties: {{Bucket: !Ref Sink, PolicyDocument: {document}}}}}\n"
    text = BASE.replace(TO_GROUP, f"LogDestinationType: s3, LogDestination: {destination}")
    return text.replace("  Volume:\n", made + "  Volume:\n")


def admitted(place: str) -> str:
    put = f'{{{DELIVERY}, Action: "s3:PutObject", Resource: !Sub "${{Sink.Arn}}/{place}*", {OURS}}}'
    return f'{put}, {{{DELIVERY}, Action: "s3:GetBucketAcl", Resource: !GetAtt Sink.Arn}}'


KEY = f', {{{DELIVERY}, Action: "kms:GenerateDataKey*", Resource: "*", {OURS}}}'
TLS = 'Action: "s3:*", Resource: !Sub "${Sink.Arn}/*", Condition: {Bool: {"aws:SecureTransport": "false"}}'
CASES = {
    "without a policy AWS makes one": (to_bucket(), "holds"),
    "a policy that admits log delivery": (to_bucket(admitted("AWSLogs/${AWS::AccountId}/")), "holds"),
    "below a folder": (to_bucket(admitted("net/AWSLogs/"), destination='!Sub "${Sink.Arn}/net/"'), "holds"),
    "a key that admits log delivery": (to_bucket(admitted("AWSLogs/"), KEY), "holds"),
    "a key that does not": (to_bucket(admitted("AWSLogs/"), ""), "violated"),
    "a policy that says nothing of it": (to_bucket(f'{{Effect: Deny, Principal: "*", {TLS}}}'), "unknown"),
    "below another folder": (to_bucket(admitted("net/AWSLogs/")), "unknown"),
    "a bucket elsewhere": (to_bucket(destination="arn:aws:s3:::elsewhere"), "unknown"),
    "a stream": (to_bucket().replace("LogDestinationType: s3", "LogDestinationType: kinesis-data-firehose"), "unknown"),
}


@pytest.mark.parametrize(("text", "verdict"), CASES.values(), ids=CASES)
def test_a_flow_log_to_a_bucket(text: str, verdict: str) -> None:
    found = [each for each in judged(text, "baseline").findings if each.rule == "flow-log-missing"]
    assert {each.verdict.value for each in found} == {verdict}, [each.message for each in found]
