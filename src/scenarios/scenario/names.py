"""The names of the scenarios, in the order in which they are judged and listed."""

NAMES = ("bedrock-reads-encrypted-s3", "sagemaker-in-vpc", "private-app-bedrock", "cloudtrail-bedrock-audit")
