"""Parameters: what is taken, what is refused, what is invented."""

from __future__ import annotations

import time

import pytest

from deployment.support import deployed, resolver
from scenarios.deployment.parameters_file import read_parameters_file
from scenarios.errors import InputError
from scenarios.finding import Origin

RESOURCES = "\nResources:\n  T: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !Ref P}}\n"


def template(declaration: str) -> str:
    return f"Parameters:\n  P: {declaration}{RESOURCES}"


def value(declaration: str, given: str | None = None):
    own = resolver(template(declaration), {} if given is None else {"P": given})
    return own.scope.parameters["P"]


@pytest.mark.parametrize(
    ("declaration", "given", "expected"),
    [
        ("{Type: String, Default: a}", None, "a"),
        ("{Type: String, Default: a}", "b", "b"),
        ("{Type: String, Default: true}", None, "true"),
        ("{Type: String, Default: 1}", None, "1"),
        ("{Type: Number}", "-1.5", "-1.5"),
        ("{Type: Number, MinValue: 1, MaxValue: 3}", "3", "3"),
        ("{Type: List<Number>}", "1, 2", ["1", "2"]),
        ("{Type: CommaDelimitedList}", " a , b", ["a", "b"]),
        ("{Type: CommaDelimitedList, Default: ''}", None, [""]),
        ("{Type: CommaDelimitedList, AllowedValues: [a, b]}", "b,a", ["b", "a"]),
        ("{Type: String, AllowedValues: [true, false]}", "true", "true"),
        ("{Type: String, AllowedPattern: '[a-z]+'}", "abc", "abc"),
        ("{Type: 'AWS::EC2::KeyPair::KeyName'}", "mine", "mine"),
        ("{Type: 'AWS::SSM::Parameter::Name'}", "/a/b", "/a/b"),
        ("{Type: 'List<AWS::EC2::AvailabilityZone::Name>'}", "us-east-1a,us-east-1b", ["us-east-1a", "us-east-1b"]),
    ],
)
def test_taken(declaration, given, expected):
    parameter = value(declaration, given)
    assert parameter.value == expected
    assert parameter.unknown is None


@pytest.mark.parametrize(
    ("declaration", "given", "cause"),
    [
        ("{Type: Number}", "x", "parameter P does not take 'x'; it is a number"),
        ("{Type: Number}", "nan", "it is a number"),
        ("{Type: List<Number>}", "1,x", "does not take 'x'"),
        ("{Type: Number, MinValue: 2}", "1", "it is at least 2"),
        ("{Type: Number, MaxValue: 2}", "3", "it is at most 2"),
        ("{Type: String, AllowedValues: [a, b]}", "c", "does not take 'c'; allowed are a, b"),
        ("{Type: String, AllowedPattern: '[a-z]+'}", "abc1", "it has to match [a-z]+"),
        ("{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: letters only}", "1", "'1'; letters only"),
        ("{Type: String, AllowedPattern: '('}", "1", "is no regular expression"),
        ("{Type: String, MinLength: 2}", "a", "its length lies between 2 and 4096"),
        ("{Type: String, MaxLength: 2}", "abc", "its length lies between 0 and 2"),
        ("{Type: String, NoEcho: true, MaxLength: 2}", "hunter2", "does not take the value;"),
        ("{Type: String, Default: c, AllowedValues: [a]}", None, "does not take 'c'"),
        ("{Type: Strin}", "a", "has a Type that CloudFormation does not know: Strin"),
        ("{Default: a}", "a", "has no Type"),
    ],
)
def test_refused(declaration, given, cause):
    with pytest.raises(InputError) as error:
        value(declaration, given)
    assert cause in error.value.cause
    assert (error.value.file, error.value.line) == ("t.yaml", 2)
    assert "hunter2" not in str(error.value)


def test_unknown_parameter():
    with pytest.raises(InputError, match="no parameter Bucketname; did you mean BucketName"):
        resolver(f"Parameters: {{P: {{Type: String}}, BucketName: {{Type: String}}}}{RESOURCES}", {"Bucketname": "x"})


def test_a_pattern_that_explodes_is_not_waited_for():
    start = time.monotonic()
    with pytest.raises(InputError, match="takes too long"):
        value("{Type: String, AllowedPattern: '(a|a|b?)*c(a|aa)*\\1*d'}", "a" * 60 + "c" + "a" * 40)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("declaration", "form"),
    [
        ("{Type: String}", "placeholder-p"),
        ("{Type: String, AllowedValues: [x, y]}", "x"),
        ("{Type: String, MinLength: 20}", "placeholder-pxxxxxxx"),
        ("{Type: String, MaxLength: 5}", "place"),
        ("{Type: Number, MinValue: 5}", "5"),
        ("{Type: CommaDelimitedList, AllowedValues: [x, y]}", ["x"]),
    ],
)
def test_invented(declaration, form):
    parameter = value(declaration)
    assert parameter.value == form
    assert parameter.unknown == "parameter P has no value"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("KmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/"),
        ("ExecutionRoleArn", "arn:aws:iam::123456789012:role/"),
        ("DataBucketArn", "arn:aws:s3:::"),
        ("TeamPolicyArn", "arn:aws:iam::123456789012:policy/"),
        ("BoundaryArn", "arn:aws:iam::123456789012:policy/"),
        ("VpcCidr", "10.0.0.0/16"),
    ],
)
def test_invented_by_name(name, start):
    own = resolver(f"Parameters: {{{name}: {{Type: String}}}}\nResources: {{T: {{Type: 'AWS::SNS::Topic'}}}}")
    assert own.scope.parameters[name].value.startswith(start)


@pytest.mark.parametrize(
    "declaration",
    [
        "{Type: String}",
        "{Type: CommaDelimitedList}",
        "{Type: 'AWS::EC2::Subnet::Id'}",
        "{Type: 'List<AWS::EC2::Subnet::Id>'}",
        "{Type: 'AWS::EC2::SecurityGroup::Id'}",
        "{Type: 'AWS::EC2::AvailabilityZone::Name'}",
    ],
)
@pytest.mark.parametrize(
    "names", [("A", "B"), ("KnowledgeBaseBucketNameOne", "KnowledgeBaseBucketNameTwo"), ("SubnetCidrA", "SubnetCidrB")]
)
def test_invented_values_differ(declaration, names):
    text = f"Parameters: {{{names[0]}: {declaration}, {names[1]}: {declaration}}}"
    found = deployed(f"{text}\nResources: {{T: {{Type: 'AWS::SNS::Topic'}}}}").placeholders
    one, other = (value if isinstance(value, list) else [value] for value in (found[name] for name in names))
    assert not set(one) & set(other)
    assert all(len(value) <= 24 for value in (*one, *other))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("VpcId", "vpc"),
        ("MyVPC", "placeholder"),
        ("PrivateSubnetId1", "subnet"),
        ("pRouteTable", "rtb"),
        ("PrivateRouteTableId2", "rtb"),
        ("WebSecurityGroup", "sg"),
        ("NetworkAclId", "acl"),
        ("SecurityGroupName", "placeholder"),
        ("SubnetCount", "placeholder"),
    ],
)
def test_a_name_tells_an_id(name, kind):
    found = deployed(f"Parameters: {{{name}: {{Type: String}}}}\nResources: {{T: {{Type: 'AWS::SNS::Topic'}}}}")
    assert found.placeholders[name].startswith(f"{kind}-")
    assert kind == "placeholder" or found.placeholders[name] in found.invented


def test_ssm_parameters_are_never_known():
    text = template("{Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/service/ami}")
    parameter = resolver(text).scope.parameters["P"]
    assert parameter.value.startswith("ami-")
    assert parameter.unknown == "parameter P is read from SSM parameter /aws/service/ami at deployment"


NETWORK = """
Parameters:
  Vpc: {Type: 'AWS::EC2::VPC::Id'}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Groups: {Type: 'List<AWS::EC2::SecurityGroup::Id>', Default: 'sg-0123456789abcdef0,sg-0123456789abcdef1'}
  Other: {Type: String, Default: vpc-12345678}
Conditions:
  HasOther: !Equals [!Ref Other, vpc-12345678]
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Condition: HasOther
    Properties: {GroupDescription: g, VpcId: !Ref Vpc}
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ['', [!Select [0, !Ref Groups], !Select [1, !Ref Groups]]]
"""


def test_networks_outside_the_template_are_stood_in_for():
    deployment = deployed(NETWORK)
    placeholders = deployment.placeholders
    assert {placeholders["Vpc"], *placeholders["Subnets"], *placeholders["Groups"]} == set(deployment.invented)
    assert len(placeholders["Subnets"]) == 3
    assert len(set(placeholders["Groups"])) == 2
    group = deployment.entry("Group")
    assert group is not None
    assert group.status == "deployed", "the condition compares what was said, not the stand-in"
    reasons = dict(deployment.origins.uncertain_within(Origin("Group")))
    assert reasons == {("Properties", "VpcId"): "parameter Vpc has no value"}
    (reason,) = dict(deployment.origins.uncertain_within(Origin("Topic"))).values()
    assert reason.startswith("parameter Groups names sg-0123456789abcdef0,")
    assert reason.endswith("which is outside the template")


@pytest.mark.parametrize(
    "text",
    [
        '[{"ParameterKey": "A", "ParameterValue": "x"}, {"ParameterKey": "N", "ParameterValue": 3}]',
        '{"Parameters": {"A": "x", "N": 3}}',
        '{"Parameters": [{"ParameterKey": "A", "ParameterValue": "x"}, {"ParameterKey": "N", "ParameterValue": "3"}]}',
        '{"A": "x", "N": "3"}',
        "A: x\nN: 3\n",
        "- ParameterKey: A\n  ParameterValue: x\n- ParameterKey: N\n  ParameterValue: '3'\n",
        '["A=x", "N=3"]',
    ],
)
def test_parameters_file(tmp_path, text):
    path = tmp_path / "p"
    path.write_text(text)
    assert read_parameters_file(str(path)) == {"A": "x", "N": "3"}


@pytest.mark.parametrize("text", ["", "7", '[{"Key": "A"}]', '{"A": {"B": 1}}', "{", "A: [", "A: !!python/object:x y"])
def test_parameters_file_refused(tmp_path, text):
    path = tmp_path / "p"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_parameters_file(str(path))
    assert error.value.file == str(path)


def test_parameters_file_missing(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_parameters_file(str(tmp_path / "absent"))
