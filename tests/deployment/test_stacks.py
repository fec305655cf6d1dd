"""Nested stacks whose templates lie beside the parent's."""

from __future__ import annotations

import os
import time

import pytest

from deployment.support import ACCOUNT
from scenarios.deployment import deploy
from scenarios.deployment.ledger import Status
from scenarios.emulator import emulator
from scenarios.errors import InputError
from scenarios.finding import Origin, Position
from scenarios.template import load

PARENT = """\
Parameters: {Stage: {Type: String}, Secret: {Type: String, NoEcho: true, Default: hidden-value}}
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Data:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nested/data.yaml
      Parameters:
        KeyArn: !GetAtt Key.Arn
        Vpc: !Ref Vpc
        Stage: !Ref Stage
        Zones: !Join [',', !GetAZs '']
        Secret: !Ref Secret
  Topic:
    Type: AWS::SNS::Topic
    Properties: {TopicName: !GetAtt Data.Outputs.Name, DisplayName: !GetAtt Data.Outputs.Stage}
Outputs:
  Bucket: {Value: !GetAtt Data.Outputs.Bucket}
  Stage: {Value: !GetAtt Data.Outputs.Stage}
  Secret: {Value: !GetAtt Data.Outputs.Secret}
  Subnet: {Value: !GetAtt Data.Outputs.Subnet}
"""
CHILD = """\
Parameters:
  KeyArn: {Type: String, AllowedPattern: 'arn:.*'}
  Vpc: {Type: 'AWS::EC2::VPC::Id'}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Zones: {Type: CommaDelimitedList}
  Secret: {Type: String, NoEcho: true}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !Ref KeyArn}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !Ref Zones]}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '${Stage}-queue'}}
Outputs:
  Bucket: {Value: !Ref Bucket}
  Name: {Value: !Sub 'topic-${AWS::Region}'}
  Stage: {Value: !Ref Stage}
  Secret: {Value: !Ref Secret}
  Subnet: {Value: !Ref Subnet}
"""


def deployed(folder, files, start="app.yaml", parameters=None, root=None):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with emulator(account_id=ACCOUNT, region="us-east-1") as session:
        template = load(str(folder / start), str(root) if root else None)
        return deploy(template, session, parameters=parameters)


@pytest.fixture(scope="module")
def family(tmp_path_factory):
    return deployed(tmp_path_factory.mktemp("family"), {"app.yaml": PARENT, "nested/data.yaml": CHILD})


def test_its_resources_are_in_the_ledger(family):
    assert {entry.logical_id: entry.status for entry in family.ledger} == {
        "Key": Status.DEPLOYED,
        "Vpc": Status.DEPLOYED,
        "Data": Status.DEPLOYED,
        "Topic": Status.DEPLOYED,
        "Data/Bucket": Status.DEPLOYED,
        "Data/Subnet": Status.DEPLOYED,
        "Data/Queue": Status.DEPLOYED,
    }
    assert str(family.entry("Data/Bucket").physical_id).startswith("scenario-data-")
    assert family.entry("Data").physical_id.startswith(
        f"arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/scenario-Data-"
    )


def test_parameters_and_outputs(family):
    bucket = family.entry("Data/Bucket").physical_id
    assert family.outputs["Bucket"] == bucket
    assert family.outputs["Subnet"] == family.entry("Data/Subnet").physical_id
    assert (family.outputs["Stage"], family.outputs["Secret"]) == (None, "****")
    assert family.resolved["Data/Subnet"]["VpcId"] == family.entry("Vpc").physical_id
    assert family.resolved["Data"]["Parameters"]["Secret"] == "****"
    assert "hidden-value" not in str(family.outputs) + str(family.resolved)
    assert "a VPC outside the template" not in family.invented.values()


@pytest.mark.parametrize(
    ("logical_id", "path", "doubtful"),
    [
        ("Data/Queue", ("Properties", "QueueName"), True),
        ("Data/Bucket", ("Properties", "BucketEncryption"), False),
        ("Data/Subnet", ("Properties", "VpcId"), False),
        ("Topic", ("Properties", "DisplayName"), True),
        ("Topic", ("Properties", "TopicName"), False),
    ],
)
def test_what_is_not_known_stays_so_across_the_border(family, logical_id, path, doubtful):
    found = dict(family.origins.uncertain_within(Origin(logical_id, path)))
    assert found == ({(): "parameter Stage has no value"} if doubtful else {})


def test_references_cross_the_border(family):
    assert "Key" in family.references["Data/Bucket"]
    assert family.references["Data/Queue"] == frozenset()
    assert "Data/Bucket" in family.references["Topic"]


def test_places_are_in_the_childs_file(family):
    child = next(file for file in family.sources if file.endswith("data.yaml"))
    assert family.position(Origin("Data/Subnet", ("Properties", "CidrBlock"))) == Position(16, 35, child)
    assert family.position(Origin("Data")) == Position(5, 3, family.template.file)
    assert family.place(Origin("Data/Queue")) == f"{child}:17:3"
    assert family.line("Data/Queue") == 5


LEAF = "Resources: {T: {Type: AWS::SNS::Topic}}\nOutputs: {Arn: {Value: !Ref T}}\n"


def stack(url: str, more: str = "") -> str:
    return (
        "Resources:\n"
        "  Other: {Type: AWS::SNS::Topic}\n"
        f"  Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {url}{more}}}}}\n"
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://s3.amazonaws.com/bucket/leaf.yaml", "a nested stack's template is not read here"),
        ("s3://bucket/leaf.yaml", "a nested stack's template is not read here"),
        ("file:///etc/passwd", "a nested stack's template is not read here"),
        ("'{{resolve:ssm:/leaf}}'", "a nested stack's template is not read here"),
        ("!ImportValue Url", "a nested stack's template is not read here"),
        ("missing.yaml", "missing.yaml: there is no such file"),
        ("below", "below: there is no such file"),
        ("../leaf.yaml", "../leaf.yaml lies outside the folder of the template, and is not read"),
        ("below/../../leaf.yaml", "lies outside the folder of the template"),
        ("/etc/passwd", "/etc/passwd lies outside the folder of the template"),
        ("link.yaml", "link.yaml lies outside the folder of the template"),
        ("linked/leaf.yaml", "linked/leaf.yaml lies outside the folder of the template"),
        ('"leaf\\0.yaml"', "lies outside the folder of the template"),
    ],
)
def test_what_is_not_read_is_recorded_with_the_reason(tmp_path, url, reason):
    own = tmp_path / "own"
    (own / "below").mkdir(parents=True)
    (tmp_path / "leaf.yaml").write_text(LEAF)
    os.symlink(tmp_path / "leaf.yaml", own / "link.yaml")
    os.symlink(tmp_path, own / "linked")
    deployment = deployed(own, {"app.yaml": stack(url)})
    entry = deployment.entry("Inner")
    assert entry is not None
    assert entry.status is Status.RECORDED
    assert reason in str(entry.reason)
    assert deployment.entry("Other").status is Status.DEPLOYED


def test_the_root_may_be_a_folder_above(tmp_path):
    files = {"stacks/app.yaml": stack("../modules/leaf.yaml"), "modules/leaf.yaml": LEAF}
    deployment = deployed(tmp_path, files, "stacks/app.yaml", root=tmp_path)
    assert deployment.entry("Inner/T").status is Status.DEPLOYED


def test_a_link_within_the_folder_is_followed(tmp_path):
    (tmp_path / "leaf.yaml").write_text(LEAF)
    os.symlink("leaf.yaml", tmp_path / "link.yaml")
    assert deployed(tmp_path, {"app.yaml": stack("link.yaml")}).entry("Inner/T")


@pytest.mark.parametrize(
    ("files", "cause", "place"),
    [
        ({"app.yaml": stack("app.yaml")}, "nested stacks go in a circle: app.yaml -> app.yaml", ("app.yaml", 3)),
        (
            {"app.yaml": stack("b.yaml"), "b.yaml": stack("c.yaml"), "c.yaml": stack("./b.yaml")},
            "nested stacks go in a circle: b.yaml -> c.yaml -> b.yaml",
            ("c.yaml", 3),
        ),
        ({"app.yaml": stack("b.yaml"), "b.yaml": "Resources: ["}, "not YAML", ("b.yaml", None)),
        ({"app.yaml": stack("b.yaml"), "b.yaml": "A: 1"}, "there is no Resources section", ("b.yaml", 1)),
        (
            {"app.yaml": stack("b.yaml", ", Parameters: {P: x}"), "b.yaml": LEAF},
            "b.yaml has no parameter P",
            ("app.yaml", 3),
        ),
        (
            {"app.yaml": stack("b.yaml") + "Outputs: {X: {Value: !GetAtt Inner.Outputs.Arm}}\n", "b.yaml": LEAF},
            "Inner has no Outputs.Arm; did you mean Outputs.Arn?",
            ("app.yaml", 4),
        ),
        (
            {"app.yaml": stack("b.yaml", ", Parameters: {P: x}"), "b.yaml": "Parameters: {P: {Type: Number}}\n" + LEAF},
            "parameter P does not take 'x'",
            ("b.yaml", 1),
        ),
    ],
)
def test_what_cannot_be_deployed_as_a_whole(tmp_path, files, cause, place):
    with pytest.raises(InputError) as refused:
        deployed(tmp_path, files)
    assert cause in refused.value.cause.replace(f"{tmp_path}/", "")
    file, line = place
    assert refused.value.file == str(tmp_path / file)
    assert line is None or refused.value.line == line


def test_the_depth_is_limited(tmp_path):
    files = {f"s{number}.yaml": stack(f"s{number + 1}.yaml") for number in range(20)}
    with pytest.raises(InputError, match="nested deeper than 10 levels"):
        deployed(tmp_path, {**files, "s20.yaml": LEAF}, "s0.yaml")


def test_their_number_is_limited(tmp_path):
    twice = "Resources:\n" + "".join(
        f"  I{n}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: s%d.yaml}}}}\n" for n in range(8)
    )
    files = {f"s{number}.yaml": twice % ((number + 1,) * 8) for number in range(9)}
    start = time.monotonic()
    with pytest.raises(InputError, match="more than 200 nested stacks"):
        deployed(tmp_path, {**files, "s9.yaml": LEAF}, "s0.yaml")
    assert time.monotonic() - start < 60


def test_a_childs_transform_is_the_parents_doubt(tmp_path):
    deployment = deployed(tmp_path, {"app.yaml": stack("b.yaml"), "b.yaml": "Transform: Own\n" + LEAF})
    assert [mark.name for mark in deployment.unsupported] == ["Own"]
    assert deployment.notes == ("Own cannot be expanded here",)


def test_a_local_application_of_sam_is_a_nested_stack(tmp_path):
    text = (
        "Transform: AWS::Serverless-2016-10-31\n"
        "Resources:\n  Inner: {Type: AWS::Serverless::Application, Properties: {Location: ./b.yaml}}\n"
        "Outputs: {X: {Value: !GetAtt Inner.Outputs.Arn}}\n"
    )
    deployment = deployed(tmp_path, {"app.yaml": text, "b.yaml": LEAF})
    assert deployment.entry("Inner/T").status is Status.DEPLOYED
    assert deployment.outputs["X"].startswith("arn:aws:sns:")


def test_a_stack_that_is_not_made_is_not_read(tmp_path):
    text = (
        "Conditions: {Never: !Equals [a, b]}\nResources:\n  Other: {Type: AWS::SNS::Topic}\n"
        "  Inner: {Type: AWS::CloudFormation::Stack, Condition: Never, Properties: {TemplateURL: app.yaml}}\n"
    )
    deployment = deployed(tmp_path, {"app.yaml": text})
    assert {entry.logical_id: entry.status for entry in deployment.ledger} == {
        "Other": Status.DEPLOYED,
        "Inner": Status.SKIPPED,
    }
