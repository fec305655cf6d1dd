from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.holders import POLICY_TYPES, administers, holders
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=POLICY_TYPES,
    remediation="Name the actions and resources that are needed.",
    controls=(
        "SecurityHub/IAM.1",
        "CKV_AWS_62",
        "Prowler/iam_aws_attached_policy_no_administrative_privileges",
        "Prowler/iam_customer_attached_policy_no_administrative_privileges",
        "Prowler/iam_customer_unattached_policy_no_administrative_privileges",
        "Prowler/iam_inline_policy_no_administrative_privileges",
        "Prowler/iam_group_administrator_access_policy",
        "Prowler/iam_role_administratoraccess_policy",
        "Prowler/iam_user_administrator_access_policy",
    ),
)
def admin_policy(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may do everything.

    Asked for an action of a service that does not exist, and for one that IAM does not have, on resources that do not
    exist: who may do that was given everything, be it by `*`, by NotAction, or by an AWS managed policy. Boundaries and
    Denies count. Managed policies that nobody has are judged too: another stack may attach them. Who is kept out of IAM
    alone (PowerUserAccess) is left to the rules on reading, writing and decrypting everything.

    Source: "Security best practices in IAM", https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    for holder in holders(account):
        decision = administers(account, holder)
        at = next((by.origin for by in decision.by if by.origin), holder.origin)
        if decision.allowed:
            yield judgement(Verdict.VIOLATED, at, f"{holder.name} may do everything", decision)
        elif decision.denied:
            yield judgement(Verdict.HOLDS, holder.origin, f"{holder.name} may not do everything", decision)
        else:
            message = f"whether {holder.name} may do everything is not decided: {decision.why}"
            yield judgement(Verdict.UNKNOWN, at, message, decision)
