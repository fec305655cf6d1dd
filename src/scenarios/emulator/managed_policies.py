"""Managed policies that nobody creates in the emulated account: AWS's own, as moto ships them, and strangers.

moto's `load_aws_managed_policies` makes all 1300 of them in each fresh account: 1.3-2.2 s. Here they are parsed
once, on the first use (0.1 s), and an account knows a policy from when it is first named.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import cache
from typing import Any

_CUSTOMERS = re.compile(r"arn:[\w-]+:iam::\d{12}:policy/[\w+=,.@/-]+")


def document(arn: str) -> dict[str, Any] | None:
    """The default version of an AWS managed policy's document; None where moto does not ship the policy."""
    data = _shipped(arn)
    return deepcopy(data["Document"]) if data else None


def is_managed(arn: object) -> bool:
    """Whether an ARN is one of AWS's own policies (any partition)."""
    return isinstance(arn, str) and arn.startswith("arn:") and ":iam::aws:policy/" in arn


def is_customers(arn: object) -> bool:
    """Whether an ARN is one of a policy that a customer has made, in whichever account."""
    return isinstance(arn, str) and _CUSTOMERS.fullmatch(arn) is not None


def arns(partition: str) -> dict[str, str]:
    """The ARNs of AWS's managed policies by name, as far as moto ships them."""
    return {name: f"arn:{partition}:iam::aws:policy{data['Path']}{name}" for name, data in _all().items()}


def provide(account_id: str, partition: str, arn: str) -> None:
    """Make one AWS managed policy known to the account's IAM.

    One that moto does not ship is known by its ARN alone, so that it can be attached; nobody must read its document.
    """
    from moto.iam.models import AWSManagedPolicy

    known = _known(account_id, partition)
    if arn not in known:
        path, _, name = arn.partition(":policy")[2].rpartition("/")
        data = _shipped(arn) or _UNKNOWN | {"Path": path + "/"}
        known[arn] = AWSManagedPolicy.from_data(name, account_id, partition, data)


def admit(account_id: str, partition: str, arn: str) -> bool:
    """Make a customer's policy that nobody created here known by its ARN alone; whether it was not known before."""
    from moto.iam.models import ManagedPolicy

    known = _known(account_id, partition)
    if arn in known:
        return False
    path, _, name = arn.partition(":policy")[2].rpartition("/")
    own: dict[str, Any] = {"account_id": arn.split(":")[4], "region": partition, "path": path + "/"}
    made: Any = ManagedPolicy(name, document="{}", **own)  # type: ignore[abstract]
    made.partition = arn.split(":")[1]
    known[arn] = made
    return True


def expel(account_id: str, partition: str, arn: str) -> None:
    """Take a policy away that was only admitted, so that it can be created; whoever has it attached keeps it."""
    _known(account_id, partition).pop(arn, None)


def _known(account_id: str, partition: str) -> Any:
    """All managed policies of the account's IAM by ARN."""
    from moto.iam.models import iam_backends

    return iam_backends[account_id][partition].managed_policies


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
