"""S3 access points, as far as they decide by themselves.

Source: "Creating access points restricted to a virtual private cloud",
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
"""

from __future__ import annotations

import json

from scenarios.access.request import ContextValue
from scenarios.account.base import Policy
from scenarios.account.s3 import AccessPoint


def access_point_keys(point: AccessPoint) -> dict[str, ContextValue]:
    """The keys that a request through the access point carries, for its own policy and the bucket's.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
    """
    return {
        "s3:dataaccesspointarn": point.arn,
        "s3:dataaccesspointaccount": point.arn.split(":")[4],
        "s3:accesspointnetworkorigin": "VPC" if point.vpc_id else "Internet",
    }


def vpc_only(point: AccessPoint) -> Policy:
    """The confinement of an access point to its VPC, told as a policy: everything else is denied."""
    statement = {
        "Sid": "OnlyFromItsVpc",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [point.arn, f"{point.arn}/object/*"],
        "Condition": {"StringNotEquals": {"aws:SourceVpc": point.vpc_id}},
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]}, sort_keys=True)
    return Policy(name="VPC configuration of the access point", text=text, origin=point.origin)
