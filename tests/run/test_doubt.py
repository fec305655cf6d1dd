"""What turns a verdict into unknown after the fact."""

from __future__ import annotations

import pytest

from scenarios.account import Origins
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Entry, Status
from scenarios.finding import Judgement, Origin, Position, Verdict
from scenarios.run.doubt import Doubt
from scenarios.template.template import Template, Unsupported

BUCKET, POLICY = "AWS::S3::Bucket", "AWS::S3::BucketPolicy"


STACK, TRAIL = "AWS::CloudFormation::Stack", "AWS::CloudTrail::Trail"
FUNCTION, INSTANCE, ENDPOINT = "AWS::Lambda::Function", "AWS::EC2::Instance", "AWS::EC2::VPCEndpoint"
ROLE, INLINE = "AWS::IAM::Role", "AWS::IAM::Policy"
APPS = (FUNCTION, INSTANCE, "AWS::ECS::Service", ENDPOINT, ROLE, INLINE)
READERS = (ROLE, INLINE, "AWS::Bedrock::KnowledgeBase")


def deployment(*entries: Entry, references=None, unsupported=(), uncertain=(), resolved=None) -> Deployment:
    origins = Origins()
    for origin, reason in uncertain:
        origins.mark_uncertain(origin, reason)
    return Deployment(
        template=Template("t.yaml", "", {"Resources": {}}, {}, unsupported),
        ledger=entries,
        outputs={},
        resolved=resolved or {},
        references={name: frozenset(to) for name, to in (references or {}).items()},
        origins=origins,
    )


def holds(*about: Origin) -> Judgement:
    return Judgement(Verdict.HOLDS, about[0], "it holds", about)


DOCUMENTS = Entry("Documents", BUCKET, Status.DEPLOYED)
ENCRYPTION = Origin("Documents", ("Properties", "BucketEncryption"))


def test_nothing_lost_is_no_doubt():
    doubt = Doubt(deployment(DOCUMENTS))
    assert doubt.about(holds(ENCRYPTION), [BUCKET]) is None
    assert doubt.about_absence([BUCKET]) is None


@pytest.mark.parametrize("status", [Status.FAILED, Status.UNSUPPORTED, Status.RECORDED])
def test_a_lost_resource_that_refers_to_the_subject(status):
    lost = Entry("Lock", POLICY, status, reason="no such operation")
    doubt = Doubt(deployment(DOCUMENTS, lost, references={"Lock": {"Documents"}}))
    reason = f"Lock (AWS::S3::BucketPolicy) is {status.value}, not deployed (no such operation)"
    assert doubt.about(holds(ENCRYPTION), [BUCKET, POLICY]) == reason
    assert doubt.about(holds(ENCRYPTION), [BUCKET]) is None, "the rule does not need bucket policies"
    assert doubt.about_absence([POLICY]) == reason


def test_a_lost_resource_that_has_nothing_to_do_with_the_subject():
    lost = Entry("Lock", POLICY, Status.FAILED, reason="x")
    doubt = Doubt(deployment(DOCUMENTS, lost, references={"Lock": {"Others"}}))
    assert doubt.about(holds(ENCRYPTION), [BUCKET, POLICY]) is None


def test_a_false_condition_is_an_answer_and_a_waiting_resource_is_not():
    off = Entry("Lock", POLICY, Status.SKIPPED)
    waits = Entry("Lock", POLICY, Status.SKIPPED, reason="waits on Key, which failed")
    refers = {"Lock": {"Documents"}}
    assert Doubt(deployment(DOCUMENTS, off, references=refers)).about(holds(ENCRYPTION), [POLICY]) is None
    assert Doubt(deployment(DOCUMENTS, waits, references=refers)).about(holds(ENCRYPTION), [POLICY])


def test_a_property_that_the_account_does_not_show():
    partial = Entry("Documents", BUCKET, Status.PARTIAL, unmapped=("BucketEncryption.Rules", "Tags"))
    doubt = Doubt(deployment(partial))
    assert "BucketEncryption.Rules" in str(doubt.about(holds(ENCRYPTION), [BUCKET]))
    assert doubt.about(holds(Origin("Documents", ("Properties", "Versioning"))), [BUCKET]) is None
    assert doubt.about(holds(Origin("Documents")), [BUCKET]) is None


@pytest.mark.parametrize(
    ("uncertain", "about", "doubtful"),
    [
        (ENCRYPTION, ENCRYPTION, True),
        (ENCRYPTION / 0 / "Key", ENCRYPTION, True),
        (Origin("Documents", ("Properties",)), ENCRYPTION, True),
        (Origin("Documents"), Origin("Documents"), True),
        (Origin("Documents", ("Properties", "Tags")), ENCRYPTION, False),
        (Origin("Documents", ("Properties", "Tags")), Origin("Documents"), False),
        (Origin("Others"), ENCRYPTION, False),
    ],
)
def test_a_value_that_hangs_on_a_parameter(uncertain, about, doubtful):
    reason = "parameter Key has no value"
    doubt = Doubt(deployment(DOCUMENTS, uncertain=[(uncertain, reason)]))
    assert doubt.about(holds(about), [BUCKET]) == (reason if doubtful else None)


def test_a_transform_lets_nothing_hold_but_keeps_violations():
    macro = Unsupported("AWS::Serverless-2016-10-31", Position(2, 1))
    doubt = Doubt(deployment(DOCUMENTS, unsupported=(macro,)))
    assert "AWS::Serverless-2016-10-31" in str(doubt.about(holds(ENCRYPTION), [BUCKET]))
    assert "AWS::Serverless-2016-10-31" in str(doubt.about_absence([BUCKET]))
    assert doubt.about(Judgement(Verdict.VIOLATED, ENCRYPTION, "", (ENCRYPTION,)), [BUCKET]) is None


def made(kind: str, name: str = "Made", **more) -> Entry:
    return Entry(name, kind, Status.DEPLOYED, **more)


def lost(kind: str, name: str = "Lost") -> Entry:
    return Entry(name, kind, Status.FAILED, reason="x")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry("Kb", STACK, Status.RECORDED), "Kb (AWS::CloudFormation::Stack): a nested stack's template is not read"),
        (Entry("Kb", STACK, Status.FAILED), "a nested stack's template is not read here"),
        (Entry("Kb", STACK, Status.SKIPPED), None),
        (Entry("Kb", "AWS::CloudFormation::StackSet", Status.RECORDED), "a stack set's template is not read here"),
        (Entry("Kb", "AWS::ServiceCatalog::CloudFormationProvisionedProduct", Status.DEPLOYED), "a product's template"),
        (
            Entry("Kb", "My::Org::Kb::MODULE", Status.RECORDED),
            "Kb (My::Org::Kb::MODULE): a module is not expanded here",
        ),
        (Entry("Kb", "Custom::Anything", Status.RECORDED), None),
        (Entry("Kb", "AWS::CloudFormation::CustomResource", Status.RECORDED), None),
        (Entry("Kb", "AWS::CloudFormation::WaitCondition", Status.RECORDED), None),
    ],
)
def test_what_may_hold_a_subject_unseen(entry, reason):
    found = Doubt(deployment(DOCUMENTS, entry)).about_absence([TRAIL])
    assert (found is None) if reason is None else (reason in str(found))


@pytest.mark.parametrize(
    ("entry", "doubtful"),
    [
        (Entry("More", STACK, Status.RECORDED), True),
        (Entry("More", "My::Org::Audit::MODULE", Status.RECORDED), True),
        (Entry("More", "Custom::Trail", Status.RECORDED), True),
        (Entry("More", "AWS::CloudFormation::CustomResource", Status.RECORDED), True),
        (Entry("More", "Third::Party::Trail", Status.UNSUPPORTED), True),
        (Entry("More", TRAIL, Status.FAILED), True),
        (Entry("More", "Custom::Trail", Status.SKIPPED), False),
        (Entry("More", TRAIL, Status.SKIPPED), False),
        (Entry("More", POLICY, Status.FAILED), False),
    ],
)
def test_saying_that_there_is_none_hangs_on_what_may_make_one(entry, doubtful):
    doubt = Doubt(deployment(DOCUMENTS, entry))
    about = (Origin("Documents"),)
    none = Judgement(Verdict.VIOLATED, about[0], "there is no trail", about, absent=(TRAIL,))
    assert (doubt.about(none, [TRAIL]) is not None) is doubtful
    assert doubt.about(Judgement(Verdict.VIOLATED, about[0], "it is open", about), [TRAIL]) is None


def test_saying_that_there_is_none_hangs_on_a_transform():
    doubt = Doubt(deployment(DOCUMENTS, unsupported=(Unsupported("Macro", Position(1, 1)),)))
    about = (Origin("Documents"),)
    assert "Macro" in str(doubt.about(Judgement(Verdict.VIOLATED, None, "", about, absent=(TRAIL,)), []))


@pytest.mark.parametrize(
    ("types", "entries", "properties", "doubtful"),
    [
        pytest.param(APPS, [lost(FUNCTION)], {}, True, id="a function may be an app"),
        pytest.param(APPS, [lost(ROLE), made(FUNCTION)], {}, True, id="a role, and a function for it"),
        pytest.param(APPS, [lost(ROLE)], {}, False, id="a role alone runs nothing"),
        pytest.param(APPS, [lost(INLINE), made(ROLE)], {}, False, id="a policy for a role that runs nothing"),
        pytest.param(APPS, [lost(INLINE), made("AWS::ECS::Service")], {}, True, id="a policy where a service runs"),
        pytest.param((ENDPOINT, ROLE, FUNCTION), [lost(INLINE, "P"), made(INSTANCE)], {}, False, id="not asked for"),
        pytest.param((ROLE, FUNCTION), [lost(ROLE), made(INSTANCE)], {}, True, id="a role where an instance runs"),
        pytest.param(READERS, [lost(ROLE)], {}, True, id="a role may be a reader by itself"),
        pytest.param(READERS, [lost(INLINE), made(ROLE)], {}, True, id="a policy makes a reader of a role"),
        pytest.param(READERS, [lost(INLINE)], {}, False, id="a policy without any role"),
        pytest.param(APPS, [lost(ENDPOINT)], {}, False, id="an endpoint alone"),
        pytest.param(APPS, [lost(ENDPOINT), made(FUNCTION)], {}, True, id="an endpoint for nobody knows what"),
        pytest.param(
            APPS,
            [lost(ENDPOINT), made(FUNCTION)],
            {"Lost": {"ServiceName": "com.amazonaws.us-east-1.bedrock-runtime"}},
            True,
            id="an endpoint for Bedrock",
        ),
        pytest.param(
            APPS,
            [lost(ENDPOINT), made(FUNCTION)],
            {"Lost": {"ServiceName": "com.amazonaws.us-east-1.s3"}},
            False,
            id="an endpoint for S3 leads no app to Bedrock",
        ),
        pytest.param(
            (ENDPOINT, "AWS::SageMaker::Model"),
            [lost(ENDPOINT), made("AWS::SageMaker::Model")],
            {"Lost": {"ServiceName": "com.amazonaws.us-east-1.s3"}},
            True,
            id="SageMaker needs S3",
        ),
        pytest.param(
            (ENDPOINT,),
            [lost(ENDPOINT)],
            {"Lost": {"ServiceName": "com.amazonaws.us-east-1.s3"}},
            True,
            id="who asks for endpoints asks for all",
        ),
        pytest.param(
            APPS, [lost(INSTANCE)], {"Lost": {"ImageId": "ami-1"}}, False, id="an instance without credentials"
        ),
        pytest.param(
            APPS, [lost(INSTANCE)], {"Lost": {"IamInstanceProfile": "p"}}, True, id="an instance with a profile"
        ),
        pytest.param(
            APPS, [lost(INSTANCE)], {"Lost": {"LaunchTemplate": {}}}, True, id="an instance by a launch template"
        ),
        pytest.param(
            APPS,
            [lost(INSTANCE), made(ENDPOINT)],
            {"Lost": {}, "Made": {"ServiceName": "com.amazonaws.us-east-1.bedrock-runtime"}},
            True,
            id="an instance that lacks the permission for its endpoint",
        ),
    ],
)
def test_a_missing_resource_counts_where_it_may_be_a_subject_or_lead_to_one(types, entries, properties, doubtful):
    doubt = Doubt(deployment(*entries, resolved=properties))
    assert (doubt.about_absence(types) is not None) is doubtful


def test_an_endpoint_whose_service_hangs_on_a_parameter_may_be_for_any():
    place = Origin("Lost", ("Properties", "ServiceName"))
    resolved = {"Lost": {"ServiceName": "com.amazonaws.us-east-1.s3"}}
    unsure = deployment(
        lost(ENDPOINT), made(FUNCTION), resolved=resolved, uncertain=[(place, "parameter S has no value")]
    )
    assert Doubt(unsure).about_absence(APPS) is not None


def test_an_instance_whose_profile_hangs_on_a_parameter_may_have_one():
    place = Origin("Lost", ("Properties", "IamInstanceProfile"))
    unsure = deployment(lost(INSTANCE), resolved={"Lost": {}}, uncertain=[(place, "parameter P has no value")])
    assert Doubt(unsure).about_absence(APPS) is not None
