"""Does a service's name resolve to an interface endpoint?

Private DNS needs both VPC attributes and Amazon's DNS server
(https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html).
"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.account.network import Endpoint, Vpc
from scenarios.finding import Origin
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked, Undecided
from scenarios.network.sets.addresses import PUBLIC, block


def misdirected(account: Account, vpc: Vpc, endpoint: Endpoint) -> Blocked | Undecided | None:
    """What keeps the service's name from resolving to the endpoint, if anything does."""
    if not endpoint.private_dns:
        why = f"private DNS of {endpoint.endpoint_id} is off: the service's name resolves to its public addresses"
        return Blocked("private-dns-off", why, _property(endpoint.origin, "PrivateDnsEnabled"))
    for works, name in ((vpc.dns_support, "EnableDnsSupport"), (vpc.dns_hostnames, "EnableDnsHostnames")):
        if not works:
            why = f"{name} of {vpc.vpc_id} is off: private DNS does not work in it"
            return Blocked("vpc-dns-off", why, _property(vpc.origin, name))
    return _elsewhere(account, vpc, endpoint)


def _elsewhere(account: Account, vpc: Vpc, endpoint: Endpoint) -> Blocked | Undecided | None:
    """What servers other than Amazon's say: a public one knows nothing of a VPC, a private one may ask Amazon's."""
    options = next((o for o in account.dhcp_options if o.dhcp_options_id == vpc.dhcp_options_id), None)
    servers = [server.strip() for server in options.domain_name_servers] if options else []
    strange = [server for server in servers if not _amazons(server, vpc)]
    if options is None or len(strange) < len(servers) or not servers:
        return None
    at = next(iter(on(options, "DomainNameServers")), None) or vpc.origin
    about = (*on(options, "DomainNameServers"), *whole(vpc))
    names = f"{vpc.vpc_id} resolves names at {', '.join(strange)}"
    if all((block(server) or PUBLIC) <= PUBLIC for server in strange):
        return Blocked("dhcp-dns", f"{names}, which does not know {endpoint.endpoint_id}", at, about=about)
    why = f"{names}: whether that asks Amazon's DNS for {endpoint.endpoint_id} is not known"
    return Undecided(why, at, about, code="dhcp-dns")


def _amazons(server: str, vpc: Vpc) -> bool:
    """Amazon's server by its name, its link-local addresses, or the second address of the VPC
    (https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html)."""
    if server in ("AmazonProvidedDNS", "169.254.169.253", "fd00:ec2::253"):
        return True
    found, first = block(server), block(vpc.cidrs[0]) if vpc.cidrs else None
    return bool(found and first and found.parts[0][0] == first.parts[0][0] + 2)


def _property(origin: Origin | None, name: str) -> Origin | None:
    return Origin(origin.logical_id, ("Properties", name)) if origin else None
