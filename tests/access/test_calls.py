"""API calls as the authorisations that AWS makes for them."""

from __future__ import annotations

import pytest

from access.accounts import (
    ACCOUNT,
    BUCKET,
    ENDPOINT,
    KEY,
    OBJECT,
    REGION,
    ROLE,
    VIA_S3,
    account,
    allow,
    bucket,
    key,
    policy,
    role,
)
from scenarios.access import (
    Outcome,
    Request,
    apply_guardrail,
    ask,
    assumable,
    assume_role,
    create_batch_job,
    deliver_invocation_log,
    deliver_trail_log,
    guardrail_identifiers,
    invoke_agent,
    invoke_model,
    list_bucket,
    may,
    model_arn,
    pass_role,
    read_object,
    retrieve,
    retrieve_and_generate,
    routed_models,
    routing_known,
    trust_statements,
    trusted_services,
    upload_part,
    whole_call,
    write_object,
)
from scenarios.access.calls.sagemaker import create
from scenarios.account.bedrock import ActionGroup, Agent, Guardrail, InferenceProfile, InvocationLogging
from scenarios.account.iam import Role
from scenarios.account.s3 import BucketEncryption
from scenarios.account.trail import Trail

FOREIGN = "arn:aws:iam::999999999999:role/stranger"
CONTEXT_KEY = "kms:encryptioncontext:aws:s3:arn"


def actions(requests: tuple[Request, ...]) -> list[tuple[str, str]]:
    return [(request.action, request.resource) for request in requests]


def test_reading_takes_the_object_and_the_key() -> None:
    asked = account(role(), bucket(), key())
    requests = read_object(asked, ROLE, bucket())
    assert actions(requests) == [("s3:GetObject", OBJECT), ("kms:Decrypt", KEY)]
    assert requests[1].context["kms:viaservice"] == f"s3.{REGION}.amazonaws.com"
    assert requests[1].context[CONTEXT_KEY] == BUCKET
    assert actions(write_object(asked, ROLE, bucket())) == [("s3:PutObject", OBJECT), ("kms:GenerateDataKey", KEY)]


def test_without_a_bucket_key_the_context_is_the_object() -> None:
    plain = bucket(encryption=BucketEncryption(algorithm="aws:kms", key="alias/docs"))
    requests = read_object(account(role(), plain, key()), ROLE, plain, "a/b")
    assert requests[1].context[CONTEXT_KEY] == f"{BUCKET}/a/b"
    assert requests[1].resource == KEY


@pytest.mark.parametrize(
    "encryption", [BucketEncryption(algorithm="AES256"), BucketEncryption(algorithm="aws:kms", key="alias/aws/s3")]
)
def test_no_key_of_ours_needs_no_decrypt(encryption: BucketEncryption) -> None:
    asked = bucket(encryption=encryption)
    assert actions(read_object(account(role(), asked), ROLE, asked)) == [("s3:GetObject", OBJECT)]


def test_the_aws_managed_key_refuses_other_accounts() -> None:
    managed = bucket(encryption=BucketEncryption(algorithm="aws:kms"))
    requests = read_object(account(managed), FOREIGN, managed)
    assert requests[1].action == "kms:Decrypt"
    assert ask(account(managed), requests[1]).denied


def test_an_unobserved_key_makes_the_read_unknown() -> None:
    asked = account(role(allow("s3:*"), allow("kms:*")), bucket())
    assert [decision.outcome for decision in may(asked, read_object(asked, ROLE, bucket()))] == [
        Outcome.ALLOWED,
        Outcome.UNKNOWN,
    ]


@pytest.mark.parametrize(
    ("condition", "allowed"),
    [
        (VIA_S3, True),
        ({"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}, False),
        ({"StringEquals": {"kms:EncryptionContext:aws:s3:arn": BUCKET}}, True),
        ({"StringLike": {"kms:EncryptionContext:aws:s3:arn": f"{BUCKET}/*"}}, False),
        ({"StringEquals": {"kms:CallerAccount": ACCOUNT}}, True),
        ({"Bool": {"aws:ViaAWSService": "true"}}, True),
        ({"StringEquals": {"aws:SourceVpce": "vpce-1"}}, False),
    ],
)
def test_conditions_on_the_key_see_the_call_as_s3_makes_it(condition: dict[str, object], allowed: bool) -> None:
    reader = role(allow("s3:GetObject"), allow("kms:Decrypt", KEY, Condition=condition))
    asked = account(reader, bucket(), key())
    decision = may(asked, read_object(asked, ROLE, bucket(), via=ENDPOINT), via=ENDPOINT)[1]
    assert decision.allowed is allowed, decision.why
    assert allowed or "condition fails" in decision.why


def test_listing_knows_its_prefix_only_if_told() -> None:
    narrow = role(allow("s3:ListBucket", BUCKET, Condition={"StringLike": {"s3:prefix": "in/*"}}))
    asked = account(narrow, bucket())
    assert may(asked, list_bucket(asked, ROLE, bucket()))[0].outcome is Outcome.UNKNOWN
    assert may(asked, list_bucket(asked, ROLE, bucket(), "in/a"))[0].allowed
    assert may(asked, list_bucket(asked, ROLE, bucket(), "out/a"))[0].denied


MODEL = "anthropic.claude-3-haiku-20240307-v1:0"


def test_invoking_a_model() -> None:
    asked = account(role())
    arn = f"arn:aws:bedrock:{REGION}::foundation-model/{MODEL}"
    assert actions(invoke_model(asked, ROLE, MODEL)) == [("bedrock:InvokeModel", arn)]
    streaming = invoke_model(asked, ROLE, arn, streaming=True)
    assert actions(streaming) == [("bedrock:InvokeModelWithResponseStream", arn)]
    assert ask(account(role(allow("bedrock:InvokeModel", arn))), invoke_model(asked, ROLE, MODEL)[0]).allowed


def test_a_system_profile_takes_the_models_of_its_geography() -> None:
    requests = invoke_model(account(role()), ROLE, f"eu.{MODEL}")
    assert requests[0].resource == f"arn:aws:bedrock:{REGION}:{ACCOUNT}:inference-profile/eu.{MODEL}"
    regions = {request.resource.split(":")[3] for request in requests[1:]}
    assert {"eu-west-1", "eu-central-1", "eu-west-3"} <= regions
    assert all(request.context["bedrock:inferenceprofilearn"] == requests[0].resource for request in requests[1:])


def test_an_application_profile_takes_its_own_models() -> None:
    arn = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:application-inference-profile/abc"
    model = f"arn:aws:bedrock:eu-north-1::foundation-model/{MODEL}"
    profile = InferenceProfile(profile_id="abc", name="mine", arn=arn, models=(model,))
    requests = invoke_model(account(role(), inference_profiles=(profile,)), ROLE, arn)
    assert [request.resource for request in requests] == [arn, model]


def test_a_guardrail_is_carried_and_applied() -> None:
    arn = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:guardrail/g1"
    guardrail = Guardrail(guardrail_id="g1", name="g", arn=arn)
    enforced = allow("bedrock:InvokeModel", Condition={"StringEquals": {"bedrock:GuardrailIdentifier": f"{arn}:1"}})
    asked = account(role(enforced, allow("bedrock:ApplyGuardrail", arn)), guardrails=(guardrail,))
    assert guardrail_identifiers(guardrail)[:2] == (arn, f"{arn}:1")
    requests = invoke_model(asked, ROLE, MODEL, guardrail=f"{arn}:1")
    assert [decision.allowed for decision in may(asked, requests)] == [True, True]
    assert requests[1].resource == arn
    assert may(asked, invoke_model(asked, ROLE, MODEL))[0].denied
    assert actions(apply_guardrail(asked, ROLE, "g1")) == [("bedrock:ApplyGuardrail", arn)]


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        (None, Outcome.ALLOWED),
        ({"StringEquals": {"kms:ViaService": f"bedrock.{REGION}.amazonaws.com"}}, Outcome.ALLOWED),
        (VIA_S3, Outcome.IMPLICIT_DENY),
        ({"StringLike": {"kms:EncryptionContext:aws:bedrock:arn": "*"}}, Outcome.UNKNOWN),
        ({"Null": {"kms:EncryptionContextKeys": "false"}}, Outcome.UNKNOWN),
    ],
)
def test_a_guardrail_under_a_key_takes_its_decryption(condition: dict[str, object] | None, outcome: Outcome) -> None:
    arn = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:guardrail/g1"
    guardrail = Guardrail(guardrail_id="g1", name="g", arn=arn, kms_key="alias/docs")
    granted = allow("kms:Decrypt", KEY, **({"Condition": condition} if condition else {}))
    asked = account(role(granted, allow("bedrock:*")), key(), guardrails=(guardrail,))
    requests = apply_guardrail(asked, ROLE, "g1:2")
    assert actions(requests) == [("bedrock:ApplyGuardrail", arn), ("kms:Decrypt", KEY)]
    assert ask(asked, requests[1]).outcome is outcome
    called = whole_call(asked, Request(ROLE, "bedrock:InvokeModel", MODEL, None, {"bedrock:guardrailidentifier": arn}))
    assert actions(called)[1:] == actions(requests)
    assert actions(whole_call(asked, Request(ROLE, "bedrock:ApplyGuardrail", arn))) == actions(requests)


def test_retrieving_from_a_knowledge_base() -> None:
    arn = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:knowledge-base/KB1"
    assert actions(retrieve(account(role()), ROLE, "KB1")) == [("bedrock:Retrieve", arn)]


CONFINED = {
    "StringEquals": {"aws:SourceAccount": ACCOUNT},
    "ArnLike": {"aws:SourceArn": f"arn:aws:bedrock:{REGION}:{ACCOUNT}:knowledge-base/*"},
}


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        (f"arn:aws:bedrock:{REGION}:{ACCOUNT}:knowledge-base/KB1", Outcome.ALLOWED),
        (f"arn:aws:bedrock:{REGION}:{ACCOUNT}:agent/A1", Outcome.IMPLICIT_DENY),
        (f"arn:aws:bedrock:{REGION}:999999999999:knowledge-base/KB1", Outcome.IMPLICIT_DENY),
        (None, Outcome.UNKNOWN),
    ],
)
def test_a_service_assumes_a_role_for_something(source: str | None, outcome: Outcome) -> None:
    service = {"Service": "bedrock.amazonaws.com"}
    trusted = role(trust=policy(allow("sts:AssumeRole", None, Principal=service, Condition=CONFINED)))
    asked = account(trusted)
    assert ask(asked, assume_role(asked, "bedrock.amazonaws.com", trusted, source)[0]).outcome is outcome


def test_passing_a_role_to_a_service() -> None:
    only = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    passed = role(name="passed")
    asked = account(role(allow("iam:PassRole", passed.arn, Condition=only)), passed)
    assert may(asked, pass_role(asked, ROLE, passed, "sagemaker.amazonaws.com"))[0].allowed
    assert may(asked, pass_role(asked, ROLE, passed, "ec2.amazonaws.com"))[0].denied
    assert ask(asked, Request(ROLE, "iam:PassRole", passed.arn)).outcome is Outcome.UNKNOWN


def test_whom_a_role_trusts() -> None:
    trust = policy(
        allow("sts:AssumeRole", None, Principal={"Service": ["lambda.amazonaws.com", "bedrock.amazonaws.com"]}),
        allow("sts:TagSession", None, Principal={"Service": "ec2.amazonaws.com"}),
        allow(
            "sts:AssumeRole",
            None,
            Principal={"AWS": ACCOUNT},
            Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        ),
    )
    assert trusted_services(role(trust=trust)) == ("bedrock.amazonaws.com", "lambda.amazonaws.com")
    last = trust_statements(role(trust=trust))[2]
    assert (last.services, last.principals) == ((), {"AWS": ACCOUNT})
    assert last.conditions == {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


TRAIL_ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/audit"
TRAIL = Trail(name="audit", arn=TRAIL_ARN, bucket="docs", prefix="logs/", kms_key=KEY)
SERVICE = {"Service": "cloudtrail.amazonaws.com"}
FOR_TRAIL = {"StringEquals": {"aws:SourceArn": TRAIL_ARN}}
OWNED = {"StringEquals": {"aws:SourceArn": TRAIL_ARN, "s3:x-amz-acl": "bucket-owner-full-control"}}


def test_cloudtrail_delivers() -> None:
    place = f"{BUCKET}/logs/AWSLogs/{ACCOUNT}/*"
    log_bucket = bucket(
        allow("s3:GetBucketAcl", BUCKET, Principal=SERVICE, Condition=FOR_TRAIL),
        allow("s3:PutObject", place, Principal=SERVICE, Condition=OWNED),
    )
    context = {"StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": f"arn:aws:cloudtrail:*:{ACCOUNT}:trail/*"}}
    trail_key = key(
        allow("kms:GenerateDataKey*", Principal=SERVICE, Condition=context | FOR_TRAIL),
        allow("kms:DescribeKey", Principal=SERVICE),
    )
    asked = account(log_bucket, trail_key)
    decisions = may(asked, deliver_trail_log(asked, TRAIL))
    assert [decision.outcome for decision in decisions] == [Outcome.ALLOWED] * 4, [one.why for one in decisions]


def test_cloudtrail_is_kept_out_by_the_wrong_prefix_trail_and_context() -> None:
    other = {"StringEquals": {"aws:SourceArn": f"{TRAIL_ARN}-2"}}
    context = {"StringEquals": {"kms:EncryptionContext:aws:cloudtrail:arn": f"{TRAIL_ARN}-2"}}
    asked = account(
        bucket(
            allow("s3:GetBucketAcl", BUCKET, Principal=SERVICE, Condition=other),
            allow("s3:PutObject", f"{BUCKET}/AWSLogs/{ACCOUNT}/*", Principal=SERVICE),
        ),
        key(allow("kms:GenerateDataKey*", Principal=SERVICE, Condition=context)),
    )
    decisions = may(asked, deliver_trail_log(asked, TRAIL))
    assert [decision.outcome for decision in decisions] == [Outcome.IMPLICIT_DENY] * 4


def test_invocation_logs_go_to_bucket_and_log_group() -> None:
    place = f"{BUCKET}/AWSLogs/{ACCOUNT}/BedrockModelInvocationLogs/*"
    like = {"ArnLike": {"aws:SourceArn": f"arn:aws:bedrock:{REGION}:{ACCOUNT}:*"}}
    log_bucket = bucket(allow("s3:PutObject", place, Principal={"Service": "bedrock.amazonaws.com"}, Condition=like))
    stream = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/bedrock:log-stream:aws/bedrock/modelinvocations"
    writer = role(allow("logs:CreateLogStream", stream), allow("logs:PutLogEvents", stream))
    asked = account(writer, log_bucket)
    logging = InvocationLogging(bucket="docs", log_group="/bedrock", role=ROLE)
    decisions = may(asked, deliver_invocation_log(asked, logging))
    assert [decision.outcome for decision in decisions] == [Outcome.ALLOWED] * 3, [one.why for one in decisions]


AGENT = Agent(
    agent_id="A1",
    name="orders",
    arn="arn:aws:bedrock:us-east-1:111122223333:agent/A1",
    role=ROLE,
    foundation_model="amazon.nova-pro-v1:0",
    guardrail="g1",
    knowledge_bases=("kb1",),
    action_groups=(
        ActionGroup(
            name="a",
            lambda_arn=f"arn:aws:lambda:{REGION}:111122223333:function:f",
            schema_bucket="docs",
            schema_key="api",
        ),
    ),
)


def test_an_agent_asks_in_three_names() -> None:
    alias = f"arn:aws:bedrock:{REGION}:111122223333:agent-alias/A1/B1"
    requests = invoke_agent(account(role(), bucket(), key()), FOREIGN, AGENT, alias)
    asked = [(request.principal, request.action) for request in requests]
    assert asked == [
        (FOREIGN, "bedrock:InvokeAgent"),
        (ROLE, "bedrock:InvokeModel"),
        (ROLE, "bedrock:ApplyGuardrail"),
        (ROLE, "bedrock:Retrieve"),
        (ROLE, "s3:GetObject"),
        (ROLE, "kms:Decrypt"),
        ("bedrock.amazonaws.com", "lambda:InvokeFunction"),
    ]
    assert requests[-1].context["aws:sourcearn"] == AGENT.arn


def test_the_whole_call_behind_an_alias() -> None:
    asked = account(role(), bucket(), key(), agents=(AGENT,))
    alias = f"arn:aws:bedrock:{REGION}:111122223333:agent-alias/A1/B1"
    requests = whole_call(asked, Request(FOREIGN, "bedrock:InvokeAgent", alias))
    assert len(requests) == 7


def test_generating_from_a_knowledge_base_takes_both() -> None:
    requests = retrieve_and_generate(account(role()), ROLE, "kb1", "us.amazon.nova-pro-v1:0")
    assert [request.action for request in requests][:3] == [
        "bedrock:RetrieveAndGenerate",
        "bedrock:Retrieve",
        "bedrock:InvokeModel",
    ]
    assert (
        sum(":foundation-model/" in request.resource for request in requests) == 4
    )  # the source region and the three of the geography


def test_a_batch_job_asks_in_three_names() -> None:
    own = role()
    requests = create_batch_job(account(own, bucket(), key()), FOREIGN, own, "amazon.nova-pro-v1:0", bucket(), bucket())
    assert [(request.principal, request.action) for request in requests] == [
        (FOREIGN, "bedrock:CreateModelInvocationJob"),
        (FOREIGN, "bedrock:CreateModelInvocationJob"),
        (FOREIGN, "iam:PassRole"),
        ("bedrock.amazonaws.com", "sts:AssumeRole"),
        (ROLE, "s3:ListBucket"),
        (ROLE, "s3:GetObject"),
        (ROLE, "kms:Decrypt"),
        (ROLE, "s3:PutObject"),
        (ROLE, "kms:GenerateDataKey"),
        (ROLE, "bedrock:InvokeModel"),
    ]


def test_sagemaker_passes_a_role_and_grants_itself_the_volumes_key() -> None:
    job = f"arn:aws:sagemaker:{REGION}:111122223333:training-job/j"
    asked = account(role(), key())
    requests = create(asked, FOREIGN, "sagemaker:CreateTrainingJob", job, role=ROLE, volume_key="alias/docs")
    assert actions(requests) == [
        ("sagemaker:CreateTrainingJob", job),
        ("iam:PassRole", ROLE),
        ("kms:CreateGrant", KEY),
        ("kms:DescribeKey", KEY),
    ]
    assert requests[1].context["iam:passedtoservice"] == "sagemaker.amazonaws.com"
    assert requests[2].context["kms:grantisforawsresource"] == "true"


def test_a_part_of_an_upload_also_decrypts() -> None:
    requests = upload_part(account(role(), bucket(), key()), ROLE, bucket())
    assert [request.action for request in requests] == ["s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"]


@pytest.mark.parametrize(
    ("profile", "regions"),
    [
        ("us.amazon.m-v1:0", {REGION, "us-east-1", "us-east-2", "us-west-2"}),
        ("jp.amazon.m-v1:0", {REGION, "ap-northeast-1", "ap-northeast-3"}),
        ("au.amazon.m-v1:0", {REGION, "ap-southeast-2", "ap-southeast-4"}),
        ("ca.amazon.m-v1:0", None),
        ("global.amazon.m-v1:0", None),
    ],
)
def test_where_a_profile_routes_to(profile: str, regions: set[str] | None) -> None:
    asked = account(role())
    arn = model_arn(asked, profile)
    assert routing_known(asked, arn) is (regions is not None)
    if regions is not None:
        assert {model.split(":")[3] for model in routed_models(asked, arn)} == regions


def test_roles_are_reached_one_after_the_other() -> None:
    def trusting(name: str, principal: str) -> Role:
        arn = f"arn:aws:iam::111122223333:role/{name}"
        trust = policy(allow("sts:AssumeRole", Principal={"AWS": principal}), name="trust policy")
        may_assume = policy(allow("sts:AssumeRole", "*"), name="inline")
        return Role(name=name, arn=arn, trust=trust, inline=(may_assume,))

    first = trusting("first", "111122223333")
    second = trusting("second", first.arn)
    other = trusting("other", "arn:aws:iam::111122223333:role/nobody")
    found = assumable(account(role(), first, second, other), second.arn)
    assert set(found) == {first.arn}
    found = assumable(account(role(), first, second, other), first.arn)
    assert [one.name for one in found[second.arn].roles] == ["second"]
    assert other.arn not in found
