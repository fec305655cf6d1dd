"""What holds of the resolver whatever the values are."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deployment.support import stack
from scenarios.deployment.frame import Frame
from scenarios.deployment.functions import cidr, join, select, split
from scenarios.deployment.resolve import Resolver
from scenarios.deployment.scope import Made, Parameter, Scope
from scenarios.template.template import Template

PLAIN = st.text(st.characters(blacklist_characters="${}", blacklist_categories=("Cs",)), max_size=12)
NAMES = ("P", "Q", "Bucket")
PIECES = st.lists(st.one_of(PLAIN, st.sampled_from(NAMES).map(lambda name: {"Ref": name})), max_size=6)
SCALARS = st.one_of(PLAIN, st.integers(), st.booleans())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ABC"), inner, max_size=3)
)
NO_VALUE = {"Ref": "AWS::NoValue"}


def resolver(**unknown: str) -> Resolver:
    template = Template("t.yaml", "", {"Resources": {}, "Conditions": {"Yes": {"Fn::Equals": ["a", "a"]}}}, {})
    values = {"P": Parameter("p", unknown.get("P")), "Q": Parameter("q", unknown.get("Q"))}
    return Resolver(Scope(template, stack(), values, {"Bucket": Made("AWS::S3::Bucket", "my-bucket")}))


def value(expression: Any, own: Resolver | None = None) -> Any:
    return (own or resolver()).resolve(expression, (), Frame())


def as_sub(pieces: list[Any]) -> str:
    return "".join(piece if isinstance(piece, str) else "${" + piece["Ref"] + "}" for piece in pieces)


@given(PIECES)
def test_sub_is_join(pieces):
    assert value({"Fn::Sub": as_sub(pieces)}) == value({"Fn::Join": ["", pieces]})


@given(PIECES)
def test_sub_with_own_names_is_sub(pieces):
    own = {f"N{index}": piece for index, piece in enumerate(pieces) if not isinstance(piece, str)}
    text = "".join(piece if isinstance(piece, str) else "${N" + str(index) + "}" for index, piece in enumerate(pieces))
    assert value({"Fn::Sub": [text, own]}) == value({"Fn::Sub": as_sub(pieces)})


@given(PLAIN)
def test_a_literal_mark_is_taken_off_once(name):
    text = "${!" + name + "}"
    assert value({"Fn::Sub": text}) == "${" + name + "}"


@given(st.lists(PLAIN.filter(lambda text: "|" not in text), min_size=1, max_size=6))
def test_split_undoes_join(items):
    assert split(["|", join(["|", items])]) == items


@given(st.lists(SCALARS, min_size=1, max_size=6), st.data())
def test_select_takes_texts_for_numbers(items, data):
    index = data.draw(st.integers(0, len(items) - 1))
    assert select([index, items]) == select([str(index), items]) == items[index]


@given(VALUES)
def test_values_without_functions_are_left_alone(plain):
    frame = Frame()
    assert resolver().resolve(plain, (), frame) == plain
    assert frame == Frame()


@given(VALUES)
def test_a_branch_is_its_value(plain):
    assert value({"Fn::If": ["Yes", plain, NO_VALUE]}) == plain


@given(st.lists(VALUES, max_size=5), st.integers(0, 5))
def test_no_value_is_as_if_it_were_not_there(items, place):
    assert value([*items[:place], NO_VALUE, *items[place:]]) == items


@given(st.dictionaries(st.sampled_from("ABCD"), VALUES, max_size=4))
def test_a_key_without_value_is_as_if_it_were_not_there(mapping):
    assert value({**mapping, "Gone": NO_VALUE}) == mapping


@given(VALUES, st.lists(st.sampled_from("ABC"), min_size=1, max_size=3))
def test_doubt_stands_where_the_unknown_is_and_nowhere_else(plain, keys):
    expression: Any = {"Fn::Sub": "x-${P}"}
    for key in reversed(keys):
        expression = {"Sure": plain, key: expression}
    frame = Frame()
    resolver(P="nobody knows").resolve(expression, (), frame)
    assert frame.uncertain == {tuple(keys): "nobody knows"}


@given(st.integers(8, 24), st.integers(2, 12), st.integers(1, 64))
@settings(max_examples=60)
def test_cidr_blocks_are_distinct_and_inside(prefix, bits, count):
    import ipaddress

    whole = ipaddress.ip_network(f"10.0.0.0/{prefix}")
    if 32 - bits < prefix or count > 2 ** (32 - bits - prefix):
        return
    blocks = [ipaddress.ip_network(block) for block in cidr([str(whole), count, bits])]
    assert len(set(blocks)) == count
    assert all(block.subnet_of(whole) and block.prefixlen == 32 - bits for block in blocks)
    assert blocks == sorted(blocks)
