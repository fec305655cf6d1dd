"""`scenarios simulate`: a line in, a line out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from scenarios.cli.main import main

CASE = {
    "id": "one",
    "principal": "arn:aws:iam::111122223333:role/reader",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::docs/a",
    "resource_account": "111122223333",
    "identity_policies": [
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    ],
}


def test_each_line_is_answered_and_a_wrong_one_costs_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_bytes(json.dumps(CASE).encode() + b"\n\nnope\n\xff\xfe\n" + json.dumps(CASE | {"id": 2}).encode())
    assert main(["simulate", str(cases)]) == 2
    captured = capsys.readouterr()
    answers = [json.loads(line) for line in captured.out.splitlines()]
    assert [(answer["id"], answer.get("decision")) for answer in answers] == [
        ("one", "allowed"),
        (None, None),
        (None, None),
        (2, "allowed"),
    ]
    assert captured.err == "scenarios: 2 of the cases could not be decided; each says why in its answer\n"


def test_from_standard_input_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(CASE).encode()), encoding="utf-8"))
    assert main(["simulate", "--output", str(tmp_path / "answers.jsonl")]) == 0
    assert json.loads((tmp_path / "answers.jsonl").read_text())["decision"] == "allowed"


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_no_cases_to_read(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["simulate", str(tmp_path / name)]) == 2
    assert "cannot read the cases" in capsys.readouterr().err


def test_the_answers_do_not_replace_the_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(CASE))
    assert main(["simulate", str(cases), "--output", str(tmp_path / "." / "cases.jsonl")]) == 2
    assert "the answers would replace the cases" in capsys.readouterr().err
    assert json.loads(cases.read_text()) == CASE


@pytest.mark.parametrize(("written", "answers"), [(b"", 0), (b"\xef\xbb\xbf" + json.dumps(CASE).encode(), 1)])
def test_an_empty_file_and_a_byte_order_mark(
    written: bytes, answers: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cases.jsonl").write_bytes(written)
    assert main(["simulate", str(tmp_path / "cases.jsonl")]) == 0
    assert capsys.readouterr().out.count('"decision": "allowed"') == answers


@pytest.mark.parametrize("written", [json.dumps(CASE, indent=1), json.dumps([CASE], indent=1)])
def test_a_printed_case_is_one_mistake(written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases.jsonl").write_text(written)
    assert main(["simulate", str(tmp_path / "cases.jsonl")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"scenarios: {tmp_path / 'cases.jsonl'}:1: one JSON object a line is expected\n"
