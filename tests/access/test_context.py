"""The request context as AWS fills it."""

from __future__ import annotations

from access.accounts import (
    ACCOUNT,
    BUCKET,
    ENDPOINT,
    KEY,
    OBJECT,
    REGION,
    ROLE,
    account,
    allow,
    bucket,
    key,
    policy,
    role,
)
from scenarios.access import Request, complete
from scenarios.account.iam import User


def test_a_roles_keys() -> None:
    filled = complete(account(role(tags=(("Team", "red"),)), bucket()), Request(ROLE, "s3:GetObject", OBJECT))
    assert filled.resource_account == ACCOUNT
    expected = {
        "aws:principalarn": ROLE,
        "aws:principalaccount": ACCOUNT,
        "aws:principaltype": "AssumedRole",
        "aws:principaltag/team": "red",
        "aws:principalisawsservice": "false",
        "aws:viaawsservice": "false",
        "aws:securetransport": "true",
        "aws:resourceaccount": ACCOUNT,
        "s3:resourceaccount": ACCOUNT,
        "aws:requestedregion": REGION,
    }
    assert expected.items() <= filled.context.items()
    assert filled.context["aws:sourcevpce"] == filled.context["aws:username"] == ()
    unknown = {"aws:sourceip", "aws:principalorgid", "aws:multifactorauthpresent", "aws:currenttime"}
    assert unknown <= set(filled.unknown_keys)
    assert "aws:principaltag/*" not in filled.unknown_keys


def test_a_session_carries_its_roles_arn_with_its_path() -> None:
    pathed = role().model_copy(update={"arn": f"arn:aws:iam::{ACCOUNT}:role/app/reader"})
    request = Request(f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/job", "s3:GetObject", OBJECT)
    filled = complete(account(pathed, bucket()), request)
    assert filled.context["aws:principalarn"] == filled.issuer == pathed.arn
    lost = complete(account(bucket()), request)
    assert "aws:principalarn" in lost.unknown_keys


def test_tags_are_open_where_sessions_may_be_tagged() -> None:
    tagged = policy(allow("sts:AssumeRole", None, Principal="*"), allow("sts:TagSession", None, Principal="*"))
    filled = complete(account(role(trust=tagged), bucket()), Request(ROLE, "s3:GetObject", OBJECT))
    assert "aws:principaltag/*" in filled.unknown_keys


def test_a_users_name() -> None:
    user = User(name="ann", arn=f"arn:aws:iam::{ACCOUNT}:user/staff/ann")
    filled = complete(account(user, bucket()), Request(user.arn, "s3:GetObject", OBJECT))
    assert filled.context["aws:username"] == "ann"


def test_an_endpoint_replaces_the_address() -> None:
    asked = account(role(), bucket())
    filled = complete(asked, Request(ROLE, "s3:GetObject", OBJECT), ENDPOINT)
    assert filled.context["aws:sourcevpce"] == "vpce-1"
    assert filled.context["aws:sourcevpc"] == "vpc-1"
    assert filled.context["aws:sourceip"] == ()
    assert "aws:vpcsourceip" in filled.unknown_keys
    later = complete(asked, Request(ROLE, "s3:GetObject", OBJECT))
    assert "aws:sourceip" in later.unknown_keys


def test_a_request_completed_before_can_still_go_through_an_endpoint() -> None:
    asked = account(role(), bucket())
    before = complete(asked, Request(ROLE, "s3:GetObject", OBJECT))
    through = complete(asked, before, ENDPOINT)
    assert through.context["aws:sourcevpce"] == "vpce-1"
    assert through.context["aws:sourceip"] == ()
    assert "aws:sourceip" not in through.unknown_keys


def test_a_call_through_s3_is_a_forwarded_one() -> None:
    request = Request(ROLE, "kms:Decrypt", KEY, context={"kms:viaservice": f"s3.{REGION}.amazonaws.com"})
    filled = complete(account(role(), key()), request, ENDPOINT)
    assert filled.context["aws:viaawsservice"] == "true"
    assert filled.context["aws:calledvia"] == ("s3.amazonaws.com",)
    assert filled.context["aws:sourcevpce"] == ()
    assert filled.context["kms:calleraccount"] == ACCOUNT


def test_a_service_says_for_what_it_acts_or_nobody_knows() -> None:
    request = Request("cloudtrail.amazonaws.com", "s3:PutObject", OBJECT)
    filled = complete(account(bucket()), request)
    assert filled.context["aws:principalisawsservice"] == "true"
    assert filled.context["aws:principalservicename"] == "cloudtrail.amazonaws.com"
    assert "aws:principalarn" not in filled.context
    assert {"aws:sourcearn", "aws:sourceaccount"} <= set(filled.unknown_keys)
    given = complete(
        account(bucket()), Request(request.principal, request.action, OBJECT, None, {"aws:SourceAccount": "1"})
    )
    assert given.context["aws:sourceaccount"] == "1"
    assert "aws:sourceaccount" not in given.unknown_keys


def test_what_the_request_says_stands() -> None:
    context = {"aws:SecureTransport": "false", "aws:PrincipalOrgID": "o-1"}
    filled = complete(account(role(), bucket()), Request(ROLE, "s3:GetObject", OBJECT, None, context))
    assert filled.context["aws:securetransport"] == "false"
    assert "aws:principalorgid" not in filled.unknown_keys


def test_parameters_that_only_some_calls_have() -> None:
    asked = account(role(), bucket())
    put = complete(asked, Request(ROLE, "s3:PutObject", OBJECT)).unknown_keys
    get = complete(asked, Request(ROLE, "s3:GetObject", OBJECT)).unknown_keys
    listing = complete(asked, Request(ROLE, "s3:ListBucket", BUCKET)).unknown_keys
    assert "s3:x-amz-*" in put
    assert "s3:x-amz-*" not in get
    assert "s3:prefix" in listing
    assert "s3:prefix" not in put


def test_completing_twice_changes_nothing() -> None:
    asked = account(role(), bucket(), key())
    for request in (Request(ROLE, "s3:GetObject", OBJECT), Request("*", "kms:Decrypt", "alias/docs")):
        once = complete(asked, request)
        assert complete(asked, once) == once
