"""The report that a person reads, as a whole."""

from __future__ import annotations

import json
from pathlib import Path

from scenarios.deployment.ledger import Entry, Status
from scenarios.errors import InputError
from scenarios.finding import Confidence, Finding, Severity, Verdict
from scenarios.report.json import check_json
from scenarios.report.style import Style
from scenarios.report.text import check_text
from scenarios.run.result import CheckResult, ScenarioResult, TemplateResult

SNAPSHOTS = Path(__file__).parent / "snapshots"
SOURCE = ("Resources:", "  Documents:", "    Type: AWS::S3::Bucket", "    Properties: {}  # \x1b[31m red")


def finding(verdict: Verdict, line: int, column: int, message: str, **more) -> Finding:
    words = {
        "rule": "bucket-customer-key",
        "scenario": "bedrock-reads-encrypted-s3",
        "severity": Severity.HIGH,
        "confidence": Confidence.HIGH,
        "resource": "Documents",
        "path": ("Properties",),
        "file": "t.yaml",
    }
    return Finding(verdict=verdict, line=line, column=column, message=message, **{**words, **more})


def result() -> CheckResult:
    template = TemplateResult(
        file="t.yaml",
        ledger=(
            Entry("Documents", "AWS::S3::Bucket", Status.DEPLOYED, "documents"),
            Entry("Odd", "AWS::Odd::Thing", Status.UNSUPPORTED, reason="no such type"),
        ),
        scenarios=(
            ScenarioResult("bedrock-reads-encrypted-s3", Verdict.VIOLATED, "no key"),
            ScenarioResult("sagemaker-in-vpc", Verdict.NOT_APPLICABLE, "nothing"),
        ),
        findings=(
            finding(
                Verdict.VIOLATED,
                4,
                5,
                "the bucket has no customer managed key, so that whoever may read it reads the documents without a "
                "second lock",
                remediation="Set BucketEncryption to aws:kms with a key of your own.",
                controls=("SecurityHub/S3.17",),
            ),
            finding(Verdict.UNKNOWN, 3, 5, "not decided: parameter Key has no value", rule="key-rotation"),
            finding(Verdict.HOLDS, 2, 3, "TLS only", rule="bucket-tls-only"),
        ),
        lines={"Documents": 2, "Odd": 9},
        source=SOURCE,
        placeholders=("Key",),
    )
    return CheckResult((template,), (InputError("duplicate key Type", file="broken.yaml", line=7, column=5),))


def test_the_whole_report():
    assert check_text(result(), style=Style(), width=90) == (SNAPSHOTS / "check.txt").read_text()


def test_everything_shows_what_holds():
    assert "✓ bucket-tls-only  Documents" in check_text(result(), style=Style(), everything=True)


def test_no_escape_of_the_template_reaches_the_terminal():
    assert "\x1b" not in check_text(result(), style=Style())
    assert "\x1b[31m red" not in check_text(result(), style=Style(colour=True))


def test_json_has_the_contract_s_keys():
    report = json.loads(check_json(result()))
    assert report["schema"] == "scenarios/check/1"
    assert report["summary"] == {"violated": 1, "unknown": 1, "holds": 1, "not_applicable": 0}
    (template,) = report["templates"]
    assert template["ledger"][0] == {
        "logical_id": "Documents",
        "type": "AWS::S3::Bucket",
        "status": "deployed",
        "physical_id": "documents",
        "unmapped": [],
        "reason": None,
        "line": 2,
    }
    assert [found["verdict"] for found in template["findings"]] == ["violated", "unknown"]
    assert template["findings"][0]["path"] == ["Properties"]
    assert report["problems"] == [{"file": "broken.yaml", "line": 7, "column": 5, "cause": "duplicate key Type"}]


def test_exit_codes():
    violated = result().templates[0]
    holds = TemplateResult("t.yaml", findings=(finding(Verdict.HOLDS, 1, 1, ""),))
    unknown = TemplateResult("t.yaml", findings=(finding(Verdict.UNKNOWN, 1, 1, ""),))
    broken = TemplateResult("t.yaml", errors=("KeyError: x",))
    assert CheckResult((holds,)).exit_code == 0
    assert CheckResult((unknown,)).exit_code == 0
    assert CheckResult((unknown,), strict=True).exit_code == 1
    assert CheckResult((holds, violated)).exit_code == 1
    assert result().exit_code == 2
    assert CheckResult((broken,), result().problems).exit_code == 3
