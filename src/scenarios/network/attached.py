"""A machine as it stands with each of its network interfaces.

Each has a subnet, groups and addresses of its own ("Elastic network interfaces",
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html).
"""

from __future__ import annotations

from scenarios.account.workload import Interface, Machine, Workload


def each_interface(source: Workload) -> tuple[Workload, ...]:
    """The workload with each of its interfaces alone, the primary one first."""
    if not isinstance(source, Machine) or not source.interfaces:
        return (source,)
    return tuple(_with(source, one) for one in sorted(source.interfaces, key=lambda each: each.device))


def _with(source: Machine, interface: Interface) -> Machine:
    told = {
        "placement": interface.placement,
        "public_ip": interface.public_ip,
        "ipv6": interface.ipv6,
        "interfaces": (interface,),
        "uncertain": tuple(dict.fromkeys((*source.uncertain, *interface.uncertain))),
    }
    return source.model_copy(update=told)
