from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Origin, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.rule import holds, rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import ANONYMOUS, FOREIGN_ACCOUNT, LetIn, described, let_in

_ASSUME = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML")


@rule(
    severity=Severity.CRITICAL,
    needs=("AWS::IAM::Role",),
    remediation="Name the principals that assume the role, or their organization (aws:PrincipalOrgID).",
    controls=("CKV_AWS_60",),
)
def role_trust_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No role lets a principal of an account that nobody knows assume it.

    Asked for a principal of an account that nobody names, in whatever form the statements admit: it chooses its own
    name, tags and external id, so that a condition on those keeps nobody out. Accounts and identity providers that the
    trust policy names are taken to be meant.

    Source: "AWS JSON policy elements: Principal",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for role in account.roles:
        calls = tuple((action, role.arn) for action in _ASSUME)
        ways = [way for way in let_in(account, role.trust, calls) if _unnamed(way.request.principal)]
        way = next((one for one in ways if one.sure), next(iter(ways), None))
        if way is None:
            yield holds(role.trust.origin, f"role {role.name} trusts nobody unknown")
            continue
        said = f"{described(way.request.principal)} may assume role {role.name}"
        verdict = Verdict.VIOLATED if way.sure else Verdict.UNKNOWN
        message = said if way.sure else f"whether {said} is not decided: {way.decision.why}"
        yield judgement(verdict, _place(way) or role.trust.origin, message, way.decision)


def _unnamed(principal: str) -> bool:
    return principal == ANONYMOUS or f"::{FOREIGN_ACCOUNT}:" in principal


def _place(way: LetIn) -> Origin | None:
    by = (*way.decision.by, *(one for layer in way.decision.layers for one in layer.statements))
    return next((one.origin for one in by if one.layer == "resource" and one.effect == "Allow" and one.origin), None)
