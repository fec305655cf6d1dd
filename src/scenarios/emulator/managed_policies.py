"""AWS managed policies, as moto ships them.

moto's `load_aws_managed_policies` makes all 1300 of them in each fresh account: 1.3-2.2 s. Here they are parsed
once, on the first use (0.1 s), and an account knows a policy from when it is first named.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any


def document(arn: str) -> dict[str, Any] | None:
    """The default version of an AWS managed policy's document; None where moto does not ship the policy."""
    data = _shipped(arn)
    return deepcopy(data["Document"]) if data else None


def is_managed(arn: object) -> bool:
    """Whether an ARN is one of AWS's own policies (any partition)."""
    return isinstance(arn, str) and arn.startswith("arn:") and ":iam::aws:policy/" in arn


def provide(account_id: str, partition: str, arn: str) -> None:
    """Make one AWS managed policy known to the account's IAM.

    One that moto does not ship is known by its ARN alone, so that it can be attached; nobody must read its document.
    """
    from moto.iam.models import AWSManagedPolicy, iam_backends

    backend = iam_backends[account_id][partition]
    if arn not in backend.managed_policies:
        path, _, name = arn.partition(":policy")[2].rpartition("/")
        data = _shipped(arn) or _UNKNOWN | {"Path": path + "/"}
        backend.managed_policies[arn] = AWSManagedPolicy.from_data(name, account_id, partition, data)


_UNKNOWN: dict[str, Any] = {
    "DefaultVersionId": "v1",
    "Document": {},
    "CreateDate": "2020-01-01T00:00:00+00:00",
    "UpdateDate": "2020-01-01T00:00:00+00:00",
}


def _shipped(arn: str) -> dict[str, Any] | None:
    if not is_managed(arn):
        return None
    path, _, name = arn.partition(":policy")[2].rpartition("/")
    data = _all().get(name)
    return data if data is not None and data["Path"] == path + "/" else None


@cache
def _all() -> dict[str, dict[str, Any]]:
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    found: dict[str, dict[str, Any]] = json.loads(aws_managed_policies_data)
    return found
