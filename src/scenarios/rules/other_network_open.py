from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.network import Path, Undecided, to_networks
from scenarios.rules.flows import FLOW_TYPES, GATEWAY_TYPES, exit_of, origins_of
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=(*FLOW_TYPES, *GATEWAY_TYPES),
    remediation="Take the route out, or let the security group out to the endpoints alone.",
)
def other_network_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No way leads from the workload to another network.

    Asked for every private address outside the VPC: over peering connections and transit gateways to other VPCs (whose
    routes have to lead answers back), and to what lies behind a transit or private gateway and is not in the template.
    Whoever reaches another network gets to what stands there: a proxy, a database, another endpoint with a policy of
    its own.

    Source: "VPC peering basics", https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html, and "How
    transit gateways work", https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
    """
    for workload in scope.workloads:
        if workload.placement is None and workload.doubt_of_place() is None:
            continue  # workload-outside-vpc says so
        ways = to_networks(account, workload)
        about = [origin for way in ways.values() for origin in origins_of(way)]
        closed = True
        for network, way in ways.items():
            closed = closed and not isinstance(way, Path | Undecided)
            if isinstance(way, Path):
                message = f"{workload.name} reaches {network.name}: {' - '.join(hop.what for hop in way.hops)}"
                yield violated(exit_of(way) or workload.origin, message, workload.origin, *origins_of(way))
            elif isinstance(way, Undecided):
                message = f"whether {workload.name} reaches {network.name} is not decided: {way.why}"
                yield unknown(way.at or workload.origin, message, workload.origin, *origins_of(way))
        if closed:
            yield holds(workload.origin, f"{workload.name} reaches no other network", workload.origin, *about)
