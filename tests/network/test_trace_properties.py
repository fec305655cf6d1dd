"""What holds of every way through every network."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from scenarios.account import Account
from scenarios.network import Block, Blocked, Internet, Network, Trace, Undecided, reach, trace
from scenarios.network import Path as Way
from scenarios.network.sets.addresses import block as addresses_of
from scenarios.network.sets.packets import EVERY_KIND

sys.path.insert(0, str(Path(__file__).parent))
from oracle import borders, opinions
from topologies import ANY, ANY6, DESTINATIONS, PORTS, entry, into, out, topologies, workload

DESTINATION = st.sampled_from(DESTINATIONS)
PORT = st.sampled_from(PORTS)


def single(address: str, port: int | None = None) -> Block:
    """One address."""
    return Block(f"{address}/{128 if ':' in address else 32}", port)


def judged(account: Account, destination: Block) -> Trace:
    """The way of the account's workload."""
    return trace(account, workload(account), destination)


def changed(account: Account, **facts: Sequence[Any]) -> Account:
    """The account with other facts."""
    return account.model_copy(update={name: tuple(each) for name, each in facts.items()} | {"_derived": {}})


def reopened(account: Account) -> Account:
    """The same account, of which nothing has been worked out."""
    return Account(**{name: getattr(account, name) for name in Account.model_fields})


@given(topologies(), DESTINATION, PORT)
@settings(max_examples=250)
def test_the_oracle_agrees(account, destination, port):
    found = judged(account, single(destination, port))
    always, never = opinions(account, workload(account), destination, port)
    note(f"{found} always {always} never {never}")
    assert isinstance(found, Way) == always
    if isinstance(found, Blocked):
        assert never


@given(topologies(), DESTINATION, PORT, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_facts_does_not_matter(account, destination, port, chance):
    def mixed(facts):
        return tuple(chance.sample(facts, len(facts)))

    place = workload(account).placement
    moved = place.model_copy(update={"security_group_ids": mixed(place.security_group_ids)})
    kind = "functions" if account.functions else "instances"
    other = reopened(
        changed(
            account,
            route_tables=mixed([one.model_copy(update={"routes": mixed(one.routes)}) for one in account.route_tables]),
            security_groups=mixed(
                [one.model_copy(update={"rules": mixed(one.rules)}) for one in account.security_groups]
            ),
            network_acls=mixed(
                [one.model_copy(update={"entries": mixed(one.entries)}) for one in account.network_acls]
            ),
            transit_gateway_attachments=mixed(
                [
                    one.model_copy(update={"subnet_ids": mixed(one.subnet_ids)})
                    for one in account.transit_gateway_attachments
                ]
            ),
            transit_gateway_route_tables=mixed(
                [
                    one.model_copy(update={"routes": mixed(one.routes), "propagations": mixed(one.propagations)})
                    for one in account.transit_gateway_route_tables
                ]
            ),
            **{name: mixed(getattr(account, name)) for name in ("vpcs", "subnets", "nat_gateways", "peerings")},
            **{kind: [workload(account).model_copy(update={"placement": moved})]},
        )
    )
    one, two = judged(account, single(destination, port)), judged(other, single(destination, port))
    assert (type(one), getattr(one, "via", None)) == (type(two), getattr(two, "via", None))
    if isinstance(one, Way):
        assert one.packets <= two.packets <= one.packets


@given(topologies(), DESTINATION, PORT, st.sampled_from((ANY, ANY6, "10.0.0.0/8", "8.8.8.0/24")), st.integers(0, 9))
@settings(max_examples=80)
def test_another_rule_closes_nothing(account, destination, port, peer, index):
    groups = list(account.security_groups)
    index %= len(groups)
    wider = groups[index].model_copy(update={"rules": (*groups[index].rules, out(peer), into(peer))})
    groups[index] = wider
    more = reopened(changed(account, security_groups=groups))
    _no_worse(judged(account, single(destination, port)), judged(more, single(destination, port)))


@given(topologies(), DESTINATION, PORT, st.sampled_from((ANY, ANY6, "10.0.0.0/8", "8.8.8.0/24")), st.integers(0, 9))
@settings(max_examples=80)
def test_another_entry_that_allows_before_all_others_closes_nothing(account, destination, port, peer, index):
    acls = list(account.network_acls)
    index %= len(acls)
    first = (entry(1, "in", "allow", peer), entry(1, "out", "allow", peer))
    acls[index] = acls[index].model_copy(update={"entries": (*first, *acls[index].entries)})
    more = reopened(changed(account, network_acls=acls))
    _no_worse(judged(account, single(destination, port)), judged(more, single(destination, port)))


def _no_worse(before: Trace, after: Trace) -> None:
    rank = (Blocked, Undecided, Way)
    assert rank.index(type(after)) >= rank.index(type(before))


@given(topologies(), st.integers(0, 99))
@settings(max_examples=80)
def test_without_a_default_route_there_is_no_more_internet(account, index):
    """Nothing is wider than a default route: what it carried goes nowhere without it."""
    named = [(one, route) for one in account.route_tables for route in one.routes if route.destination in (ANY, ANY6)]
    assume(named)
    table, route = named[index % len(named)]
    rest = table.model_copy(update={"routes": tuple(one for one in table.routes if one is not route)})
    fewer = reopened(changed(account, route_tables=[rest if one is table else one for one in account.route_tables]))
    before, after = (trace(each, workload(each), Internet()) for each in (account, fewer))
    if isinstance(after, Way):
        assert isinstance(before, Way)
        assert after.packets <= before.packets


@given(topologies(), st.data())
@settings(max_examples=40)
def test_what_is_reached_is_what_single_addresses_reach(account, data):
    source = workload(account)
    found = {one.destination: one.trace for one in reach(account, source) if not one.inward}
    for destination, way in found.items():
        assert way == trace(account, source, destination)
    tried = data.draw(st.lists(st.sampled_from(sorted(set(borders(account)))), min_size=10, max_size=10))
    for text in (*DESTINATIONS, *tried):
        one = judged(account, single(text))
        for destination, way in found.items():
            if _about(account, destination, text) and not isinstance(way, Undecided):
                held = isinstance(way, Way) and bool(_number(text) <= way.packets.addresses)
                there = isinstance(one, Way) and not (isinstance(destination, Network) and _by_internet(one))
                assert isinstance(one, Undecided) or there == held, (destination, text)


def _by_internet(way: Way) -> bool:
    """Whether it leaves for a public address, though a VPC of the account has it: no way between networks."""
    return way.kind.endswith("internet-gateway")


def _number(text: str) -> Any:
    found = addresses_of(text)
    assert found is not None
    return found


def _about(account: Account, destination: Any, text: str) -> bool:
    """Whether the address is one of the destination's."""
    inside = {
        vpc.vpc_id: any(_number(text) <= _number(block) for block in (*vpc.cidrs, *vpc.ipv6_cidrs))
        for vpc in account.vpcs
    }
    if isinstance(destination, Network):
        return inside.get(destination.name, False)
    return isinstance(destination, Internet) and not any(inside.values()) and ip_address(text).is_global


@given(topologies(), st.sampled_from(("10.0.0.0/8", "10.1.0.0/16", ANY, "8.0.0.0/7", "10.0.1.0/24")), PORT, st.data())
@settings(max_examples=60)
def test_a_block_is_reached_where_its_addresses_are(account, text, port, data):
    whole = judged(account, Block(text, port))
    inside = [one for one in {*borders(account), *DESTINATIONS} if _number(one) <= _number(text)]
    for one in data.draw(st.lists(st.sampled_from(sorted(inside)), max_size=6)):
        single_way = judged(account, single(one, port))
        if isinstance(single_way, Way):
            assert isinstance(whole, Way)
            assert _number(one) <= whole.packets.addresses
        if isinstance(whole, Way) and _number(one) <= whole.packets.addresses:
            assert isinstance(single_way, Way)
            assert whole.packets.at(_number(one)).kinds <= EVERY_KIND
