"""Bad input: one clear line with file and line, exit 2, and everything else still judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenarios.cli.main import main

GOOD = "Resources:\n  Logs:\n    Type: AWS::Logs::LogGroup\n"


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    return code, captured.out, captured.err


def problems(capsys, *arguments: str) -> list[dict]:
    code, out, _ = run(capsys, "check", "--format", "json", "--jobs", "1", "--no-lint", *arguments)
    assert code == 2
    return json.loads(out)["problems"]


@pytest.mark.parametrize(
    ("content", "line", "cause"),
    [
        pytest.param(b"", 1, "the file is empty", id="empty"),
        pytest.param(b"  \n\n", 1, "the file is empty", id="blank"),
        pytest.param(b"\x00\x01\x02PNG", None, "a binary file", id="binary"),
        pytest.param(b"Resources: \xff\xfe", 1, "not UTF-8", id="not UTF-8"),
        pytest.param(b"- a\n- b\n", 1, "not a template", id="a list"),
        pytest.param(b"a: 1\n", 1, "no Resources", id="no resources"),
        pytest.param(b"Resources: {}\n", 1, "Resources is empty", id="no resource"),
        pytest.param(b"Resources:\n  A: 1\n", 2, "resource A is no mapping", id="a resource that is none"),
        pytest.param(b"Resources:\n  A: {}\n", 2, "resource A has no Type", id="a resource without type"),
        pytest.param(b"Resources:\n  A: [\n", None, "not YAML", id="YAML error"),
        pytest.param(b"Resources:\n  A:\n\tType: x\n", 3, "not YAML", id="a tab in YAML"),
        pytest.param(GOOD.encode() + b"  Logs:\n    Type: AWS::S3::Bucket\n", 4, "duplicate key Logs", id="duplicate"),
        pytest.param(GOOD.encode() + b"---\na: 1\n", None, "second", id="two documents"),
        pytest.param(
            b"Resources:\n  A:\n    Type: !!python/object/apply:os.system [id]\n", 3, "unknown tag", id="a Python tag"
        ),
        pytest.param(
            b"Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Ref Nme\nParameters:\n"
            b"  Name: {Type: String, Default: x}\n",
            5,
            "did you mean Name?",
            id="unresolvable Ref",
        ),
        pytest.param(
            b"Resources:\n  A:\n    Type: AWS::SNS::Topic\n    DependsOn: B\n  B:\n    Type: AWS::SNS::Topic\n"
            b"    DependsOn: A\n",
            2,
            "A -> B -> A",
            id="a cycle",
        ),
        pytest.param(
            b"Parameters:\n  N: {Type: Number, Default: x}\nResources:\n  A: {Type: AWS::SNS::Topic}\n",
            2,
            "parameter N",
            id="a default of the wrong type",
        ),
    ],
)
def test_a_file_that_cannot_be_judged(capsys, tmp_path: Path, content, line, cause):
    file = tmp_path / "t.yaml"
    file.write_bytes(content)
    (problem,) = problems(capsys, str(file))
    assert problem["file"] == str(file)
    assert cause in problem["cause"]
    if line is not None:
        assert problem["line"] == line


def test_a_file_that_is_not_there(capsys):
    (problem,) = problems(capsys, "no/such/template.yaml")
    assert problem == {
        "file": "no/such/template.yaml",
        "line": None,
        "column": None,
        "cause": "no such file or directory",
    }


def test_a_file_beyond_cloudformation_s_limit(capsys, tmp_path: Path):
    file = tmp_path / "big.yaml"
    file.write_text(GOOD + "#" * 2_000_000)
    (problem,) = problems(capsys, str(file))
    assert "1,048,576" in problem["cause"]


def test_aliases_that_multiply(capsys, tmp_path: Path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    file = tmp_path / "bomb.yaml"
    file.write_text("\n".join([*lines, GOOD]))
    (problem,) = problems(capsys, str(file))
    assert "aliases" in problem["cause"]


def test_deep_nesting(capsys, tmp_path: Path):
    file = tmp_path / "deep.json"
    file.write_text("[" * 100_000)
    (problem,) = problems(capsys, str(file))
    assert "nested deeper" in problem["cause"] or "not JSON" in problem["cause"]


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["-p", "Name"], "a parameter is NAME=VALUE"),
        (["--scenario", "none"], "none"),
        (["--jobs", "0"], "not a number above 0"),
        (["--account-id", "12"], "12 digits"),
        (["--no-such-option"], "unrecognized arguments"),
        (["--parameters-file", "no/such/file.json"], "no/such/file.json"),
    ],
)
def test_arguments_that_cannot_be_used(capsys, arguments, cause):
    code, _, err = run(capsys, "check", *arguments)
    assert code == 2
    assert cause in err
    assert len(err.splitlines()) == 1


def test_a_parameter_that_the_template_does_not_have(capsys, tmp_path: Path):
    file = tmp_path / "t.yaml"
    file.write_text(GOOD + "Parameters:\n  Retention: {Type: Number, Default: 1}\n")
    (problem,) = problems(capsys, str(file), "-p", "Retension=2")
    assert "did you mean Retention?" in problem["cause"]


def test_a_parameter_that_no_template_has(capsys, tmp_path: Path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD)
    (problem,) = problems(capsys, str(tmp_path), "-p", "Retention=2")
    assert problem["cause"] == "no template has a parameter Retention"


def test_a_rule_that_is_not_there(capsys):
    code, _, err = run(capsys, "explain", "kms-decrypt-mising")
    assert code == 2
    assert err == "scenarios: there is no rule 'kms-decrypt-mising'; did you mean kms-decrypt-missing?\n"


def test_a_folder_with_broken_files_among_many(capsys, tmp_path: Path):
    for number in range(40):
        (tmp_path / f"good{number:03}.yaml").write_text(GOOD)
    for number in range(3):
        (tmp_path / f"broken{number}.yaml").write_text(f"{GOOD}  Logs:\n    Type: AWS::S3::Bucket\n")
    (tmp_path / "values.yaml").write_text("replicas: 3\n")
    code, out, _ = run(capsys, "check", "--format", "json", "--jobs", "1", "--no-lint", str(tmp_path))
    report = json.loads(out)
    assert code == 2
    assert len(report["templates"]) == 40
    assert [(Path(found["file"]).name, found["line"]) for found in report["problems"]] == [
        (f"broken{number}.yaml", 4) for number in range(3)
    ]


def test_a_folder_without_templates(capsys, tmp_path: Path):
    (tmp_path / "values.yaml").write_text("replicas: 3\n")
    (problem,) = problems(capsys, str(tmp_path))
    assert problem["cause"] == "no CloudFormation template in this folder"


def test_a_report_that_cannot_be_written(capsys, tmp_path: Path):
    file = tmp_path / "t.yaml"
    file.write_text(GOOD)
    code, _, err = run(
        capsys, "check", "--jobs", "1", "--no-lint", str(file), "--output", str(tmp_path / "no" / "r.txt")
    )
    assert code == 2
    assert "cannot write the report" in err
