"""What is gone for good when the physical resource is deleted."""

from __future__ import annotations

_TABLE = "the table is deleted with its items"
_DATABASE = "the database is deleted with its data"
_KEY = "the key is scheduled for deletion: what it encrypts cannot be read any more"

_LOSSES = {
    "AWS::Backup::BackupVault": "the vault is deleted",
    "AWS::Cassandra::Table": _TABLE,
    "AWS::CloudTrail::EventDataStore": "the event data store is deleted with its events",
    "AWS::CloudTrail::Trail": "the trail is deleted: nothing is recorded until another one does",
    "AWS::CodeCommit::Repository": "the repository is deleted with its code",
    "AWS::Cognito::UserPool": "the user pool is deleted with its users",
    "AWS::DocDB::DBCluster": _DATABASE,
    "AWS::DynamoDB::GlobalTable": _TABLE,
    "AWS::DynamoDB::Table": _TABLE,
    "AWS::EC2::Volume": "the volume is deleted",
    "AWS::ECR::Repository": "the repository is deleted; one that holds images makes the deletion fail",
    "AWS::EFS::FileSystem": "the file system is deleted with its files",
    "AWS::ElastiCache::CacheCluster": _DATABASE,
    "AWS::ElastiCache::ReplicationGroup": _DATABASE,
    "AWS::ElastiCache::ServerlessCache": _DATABASE,
    "AWS::Elasticsearch::Domain": "the domain is deleted with its indexes",
    "AWS::FSx::FileSystem": "the file system is deleted with its files",
    "AWS::KMS::Key": _KEY,
    "AWS::KMS::ReplicaKey": _KEY,
    "AWS::Kinesis::Stream": "the stream is deleted with its records",
    "AWS::Logs::LogGroup": "the log group is deleted with its logs",
    "AWS::MSK::Cluster": "the cluster is deleted with its topics' records",
    "AWS::MemoryDB::Cluster": _DATABASE,
    "AWS::Neptune::DBCluster": _DATABASE,
    "AWS::NeptuneGraph::Graph": _DATABASE,
    "AWS::OpenSearchServerless::Collection": "the collection is deleted with its indexes",
    "AWS::OpenSearchService::Domain": "the domain is deleted with its indexes",
    "AWS::RDS::DBCluster": _DATABASE,
    "AWS::RDS::DBInstance": _DATABASE,
    "AWS::Redshift::Cluster": _DATABASE,
    "AWS::S3::Bucket": "the bucket is deleted; one that holds objects makes the deletion fail",
    "AWS::S3Tables::TableBucket": "the table bucket is deleted",
    "AWS::S3Vectors::Index": "the index is deleted with its vectors",
    "AWS::S3Vectors::VectorBucket": "the vector bucket is deleted",
    "AWS::SageMaker::FeatureGroup": "the feature group is deleted with its online records",
    "AWS::SecretsManager::Secret": "the secret is scheduled for deletion",
    "AWS::SQS::Queue": "the queue is deleted with its messages",
    "AWS::Timestream::Database": _DATABASE,
    "AWS::Timestream::Table": _TABLE,
}

_SNAPSHOTS = {
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
}
"""The types of which a snapshot can be left: "DeletionPolicy attribute",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html"""


def loss(resource_type: str, policy: str) -> str | None:
    """What is lost with a resource of this type that `policy` lets go; None where it can be made anew from a template.

    `Snapshot` leaves a snapshot behind, where the type has any.
    """
    lost = _LOSSES.get(resource_type)
    left = policy == "Snapshot" and resource_type in _SNAPSHOTS
    return f"{lost}; a snapshot remains" if lost and left else lost
