"""OpenSearch Serverless: all kinds, and the security group of an endpoint that names none.

moto's backend breaks down on an encryption policy with `AWSOwnedKey` and on network policies, which are lists; it
has no access policies.
"""

from __future__ import annotations

import json
from typing import Any

from scenarios.emulator.supplements.ec2 import default_group
from scenarios.emulator.supplements.missing import Kind
from scenarios.emulator.supplements.record import Held, Record

_SERVICE = "opensearchserverless"


def _policy(asked: Held) -> Held:
    """Requests hold the policy as text, answers as a document."""
    return asked | {"policy": json.loads(asked["policy"])} if "policy" in asked else asked


def _policies(what: str) -> Kind:
    return Kind(
        _SERVICE,
        f"{what}Policy",
        identity="name",
        parents=("type",),
        fresh={"policyVersion": "MTcwMDAwMDAwMDAwMF8x"},
        mend=_policy,
        list=f"List{what}Policies",
    )


KINDS = (
    _policies("Security"),
    _policies("Access"),
    Kind(
        _SERVICE,
        "Collection",
        identity="id",
        arn="arn:{partition}:aoss:{region}:{account}:collection/{id}",
        arn_member="arn",
        length=20,
        lower=True,
        fresh={
            "status": "ACTIVE",
            "type": "TIMESERIES",
            "standbyReplicas": "ENABLED",
            "collectionEndpoint": "https://{id}.{region}.aoss.amazonaws.com",
            "dashboardEndpoint": "https://{id}.{region}.aoss.amazonaws.com/_dashboards",
        },
        batch="BatchGetCollection",
    ),
    Kind(
        _SERVICE,
        "VpcEndpoint",
        identity="id",
        length=17,
        lower=True,
        prefix="vpce-",
        fresh={"status": "ACTIVE"},
        batch="BatchGetVpcEndpoint",
    ),
)


def register(events: Any, record: Record) -> None:
    """An endpoint without groups gets its VPC's default one, as every interface endpoint does.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
    """

    def complete(params: dict[str, Any], **_: Any) -> None:
        group = default_group(record, str(params.get("vpcId")))
        if not params.get("securityGroupIds") and group:
            params["securityGroupIds"] = [group]

    events.register(f"provide-client-params.{_SERVICE}.CreateVpcEndpoint", complete)
