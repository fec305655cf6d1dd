from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    needs=("AWS::Bedrock::DataSource",),
    remediation="Set ServerSideEncryptionConfiguration.KmsKeyArn on the data source.",
    controls=("SecurityHub/Bedrock.1", "Prowler/bedrock_knowledge_base_encrypted_with_cmk"),
)
def data_source_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A data source's transient data is encrypted with a customer managed key.

    While it ingests, Bedrock keeps the documents' text for a time; without a key of one's own under a key that AWS
    owns.

    Source: "Encryption of knowledge base resources",
    https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html
    """
    for source in account.data_sources:
        at = prop(source, "ServerSideEncryptionConfiguration")
        if customer_key(source.kms_key):
            yield holds(at, f"data source {source.name} encrypts with {source.kms_key}")
        else:
            yield violated(at, f"data source {source.name} has no customer managed key for ingestion")
