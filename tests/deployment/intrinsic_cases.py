"""Expressions beside what CloudFormation makes of them, in one small template.

Each case is an expression in YAML, the value that it must have, and perhaps conditions, parameter values and a Region
of its own. Kept apart from the tests so that other resolvers can be held against the same table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PRELUDE = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::LanguageExtensions
Parameters:
  Text: {Type: String, Default: hello}
  Zero: {Type: String, Default: '007'}
  Count: {Type: Number, Default: 3}
  Flag: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
  Blank: {Type: String, Default: ''}
  Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Numbers: {Type: List<Number>, Default: '10,20'}
  Stage: {Type: String, Default: dev}
Mappings:
  Stages:
    dev: {Size: small, Count: 1, Zones: [x, y], Live: true}
    prod: {Size: large, Count: 3, Zones: [z], Live: false}
  Accounts:
    '123456789012': {Name: main}
  us-east-1:
    dev: {Ami: ami-1}
Conditions:
  Always: !Equals [a, a]
  Never: !Equals [a, b]
  IsProd: !Equals [!Ref Stage, prod]
  NotProd: !Not [!Condition IsProd]
%s
Resources:
  Subject:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName:
%s
"""


@dataclass(frozen=True)
class Case:
    """One expression and the value that it must have."""

    id: str
    expression: str
    expected: Any
    conditions: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    region: str = "us-east-1"

    @property
    def template(self) -> str:
        """The whole template, the expression standing as a property of the only resource."""
        conditions = "".join(f"  {line}\n" for line in self.conditions.splitlines())
        expression = "".join(f"        {line}\n" for line in self.expression.splitlines())
        return PRELUDE % (conditions, expression)


CASES = (
    # Ref
    Case("ref-string", "!Ref Text", "hello"),
    Case("ref-given-value", "!Ref Text", "bye", parameters={"Text": "bye"}),
    Case("ref-number-is-text", "!Ref Count", "3"),
    Case("ref-leading-zeros-kept", "!Ref Zero", "007"),
    Case("ref-list-is-split-and-trimmed", "!Ref Names", ["a", "b", "c"]),
    Case("ref-list-of-numbers", "!Ref Numbers", ["10", "20"]),
    Case("ref-long-form", "{Ref: Text}", "hello"),
    Case("ref-account", "!Ref AWS::AccountId", "123456789012"),
    Case("ref-region", "!Ref AWS::Region", "eu-west-1", region="eu-west-1"),
    Case("ref-partition", "!Ref AWS::Partition", "aws"),
    Case("ref-partition-china", "!Ref AWS::Partition", "aws-cn", region="cn-north-1"),
    Case("ref-partition-gov", "!Ref AWS::Partition", "aws-us-gov", region="us-gov-west-1"),
    Case("ref-suffix-china", "!Ref AWS::URLSuffix", "amazonaws.com.cn", region="cn-northwest-1"),
    Case("ref-suffix", "!Ref AWS::URLSuffix", "amazonaws.com"),
    Case("ref-stack-name", "!Ref AWS::StackName", "scenario"),
    Case("ref-notification-arns", "!Ref AWS::NotificationARNs", []),
    Case("ref-of-a-function", "Ref: !Sub '${Blank}Text'", "hello"),
    # Sub
    Case("sub-parameter", "!Sub 'x-${Text}'", "x-hello"),
    Case("sub-pseudo", "!Sub '${AWS::Region}/${AWS::AccountId}'", "us-east-1/123456789012"),
    Case("sub-literal", "!Sub '${!Text}-${Text}'", "${Text}-hello"),
    Case("sub-list-form", "!Sub ['${A}-${Text}', {A: !Ref Count}]", "3-hello"),
    Case("sub-own-name-hides-parameter", "!Sub ['${Text}', {Text: mine}]", "mine"),
    Case("sub-nested-in-variable", "!Sub ['${A}', {A: !Join ['-', [x, !Ref Text]]}]", "x-hello"),
    Case("sub-same-name-twice", "!Sub '${Text}${Text}'", "hellohello"),
    Case("sub-value-is-not-substituted-again", "!Sub ['${A}', {A: '${Text}'}]", "${Text}"),
    Case("sub-iam-policy-variable", "!Sub 'home/${!aws:username}/*'", "home/${aws:username}/*"),
    Case("sub-dollar-alone", "!Sub 'costs $5 {x}'", "costs $5 {x}"),
    Case("sub-number-variable", "!Sub ['${N}', {N: 5}]", "5"),
    Case("sub-boolean-variable", "!Sub ['${B}', {B: true}]", "true"),
    Case("sub-multi-line", "Fn::Sub: |\n  a ${Text}\n  b\n", "a hello\nb\n"),
    Case("sub-find-in-map", "!Sub ['${A}', {A: !FindInMap [Stages, dev, Size]}]", "small"),
    # Join
    Case("join", "!Join ['-', [a, !Ref Text, b]]", "a-hello-b"),
    Case("join-empty-delimiter", "!Join ['', [a, b]]", "ab"),
    Case("join-list-parameter", "!Join [',', !Ref Names]", "a,b,c"),
    Case("join-split", "!Join ['/', !Split ['.', a.b.c]]", "a/b/c"),
    Case("join-drops-no-value", "!Join ['-', [a, !Ref 'AWS::NoValue', b]]", "a-b"),
    Case("join-numbers", "!Join [':', [a, 1, true]]", "a:1:true"),
    Case("join-one", "!Join ['-', [only]]", "only"),
    Case("join-nested", "!Join ['', ['arn:', !Join [':', [aws, s3, '', '', b]]]]", "arn:aws:s3:::b"),
    # Select, Split
    Case("select", "!Select [1, [a, b]]", "b"),
    Case("select-text-index", "!Select ['1', [a, b]]", "b"),
    Case("select-list-parameter", "!Select [2, !Ref Names]", "c"),
    Case("select-index-by-map", "!Select [!FindInMap [Stages, dev, Count], [a, b]]", "b"),
    Case("select-zone", "!Select [0, !GetAZs '']", "us-east-1a"),
    Case("split", "!Split [',', 'a,b']", ["a", "b"]),
    Case("split-empty-parts", "!Split ['|', 'a||c|']", ["a", "", "c", ""]),
    Case("split-absent-delimiter", "!Split ['|', abc]", ["abc"]),
    Case("select-of-split", "!Select [4, !Split [':', 'arn:aws:iam::42:root']]", "42"),
    # FindInMap
    Case("map", "!FindInMap [Stages, dev, Size]", "small"),
    Case("map-by-ref", "!FindInMap [Stages, !Ref Stage, Size]", "large", parameters={"Stage": "prod"}),
    Case("map-list", "!FindInMap [Stages, dev, Zones]", ["x", "y"]),
    Case("map-by-account", "!FindInMap [Accounts, !Ref AWS::AccountId, Name]", "main"),
    Case("map-name-by-pseudo", "!FindInMap [!Ref AWS::Region, dev, Ami]", "ami-1"),
    Case("map-nested", "!FindInMap [Stages, !FindInMap [Stages, dev, Size], Size, {DefaultValue: none}]", "none"),
    Case("map-default", "!FindInMap [Stages, test, Size, {DefaultValue: !Ref Text}]", "hello"),
    Case("map-default-unused", "!FindInMap [Stages, dev, Size, {DefaultValue: none}]", "small"),
    # If and conditions
    Case("if-true", "!If [Always, a, b]", "a"),
    Case("if-false", "!If [Never, a, b]", "b"),
    Case("if-nested", "!If [Never, a, !If [Always, b, c]]", "b"),
    Case("if-by-parameter", "!If [IsProd, a, b]", "a", parameters={"Stage": "prod"}),
    Case("if-not-of-a-condition", "!If [NotProd, a, b]", "a"),
    Case("if-in-join", "!Join ['-', [a, !If [Never, x, !Ref 'AWS::NoValue']]]", "a"),
    Case("if-mapping-branch", "!If [Always, {K: !Ref Text}, !Ref 'AWS::NoValue']", {"K": "hello"}),
    Case("if-list-branch", "!If [Always, [a, !Ref Text], []]", ["a", "hello"]),
    Case("and", "!If [C, 1, 2]", 1, conditions="C: !And [!Condition Always, !Not [!Condition Never]]"),
    Case("and-false", "!If [C, 1, 2]", 2, conditions="C: !And [!Condition Always, !Condition Never]"),
    Case("or", "!If [C, 1, 2]", 1, conditions="C: !Or [!Condition Never, !Equals [!Ref Text, hello]]"),
    Case("or-false", "!If [C, 1, 2]", 2, conditions="C: !Or [!Condition Never, !Condition IsProd]"),
    Case("not", "!If [C, 1, 2]", 1, conditions="C: !Not [!Equals [!Ref Blank, x]]"),
    Case(
        "nested-logic",
        "!If [C, 1, 2]",
        1,
        conditions="C: !And [!Or [!Condition Never, !Condition Always], !Not [!Condition Never]]",
    ),
    Case("equals-blank", "!If [C, 1, 2]", 1, conditions="C: !Equals [!Ref Blank, '']"),
    Case("equals-boolean-and-text", "!If [C, 1, 2]", 1, conditions="C: !Equals [!Ref Flag, true]"),
    Case("equals-number-and-text", "!If [C, 1, 2]", 1, conditions="C: !Equals [!Ref Count, 3]"),
    Case("equals-is-case-sensitive", "!If [C, 1, 2]", 2, conditions="C: !Equals [!Ref Text, Hello]"),
    Case("equals-pseudo", "!If [C, 1, 2]", 1, conditions="C: !Equals [!Ref AWS::Region, us-east-1]"),
    Case(
        "equals-find-in-map", "!If [C, 1, 2]", 1, conditions="C: !Equals [!FindInMap [Stages, !Ref Stage, Live], true]"
    ),
    Case("equals-joined-list", "!If [C, 1, 2]", 2, conditions="C: !Equals [!Join ['', !Ref Names], '']"),
    # NoValue
    Case("no-value-removes-key", "{A: 1, B: !Ref 'AWS::NoValue'}", {"A": 1}),
    Case("no-value-removes-item", "[a, !Ref 'AWS::NoValue', b]", ["a", "b"]),
    Case("no-value-through-if-in-list", "[a, !If [Never, x, !Ref 'AWS::NoValue'], b]", ["a", "b"]),
    Case("no-value-deep", "{A: [{B: !If [Always, !Ref 'AWS::NoValue', 1], C: 2}]}", {"A": [{"C": 2}]}),
    # GetAZs, Cidr
    Case("zones-own-region", "!GetAZs ''", ["eu-west-1a", "eu-west-1b", "eu-west-1c"], region="eu-west-1"),
    Case("zones-named-region", "!GetAZs eu-central-1", ["eu-central-1a", "eu-central-1b", "eu-central-1c"]),
    Case("zones-ref", "!Select [1, !GetAZs {Ref: 'AWS::Region'}]", "us-west-2b", region="us-west-2"),
    Case("cidr", "!Cidr [10.0.0.0/16, 3, 8]", ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]),
    Case("cidr-default-bits", "!Select [5, !Cidr [10.1.0.0/16, 6]]", "10.1.5.0/24"),
    Case("cidr-text-arguments", "!Cidr [10.0.0.0/16, '2', '4']", ["10.0.0.0/28", "10.0.0.16/28"]),
    Case("cidr-ipv6", "!Cidr ['2600:1f16:7e:5600::/56', 2, 64]", ["2600:1f16:7e:5600::/64", "2600:1f16:7e:5601::/64"]),
    # the others
    Case("base64", "Fn::Base64: !Sub '${Text}'", "aGVsbG8="),
    Case("base64-short", "!Base64 hello", "aGVsbG8="),
    Case("length", "Fn::Length: [a, b, c]", 3),
    Case("length-of-parameter", "Fn::Length: !Ref Names", 3),
    Case("json", "Fn::ToJsonString: {K: !Ref Text, L: [1, x]}", '{"K":"hello","L":[1,"x"]}'),
    Case("json-drops-no-value", "Fn::ToJsonString: {K: a, L: !Ref 'AWS::NoValue'}", '{"K":"a"}'),
    # what is no function
    Case("policy-date-stays-text", "{Version: 2012-10-17}", {"Version": "2012-10-17"}),
    Case(
        "policy-condition-is-data",
        "{Condition: {StringEquals: {'aws:a': !Ref Text}}}",
        {"Condition": {"StringEquals": {"aws:a": "hello"}}},
    ),
    Case("condition-text-is-data", "{Condition: Always}", {"Condition": "Always"}),
    Case("template-syntax-in-plain-text", "'${Text} {{x}}'", "${Text} {{x}}"),
)
