"""Does a service's name resolve to an interface endpoint?

Private DNS needs both VPC attributes and Amazon's DNS server
(https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html).
"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.account.network import Endpoint, Vpc
from scenarios.finding import Origin
from scenarios.network.path import Blocked


def misdirected(account: Account, vpc: Vpc, endpoint: Endpoint) -> Blocked | None:
    """What keeps the service's name from resolving to the endpoint, if anything does."""
    if not endpoint.private_dns:
        why = f"private DNS of {endpoint.endpoint_id} is off: the service's name resolves to its public addresses"
        return Blocked("private-dns-off", why, _property(endpoint.origin, "PrivateDnsEnabled"))
    for on, name in ((vpc.dns_support, "EnableDnsSupport"), (vpc.dns_hostnames, "EnableDnsHostnames")):
        if not on:
            why = f"{name} of {vpc.vpc_id} is off: private DNS does not work in it"
            return Blocked("vpc-dns-off", why, _property(vpc.origin, name))
    options = next((o for o in account.dhcp_options if o.dhcp_options_id == vpc.dhcp_options_id), None)
    servers = options.domain_name_servers if options else ()
    if options is not None and servers and "AmazonProvidedDNS" not in servers:
        why = f"{vpc.vpc_id} resolves names at {', '.join(servers)}, which do not know the endpoint"
        return Blocked("dhcp-dns", why, options.origin or vpc.origin)
    return None


def _property(origin: Origin | None, name: str) -> Origin | None:
    return Origin(origin.logical_id, ("Properties", name)) if origin else None
