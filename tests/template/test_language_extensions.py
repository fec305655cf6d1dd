"""Loops in every section, and where their copies stand."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.errors import InputError
from scenarios.template import parse
from scenarios.template.language_extensions import expand

HEAD = "Transform: AWS::LanguageExtensions\n"
TOPICS = """
Mappings:
  Names:
    prod: {All: [one, two-b]}
Conditions:
  Fn::ForEach::Each:
    - Name
    - [A, B]
    - 'Is${Name}': !Equals [!Ref Name, A]
Resources:
  Fn::ForEach::Topics:
    - Name
    - COLLECTION
    - 'Topic&{Name}':
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Sub 'x-${Name}-${AWS::Region}'
          DisplayName: !Ref Name
Outputs:
  Fn::ForEach::Topics:
    - Name
    - [one]
    - 'Arn&{Name}': {Value: !GetAtt ['Topic&{Name}', TopicArn]}
"""


def expanded(text: str, parameters: dict[str, Any] | None = None):
    return expand(parse(HEAD + text, "t.yaml"), parameters or {})


@pytest.mark.parametrize(
    ("collection", "parameters"),
    [
        ("[one, two-b]", {}),
        ("!Ref Names", {"Names": ["one", "two-b"]}),
        ("!Ref Names", {"Names": "one, two-b"}),
        ("!FindInMap [Names, prod, All]", {}),
        ("!FindInMap [Names, !Ref Stage, All]", {"Stage": "prod"}),
        ("[one, !Ref Second]", {"Second": "two-b"}),
    ],
)
def test_a_loop_over_resources(collection: str, parameters: dict[str, Any]) -> None:
    template = expanded(TOPICS.replace("COLLECTION", collection), parameters)
    assert list(template.resources) == ["Topicone", "Topictwob"]
    properties = template.resources["Topictwob"]["Properties"]
    assert properties == {"TopicName": {"Fn::Sub": "x-two-b-${AWS::Region}"}, "DisplayName": "two-b"}
    assert template.body["Conditions"] == {"IsA": {"Fn::Equals": ["A", "A"]}, "IsB": {"Fn::Equals": ["B", "A"]}}
    assert template.body["Outputs"] == {"Arnone": {"Value": {"Fn::GetAtt": ["Topicone", "TopicArn"]}}}
    at = template.position(("Resources", "Topictwob", "Properties", "TopicName"))
    assert "TopicName" in template.line(at.line)


def test_loops_within_loops_and_within_properties() -> None:
    template = expanded("""
Resources:
  Fn::ForEach::Outer:
    - X
    - [a, b]
    - Fn::ForEach::Inner:
        - Y
        - [c, d]
        - 'T${X}${Y}':
            Type: AWS::Lambda::Function
            Properties:
              Environment:
                Variables:
                  Fn::ForEach::Each:
                    - Z
                    - [e]
                    - 'V${X}${Z}': !Sub '${X}${Y}${Z}'
""")
    assert list(template.resources) == ["Tac", "Tad", "Tbc", "Tbd"]
    variables = template.resources["Tbc"]["Properties"]["Environment"]["Variables"]
    assert variables == {"Vbe": {"Fn::Sub": "bce"}}


def loop(inner: str) -> str:
    return f"{HEAD}Resources:\n  Fn::ForEach::L: {inner}\n"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (loop("[X, [a], {'T${X}': {Type: T}}]").removeprefix(HEAD), "needs Transform: AWS::LanguageExtensions"),
        (loop("[X, [a, a], {'T${X}': {Type: T}}]"), "makes Ta twice"),
        (loop("[X, [a]]"), "a variable, a collection and a mapping"),
        (loop("[X, !Ref Unknown, {'T${X}': {Type: T}}]"), "collection is not known"),
        (loop("[X, [{a: b}], {'T${X}': {Type: T}}]"), "no text"),
        (loop(f"[X, {[*map(str, range(10_001))]}, {{'T${{X}}': {{Type: T}}}}]"), "more than 10000 copies"),
    ],
)
def test_refused(text: str, cause: str) -> None:
    with pytest.raises(InputError, match=cause) as caught:
        expand(parse(text, "t.yaml"), {})
    assert caught.value.line == len(text.splitlines())
