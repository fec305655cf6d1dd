"""cfn-lint's findings, all of them, whatever the template or the working directory says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.lint import lint

ROOT = Path(__file__).resolve().parent.parent.parent

DEFECTS = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Unused: {Type: String, Default: a}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Sometimes}
      Nonsense: true
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python2.7
      Handler: index.handler
      Role: !GetAtt Missing.Arn
      Code: {ZipFile: 'x'}
"""

OFF = "cfn-lint: {config: {ignore_checks: [E, W, I], regions: [us-east-1]}}"


def rules(text: str) -> list[tuple[str, int, int]]:
    return [(found.rule, found.line, found.column) for found in lint("t.yaml", text=text)]


def test_rule_line_column_and_path() -> None:
    found = {(f.rule, f.severity): f for f in lint("t.yaml", text=DEFECTS)}
    unknown = found["E3002", "error"]
    assert (unknown.line, unknown.column, unknown.path) == (9, 7, ("Resources", "Bucket", "Properties", "Nonsense"))
    assert found["E3030", "error"].line == 8
    assert found["E1010", "error"].line == 15
    assert found["W2001", "warning"].line == 3


@pytest.mark.parametrize(
    "text",
    [
        DEFECTS + f"Metadata: {{{OFF}}}\n",
        DEFECTS.replace("  Bucket:\n", f"  Bucket:\n    Metadata: {{{OFF}}}\n"),
    ],
)
def test_metadata_switches_nothing_off(text: str) -> None:
    expected = {rule for rule, _, _ in rules(DEFECTS)}
    assert {rule for rule, _, _ in rules(text)} == expected


def test_files_round_the_template_switch_nothing_off(tmp_path: Path) -> None:
    """In a process of its own: cfn-lint looks for schemas when it is imported, for configuration when it runs."""
    home, cache = tmp_path / "home", tmp_path / "cache"
    (tmp_path / "template.yaml").write_text(DEFECTS)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "Evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    config = "ignore_checks: [E, W]\nappend_rules: [rules]\n"
    for folder in (tmp_path, home):
        folder.mkdir(exist_ok=True)
        (folder / ".cfnlintrc").write_text(config)
    schemas = cache / "cfn-lint" / "schemas" / "providers"
    schemas.mkdir(parents=True)
    (schemas / "__init__.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    script = "import json; from scenarios.lint import lint; print(json.dumps([f.rule for f in lint('template.yaml')]))"
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [rule for rule, _, _ in rules(DEFECTS)]
    assert not (tmp_path / "ran").exists()


def test_the_command_finds_the_same(tmp_path: Path) -> None:
    """Where nothing is switched off, our findings are those of cfn-lint's own command."""
    (tmp_path / "template.yaml").write_text(DEFECTS)
    command = [str(Path(sys.executable).parent / "cfn-lint"), "--format", "json", "template.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    theirs = [
        (item["Rule"]["Id"], start["LineNumber"], start["ColumnNumber"])
        for item in json.loads(done.stdout)
        for start in [item["Location"]["Start"]]
    ]
    assert sorted(rules(DEFECTS)) == sorted(theirs)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in ROOT.glob("templates/*/template.yaml")))
def test_the_reference_templates_are_clean(name: str) -> None:
    assert lint(str(ROOT / "templates" / name / "template.yaml")) == []


def test_what_cannot_be_decoded_is_a_finding() -> None:
    assert [(rule, line) for rule, line, _ in rules("Resources:\n  A: [\n")] == [("E0000", 3)]


def test_a_region_that_nobody_knows() -> None:
    assert lint("t.yaml", regions=("moon-north-1",), text=DEFECTS) == lint("t.yaml", text=DEFECTS)
