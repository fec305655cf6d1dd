from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.collections import COLLECTION_TYPES, network_entries
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=COLLECTION_TYPES,
    remediation="Set AllowFromPublic to false and name bedrock.amazonaws.com in SourceServices (and your VPC "
    "endpoints in SourceVPCEs).",
)
def collection_public(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The vector store is not reachable from the internet.

    With `AllowFromPublic` the collection's endpoint answers anybody who has credentials; Bedrock needs only to be
    named in `SourceServices`.

    Source: "Network access for Amazon OpenSearch Serverless",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
    """
    for collection in account.collections:
        for policy, entry in network_entries(account, collection):
            if str(entry.get("AllowFromPublic", False)).lower() == "true":
                yield violated(policy.origin, f"collection {collection.name} is reachable from the internet")
            else:
                yield holds(policy.origin, f"collection {collection.name} is not reachable from the internet")
