"""EC2: the Region's block of public access to VPCs, and its exclusions, of which moto has nothing.

https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.missing import Kind
from scenarios.emulator.supplements.record import Answer, Held, Record, answer, parameters

_EXCLUSION = "VpcBlockPublicAccessExclusion"


def _target(asked: Held) -> Held:
    """The request with the ARN's last part, which names a VPC or a subnet."""
    for key, kind in (("VpcId", "vpc"), ("SubnetId", "subnet")):
        if asked.get(key):
            return asked | {"target": f"{kind}/{asked[key]}"}
    return asked


KINDS = (
    Kind(
        "ec2",
        _EXCLUSION,
        identity="ExclusionId",
        length=17,
        lower=True,
        prefix="vpcbpa-exclude-",
        fresh={"ResourceArn": "arn:{partition}:ec2:{region}:{account}:{target}", "State": "create-complete"},
        mend=_target,
        list=f"Describe{_EXCLUSION}s",
    ),
)


def register(events: Any, record: Record) -> None:
    """Keep the mode, which is off as long as nobody has changed it."""
    held = record.of("ec2.public-access-block")

    def shown() -> Answer:
        own = {"AwsAccountId": record.account_id, "AwsRegion": record.region, "ExclusionsAllowed": "allowed"}
        state = {"State": "update-complete" if held else "default-state", "ManagedBy": "account"}
        mode = held.get("mode", {"InternetGatewayBlockMode": "off"})
        return answer({"VpcBlockPublicAccessOptions": {**own, **state, **mode}})

    def modify(context: Any, **_: Any) -> Answer:
        held["mode"] = {"InternetGatewayBlockMode": parameters(context)["InternetGatewayBlockMode"]}
        return shown()

    events.register("before-call.ec2.ModifyVpcBlockPublicAccessOptions", modify)
    events.register("before-call.ec2.DescribeVpcBlockPublicAccessOptions", lambda **_: shown())
