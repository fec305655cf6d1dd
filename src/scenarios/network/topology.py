"""An account's networks, indexed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from scenarios.account import Account
from scenarios.account.network import (
    DhcpOptions,
    Endpoint,
    InternetGateway,
    NatGateway,
    NetworkAcl,
    Peering,
    PrefixList,
    RouteTable,
    SecurityGroup,
    Subnet,
    TransitGatewayAttachment,
    TransitGatewayRouteTable,
    Vpc,
)
from scenarios.account.opensearch import CollectionEndpoint
from scenarios.network.needed.calls import COLLECTION
from scenarios.network.services.managed_prefix_lists import PUBLISHED
from scenarios.network.sets.addresses import EVERY_ADDRESS, block, blocks
from scenarios.network.sets.ranges import Ranges


class Topology:
    """Look-ups over one account's network facts; what is not there is None, never guessed.

    `memo` keeps what was worked out of them, for all who ask again.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.memo: dict[Any, Any] = {}

    def stand_in(self, names: Iterable[str]) -> str | None:
        """Says of the first of these ids that only stands in for something outside what it stands for."""
        return next((f"{name} stands for {self._invented[name]}" for name in names if name in self._invented), None)

    @cached_property
    def _invented(self) -> dict[str, str]:
        return dict(self.account.invented)

    @cached_property
    def subnets(self) -> dict[str, Subnet]:
        """Subnets by id."""
        return {subnet.subnet_id: subnet for subnet in self.account.subnets}

    @cached_property
    def subnets_of(self) -> dict[str, list[Subnet]]:
        """The subnets of each VPC."""
        found: dict[str, list[Subnet]] = defaultdict(list)
        for subnet in self.account.subnets:
            found[subnet.vpc_id].append(subnet)
        return found

    @cached_property
    def vpcs(self) -> dict[str, Vpc]:
        """VPCs by id."""
        return {vpc.vpc_id: vpc for vpc in self.account.vpcs}

    @cached_property
    def groups(self) -> dict[str, SecurityGroup]:
        """Security groups by id."""
        return {group.group_id: group for group in self.account.security_groups}

    @cached_property
    def default_groups(self) -> dict[str, SecurityGroup]:
        """The default security group of each VPC."""
        return {group.vpc_id: group for group in self.account.security_groups if group.is_default}

    @cached_property
    def prefix_lists(self) -> dict[str, PrefixList]:
        """Prefix lists by id."""
        return {found.prefix_list_id: found for found in self.account.prefix_lists}

    @cached_property
    def nat_gateways(self) -> dict[str, NatGateway]:
        """NAT gateways by id."""
        return {gateway.nat_gateway_id: gateway for gateway in self.account.nat_gateways}

    @cached_property
    def internet_gateways(self) -> dict[str, InternetGateway]:
        """Internet gateways, egress-only ones among them, by id."""
        return {gateway.gateway_id: gateway for gateway in self.account.internet_gateways}

    @cached_property
    def peerings(self) -> dict[str, Peering]:
        """Peering connections by id."""
        return {peering.peering_id: peering for peering in self.account.peerings}

    @cached_property
    def attachments(self) -> dict[str, TransitGatewayAttachment]:
        """Transit gateway attachments by id."""
        return {one.attachment_id: one for one in self.account.transit_gateway_attachments}

    @cached_property
    def transit_tables(self) -> dict[str, TransitGatewayRouteTable]:
        """The transit gateway route table of each attachment."""
        tables = self.account.transit_gateway_route_tables
        return {attachment: table for table in tables for attachment in table.associations}

    @cached_property
    def dhcp_options(self) -> dict[str, DhcpOptions]:
        """DHCP option sets by id."""
        return {options.dhcp_options_id: options for options in self.account.dhcp_options}

    def route_table(self, subnet: Subnet) -> RouteTable | None:
        """The subnet's own route table, else its VPC's main one; none where its association is only assumed."""
        if subnet.subnet_id in self._assumed_tables:
            return None
        return self._own_tables.get(subnet.subnet_id) or self._main_tables.get(subnet.vpc_id)

    @cached_property
    def _own_tables(self) -> dict[str, RouteTable]:
        return {name: table for table in self.account.route_tables for name in table.subnet_ids}

    @cached_property
    def _main_tables(self) -> dict[str, RouteTable]:
        return {table.vpc_id: table for table in self.account.route_tables if table.main}

    @cached_property
    def edge_tables(self) -> dict[str, RouteTable]:
        """The route table of each internet gateway that has one."""
        return {name: table for table in self.account.route_tables for name in table.gateway_ids}

    @cached_property
    def _assumed_tables(self) -> dict[str, str]:
        return {name: reason for table in self.account.route_tables for name, reason in table.assumed}

    def acl(self, subnet: Subnet) -> NetworkAcl | None:
        """The subnet's own network ACL, else its VPC's default one; none where its association is only assumed."""
        if subnet.subnet_id in self._assumed_acls:
            return None
        return self._own_acls.get(subnet.subnet_id) or self._default_acls.get(subnet.vpc_id)

    @cached_property
    def _own_acls(self) -> dict[str, NetworkAcl]:
        return {name: acl for acl in self.account.network_acls for name in acl.subnet_ids}

    @cached_property
    def _default_acls(self) -> dict[str, NetworkAcl]:
        return {acl.vpc_id: acl for acl in self.account.network_acls if acl.is_default}

    @cached_property
    def _assumed_acls(self) -> dict[str, str]:
        return {name: reason for acl in self.account.network_acls for name, reason in acl.assumed}

    def unknown_association(self, subnet: Subnet) -> str:
        """What is not known of the subnet's route table or ACL, with the reason where the facts tell one."""
        reasons = (self._assumed_tables.get(subnet.subnet_id), self._assumed_acls.get(subnet.subnet_id))
        return f"of {subnet.subnet_id} is not known{''.join(f' ({reason})' for reason in reasons if reason)}"

    def endpoints(self, vpc_id: str) -> list[Endpoint]:
        """The endpoints of one VPC."""
        return self._endpoints[vpc_id]

    @cached_property
    def _endpoints(self) -> dict[str, list[Endpoint]]:
        found: dict[str, list[Endpoint]] = defaultdict(list)
        managed = (_to_collections(one, self.account.region) for one in self.account.collection_endpoints)
        for endpoint in (*self.account.endpoints, *managed):
            found[endpoint.vpc_id].append(endpoint)
        return found

    def endpoint_groups(self, endpoint: Endpoint) -> tuple[str, ...]:
        """The security groups that an interface endpoint stands behind: its VPC's default one where it names none."""
        if endpoint.security_group_ids:
            return endpoint.security_group_ids
        default = self.default_groups.get(endpoint.vpc_id)
        return (default.group_id,) if default else ()

    def prefix_lists_of(self, service: str) -> frozenset[str]:
        """The ids of AWS's prefix lists for a gateway endpoint's full service name: the account's and the published."""
        own = {found.prefix_list_id for found in self.account.prefix_lists if found.name == service}
        last = service.rpartition(".")[2]
        return frozenset(own | {identifier for identifier, name in PUBLISHED.items() if name == last})

    def listed(self, prefix_list: str) -> Ranges | None:
        """The addresses of a prefix list; none of the internet's at large for AWS's own, which hold a service's.

        Nothing where nobody here knows the list.
        """
        found = self.prefix_lists.get(prefix_list)
        if found is not None and found.owner != "AWS":
            return blocks(found.cidrs) if all(block(text) for text in found.cidrs) else None
        return Ranges() if found is not None or prefix_list in PUBLISHED else None


def _to_collections(endpoint: CollectionEndpoint, region: str) -> Endpoint:
    """OpenSearch Serverless's own endpoint as what it is in the network: interfaces with private DNS and no policy
    (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html)."""
    return Endpoint(
        endpoint_id=endpoint.endpoint_id,
        vpc_id=endpoint.vpc_id,
        service=f"com.amazonaws.{region}.{COLLECTION}",
        kind="Interface",
        subnet_ids=endpoint.subnet_ids,
        security_group_ids=endpoint.security_group_ids,
        private_dns=True,
        uncertain=endpoint.uncertain,
        origin=endpoint.origin,
    )


def own_block(subnet: Subnet) -> Ranges:
    """The IPv4 addresses that interfaces in the subnet may have; any where its block cannot be read."""
    found = block(subnet.cidr) if subnet.cidr else Ranges()
    return EVERY_ADDRESS if found is None else found
