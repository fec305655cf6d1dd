"""The names of the scenarios, in the order in which they are judged and listed."""

NAMES = ("bedrock-reads-encrypted-s3", "sagemaker-in-vpc", "private-app-bedrock", "cloudtrail-bedrock-audit")
"""The scenarios by name; each lives in the module of its name and is imported when it is asked for."""

OPT_IN = ("baseline",)
"""Scenarios that are judged only where they are asked for: what every account should have, and many have not."""

ALL = (*NAMES, *OPT_IN)
