"""`scenarios ask`: the tree as a whole, the JSON, names, and what is no question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenarios.cli.main import main

SNAPSHOTS = Path(__file__).parent / "snapshots"
TEMPLATE = """\
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: 2012-10-17
        Statement:
          - Sid: Delegate
            Effect: Allow
            Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}
            Action: kms:*
            Resource: "*"
  Documents:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: documents
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !Ref Key}
  DocumentsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Documents
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Sid: Endpoint
            Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource: !Sub "${Documents.Arn}/private/*"
            Condition: {StringNotEquals: {aws:SourceVpce: !Ref S3Endpoint}}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Sid: Get
                Effect: Allow
                Action: s3:GetObject
                Resource: !Sub "${Documents.Arn}/*"
              - Sid: Decrypt
                Effect: Allow
                Action: kms:Decrypt
                Resource: !GetAtt Key.Arn
                Condition: {StringEquals: {kms:ViaService: s3.eu-west-1.amazonaws.com}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.12
      Role: !GetAtt Reader.Arn
      Code: {ZipFile: pass}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  S3Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Vpc, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3"}
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "t.yaml").write_text(TEMPLATE)
    monkeypatch.chdir(tmp_path)
    return "t.yaml"


def asked(template: str, principal: str, action: str, resource: str, *more: str) -> list[str]:
    return ["ask", template, "--principal", principal, "--action", action, "--resource", resource, *more]


def test_the_whole_tree(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(template, "Reader", "s3:GetObject", "Documents")) == 0
    assert capsys.readouterr().out == (SNAPSHOTS / "ask.txt").read_text()


def test_json_tells_every_layer_with_its_place(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(template, "Reader", "s3:GetObject", "Documents/private/a", "--format", "json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "scenarios/ask/1"
    assert told["decision"] == "explicit_deny"
    assert [(by["statement"], by["resource"], by["line"]) for by in told["by"]] == [("Endpoint", "DocumentsPolicy", 27)]
    assert {layer["layer"]: layer["outcome"] for layer in told["layers"]}["identity"] == "allowed"
    assert [(change["layer"], change["step"]) for change in told["changes"]] == [("resource", "except")]
    (further,) = told["call"]["further"]
    assert further["request"]["action"] == "kms:Decrypt"
    (identity,) = (layer for layer in further["layers"] if layer["layer"] == "identity")
    assert identity["condition"] == {
        "operator": "StringEquals",
        "key": "kms:viaservice",
        "wanted": ["s3.eu-west-1.amazonaws.com"],
        "given": ["s3.us-east-1.amazonaws.com"],
    }
    assert told["call"]["decision"] == "explicit_deny"


@pytest.mark.parametrize(
    ("principal", "action", "resource", "more", "decision"),
    [
        ("Function", "s3:GetObject", "Documents/a", (), "allowed"),
        ("reader", "s3:GetObject", "arn:aws:s3:::documents/a", (), "allowed"),
        ("arn:aws:iam::123456789012:role/reader", "s3:GetObject", "Documents/a", (), "allowed"),
        ("Reader", "s3:GetObject", "Documents/private/a", ("--via", "S3Endpoint"), "allowed"),
        ("Reader", "kms:Decrypt", "Key", ("--context", "kms:ViaService=s3.eu-west-1.amazonaws.com"), "allowed"),
        ("Reader", "kms:Decrypt", "Key", (), "implicit_deny"),
        ("lambda.amazonaws.com", "sts:AssumeRole", "Reader", (), "allowed"),
        ("bedrock.amazonaws.com", "sts:AssumeRole", "Reader", (), "implicit_deny"),
        ("*", "s3:GetObject", "Documents/a", (), "implicit_deny"),
        ("Reader", "bedrock:InvokeModel", "amazon.nova-pro-v1:0", (), "implicit_deny"),
    ],
)
def test_names_and_their_answers(
    template: str,
    principal: str,
    action: str,
    resource: str,
    more: tuple[str, ...],
    decision: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(asked(template, principal, action, resource, *more, "--format", "json")) == 0
    assert json.loads(capsys.readouterr().out)["decision"] == decision


def test_the_organisation_limits_too(template: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deny = {"Version": "2012-10-17", "Statement": [{"Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}
    (tmp_path / "scp.json").write_text(json.dumps(deny))
    assert main(asked(template, "Reader", "s3:GetObject", "Documents/a", "--scp", "scp.json")) == 0
    out = capsys.readouterr().out
    assert "statement No" in out
    assert "scp.0" in out


@pytest.mark.parametrize(
    ("option", "principal", "decision"),
    [("--rcp", True, "explicit_deny"), ("--rcp", False, None), ("--scp", True, None), ("--session-policy", True, None)],
)
def test_policies_of_the_organisation_name_principals_or_not(
    template: str,
    tmp_path: Path,
    option: str,
    principal: bool,
    decision: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    deny = {"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"} | ({"Principal": "*"} if principal else {})
    (tmp_path / "p.json").write_text("\ufeff" + json.dumps({"Version": "2012-10-17", "Statement": deny}))
    for action, told in (("s3:GetObject", decision), ("s3:PutObject", decision and "implicit_deny")):
        question = asked(template, "Reader", action, "Documents/a", option, "p.json", "--format", "json")
        assert main(question) == (0 if told else 2)
        captured = capsys.readouterr()
        assert (json.loads(captured.out)["decision"] if told else None) == told
        assert ("p.json: statement #0" in captured.err) is (told is None)


def test_an_expectation_makes_the_exit_code(template: str) -> None:
    assert main(asked(template, "Reader", "s3:GetObject", "Documents/a", "--expect", "denied")) == 0  # by the key
    assert main(asked(template, "Reader", "s3:GetObject", "Documents/a", "--expect", "allowed")) == 1


@pytest.mark.parametrize(
    ("principal", "resource", "more", "words"),
    [
        ("Reeder", "Documents", (), "there is no principal 'Reeder' in the template; did you mean Reader?"),
        ("Reader", "Document", (), "there is no resource 'Document' in the template; did you mean Documents?"),
        ("my.role", "Documents", (), "there is no principal 'my.role'"),
        ("123", "Documents", (), "there is no principal '123'"),
        ("arn:aws:iam::123456789012:group/g", "Documents", (), "is not the ARN of a principal"),
        ("Reader", "Vpc", (), "resource 'Vpc' (AWS::EC2::VPC) has no ARN that is known here"),
        ("Reader", "Key", (), "s3:GetObject is about resources of s3, and arn:aws:kms"),
        ("Reader", "Documents", ("--via", "Endpoint"), "there is no VPC endpoint 'Endpoint'"),
        ("Reader", "Documents", ("--context", "nokey"), "a condition key is KEY=VALUE"),
        ("Reader", "Documents", ("--scp", "nowhere.json"), "nowhere.json: cannot read the policy"),
    ],
)
def test_what_is_no_question_is_one_line(
    template: str, principal: str, resource: str, more: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(template, principal, "s3:GetObject", resource, *more)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("action", ["s3:*", "kms:Cre*", "", ":", "GetObject", "s3:Get:Object"])
def test_an_action_is_one_action_of_a_service(template: str, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(template, "Reader", action, "Documents")) == 2
    assert f"action {action!r} is not one action of a service, such as s3:GetObject" in capsys.readouterr().err


LOST = {
    "a job": ("{Type: AWS::Glue::Job, Properties: {Role: !GetAtt Reader.Arn, Command: {Name: !Ref Documents}}}", True),
    "a custom resource": ("{Type: Custom::Grant, Properties: {ServiceToken: x, Role: !GetAtt Reader.Arn}}", False),
    "a nested stack": (
        "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x, Parameters: {Bucket: !Ref Documents}}}",
        False,
    ),
}


@pytest.mark.parametrize("lost", LOST)
def test_what_is_lost_counts_where_it_may_add_a_policy(
    template: str, lost: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written, decided = LOST[lost]
    with open(template, "a", encoding="utf-8") as opened:
        opened.write(f"  Lost: {written}\n")
    for resource, decision in (("Documents/a", "allowed"), ("Documents/private/a", "explicit_deny")):
        assert main(asked(template, "Reader", "s3:GetObject", resource, "--format", "json")) == 0
        told = json.loads(capsys.readouterr().out)["decision"]
        assert told == (decision if decided or decision == "explicit_deny" else "unknown")


@pytest.mark.parametrize(
    ("action", "resource", "note"),
    [
        ("s3:GetObject", "Documents", False),
        ("s3:ListBucket", "Documents", False),
        ("s3:ListBucketMultipartUploads", "Documents", False),
        ("s3:ListBucket", "Documents/a", True),
        ("s3:PutObject", "*", True),
        ("s3:PutObject", "arn:aws:s3:::documents", True),
    ],
)
def test_a_bucket_is_no_object(
    template: str, action: str, resource: str, note: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(template, "Reader", action, resource)) == 0
    assert ("note: " in capsys.readouterr().out) is note


def test_a_role_may_be_named_like_a_host(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(template).write_text(TEMPLATE.replace("RoleName: reader", "RoleName: my.reader"))
    assert main(asked(template, "my.reader", "s3:GetObject", "Documents/a", "--format", "json")) == 0
    assert json.loads(capsys.readouterr().out)["decision"] == "allowed"


ROOT = "arn:aws:iam::123456789012:root"


@pytest.mark.parametrize(
    ("principal", "action", "resource", "more", "words"),
    [
        ("Reader", "s3:GetObject", "Documents/private/a", (), "and the request has no aws:sourcevpce)"),
        ("Reader", "s3:GetObject", "Documents/tls/a", ("aws:SecureTransport=false",), "aws:securetransport [false])"),
        (ROOT, "s3:GetObject", "Documents/a", (), "identity the account's root user needs no identity policy"),
        ("ec2.amazonaws.com", "sts:AssumeRole", "Reader", (), "has no statement for sts:AssumeRole that names the"),
        ("Reader", "sts:AssumeRole", "Reader", (), "names the caller or delegates to its account t.yaml:42:7"),
    ],
)
def test_the_words_are_true(
    template: str,
    principal: str,
    action: str,
    resource: str,
    more: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    denying = """\
          - Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource: !Sub "${Documents.Arn}/tls/*"
            Condition: {Bool: {aws:SecureTransport: "false"}}
"""
    later = TEMPLATE.replace("  Reader:\n", f"{denying}  Reader:\n")
    Path(template).write_text(later)
    main(asked(template, principal, action, resource, *(part for one in more for part in ("--context", one))))
    assert words in " ".join(capsys.readouterr().out.split())


def test_only_the_statement_that_grants_is_shown(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    naming = """\
          - Sid: Named
            Effect: Allow
            Principal: {AWS: "arn:aws:iam::123456789012:role/reader"}
            Action: kms:Encrypt
            Resource: "*"
"""
    Path(template).write_text(TEMPLATE.replace("  Documents:\n", f"{naming}  Documents:\n", 1))
    assert main(asked(template, "Reader", "kms:Encrypt", "Key", "--format", "json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert [by["statement"] for by in told["by"]] == ["Named"]
    assert "statement Named" in told["why"]
    (resource,) = (layer for layer in told["layers"] if layer["layer"] == "resource")
    assert [one["statement"] for one in resource["statements"]] == ["Named"]
