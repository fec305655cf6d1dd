from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.holders import ANY_ROLE, POLICY_TYPES, administers, granted, holders, told
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=POLICY_TYPES,
    remediation="Name the roles in Resource, and add a condition iam:PassedToService.",
    controls=("CKV_AWS_110",),
)
def pass_any_role(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may pass every role to every service.

    Who may do that and start something gets the permissions of whichever role it likes. Asked for a role that nobody
    names and a service that nobody names.

    Source: "Grant a user permissions to pass a role to an AWS service",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    to = {"iam:passedtoservice": "a-service-that-nobody-names.amazonaws.com"}
    for holder in holders(account):
        if not administers(account, holder).allowed:
            decision = granted(account, holder, "iam:PassRole", ANY_ROLE, to)
            yield from told(holder, [("iam:PassRole", decision)], "may pass every role to every service")
