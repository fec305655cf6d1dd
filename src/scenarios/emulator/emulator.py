"""The emulated account: moto, reached through a boto3 session alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from moto import mock_aws
from moto.moto_api._internal import mock_random

from scenarios.emulator import defaults
from scenarios.emulator.seal import sealed
from scenarios.emulator.supplements import register

_SEED = 20120712

SERVICES = frozenset(
    """
    accessanalyzer acm apigateway apigatewayv2 application-autoscaling appsync athena autoscaling backup batch bedrock
    bedrock-agent cloudfront cloudtrail cloudwatch codebuild codecommit codepipeline cognito-identity cognito-idp config
    dynamodb ec2 ecr ecs efs eks elasticache elb elbv2 emr es events firehose glue guardduty iam inspector2 kafka
    kinesis kms lambda logs macie2 memorydb mq opensearch opensearchserverless organizations pipes ram rds redshift
    resource-groups route53 route53resolver s3 s3control s3tables s3vectors sagemaker scheduler secretsmanager
    securityhub servicediscovery ses sesv2 shield sns sqs ssm stepfunctions sts synthetics transfer wafv2 xray
    """.split()
)
"""The services whose clients a template may cause to be made. Others have hosts that moto does not intercept."""


class EmulatedSession:
    """A boto3 session whose clients are made once each: a client costs 10-70 ms, a call about 3."""

    def __init__(self, session: boto3.Session, account_id: str) -> None:
        self._session = session
        self._account_id = account_id
        self._clients: dict[str, Any] = {}

    @property
    def region_name(self) -> str:
        """The session's region."""
        return str(self._session.region_name)

    def client(self, service_name: str) -> Any:
        """The client of a service.

        Raises botocore's UnknownServiceError for a service that boto3 does not know or that is not emulated.
        """
        if service_name not in self._clients:
            if service_name not in SERVICES:
                from botocore.exceptions import UnknownServiceError

                raise UnknownServiceError(service_name=service_name, known_service_names=sorted(SERVICES))
            self._clients[service_name] = self._session.client(service_name)
            if service_name == "ec2":
                defaults.forget_default_vpc(self._account_id, self.region_name)
        return self._clients[service_name]


@contextmanager
def emulator(*, account_id: str = "123456789012", region: str = "us-east-1") -> Iterator[EmulatedSession]:
    """An empty emulated account for the length of the block, sealed off from everything else.

    Two runs that make the same calls see the same ids. An emulator inside another one is an error of ours.
    """
    environment = {
        "AWS_DEFAULT_REGION": region,
        "MOTO_ACCOUNT_ID": account_id,
        # Loading the images and instance types that moto knows takes more than a second.
        "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
        "MOTO_ALLOW_NONEXISTENT_REGION": "true",
    }
    with (
        sealed(environment),
        mock_aws(config={"core": {"reset_boto3_session": False}, "lambda": {"use_docker": False}}),
    ):
        mock_random.seed(_SEED)
        session = boto3.Session(region_name=region)
        register(session.events, account_id, region)
        yield EmulatedSession(session, account_id)
