"""An account's networks, indexed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from scenarios.account import Account
from scenarios.account.network import (
    Endpoint,
    NatGateway,
    NetworkAcl,
    PrefixList,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from scenarios.network.managed_prefix_lists import PUBLISHED


class Topology:
    """Look-ups over one account's network facts; what is not there is None, never guessed."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def stand_in(self, names: Iterable[str]) -> str | None:
        """Says of the first of these ids that only stands in for something outside what it stands for."""
        invented = dict(self.account.invented)
        return next((f"{name} stands for {invented[name]}" for name in names if name in invented), None)

    @cached_property
    def subnets(self) -> dict[str, Subnet]:
        """Subnets by id."""
        return {subnet.subnet_id: subnet for subnet in self.account.subnets}

    @cached_property
    def vpcs(self) -> dict[str, Vpc]:
        """VPCs by id."""
        return {vpc.vpc_id: vpc for vpc in self.account.vpcs}

    @cached_property
    def groups(self) -> dict[str, SecurityGroup]:
        """Security groups by id."""
        return {group.group_id: group for group in self.account.security_groups}

    @cached_property
    def prefix_lists(self) -> dict[str, PrefixList]:
        """Prefix lists by id."""
        return {found.prefix_list_id: found for found in self.account.prefix_lists}

    @cached_property
    def nat_gateways(self) -> dict[str, NatGateway]:
        """NAT gateways by id."""
        return {gateway.nat_gateway_id: gateway for gateway in self.account.nat_gateways}

    def route_table(self, subnet: Subnet) -> RouteTable | None:
        """The subnet's own route table, else its VPC's main one; none where its association is only assumed."""
        main = None
        for table in self.account.route_tables:
            if _assumed(table, subnet):
                return None
            if subnet.subnet_id in table.subnet_ids:
                return table
            if table.main and table.vpc_id == subnet.vpc_id:
                main = table
        return main

    def acl(self, subnet: Subnet) -> NetworkAcl | None:
        """The subnet's own network ACL, else its VPC's default one; none where its association is only assumed."""
        default = None
        for acl in self.account.network_acls:
            if _assumed(acl, subnet):
                return None
            if subnet.subnet_id in acl.subnet_ids:
                return acl
            if acl.is_default and acl.vpc_id == subnet.vpc_id:
                default = acl
        return default

    def unknown_association(self, subnet: Subnet) -> str:
        """What is not known of the subnet's route table or ACL, with the reason where the facts tell one."""
        holders: tuple[RouteTable | NetworkAcl, ...] = (*self.account.route_tables, *self.account.network_acls)
        reasons = (reason for holder in holders if (reason := _assumed(holder, subnet)))
        return f"of {subnet.subnet_id} is not known{''.join(f' ({reason})' for reason in reasons)}"

    def endpoints(self, vpc_id: str) -> list[Endpoint]:
        """The endpoints of one VPC."""
        return [endpoint for endpoint in self.account.endpoints if endpoint.vpc_id == vpc_id]

    def endpoint_groups(self, endpoint: Endpoint) -> tuple[str, ...]:
        """The security groups that an interface endpoint stands behind: its VPC's default one where it names none."""
        if endpoint.security_group_ids:
            return endpoint.security_group_ids
        default = (g for g in self.account.security_groups if g.is_default and g.vpc_id == endpoint.vpc_id)
        return tuple(group.group_id for group in default)

    def prefix_lists_of(self, service: str) -> frozenset[str]:
        """The ids of AWS's prefix lists for a gateway endpoint's full service name: the account's and the published."""
        own = {found.prefix_list_id for found in self.account.prefix_lists if found.name == service}
        last = service.rpartition(".")[2]
        return frozenset(own | {identifier for identifier, name in PUBLISHED.items() if name == last})


def _assumed(holder: RouteTable | NetworkAcl, subnet: Subnet) -> str | None:
    """Why the template leaves open that this table or ACL is the subnet's, if it does."""
    return next((reason for name, reason in holder.assumed if name == subnet.subnet_id), None)
