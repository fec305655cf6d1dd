"""Does every resource meet what the catalogues of controls ask of it?"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.rules.baseline.bucket_versioning import bucket_versioning
from scenarios.rules.bucket_public_access_block import bucket_public_access_block
from scenarios.rules.bucket_tls_only import bucket_tls_only
from scenarios.rules.key_rotation import key_rotation
from scenarios.rules.scope import Scope
from scenarios.scenario.scenario import Scenario


def discover(account: Account) -> Scope:
    """Everything in the account: a floor has no exceptions."""
    return Scope(
        buckets=account.buckets,
        keys=account.keys,
        trails=account.trails,
        workloads=tuple(account.workloads()),
        everything=True,
    )


SCENARIO = Scenario(
    name="baseline",
    question="Does every resource meet what the catalogues of controls ask of it?",
    discover=discover,
    rules=(
        bucket_public_access_block,
        bucket_tls_only,
        bucket_versioning,
        key_rotation,
    ),
    subject_types=(),
)
