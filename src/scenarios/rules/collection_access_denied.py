from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Request, ask
from scenarios.account import Account
from scenarios.account.bedrock import KnowledgeBase
from scenarios.account.iam import Role
from scenarios.account.opensearch import Collection
from scenarios.finding import Judgement, Severity
from scenarios.rules.collections import COLLECTION_TYPES, network_entries
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope

_NEEDED = ("aoss:DescribeIndex", "aoss:ReadDocument", "aoss:WriteDocument")


@rule(
    severity=Severity.HIGH,
    needs=(*COLLECTION_TYPES, "AWS::Bedrock::KnowledgeBase", "AWS::IAM::Role", "AWS::IAM::Policy"),
    remediation="Name the role in a data access policy with aoss:DescribeIndex, aoss:ReadDocument and "
    "aoss:WriteDocument on the index, grant it aoss:APIAccessAll on the collection, and let "
    "bedrock.amazonaws.com in by the network policy.",
)
def collection_access_denied(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The knowledge base's role reaches its vector store, in all three of its policies.

    IAM (`aoss:APIAccessAll`), the collection's data access policy and its network policy each have to let it in: with
    one of them missing, ingestion and retrieval fail.

    Source: "Prerequisites for using a vector store you created for a knowledge base",
    https://docs.aws.amazon.com/bedrock/latest/userguide/knowledge-base-setup.html
    """
    for base in account.knowledge_bases:
        collection = next((one for one in account.collections if one.arn == base.storage_arn), None)
        role = account.role(base.role)
        if collection is None or role is None:
            continue
        request = Request(role.arn, "aoss:APIAccessAll", collection.arn, account.account_id)
        what = f"role {role.name} calls aoss:APIAccessAll on collection {collection.name}"
        place = role.policies[0].origin if role.policies else role.origin
        yield must_be_allowed(ask(account, request), place, what)
        yield from _data_access(account, base, collection, role)
        yield _network(account, collection)


def _data_access(account: Account, base: KnowledgeBase, collection: Collection, role: Role) -> Iterator[Judgement]:
    """Each permission on the index, as the data access policies decide it."""
    policy = next((access.policy for access in account.collection_access_policies), None)
    at = policy.origin if policy else collection.origin
    index = f"index/{collection.name}/{base.storage_index or 'any-index'}"
    for action in _NEEDED:
        decision = ask(account, Request(role.arn, action, index, account.account_id))
        what = f"role {role.name} calls {action} on {index}"
        yield must_be_allowed(decision, at, what, collection.origin)


def _network(account: Account, collection: Collection) -> Judgement:
    found = list(network_entries(account, collection))
    at = found[0][0].origin if found else collection.origin
    for _, entry in found:
        public = str(entry.get("AllowFromPublic", False)).lower() == "true"
        if public or "bedrock.amazonaws.com" in (entry.get("SourceServices") or []):
            return holds(at, f"the network policy of {collection.name} lets Bedrock in", collection.origin)
    return violated(at, f"no network policy of collection {collection.name} lets Bedrock in", collection.origin)
