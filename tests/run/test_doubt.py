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


def deployment(*entries: Entry, references=None, unsupported=(), uncertain=()) -> Deployment:
    origins = Origins()
    for origin, reason in uncertain:
        origins.mark_uncertain(origin, reason)
    return Deployment(
        template=Template("t.yaml", "", {"Resources": {}}, {}, unsupported),
        ledger=entries,
        outputs={},
        resolved={},
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
