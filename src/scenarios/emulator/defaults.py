"""Where moto's fresh account differs from the empty one that a stack is deployed to."""

from __future__ import annotations

import json
from functools import cache
from typing import Any


def provide_managed_policy(account_id: str, partition: str, arn: str) -> None:
    """Make one AWS managed policy known, since loading all of them takes two seconds.

    One that nobody knows gets an empty document: it can be attached, and whoever reads it sees that nothing is known.
    """
    from moto.iam.models import AWSManagedPolicy, iam_backends

    backend = iam_backends[account_id][partition]
    if arn in backend.managed_policies:
        return
    name = arn.rpartition("/")[2]
    data = _managed_policies().get(name)
    if data is None:
        path = "/" + arn.partition(":policy/")[2].removesuffix(name)
        data = {
            "DefaultVersionId": "v1",
            "Path": path,
            "Document": {},
            "CreateDate": "2020-01-01T00:00:00+00:00",
            "UpdateDate": "2020-01-01T00:00:00+00:00",
        }
    backend.managed_policies[arn] = AWSManagedPolicy.from_data(name, account_id, "global", data)


@cache
def _managed_policies() -> dict[str, Any]:
    """moto's copy of AWS's managed policies by name; 0.1 s to parse."""
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    found: dict[str, Any] = json.loads(aws_managed_policies_data)
    return found


def prefix_list_id(account_id: str, region: str, service: str) -> str | None:
    """The id of AWS's own prefix list for a gateway endpoint's service, as this account's API shows it."""
    from moto.ec2.models import ec2_backends

    lists = ec2_backends[account_id][region].managed_prefix_lists.values()
    return next((found.id for found in lists if found.prefix_list_name == service), None)
