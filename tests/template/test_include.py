"""`AWS::Include` of files beside the template."""

from __future__ import annotations

import os

import pytest

from scenarios.errors import InputError
from scenarios.finding import Position
from scenarios.template import load


def loaded(folder, text: str, **files: str):
    for name, content in {"app.yaml": text, **{f"{name}.yaml": content for name, content in files.items()}}.items():
        (folder / name).write_text(content)
    return load(str(folder / "app.yaml"))


def included(location: str) -> str:
    return f"{{Name: AWS::Include, Parameters: {{Location: {location}}}}}"


TOPIC = "Topic: {Type: AWS::SNS::Topic}\n"


@pytest.mark.parametrize(
    ("text", "part", "at", "expected"),
    [
        pytest.param(
            f"Resources:\n  Own: {{Type: T}}\n  Fn::Transform: {included('part.yaml')}\n",
            TOPIC,
            ("Resources",),
            {"Own": {"Type": "T"}, "Topic": {"Type": "AWS::SNS::Topic"}},
            id="among the resources",
        ),
        pytest.param(
            f"Resources:\n  Own:\n    Type: T\n    Properties: !Transform {included('./part.yaml')}\n",
            "A: [1, {Fn::Sub: x}]\n",
            ("Resources", "Own", "Properties"),
            {"A": [1, {"Fn::Sub": "x"}]},
            id="as properties",
        ),
        pytest.param(
            f"Resources:\n  Own:\n    Type: T\n    Properties:\n      L: {{Fn::Transform: {included('part.yaml')}}}\n",
            "[1, 2]\n",
            ("Resources", "Own", "Properties", "L"),
            [1, 2],
            id="a list",
        ),
        pytest.param(
            f"Transform: {included('part.yaml')}\nResources: {{Own: {{Type: T}}}}\n",
            f"Mappings: {{M: {{A: {{B: c}}}}}}\nResources: {{{TOPIC.strip()}}}\n",
            ("Resources",),
            {"Own": {"Type": "T"}, "Topic": {"Type": "AWS::SNS::Topic"}},
            id="among the sections",
        ),
        pytest.param(
            f"Transform: [AWS::LanguageExtensions, {included('part.yaml')}]\n",
            f"Resources: {{{TOPIC.strip()}}}\n",
            ("Resources",),
            {"Topic": {"Type": "AWS::SNS::Topic"}},
            id="all resources",
        ),
    ],
)
def test_what_is_included(tmp_path, text, part, at, expected):
    template = loaded(tmp_path, text, part=part)
    found = template.body
    for step in at:
        found = found[step]
    assert found == expected
    assert template.unsupported == ()


def test_places_are_in_the_snippets_file(tmp_path):
    text = f"Resources:\n  Own: {{Type: T}}\n  Fn::Transform: {included('part.yaml')}\n"
    template = loaded(tmp_path, text, part="\n\nTopic:\n  Type: AWS::SNS::Topic\n  Properties:\n    TopicName: x\n")
    part = str(tmp_path / "part.yaml")
    assert template.position(("Resources", "Topic", "Properties", "TopicName")) == Position(6, 5, part)
    assert template.position(("Resources", "Topic")) == Position(3, 1, part)
    assert template.position(("Resources", "Own")) == Position(2, 3)
    assert list(template.included) == [part]


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("s3://bucket/part.yaml", "AWS::Include"),
        ("https://example.com/part.yaml", "AWS::Include"),
        ("!Ref Where", "AWS::Include"),
        ("../part.yaml", "AWS::Include (../part.yaml lies outside the folder of the template, and is not read)"),
        ("/etc/passwd", "AWS::Include (/etc/passwd lies outside the folder of the template, and is not read)"),
        ("link.yaml", "AWS::Include (link.yaml lies outside the folder of the template, and is not read)"),
        ("none.yaml", "AWS::Include (none.yaml: there is no such file)"),
    ],
)
def test_what_is_not_read_is_not_expanded(tmp_path, location, name):
    (tmp_path / "own").mkdir()
    (tmp_path / "part.yaml").write_text(TOPIC)
    os.symlink(tmp_path / "part.yaml", tmp_path / "own" / "link.yaml")
    template = loaded(tmp_path / "own", f"Resources:\n  Own: {{Type: T}}\n  Fn::Transform: {included(location)}\n")
    assert template.unsupported[0].name == name
    assert template.unsupported[0].position == Position(3, 3)
    assert "Topic" not in template.resources


@pytest.mark.parametrize(
    ("text", "part", "file", "line", "cause"),
    [
        (f"Resources:\n  Fn::Transform: {included('part.yaml')}\n", "A: [", "part.yaml", None, "not YAML"),
        (f"Resources:\n  Fn::Transform: {included('part.yaml')}\n", "A: !Own x\n", "part.yaml", 1, "unknown tag !Own"),
        (
            f"Resources:\n  Fn::Transform: {included('part.yaml')}\n",
            "A: {}\n",
            "part.yaml",
            1,
            "resource A has no Type",
        ),
        (
            f"Resources:\n  A: {{Type: T}}\n  Fn::Transform: {included('part.yaml')}\n",
            "A: {}",
            "app.yaml",
            3,
            "both have A",
        ),
        (
            f"Resources:\n  A: {{Type: T}}\n  Fn::Transform: {included('part.yaml')}\n",
            "[]",
            "app.yaml",
            3,
            "is no mapping",
        ),
        (f"Transform: {included('part.yaml')}\nResources: {{}}\n", "[]", "app.yaml", 1, "is no mapping"),
        (f"Transform: {included('part.yaml')}\nResources: {{}}\n", "", "part.yaml", 1, "the file is empty"),
    ],
)
def test_what_does_not_fit(tmp_path, text, part, file, line, cause):
    with pytest.raises(InputError, match=cause.replace("!", r"\!")) as refused:
        loaded(tmp_path, text, part=part)
    assert refused.value.file == str(tmp_path / file)
    assert line is None or refused.value.line == line


def test_an_include_in_a_snippet_stays_one(tmp_path):
    text = f"Resources:\n  Fn::Transform: {included('part.yaml')}\n"
    template = loaded(tmp_path, text, part=TOPIC + f"Fn::Transform: {included('part.yaml')}\n")
    assert [mark.name for mark in template.unsupported] == ["AWS::Include"]


def test_what_is_included_in_all_is_limited(tmp_path):
    many = "".join(
        f"  R{n}:\n    Type: T\n    Properties: {{Fn::Transform: {included('part.yaml')}}}\n" for n in range(20)
    )
    with pytest.raises(InputError, match="larger than any template"):
        loaded(tmp_path, "Resources:\n" + many, part="A: " + "x" * 100_000)
