"""What `deploy` and `check` cost as templates grow: seconds of the processor and memory, by number of resources.

Run with `make bench-size`. Templates are generated: in every ten resources a bucket with its policy, a role, a policy
of its own, a function, a log group, a queue, a topic, a security group and an alarm, which refer to each other; all
stand in one VPC. The last line is a template of a megabyte, of few resources with long policies.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZES = (125, 250, 500, 1000)
MEGABYTE = 1_000_000
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def main() -> None:
    """Each command in a process of its own, at every size."""
    print(f"{'template':>12} {'kB':>7} {'command':>8} {'s':>7} {'ms each':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name, body in [(str(size), template(size)) for size in SIZES] + [("1 MB", large())]:
            path = Path(folder) / f"{name.replace(' ', '-')}.json"
            path.write_text(json.dumps(body, indent=1), encoding="utf-8")
            for command in ("deploy", "check"):
                seconds, memory = cost([command, str(path)])
                each = 1000 * seconds / len(body["Resources"])
                size = path.stat().st_size // 1000
                print(f"{name:>12} {size:7} {command:>8} {seconds:7.2f} {each:8.1f} {memory:6.0f}", flush=True)


def cost(arguments: list[str]) -> tuple[float, float]:
    """The processor's seconds of a command and its children, and the most memory that one of them took."""
    measured = "import sys; sys.path.insert(0, sys.argv[1]); import sizes; sizes.measure(sys.argv[2:])"
    here = str(Path(__file__).parent)
    answer = subprocess.run(
        [sys.executable, "-c", measured, here, *arguments], capture_output=True, text=True, check=True
    )
    seconds, memory = answer.stderr.split()[-2:]
    return float(seconds), float(memory)


def measure(arguments: list[str]) -> None:
    """Run one command line here, and say on stderr what it took."""
    from scenarios.cli.main import main as command

    try:
        command(arguments)
    except SystemExit:
        pass
    finally:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        seconds = sum(one.ru_utime + one.ru_stime for one in used)
        print(seconds, max(one.ru_maxrss for one in used) / 1000, file=sys.stderr)


def template(size: int) -> dict[str, Any]:
    """A template of about so many resources."""
    resources: dict[str, Any] = {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Subnet": {
            "Type": "AWS::EC2::Subnet",
            "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/20"},
        },
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": True}},
    }
    for index in range(max(1, (size - len(resources)) // 10)):
        resources |= part(index)
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}


def part(number: int) -> dict[str, Any]:
    """Ten resources that belong together."""
    bucket, role = f"Bucket{number}", f"Role{number}"
    return {
        bucket: {"Type": "AWS::S3::Bucket", "Properties": {"BucketEncryption": _encryption()}},
        f"BucketPolicy{number}": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": bucket}, "PolicyDocument": _over_tls(bucket)},
        },
        role: {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": _TRUST}},
        f"Policy{number}": {
            "Type": "AWS::IAM::Policy",
            "Properties": {"PolicyName": "own", "Roles": [{"Ref": role}], "PolicyDocument": _reading(bucket)},
        },
        f"Function{number}": _function(number),
        f"Logs{number}": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 365}},
        f"Queue{number}": {"Type": "AWS::SQS::Queue", "Properties": {"KmsMasterKeyId": {"Ref": "Key"}}},
        f"Topic{number}": {"Type": "AWS::SNS::Topic", "Properties": {"KmsMasterKeyId": {"Ref": "Key"}}},
        f"Group{number}": {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {"GroupDescription": f"of function {number}", "VpcId": {"Ref": "Vpc"}},
        },
        f"Alarm{number}": _alarm(number),
    }


def _function(number: int) -> dict[str, Any]:
    place = {"SubnetIds": [{"Ref": "Subnet"}], "SecurityGroupIds": [{"Fn::GetAtt": [f"Group{number}", "GroupId"]}]}
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Role": {"Fn::GetAtt": [f"Role{number}", "Arn"]},
            "Runtime": "python3.13",
            "Handler": "index.handler",
            "Code": {"ZipFile": "def handler(event, context): pass"},
            "VpcConfig": place,
            "Environment": {"Variables": {"BUCKET": {"Ref": f"Bucket{number}"}}},
        },
    }


def _alarm(number: int) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "MetricName": "Errors",
            "Namespace": "AWS/Lambda",
            "Dimensions": [{"Name": "FunctionName", "Value": {"Ref": f"Function{number}"}}],
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 1,
            "ComparisonOperator": "GreaterThanThreshold",
            "AlarmActions": [{"Ref": f"Topic{number}"}],
        },
    }


def _encryption() -> dict[str, Any]:
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Fn::GetAtt": ["Key", "Arn"]}}
    return {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": by_default}]}


def _reading(bucket: str) -> dict[str, Any]:
    objects = {"Fn::Sub": f"${{{bucket}.Arn}}/*"}
    statement = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": objects}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _over_tls(bucket: str) -> dict[str, Any]:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [{"Fn::GetAtt": [bucket, "Arn"]}, {"Fn::Sub": f"${{{bucket}.Arn}}/*"}],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def large() -> dict[str, Any]:
    """A template of a megabyte: what makes it long are its policies."""
    body = template(125)
    number, size = 0, len(json.dumps(body, indent=1))
    while size < MEGABYTE:
        body["Resources"][f"Long{number}"] = made = _long(number)
        size += len(json.dumps({"Resources": {f"Long{number}": made}}, indent=1))
        number += 1
    return body


def _long(number: int) -> dict[str, Any]:
    statements = [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::documents-{number}-{index}/*"}
        for index in range(60)
    ]
    document = {"Version": "2012-10-17", "Statement": statements}
    return {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}}


if __name__ == "__main__":
    main()
