"""moto's EC2 backend as an account without any network has it, and without its heavy tables.

A real account may have a default VPC or not; with one, every observation would show a VPC, subnets, a route to the
internet and a security group that no template declares. `CreateDefaultVpc` still works.

Measured: parsing moto's tables of instance types takes 0.14 s on import, and only few operations look into them.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from moto.utilities import utils

_read = utils.load_resource
_TYPES = "ec2/resources/instance_types.json"
_OFFERINGS = "ec2/resources/instance_type_offerings/"
_NEEDED_BY = frozenset({"DescribeInstanceTypes", "DescribeInstanceTypeOfferings", "DescribeSpotPriceHistory"})


def load_resource(resource: str) -> Any:
    """moto's `load_resource`, except that its tables of instance types are empty."""
    if resource == _TYPES:
        return {}
    return [] if resource.startswith(_OFFERINGS) else _read(resource)


def needs_instance_types(service: str, operation: str) -> bool:
    """Whether the backend will look into the tables of instance types."""
    return service == "batch" or operation in _NEEDED_BY


def fill_instance_types() -> None:
    """Put the instance types into the tables that were left empty (their offerings by zone stay as they are)."""
    from moto.ec2.models import instance_types

    if not instance_types.INSTANCE_TYPES:
        instance_types.INSTANCE_TYPES.update(_read(_TYPES))
        instance_types.INSTANCE_FAMILIES.extend(sorted({name.split(".")[0] for name in instance_types.INSTANCE_TYPES}))
        types = map(instance_types.InstanceType, instance_types.INSTANCE_TYPES)
        instance_types.InstanceTypeBackend.instance_types.extend(types)


class _Offered(dict[str, Any]):
    """Offerings by region: all zones of the region, which is all that RunInstances looks for."""

    def __missing__(self, region: str) -> list[dict[str, str]]:
        return [
            {"Location": zone.name, "InstanceType": "", "LocationType": "availability-zone"} for zone in _zones(region)
        ]


def empty_network(backend: type[Any], region: str, account_id: str) -> Any:
    """A new EC2 backend of the region, without any VPC."""
    from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS

    INSTANCE_TYPE_OFFERINGS["availability-zone"] = _Offered()
    with patch.object(backend, "create_default_vpc", lambda _: None):
        made = backend(region, account_id=account_id)
    made.zones.setdefault(region, _zones(region))
    _name_prefix_lists(made, region)
    return made


def _name_prefix_lists(backend: Any, region: str) -> None:
    """Give AWS's own prefix lists the ids that they have in AWS, where known: templates name them as literals."""
    for prefix_list in list(backend.managed_prefix_lists.values()):
        service = prefix_list.prefix_list_name.rpartition(".")[2]
        if identifier := PREFIX_LISTS.get((region, service)):
            del backend.managed_prefix_lists[prefix_list.id]
            prefix_list.id = identifier
            prefix_list.prefix_list_arn = prefix_list.arn(region, prefix_list.owner_id)
            backend.managed_prefix_lists[identifier] = prefix_list


PREFIX_LISTS = {
    ("us-east-1", "s3"): "pl-63a5400a",
    ("us-east-2", "s3"): "pl-7ba54012",
    ("us-west-1", "s3"): "pl-6ba54002",
    ("us-west-2", "s3"): "pl-68a54001",
    ("eu-west-1", "s3"): "pl-6da54004",
    ("eu-central-1", "s3"): "pl-6ea54007",
    ("ap-southeast-1", "s3"): "pl-6fa54006",
    ("ap-northeast-2", "s3"): "pl-78a54011",
    ("us-east-1", "dynamodb"): "pl-02cd2c6b",
    ("eu-west-1", "dynamodb"): "pl-6fa54006",
}
"""Region and service -> id, as `DescribePrefixLists` answers in AWS; other regions keep moto's made-up ones."""


def _zones(region: str) -> list[Any]:
    """The region's zones; three where moto, older than the region, knows none."""
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend, Zone

    if known := RegionsAndZonesBackend.zones.get(region):
        return list(known)
    return [Zone(f"{region}{letter}", region, f"{region}-az{number}") for number, letter in enumerate("abc", 1)]
