"""`scenarios path`: text, JSON and Mermaid as a whole, names, and what is no question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenarios.cli.main import main

SNAPSHOTS = Path(__file__).parent / "snapshots"
TEMPLATE = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  OnSubnet: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
  AppGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: app
      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}]
  EndpointGroup:
    Type: AWS::EC2::SecurityGroup
    Properties: {VpcId: !Ref Vpc, GroupDescription: endpoint}
  FromApp:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !Ref EndpointGroup
      IpProtocol: tcp
      FromPort: 443
      ToPort: 443
      SourceSecurityGroupId: !Ref AppGroup
  Bedrock:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      VpcEndpointType: Interface
      ServiceName: !Sub "com.amazonaws.${AWS::Region}.bedrock-runtime"
      PrivateDnsEnabled: true
      SubnetIds: [!Ref Subnet]
      SecurityGroupIds: [!Ref EndpointGroup]
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}
  OtherSubnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Other, CidrBlock: 10.9.0.0/24}}
  Peering: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Vpc, PeerVpcId: !Ref Other}}
  ToOther:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !Ref Peering}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: invoke
          PolicyDocument: {Statement: [{Effect: Allow, Action: bedrock:InvokeModel, Resource: "*"}]}
  App:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.12
      Role: !GetAtt Role.Arn
      Code: {ZipFile: pass}
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref AppGroup]}
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "t.yaml").write_text(TEMPLATE)
    monkeypatch.chdir(tmp_path)
    return "t.yaml"


@pytest.mark.parametrize(
    ("snapshot", "arguments"),
    [
        ("path.txt", ("--from", "App", "--to", "bedrock-runtime")),
        ("path_blocked.txt", ("--from", "App", "--to", "Other")),
        ("path_table.txt", ()),
        ("path.mmd", ("--from", "App", "--to", "bedrock-runtime", "--format", "mermaid")),
        ("path_table.mmd", ("--format", "mermaid")),
    ],
)
def test_the_whole_output(
    template: str, snapshot: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["path", template, *arguments]) == 0
    assert capsys.readouterr().out == (SNAPSHOTS / snapshot).read_text()


def told(template: str, *arguments: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert main(["path", template, *arguments, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["schema"], answer["file"]) == ("scenarios/path/1", template)
    flows: list[dict[str, object]] = answer["flows"]
    return flows


def test_json_tells_each_hop_with_its_place(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    (flow,) = told(template, "--from", "App", "--to", "bedrock-runtime", capsys=capsys)
    assert (flow["from"], flow["to"], flow["verdict"]) == ("App", "bedrock-runtime", "open")
    assert (flow["kind"], flow["via"]) == ("endpoint", "Bedrock")
    hops = flow["hops"]
    assert isinstance(hops, list)
    assert [hop["resource"] for hop in hops] == ["App", "AppGroup", "Bedrock", "FromApp"]
    assert hops[1]["path"] == ["Properties", "SecurityGroupEgress", 0]
    assert hops[3]["line"] == 17
    need = flow["need"]
    assert isinstance(need, dict)
    assert need["required"] is True


@pytest.mark.parametrize(
    ("source", "destination", "verdict", "code", "resource"),
    [
        ("App", "internet", "blocked", "no-route", "Table"),
        ("App", "s3", "blocked", "no-endpoint", "Vpc"),
        ("App", "com.amazonaws.us-east-1.bedrock-runtime", "open", None, None),
        ("App", "Bedrock", "open", None, None),
        ("App", "Other", "blocked", "no-return-route", None),
        ("App", "10.0.1.7:443", "open", None, None),
        ("App", "10.0.1.7:80", "blocked", "workload-group-egress", "AppGroup"),
        ("App", "10.9.0.0/24", "blocked", "no-return-route", None),
        ("App", "10.9.7.7", "blocked", "no-subnet", None),
        ("App", "172.16.0.1", "blocked", "no-route", "Table"),
        ("internet", "App", "blocked", "no-public-address", "App"),
        ("Subnet", "internet", "blocked", "no-route", "Table"),
        ("Subnet/AppGroup", "10.0.1.7:80", "blocked", "workload-group-egress", "AppGroup"),
        ("Subnet", "10.0.1.7:80", "open", None, None),
    ],
)
def test_names_and_their_verdicts(
    template: str,
    source: str,
    destination: str,
    verdict: str,
    code: str | None,
    resource: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (flow,) = told(template, "--from", source, "--to", destination, capsys=capsys)
    assert (flow["verdict"], flow["code"]) == (verdict, code)
    if resource:
        assert flow["at"]["resource"] == resource  # type: ignore[index]


def test_the_table_has_every_destination(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    flows = told(template, capsys=capsys)
    assert {(flow["from"], flow["to"]): flow["verdict"] for flow in flows} == {
        ("App", "bedrock-runtime"): "open",
        ("App", "internet"): "blocked",
        ("internet", "App"): "blocked",
        ("App", "Other"): "blocked",
    }


@pytest.mark.parametrize(
    ("expected", "code"),
    [("open", 1), ("blocked", 0), ("unknown", 1)],
)
def test_expect_makes_it_a_test(template: str, expected: str, code: int) -> None:
    assert main(["path", template, "--from", "App", "--to", "internet", "--expect", expected]) == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "Ap"), "there is no workload 'Ap' in the template; did you mean App?"),
        (("--from", "App", "--to", "bedrok-runtime"), "did you mean bedrock-runtime?"),
        (("--from", "App", "--to", "10.0.0.1:x"), "'x' is no port"),
        (("--from", "App", "--to", "10.0.0.1:70000"), "'70000' is no port"),
        (("--from", "Subnet/Nobody"), "there is no security group 'Nobody'"),
        (("--expect", "open"), "--expect needs both --from and --to"),
    ],
)
def test_what_is_no_question(
    template: str, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["path", template, *arguments]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_markup_in_names_is_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = TEMPLATE.replace("Handler: index.handler", 'FunctionName: "App"\n      Handler: index.handler')
    text = text.replace("GroupDescription: app", "GroupName: '<b>\"x\"|`#'\n      GroupDescription: app")
    (tmp_path / "t.yaml").write_text(text)
    assert main(["path", "t.yaml", "--format", "mermaid"]) == 0
    assert "<b>" not in capsys.readouterr().out


def test_a_request_from_a_workload_takes_its_way(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    model = ("--resource", "amazon.nova-pro-v1:0", "--action", "bedrock:InvokeModel")
    assert main(["ask", template, "--from", "App", *model, "--expect", "allowed"]) == 0
    assert "the network has a way" in capsys.readouterr().out
    stored = ("--resource", "arn:aws:s3:::documents/a", "--action", "s3:GetObject")
    assert main(["ask", template, "--from", "App", *stored, "--expect", "denied"]) == 0
    assert "has no endpoint for s3" in capsys.readouterr().out
    assert main(["ask", template, *stored]) == 2
    assert "who asks?" in capsys.readouterr().err
