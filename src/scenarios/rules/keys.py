"""Whose key it is that something is encrypted with."""

from __future__ import annotations


def customer_key(key: str | None) -> str | None:
    """The key, where it is a customer managed one.

    An AWS managed key (`alias/aws/s3`) has a policy that AWS writes, and nobody in the account can stop its use.

    https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
    """
    return key if key and "alias/aws/" not in key else None
