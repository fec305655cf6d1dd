"""CDK's cloud assemblies: found by their manifests, with accounts, regions, nested stacks and construct paths."""

from __future__ import annotations

import json
import os

import pytest

from scenarios.cli.main import main
from scenarios.errors import InputError
from scenarios.run.assembly import is_assembly, stacks
from scenarios.run.collect import collect

OPEN = {
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Action": "sts:AssumeRole"}]
}
READS = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


def template(**resources) -> dict:
    return {
        "Resources": resources,
        "Parameters": {
            "BootstrapVersion": {
                "Type": "AWS::SSM::Parameter::Value<String>",
                "Default": "/cdk-bootstrap/hnb659fds/version",
            }
        },
        "Rules": {
            "CheckBootstrapVersion": {
                "Assertions": [
                    {
                        "Assert": {"Fn::Not": [{"Fn::Contains": [["1", "2"], {"Ref": "BootstrapVersion"}]}]},
                        "AssertDescription": "run 'cdk bootstrap'",
                    }
                ]
            }
        },
    }


def role(path: str) -> dict:
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": OPEN,
            "Policies": [{"PolicyName": "read", "PolicyDocument": READS}],
        },
        "Metadata": {"aws:cdk:path": path},
    }


USAGE = {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2:deflate64:x"}}
NESTED = {
    "Type": "AWS::CloudFormation::Stack",
    "Properties": {
        "TemplateURL": {"Fn::Sub": "https://s3.${AWS::Region}.${AWS::URLSuffix}/cdk-assets-${AWS::AccountId}/abc.json"},
        "Parameters": {"referencetoDataBucketRef": {"Ref": "Bucket83908E77"}},
    },
    "Metadata": {
        "aws:cdk:path": "Data/Inner.NestedStack/Inner.NestedStackResource",
        "aws:asset:path": "DataInner1234.nested.template.json",
        "aws:asset:property": "TemplateURL",
    },
}
INNER = {
    "Parameters": {"referencetoDataBucketRef": {"Type": "String"}},
    "Resources": {"InnerRole": role("Data/Inner/Role/Resource")},
}


def artifact(file: str, environment: str, **more) -> dict:
    return {
        "type": "aws:cloudformation:stack",
        "environment": environment,
        "properties": {"templateFile": file, "validateOnSynth": False, **more},
    }


def write(path, content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def manifest(**artifacts) -> dict:
    return {"version": "36.0.0", "artifacts": artifacts}


@pytest.fixture
def assembly(tmp_path):
    out = tmp_path / "cdk.out"
    write(
        out / "manifest.json",
        manifest(
            **{
                "Data.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Data.assets.json"}},
                "Data": artifact("Data.template.json", "aws://111122223333/eu-central-1", stackName="data-prod"),
                "assembly-Prod": {
                    "type": "cdk:cloud-assembly",
                    "properties": {"directoryName": "assembly-Prod", "displayName": "Prod"},
                },
                "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
            }
        ),
    )
    write(
        out / "Data.template.json",
        template(
            Bucket83908E77={"Type": "AWS::S3::Bucket", "Metadata": {"aws:cdk:path": "Data/Bucket/Resource"}},
            InnerNestedStack=NESTED,
            CDKMetadata=USAGE,
        ),
    )
    write(out / "DataInner1234.nested.template.json", INNER)
    write(
        out / "assembly-Prod" / "manifest.json",
        manifest(ProdApp=artifact("ProdApp.template.json", "aws://unknown-account/unknown-region")),
    )
    write(out / "assembly-Prod" / "ProdApp.template.json", template(AppRole1=role("Prod/App/Role/Resource")))
    write(out / "unlisted.template.json", template(T={"Type": "AWS::SNS::Topic"}))
    return out


def test_its_stacks_are_those_of_the_manifests(assembly):
    assert is_assembly(str(assembly))
    found = [
        (os.path.relpath(one.file, assembly), one.account_id, one.region, one.stack) for one in stacks(str(assembly))
    ]
    assert found == [
        ("Data.template.json", "111122223333", "eu-central-1", "data-prod"),
        ("assembly-Prod/ProdApp.template.json", None, None, "ProdApp"),
    ]


@pytest.mark.parametrize("above", [True, False])
def test_a_folder_that_holds_an_assembly(assembly, above):
    write(assembly.parent / "more.yaml", "Resources: {T: {Type: AWS::SNS::Topic}}")
    sources, problems = collect([str(assembly.parent if above else assembly)], ())
    assert problems == []
    names = [os.path.basename(source.file) for source in sources]
    assert sorted(names) == sorted(["Data.template.json", "ProdApp.template.json", *(["more.yaml"] if above else [])])


def report(capsys, *arguments) -> dict:
    main([*map(str, arguments), "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_a_nested_stack_is_the_asset_beside(assembly, capsys):
    found = report(capsys, "check", assembly, "--no-lint", "--jobs", "1")
    data = found["templates"][0]
    status = {row["logical_id"]: row["status"] for row in data["ledger"]}
    assert status == {
        "Bucket83908E77": "deployed",
        "InnerNestedStack": "deployed",
        "CDKMetadata": "recorded",
        "InnerNestedStack/InnerRole": "deployed",
    }
    assert not [one for one in data["findings"] if one["rule"] == "resource-not-deployed"]
    inner = [one for one in data["findings"] if one["resource"] == "InnerNestedStack/InnerRole"]
    assert inner
    assert {os.path.basename(one["file"]) for one in inner} == {"DataInner1234.nested.template.json"}
    assert {one["evidence"]["construct"] for one in inner} == {"Data/Inner/Role/Resource"}


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ((), "eu-central-1:111122223333"),
        (("--region", "us-west-2"), "us-west-2:111122223333"),
        (("--account-id", "999999999999", "--region", "us-east-1"), "us-east-1:999999999999"),
    ],
)
def test_account_and_region_are_the_manifests_unless_others_are_given(assembly, capsys, arguments, place):
    found = report(capsys, "deploy", assembly / "Data.template.json", *arguments)
    (stack,) = [row for row in found["ledger"] if row["logical_id"] == "InnerNestedStack"]
    assert place in stack["physical_id"]
    found = report(capsys, "check", assembly, "--no-lint", "--jobs", "1", *arguments)
    (stack,) = [row for row in found["templates"][0]["ledger"] if row["logical_id"] == "InnerNestedStack"]
    assert place in stack["physical_id"]


def test_the_construct_is_named_beside_the_logical_id(assembly, capsys):
    main(["check", str(assembly), "--no-lint", "--jobs", "1"])
    out = capsys.readouterr().out
    assert "  InnerNestedStack/InnerRole  Data/Inner/Role\n" in out
    assert "DataInner1234.nested.template.json:1:" in out


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("{", "not JSON"),
        (manifest(A=artifact("../outside.json", "aws://unknown-account/unknown-region")), "lies outside the assembly"),
        (manifest(A=artifact("/etc/passwd", "")), "lies outside the assembly"),
        (
            manifest(A={"type": "cdk:cloud-assembly", "properties": {"directoryName": ".."}}),
            "lies outside the assembly",
        ),
        (manifest(A=artifact("a\0b", "")), "lies outside the assembly"),
        (manifest(), "no CloudFormation template"),
        (
            manifest(A={"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}),
            "no CloudFormation template",
        ),
        (manifest(A=None, B={"type": 1}, C=artifact(7, "")), "no CloudFormation template"),  # type: ignore[arg-type]
    ],
)
def test_a_manifest_that_cannot_be_followed(tmp_path, content, cause):
    write(tmp_path / "manifest.json", content)
    sources, problems = collect([str(tmp_path)], ())
    assert sources == []
    (problem,) = problems
    assert cause in problem.cause


@pytest.mark.parametrize(
    "content", ["[]", "{}", '{"name": "web app", "icons": []}', '{"version": "1", "artifacts": []}']
)
def test_another_manifest_is_none_of_cdk(tmp_path, content):
    write(tmp_path / "manifest.json", content)
    write(tmp_path / "t.yaml", "Resources: {T: {Type: AWS::SNS::Topic}}")
    assert not is_assembly(str(tmp_path))
    assert len(collect([str(tmp_path)], ())[0]) == 1


def test_stacks_of_an_assembly_are_linked_by_their_own_names(tmp_path, capsys):
    name = "net-prod:ExportsOutputFnGetAttTopicTopicName"
    value = {"Fn::GetAtt": ["T", "TopicName"]}
    write(
        tmp_path / "manifest.json",
        manifest(
            Net=artifact("Net.template.json", "aws://111122223333/eu-west-1", stackName="net-prod"),
            App=artifact("App.template.json", "aws://111122223333/eu-west-1"),
            Far=artifact("Far.template.json", "aws://111122223333/us-east-1"),
        ),
    )
    outputs = {"Outputs": {"X": {"Value": value, "Export": {"Name": name}}}}
    write(tmp_path / "Net.template.json", {**template(T={"Type": "AWS::SNS::Topic"}), **outputs})
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::ImportValue": name}}}
    for file in ("App", "Far"):
        write(tmp_path / f"{file}.template.json", template(Q=queue))
    found = report(capsys, "check", tmp_path, "--no-lint", "--jobs", "1")
    names = {os.path.basename(one["file"]): one["ledger"][0]["physical_id"] for one in found["templates"]}
    assert "net-prod-T-" in names["Net.template.json"]
    assert "net-prod-T-" in names["App.template.json"]
    assert "net-prod" not in names["Far.template.json"].replace("netprod", "")


def test_a_broken_manifest_costs_its_folder_only(tmp_path):
    write(tmp_path / "a" / "manifest.json", "{")
    write(tmp_path / "b" / "t.yaml", "Resources: {T: {Type: AWS::SNS::Topic}}")
    sources, problems = collect([str(tmp_path / "a"), str(tmp_path / "b")], ())
    assert (len(sources), len(problems)) == (1, 1)
    with pytest.raises(InputError):
        stacks(str(tmp_path / "a"))
