from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import invoke_model, may
from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.reads import DATA_TYPES, place_to_grant
from scenarios.rules.rule import prop, rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=(*DATA_TYPES, "AWS::Bedrock::KnowledgeBase"),
    remediation="Grant the role bedrock:InvokeModel on the embedding model's ARN.",
)
def embedding_model_denied(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The knowledge base's role may invoke its embedding model.

    Without it ingestion fails although every document can be read. An inference profile takes the profile's ARN and
    each destination region's model.

    Source: "Create a service role for Amazon Bedrock Knowledge Bases",
    https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html
    """
    for base in account.knowledge_bases:
        role = account.role(base.role)
        if role is None or not base.embedding_model:
            continue
        for decision in may(account, invoke_model(account, role.arn, base.embedding_model)):
            what = f"role {role.name} invokes embedding model {base.embedding_model}"
            named = prop(base, "KnowledgeBaseConfiguration", "VectorKnowledgeBaseConfiguration", "EmbeddingModelArn")
            yield must_be_allowed(decision, place_to_grant(role), what, named)
