"""Every intrinsic function, case by case."""

from __future__ import annotations

import pytest

from deployment.intrinsic_cases import CASES, Case
from deployment.support import resolved, resolver
from scenarios.deployment.scope import Made
from scenarios.errors import InputError

BUCKET = {"Bucket": Made("AWS::S3::Bucket", "my-bucket", {"Arn": "arn:aws:s3:::my-bucket"})}
SUBJECT = "  Subject: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: %s}}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case):
    properties, frame = resolved(resolver(case.template, case.parameters, region=case.region), "Subject")
    assert properties == {"DisplayName": case.expected}
    assert type(properties["DisplayName"]) is type(case.expected)
    assert not frame.uncertain


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!Ref Bucket", "my-bucket"),
        ("!GetAtt Bucket.Arn", "arn:aws:s3:::my-bucket"),
        ("{'Fn::GetAtt': [Bucket, Arn]}", "arn:aws:s3:::my-bucket"),
        ("{'Fn::GetAtt': Bucket.Arn}", "arn:aws:s3:::my-bucket"),
        ("!Sub '${Bucket.Arn}/*'", "arn:aws:s3:::my-bucket/*"),
        ("!Sub ['${A}/*', {A: !GetAtt Bucket.Arn}]", "arn:aws:s3:::my-bucket/*"),
        ("!Join ['', [!GetAtt Bucket.Arn, '/*']]", "arn:aws:s3:::my-bucket/*"),
        ("!Sub 's3://${Bucket}'", "s3://my-bucket"),
        ("{Ref: !Sub 'Buck${E}'}", "my-bucket"),
        ("{'Fn::GetAtt': [!Sub 'Buck${E}', Arn]}", "arn:aws:s3:::my-bucket"),
        ("!Select [5, !Split [':', !GetAtt Bucket.Arn]]", "my-bucket"),
    ],
)
def test_resources(expression, expected):
    text = "Parameters: {E: {Type: String, Default: et}}\nResources:\n  Bucket: {Type: 'AWS::S3::Bucket'}\n"
    properties, frame = resolved(resolver(text + SUBJECT % expression, made=BUCKET), "Subject")
    assert properties == {"DisplayName": expected}
    assert not frame.uncertain


@pytest.mark.parametrize(
    ("expression", "cause"),
    [
        ("!Select [2, [a, b]]", "there is no item 2 in a list of 2"),
        ("!Select [x, [a]]", "takes an index and a list"),
        ("!Join [a]", "Fn::Join takes a delimiter and a list"),
        ("!Join ['', text]", "Fn::Join takes a delimiter and a list"),
        ("!Split ['', text]", "Fn::Split takes a delimiter and a text"),
        ("!Cidr [10.0.0.0/24, 3, 8]", "10.0.0.0/24 has no 3 blocks of /24"),
        ("!Cidr [10.0.0.0/16, 300, 8]", "a count from 1 to 256"),
        ("!Cidr ['::/0', 2, 129]", "has no 2 blocks"),
        ("!Cidr [nonsense, 3, 8]", "does not appear to be an IPv4 or IPv6 network"),
        ("!FindInMap [M, k, other]", "map M has no k, other"),
        ("!FindInMap [M, k]", "Fn::FindInMap takes a map"),
        ("!If [Missing, a, b]", "there is no condition Missing"),
        ("!If [a, b]", "Fn::If takes a condition's name and two values"),
        ("!Ref Missing", "Ref to Missing, which is neither a parameter nor a resource"),
        ("!Ref [a]", "Ref takes the name"),
        ("!Sub '${Missing}'", "Ref to Missing"),
        ("!Sub '${Missing.Arn}'", "Fn::GetAtt of Missing"),
        ("!Sub [x]", "Fn::Sub takes a text"),
        ("!GetAtt Bucket", "Fn::GetAtt takes a logical id and an attribute"),
        ("!GetAtt Bucket.Arm", "Bucket (AWS::S3::Bucket) has no attribute Arm; did you mean Arn?"),
        ("{'Fn::Length': text}", "Fn::Length takes a list"),
        ("{'Fn::Nonsense': text}", "Fn::Nonsense is no function that stands here"),
        ("!Equals [a, b]", "Fn::Equals is no function that stands here"),
    ],
)
def test_refused(expression, cause):
    text = "Mappings: {M: {k: {a: b}}}\nResources:\n  Bucket: {Type: 'AWS::S3::Bucket'}\n"
    with pytest.raises(InputError) as error:
        resolved(resolver(text + SUBJECT % expression, made=BUCKET), "Subject")
    assert cause in error.value.cause
    assert (error.value.file, error.value.line) == ("t.yaml", 4)


@pytest.mark.parametrize(
    ("expression", "path", "reason"),
    [
        ("!Ref P", (), "parameter P has no value"),
        ("!Sub 'a-${P}'", (), "parameter P has no value"),
        ("[a, !Ref P]", (1,), "parameter P has no value"),
        ("{A: {B: !Join ['', [!Ref P]]}}", ("A", "B"), "parameter P has no value"),
        ("!Select [3, !Split [',', !Ref P]]", (), "parameter P has no value"),
        ("!ImportValue other", (), "other comes from another stack"),
        ("!Base64 {'Fn::ImportValue': other}", (), "other comes from another stack"),
        ("'x-{{resolve:ssm:/a/b:1}}'", (), "{{resolve:ssm:/a/b:1}} is read at deployment"),
        ("'{{resolve:ssm-secure:a:1}}'", (), "{{resolve:ssm-secure:a:1}} is read at deployment"),
        ("!Sub '{{resolve:secretsmanager:${Q}:SecretString:k}}'", (), "{{resolve:secretsmanager:q:SecretString:k}} is"),
        ("!Join ['', ['{{resolve:ssm:', !Ref Q, '}}']]", (), "{{resolve:ssm:q}} is read at deployment"),
        ("!If [Unknown, a, b]", (), "parameter P has no value"),
        ("[x, !If [Unknown, !Ref AWS::NoValue, b], y]", (), "parameter P has no value"),
        ("{'Fn::Transform': {Name: Mine}}", (), "Mine cannot be expanded here"),
        ("{A: b, 'Fn::Transform': {Name: AWS::Include}}", (), "AWS::Include cannot be expanded here"),
        ("!GetAtt Bucket.DomainName", (), "attribute DomainName of Bucket is not known"),
        ("!Ref Lost", (), "Lost was not made"),
        ("!GetAtt Lost.Arn", (), "Lost was not made"),
        ("!GetAtt Nested.Outputs.X", (), "nobody knows"),
    ],
)
def test_uncertain(expression, path, reason):
    made = {
        **BUCKET,
        "Lost": Made("AWS::S3::Bucket", "x", {"Arn": "y"}, lost="Lost was not made"),
        "Nested": Made("AWS::CloudFormation::Stack", "z", opaque="nobody knows"),
    }
    text = "Parameters: {P: {Type: String}, Q: {Type: String, Default: q}}\n"
    text += "Conditions: {Unknown: !Equals [!Ref P, a]}\nResources:\n"
    _, frame = resolved(resolver(text + SUBJECT % expression, made=made), "Subject")
    (found,) = frame.uncertain.items()
    assert found[0] == ("Properties", "DisplayName", *path)
    assert found[1].startswith(reason)


def test_an_unknown_condition_takes_the_first_branch():
    text = "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\nResources:\n"
    properties, _ = resolved(resolver(text + SUBJECT % "!If [C, first, second]"), "Subject")
    assert properties == {"DisplayName": "first"}


@pytest.mark.parametrize(
    ("condition", "uncertain"),
    [
        ("!And [!Condition Never, !Condition Unknown]", False),
        ("!Or [!Condition Always, !Condition Unknown]", False),
        ("!And [!Condition Always, !Condition Unknown]", True),
        ("!Or [!Condition Never, !Condition Unknown]", True),
        ("!Not [!Condition Unknown]", True),
        ("!Not [!And [!Condition Never, !Condition Unknown]]", False),
        ("!Equals [a, !Ref P]", True),
    ],
)
def test_three_valued_logic(condition, uncertain):
    text = f"""
Parameters: {{P: {{Type: String}}}}
Conditions:
  Always: !Equals [a, a]
  Never: !Equals [a, b]
  Unknown: !Equals [!Ref P, a]
  C: {condition}
Resources:
"""
    _, frame = resolved(resolver(text + SUBJECT % "!If [C, a, b]"), "Subject")
    assert bool(frame.uncertain) is uncertain


@pytest.mark.parametrize(
    ("expression", "path", "source"),
    [
        ("[a, !Ref AWS::NoValue, b]", (1,), (2,)),
        ("!If [Never, a, {K: [x, y]}]", ("K", 1), ("Fn::If", 2, "K", 1)),
        ("[!If [Never, a, !Ref AWS::NoValue], !If [Never, a, {K: v}]]", (0, "K"), (1, "Fn::If", 2, "K")),
        ("!If [Never, a, !If [Never, b, [c]]]", (0,), ("Fn::If", 2, "Fn::If", 2, 0)),
    ],
)
def test_source_paths(expression, path, source):
    text = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    _, frame = resolved(resolver(text + SUBJECT % expression), "Subject")
    wanted = ("Properties", "DisplayName", *path)
    length = max(length for length in range(len(wanted) + 1) if wanted[:length] in frame.sources)
    assert (*frame.sources[wanted[:length]], *wanted[length:]) == (
        "Resources",
        "Subject",
        "Properties",
        "DisplayName",
        *source,
    )
