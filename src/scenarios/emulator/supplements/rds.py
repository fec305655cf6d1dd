"""RDS: names of engines in any case, which AWS takes and answers in lower case, and an instance's default group.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.ec2 import default_group
from scenarios.emulator.supplements.record import Record


def register(events: Any, record: Record) -> None:
    """Complete the parameters before moto sees them."""

    def lower(params: dict[str, Any], **_: Any) -> None:
        if isinstance(params.get("Engine"), str):
            params["Engine"] = params["Engine"].lower()
        if str(params.get("StorageType")).startswith("aurora"):  # moto breaks down on Aurora's own types of storage
            del params["StorageType"]

    def complete(params: dict[str, Any], **_: Any) -> None:
        vpc = _vpc(record, params.get("DBSubnetGroupName"))
        if vpc and not params.get("VpcSecurityGroupIds") and (group := default_group(record, vpc)):
            params["VpcSecurityGroupIds"] = [group]

    for operation in ("CreateDBInstance", "CreateDBCluster"):
        events.register(f"provide-client-params.rds.{operation}", lower)
    events.register("provide-client-params.rds.CreateDBInstance", complete)


def _vpc(record: Record, subnet_group: object) -> str:
    """The VPC of a subnet group; empty where there is no such group."""
    from moto.rds.models import rds_backends

    found = rds_backends[record.account_id][record.region].subnet_groups.get(str(subnet_group))
    return str(found.vpc_id) if found is not None else ""
