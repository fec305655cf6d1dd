"""AWS::EC2: the Region's block of public access to VPCs, and what it spares."""

from __future__ import annotations

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call

BLOCK = "ec2:vpc-block-public-access"
"""What the block goes by among origins: it has neither an ARN nor an id."""


@provider("AWS::EC2::VPCBlockPublicAccessOptions")
def options(request: Request) -> Created:
    """The mode of the account's block in the Region."""
    made = call(request.client("ec2"), "ModifyVpcBlockPublicAccessOptions", request.properties)
    shown = made["VpcBlockPublicAccessOptions"]
    account = request.stack.account_id
    attributes = {"AccountId": account, "ExclusionsAllowed": shown.get("ExclusionsAllowed", "allowed")}
    return Created(account, attributes, identity=BLOCK)


@provider("AWS::EC2::VPCBlockPublicAccessExclusion")
def exclusion(request: Request) -> Created:
    """A VPC or subnet that the block spares."""
    properties = request.properties
    made = call(request.client("ec2"), "CreateVpcBlockPublicAccessExclusion", properties, skip=("Tags",))
    identifier = made["VpcBlockPublicAccessExclusion"]["ExclusionId"]
    properties.ignore("Tags")
    return Created(identifier, {"ExclusionId": identifier}, identity=identifier)
