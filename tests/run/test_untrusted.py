"""Untrusted templates: nothing of them runs, nothing leaves this process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CUSTOM = """\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Subscription:
        - {Protocol: http, Endpoint: "http://203.0.113.9/collect"}
  Web:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Topic, Protocol: http, Endpoint: "http://203.0.113.9/collect"}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Code:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: {ZipFile: "import os; os.system('touch /tmp/was-run')"}
  Custom:
    Type: Custom::Thing
    Properties: {ServiceToken: !GetAtt Code.Arn}
  Other:
    Type: AWS::CloudFormation::CustomResource
    Properties: {ServiceToken: "arn:aws:sns:us-east-1:123456789012:topic"}
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: "https://203.0.113.9/template.yaml"}
Outputs:
  Answer: {Value: !GetAtt Custom.Answer}
"""

# What is watched is Python's own audit trail, from before the first import of ours to the end of the run.
WATCH = """
import sys
seen = []
watched = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
sys.addaudithook(lambda event, arguments: seen.append((event, repr(arguments)[:200])) if event in watched else None)
from scenarios.cli.main import main
code = main(["check", sys.argv[1], "--jobs", "1", "--format", "json", "--output", sys.argv[2]])
import json
print(json.dumps({"code": code, "seen": seen}))
"""


def test_a_custom_resource_opens_no_socket_and_starts_no_process(tmp_path: Path):
    template, report = tmp_path / "t.yaml", tmp_path / "r.json"
    template.write_text(CUSTOM)
    command = [sys.executable, "-c", WATCH, str(template), str(report)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["seen"] == []
    assert answer["code"] in (0, 1)
    (judged,) = json.loads(report.read_text())["templates"]
    statuses = {entry["logical_id"]: entry["status"] for entry in judged["ledger"]}
    assert statuses["Custom"] == statuses["Other"] == statuses["Nested"] == "recorded"
    assert judged["outputs"] == {"Answer": None}


SERVERLESS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: a.b
      CodeUri: ./secret-code
      Policies: [AmazonS3ReadOnlyAccess, NoPolicyOfThisName]
  Other:
    Type: AWS::Serverless::Application
    Properties:
      Location: {ApplicationId: "arn:aws:serverlessrepo:us-east-1:123456789012:applications/x", SemanticVersion: 1.0.0}
"""


def test_sam_asks_neither_aws_nor_the_folder_of_the_code(tmp_path: Path):
    template, report = tmp_path / "t.yaml", tmp_path / "r.json"
    template.write_text(SERVERLESS)
    (tmp_path / "secret-code").mkdir()
    watch = WATCH.replace("if event in watched", "if event in watched or 'secret-code' in repr(arguments)")
    command = [sys.executable, "-c", watch, str(template), str(report)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    assert json.loads(done.stdout.splitlines()[-1])["seen"] == []
    (judged,) = json.loads(report.read_text())["templates"]
    assert {row["logical_id"] for row in judged["ledger"]} == {"Function", "FunctionRole", "Other"}


def test_credentials_and_endpoints_of_the_user_are_not_read(tmp_path: Path, monkeypatch, capsys):
    from scenarios.cli.main import main

    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://203.0.113.9")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    (tmp_path / "config").write_text("[profile production]\ncredential_process = touch /tmp/was-run\n")
    template = tmp_path / "t.yaml"
    template.write_text("Resources:\n  Documents:\n    Type: AWS::S3::Bucket\n")
    assert main(["check", str(template), "--jobs", "1", "--no-lint"]) == 0
    assert "1 deployed" in capsys.readouterr().out
