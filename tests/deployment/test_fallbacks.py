"""Resources without a provider of their own: derived ones, recorded ones, and where things stand that name no place."""

from __future__ import annotations

import pytest

from deployment.support import ACCOUNT, deployed, stack
from scenarios.deployment import deploy
from scenarios.deployment.derived import derive
from scenarios.deployment.failure import described, is_missing
from scenarios.deployment.ledger import Status
from scenarios.deployment.naming import physical_name
from scenarios.deployment.provider import Properties, Request
from scenarios.deployment.recorded import record
from scenarios.deployment.schemas import property_schema, schema
from scenarios.emulator import emulator
from scenarios.finding import Origin
from scenarios.template import parse

HERE = f"us-east-1:{ACCOUNT}"


def request(resource_type: str, session=None, **properties) -> Request:
    return Request(
        logical_id="Thing",
        type=resource_type,
        properties=Properties(properties),
        stack=stack(),
        session=session,
        name=lambda **limits: physical_name("scenario", "Thing", **limits),
    )


@pytest.mark.parametrize(
    ("resource_type", "properties", "physical_id", "attributes", "unmapped"),
    [
        (
            "AWS::StepFunctions::StateMachine",
            {"StateMachineName": "s", "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/r", "DefinitionString": "{}"},
            f"arn:aws:states:{HERE}:stateMachine:s",
            {"Arn": f"arn:aws:states:{HERE}:stateMachine:s"},
            (),
        ),
        ("AWS::Athena::WorkGroup", {"Name": "w", "RecursiveDeleteOption": True}, "w", {}, ("RecursiveDeleteOption",)),
        (
            "AWS::EFS::FileSystem",
            {"Encrypted": "true", "BackupPolicy": {"Status": "ENABLED"}},
            None,
            {},
            ("BackupPolicy",),
        ),
        (
            "AWS::Kinesis::Stream",
            {"Name": "k", "ShardCount": "2", "WarmThroughputMiBps": 1},
            "k",
            {"Arn": f"arn:aws:kinesis:{HERE}:stream/k"},
            (),
        ),
    ],
)
def test_derived(resource_type, properties, physical_id, attributes, unmapped):
    with emulator(account_id=ACCOUNT, region="us-east-1") as session:
        asked = request(resource_type, session, **properties)
        created = derive(asked)
    assert not created.recorded
    assert physical_id is None or created.physical_id == physical_id
    assert attributes.items() <= created.attributes.items()
    assert asked.properties.unmapped() == unmapped


def test_a_derived_resource_is_there():
    text = (
        "Resources: {S: {Type: 'AWS::EFS::FileSystem', Properties: {Encrypted: true}}}\nOutputs: {S: {Value: !Ref S}}"
    )
    with emulator(account_id=ACCOUNT, region="us-east-1") as session:
        deployment = deploy(parse(text, "t.yaml"), session)
        (found,) = session.client("efs").describe_file_systems()["FileSystems"]
    assert (found["FileSystemId"], found["Encrypted"]) == (deployment.outputs["S"], True)


@pytest.mark.parametrize(
    "resource_type", ["AWS::Kendra::Index", "AWS::AccessAnalyzer::Analyzer", "AWS::ApiGateway::Account"]
)
def test_what_the_emulator_lacks_is_recorded(resource_type):
    deployment = deployed(
        f"Resources: {{T: {{Type: '{resource_type}', Properties: {{Type: ACCOUNT, Name: n, Edition: E, RoleArn: r}}}}}}"
    )
    (entry,) = deployment.ledger
    assert entry.status == Status.RECORDED
    assert entry.physical_id
    assert entry.reason


@pytest.mark.parametrize(
    ("resource_type", "physical_id", "attribute", "value"),
    [
        ("AWS::IAM::Role", "scenario-Thing-", "Arn", f"arn:aws:iam::{ACCOUNT}:role/scenario-Thing-"),
        ("AWS::StepFunctions::StateMachine", f"arn:aws:states:{HERE}:", "Arn", f"arn:aws:states:{HERE}:"),
        ("AWS::CloudFormation::Stack", f"arn:aws:cloudformation:{HERE}:stack/scenario-Thing-", None, None),
        ("AWS::Kendra::Index", "index-", "Arn", f"arn:aws:kendra:{HERE}:index/"),
    ],
)
def test_recorded_values_have_the_form_of_real_ones(resource_type, physical_id, attribute, value):
    created = record(request(resource_type))
    assert created.recorded
    assert created.physical_id.startswith(physical_id)
    assert attribute is None or created.attributes[attribute].startswith(value)
    assert created == record(request(resource_type))


def test_recorded_attributes_that_say_more_than_a_name_are_unknown():
    created = record(request("AWS::RDS::DBInstance"))
    assert "DBInstanceArn" in created.attributes
    assert not [name for name in created.attributes if name.startswith("Endpoint")]


@pytest.mark.parametrize("kind", ["StackSet", "WaitCondition", "Stack"])
def test_what_holds_more_than_is_seen_has_unknown_attributes(kind):
    created = record(request(f"AWS::CloudFormation::{kind}"))
    assert created.recorded
    assert (created.attributes, bool(created.opaque)) == ({}, True)


def test_a_derived_resource_may_name_another_by_its_arn():
    with emulator(account_id=ACCOUNT, region="us-east-1") as session:
        arn = session.client("bedrock-agent").create_flow(name="f", executionRoleArn="arn:aws:iam::1:role/r")["arn"]
        asked = request("AWS::Bedrock::FlowVersion", session, FlowArn=arn)
        created = derive(asked)
    assert (created.physical_id, asked.properties.unmapped()) == (f"{arn}|1", ())


def test_a_property_is_an_attribute_too():
    deployment = deployed("""
Parameters: {P: {Type: String}}
Resources:
  Index: {Type: AWS::Kendra::Index, Properties: {Edition: DEVELOPER_EDITION, Name: !Ref P, RoleArn: r}}
Outputs:
  Known: {Value: !GetAtt Index.Edition}
  Unknown: {Value: !GetAtt Index.Name}
""")
    assert deployment.outputs == {"Known": "DEVELOPER_EDITION", "Unknown": None}


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        ({}, "scenario-Thing-"),
        ({"lower": True}, "scenario-thing-"),
        ({"max_length": 24}, "scen"),
        ({"separator": "_"}, "scenario_Thing_"),
    ],
)
def test_generated_names(limits, name):
    made = physical_name("scenario", "Thing", **limits)
    assert made.startswith(name)
    assert len(made) <= limits.get("max_length", 64)
    assert made == physical_name("scenario", "Thing", **limits) != physical_name("scenario", "Other", **limits)


@pytest.mark.parametrize("length", [20, 24, 32, 63])
def test_generated_names_keep_their_limit(length):
    assert len(physical_name("s" * 60, "L" * 60, max_length=length)) <= length


def test_schemas():
    assert schema("AWS::S3::Bukket") is None
    assert property_schema("AWS::S3::Bucket", "VersioningConfiguration.Status")["type"] == "string"
    assert property_schema("AWS::S3::Bucket", "Nope.Nope") == {}


def test_what_names_no_place_stands_in_the_default_vpc():
    deployment = deployed("""
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g}}
  Machine: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-12345678, SecurityGroupIds: [!GetAtt Group.GroupId]}}
""")
    assert {entry.status for entry in deployment.ledger} == {Status.DEPLOYED}
    for name, key in (("Group", "VpcId"), ("Machine", "SubnetId")):
        ((path, reason),) = deployment.origins.uncertain_within(Origin(name))
        assert (path, reason) == (
            ("Properties", key),
            "it stands in the account's default VPC, which is outside the template",
        )
        assert key not in deployment.resolved[name]
    assert "a VPC outside the template" in deployment.invented.values()


@pytest.mark.parametrize(
    ("device", "status", "reason"),
    [
        (0, Status.DEPLOYED, None),
        (1, Status.FAILED, "When specifying network interfaces, you must include a device at index 0."),
    ],
)
def test_an_interface_without_a_subnet_stands_in_the_default_vpc(device, status, reason):
    deployment = deployed(f"""
Resources:
  Machine:
    Type: AWS::EC2::Instance
    Properties: {{ImageId: ami-12345678, NetworkInterfaces: [{{DeviceIndex: '{device}'}}]}}
""")
    entry = deployment.entry("Machine")
    assert entry is not None
    assert (entry.status, entry.reason) == (status, reason)
    uncertain = [path for path, _ in deployment.origins.uncertain_within(Origin("Machine"))]
    assert uncertain == ([] if reason else [("Properties", "NetworkInterfaces", 0, "SubnetId")])


@pytest.mark.parametrize(
    ("resource_type", "properties"),
    [
        ("AWS::EC2::Instance", "{ImageId: ami-12345678, SecurityGroups: [web]}"),
        ("AWS::EC2::Instance", "{ImageId: ami-12345678, SecurityGroups: [!Ref Group]}"),
        (
            "AWS::AutoScaling::AutoScalingGroup",
            "{MinSize: 1, MaxSize: 1, LaunchConfigurationName: !Ref Launch, VPCZoneIdentifier: [!Ref B, !Ref A], "
            "AvailabilityZones: [!Ref P]}",
        ),
    ],
)
def test_what_starts_in_a_network_that_nobody_knows(resource_type, properties):
    deployment = deployed(f"""
Parameters:
  P: {{Type: 'AWS::EC2::AvailabilityZone::Name'}}
  A: {{Type: 'AWS::EC2::Subnet::Id'}}
  B: {{Type: 'AWS::EC2::Subnet::Id'}}
Resources:
  Group: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupName: web, GroupDescription: g}}}}
  Launch:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: ami-12345678
      InstanceType: t3.micro
      InstanceMonitoring: 'false'
      SecurityGroups: [!GetAtt Group.GroupId]
  Thing: {{Type: {resource_type}, DependsOn: Group, Properties: {properties}}}
""")
    assert {(entry.status, entry.reason) for entry in deployment.ledger} == {(Status.DEPLOYED, None)}


@pytest.mark.parametrize(
    ("declaration", "status", "unmapped"),
    [
        ("{Type: String}", Status.PARTIAL, ("LoggingConfiguration.DestinationBucketName",)),
        ("{Type: String, Default: elsewhere}", Status.FAILED, ()),
    ],
)
def test_logs_into_a_bucket_that_nobody_knows(declaration, status, unmapped):
    entry = deployed(f"""
Parameters: {{P: {declaration}}}
Resources:
  Data: {{Type: AWS::S3::Bucket, Properties: {{LoggingConfiguration: {{DestinationBucketName: !Ref P}}}}}}
""").entry("Data")
    assert entry is not None
    assert (entry.status, entry.unmapped) == (status, unmapped)


def test_a_database_stands_in_the_default_vpc():
    database = "{Engine: MySQL, DBInstanceClass: db.t3.micro, AllocatedStorage: 20, MasterUsername: m}"
    deployment = deployed(f"Resources: {{D: {{Type: 'AWS::RDS::DBInstance', Properties: {database}}}}}")
    assert [entry.status for entry in deployment.ledger] == [Status.DEPLOYED]
    assert "a security group outside the template" in deployment.invented.values()


class ServiceError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.response = {"Error": {"Code": code, "Message": message}}


@pytest.mark.parametrize(
    ("error", "reason", "missing"),
    [
        (ServiceError("InvalidName", "no such\n  name"), "InvalidName: no such name", False),
        (ServiceError("ResourceNotFound", "gone"), "ResourceNotFound: gone", False),
        (ServiceError("404", "Not yet implemented"), "404: Not yet implemented", True),
        (ServiceError("NotEmulated", "the emulator has no x"), "NotEmulated: the emulator has no x", True),
        (ServiceError("EmulatorFailure", "TypeError: x"), "the emulator broke down on these properties", False),
        (NotImplementedError("x"), "x", True),
        (ModuleNotFoundError("No module named 'x'"), "No module named 'x'", True),
        (KeyError("RuleAction"), "property RuleAction is missing", False),
        (KeyError("x"), "the emulator broke down on these properties", False),
        (ValueError("plain"), "plain", False),
        (ValueError("type: <class 'dict'>, valid types: <class 'str'>"), "type: mapping, valid types: text", False),
        (RuntimeError("x" * 999), "x" * 300, False),
    ],
)
def test_reasons(error, reason, missing):
    assert described(error) == reason
    assert is_missing(error) is missing


@pytest.mark.parametrize(
    ("resource_type", "properties", "reason"),
    [
        (
            "AWS::EC2::NetworkAclEntry",
            "{NetworkAclId: !Ref Acl, RuleNumber: 1, Protocol: 6}",
            "property RuleAction is missing",
        ),
        ("AWS::S3::Bucket", "{BucketEncryption: yes}", "property BucketEncryption is not a mapping"),
        ("AWS::S3::Bucket", "{CorsConfiguration: {CorsRules: [x]}}", "property CorsConfiguration.CorsRules.0 is not a"),
        ("AWS::IAM::Group", "{Policies: {PolicyName: p}}", "property Policies is not a list"),
        ("AWS::IAM::Group", "{Policies: [{PolicyName: p}]}", "property Policies.0.PolicyDocument is missing"),
        ("AWS::IAM::Group", "{GroupName: 1, Policies: [x]}", "property Policies.0 is not a mapping"),
        ("AWS::SQS::Queue", "{QueueName: !Sub '${P}/'}", "hangs on parameter P: InvalidParameterValue: Can only"),
        (
            "AWS::EC2::Subnet",
            "{VpcId: !Ref Vpc, CidrBlock: !Sub ['${E}/x', {E: !ImportValue E}]}",
            "hangs on something unknown (E comes from another stack): InvalidParameterValue: Value (",
        ),
    ],
)
def test_a_reason_speaks_of_properties(resource_type, properties, reason):
    deployment = deployed(f"""
Parameters: {{P: {{Type: String}}}}
Resources:
  Vpc: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Acl: {{Type: AWS::EC2::NetworkAcl, Properties: {{VpcId: !Ref Vpc}}}}
  Thing: {{Type: {resource_type}, Properties: {properties}}}
""")
    entry = deployment.entry("Thing")
    assert entry is not None
    assert entry.status == Status.FAILED
    assert str(entry.reason).startswith(reason)


OUTSIDE = """
Parameters: {{P: {{Type: String}}, L: {{Type: CommaDelimitedList}}}}
Resources:
  Own: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.9.0.0/16}}}}
  Subnet: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Own, CidrBlock: 10.9.1.0/24}}}}
  Custom: {{Type: 'Custom::Thing', Properties: {{ServiceToken: t}}}}
  Nested: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: 'https://example.com/t'}}}}
  Thing: {{Type: {resource_type}, Properties: {properties}}}
"""


@pytest.mark.parametrize(
    ("resource_type", "properties", "things"),
    [
        ("AWS::EC2::SecurityGroup", "{GroupDescription: g, VpcId: !ImportValue E}", ["vpc"]),
        ("AWS::EC2::SecurityGroup", "{GroupDescription: g, VpcId: !GetAtt Nested.Outputs.V}", ["vpc"]),
        (
            "AWS::EC2::SecurityGroup",
            "{GroupDescription: g, VpcId: !Ref Own, SecurityGroupIngress: "
            "[{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !GetAtt Custom.G}]}",
            ["sg", "vpc"],
        ),
        ("AWS::EC2::SecurityGroupIngress", "{GroupId: !Ref P, IpProtocol: '-1', CidrIp: 10.0.0.0/8}", ["sg", "vpc"]),
        (
            "AWS::EC2::SubnetRouteTableAssociation",
            "{SubnetId: !Ref Subnet, RouteTableId: !ImportValue E}",
            ["rtb", "vpc"],
        ),
        ("AWS::EC2::SubnetNetworkAclAssociation", "{SubnetId: !Ref Subnet, NetworkAclId: !Ref P}", ["acl", "vpc"]),
        (
            "AWS::EC2::VPCEndpoint",
            "{VpcId: !Ref Own, ServiceName: com.amazonaws.us-east-1.s3, RouteTableIds: !Split [',', !ImportValue E]}",
            ["rtb", "vpc"],
        ),
        (
            "AWS::EC2::VPCEndpoint",
            "{VpcId: !Ref P, ServiceName: com.amazonaws.us-east-1.kms, VpcEndpointType: Interface, "
            "SubnetIds: [!ImportValue E, !GetAtt Custom.S], SecurityGroupIds: !Ref L}",
            ["sg", "subnet", "subnet", "vpc"],
        ),
        (
            "AWS::AutoScaling::LaunchConfiguration",
            "{ImageId: ami-12345678, InstanceType: t3.micro, SecurityGroups: [!Ref P]}",
            ["sg", "vpc"],
        ),
        ("AWS::EC2::Subnet", "{VpcId: !Ref Own, CidrBlock: 10.9.2.0/24, AvailabilityZone: !Ref P}", []),
        ("AWS::EC2::SecurityGroup", "{GroupDescription: g, VpcId: !If [Maybe, !Ref Own, !Ref Own]}", []),
        ("AWS::IAM::Group", "{ManagedPolicyArns: [!Ref P, !ImportValue E]}", []),
        ("AWS::IAM::User", "{PermissionsBoundary: !Sub '${P}'}", []),
        (
            "AWS::Bedrock::KnowledgeBase",
            "{Name: k, RoleArn: !Ref P, KnowledgeBaseConfiguration: "
            "{Type: VECTOR, VectorKnowledgeBaseConfiguration: {EmbeddingModelArn: !Ref P}}, "
            "StorageConfiguration: {Type: S3_VECTORS, S3VectorsConfiguration: {IndexArn: !Ref P}}}",
            [],
        ),
    ],
)
def test_unknown_ids_are_stood_in_for_by_what_the_property_names(resource_type, properties, things):
    text = OUTSIDE.format(resource_type=resource_type, properties=properties)
    deployment = deployed(text + "Conditions: {Maybe: !Equals [!Ref P, x]}")
    entry = deployment.entry("Thing")
    assert entry is not None
    assert (entry.status, entry.reason) == (Status.DEPLOYED, None)
    assert sorted(identifier.partition("-")[0] for identifier in deployment.invented) == things
    assert list(deployment.origins.uncertain_within(Origin("Thing")))


def test_what_is_known_to_be_wrong_is_refused():
    text = OUTSIDE.format(resource_type="AWS::EC2::RouteTable", properties="{VpcId: unknown-import}")
    entry = deployed(text).entry("Thing")
    assert entry is not None
    assert str(entry.reason).startswith("InvalidVpcID.NotFound")
