"""A VPC with what stands in it, made in the account in the place of things outside the template."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from scenarios.deployment.provider import Session, Stack
from scenarios.deployment.regions import zones


class InventedVpc:
    """Makes each thing when it is first asked for; `made` maps the ids of all of them to what they are."""

    def __init__(self, session: Session, stack: Stack) -> None:
        self._session = session
        self._region = stack.region
        self._known: dict[tuple[str, str], str] = {}
        self._subnet_count = 0
        self.made: dict[str, str] = {}

    def thing(self, kind: str, name: str) -> str:
        """What stands in for the `vpc`, `subnet`, `sg`, `rtb` or `acl` called `name`: the same for the same name."""
        if (kind, name) not in self._known:
            making = {"subnet": self._subnet, "rtb": self._route_table, "acl": self._network_acl}
            found = self.vpc if kind == "vpc" else making[kind]() if kind in making else self._group(name)
            self._known[(kind, name)] = found
        return self._known[(kind, name)]

    def zone(self, name: str) -> str:
        """A zone of the Region: another for each name, as long as there are any."""
        available = zones(self._region)
        place = sum(kind == "zone" for kind, _ in self._known)
        return self._known.setdefault(("zone", name), available[place % len(available)])

    @cached_property
    def vpc(self) -> str:
        """The one invented VPC, which stands in for all."""
        identifier: str = self._ec2("create_vpc", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.made[identifier] = "a VPC outside the template"
        return identifier

    def subnets(self, name: str) -> list[str]:
        """What stands in for the subnets called `name`, in as many as three zones."""
        return [self.thing("subnet", f"{name}/{zone}") for zone in zones(self._region)[:3]]

    def _ec2(self, operation: str, **arguments: Any) -> Any:
        return getattr(self._session.client("ec2"), operation)(**arguments)

    def _subnet(self) -> str:
        """A further subnet, at the far end of the VPC's addresses, away from the template's own."""
        available = zones(self._region)
        zone = available[self._subnet_count % len(available)]
        block = f"10.0.{255 - self._subnet_count // 16}.{self._subnet_count % 16 * 16}/28"
        made = self._ec2("create_subnet", VpcId=self.vpc, CidrBlock=block, AvailabilityZone=zone)
        self._subnet_count += 1
        identifier: str = made["Subnet"]["SubnetId"]
        self.made[identifier] = "a subnet outside the template"
        return identifier

    def _group(self, name: str) -> str:
        made = self._ec2("create_security_group", GroupName=f"placeholder-{name}", Description=name, VpcId=self.vpc)
        self.made[made["GroupId"]] = "a security group outside the template"
        return str(made["GroupId"])

    def _route_table(self) -> str:
        identifier: str = self._ec2("create_route_table", VpcId=self.vpc)["RouteTable"]["RouteTableId"]
        self.made[identifier] = "a route table outside the template"
        return identifier

    def _network_acl(self) -> str:
        identifier: str = self._ec2("create_network_acl", VpcId=self.vpc)["NetworkAcl"]["NetworkAclId"]
        self.made[identifier] = "a network ACL outside the template"
        return identifier
