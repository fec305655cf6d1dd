from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::SageMaker::FeatureGroup",),
    remediation="Set OnlineStoreConfig.SecurityConfig.KmsKeyId and OfflineStoreConfig.S3StorageConfig.KmsKeyId.",
    controls=("SecurityHub/SageMaker.17", "SecurityHub/SageMaker.18"),
)
def feature_store_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Feature stores are encrypted with a customer managed key.

    Features are often personal data. With a key of one's own its use can be seen, restricted and stopped. An online
    store in memory takes no key.

    Source: "Security and access control" of Feature Store,
    https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html
    """
    for group in account.feature_groups:
        if group.offline:
            at = prop(group, "OfflineStoreConfig", "S3StorageConfig")
            yield _judged(at, f"the offline store of {group.name}", group.offline_kms_key)
        at, named = prop(group, "OnlineStoreConfig"), f"the online store of {group.name}"
        if not group.online:
            yield holds(at, f"{named}: there is none")
        elif group.online_storage != "Standard":
            yield holds(at, f"{named} is in memory, and takes no key")
        else:
            yield _judged(at, named, group.online_kms_key)


def _judged(at: Origin | None, store: str, key: str | None) -> Judgement:
    if customer_key(key):
        return holds(at, f"{store} is encrypted with {key}")
    return violated(at, f"{store} has no customer managed key")
