"""From text to values with places: tags, scalars, positions, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import InputError
from scenarios.finding import Position
from scenarios.template import parse

HEAD = "Resources:\n  Thing:\n    Type: AWS::S3::Bucket\n    Properties:\n      Value: "


def value(text: str) -> Any:
    """What `text` decodes to as the value of a property."""
    return parse(HEAD + text + "\n", "t.yaml").resources["Thing"]["Properties"]["Value"]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("!Ref Name", {"Ref": "Name"}),
        ("!Condition Prod", {"Condition": "Prod"}),
        ("!GetAtt Key.Arn", {"Fn::GetAtt": ["Key", "Arn"]}),
        ("!GetAtt Nested.Outputs.Arn", {"Fn::GetAtt": ["Nested", "Outputs.Arn"]}),
        ("!GetAtt [Key, Arn]", {"Fn::GetAtt": ["Key", "Arn"]}),
        ("{'Fn::GetAtt': Key.Arn}", {"Fn::GetAtt": ["Key", "Arn"]}),
        ("!Sub '${A}-b'", {"Fn::Sub": "${A}-b"}),
        ("!Sub ['${A}', {A: 1}]", {"Fn::Sub": ["${A}", {"A": 1}]}),
        ("!Join ['', [a, !Ref B]]", {"Fn::Join": ["", ["a", {"Ref": "B"}]]}),
        ("!Select [0, !GetAZs '']", {"Fn::Select": [0, {"Fn::GetAZs": ""}]}),
        ("!Split [',', 'a,b']", {"Fn::Split": [",", "a,b"]}),
        ("!FindInMap [M, !Ref R, Id]", {"Fn::FindInMap": ["M", {"Ref": "R"}, "Id"]}),
        ("!ImportValue other", {"Fn::ImportValue": "other"}),
        ("!Base64 text", {"Fn::Base64": "text"}),
        ("!Cidr [10.0.0.0/16, 4, 8]", {"Fn::Cidr": ["10.0.0.0/16", 4, 8]}),
        ("!If [A, !Not [!Equals [a, b]], !And [!Or [x, y], z]]",
         {"Fn::If": ["A", {"Fn::Not": [{"Fn::Equals": ["a", "b"]}]}, {"Fn::And": [{"Fn::Or": ["x", "y"]}, "z"]}]}),
        ("!Length [a]", {"Fn::Length": ["a"]}),
        ("!ToJsonString {a: 1}", {"Fn::ToJsonString": {"a": 1}}),
        ("!Transform {Name: M}", {"Fn::Transform": {"Name": "M"}}),
    ],
)  # fmt: skip
def test_short_tags(short: str, long: Any) -> None:
    assert value(short) == long


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-10-17", "2012-10-17"),
        ("012345678901", "012345678901"),
        ("123456789012", 123456789012),
        ("1.10", "1.10"),
        ("1.5", 1.5),
        ("-3", -3),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1e3", "1e3"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("yes", True),
        ("'yes'", "yes"),
        ("Off", False),
        ("~", None),
        ("", None),
        ("!!str 5", "5"),
        ("!!int '5'", 5),
        ("'*'", "*"),
        ("|\n        a\n        b", "a\nb\n"),
        (">-\n        a\n        b", "a b"),
    ],
)
def test_scalars(text: str, expected: Any) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_anchors_and_merges() -> None:
    template = parse(
        "Resources:\n"
        "  A: &a\n    Type: AWS::SNS::Topic\n    Properties: &p {TopicName: a, FifoTopic: true}\n"
        "  B:\n    <<: *a\n    Properties:\n      <<: *p\n      TopicName: b\n",
        "t.yaml",
    )
    assert template.resources["B"] == {
        "Type": "AWS::SNS::Topic",
        "Properties": {"TopicName": "b", "FifoTopic": True},
    }
    assert template.position(("Resources", "B", "Properties", "TopicName")).line == 9
    assert template.position(("Resources", "B", "Properties", "FifoTopic")).line == 4


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("Resources:\n  A: {Type: x}\n  A: {Type: y}\n", 3, "duplicate key A, first on line 2"),
        ("Resources:\n  A: !!python/object/apply:os.system ['true']\n", 2, "unknown tag !!python/object"),
        ("Resources:\n  A: !Reff B\n", 2, "unknown tag !Reff"),
        ("Resources:\n  A: {Type: [1,}\n", 2, "not YAML"),
        ("Resources:\n  A: {Type: x}\n---\nResources: {}\n", 3, "a second"),
        ("Resources:\n  A: *b\n", 2, "no anchor &b"),
        ("Resources:\n  A: &a\n    Type: x\n    B: *a\n", 4, "inside its own anchor"),
        ("Resources:\n  ? [a, b]\n  : c\n", 2, "a key is a plain text"),
        ("- Resources\n", 1, "the document is no mapping"),
        ("Parameters: {}\n", 1, "no Resources section"),
        ("Resources: []\n", 1, "Resources is no mapping"),
        ("Resources:\n  A: text\n", 2, "resource A is no mapping"),
        ("Resources:\n  A:\n    Properties: {}\n", 2, "resource A has no Type"),
        ("Resources:\n  A:\n    Type: x\n    Properties: [a]\n", 4, "Properties of A are no mapping"),
        ("Conditions:\nResources:\n  A: {Type: x}\n", 1, "Conditions is no mapping"),
        ("\tResources: {}\n", 1, "not YAML"),
        ("Resources:\n  A: {Type: *}\n", 2, "not YAML"),
        ("Resources:\n  A: {Type: a\x7fb}\n", 2, "not YAML: unacceptable character"),
    ],
)
def test_refused_with_its_place(text: str, line: int, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "t.yaml")
    assert (caught.value.file, caught.value.line) == ("t.yaml", line)
    assert cause in caught.value.cause


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"Resources": {"A": {"Type": "x"},}}', 1),
        ('{"Resources":\n {"A": {"Type": "x"}\n', 3),
        ("{\n\n Resources: 1}", 3),
    ],
)
def test_json_by_its_own_rules(text: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "t.json")
    assert caught.value.line == line
    assert caught.value.cause.startswith("not JSON")


def test_json_that_yaml_would_not_take() -> None:
    text = '{"Resources"\n\t:\n{"A": {"Type":"x", "' + "k" * 2000 + '": "\\ud83d\\ude00 \\ud83d \x7f"}}}'
    template = parse(text, "t.json")
    assert template.resources["A"]["k" * 2000] == "\U0001f600 \ufffd \x7f"
    assert template.position(("Resources", "A")) == Position(3, 2)


NAMES = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
)
VALUES = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | NAMES.filter(lambda text: "Fn::" not in text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES.filter(lambda key: "Fn::" not in key), inner),
    max_leaves=12,
)


def body(properties: Any) -> dict[str, Any]:
    return {"Resources": {"A": {"Type": "AWS::X::Y", "Properties": {"Value": properties}}}}


@given(VALUES)
def test_json_and_yaml_say_the_same(properties: Any) -> None:
    expected = body(properties)
    assert parse(json.dumps(expected), "t.json").body == expected
    assert parse(json.dumps(expected, indent="\t", ensure_ascii=False), "t.json").body == expected
    # This style writes every scalar in quotes, numbers and booleans with a tag: kinds are kept.
    dumped = yaml.safe_dump(expected, allow_unicode=True, width=10_000, default_style='"')
    assert parse(dumped, "t.yaml").body == expected


def paths(item: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    pairs = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for key, inner in pairs:
        yield from paths(inner, (*path, key))


@given(VALUES)
def test_every_path_has_its_place(properties: Any) -> None:
    text = json.dumps(body(properties), indent=1, ensure_ascii=False)
    template = parse(text, "t.json")
    lines = text.split("\n")
    for path in paths(template.body):
        position = template.positions[path]
        rest = lines[position.line - 1][position.column - 1 :]
        if path and isinstance(path[-1], str):
            assert rest.startswith(json.dumps(path[-1], ensure_ascii=False))
        else:
            item: Any = template.body
            for step in path:
                item = item[step]
            assert rest[0] == json.dumps(item, ensure_ascii=False)[0]


@given(st.text() | st.binary().map(lambda content: content.decode("latin-1")))
def test_any_text_is_a_template_or_refused_in_one_line(text: str) -> None:
    try:
        said = parse(text, "t.yaml").file
    except InputError as error:
        said = str(error)
    assert "t.yaml" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        (
            "Resources:\n  A: {Type: T, Properties: {B: !Rain::Embed b.txt}}\n",
            (2, 32),
            "!Rain::Embed is expanded by 'rain",
        ),
        ("Resources:\n  A: {Type: T, Properties: {B: !Rain::Constant c}}\n", (2, 32), "!Rain::Constant is expanded by"),
        ("Resources:\n  A: {Type: T, Properties: {B: {Rain::S3: b}}}\n", (2, 33), "Rain::S3 is expanded by 'rain pkg'"),
        ('{"Resources": {"A": {"Type": "T", "Rain::Module": "m"}}}', (1, 35), "Rain::Module is expanded by 'rain pkg'"),
        ("Rain:\n  Constants: {A: b}\nResources: {A: {Type: T}}\n", (1, 1), "the section Rain is expanded by 'rain"),
        ("Modules:\n  M: {Source: m.yaml}\nResources: {A: {Type: T}}\n", (1, 1), "Modules are expanded by"),
        ("Resources:\n  A: {Type: !ref T}\n", (2, 13), "unknown tag !ref; did you mean !Ref?"),
        ("Resources:\n  A: {Type: !Getatt T.A}\n", (2, 13), "unknown tag !Getatt; did you mean !GetAtt?"),
        ("Resources:\n  A: {Type: !Mine T}\n", (2, 13), "unknown tag !Mine"),
        ("Resources:\n{% for a in b %}\n  A: {Type: T}\n", (2, 2), "still to be rendered (Jinja)"),
    ],
)
def test_what_other_tools_expand(text, place, cause):
    with pytest.raises(InputError) as refused:
        parse(text, "t.yaml" if not text.startswith("{") else "t.json")
    assert cause in refused.value.cause
    assert "\n" not in refused.value.cause
    assert (refused.value.line, refused.value.column) == place
