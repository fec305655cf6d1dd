"""Every supplement gives what AWS gives, and plain moto does not: the day it does, the supplement can go."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from scenarios.emulator import emulator
from scenarios.emulator.backend import backends
from scenarios.emulator.environment import environment
from scenarios.emulator.models import shared_models
from scenarios.emulator.seal import seal
from scenarios.emulator.session import EmulatedSession

_spec = importlib.util.spec_from_file_location("losses", Path(__file__).with_name("losses.py"))
assert _spec
assert _spec.loader
losses = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(losses)


@contextmanager
def plain() -> Iterator[EmulatedSession]:
    """The emulator without its supplements."""
    with environment("123456789012", "us-east-1"), shared_models(), seal(), backends():
        yield EmulatedSession("123456789012", "us-east-1")


@pytest.mark.parametrize("name", losses.CASES)
def test_with_the_supplement_it_is_as_in_aws(name: str) -> None:
    case, expected = losses.CASES[name]
    with emulator() as session:
        assert case(session) == expected


@pytest.mark.parametrize("name", losses.CASES)
def test_plain_moto_still_needs_the_supplement(name: str) -> None:
    case, expected = losses.CASES[name]
    with plain() as session:
        try:
            found: Any = case(session)
        except (ClientError, ParamValidationError, LookupError, AssertionError, TypeError):
            return
    assert found != expected


@pytest.mark.parametrize("name", losses.KEPT)
def test_what_moto_keeps_by_itself(name: str) -> None:
    case, expected = losses.KEPT[name]
    for session_of in (plain, emulator):
        with session_of() as session:
            assert case(session) == expected


def test_parameters_are_still_validated() -> None:
    with emulator() as session, pytest.raises(ParamValidationError, match="blockedInputMessaging"):
        session.client("bedrock").create_guardrail(name="g", blockedOutputsMessaging="no")


def test_a_policy_that_denies_plain_http_does_not_stop_the_emulators_own_calls() -> None:
    deny = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": '
        '["arn:aws:s3:::one-bucket", "arn:aws:s3:::one-bucket/*"], '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}'
    )
    with emulator() as session:
        s3 = session.client("s3")
        s3.create_bucket(Bucket="one-bucket")
        s3.put_bucket_policy(Bucket="one-bucket", Policy=deny)
        s3.put_object(Bucket="one-bucket", Key="k", Body=b"x")
        assert s3.get_object(Bucket="one-bucket", Key="k")["Body"].read() == b"x"
        assert s3.get_bucket_policy(Bucket="one-bucket")["Policy"] == deny
        assert s3.get_bucket_acl(Bucket="one-bucket")["Grants"][0]["Permission"] == "FULL_CONTROL"


@pytest.mark.parametrize("bucket", ["logs", "kms", "iam", "ec2", "sqs-queue", "my.dotted.bucket"])
def test_a_bucket_may_be_called_like_a_service(bucket: str) -> None:
    with emulator() as session:
        s3 = session.client("s3")
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"


def test_tags_of_held_things() -> None:
    with emulator() as session:
        agents = session.client("bedrock-agent")
        arn = agents.create_prompt(name="p", tags={"team": "ai"})["arn"]
        agents.tag_resource(resourceArn=arn, tags={"cost": "1"})
        agents.untag_resource(resourceArn=arn, tagKeys=["team"])
        assert agents.list_tags_for_resource(resourceArn=arn)["tags"] == {"cost": "1"}
        bedrock = session.client("bedrock")
        arn = bedrock.create_guardrail(
            name="g", blockedInputMessaging="n", blockedOutputsMessaging="n", tags=[{"key": "team", "value": "ai"}]
        )["guardrailArn"]
        bedrock.tag_resource(resourceARN=arn, tags=[{"key": "team", "value": "ml"}])
        assert bedrock.list_tags_for_resource(resourceARN=arn)["tags"] == [{"key": "team", "value": "ml"}]


def test_answers_are_copies() -> None:
    variant = {"name": "v", "templateType": "TEXT", "templateConfiguration": {"text": {"text": "hi"}}}
    with emulator() as session:
        agents = session.client("bedrock-agent")
        made = agents.create_prompt(name="p", variants=[variant])
        agents.get_prompt(promptIdentifier=made["id"])["variants"].clear()
        assert agents.get_prompt(promptIdentifier=made["id"])["variants"] == [variant]
