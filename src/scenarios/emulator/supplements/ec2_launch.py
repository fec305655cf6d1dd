"""EC2: what an instance takes from its launch template; moto takes the image, the groups and little else.

"Any parameters that you specify in RunInstances override the same parameters in the launch template":
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.emulator.supplements.record import Record

_TAKEN = ("IamInstanceProfile", "SecurityGroupIds", "MetadataOptions", "Ipv6AddressCount")
_CARD = {
    "DeviceIndex": int,
    "SubnetId": str,
    "AssociatePublicIpAddress": bool,
    "Ipv6AddressCount": int,
    "NetworkInterfaceId": str,
    "PrivateIpAddress": str,
}


def register(events: Any, record: Record) -> None:
    """Complete the parameters before moto sees them."""

    def complete(params: dict[str, Any], **_: Any) -> None:
        named = params.get("LaunchTemplate")
        data = _data(record, named) if isinstance(named, dict) else {}
        for key in _TAKEN:
            if data.get(key) and not params.get(key):
                params[key] = data[key]
        if data.get("NetworkInterfaces") and not params.get("NetworkInterfaces"):
            params["NetworkInterfaces"] = _cards(params, data["NetworkInterfaces"])

    events.register("provide-client-params.ec2.RunInstances", complete)


def _data(record: Record, named: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the template says in the version that is named; nothing where there is no such template."""
    from moto.ec2.models import ec2_backends

    backend = ec2_backends[record.account_id][record.region]
    key = str(named.get("LaunchTemplateId") or named.get("LaunchTemplateName"))
    for template in backend.launch_templates.values():
        if key in (template.id, template.name):
            found: Mapping[str, Any] = template.get_version(str(named.get("Version") or "$Default")).data
            return found
    return {}


def _cards(params: dict[str, Any], cards: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The template's interfaces; what the request says of the instance's place goes to the first."""
    made = [_card(card) for card in cards]
    for key in ("SubnetId", "PrivateIpAddress", "Ipv6AddressCount"):
        if key in params:
            made[0][key] = params.pop(key)
    if groups := params.pop("SecurityGroupIds", None):
        made[0].setdefault("Groups", groups)
    return made


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {key: kind(card[key]) for key, kind in _CARD.items() if card.get(key) is not None}
    if card.get("Groups"):
        made["Groups"] = [str(group) for group in card["Groups"]]
    return {"DeviceIndex": 0, **made}
