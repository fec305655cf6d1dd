from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=("AWS::SageMaker::Domain",),
    remediation="Set AuthMode to SSO.",
    controls=("Prowler/sagemaker_domain_sso_configured",),
)
def domain_sso(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Users of a Studio domain sign in through IAM Identity Center.

    Then each person signs in with an identity of their own, with the directory's second factor, and loses access
    when they leave. With `IAM` whoever may presign a domain URL enters as any profile.

    Source: "Amazon SageMaker AI domain setup with IAM Identity Center",
    https://docs.aws.amazon.com/sagemaker/latest/dg/onboard-custom.html
    """
    for domain in account.domains:
        at = prop(domain, "AuthMode")
        if domain.auth_mode == "SSO":
            yield holds(at, f"users of domain {domain.name} sign in through IAM Identity Center")
        else:
            yield violated(at, f"users of domain {domain.name} enter with IAM, by a presigned URL")
