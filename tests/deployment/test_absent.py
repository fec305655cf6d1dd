"""What a resource names that the template does not make: it is recorded, and the reason says what it lacks."""

from __future__ import annotations

import pytest

from deployment.support import ACCOUNT, deployed
from scenarios.deployment.ledger import Status
from scenarios.finding import Origin

TEMPLATE = """
Parameters: {{P: {{Type: String}}}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{{Effect: Allow, Principal: {{Service: lambda.amazonaws.com}}, Action: 'sts:AssumeRole'}}]
  Function:
    Type: AWS::Lambda::Function
    Properties:
      {{Role: !GetAtt Role.Arn, Handler: i.h, Runtime: python3.12, Code: {{ZipFile: pass}}}}
  Custom: {{Type: 'Custom::Cluster', Properties: {{ServiceToken: t}}}}
  Thing: {{Type: {resource_type}, Properties: {properties}}}
"""
STREAM = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/theirs"


def entry_of(resource_type: str, properties: str):
    entry = deployed(TEMPLATE.format(resource_type=resource_type, properties=properties)).entry("Thing")
    assert entry is not None
    return entry


@pytest.mark.parametrize(
    ("resource_type", "properties", "reason"),
    [
        (
            "AWS::Lambda::EventSourceMapping",
            f"{{FunctionName: !Ref Function, EventSourceArn: '{STREAM}', StartingPosition: LATEST}}",
            f"EventSourceArn names {STREAM}, which is outside the template: ResourceNotFoundException",
        ),
        (
            "AWS::Lambda::EventSourceMapping",
            f"{{FunctionName: theirs, EventSourceArn: '{STREAM}', StartingPosition: LATEST}}",
            "FunctionName names theirs, which is outside the template: ResourceNotFoundException",
        ),
        (
            "AWS::SNS::Subscription",
            f"{{Protocol: lambda, Endpoint: !GetAtt Function.Arn, TopicArn: 'arn:aws:sns:us-east-1:{ACCOUNT}:theirs'}}",
            f"TopicArn names arn:aws:sns:us-east-1:{ACCOUNT}:theirs, which is outside the template: NotFound",
        ),
        (
            "AWS::ApiGateway::Authorizer",
            "{RestApiId: theirs12345, Name: a, Type: TOKEN}",
            "RestApiId names theirs12345, which is outside the template: NotFoundException",
        ),
        (
            "AWS::EKS::Nodegroup",
            "{ClusterName: !Ref Custom, NodeRole: !GetAtt Role.Arn, Subnets: [subnet-12345678]}",
            "ClusterName names scenario-Custom",
        ),
    ],
)
def test_it_is_recorded(resource_type, properties, reason):
    entry = entry_of(resource_type, properties)
    assert entry.status == Status.RECORDED, entry
    assert str(entry.reason).startswith(reason)


@pytest.mark.parametrize(
    ("resource_type", "properties", "reason"),
    [
        ("AWS::EC2::RouteTable", "{VpcId: !Ref Role}", "InvalidVpcID.NotFound"),
        ("AWS::EC2::RouteTable", "{VpcId: no-id}", "InvalidVpcID.NotFound"),
        ("AWS::EC2::NetworkInterface", "{SubnetId: ''}", "InvalidSubnetID.NotFound"),
        (
            "AWS::Lambda::EventSourceMapping",
            f"{{FunctionName: !Sub 'x-${{Function}}', EventSourceArn: '{STREAM}', StartingPosition: LATEST}}",
            "ResourceNotFoundException: Function not found",
        ),
    ],
)
def test_what_the_template_says_wrong_is_refused(resource_type, properties, reason):
    """AWS would refuse it too, whatever there is in the account."""
    entry = entry_of(resource_type, properties)
    assert entry.status == Status.FAILED, entry
    assert str(entry.reason).startswith(reason)


@pytest.mark.parametrize(
    ("resource_type", "properties", "reason"),
    [
        (
            "AWS::AutoScaling::LaunchConfiguration",
            "{ImageId: ami-12345678, KeyName: '', InstanceType: !Ref P}",
            "Parameter validation failed: Invalid length for parameter KeyName",
        ),
        (
            "AWS::RDS::DBCluster",
            "{Engine: aurora, MasterUsername: u, MasterUserPassword: passwords, DatabaseName: !Ref P}",
            "InvalidParameterValue: Engine 'aurora' is not supported",
        ),
        ("AWS::SQS::Queue", "{QueueName: !Sub '${P}/'}", "hangs on parameter P: InvalidParameterValue"),
    ],
)
def test_a_reason_names_what_it_hangs_on_and_nothing_else(resource_type, properties, reason):
    assert str(entry_of(resource_type, properties).reason).startswith(reason)


def test_a_zone_of_another_region():
    deployment = deployed("""
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Thing:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-west-1c}
""")
    entry = deployment.entry("Thing")
    assert entry is not None
    assert str(entry.reason).endswith("us-west-1c is a zone of us-west-1, and this is deployed to us-east-1")


def test_what_refers_to_it_is_in_doubt_or_waits():
    deployment = deployed("""
Resources:
  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: subnet-12345678}}
  Address: {Type: AWS::EC2::EIP}
  Tied:
    Type: AWS::EC2::EIPAssociation
    Properties: {NetworkInterfaceId: !Ref Card, AllocationId: !GetAtt Address.AllocationId}
  Noted: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Card}}
""")
    found = {entry.logical_id: (entry.status, entry.reason) for entry in deployment.ledger}
    assert found["Card"][0] == Status.RECORDED
    assert found["Tied"] == (Status.SKIPPED, "waits on Card: Card was not made")
    assert found["Noted"] == (Status.DEPLOYED, "refers to Card: Card was not made")
    assert list(deployment.origins.uncertain_within(Origin("Noted", ("Properties", "Value"))))
