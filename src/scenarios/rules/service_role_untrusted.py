from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.trust import assumed_somehow


@rule(
    severity=Severity.HIGH,
    needs=("AWS::IAM::Role",),
    remediation="Name the service in the role's trust policy (Principal: Service, Action: sts:AssumeRole), with "
    "aws:SourceAccount this account.",
)
def service_role_untrusted(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The service may assume the role that it is given.

    Whatever the role may do, the service does none of it while the trust policy names another service, another
    action, or another account's jobs. Asked as the service would ask for each kind of job of this account.

    Source: "How to use an execution role in Amazon SageMaker AI",
    https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html, and "Create a service role for Amazon Bedrock
    Knowledge Bases", https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html
    """
    for subject in scope.service_roles:
        if subject.used:
            decision = assumed_somehow(account, subject)
            what = f"{subject.service} assumes role {subject.role.name} for a job of this account"
            yield must_be_allowed(decision, subject.role.trust.origin or subject.role.origin, what)
