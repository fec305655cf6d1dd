"""What an update of a stack does to each resource."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenarios.deployment.update import Action, Change
from scenarios.errors import InputError
from scenarios.report.style import Style
from scenarios.report.update import update_json, update_text
from scenarios.run.options import Options
from scenarios.run.updated import update_in_emulator
from scenarios.template import load

REFERENCES = sorted(Path("templates").glob("*/template.yaml"))

BASE = """\
Parameters:
  Stage: {Type: String, Default: dev}
  Image: {Type: 'AWS::EC2::Image::Id'}
  Secret: {Type: String, NoEcho: true, Default: first-secret}
Conditions: {IsDev: !Equals [!Ref Stage, dev]}
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}
  Data:
    Type: AWS::S3::Bucket
    Properties: {Tags: [{Key: a, Value: b}, {Key: c, Value: d}]}
  DataPolicy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref Data, PolicyDocument: {Statement: []}}
  Logs:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: {IsLogging: true, S3BucketName: !Ref Logs}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      BillingMode: PAY_PER_REQUEST
  Role:
    Type: AWS::IAM::Role
    Properties: {Path: /app/, AssumeRolePolicyDocument: {Statement: []}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBInstanceClass: db.t3.micro, AllocatedStorage: '20', MasterUsername: root, MasterUserPassword: !Ref Secret}
  Address: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Database.Endpoint.Address}}
  Maker: {Type: Custom::Maker, Properties: {ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:f', Size: 1}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  OnlyDev: {Type: AWS::SQS::Queue, Condition: IsDev}
  Host: {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref Image, SubnetId: !Ref Subnet}}
"""  # noqa: E501


def changes(tmp_path: Path, old: str, new: str, **parameters: str) -> dict[str, Change]:
    """The changes by logical id."""
    for name, text in (("old.yaml", old), ("new.yaml", new)):
        (tmp_path / name).write_text(text)
    templates = [load(str(tmp_path / name), str(tmp_path)) for name in ("old.yaml", "new.yaml")]
    found = update_in_emulator(templates[0], templates[1], Options(parameters=parameters))
    return {change.logical_id: change for change in found.changes}


def edited(before: str, after: str) -> str:
    assert before in BASE
    return BASE.replace(before, after, 1)


def without(name: str) -> str:
    """BASE without one resource."""
    lines, kept, inside = BASE.splitlines(), [], False
    for line in lines:
        if line.startswith("  ") and not line.startswith("   "):
            inside = line.startswith(f"  {name}:")
        if not inside:
            kept.append(line)
    return "\n".join(kept) + "\n"


ACTIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("nothing", "", "", {}),
    ("tags in another order",
     "[{Key: a, Value: b}, {Key: c, Value: d}]", "[{Key: c, Value: d}, {Key: a, Value: b}]", {}),
    ("a boolean as a text", "IsLogging: true", "IsLogging: 'true'", {}),
    ("another way to refer", "S3BucketName: !Ref Logs", "S3BucketName: !Sub '${Logs}'", {}),
    ("a condition by another way", "!Equals [!Ref Stage, dev]", "!Not [!Equals [!Ref Stage, prod]]", {}),
    ("a policy", "Bucket: !Ref Data, PolicyDocument: {Statement: []}",
     "Bucket: !Ref Data, PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*'}]}",
     {"DataPolicy": "in place"}),
    ("a trail stopped", "IsLogging: true", "IsLogging: false", {"Trail": "in place"}),
    ("a bucket's name, and what names the bucket", "Properties: {Tags", "Properties: {BucketName: mine, Tags",
     {"Data": "replaced", "DataPolicy": "replaced"}),
    ("a network, and all that stands in it", "CidrBlock: 10.0.0.0/16", "CidrBlock: 10.0.0.0/17",
     {"Vpc": "replaced", "Subnet": "replaced", "Host": "replaced"}),
    ("a role's path", "Path: /app/", "Path: /other/", {"Role": "replaced", "Profile": "in place"}),
    ("what may not be changed", "{KeyPolicy", "{KeySpec: RSA_2048, KeyPolicy", {"Key": "refused"}),
    ("a custom name that is kept", "PAY_PER_REQUEST", "PAY_PER_REQUEST\n      TableClass: STANDARD_INFREQUENT_ACCESS",
     {"Table": "in place"}),
    ("an attribute that is edited", "AttributeType: S", "AttributeType: N", {"Table": "refused"}),
    ("an attribute more", "[{AttributeName: id, AttributeType: S}]",
     "[{AttributeName: at, AttributeType: S}, {AttributeName: id, AttributeType: S}]", {"Table": "in place"}),
    ("a default that is said", "{KeyPolicy", "{KeySpec: SYMMETRIC_DEFAULT, KeyPolicy", {"Key": "in place"}),
    ("a tag in capitals", "{Key: a, Value: b}", "{Key: a, Value: B}", {"Data": "in place"}),
    ("a taken name of another kind", "  OnlyDev:",
     "  More: {Type: AWS::SNS::Topic, Properties: {TopicName: jobs}}\n  OnlyDev:",
     {"More": "created"}),
    ("a custom resource's numbers", "Size: 1", "Size: '1'", {}),
    ("a custom name that has to change", "QueueName: jobs", "QueueName: jobs, FifoQueue: true", {"Jobs": "refused"}),
    ("a key of a table", "AttributeName: id", "AttributeName: no", {"Table": "refused"}),
    ("what may be replaced", "Engine: mysql", "Engine: postgres",
     {"Database": "perhaps replaced", "Address": "in place"}),
    ("a custom resource", "Size: 1", "Size: 2", {"Maker": "perhaps replaced"}),
    ("its function", "function:f", "function:g", {"Maker": "refused"}),
    ("a type", "OnlyDev: {Type: AWS::SQS::Queue", "OnlyDev: {Type: AWS::SNS::Topic", {"OnlyDev": "refused"}),
    ("a condition", "Default: dev", "Default: prod", {"OnlyDev": "deleted"}),
    ("a secret", "Default: first-secret", "Default: second-secret", {"Database": "in place"}),
    ("a value for nobody's", "ImageId: !Ref Image", "ImageId: ami-12345678", {"Host": "perhaps replaced"}),
    ("a new resource", "  OnlyDev:", "  More: {Type: AWS::SQS::Queue}\n  OnlyDev:", {"More": "created"}),
    ("a taken name", "  OnlyDev:", "  More: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}\n  OnlyDev:",
     {"More": "refused"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), [row[1:] for row in ACTIONS], ids=[row[0] for row in ACTIONS])
def test_each_change_has_its_action(tmp_path: Path, before: str, after: str, expected: dict[str, str]) -> None:
    found = changes(tmp_path, BASE, edited(before, after))
    actual = {name: change.action.value for name, change in found.items()}
    assert actual == expected


@pytest.mark.parametrize("template", REFERENCES, ids=lambda path: path.parent.name)
def test_an_update_to_itself_changes_nothing(template: Path) -> None:
    one = load(str(template))
    found = update_in_emulator(one, one, Options())
    assert found.changes == ()
    assert found.unchanged == len(found.new.ledger)


LOSSES: list[tuple[str, str, str, dict[str, str]]] = [
    ("replaced", "Properties: {Tags", "Properties: {BucketName: mine, Tags", {"Data": "Delete"}),
    ("kept by both", "UpdateReplacePolicy: Retain",
     "UpdateReplacePolicy: Retain\n    Properties: {BucketName: mine}", {}),
    ("kept by one only", "    Properties: {Tags",
     "    UpdateReplacePolicy: Retain\n    Properties: {BucketName: mine, Tags",
     {"Data": "Retain, which the old template does not say"}),
    ("kept no longer", "UpdateReplacePolicy: Retain", "UpdateReplacePolicy: Delete\n    Properties: {BucketName: mine}",
     {"Logs": "Delete"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), [row[1:] for row in LOSSES], ids=[row[0] for row in LOSSES])
def test_a_replacement_without_retain_loses_what_is_replaced(
    tmp_path: Path, before: str, after: str, expected: dict[str, str]
) -> None:
    found = changes(tmp_path, BASE, edited(before, after))
    assert {name: change.policy for name, change in found.items() if change.loss} == expected


@pytest.mark.parametrize(
    ("name", "policy", "lost"),
    [
        ("Data", "Delete", "the bucket is deleted"),
        ("Key", "Delete", "the key is scheduled for deletion"),
        ("Trail", "Delete", "the trail is deleted"),
        ("Table", "Delete", "the table is deleted"),
        ("Database", "Snapshot", "a snapshot remains"),
        ("Logs", "Retain", None),
        ("Profile", "Delete", None),
    ],
)
def test_a_deletion_loses_what_cannot_be_made_anew(tmp_path: Path, name: str, policy: str, lost: str | None) -> None:
    rest = without(name).replace("S3BucketName: !Ref Logs", "S3BucketName: somewhere")
    rest = rest.replace("Bucket: !Ref Data", "Bucket: somewhere").replace("!GetAtt Database.Endpoint.Address", "none")
    change = changes(tmp_path, BASE, rest)[name]
    assert (change.action, change.policy) == (Action.DELETED, policy)
    assert lost in change.loss if lost and change.loss else change.loss == lost


def test_a_place_is_where_the_resource_stands(tmp_path: Path) -> None:
    found = changes(tmp_path, BASE, edited("  OnlyDev:", "  More: {Type: AWS::SQS::Queue}\n  Other:"))
    line = BASE.splitlines().index("  OnlyDev: {Type: AWS::SQS::Queue, Condition: IsDev}") + 1
    assert {name: (Path(one.position.file or "").name, one.position.line) for name, one in found.items()} == {
        "More": ("new.yaml", line),
        "Other": ("new.yaml", line + 1),
        "OnlyDev": ("old.yaml", line),
    }


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    found = changes(tmp_path, BASE, edited("Default: first-secret", "Default: second-secret"))
    assert "-secret" not in repr(found)
    assert [(one.path, one.before, one.after) for one in found["Database"].differences] == [
        (("MasterUserPassword",), "****", "****")
    ]


def test_what_hangs_on_a_replacement_is_named(tmp_path: Path) -> None:
    found = changes(tmp_path, BASE, edited("Engine: mysql", "Engine: postgres"))
    assert found["Database"].hanging == ("Address",)


def test_a_subnet_cannot_take_the_place_of_one_with_the_same_addresses(tmp_path: Path) -> None:
    zone = edited("CidrBlock: 10.0.1.0/24", "CidrBlock: 10.0.1.0/24, AvailabilityZone: us-east-1b")
    reason = changes(tmp_path, BASE, zone)["Subnet"].reason
    assert reason is not None
    assert "conflicts with another subnet" in reason


def test_a_retain_that_hangs_on_a_condition_is_none(tmp_path: Path) -> None:
    queue = "  Q: {Type: AWS::SQS::Queue}\n"
    old = f"""\
Transform: AWS::LanguageExtensions
Parameters: {{Keep: {{Type: String}}}}
Conditions: {{K: !Equals [!Ref Keep, y]}}
Resources:
  B: {{Type: AWS::S3::Bucket, DeletionPolicy: !If [K, Retain, Delete]}}
{queue}"""
    new = f"Resources:\n{queue}"
    assert changes(tmp_path, old, new, Keep="y")["B"].loss is None
    assert changes(tmp_path, old, new, Keep="n")["B"].loss is not None
    assert changes(tmp_path, old, new)["B"].loss is not None


def test_a_parameter_that_neither_template_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no parameter Stagee; did you mean Stage"):
        changes(tmp_path, BASE, BASE, Stagee="x")


PARENT = """\
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./%s.yaml, Parameters: {Arn: !GetAtt Key.Arn}}}
  Name: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Child.Outputs.Name}}
"""
CHILD = """\
Parameters: {Arn: {Type: String}}
Resources:
  Bucket: {Type: AWS::S3::Bucket%s}
  Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Arn}}
Outputs: {Name: {Value: !Ref Bucket}}
"""


def nested(tmp_path: Path, new: str, policy: str = "") -> dict[str, Any]:
    (tmp_path / "a.yaml").write_text(CHILD % "")
    (tmp_path / "b.yaml").write_text(CHILD % ", Properties: {BucketName: mine}")
    old = (PARENT % "a").replace("Child: {", "Child: {" + policy)
    return {name: (change.action.value, bool(change.loss)) for name, change in changes(tmp_path, old, new).items()}


def test_a_nested_stack_is_compared_within(tmp_path: Path) -> None:
    assert nested(tmp_path, PARENT % "a") == {}
    assert nested(tmp_path, PARENT % "b") == {
        "Child": ("in place", False),
        "Child/Bucket": ("replaced", True),
        "Name": ("in place", False),
    }


@pytest.mark.parametrize(("policy", "lost"), [("", True), ("DeletionPolicy: Retain, ", False)])
def test_a_nested_stack_that_goes_takes_all_with_it_unless_it_is_kept(tmp_path: Path, policy: str, lost: bool) -> None:
    new = "\n".join((PARENT % "a").splitlines()[:2]) + "\n"
    assert nested(tmp_path, new, policy) == {
        "Child": ("deleted", False),
        "Child/Bucket": ("deleted", lost),
        "Child/Topic": ("deleted", False),
        "Name": ("deleted", False),
    }


def stack(*resources: str, head: str = "") -> str:
    return "\n".join([head, "Resources:", *(f"  {each}" for each in resources), "  Other: {Type: AWS::SQS::Queue}", ""])


def acts(tmp_path: Path, old: str, new: str) -> dict[str, str]:
    return {name: change.action.value for name, change in changes(tmp_path, old, new).items()}


POLICY = "P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Other], PolicyDocument: {Statement: %s}}}"
STATEMENT = "{Sid: a, Effect: Allow, Principal: {AWS: '123456789012'}, Action: [%s], Resource: [%s]%s}"
BY_TLS = ", Condition: {Bool: {'aws:SecureTransport': %s}}"
SENDING = "'sqs:SendMessage', 'sqs:GetQueueUrl'"
ONE = STATEMENT % (SENDING, "'*'", BY_TLS % "'true'")
AGAIN = STATEMENT % ("'sqs:GetQueueUrl', 'SQS:SendMessage'", "'*'", BY_TLS % "[true]")
NAMED = "{AWS: '123456789012'}"
SAME = {
    "a statement alone": ONE,
    "in another order and case": f"[{AGAIN}]",
    "a list of one principal": "[" + ONE.replace(NAMED, "{AWS: ['123456789012']}") + "]",
    "a resource alone": "[" + ONE.replace("['*']", "'*'") + "]",
}
OTHERWISE = {
    "a wildcard": "[" + ONE.replace("GetQueueUrl", "*") + "]",
    "without its condition": "[" + STATEMENT % (SENDING, "'*'", "") + "]",
    "denied": "[" + ONE.replace("Allow", "Deny") + "]",
    "twice, once for all": "[" + ONE + ", " + ONE.replace(NAMED, "'*'") + "]",
}


@pytest.mark.parametrize("statement", SAME.values(), ids=SAME)
def test_a_policy_that_means_the_same_is_the_same(tmp_path: Path, statement: str) -> None:
    assert acts(tmp_path, stack(POLICY % f"[{ONE}]"), stack(POLICY % statement)) == {}


@pytest.mark.parametrize("statement", OTHERWISE.values(), ids=OTHERWISE)
def test_a_policy_that_means_something_else_is_not(tmp_path: Path, statement: str) -> None:
    assert acts(tmp_path, stack(POLICY % f"[{ONE}]"), stack(POLICY % statement)) == {"P": "in place"}


def test_json_in_a_text_is_what_it_says(tmp_path: Path) -> None:
    board = "B: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardName: a, DashboardBody: '%s'}}"
    assert acts(tmp_path, stack(board % '{"widgets": []}'), stack(board % '{"widgets":[]}')) == {}
    assert acts(tmp_path, stack(board % '{"widgets": []}'), stack(board % '{"widgets": [1]}')) == {"B": "in place"}


TABLE = """T:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{AttributeName: id, KeyType: HASH}%s]
      AttributeDefinitions: [%s]"""
ID, AT = "{AttributeName: id, AttributeType: S}", "{AttributeName: at, AttributeType: S}"


@pytest.mark.parametrize(
    ("key", "attributes", "expected"),
    [
        (", {AttributeName: at, KeyType: RANGE}", f"{ID}, {AT}", {"T": "replaced"}),
        ("", f"{ID.replace(': S', ': N')}", {"T": "replaced"}),
        ("", f"{AT}, {ID}", {"T": "in place"}),
    ],
)
def test_a_table_keeps_its_key(tmp_path: Path, key: str, attributes: str, expected: dict[str, str]) -> None:
    old, new = stack(TABLE % ("", ID)), stack(TABLE % (key, attributes))
    found = changes(tmp_path, old, new)
    assert {name: change.action.value for name, change in found.items()} == expected
    assert bool(found["T"].loss) is (expected["T"] == "replaced")


QUEUE = "%s: {Type: AWS::SQS::Queue, Properties: {QueueName: %s}}"
TRUST = "AssumeRolePolicyDocument: {Statement: []}"
ROLE = f"%s: {{Type: AWS::IAM::Role, Properties: {{RoleName: app, {TRUST}}}}}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((ROLE % "A",), (ROLE % "B",), {"B": "refused", "A": "deleted"}),
        ((QUEUE % ("A", "x"), QUEUE % ("B", "y")), (QUEUE % ("B", "x"),), {"B": "refused", "A": "deleted"}),
        ((QUEUE % ("A", "x"), QUEUE % ("B", "y")), (QUEUE % ("A", "y"), QUEUE % ("B", "x")),
         {"A": "refused", "B": "refused"}),
        ((QUEUE % ("A", "x"),), (QUEUE % ("A", "y"), QUEUE % ("B", "z")), {"A": "replaced", "B": "created"}),
    ],
)  # fmt: skip
def test_a_name_is_free_only_afterwards(
    tmp_path: Path, old: tuple[str, ...], new: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert acts(tmp_path, stack(*old), stack(*new)) == expected


def test_a_secret_of_a_nested_stack_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(stack(head="Parameters: {Word: {Type: String, NoEcho: true}}"))
    child = "C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./c.yaml, Parameters: {Word: %s}}}"
    found = changes(tmp_path, stack(child % "first-secret"), stack(child % "second-secret"))
    assert found["C"].differences
    assert "-secret" not in repr(found)


def test_the_default_of_a_secret_is_not_shown(tmp_path: Path) -> None:
    for name, text in (("old.yaml", BASE), ("new.yaml", BASE.replace("first-secret", "second-secret"))):
        (tmp_path / name).write_text(text)
    templates = [load(str(tmp_path / name), str(tmp_path)) for name in ("old.yaml", "new.yaml")]
    told = update_in_emulator(templates[0], templates[1], Options())
    assert "the default of parameter Secret changes" in update_text(told, Style(False))
    assert "-secret" not in update_text(told, Style(False)) + update_json(told)


def test_a_version_that_is_published_anew_takes_no_name(tmp_path: Path) -> None:
    function = "F: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.12, Handler: i.h, Role: !GetAtt R.Arn, Code: {ZipFile: '%s'}}}"  # noqa: E501
    role = f"R: {{Type: AWS::IAM::Role, Properties: {{{TRUST}}}}}"
    version = "%s: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}"
    old, new = stack(role, function % "x", version % "V1"), stack(role, function % "y", version % "V2")
    assert acts(tmp_path, old, new) == {"F": "in place", "V2": "created", "V1": "deleted"}


def test_what_refers_to_a_number_that_is_counted_up_changes(tmp_path: Path) -> None:
    function = "F: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.12, Handler: i.h, Role: !GetAtt R.Arn, Code: {ZipFile: '%s'}}}"  # noqa: E501
    role = f"R: {{Type: AWS::IAM::Role, Properties: {{{TRUST}}}}}"
    version = "%s: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}"
    alias = "A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, Name: a, FunctionVersion: !GetAtt %s.Version}}"  # noqa: E501
    old = stack(role, function % "x", version % "V1", alias % "V1")
    new = stack(role, function % "y", version % "V2", alias % "V2")
    assert acts(tmp_path, old, new) == {"F": "in place", "V2": "created", "A": "in place", "V1": "deleted"}
    template = "L: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: %s}}}"
    latest = "P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt L.LatestVersionNumber}}"
    found = changes(tmp_path, stack(template % "ami-1", latest), stack(template % "ami-2", latest))
    assert {name: change.action.value for name, change in found.items()} == {"L": "in place", "P": "in place"}
    assert [(one.before, one.after) for one in found["P"].differences] == [("1", "2")]


ROUTE = "%s: {Type: AWS::EC2::Route, Properties: {RouteTableId: rtb-1, DestinationCidrBlock: %s, GatewayId: igw-1}}"


def test_a_route_cannot_take_the_place_of_one_that_stands(tmp_path: Path) -> None:
    old = stack(ROUTE % ("R", "0.0.0.0/0"))
    assert acts(tmp_path, old, stack(ROUTE % ("S", "0.0.0.0/0"))) == {"S": "refused", "R": "deleted"}
    assert acts(tmp_path, old, stack(ROUTE % ("S", "10.0.0.0/8"))) == {"S": "created", "R": "deleted"}


def test_of_a_nested_stack_that_is_read_on_one_side_only_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(stack())
    child = "C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s}}"
    there, elsewhere = stack(child % "./c.yaml"), stack(child % "https://s3.amazonaws.com/b/c.yaml")
    for old, new, which in ((there, elsewhere, "new"), (elsewhere, there, "old")):
        found = changes(tmp_path, old, new)
        assert list(found) == ["C"]
        assert f"its {which} template is not read" in (found["C"].reason or "")


@pytest.mark.parametrize(
    ("resource", "lost"),
    [
        ("X: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {Size: 1, AvailabilityZone: us-east-1a}}",
         "the volume is deleted; a snapshot remains"),
        ("X: {Type: AWS::SQS::Queue, DeletionPolicy: Snapshot}", "the queue is deleted with its messages"),
        ("X: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBInstanceClass: db.t3.small, DBClusterIdentifier: c}}",  # noqa: E501
         None),
        ("X: {Type: AWS::ElastiCache::ServerlessCache, Properties: {Engine: redis, ServerlessCacheName: c}}",
         "the database is deleted with its data"),
    ],
)  # fmt: skip
def test_a_snapshot_remains_of_what_has_any(tmp_path: Path, resource: str, lost: str | None) -> None:
    assert changes(tmp_path, stack(resource), stack())["X"].loss == lost
