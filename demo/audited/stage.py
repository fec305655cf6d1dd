"""The emulated account: the audit template, those who call, and the logging of model invocations switched on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.account import Account
from scenarios.account.trail import Trail
from scenarios.deployment.engine import deploy
from scenarios.observation import observe
from scenarios.template import load

AUDIT = Path(__file__).parents[2] / "templates/cloudtrail-bedrock-audit/template.yaml"
CALLERS = Path(__file__).with_name("callers.yaml")
ACCOUNT, REGION = "123456789012", "us-east-1"
_READ = {"iam", "s3", "kms", "bedrock", "cloudtrail"}


@dataclass(frozen=True)
class Stage:
    """The account as it was observed, and the session to reach it by."""

    session: Any
    account: Account

    @property
    def trail(self) -> Trail:
        """The template's trail."""
        return self.account.trails[0]

    @property
    def guardrail(self) -> str:
        """The ARN of the template's guardrail."""
        return self.account.guardrails[0].arn


def stage(session: Any) -> Stage:
    """Deploy both templates, and switch on the logging that CloudFormation has no type for (see the README)."""
    audit = deploy(load(str(AUDIT)), session, stack_name="audit", account_id=ACCOUNT, region=REGION)
    deploy(load(str(CALLERS)), session, stack_name="callers", account_id=ACCOUNT, region=REGION)
    place = {"bucketName": audit.outputs["LogBucketName"], "keyPrefix": "invocations"}
    logging = {"s3Config": place, "textDataDeliveryEnabled": True}
    session.client("bedrock").put_model_invocation_logging_configuration(loggingConfig=logging)
    return Stage(session, observe(session, account_id=ACCOUNT, region=REGION, services=_READ))
