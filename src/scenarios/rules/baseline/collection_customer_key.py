from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.collections import COLLECTION_TYPES, encryption_entries
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=COLLECTION_TYPES,
    remediation="Set AWSOwnedKey to false and KmsARN to a customer managed key in the encryption policy.",
)
def collection_customer_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A collection is encrypted with a customer managed key.

    A vector store holds the documents' text beside the vectors. With `AWSOwnedKey` nobody in the account can see,
    restrict or stop the use of its key.

    Source: "Encryption at rest for Amazon OpenSearch Serverless",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html
    """
    for collection in account.collections:
        found = False
        for policy, entry in encryption_entries(account, collection):
            found = True
            if customer_key(entry.get("KmsARN")) and str(entry.get("AWSOwnedKey", False)).lower() != "true":
                yield holds(policy.origin, f"collection {collection.name} is encrypted with {entry['KmsARN']}")
            else:
                yield violated(policy.origin, f"collection {collection.name} is encrypted with a key that AWS owns")
        if not found:
            yield unknown(collection.origin, f"no encryption policy here covers collection {collection.name}")
