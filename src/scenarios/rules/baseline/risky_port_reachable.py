from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.workload import LaunchTemplate
from scenarios.finding import Judgement, Severity
from scenarios.network import Path, Undecided, ways_in
from scenarios.network.exposure import wide
from scenarios.rules.exposures import RISKY, in_words
from scenarios.rules.flows import FLOW_TYPES, GATEWAY_TYPES, origins_of
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope

_PROWLER = (
    *("cassandra", "cifs", "elasticsearch_kibana", "ftp", "kafka", "kerberos", "ldap", "memcached", "mongodb", "mysql"),
    *("oracle", "postgresql", "rdp", "redis", "sqlserver", "ssh", "telnet"),
)


@rule(
    severity=Severity.CRITICAL,
    needs=(*FLOW_TYPES, *GATEWAY_TYPES),
    remediation="Take the public address, the route to the internet gateway or the security group's rule away.",
    controls=tuple(f"Prowler/ec2_instance_port_{name}_exposed_to_internet" for name in _PROWLER),
)
def risky_port_reachable(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody on the internet reaches a workload's port of remote administration, file sharing or a database.

    The whole way is gone: a public address, the route to an internet gateway, VPC block public access, network ACLs in
    both directions, security groups. What a load balancer passes on is not among it.

    Source: "Enable internet access for a VPC using an internet gateway",
    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
    """
    for workload in scope.workloads:
        if workload.placement is None or isinstance(workload, LaunchTemplate):
            continue
        ways = ways_in(account, workload)
        about = [origin for way in ways for origin in origins_of(way)]
        paths = [way for way in ways if isinstance(way, Path)]
        reached = [(way, wide(way.packets) & RISKY) for way in paths]
        undecided = next((way for way in ways if isinstance(way, Undecided)), None)
        opened = next(((way, kinds) for way, kinds in reached if kinds), None)
        if opened is not None:
            way, kinds = opened
            trail = " - ".join(hop.what for hop in way.hops)
            at = next((hop.origin for hop in reversed(way.hops[:-1]) if hop.origin), workload.origin)
            yield violated(at, f"anybody reaches {workload.name} at {in_words(kinds)}: {trail}", *about)
        elif undecided is not None:
            message = f"whether anybody reaches {workload.name} is not decided: {undecided.why}"
            yield unknown(undecided.at or workload.origin, message, *about)
        else:
            yield holds(workload.origin, f"nobody on the internet reaches a risky port of {workload.name}", *about)
