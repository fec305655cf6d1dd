"""Templates that are linked by exports and imports are judged in one account; all others each in its own."""

from __future__ import annotations

import json

import pytest

from scenarios.cli.main import main
from scenarios.finding import Origin
from scenarios.run.linked import deployed
from scenarios.run.links import plan
from scenarios.run.options import Options
from scenarios.run.source import Source, maybe_linked

NETWORK = """\
Parameters: {Name: {Type: String, Default: core}}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSupport: true, EnableDnsHostnames: true}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: workloads
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16}]
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcEndpointType: Interface
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.${AWS::Region}.bedrock-runtime
      PrivateDnsEnabled: true
      SubnetIds: [!Ref Subnet]
      SecurityGroupIds: [!Ref Group]
Outputs:
  Subnet: {Value: !Ref Subnet, Export: {Name: !Sub '${AWS::StackName}-Subnet'}}
  Group: {Value: !Ref Group, Export: {Name: !Sub '${AWS::StackName}-Group'}}
"""
APP = """\
Parameters: {Network: {Type: String, Default: base-net}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Statement: [{Effect: Allow, Action: bedrock:InvokeModel, Resource: '*'}]
  App:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: a.b
      Code: {ZipFile: x}
      Role: !GetAtt Role.Arn
      VpcConfig:
        SubnetIds: [!ImportValue {'Fn::Sub': '${Network}-Subnet'}]
        SecurityGroupIds: [!ImportValue {'Fn::Sub': '${Network}-Group'}]
"""
OTHER = "Resources: {Role: {Type: AWS::SNS::Topic}}\n"


def written(folder, **files: str) -> list[Source]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    return [Source(str(folder / f"{name}.yaml"), str(folder)) for name in files]


def check(capsys, *arguments: str) -> dict:
    main(["check", "--format", "json", "--no-lint", "--all", *map(str, arguments)])
    return json.loads(capsys.readouterr().out)


def verdicts(report: dict, file: str) -> dict[str, str]:
    (template,) = [one for one in report["templates"] if one["file"].endswith(file)]
    return {one["name"]: one["verdict"] for one in template["scenarios"]}


def findings(report: dict, file: str, rule: str | None = None) -> list[dict]:
    (template,) = [one for one in report["templates"] if one["file"].endswith(file)]
    return [one for one in template["findings"] if rule is None or one["rule"] == rule]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_importing_template_is_judged_with_what_it_imports(tmp_path, capsys, jobs):
    written(tmp_path, app=APP, network=NETWORK, other=OTHER)
    alone = check(capsys, tmp_path / "app.yaml")
    joint = check(capsys, tmp_path, "--jobs", jobs)
    assert [one["file"].rpartition("/")[2] for one in joint["templates"]] == ["app.yaml", "network.yaml", "other.yaml"]
    unknown = [one for one in findings(joint, "app.yaml") if "another stack" in one["message"]]
    assert unknown == []
    assert [one for one in findings(alone, "app.yaml") if "another stack" in one["message"]]
    assert verdicts(joint, "app.yaml")["private-app-bedrock"] == "violated"


def test_findings_belong_to_the_template_that_they_are_about(tmp_path, capsys):
    written(tmp_path, app=APP, network=NETWORK)
    report = check(capsys, tmp_path, "--jobs", "1")
    for template in report["templates"]:
        ids = {row["logical_id"] for row in template["ledger"]}
        for finding in template["findings"]:
            assert finding["file"] == template["file"]
            assert finding["resource"] is None or finding["resource"] in ids
    assert {row["logical_id"] for row in report["templates"][0]["ledger"]} == {"Role", "App"}
    endpoints = [one for one in findings(report, "network.yaml") if one["resource"] == "Endpoint"]
    assert endpoints
    assert {one["line"] for one in endpoints} <= set(range(15, 24))
    assert not [one for one in findings(report, "app.yaml") if "app/" in one["message"]]


def test_templates_that_are_not_linked_are_judged_as_ever(tmp_path, capsys):
    written(tmp_path, app=APP, network=NETWORK, other=OTHER)
    both = check(capsys, tmp_path)
    alone = check(capsys, tmp_path / "other.yaml")
    (own,) = [one for one in both["templates"] if one["file"].endswith("other.yaml")]
    assert [own] == alone["templates"]


def test_one_that_cannot_be_deployed_leaves_the_rest(tmp_path, capsys):
    broken = NETWORK + "  Wrong: {Value: !GetAtt Vpc.Nope}\n"
    written(tmp_path, app=APP, network=broken, other=OTHER)
    report = check(capsys, tmp_path, "--jobs", "1")
    (problem,) = report["problems"]
    assert problem["file"].endswith("network.yaml")
    assert "Vpc (AWS::EC2::VPC) has no attribute Nope" in problem["cause"]
    assert any("comes from another stack" in one["message"] for one in findings(report, "app.yaml"))


EXPORT = "Resources: {{T: {{Type: AWS::SNS::Topic}}}}\nOutputs: {{V: {{Value: !Ref T, Export: {{Name: {}}}}}}}\n"
IMPORT = "Resources: {{T: {{Type: AWS::SQS::Queue, Properties: {{QueueName: !ImportValue {}}}}}}}\n"
BOTH = (
    "Resources: {{T: {{Type: AWS::SQS::Queue, Properties: {{QueueName: !ImportValue {}}}}}}}\n"
    "Outputs: {{V: {{Value: v, Export: {{Name: {}}}}}}}\n"
)
STACK = "!Sub '${AWS::StackName}-V'"


def planned(folder, options=None, **files: str) -> list[tuple[dict[str, str], tuple[str, ...]]]:
    """For each group the stack's name by file, and the reasons why imports are refused."""
    groups = plan(written(folder, **files), options or Options(shared=True))
    return [
        (
            {
                source.file.rpartition("/")[2][:-5]: stack
                for source, stack in zip(group.sources, group.stacks, strict=True)
            },
            tuple(reason.replace(f"{folder}/", "") for reason in group.refused.values()),
        )
        for group in groups
    ]


@pytest.mark.parametrize(
    ("files", "groups"),
    [
        pytest.param({"b": IMPORT.format("V"), "a": EXPORT.format("V")}, [({"a": "a", "b": "b"}, ())], id="by name"),
        pytest.param({"a": EXPORT.format("V"), "b": IMPORT.format("W")}, [], id="another name"),
        pytest.param({"a": EXPORT.format("V"), "b": EXPORT.format("W")}, [], id="no import"),
        pytest.param({"a": EXPORT.format(STACK), "b": IMPORT.format("a-V")}, [({"a": "a", "b": "b"}, ())], id="stack"),
        pytest.param(
            {"a": EXPORT.format(STACK), "b": IMPORT.format("net-1-V")},
            [({"a": "net-1", "b": "b"}, ())],
            id="the stack's name that is expected",
        ),
        pytest.param(
            {"a": EXPORT.format(STACK), "b": IMPORT.format("x-V"), "c": IMPORT.format("y-V")}, [], id="deployed twice"
        ),
        pytest.param(
            {"a": EXPORT.format(STACK), "c": EXPORT.format(STACK), "b": IMPORT.format("a-V")},
            [({"a": "a", "b": "b"}, ())],
            id="the one with the name",
        ),
        pytest.param(
            {"a": EXPORT.format("V"), "c": EXPORT.format("V"), "b": IMPORT.format("V")},
            [({"b": "scenario"}, ("V is exported by a.yaml and by c.yaml",))],
            id="exported twice",
        ),
        pytest.param(
            {"a": BOTH.format("W", "V"), "b": BOTH.format("V", "W")},
            [
                (
                    {"b": "b", "a": "a"},
                    ("V: b.yaml and a.yaml import from each other, so that neither can be deployed first",),
                )
            ],
            id="each other",
        ),
        pytest.param({"a": BOTH.format("V", "V"), "b": EXPORT.format("W")}, [], id="itself"),
        pytest.param(
            {"c": IMPORT.format("W"), "b": BOTH.format("V", "W"), "a": EXPORT.format("V"), "d": IMPORT.format("no")},
            [({"a": "a", "b": "b", "c": "c"}, ())],
            id="a chain",
        ),
        pytest.param(
            {"a": EXPORT.format("V"), "b": IMPORT.format("V"), "c": EXPORT.format("W"), "d": IMPORT.format("W")},
            [({"a": "a", "b": "b"}, ()), ({"c": "c", "d": "d"}, ())],
            id="two groups",
        ),
        pytest.param(
            {"a": EXPORT.format("V"), "b": "Parameters: {P: {Type: String}}\n" + IMPORT.format("!Ref P")},
            [],
            id="a name that is not known",
        ),
        pytest.param({"a": EXPORT.format("V"), "b": IMPORT.format("V") + "X: ["}, [], id="no template"),
        pytest.param(
            {
                "a": EXPORT.format("V"),
                "b": "Conditions: {Never: !Equals [a, b]}\nResources: {T: {Type: AWS::SQS::Queue, Condition: Never, "
                "Properties: {QueueName: !ImportValue V}}}",
            },
            [],
            id="an import that is not made",
        ),
    ],
)
def test_which_templates_are_linked(tmp_path, files, groups):
    found = planned(tmp_path, **files)
    assert found == groups


def test_a_parameter_may_name_the_stack(tmp_path):
    files = {
        "a": EXPORT.format(STACK),
        "b": "Parameters: {P: {Type: String}}\n" + IMPORT.format("{'Fn::Sub': '${P}-V'}"),
    }
    assert planned(tmp_path, Options({"P": "core"}, shared=True), **files) == [({"a": "core", "b": "b"}, ())]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a": EXPORT.format("V"), "c": EXPORT.format("V"), "b": IMPORT.format("V")}, "is exported by"),
        ({"a": BOTH.format("W", "V"), "b": BOTH.format("V", "W")}, "import from each other"),
    ],
)
def test_what_several_export_is_not_known(tmp_path, files, message):
    sources = written(tmp_path, **files)
    for group in plan(sources, Options(shared=True)):
        stacks, _ = deployed(group, Options(shared=True))
        reasons = [
            reason
            for stack in stacks.values()
            for entry in stack.ledger
            for _, reason in stack.origins.uncertain_within(Origin(entry.logical_id))
        ]
        assert any(message in reason for reason in reasons)


def test_a_look_at_the_texts_is_enough_for_most_runs(tmp_path):
    assert maybe_linked(written(tmp_path, a=EXPORT.format("V"), b=OTHER)) == []
    assert len(maybe_linked(written(tmp_path, a=EXPORT.format("V"), b=IMPORT.format("V"), c=OTHER))) == 2


def test_siblings_of_one_parent_import_from_each_other(tmp_path, capsys):
    parent = (
        "Resources:\n  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}\n"
        "  B: {Type: AWS::CloudFormation::Stack, DependsOn: A, Properties: {TemplateURL: b.yaml}}\n"
    )
    topic = EXPORT.format("V").replace("!Ref T", "!GetAtt T.TopicName")
    written(tmp_path, parent=parent, a=topic, b=IMPORT.format("V"))
    main(["deploy", str(tmp_path / "parent.yaml"), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    (topic_row,) = [row for row in report["ledger"] if row["logical_id"] == "A/T"]
    assert report["resolved"]["B/T"]["QueueName"] == topic_row["physical_id"].rpartition(":")[2]
