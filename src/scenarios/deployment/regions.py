"""What differs between Regions: partition, DNS suffix, availability zones.

Source: "Regions and Zones", https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
"""

from __future__ import annotations

_PARTITIONS = {"cn-": ("aws-cn", "amazonaws.com.cn"), "us-gov-": ("aws-us-gov", "amazonaws.com")}
_ZONES = {
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ca-central-1": "abd",
    "cn-north-1": "ab",
    "us-east-1": "abcdef",
    "us-west-1": "ab",
    "us-west-2": "abcd",
}


def partition(region: str) -> tuple[str, str]:
    """The partition and the DNS suffix of a Region."""
    return next((found for prefix, found in _PARTITIONS.items() if region.startswith(prefix)), ("aws", "amazonaws.com"))


def zones(region: str) -> list[str]:
    """The availability zones of a Region, as the emulated account has them."""
    return [region + letter for letter in _ZONES.get(region, "abc")]
