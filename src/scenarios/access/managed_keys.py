"""AWS managed keys (`alias/aws/s3` and the like), whose policies AWS writes.

Source: "AWS managed keys", https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key: such a
key's policy lets every principal of its account use it through its service, and nobody otherwise.
"""

from __future__ import annotations

import json

from scenarios.account import Account
from scenarios.account.base import Policy

_USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey"]


def aws_managed_key(account: Account, identifier: str) -> Policy | None:
    """The policy of the AWS managed key with this alias (name or ARN); nothing where it is none."""
    alias = identifier.rpartition(":")[2]
    if not alias.startswith("alias/aws/"):
        return None
    owner = identifier.split(":")[4] if identifier.startswith("arn:") else account.account_id
    service = alias.removeprefix("alias/aws/")
    via = {"kms:CallerAccount": owner, "kms:ViaService": f"{service}.{account.region}.amazonaws.com"}
    use = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": _USE, "Resource": "*"}
    statements = [
        use | {"Sid": f"Allow access through {service}", "Condition": {"StringEquals": via}},
        {
            "Sid": "Allow direct access to key metadata",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:{account.partition}:iam::{owner}:root"},
            "Action": ["kms:Describe*", "kms:Get*", "kms:List*"],
            "Resource": "*",
        },
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, sort_keys=True)
    return Policy(name=alias, text=text, aws_managed=True)
