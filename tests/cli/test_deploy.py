"""`scenarios deploy --then`: what an update does, as a user sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenarios.cli.main import main

OLD = """\
Resources:
  Data: {Type: AWS::S3::Bucket, Properties: {BucketName: first}}
  DataPolicy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Data, PolicyDocument: {Statement: []}}}
  Logs: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
  Topic: {Type: AWS::SNS::Topic}
"""
NEW = """\
Parameters: {Title: {Type: String}}
Resources:
  Data: {Type: AWS::S3::Bucket, Properties: {BucketName: second}}
  DataPolicy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Data, PolicyDocument: {Statement: []}}}
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  Topic: {Type: AWS::SNS::Topic}
  Alarm: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Title}}
"""
SHOWN = """\
old.yaml → new.yaml  1 created, 1 in place, 2 replaced, 1 deleted, 1 unchanged

  ± replaced  Data        AWS::S3::Bucket
      BucketName: first → second  (replaced)
      ! the bucket is deleted; one that holds objects makes the deletion fail (UpdateReplacePolicy: Delete)
      new.yaml:3:3

  ± replaced  DataPolicy  AWS::S3::BucketPolicy
      Bucket: first → second  (replaced)
      new.yaml:4:3

  ~ in place  Queue       AWS::SQS::Queue
      VisibilityTimeout: 30 → 60
      new.yaml:5:3

  + created   Alarm       AWS::SNS::Topic
      new.yaml:7:3

  - deleted   Logs        AWS::S3::Bucket
      kept, outside the stack: Retain
      old.yaml:4:3

lost: Data

no value given for parameter Title: taken as the same in both
"""


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(OLD)
    Path("new.yaml").write_text(NEW)
    return ["deploy", "old.yaml", "--then", "new.yaml"]


def test_an_update_is_shown_with_what_it_loses(pair: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(pair) == 0
    assert capsys.readouterr().out == SHOWN


def test_json_says_the_same(pair: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*pair, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "scenarios/update/1"
    first = found["changes"][0]
    assert (first["logical_id"], first["action"], first["line"], first["policy"]) == ("Data", "replaced", 3, "Delete")
    assert first["differences"] == [
        {"path": ["BucketName"], "before": "first", "after": "second", "effect": "replaced"}
    ]


@pytest.mark.parametrize(("edit", "code"), [("first", 0), ("second", 1)])
def test_strict_fails_where_something_is_lost(pair: list[str], edit: str, code: int) -> None:
    Path("new.yaml").write_text(NEW.replace("second", edit))
    assert main([*pair, "--strict"]) == code


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("new.yaml", "Resources: [", "new.yaml:2:1: not YAML"),
        ("new.yaml", "Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref No}}}", "A refers to No"),
        ("none.yaml", None, "none.yaml"),
    ],
)
def test_a_second_template_that_is_unusable_is_one_line(
    pair: list[str], capsys: pytest.CaptureFixture[str], name: str, text: str | None, said: str
) -> None:
    if text is not None:
        Path(name).write_text(text)
    assert main([*pair[:-1], name]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
