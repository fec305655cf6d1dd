"""What a person calls the end of a way: a service, the internet, another network, a block of addresses."""

from __future__ import annotations

import ipaddress
from difflib import get_close_matches

from scenarios.account import Account
from scenarios.errors import InputError
from scenarios.network import Block, Destination, Internet, Network, Service, short_name
from scenarios.network.needed.calls import known_services
from scenarios.run.names import Names


def destination_of(account: Account, names: Names, text: str) -> Destination:
    """`internet`; a block `10.1.0.0/16`, `10.1.2.3:443` or `[2001:db8::1]:443`; the id or logical id of a VPC, a
    gateway or an endpoint; or a service by its endpoint name, `s3` or `com.amazonaws.us-east-1.s3`.

    Raises InputError for what is none of them.
    """
    if text == "internet":
        return Internet()
    if (block := _block(text)) is not None:
        return block
    if (network := names.network(text)) is not None:
        return Network(network)
    if (endpoint := names.own_endpoint(text)) is not None:
        service = short_name(endpoint, account.region)
        if service is None:
            raise InputError(f"{text} is for {endpoint.service}, which is no service of {account.region}")
        return Service(service)
    return Service(_service(account, text))


def _block(text: str) -> Block | None:
    address, port = _split(text)
    try:
        found = ipaddress.ip_network(address, strict=False)
    except ValueError:
        return None
    if port is not None and not (port.isascii() and port.isdecimal() and 0 < int(port) < 1 << 16):
        raise InputError(f"{text}: {port!r} is no port")
    return Block(str(found), int(port) if port else None)


def _split(text: str) -> tuple[str, str | None]:
    """An address and its port; an IPv6 one with a port stands in brackets."""
    if text.startswith("["):
        address, _, rest = text[1:].partition("]")
        return address, rest.removeprefix(":") if rest else None
    if text.count(":") == 1:
        address, _, port = text.partition(":")
        return address, port
    return text, None


def _service(account: Account, text: str) -> str:
    name = text.lower()
    for prefix in (f"com.amazonaws.{account.region}.", f"aws.sagemaker.{account.region}."):
        name = name.removeprefix(prefix)
    served = {short_name(endpoint, account.region) for endpoint in account.endpoints}
    known = sorted({*known_services(), *(one for one in served if one)})
    if name in known:
        return name
    close = get_close_matches(name, known, 1)
    hint = f"; did you mean {close[0]}?" if close else ", such as s3 or bedrock-runtime; or internet, or an address"
    raise InputError(f"{text!r} is no service that an endpoint is for{hint}")
