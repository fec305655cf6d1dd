"""Sets of numbers and of packets against Python's own sets on a small universe."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenarios.network.sets.packets import Box, Packets
from scenarios.network.sets.ranges import Ranges

UNIVERSE = range(12)


def ranges(most: int = 11) -> st.SearchStrategy[Ranges]:
    pair = st.tuples(st.integers(0, most), st.integers(0, most))
    return st.lists(pair, max_size=4).map(lambda parts: Ranges.of(*parts))


def packets() -> st.SearchStrategy[Packets]:
    """Made of two boxes, which may overlap."""
    one = st.builds(Packets.of, ranges(5), ranges(5))
    return st.builds(lambda left, right: left | right, one, one)


def numbers(found: Ranges) -> set[int]:
    return {number for number in UNIVERSE if number in found}


def pairs(found: Packets) -> set[tuple[int, int]]:
    return {(kind, address) for box in found.boxes for kind in numbers(box.kinds) for address in numbers(box.addresses)}


@given(ranges(), ranges())
def test_ranges_are_sets(one, other):
    assert numbers(one | other) == numbers(one) | numbers(other)
    assert numbers(one & other) == numbers(one) & numbers(other)
    assert numbers(one - other) == numbers(one) - numbers(other)
    assert (one <= other) == (numbers(one) <= numbers(other))
    assert bool(one) == bool(numbers(one))
    assert (one == other) == (numbers(one) == numbers(other))


@given(ranges(), ranges())
def test_ranges_stand_in_order_with_gaps_between(one, other):
    for found in (one, one | other, one & other, one - other):
        assert all(low <= high for low, high in found.parts)
        assert all(before[1] + 1 < after[0] for before, after in zip(found.parts, found.parts[1:], strict=False))


@given(packets(), packets())
def test_packets_are_sets(one, other):
    assert pairs(one | other) == pairs(one) | pairs(other)
    assert pairs(one & other) == pairs(one) & pairs(other)
    assert pairs(one - other) == pairs(one) - pairs(other)
    assert (one <= other) == (pairs(one) <= pairs(other))
    assert bool(one) == bool(pairs(one))


@given(packets(), packets(), ranges(5))
def test_boxes_share_no_packet(one, other, addresses):
    for found in (one | other, one & other, one - other, one.at(addresses)):
        assert sum(len(pairs(Packets((box,)))) for box in found.boxes) == len(pairs(found))
        assert all(found.boxes)


@given(packets(), ranges(5))
def test_packets_by_side(one, addresses):
    assert numbers(one.kinds) == {kind for kind, _ in pairs(one)}
    assert numbers(one.addresses) == {address for _, address in pairs(one)}
    assert pairs(one.at(addresses)) == {pair for pair in pairs(one) if pair[1] in numbers(addresses)}


def test_an_empty_side_makes_an_empty_box():
    assert not Box(Ranges(), Ranges.of((1, 2)))
    assert not Packets.of(Ranges.of((1, 2)), Ranges())
