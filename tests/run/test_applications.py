"""Applications of several files, and SAM, through `check`: findings point at what the user wrote."""

from __future__ import annotations

import json

import pytest

from scenarios.cli.main import main

NETWORK = """\
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcEndpointType: Interface
      VpcId: !Ref Vpc
      ServiceName: com.amazonaws.us-east-1.bedrock-runtime
      SubnetIds: [!Ref Subnet]
      SecurityGroupIds: [!Ref Group]
"""
PLACED = "VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group]}"
SAM = f"""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Ask:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: a.b
      CodeUri: src/
      {PLACED}
      Policies:
        - Statement:
            - Effect: Allow
              Action: bedrock:InvokeModel
              Resource: '*'
{NETWORK}"""
ROLE = """\
Parameters: {Service: {Type: String}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - {Effect: Allow, Principal: {Service: !Ref Service}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - {Effect: Allow, Action: 'bedrock:InvokeModel', Resource: '*'}
Outputs: {Arn: {Value: !GetAtt Role.Arn}}
"""
PARENT = f"""\
Resources:
  Identity:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: ./identity.yaml, Parameters: {{Service: lambda.amazonaws.com}}}}
  Ask:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: a.b
      Code: {{ZipFile: x}}
      Role: !GetAtt Identity.Outputs.Arn
      {PLACED}
{NETWORK}"""
INCLUDING = f"""\
Resources:
  Ask:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: a.b
      Code: {{ZipFile: x}}
      Role: !GetAtt Role.Arn
      {PLACED}
  Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: roles.yaml}}}}
{NETWORK}"""
INCLUDED = ROLE[ROLE.index("  Role:") : ROLE.index("Outputs:")].replace("!Ref Service", "lambda.amazonaws.com")


@pytest.mark.parametrize(
    ("files", "resource", "place"),
    [
        pytest.param({"app.yaml": SAM}, "AskRole", ("app.yaml", 12), id="SAM"),
        pytest.param({"app.yaml": PARENT, "identity.yaml": ROLE}, "Identity/Role", ("identity.yaml", 15), id="nested"),
        pytest.param({"app.yaml": INCLUDING, "roles.yaml": INCLUDED}, "Role", ("roles.yaml", 13), id="included"),
    ],
)
def test_a_finding_points_at_what_was_written(tmp_path, capsys, files, resource, place):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    start = str(tmp_path / "app.yaml")
    assert main(["check", "--no-lint", "--jobs", "1", "--format", "json", start]) == 1
    (template,) = json.loads(capsys.readouterr().out)["templates"]
    (finding,) = [one for one in template["findings"] if one["rule"] == "model-not-allow-listed"]
    file, line = place
    assert (finding["resource"], finding["verdict"]) == (resource, "violated")
    assert (finding["file"], finding["line"]) == (str(tmp_path / file), line)
    assert template["file"] == start
    assert all(row["line"] <= len(files["app.yaml"].splitlines()) for row in template["ledger"])
    main(["check", "--no-lint", "--jobs", "1", start])
    out = capsys.readouterr().out
    assert f"{tmp_path / file}:{line}:" in out
    assert f"{line} | {files[file].splitlines()[line - 1]}"[:60] in out


@pytest.mark.parametrize("name", ["Identity/Role", "Ask"])
def test_questions_name_nested_resources(tmp_path, capsys, name):
    (tmp_path / "app.yaml").write_text(PARENT)
    (tmp_path / "identity.yaml").write_text(ROLE)
    asked = ["--principal", name, "--action", "bedrock:InvokeModel", "--resource", "amazon.nova-pro-v1:0"]
    assert main(["ask", str(tmp_path / "app.yaml"), *asked, "--expect", "allowed"]) == 0
    assert f"{tmp_path / 'identity.yaml'}:15:" in capsys.readouterr().out


def test_a_nested_stack_that_is_not_read_leaves_doubt(tmp_path, capsys):
    (tmp_path / "app.yaml").write_text(PARENT)
    main(["check", "--no-lint", "--jobs", "1", "--format", "json", str(tmp_path / "app.yaml")])
    (template,) = json.loads(capsys.readouterr().out)["templates"]
    assert "unknown" in {scenario["verdict"] for scenario in template["scenarios"]}
    assert "holds" not in {scenario["verdict"] for scenario in template["scenarios"]}


def test_a_refused_sam_template_is_one_line(tmp_path, capsys):
    (tmp_path / "app.yaml").write_text(SAM.replace("      Runtime: python3.12\n", ""))
    assert main(["deploy", str(tmp_path / "app.yaml")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"{tmp_path / 'app.yaml'}:3:3: Ask: AWS::Serverless-2016-10-31 refuses it: " in error
