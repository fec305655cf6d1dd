"""Numbers that AWS counts up when an update changes something in place, so that what refers to them changes too.

Sources: "AWS::EC2::LaunchTemplate", return values,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html; "Lambda
function versions", https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scenarios.deployment.differences import Difference
from scenarios.deployment.provider import Created, Request
from scenarios.deployment.scope import Made

_VERSION = "AWS::Lambda::Version"
_COUNTED = {"AWS::EC2::LaunchTemplate": ("LaunchTemplateData", "LatestVersionNumber")}
"""By type: the property whose change makes another version, and the attribute that says which is the latest."""


def counted(kind: str, attributes: Mapping[str, Any], found: tuple[Difference, ...]) -> dict[str, Any]:
    """The attributes after a change in place."""
    changed, latest = _COUNTED.get(kind, ("", ""))
    was = str(attributes.get(latest, ""))
    if not was.isdigit() or not any(one.path[0] == changed for one in found):
        return dict(attributes)
    return {**attributes, latest: type(attributes[latest])(int(was) + 1)}


def published(request: Request, created: Created, standing: Mapping[str, Made], changed: set[str]) -> Created:
    """A version of a function as it is made when the update changes the function first: nothing here applies that, and
    an unchanged function has no second version. `changed` are the physical ids of what changes."""
    stood = [made for made in standing.values() if made.type == _VERSION and made.physical_id == created.physical_id]
    head, _, number = created.physical_id.rpartition(":")
    function = head.rpartition(":")[2]
    if request.type != _VERSION or not stood or function not in changed or not number.isdigit():
        return created
    heads = (made.physical_id.rpartition(":") for made in standing.values() if made.type == _VERSION)
    following = str(max(int(last) for one, _, last in heads if one == head and last.isdigit()) + 1)
    arn = f"{head}:{following}"
    return replace(
        created, physical_id=arn, attributes={**created.attributes, "Version": following, "FunctionArn": arn}
    )
