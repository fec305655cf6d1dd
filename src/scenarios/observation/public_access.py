"""The Region's block of public access to VPCs.

https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.account import network
from scenarios.finding import Origin, PropertyPath
from scenarios.observation.reader import Reader

_WHAT = "ec2.public_access_block"
_GONE = frozenset({"create-failed", "delete-in-progress", "delete-complete", "disable-in-progress", "disable-complete"})


def read(reader: Reader) -> dict[str, Any]:
    """The block's mode, and the VPCs and subnets that it spares."""
    found = reader.call(_WHAT, "ec2", "describe_vpc_block_public_access_options").get("VpcBlockPublicAccessOptions")
    if not found:
        return {}
    mode = found.get("InternetGatewayBlockMode", "off")
    operation, member = "describe_vpc_block_public_access_exclusions", "VpcBlockPublicAccessExclusions"
    # "not-allowed": the organization's declarative policy leaves no room for them.
    listed = reader.pages(_WHAT, "ec2", operation, member) if found.get("ExclusionsAllowed") != "not-allowed" else ()
    there = [item for item in listed if item.get("State") not in _GONE]
    origin = reader.origin("ec2:vpc-block-public-access")
    block = network.PublicAccessBlock(
        mode=mode,
        excluded=tuple((_target(item), str(item.get("InternetGatewayExclusionMode"))) for item in there),
        uncertain=(*reader.uncertain(origin), *_unsaid(reader, origin), *_unsure(reader, there)),
        origin=origin,
    )
    return {"public_access_block": block}


def _target(item: dict[str, Any]) -> str:
    return str(item["ResourceArn"]).rpartition("/")[2]


def _unsaid(reader: Reader, origin: Origin | None) -> Iterator[tuple[PropertyPath, str]]:
    """That a template has exclusions alone: then the mode is set outside it."""
    if origin is None and reader.services is not None:
        yield ("Properties", "InternetGatewayBlockMode"), "the mode is set outside the template"


def _unsure(reader: Reader, exclusions: list[dict[str, Any]]) -> Iterator[tuple[PropertyPath, str]]:
    """Why nobody knows what an exclusion spares."""
    for item in exclusions:
        if (reason := reader.doubt(reader.origin(item["ExclusionId"]))) is not None:
            yield ("Properties", "Exclusions", _target(item)), reason
