from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
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
    store in memory takes no key and is not judged.

    Source: "Security and access control" of Feature Store,
    https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html
    """
    for group in account.feature_groups:
        stores = [("offline", group.offline, group.offline_kms_key, ("OfflineStoreConfig", "S3StorageConfig"))]
        standard = group.online and group.online_storage == "Standard"
        stores.append(("online", standard, group.online_kms_key, ("OnlineStoreConfig", "SecurityConfig")))
        for what, there, key, path in stores:
            at = prop(group, *path)
            if there and key:
                yield holds(at, f"the {what} store of {group.name} is encrypted with {key}")
            elif there:
                yield violated(at, f"the {what} store of {group.name} has no customer managed key")
