"""Values that nobody knows, where the schema wants another type than text."""

from __future__ import annotations

import pytest

from scenarios.run.judge import deploy_and_observe
from scenarios.run.options import Options
from scenarios.template import parse

TEMPLATE = """\
Parameters:
  Name: {Type: String}
  Flag: {Type: String}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: !Ref Flag}}
  S3:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3"
      PolicyDocument: !Sub |
        {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::${Name}/*"}]}
"""


@pytest.mark.parametrize("logical_id", ["Vpc", "S3"])
def test_it_deploys_and_is_in_doubt(logical_id):
    deployment, _ = deploy_and_observe(parse(TEMPLATE, "t.yaml"), Options())
    entry = deployment.entry(logical_id)
    assert entry is not None
    assert entry.status.value == "deployed", entry


def test_a_policy_as_a_text_stays_what_it_is():
    _, account = deploy_and_observe(parse(TEMPLATE, "t.yaml"), Options())
    (endpoint,) = account.endpoints
    assert endpoint.policy is not None
    assert endpoint.policy.document["Statement"][0]["Action"] == "s3:*"
