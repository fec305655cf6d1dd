"""Effective access: what a workload can do, where a call needs both a way over the network and a permission."""

from scenarios.effective.address import decide_from
from scenarios.effective.can import Ability, Permission, call_destination, can, endpoint_of, subnets_of

__all__ = ["Ability", "Permission", "call_destination", "can", "decide_from", "endpoint_of", "subnets_of"]
