from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.grants import granted_by_identity
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=DATA_TYPES,
    remediation="Name the data source's bucket in Resource instead of a wildcard.",
    controls=("CKV_AWS_108",),
)
def data_read_overbroad(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The role reads no bucket besides those that it is meant for.

    Asked for an object in a bucket that no template names: only a wildcard in `Resource` matches it.

    Source: "Create a service role for Amazon Bedrock Knowledge Bases",
    https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html
    """
    for role in {path.role.arn: path.role for path in scope.data_paths}.values():
        resource = f"arn:{account.partition}:s3:::a-bucket-that-nobody-named/any-object"
        decision = granted_by_identity(account, role, "s3:GetObject", resource)
        where = next((by.origin for by in decision.by if by.origin), role.origin)
        what = f"role {role.name}: s3:GetObject on any other bucket of the account"
        if decision.allowed:
            yield judgement(Verdict.VIOLATED, where, f"{what}: allowed by its own policies", decision)
        elif decision.denied:
            yield judgement(Verdict.HOLDS, role.origin, f"{what}: denied", decision)
        else:
            yield judgement(Verdict.UNKNOWN, where, f"{what}: not decided, because {decision.why}", decision)
