"""The intrinsic functions that depend on nothing but their arguments.

Each takes its arguments resolved, and raises `RefusedError` for those that CloudFormation refuses.

Source: "Intrinsic function reference",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import ipaddress
import json
from base64 import b64encode
from collections.abc import Callable
from itertools import islice
from typing import Any


class RefusedError(ValueError):
    """Arguments that a function cannot take."""


def join(arguments: Any) -> str:
    """`[delimiter, [texts]]` as one text."""
    match arguments:
        case [str(delimiter), list(items)]:
            return delimiter.join(as_text(item) for item in items)
    raise RefusedError("Fn::Join takes a delimiter and a list")


def select(arguments: Any) -> Any:
    """The item of `[index, list]`; the index may be a text."""
    match arguments:
        case [index, list(items)] if str(index).isdecimal():
            if int(index) >= len(items):
                raise RefusedError(f"Fn::Select: there is no item {index} in a list of {len(items)}")
            return items[int(index)]
        case [index, str(text)] if str(index).isdecimal():
            return select([index, text.split(",")])
    raise RefusedError("Fn::Select takes an index and a list")


def split(arguments: Any) -> list[str]:
    """`[delimiter, text]` as a list; neighbouring delimiters leave empty texts between them."""
    match arguments:
        case [str(delimiter), str() | int() | float() as text] if delimiter:
            return as_text(text).split(delimiter)
    raise RefusedError("Fn::Split takes a delimiter and a text")


def cidr(arguments: Any) -> list[str]:
    """The first `count` blocks with `bits` host bits of `[block, count, bits]`; 8 bits where none are given.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
    """
    if not (isinstance(arguments, list) and 2 <= len(arguments) <= 3):
        raise RefusedError("Fn::Cidr takes a block, a count, and perhaps a number of bits")
    block, count, *bits = (as_text(argument) for argument in arguments)
    try:
        network = ipaddress.ip_network(block, strict=False)
        wanted, prefix = int(count), network.max_prefixlen - int(bits[0] if bits else 8)
    except ValueError as error:
        raise RefusedError(f"Fn::Cidr: {error}") from None
    if not 1 <= wanted <= 256:
        raise RefusedError("Fn::Cidr takes a count from 1 to 256")
    if not network.prefixlen <= prefix <= network.max_prefixlen or wanted > 2 ** (prefix - network.prefixlen):
        raise RefusedError(f"Fn::Cidr: {block} has no {wanted} blocks of /{prefix}")
    return [str(found) for found in islice(network.subnets(new_prefix=prefix), wanted)]


def base64(argument: Any) -> str:
    """A text in Base64."""
    if isinstance(argument, dict | list):
        raise RefusedError("Fn::Base64 takes a text")
    return b64encode(as_text(argument).encode("utf-8", "surrogatepass")).decode()


def length(argument: Any) -> int:
    """The number of items of a list."""
    if not isinstance(argument, list):
        raise RefusedError("Fn::Length takes a list")
    return len(argument)


def to_json(argument: Any) -> str:
    """A mapping or a list as a JSON text."""
    if not isinstance(argument, dict | list):
        raise RefusedError("Fn::ToJsonString takes a mapping or a list")
    return json.dumps(argument, separators=(",", ":"), ensure_ascii=False)


def as_text(value: Any) -> str:
    """A scalar as CloudFormation puts it into a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(as_text(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, separators=(",", ":"))
    return "" if value is None else str(value)


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "Fn::Base64": base64,
    "Fn::Cidr": cidr,
    "Fn::Join": join,
    "Fn::Length": length,
    "Fn::Select": select,
    "Fn::Split": split,
    "Fn::ToJsonString": to_json,
}

STAND_INS: dict[str, Any] = {
    "Fn::Base64": "dW5rbm93bg==",
    "Fn::Cidr": [f"10.0.{index}.0/24" for index in range(16)],
    "Fn::Join": "unknown",
    "Fn::Length": 1,
    "Fn::Select": "unknown",
    "Fn::Split": ["unknown"],
    "Fn::ToJsonString": "{}",
}
"""What stands in for a function's value where an uncertain argument has a form that it cannot take."""
