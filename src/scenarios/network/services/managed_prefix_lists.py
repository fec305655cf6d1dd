"""The ids of AWS's own prefix lists for gateway endpoints, which differ by region.

AWS shows them through DescribeManagedPrefixLists only ("AWS-managed prefix lists",
https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html); these are the ones that
stand in public templates. An id that is not here is undecided, never taken at its word.
"""

from __future__ import annotations

_S3 = """
    pl-63a5400a pl-7ba54012 pl-6ba54002 pl-68a54001 pl-7da54014 pl-6da54004 pl-7ca54015 pl-23ad484a pl-6ea54007
    pl-c3aa4faa pl-61a54008 pl-78a54011 pl-a4a540cd pl-6fa54006 pl-6ca54005 pl-6aa54003
"""
_DYNAMODB = "pl-02cd2c6b pl-4ca54025 pl-00a54069 pl-4ea54027 pl-66a5400f pl-b3a742da"

PUBLISHED: dict[str, str] = {
    **dict.fromkeys(_S3.split(), "s3"),
    **dict.fromkeys(_DYNAMODB.split(), "dynamodb"),
}
"""Prefix-list id -> the service that it is for."""
