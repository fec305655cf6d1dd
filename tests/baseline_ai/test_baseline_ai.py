"""The floor for SageMaker, Bedrock, OpenSearch and detection: what meets it holds, a mutant of it is violated at the
right place by the right rule, and a rewrite that means the same changes nothing."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

from scenarios.finding import Verdict
from scenarios.scenario.baseline import SCENARIO

sys.path.insert(0, str(Path(__file__).parent.parent / "scenarios"))
from edits import edited, judged

HERE = Path(__file__).parent

MUTANTS = yaml.safe_load((HERE / "mutants.yaml").read_text())
REWRITES = yaml.safe_load((HERE / "equivalents.yaml").read_text())
BASES = sorted(path.stem for path in (HERE / "bases").glob("*.yaml"))
SERVICES = (
    *("AWS::Bedrock::", "AWS::BedrockAgentCore::", "AWS::SageMaker::"),
    *("AWS::OpenSearchService::", "AWS::OpenSearchServerless::"),
    *("AWS::Macie::", "AWS::Config::", "AWS::GuardDuty::"),
)
ELSEWHERE = {
    mutant["rule"]
    for mutants in yaml.safe_load((HERE.parent / "baseline" / "mutants.yaml").read_text()).values()
    for mutant in mutants
}
OWN = {
    rule.slug
    for rule in SCENARIO.rules
    if any(need.startswith(SERVICES) for need in rule.needs)
    or "bedrock" in rule.slug
    or rule.slug.startswith("invocation-log")
} - ELSEWHERE


def cases(table):
    return [pytest.param(name, edit, id=f"{name}: {edit['id']}") for name, edits in table.items() for edit in edits]


def source(name: str) -> str:
    return (HERE / "bases" / f"{name}.yaml").read_text()


def findings(text: str):
    result = judged(text, "baseline")
    assert not result.errors
    return [finding for finding in result.findings if finding.rule in OWN]


@cache
def verdicts(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in findings(text):
        found.setdefault(finding.rule, set()).add(finding.verdict.value)
    return found


@pytest.mark.parametrize("name", BASES)
def test_what_meets_the_floor_holds(name):
    found = [finding for finding in findings(source(name)) if finding.verdict is not Verdict.NOT_APPLICABLE]
    assert [finding for finding in found if finding.verdict is not Verdict.HOLDS] == []
    assert {finding.rule for finding in found} >= {mutant["rule"] for mutant in MUTANTS[name]}
    ledger = judged(source(name), "baseline").ledger
    assert {entry.status.value for entry in ledger} == {"deployed"}, ledger


@pytest.mark.parametrize(("name", "mutant"), cases(MUTANTS))
def test_a_mutant_is_violated(name, mutant):
    text = edited(source(name), mutant)
    violated = [finding for finding in findings(text) if finding.verdict is Verdict.VIOLATED]
    own = [finding for finding in violated if finding.rule == mutant["rule"] and finding.resource == mutant["resource"]]
    assert own, [(finding.rule, finding.resource, finding.message) for finding in violated]
    if "line" in mutant:
        shown = [text.splitlines()[(finding.line or 1) - 1] for finding in own]
        assert any(mutant["line"] in line for line in shown), shown


@pytest.mark.parametrize(("name", "rewrite"), cases(REWRITES))
def test_a_rewrite_changes_no_verdict(name, rewrite):
    assert verdicts(edited(source(name), rewrite)) == verdicts(source(name))


def test_every_rule_is_seen_to_fail():
    assert OWN - {mutant["rule"] for mutants in MUTANTS.values() for mutant in mutants} == set()


def test_a_value_that_nobody_knows_is_unknown():
    text = source("opensearch").replace("Resources:\n", "Parameters: {Encrypt: {Type: String}}\nResources:\n", 1)
    edit = {"near": "NodeToNodeEncryptionOptions", "find": "Enabled: true", "replace": "Enabled: !Ref Encrypt"}
    assert verdicts(edited(text, edit))["search-domain-node-encryption"] == {"unknown"}


def test_a_notebook_without_a_platform_gets_one_that_is_not_known():
    text = edited(source("sagemaker"), {"find": "      PlatformIdentifier: notebook-al2023-v1\n", "replace": ""})
    assert verdicts(text)["notebook-platform"] == {"unknown"}


UNDECIDED = (
    ("detection", "config-recorder", "      RecordingG", "      StartedOnCreate: !Ref Unknown\n      RecordingG"),
    (
        "detection",
        "config-recorder",
        "  Channel:\n    Type: AWS::Config::DeliveryChannel\n",
        "  Channel:\n    Type: AWS::Config::DeliveryChannel\n    Condition: Asked\n",
    ),
    (
        "detection",
        "guardduty-s3",
        "      Features:\n        - Name: S3_DATA_EVENTS\n          Status: ENABLED\n",
        "      DataSources: {S3Logs: {Enable: !Ref Unknown}}\n",
    ),
    ("sagemaker", "feature-store-key", "EnableOnlineStore: true\n        SecurityConfig:\n          KmsKeyId: !GetAtt Key.Arn\n", "EnableOnlineStore: !Ref Unknown\n"),  # noqa: E501
    ("sagemaker", "feature-store-key", "        SecurityConfig:\n          KmsKeyId: !GetAtt Key.Arn\n", "        StorageType: !Ref Unknown\n"),  # noqa: E501
    ("sagemaker", "data-capture-key", "        InitialSamplingPercentage: 100\n        DestinationS3Uri: s3://captured-requests/endpoint\n        KmsKeyId: !GetAtt Key.Arn\n", "        EnableCapture: !Ref Unknown\n        InitialSamplingPercentage: 100\n        DestinationS3Uri: s3://captured-requests/endpoint\n"),  # noqa: E501
    ("sagemaker", "endpoint-instance-count", "          InitialInstanceCount: 2\n", ""),
    ("sagemaker", "notebook-platform", "notebook-al2023-v1", "notebook-al2030-v1"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "rule", "find", "replace"), UNDECIDED)
def test_what_nobody_knows_is_not_decided(name, rule, find, replace):
    text = edited(source(name), {"find": find, "replace": replace})
    text += "\nParameters: {Unknown: {Type: String}}\nConditions: {Asked: !Equals [!Ref Unknown, a]}\n"
    found = verdicts(text)[rule]
    assert "unknown" in found
    assert "violated" not in found


def test_a_domain_of_the_predecessor_is_not_passed_over():
    text = "Resources:\n  Search: {Type: AWS::Elasticsearch::Domain, Properties: {ElasticsearchVersion: '7.10'}}\n"
    assert verdicts(text)["search-domain-encryption"] == {"unknown"}


def test_a_domain_without_a_name_gets_one_in_small_letters():
    text = edited(source("opensearch"), {"find": "      DomainName: search\n", "replace": ""})
    assert verdicts(text) == verdicts(source("opensearch"))
