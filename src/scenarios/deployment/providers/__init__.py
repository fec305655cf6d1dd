"""Providers: how each resource type is made through boto3. One module a service."""

from __future__ import annotations

import keyword


def module_for(resource_type: str) -> str:
    """The module that holds the provider of `resource_type`, whether or not there is one: `AWS::S3::Bucket` -> `s3`."""
    parts = resource_type.split("::")
    service = parts[1].lower() if len(parts) == 3 and parts[0] == "AWS" else "none"
    return f"{__name__}.{service}_" if keyword.iskeyword(service) else f"{__name__}.{service}"
