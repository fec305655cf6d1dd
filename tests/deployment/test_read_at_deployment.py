"""What is read at deployment (SSM parameters, secrets): of the right form, so that all is made, and never known."""

from __future__ import annotations

import pytest

from deployment.support import deployed
from scenarios.deployment.ledger import Status
from scenarios.finding import Origin

SSM = "AWS::SSM::Parameter::Value"
TRUST = "AssumeRolePolicyDocument: {Statement: []}"


VERSION = "Version: '2012-10-17'"


@pytest.mark.parametrize("said", ["ssm:/x", "ssm:/x:3", "ssm-secure:/x:1", "secretsmanager:db:SecretString:k::"])
@pytest.mark.parametrize(
    ("kind", "properties", "path"),
    [
        ("AWS::EC2::SecurityGroup", "GroupDescription: g, VpcId: @", ("VpcId",)),
        ("AWS::EC2::Instance", "ImageId: ami-12345678, SubnetId: @", ("SubnetId",)),
        ("AWS::EC2::Instance", "ImageId: @, SubnetId: @", ("ImageId",)),
        ("AWS::Lambda::Function", "Runtime: python3.12, Handler: a.b, Code: {ZipFile: x}, Role: @", ("Role",)),
        ("AWS::IAM::Role", f"{TRUST}, ManagedPolicyArns: [@]", ("ManagedPolicyArns",)),
        (
            "AWS::IAM::ManagedPolicy",
            f"PolicyDocument: {{{VERSION}, Statement: [{{Effect: Allow, Action: 's3:*', Resource: [@]}}]}}",
            ("PolicyDocument", "Statement", 0, "Resource"),
        ),
        (
            "AWS::IAM::ManagedPolicy",
            f"PolicyDocument: {{{VERSION}, Statement: [{{Effect: Deny, Action: 's3:*', NotResource: @}}]}}",
            ("PolicyDocument", "Statement", 0),
        ),
        ("AWS::RDS::DBInstance", "Engine: mysql, DBInstanceClass: db.t3.micro, MasterUsername: @", ("MasterUsername",)),
    ],
)
def test_dynamic_references(said, kind, properties, path):
    text = properties.replace("@", f"'{{{{resolve:{said}}}}}'")
    deployment = deployed(f"Resources:\n  Thing: {{Type: {kind}, Properties: {{{text}}}}}\n")
    (entry,) = deployment.ledger
    assert entry.status in (Status.DEPLOYED, Status.PARTIAL), entry.reason
    reasons = [reason for _, reason in deployment.origins.uncertain_within(Origin("Thing", ("Properties", *path)))]
    assert reasons
    assert all("is read at deployment" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("inner", "form"),
    [
        ("AWS::EC2::VPC::Id", "vpc-"),
        ("AWS::EC2::Subnet::Id", "subnet-"),
        ("AWS::EC2::SecurityGroup::Id", "sg-"),
        ("AWS::EC2::Image::Id", "ami-"),
        ("String", ""),
        ("List<AWS::EC2::Subnet::Id>", "subnet-"),
        ("List<AWS::EC2::SecurityGroup::Id>", "sg-"),
        ("List<String>", ""),
        ("CommaDelimitedList", ""),
    ],
)
def test_parameters_that_are_read_from_ssm(inner, form):
    deployment = deployed(f"""
Parameters: {{P: {{Type: '{SSM}<{inner}>', Default: /some/name}}}}
Resources: {{T: {{Type: AWS::SNS::Topic}}}}
Outputs: {{O: {{Value: !Ref P}}}}
""")
    value = deployment.placeholders["P"]
    assert isinstance(value, list) is (inner.startswith(("List<", "Comma")))
    assert all(item.startswith(form) for item in ([value] if isinstance(value, str) else value))
    assert deployment.outputs == {"O": None}


def test_a_certain_wildcard_stays_one():
    deployment = deployed(f"""
Parameters: {{P: {{Type: String}}}}
Conditions: {{C: !Equals [!Ref P, x]}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      {TRUST}
      Policies:
        - !If
          - C
          - {{PolicyName: p, PolicyDocument: {{Statement: [{{Effect: Allow, Action: '*', Resource: '*'}}]}}}}
          - !Ref AWS::NoValue
""")
    assert deployment.entry("Role").status is Status.DEPLOYED
    assert deployment.resolved["Role"]["Policies"][0]["PolicyDocument"]["Statement"][0]["Resource"] == "*"
