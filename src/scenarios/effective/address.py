"""A request from a workload whose address is known only as one of its subnets' addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scenarios.access import Decision, Outcome, PolicySet, Request, decide
from scenarios.account.base import Policy

_KEY = "aws:vpcsourceip"
_BLOCK = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?\b")


def decide_from(request: Request, policies: PolicySet, subnets: Sequence[str]) -> Decision:
    """The decision wherever in `subnets` (IPv4 blocks) the request comes from; unknown where that matters.

    `aws:VpcSourceIp` is the address of the workload's interface, which AWS picks from its subnet
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip).
    """
    found = decide(request, policies)
    if found.outcome is not Outcome.UNKNOWN or _KEY not in request.unknown_keys or not subnets:
        return found
    unknown = {key: reason for key, reason in request.unknown_keys.items() if key != _KEY}
    decisions = {
        address: decide(replace(request, context={**request.context, _KEY: address}, unknown_keys=unknown), policies)
        for address in _telling(subnets, policies)
    }
    first = next(iter(decisions.values()))
    if all(decision.outcome is first.outcome for decision in decisions.values()):
        return first
    reason = f"{_KEY}: from {_one(decisions, first.outcome)} it is {first.outcome.value}, from others not"
    return replace(first, outcome=Outcome.UNKNOWN, why=f"not decided: {reason}", reasons=(reason,))


def _one(decisions: dict[str, Decision], outcome: Outcome) -> str:
    return next(address for address, decision in decisions.items() if decision.outcome is outcome)


def _telling(subnets: Sequence[str], policies: PolicySet) -> tuple[str, ...]:
    """Addresses that stand for all of the subnets': one on each side of every border that a policy draws."""
    found: dict[str, None] = {}
    borders = sorted(set(_borders(policies)))
    for subnet in subnets:
        network = ipaddress.ip_network(subnet, strict=False)
        low, high = int(network.network_address), int(network.broadcast_address)
        for number in (low, high, *(border for border in borders if low <= border <= high)):
            found[str(ipaddress.ip_address(number))] = None
    return tuple(found)


def _borders(policies: PolicySet) -> Iterator[int]:
    """The first and last address of every block that a policy names, and their neighbours outside."""
    texts = {policy.text for policy in _documents(policies)}
    for block in {block for text in texts for block in _BLOCK.findall(text)}:
        try:
            network = ipaddress.IPv4Network(block, strict=False)
        except ValueError:
            continue
        low, high = int(network.network_address), int(network.broadcast_address)
        yield from (number for number in (low - 1, low, high, high + 1) if 0 <= number < 1 << 32)


def _documents(policies: PolicySet) -> Iterator[Policy]:
    yield from (*policies.identity, *policies.resources)
    yield from (policy for policy in (policies.boundary, policies.session, policies.endpoint) if policy)
    yield from (policy for level in (*policies.scps, *policies.rcps) for policy in level)
